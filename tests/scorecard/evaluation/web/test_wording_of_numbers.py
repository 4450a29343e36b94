"""What stands beside a number says no more and no less than is true."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.template.loader import render_to_string

from fourfold.data.entry.actions.close_period import Step, close_period
from fourfold.engine.quantities import Status, Why
from fourfold.governance.annotations.queries.overrides import standing_tree
from fourfold.platform.accounts.queries import scope_of
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.ui.components import Direction, Verdict
from fourfold.platform.ui.templatetags.fourfold import status_pill
from fourfold.scorecard.evaluation.pages.scorecard.measure_rows import measure_mark, score_change
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.observation import NewObservation

pytestmark = pytest.mark.django_db

AT = datetime(2026, 10, 8, 10, tzinfo=UTC)


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


def test_a_value_without_a_target_says_that_the_target_is_missing(bakery):
    tree = standing_tree(INSTALLATION, "bakery", period="2026-09", at=AT)
    sales = next(
        node
        for each in tree.children
        for one in each.children
        for node in one.children
        if node.key == "sales"
    )
    untargeted = replace(
        sales,
        target=None,
        target_why=Why.MISSING_REQUIRED,
        status=Status.GREY,
        score=None,
        why=Why.MISSING_REQUIRED,
    )
    mark = measure_mark(untargeted)

    assert (mark.label, mark.status) == ("No target", Status.GREY)
    pill = status_pill(mark)
    assert "No target</span>" in pill
    assert "nothing to hold it against" in pill
    assert measure_mark(sales).label == sales.status.label


def test_an_observation_is_no_more_final_than_its_period(ana, read):
    def said():
        rows = read(ana, "/measures/sales/old-town/2026-09/").select("td[data-label=Release]")
        return rows[0].get_text().strip()

    value = NewObservation("sales", "old-town", 24_320, value=41_000.0, release_status="L")
    append_observations([value], scope=scope_of(ana), at=AT)
    assert said() == "Open"
    close_period(Step("bakery", "2026-09", "final", "All is in."), scope=scope_of(ana), at=AT)
    assert said() == "Final"


def test_the_paper_s_actions_are_no_button_texts():
    shown = render_to_string("ui/components/actions.html", {"actions": "<a>Add</a>", "table_at": ""})

    assert "d-print-none" in shown
