"""Say what becomes of a link that its test contradicts (METHOD §3.8)."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fourfold.engine.leadlag import Verdict
from fourfold.governance.evidence.actions.events import LinkDecided
from fourfold.governance.evidence.actions.saying import kept_words
from fourfold.governance.evidence.models import Choice, LinkDecision, LinkTest
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.refusals import Refusal
from fourfold.platform.refusals.refusal import NotPermitted

__all__ = ["ChoiceUnknown", "NothingToDecide", "ReasonMissing", "decide_about_link"]


class NothingToDecide(Refusal):
    code, status = "LINK_NOT_CONTRADICTED", 409
    sentence = _("The last test does not contradict this link.")
    remedy = _("There is nothing to decide until one does.")


class ChoiceUnknown(Refusal):
    code, status = "CHOICE_UNKNOWN", 422
    sentence = _("Drop the link, change it, or collect more data: one of the three.")


class ReasonMissing(Refusal):
    code, status = "DECISION_REASON_MISSING", 422
    sentence = _("A decision gives its reason.")
    remedy = _("Say in a sentence why this is the right thing to do.")


@transaction.atomic
def decide_about_link(test_id: int, *, choice: str, reason: str, scope: Scope, at: datetime) -> LinkDecision:
    """Record the choice with the test it was made on; the map is changed under Design, by whoever may.

    Raises:
        LinkTestUnknown, NotPermitted, NothingToDecide, ChoiceUnknown, ReasonMissing.
    """
    test = LinkTest.objects.visible_to(scope).select_related("unit").get_or_refuse(pk=test_id)
    scope.require_to(Act.RECORD_DECISION, unit=test.unit.key)
    if scope.person_id is None:
        raise NotPermitted(act=Act.RECORD_DECISION.value, unit=test.unit.key)
    if test.verdict != Verdict.CONTRADICTED:
        raise NothingToDecide
    if choice not in Choice.values:
        raise ChoiceUnknown
    kept = kept_words(reason)
    if not kept:
        raise ReasonMissing
    row = LinkDecision.objects.create(
        test=test, choice=choice, reason=kept, author_id=scope.person_id, decided_at=at
    )
    event = LinkDecided(f"link/{test.link}", unit=test.unit.key, test=test.pk, choice=choice, reason=kept)
    audit.record(event, scope=scope, at=at)
    return row
