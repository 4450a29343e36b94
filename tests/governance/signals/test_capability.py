"""Whether the process can meet what is asked: shown where it is stable and known well enough, else the reason."""

import numpy as np
import pytest

from fourfold.engine.capability import Specification, capability
from fourfold.governance.signals.actions.mark_special_cause import SpecialCause, mark_special_cause
from fourfold.governance.signals.actions.set_specification import Asked, set_specification
from fourfold.governance.signals.pages.histogram import histogram_as_svg
from fourfold.governance.signals.pages.panel import NoSpecification, read_capability, read_panel
from fourfold.governance.signals.queries.series import ChartPlace
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.ui.charts import ChartTheme
from fourfold.platform.ui.charts.histogram import bins_of
from tests.governance.signals.conftest import AT, SHOP, shifted, stable

pytestmark = pytest.mark.django_db

HERE = ChartPlace("sales", "old-town", "2026-09")


def asked(scope, lower=39000, upper=41000, target=None, *, period="2023-01"):
    wanted = Asked(period, lower, upper, target, "The town's grant asks for it.")
    set_specification("sales", "old-town", asked=wanted, scope=scope("ana"), at=AT)


def read(place=HERE):
    return read_capability(place, scope=INSTALLATION, at=AT)


def test_the_indices_are_those_of_the_engine_with_their_intervals(bakery, scope):
    asked(scope, target=40000)
    shown = read()
    found = capability(np.array(SHOP["sales"], dtype=float), Specification(39000, 41000, 40000))

    values = {line.name: line.value for line in shown.indices}
    assert values == pytest.approx(
        {
            "Cp": found.cp[0],
            "Cpk": found.cpk[0],
            "Pp": found.pp[0],
            "Ppk": found.ppk[0],
            "Cpm": found.cpm[0],
        }
    )
    cpk = next(line for line in shown.indices if line.name == "Cpk")
    assert cpk.low < cpk.value < cpk.high
    assert cpk.interval.count("–") == 1
    assert "45 values are few: read the intervals, not the index alone." in shown.remarks


def test_the_sentence_says_whether_it_fits(bakery, scope):
    asked(scope)
    assert read().sentence.startswith(
        "As it is, the process does not meet what is asked: its index is 0.74, and about"
    )

    asked(scope, 35000, 45000, period="2024-01")
    assert read().sentence.startswith("As it is, the process meets what is asked with room to spare")


@pytest.mark.parametrize(
    ("limits", "begins"),
    [
        ((38000, 42000), "As it is, the process meets what is asked: its index is 1.4"),
        (
            (38500, 41500),
            "As far as 45 values can tell, the process may or may not meet what is asked: its index is 1.1",
        ),
        (
            (38700, 41300),
            "As far as 45 values can tell, the process does not meet what is asked: its index is 0.9",
        ),
    ],
)
def test_the_sentence_goes_by_the_interval_and_not_by_the_index_alone(bakery, scope, limits, begins):
    asked(scope, *limits)
    cpk = next(line for line in read().indices if line.name == "Cpk")

    assert read().sentence.startswith(begins)
    assert (cpk.low < 1.0 < cpk.high) is begins.startswith("As far as")


def test_with_one_side_open_there_is_one_index(bakery, scope):
    asked(scope, lower=None)

    assert [line.name for line in read().indices] == ["Cpk", "Ppk"]
    assert any("One limit is open" in remark for remark in read().remarks)


def test_an_unstable_process_has_no_index_and_says_why(found, scope):
    found(sales=shifted(SHOP["sales"], 700, last=8))
    asked(scope)

    assert read().indices == ()
    assert "an index would speak of a process that is no more" in read().reason


def test_a_known_special_cause_does_not_make_it_unstable(found, scope):
    sales = stable(40000, 200)
    sales[10] = 44000
    found(sales=sales)
    asked(scope)
    assert read().indices == ()

    cause = SpecialCause("2023-11", "", "The street festival.")
    mark_special_cause("sales", "old-town", cause=cause, scope=scope("ana"), at=AT)
    assert read().indices
    assert 44000 not in read().values


def test_fewer_than_thirty_values_have_no_index(found, scope):
    found(sales=[None] * 20 + SHOP["sales"][20:])
    asked(scope, period="2024-12")

    assert read().reason == "25 values since the limits last began anew; an index needs 30."


def test_policy_says_how_many_values_an_index_needs(found, scope):
    found(sales=[None] * 20 + SHOP["sales"][20:], policies="capability.min_n.refuse: 20")
    asked(scope, period="2024-12")

    assert read().indices


def test_values_that_are_not_normal_are_compared_by_percentiles(found, scope):
    skewed = np.random.default_rng(4).uniform(size=45) ** 3  # none of them three sigma out
    found(sales=(40000 + 3000 * skewed).round().tolist(), policies="spc.rules: rule1")
    asked(scope, lower=None, upper=60000)
    shown = read()

    assert shown.reason == ""
    assert any("The values are not normal" in remark for remark in shown.remarks)
    assert [line.interval for line in shown.indices] == [""]
    assert shown.sentence.startswith("As far as 45 values can tell, the process ")


def test_nothing_asked_for_means_no_histogram(bakery):
    with pytest.raises(NoSpecification):
        read()
    assert read_panel(HERE, scope=INSTALLATION, at=AT).capability is None


def test_a_specification_does_not_hold_before_its_period(bakery, scope):
    asked(scope, period="2026-05")

    with pytest.raises(NoSpecification):
        read(ChartPlace("sales", "old-town", "2026-04"))


def test_the_histogram_holds_every_value_and_both_limits(bakery, scope):
    asked(scope, target=40000)
    drawing = histogram_as_svg(read(), theme=ChartTheme.LIGHT)

    assert sum(count for _low, _high, count in bins_of(read().values)) == 45
    assert all(words in drawing for words in ("lower 39,000", "best 40,000", "upper 41,000"))
