"""What stands beside a number says no more and no less than is true."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string

from fourfold.data.entry.actions.close_period import Step, close_period
from fourfold.platform.accounts.queries import scope_of
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.ui.components import Direction, Verdict
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from fourfold.scorecard.evaluation.pages.measure_rows import score_change
from fourfold.scorecard.evaluation.queries import read_definitions

pytestmark = pytest.mark.django_db

AT = datetime(2026, 10, 8, 10, tzinfo=UTC)
SALES = "/measures/sales/bakery/2026-09/"


@pytest.mark.parametrize(
    ("later", "verdict", "direction"),
    [
        (60.9, Verdict.HARDLY, Direction.FLAT),
        (61.49, Verdict.HARDLY, Direction.FLAT),
        (61.01, Verdict.UNCHANGED, Direction.FLAT),
        (60.5, Verdict.WORSE, Direction.DOWN),
        (61.5, Verdict.BETTER, Direction.UP),
    ],
)
def test_less_than_half_a_point_is_neither_better_nor_worse(later, verdict, direction):
    change = score_change(61.0, later)

    assert (change.verdict, change.direction) == (verdict, direction)


def test_a_value_without_a_target_says_that_the_target_is_missing(ana, read, client):
    known = read_definitions()
    without = tuple(each for each in known.targets if each.measure != "sales")
    assert len(without) < len(known.targets)
    write_definitions(replace(known, targets=without), scope=INSTALLATION, at=AT)

    page = read(ana, SALES)
    assert page.select_one("main .pill").get_text() == "No target"
    row = read(ana, "/scorecards/bakery/2026-09/").select_one("#measures tr:has(a[href^='/measures/sales/'])")
    assert row.select_one(".pill").get_text() == "No target"
    assert "nothing to hold it against" in row.get_text()
    csv = client.get("/scorecards/bakery/2026-09/scorecard.csv").content.decode()
    assert any("Shop sales,No target," in line for line in csv.splitlines())


def test_an_observation_is_no_more_final_than_its_period(ana, read):
    def said():
        rows = read(ana, SALES).select(".observations td[data-label=Release], td[data-label=Release]")
        return {row.get_text().strip() for row in rows}

    assert said() == {"Open"}
    step = Step("bakery", "2026-09", "final", "All is in.")
    close_period(step, scope=scope_of(ana), at=AT)
    assert said() == {"Final"}


def test_the_paper_s_actions_are_no_button_texts():
    shown = render_to_string("ui/components/actions.html", {"actions": "<a>Add</a>", "table_at": ""})

    assert "d-print-none" in shown
