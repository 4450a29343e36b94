"""A score that rests on other measures than before went nowhere: its difference is shown and not judged."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from fourfold.engine.definitions import PolicyValue
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.scorecard.evaluation.actions.change_definitions import change_definitions

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 10, 8, 10, tzinfo=UTC)
OBJECTIVE = "/objectives/serve-on-time/{}/2026-09/"


@pytest.fixture
def of_two_thirds(bakery):
    """In August no guest of Riverside gave a rating; policy lets two thirds of an objective's weight do."""
    enough = PolicyValue("score.coverage_min", "0.6", reason="Small shops")
    change_definitions(
        lambda whole: replace(whole, policies=(*whole.policies, enough)),
        act=Act.EDIT_POLICIES,
        unit="bakery",
        scope=INSTALLATION,
        at=NOW,
    )


def said(page, *places: str) -> str:
    return " ".join(each.get_text(" ", strip=True) for each in page.select(", ".join(places)))


def test_two_months_of_the_same_measures_are_judged(of_two_thirds, ana, read):
    page = read(ana, OBJECTIVE.format("old-town"))

    assert "better" in said(page, ".objective-change") or "worse" in said(page, ".objective-change")


def test_two_months_of_other_measures_are_not(of_two_thirds, ana, read):
    assert "of other measures" in said(read(ana, OBJECTIVE.format("bakery")), ".objective-change")
    cards = said(read(ana, "/scorecards/bakery/2026-09/"), ".perspective-card .is-whole", ".is-whole")
    assert cards.count("of other measures") == 1


def test_home_says_so_where_it_tells_of_the_move(of_two_thirds, ana, read):
    assert "It rests on other measures than then." in said(read(ana, "/home/?period=2026-09"), "main")
