"""Whose links the night tests again."""

from __future__ import annotations

from django.db.models import Max

from fourfold.governance.evidence.models import EvidenceRun
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.units.models import Unit
from fourfold.scorecard.measures.queries.ledger import head_seq

__all__ = ["units_to_test"]


def units_to_test() -> tuple[tuple[str, int], ...]:
    """Units whose last test lies before the ledger's head, with that head; the topmost unit also without one.

    In the installation's name. Three queries.
    """
    head = head_seq()
    rows = EvidenceRun.objects.visible_to(INSTALLATION).filter(unit__is_live=True)
    tested = dict(rows.values_list("unit__key").annotate(last=Max("seq")).order_by("unit__key"))
    top = (
        Unit.objects.visible_to(INSTALLATION).filter(parent=None, is_live=True).values_list("key", flat=True)
    )
    never = {key: 0 for key in top if key not in tested}
    return tuple((key, head) for key, last in {**never, **tested}.items() if last < head)
