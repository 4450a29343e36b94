"""An EWMA or a CUSUM is chosen where a small shift that lasts would matter; everything then follows it."""

import csv
import io
import json

import numpy as np
import pytest

from fourfold.engine import spc
from fourfold.engine.spc import Assurance, ChartKind, Variation
from fourfold.governance.signals.actions.choose_chart import Choice, choose_chart
from fourfold.governance.signals.actions.mark_special_cause import SpecialCause, mark_special_cause
from fourfold.governance.signals.actions.rebase_limits import Rebase, rebase_limits
from fourfold.governance.signals.pages.chart_drawing import chart_as_json, chart_as_svg
from fourfold.governance.signals.pages.control_points import PointMark
from fourfold.governance.signals.pages.exceptions_reading import read_exceptions
from fourfold.governance.signals.pages.panel import read_panel
from fourfold.governance.signals.pages.pictures import control_picture
from fourfold.governance.signals.queries.series import ChartPlace
from fourfold.outward.interchange.pages.signals_document import signals_document
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.ui.charts import ChartTheme
from fourfold.scorecard.evaluation.pages.place import Place
from tests.governance.signals.conftest import AT, SHOP, SOON, chart, page, shifted, stable, view

DRIFTED = shifted(stable(40000, 200), 600, last=10)
"""A shift of 1.3 sigma ten months ago: no single value leaves its limits."""

KINDS = ["ewma", "cusum"]


@pytest.fixture
def ana(found, scope):
    found(sales=DRIFTED)
    return scope("ana")


def choose(scope, kind, *, measure="sales", at=AT):
    choice = Choice(kind, "A small shift that lasts would matter here.")
    return choose_chart(measure, "old-town", choice=choice, scope=scope, at=at)


def panel(measure="sales"):
    return read_panel(ChartPlace(measure, "old-town", "2026-09"), scope=INSTALLATION, at=SOON)


def numbers(values=DRIFTED):
    return np.array(values, dtype=np.float64)


def test_an_ewma_has_its_own_averages_and_limits(ana):
    choose(ana, "ewma")
    shown = panel()
    expected = spc.ewma(numbers(), basis=spc.Basis(baseline=24))

    assert shown.view.kind is ChartKind.EWMA
    assert [point.average for point in shown.view.points] == pytest.approx(expected.points[0].tolist())
    assert [point.upper for point in shown.view.points] == pytest.approx(expected.upper[0].tolist())
    assert [point.value for point in shown.view.points] == DRIFTED, "the values stay beside them"
    assert shown.chart_name == "EWMA chart of a moving average, by a decision"
    assert shown.rules_name == "averages beyond their limits only"
    assert "λ = 0.2" in shown.view.memory_sentence
    assert "L = 3 standard deviations" in shown.view.memory_sentence


def test_a_cusum_has_two_sums_in_sigma_and_says_how_large_one_is(ana):
    choose(ana, "cusum")
    shown = panel().view
    expected = spc.cusum(numbers(), basis=spc.Basis(baseline=24))

    assert shown.kind is ChartKind.CUSUM
    assert [point.sum_up for point in shown.points] == pytest.approx(expected.high[0].tolist())
    assert [point.sum_down for point in shown.points] == pytest.approx(expected.low[0].tolist())
    assert "more than k = 0.5 sigma above the mean" in shown.memory_sentence
    assert "beyond h = 4 sigma" in shown.memory_sentence
    assert f"One sigma is {expected.sigma[0, 0]:.1f} €." in shown.memory_sentence


@pytest.mark.parametrize("kind", KINDS)
def test_a_small_shift_that_lasts_is_a_signal_where_single_values_say_nothing(ana, kind):
    before = view("sales")
    choose(ana, kind)
    after = view("sales", at=SOON)

    assert not [each for each in before.findings if each.rule == "mdc.outside"]
    assert after.variation is Variation.IMPROVEMENT
    assert after.points[-1].mark is PointMark.IMPROVEMENT
    assert {each.rule for each in after.findings} == {kind}


def test_the_sentences_say_since_when_and_how_far(ana):
    choose(ana, "cusum")
    (finding,) = view("sales", at=SOON).findings

    assert finding.sentence == (
        "Since January 2026 the values lie more above the mean of 39,983 € than chance explains: in May 2026 their sum "
        "passes the border, in September 2026 it stands at 8.7 sigma: this is signal, not noise, and for the better."
    )


def test_the_sentence_of_an_average_names_its_limit(ana):
    choose(ana, "ewma")
    first, later = (finding.sentence for finding in view("sales", at=SOON).findings)

    assert first.startswith("In May 2026 the average lies at 40,467 €, above its upper limit of 40,437 €")
    assert later.startswith(
        "From July 2026 to September 2026 the average lies above its upper limit, last at 40,"
    )


def test_the_organisation_decides_lambda_l_k_and_h(found, scope):
    found(sales=DRIFTED, policies='ewma.weight: "0.1"\n  ewma.width: "2.7"\n  cusum.h: "5"')
    choose(scope("ana"), "ewma")
    expected = spc.ewma(numbers(), weight=0.1, width=2.7, basis=spc.Basis(baseline=24))

    shown = panel().view
    assert shown.points[-1].upper == pytest.approx(expected.upper[0, -1])
    assert "λ = 0.1" in shown.memory_sentence
    assert shown.memory.decision == 5.0


