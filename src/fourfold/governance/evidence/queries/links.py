"""The links an address may name."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fourfold.platform.refusals import Refusal

__all__ = ["LinkUnknown"]


class LinkUnknown(Refusal):
    code, status = "LINK_UNKNOWN", 404
    sentence = _("This unit's map has no causal link from “{source}” to “{target}”.")
    remedy = _("Open it from the strategy map. Identities are no hypotheses and are not tested.")
