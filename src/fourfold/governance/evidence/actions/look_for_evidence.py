"""Write down what the data say of a unit's links."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from fourfold.engine.leadlag import Examination, Judged, NotTestable, Verdict
from fourfold.governance.evidence.actions.events import LinksTested
from fourfold.governance.evidence.models import EvidenceRun, LinkTest
from fourfold.governance.evidence.queries.looking import LinkEvidence, MapEvidence, evidence_of_map
from fourfold.governance.evidence.queries.registrations import registered_links
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit import actions as audit
from fourfold.platform.units.queries import unit_ids_by_key
from fourfold.scorecard.evaluation.queries import visible_unit
from fourfold.scorecard.evaluation.queries.current import known

__all__ = ["keep_evidence", "look_for_evidence"]


def look_for_evidence(unit: str, *, scope: Scope, at: datetime) -> MapEvidence:
    """Compute, and write nothing: outside the transaction, because it takes a while.

    Raises:
        NotFounded, UnitUnknown, OutOfScope.
    """
    registered = registered_links(unit, scope=scope)
    with known(at) as cube:
        return evidence_of_map(cube, visible_unit(cube.book, unit, scope=scope), registered=registered)


def keep_evidence(found: MapEvidence, unit: str, *, scope: Scope, at: datetime) -> EvidenceRun:
    """Write the run, its tests and the audit record, in the caller's transaction."""
    place = unit_ids_by_key()[unit]
    run = EvidenceRun.objects.create(
        unit_id=place,
        seq=found.seq,
        definitions_seq=found.definitions_seq,
        tested_at=at,
        asked_by_id=scope.person_id,
        alpha=found.alpha,
        permutations=found.permutations,
        links=len(found.links),
    )
    LinkTest.objects.bulk_create(_row(each, run=run) for each in found.links)
    verdicts = Counter(each.found.verdict for each in found.links if each.found)
    event = LinksTested(
        f"unit/{unit}",
        run=run.pk,
        seq=run.seq,
        links=run.links,
        supported=verdicts[Verdict.SUPPORTED],
        contradicted=verdicts[Verdict.CONTRADICTED],
        unit=unit,
    )
    audit.record(event, scope=scope, at=at)
    return run


def _row(tested: LinkEvidence, *, run: EvidenceRun) -> LinkTest:
    pairing = tested.pairing
    row = LinkTest(
        run=run,
        unit_id=run.unit_id,
        source=pairing.link.source,
        target=pairing.link.target,
        registration_id=pairing.registered.pk if pairing.registered else None,
        x=pairing.x,
        y=pairing.y,
        sign=pairing.sign,
        lag_from=pairing.lag_from,
        lag_to=pairing.lag_to,
        verdict=Verdict.NOT_TESTABLE.value,
        why=pairing.why_not,
        n=0,
        facts=dict(tested.facts),
    )
    if tested.series is not None and tested.found is not None:
        row.frequency = tested.series.grain.value
        row.x_version, row.y_version = (tested.series.versions[key] for key in (pairing.x, pairing.y))
        _fill(row, tested.found, keys=tested.series.keys)
    return row


def _fill(row: LinkTest, judged: Judged, *, keys: tuple[str, ...]) -> None:
    match judged.found:
        case NotTestable(why=why, periods=periods):
            row.why, row.n = why.code, periods
        case Examination(stretch=stretch, p=p):
            row.verdict, row.n = judged.verdict.value, stretch.periods
            row.first_period, row.last_period = keys[stretch.start], keys[stretch.stop - 1]
            row.p, row.adjusted_p = p, judged.adjusted_p
