"""A closed month changes by restatement only: no unit moves, opens, closes, goes or takes a measure there (M4.6)."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fourfold.engine.calendar import Frequency, Grain, Period
from fourfold.engine.definitions import Segment, Target, TargetPoint, Trajectory
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.periods.actions.move_period import Move, move_period
from fourfold.platform.periods.models import PeriodState
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.evaluation.queries import current_evaluation
from fourfold.scorecard.evaluation.queries.target_past import refuse_rewriting
from fourfold.scorecard.measures.models import LedgerHead
from tests.governance.changes.conftest import errors_of, fields_of, read
from tests.governance.changes.test_measure_new import RETURNS

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 10, 8, 12, tzinfo=UTC)
RIVERSIDE = "/edit/units/riverside/"
SALES = "/edit/measures/sales/"
AUGUST = 2026 * 12 + 7


@pytest.fixture
def office(ana):
    """The bakery's strategy office, with an empty region, and then August closed for everybody."""
    coast = ana.save("/edit/units/new/?parent=bakery", name="Coast", level="region", valid_from="")
    assert coast.status_code == 302, errors_of(read(coast))
    move = Move("bakery", AUGUST, "2026-08", PeriodState.FINAL, reason="Signed by the board")
    move_period(move, seq=LedgerHead.objects.get().seq, scope=INSTALLATION, at=NOON)
    return ana


def august(unit="bakery"):
    """Every value and score of August, to the bit."""
    found = current_evaluation(INSTALLATION, unit, at=NOON).evaluation
    measures = found.at(Grain.MONTH)
    place = measures.position(AUGUST)
    return measures.measures.value[:, place, 0].tobytes(), measures.measures.score[:, place, 0].tobytes()


def is_refused(answer):
    return answer.status_code == 409 and "DEFINITION_IN_FINAL_PERIOD" in told(answer)


def told(answer):
    return read(answer).select_one(".refused, .notice-refused").get_text(" ", strip=True)


def test_a_unit_with_a_final_past_is_not_moved_and_the_page_says_what_to_do(office, now):
    before, shown = now(), august()
    answer = office.save(RIVERSIDE, parent="coast", name="Riverside by the sea")

    assert is_refused(answer)
    assert "open a new one below the other parent" in told(answer)
    typed = fields_of(read(answer))
    assert (typed["parent"], typed["name"]) == ("coast", "Riverside by the sea")
    assert (now(), august()) == (before, shown)


def test_a_unit_that_opened_after_the_final_months_moves_freely(office, now):
    office.save("/edit/units/new/?parent=bakery", name="Kiosk", level="shop")
    answer = office.save("/edit/units/kiosk/", parent="coast")

    assert answer.status_code == 302
    assert next(each for each in now().units if each.key == "kiosk").parent == "coast"


@pytest.mark.parametrize("typed", [{"valid_to": "2026-07-31"}, {"valid_from": "2026-09-01"}])
def test_days_that_take_a_final_month_from_a_unit_are_refused(office, now, typed):
    before = now()
    answer = office.save(RIVERSIDE, **typed)

    assert is_refused(answer)
    assert typed.items() <= fields_of(read(answer)).items()
    assert now() == before


def test_a_unit_closes_after_its_last_final_month(office):
    answer = office.save(RIVERSIDE, valid_to="2026-12-31")

    assert answer.status_code == 302, errors_of(read(answer))


def test_a_new_unit_does_not_open_into_a_final_month(office, now):
    before = now()
    answer = office.save(
        "/edit/units/new/?parent=bakery", name="Attic", level="shop", valid_from="2026-08-01"
    )

    assert is_refused(answer)
    assert now() == before


def test_a_unit_keeps_a_measure_it_had_in_a_final_month(office, now):
    before = now()
    answer = office.save(SALES, keys=["old-town"], reason="Sold to others", step="save")

    assert is_refused(answer)
    assert "gain or lose this measure" in told(answer)
    assert now() == before


