"""The demo organisation's map and objectives: every page can be made, and says what the scorecard says."""

from pathlib import Path

import pytest

from fourfold.engine.book import compile_book
from fourfold.engine.calendar import Grain
from fourfold.engine.cube import Cube
from fourfold.engine.evaluate import evaluate
from fourfold.engine.tree import scorecard_tree
from fourfold.folder import read_folder
from fourfold.scorecard.evaluation.pages.objective.building import objective_page
from fourfold.scorecard.evaluation.pages.strategy_map.building import map_page
from fourfold.scorecard.evaluation.pages.strategy_map.reading import map_findings

MERIDIAN = Path(__file__).parents[4] / "examples" / "meridian"


@pytest.fixture(scope="session")
def meridian():
    """The whole organisation by month, read once: a fresh copy would say the same."""
    reading = read_folder(MERIDIAN)
    book = compile_book(reading.definitions, today=reading.definitions.organisation.clock)
    cube = Cube.of(book, reading.rows)
    return evaluate(book, cube, grains=(Grain.MONTH,), backend="numpy")


@pytest.fixture(scope="session")
def september(meridian):
    return meridian.book.timeline.calendar.parse_grain("2026-09")


@pytest.mark.method("A0")
def test_every_objective_and_every_link_is_drawn_once(meridian, september):
    sheet = map_page(meridian, unit="meridian", shown=september).sheet
    definitions = meridian.book.definitions

    assert {card.box.key for card in sheet.cards} == {each.key for each in definitions.objectives}
    assert len(sheet.edges) == len(definitions.causal_links) + len(definitions.identity_links)
    assert sheet.has_identities


@pytest.mark.parametrize("unit", ["meridian", "nordics", "vienna"])
def test_cards_and_bands_carry_the_numbers_of_the_scorecard(meridian, september, unit):
    page = map_page(meridian, unit=unit, shown=september)
    tree = scorecard_tree(meridian, unit=unit, period=september)

    assert [band.score for band in page.sheet.bands] == [node.score for node in tree.children]
    told = {node.key: (node.score, node.status) for each in tree.children for node in each.children}
    assert {card.box.key: (card.score, card.mark.status) for card in page.sheet.cards} == told


@pytest.mark.parametrize("unit", ["meridian", "vienna"])
def test_every_objective_of_a_unit_has_a_page(meridian, september, unit):
    for card in map_page(meridian, unit=unit, shown=september).sheet.cards:
        page = objective_page(meridian, objective=card.box.key, unit=unit, shown=september)

        assert (page.standing.score, page.standing.mark) == (card.score, card.mark)
        assert page.history.lines[0].scores[-1] == card.score
        assert page.explanation.key == card.box.key
        assert len(page.history.labels) <= 36


def test_a_theme_leaves_its_own_objectives_bright(meridian, september):
    page = map_page(meridian, unit="meridian", shown=september, theme="reliable-network")
    members = {o.key for o in meridian.book.definitions.objectives if "reliable-network" in o.themes}

    assert {card.box.key for card in page.sheet.cards if not card.is_dimmed} == members
    assert {row.key for group in page.listed for row in group.objectives} == members
    assert page.theme is not None
    assert page.theme.objectives == len(members)


def test_the_demo_map_keeps_the_rules_it_shows(meridian):
    assert [finding.rule for finding in map_findings(meridian.book.definitions) if finding.refuses] == []
