"""How sure a share is goes by the limits of today: a decision to begin them anew, or of a special cause, counts."""

import pytest

from fourfold.engine.calendar import Grain
from fourfold.engine.certainty import certainty_on
from fourfold.governance.signals.actions.rebase_limits import Rebase, rebase_limits
from fourfold.governance.signals.actions.withdraw_decision import withdraw_decision
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.scorecard.evaluation.queries.current import current_evaluation
from tests.governance.signals.conftest import AT, SOON, chart

WILD, CALM = [880, 930, 870, 950, 860, 940] * 4, [900, 901, 899] * 7


@pytest.fixture
def office(found, scope):
    found(on_time=[*WILD, *CALM])
    return scope("ana")


def dispersion(*, at, as_of=None):
    known = current_evaluation(INSTALLATION, "bakery", at=at, as_of=as_of)
    period = known.evaluation.book.timeline.calendar.parse_grain("2026-09")
    assert period.grain is Grain.MONTH
    return certainty_on(known.evaluation, measure="punctuality", unit="old-town", period=period).dispersion


def test_what_varied_before_limits_began_anew_makes_no_doubt_and_the_past_remembers_it(office):
    before = dispersion(at=AT)
    rebase = Rebase("2025-01", "A second van drives.")
    number = rebase_limits("punctuality", "old-town", rebase=rebase, scope=office, at=AT.replace(day=9))
    later = AT.replace(day=20)

    assert before > 2.0
    assert dispersion(at=later) == 1.0
    assert dispersion(at=later, as_of=AT.replace(day=8)) == before

    withdraw_decision("punctuality", "old-town", decision=number, scope=office, at=SOON)
    assert dispersion(at=later) == before


def test_it_is_the_sigma_of_the_chart_on_the_page(office):
    group, row = chart("punctuality").judged.place("punctuality")

    assert group.chart.dispersion[row, -1] == pytest.approx(dispersion(at=AT))
