"""What every refusal carries."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

__all__ = [
    "BadRequest",
    "ChangedMeanwhile",
    "NotPermitted",
    "NotSignedIn",
    "OutOfScope",
    "Refusal",
    "UnknownPage",
]

Sentence = str | Promise


class Refusal(Exception):
    """The write did not happen, or the answer is not given; nothing is half done.

    A subclass stands beside its raiser and names `code` (stable, UPPER_SNAKE), `status` (HTTP), `sentence` and
    `remedy`. Both texts are translatable and may name details: `raise UnitUnknown(unit="north")` fills `{unit}`.
    """

    code: str = "REFUSED"
    status: int = 422
    sentence: ClassVar[Sentence] = _("This is not possible.")
    remedy: ClassVar[Sentence] = ""

    def __init__(self, **details: object) -> None:
        self.details: Mapping[str, Any] = details
        super().__init__(self.code)

    def __str__(self) -> str:
        return f"{self.code}: {self.told_sentence}"

    @property
    def told_sentence(self) -> str:
        """The sentence with its details filled in, in the reader's language."""
        return str(self.sentence).format(**self.details)

    @property
    def told_remedy(self) -> str:
        """What to do about it; empty where nobody can say."""
        return str(self.remedy).format(**self.details)


class NotSignedIn(Refusal):
    code, status = "NOT_SIGNED_IN", 401
    sentence = _("Nobody is signed in.")
    remedy = _("Sign in and ask again.")


class OutOfScope(Refusal):
    code, status = "OUT_OF_SCOPE", 403
    sentence = _("This lies outside what you may see.")
    remedy = _("Ask an administrator for a role at this unit or above it.")


class NotPermitted(Refusal):
    """Seen, but not theirs to do: no role held there permits the act."""

    code, status = "NOT_PERMITTED", 403
    sentence = _("None of your roles permits this here.")
    remedy = _("Ask an administrator for a role that permits it at this unit or above it.")


class ChangedMeanwhile(Refusal):
    """Somebody else saved first; what was typed is kept by the form that catches this."""

    code, status = "CHANGED_MEANWHILE", 412
    sentence = _("Somebody else has changed this since you opened it.")
    remedy = _("Compare both, keep what should stand, and save again.")


class UnknownPage(Refusal):
    code, status = "NOT_FOUND", 404
    sentence = _("There is nothing at this address.")
    remedy = _("Check the address, or start from your scorecard.")


class BadRequest(Refusal):
    code, status = "BAD_REQUEST", 400
    sentence = _("This request cannot be understood.")