def test_a_measure_comes_to_a_unit_after_the_final_months_only(ana, now):
    ana.save(SALES, keys=["old-town"], reason="Sold to others", step="save")
    move = Move("bakery", AUGUST, "2026-08", PeriodState.FINAL, reason="Signed by the board")
    move_period(move, seq=LedgerHead.objects.get().seq, scope=INSTALLATION, at=NOON)
    said = {"measures": ["sales"], "units": ["riverside"], "source": "", "reason": "", "step": "save"}

    early = ana.client.post("/edit/apply/", said | {"first_period": "2026-07"})
    later = ana.client.post("/edit/apply/", said | {"first_period": "2026-09"})

    assert is_refused(early)
    assert later.status_code == 302


def test_a_unit_that_was_there_in_a_final_month_is_not_retired_even_without_values(office, now):
    before = now()
    answer = office.retire("/edit/units/coast/retire/")

    assert is_refused(answer)
    assert "Close the unit on a day after the closed periods" in told(answer)
    assert now() == before


def test_a_unit_that_opened_after_the_final_months_is_retired(office, now):
    office.save("/edit/units/new/?parent=bakery", name="Kiosk", level="shop")
    answer = office.retire("/edit/units/kiosk/retire/")

    assert answer.status_code == 302
    assert "kiosk" not in {unit.key for unit in now().units}


@pytest.mark.parametrize("first_day", ["2026-08-15", "2026-01-01", ""])
def test_a_new_measure_does_not_begin_in_a_final_month(office, now, first_day):
    before, shown = now(), august()
    answer = office.save("/edit/measures/new/", **RETURNS | {"valid_from": first_day})

    assert is_refused(answer)
    assert "Let the measure begin after the closed periods" in told(answer)
    assert fields_of(read(answer))["name"] == "Orders returned"
    assert (now(), august()) == (before, shown)


def test_a_new_measure_begins_after_the_final_months(office, now):
    answer = office.save("/edit/measures/new/", **RETURNS | {"valid_from": "2026-09-01"})

    assert answer.status_code == 302, errors_of(read(answer))
    assert "orders-returned" in {each.key for each in now().measures}


def with_segments(known, *targets):
    """Sales told apart by kind of bread, with these targets besides."""
    parts = (Segment("rye", "Rye bread"), Segment("wheat", "Wheat bread"))
    measures = tuple(
        replace(each, versions=tuple(replace(version, segments=parts) for version in each.versions))
        if each.key == "sales"
        else each
        for each in known.measures
    )
    return replace(known, measures=measures, targets=(*known.targets, *targets))


def rye(value, *, since):
    """A target of rye bread at Riverside, from a month of 2026 on."""
    point = TargetPoint(Period(Frequency.MONTH, 2026 * 12 + since - 1), value)
    return Target("sales", "riverside", (point,), Trajectory.STEP, segment="rye")


def refused_past(before, after):
    with pytest.raises(Refusal) as refused:
        refuse_rewriting(before, after, measure="sales", scope=INSTALLATION, today=NOON.date())
    return refused.value.code, refused.value.told_sentence


def test_the_target_of_a_segment_keeps_the_past_it_judged(ana, now):
    before = with_segments(now(), rye(900.0, since=7))
    after = with_segments(now(), rye(800.0, since=7))

    code, sentence = refused_past(before, after)

    assert code == "TARGET_PAST_REWRITTEN"
    assert "In July 2026 the target of “Riverside shop, Rye bread” was 900" in sentence


def test_a_first_target_of_a_segment_reaches_no_final_month(office, now):
    none = with_segments(now())

    assert refused_past(none, with_segments(now(), rye(900.0, since=8)))[0] == "DEFINITION_IN_FINAL_PERIOD"
    refuse_rewriting(
        none,
        with_segments(now(), rye(900.0, since=9)),
        measure="sales",
        scope=INSTALLATION,
        today=NOON.date(),
    )


def test_another_target_of_a_segment_from_now_on_is_nobodys_past(ana, now):
    before = with_segments(now(), rye(900.0, since=7))
    later = TargetPoint(Period(Frequency.MONTH, 2026 * 12 + 10), 950.0)
    target = replace(rye(900.0, since=7), points=(*rye(900.0, since=7).points, later))

    refuse_rewriting(
        before, with_segments(now(), target), measure="sales", scope=INSTALLATION, today=NOON.date()
    )