@pytest.mark.parametrize("kind", KINDS)
def test_limits_that_begin_anew_forget_what_was_before(ana, kind):
    choose(ana, kind)
    rebase_limits(
        "sales",
        "old-town",
        rebase=Rebase("2025-12", "A second oven."),
        scope=ana,
        at=AT,
    )
    shown = panel().view

    later = numbers(DRIFTED[35:])
    first = shown.points[35]
    assert first.segment == 1
    if kind == "ewma":
        assert first.average == pytest.approx(0.2 * later[0] + 0.8 * later.mean())
    else:
        expected = spc.cusum(later, basis=spc.Basis(baseline=24))
        assert [each.sum_up for each in shown.points[35:]] == pytest.approx(expected.high[0].tolist())
    assert shown.variation is Variation.COMMON_CAUSE


def test_as_known_before_the_decision_the_chart_is_the_one_of_then(ana):
    choose(ana, "cusum", at=AT.replace(day=9))

    assert view("sales", at=AT.replace(day=20)).kind is ChartKind.CUSUM
    assert view("sales", at=AT.replace(day=20), as_of="2026-10-08").kind is ChartKind.XMR


def test_a_known_special_cause_stays_out_of_the_sums(found, scope):
    spike = [*SHOP["sales"][:30], SHOP["sales"][30] + 9000, *SHOP["sales"][31:]]
    found(sales=spike)
    choose(scope("ana"), "cusum")
    assert view("sales", at=SOON).findings

    cause = SpecialCause("2025-07", "", "The town festival.")
    mark_special_cause("sales", "old-town", cause=cause, scope=scope("ana"), at=SOON)
    shown = view("sales", at=SOON)
    assert not shown.findings
    assert shown.points[30].sum_up is None
    assert shown.points[30].is_excluded


def test_what_is_promised_of_the_target_is_promised_of_single_values(found, scope):
    found(sales=stable(40000, 200))
    natural = spc.xmr(numbers(stable(40000, 200)), basis=spc.Basis(baseline=24), screening=False)
    choose(scope("ana"), "ewma")
    shown = panel().view

    assert shown.points[-1].upper < natural.upper.item(), "the average's limits are narrower"
    assert shown.assurance is Assurance(
        int(
            spc.icons(
                natural,
                spc.signals(natural),
                polarity=np.array([1], dtype=np.int8),
                target=shown.target,
            ).assurance[0]
        )
    )
    assert f"{natural.lower.item():,.0f}" in shown.assurance_sentence


@pytest.mark.parametrize("kind", KINDS)
def test_the_exceptions_follow_the_choice_and_say_that_values_are_judged_together(ana, kind):
    choose(ana, kind)
    told = read_exceptions(Place("old-town", "2026-09"), scope=INSTALLATION, at=SOON)
    sales = next(line for line in told.every if line.key == "sales")

    assert "favourable" in {tag.code for tag in (sales.tag, *sales.others)}
    if kind == "ewma":  # of the other the unlikely target is told first
        assert "the latest values together lie higher than chance explains" in sales.sentence
    assert chart("sales", at=SOON).judged.standing("sales").variation is Variation.IMPROVEMENT


@pytest.mark.parametrize("kind", KINDS)
def test_totals_to_date_are_refused(found, scope, kind):
    found(sales=SHOP["sales"])
    choose(scope("ana"), kind)
    assert view("sales", at=SOON).kind is not None

    running = np.cumsum(SHOP["sales"]).tolist()
    found_again = spc.looks_cumulative(np.array([running], dtype=np.float64))
    assert found_again.tolist() == [True]


@pytest.mark.parametrize("kind", KINDS)
def test_page_api_and_files_say_the_same(client, ana, kind):
    choose(ana, kind)
    place = ChartPlace("sales", "old-town", "2026-09")
    told = signals_document(place, scope=INSTALLATION, at=SOON)
    shown = view("sales", at=SOON)
    client.force_login(Person.objects.get(key="ana"))
    answer = client.get("/measures/sales/old-town/2026-09/signals/points.csv")
    text = answer.content.decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(text[text.index("period") :])))

    name = "average" if kind == "ewma" else "sum_up"
    of_page = [getattr(point, name) for point in shown.points]
    assert (told.chart, told.rules) == (kind, kind)
    assert told.memory.sentence == shown.memory_sentence
    assert [getattr(point, name) for point in told.points] == of_page
    assert [float(line[name]) for line in lines[: len(of_page)]] == pytest.approx(of_page)


@pytest.mark.parametrize("kind", KINDS)
def test_it_is_drawn_with_its_own_limits_as_island_and_as_picture(ana, kind):
    choose(ana, kind)
    shown = view("sales", at=SOON)
    island = json.loads(chart_as_json(shown, theme=ChartTheme.DARK))
    picture = control_picture(shown)

    assert island["marks"]
    assert "<svg" in chart_as_svg(shown, theme=ChartTheme.LIGHT, is_narrow=True)
    assert ("Border" in picture) is (kind == "cusum")
    assert ("in sigma" in picture) is (kind == "cusum")


def test_the_page_explains_the_chart_and_its_table_has_the_sums(client, ana):
    choose(ana, "cusum")
    shown = page(client, "ana", "/measures/sales/old-town/2026-09/")
    panel_shown = shown.select_one("#signals")

    assert "One sigma is" in panel_shown.select_one(".signals-made").get_text()
    assert "Sum above, in sigma" in panel_shown.select_one(".signals-table thead").get_text()
    assert "Border" in panel_shown.select_one(".legend").get_text()
    assert "Target" not in panel_shown.select_one(".legend").get_text()
