"""The templates: sound strategies in sound words, with exact measures and without a single invented number."""

import pytest

from fourfold.engine.calendar import FiscalCalendar
from fourfold.engine.checks import check_definitions
from fourfold.engine.definitions import Definitions
from fourfold.engine.quantities import GoalType
from fourfold.folder import check_folder
from fourfold.outward.home.actions.new_organisation import NewOrganisation, adopted, frame_only
from fourfold.outward.home.queries.starters import FOLDERS, STARTERS, starter_definitions, starter_named

HILL = NewOrganisation("hill", "Hill & Sons", "Europe/Vienna", "CHF", FiscalCalendar(start_month=7))
every_starter = pytest.mark.parametrize("key", STARTERS)


@every_starter
def test_a_template_is_a_strategy_folder_without_an_error(key: str) -> None:
    findings = check_folder(FOLDERS / key)

    assert [(each.level, each.code) for each in findings] == [("warning", "FILE_MISSING")]  # targets.csv


@every_starter
def test_neither_the_map_nor_the_wording_of_a_template_is_found_fault_with(key: str) -> None:
    assert [each.message for each in check_definitions(starter_definitions(key))] == []


@every_starter
def test_a_template_has_four_perspectives_and_a_map_that_can_be_read(key: str) -> None:
    starter = starter_named(key)

    assert len(starter.perspectives) == 4
    assert 10 <= starter.objectives <= 14
    assert starter.links >= starter.objectives
    assert 2 <= len(starter.units) <= 3


@every_starter
def test_every_objective_of_a_template_has_one_or_two_measures(key: str) -> None:
    counts = [
        len(objective.measures)
        for perspective in starter_named(key).perspectives
        for objective in perspective.objectives
    ]

    assert set(counts) <= {1, 2}


@every_starter
def test_every_measure_of_a_template_says_how_it_is_counted_and_where_red_begins(key: str) -> None:
    for measure in starter_definitions(key).measures:
        (version,) = measure.versions
        assert len(version.operational_definition.split()) >= 8, measure.key
        assert version.thresholds.red is not None, measure.key
        assert version.goal in {GoalType.MAXIMISE, GoalType.MINIMISE}, measure.key
        assert version.unit_of_measure, measure.key


@every_starter
def test_a_template_invents_no_number(key: str) -> None:
    definitions = starter_definitions(key)

    assert definitions.targets == ()
    assert definitions.people == ()
    assert not (FOLDERS / key / "data").exists()


@every_starter
def test_an_adopted_template_speaks_of_its_founder_only(key: str) -> None:
    mine = adopted(starter_definitions(key), HILL)

    assert (mine.organisation.name, mine.organisation.calendar.start_month) == ("Hill & Sons", 7)
    assert [(unit.key, unit.name) for unit in mine.units if unit.parent is None] == [("hill", "Hill & Sons")]
    assert units_named_by_selectors(mine) <= {unit.key for unit in mine.units}
    money = {each.versions[-1].unit_of_measure for each in mine.measures}
    assert not any("EUR" in unit for unit in money)


def test_a_template_whose_department_is_called_like_the_organisation_keeps_both() -> None:
    sales = NewOrganisation("sales", "Sales", "UTC", "EUR", FiscalCalendar())

    mine = adopted(starter_definitions("private-company"), sales)

    assert [unit.key for unit in mine.units] == ["sales-whole", "sales", "operations", "support"]
    assert mine.organisation.key == "sales"


def test_a_frame_keeps_the_map_and_leaves_units_and_measures_to_the_file() -> None:
    frame = frame_only(starter_definitions("hospital"))

    assert len(frame.units) == 1
    assert frame.measures == ()
    assert len(frame.causal_links) == 15
    assert all(not each.units.levels for each in frame.objectives)


def units_named_by_selectors(definitions: Definitions) -> set[str]:
    return {each.units.unit for each in (*definitions.objectives, *definitions.measures)}
