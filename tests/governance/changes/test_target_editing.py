"""Targets are set over time, and no status already given moves with them (METHOD §2.7)."""

from datetime import UTC, datetime, timedelta

import pytest

from fourfold.engine.calendar import Grain
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.scorecard.evaluation.queries import current_evaluation, evaluation_as_of
from tests.governance.changes.conftest import fields_of, person_with, read

pytestmark = pytest.mark.django_db

GRID = "/edit/targets/punctuality/"
ROOT = "/edit/targets/punctuality/bakery/"
NOON = datetime(2026, 10, 8, 12, tzinfo=UTC)


def target(now, measure="punctuality", unit="bakery"):
    return next(each for each in now().targets if (each.measure, each.unit) == (measure, unit))


def refusal(answer):
    return read(answer).select_one(".refused").get_text(" ", strip=True)


def past(measure="punctuality", unit="bakery", *, until="2026-09"):
    """Targets and statuses of all months that have ended, to the bit."""
    found = current_evaluation(INSTALLATION, unit, at=datetime.now(UTC)).evaluation
    results = found.at(Grain.MONTH)
    ends = results.position(found.book.timeline.calendar.parse(until).ordinal) + 1
    where = found.measure_index(measure), slice(0, ends), slice(None)
    begins = results.ordinals.start
    measures = results.measures
    return (
        begins,
        measures.target[where].tobytes(),
        measures.score[where].tobytes(),
        measures.status[where].tobytes(),
    )


def test_the_grid_says_what_is_own_inherited_and_summed(ana):
    inherited = ana.open(GRID).select_one(".target-grid")
    summed = ana.open("/edit/targets/sales/").select_one(".target-grid")

    assert inherited.select(".target-own")
    assert inherited.select(".target-inherited")
    assert summed.select(".target-sum")


@pytest.mark.parametrize("trajectory", ["linear", "step", "compound", "milestone"])
def test_a_retarget_rewrites_no_past_target_score_or_status(ana, now, trajectory):
    before = past()
    answer = ana.save(ROOT, trajectory=trajectory, points="2026-12 97\n2027-12 98.5", step="save")

    assert answer.status_code == 302
    assert target(now).points[-1].value == 98.5
    assert past() == before


def test_what_was_known_before_a_retarget_stays_readable(ana):
    moment = datetime.now(UTC)
    before = evaluation_as_of(moment, scope=INSTALLATION, unit="bakery", at=moment).evaluation
    ana.save(ROOT, points="2026-12 99", step="save")
    after = evaluation_as_of(
        moment, scope=INSTALLATION, unit="bakery", at=moment + timedelta(days=1)
    ).evaluation

    assert after.differs_from(before) == ()


def test_a_period_that_has_ended_keeps_the_target_it_was_judged_by(ana, now):
    before = target(now)
    answer = ana.save(ROOT, points="2026-06 50\n2026-12 97", step="save")

    assert (answer.status_code, "TARGET_PAST_REWRITTEN" in refusal(answer)) == (409, True)
    assert fields_of(read(answer))["points"] == "2026-06 50\n2026-12 97"
    assert target(now) == before


def test_a_target_of_its_own_does_not_rewrite_what_a_unit_inherited(ana, now):
    address = "/edit/targets/punctuality/old-town/"
    early = ana.save(address, trajectory="step", points="2026-03 80", reason="rebuilding", step="save")
    later = ana.save(address, trajectory="step", points="2026-11 96", step="save")

    assert "TARGET_PAST_REWRITTEN" in refusal(early)
    assert later.status_code == 302
    assert target(now, unit="old-town").points[0].value == 96


def test_own_red_and_best_do_not_recolour_the_past(ana):
    answer = ana.save(ROOT, red="80", step="save")

    assert "TARGET_PAST_REWRITTEN" in refusal(answer)


@pytest.mark.parametrize(
    ("typed", "status", "code"),
    [
        ({"points": "2026-12 80"}, 422, "TRAJECTORY_AGAINST_POLARITY"),
        ({"points": "2029-12 99"}, 422, "TRAJECTORY_PAST_HORIZON"),
        ({"points": "2026-12 ninety"}, 422, "TARGET_POINT_UNREAD"),
        ({"points": "2026-Q4 90"}, 422, "TARGET_POINT_UNREAD"),
        ({"points": "2026-12 90\n2026-12 91"}, 422, "TARGET_POINT_UNREAD"),
        ({"points": "2026-12 96.1234567890123456"}, 422, "TARGET_POINT_UNREAD"),
        ({"trajectory": "compound", "points": "2026-12 -3", "reason": "x"}, 422, "TRAJECTORY_COMPOUND_SIGN"),
    ],
)
def test_what_cannot_be_wanted_is_refused_by_name_and_kept(ana, now, typed, status, code):
    before = target(now)
    answer = ana.save(ROOT, **{"reason": "", "origin": ""} | typed | {"step": "save"})

    assert answer.status_code == status
    assert code in refusal(answer)
    assert fields_of(read(answer))["points"] == typed["points"]
    assert target(now) == before


def test_an_easier_target_needs_its_reason_and_keeps_it(ana, now):
    ana.save(ROOT, points="2026-12 90", origin="negotiated", reason="A shop closes", step="save")

    assert target(now).origin == "negotiated: A shop closes"
    assert fields_of(ana.open(ROOT))["reason"] == "A shop closes"


def test_interim_targets_are_shown_while_typing(ana):
    typed = ana.typed(ROOT, trajectory="linear", points="2026-12 98")
    shown = read(ana.client.post(ROOT + "preview/", typed))

    assert shown.select_one("svg.target-curve")
    rows = [row.get_text(" ", strip=True) for row in shown.select("tbody tr")]
    assert rows[-1] == "2026-12 98.0 %"
    assert any(row.startswith("2026-11 ") for row in rows)


def test_the_second_of_two_savers_loses_nothing(ana, now):
    typed = ana.typed(ROOT, points="2026-12 97", step="save")
    ana.save(ROOT, points="2026-12 96", step="save")
    answer = ana.client.post(ROOT, typed)

    assert (answer.status_code, "CHANGED_MEANWHILE" in refusal(answer)) == (412, True)
    assert "2026-12 96" in read(answer).select_one(".review pre").get_text()
    assert fields_of(read(answer))["points"] == "2026-12 97"
    assert ana.client.post(ROOT, fields_of(read(answer)) | {"step": "save"}).status_code == 302
    assert target(now).points[-1].value == 97


def test_cells_of_a_spreadsheet_are_taken_in(ana, now):
    wide = "unit\t2026-11\t2026-12\nold-town\t96\t96.5\nRiverside shop\t95.9\t96\n"
    answer = ana.save(GRID, cells=wide, origin="benchmark", reason="")

    assert answer.status_code == 302
    assert [point.value for point in target(now, unit="old-town").points] == [96, 96.5]
    assert [point.value for point in target(now, unit="riverside").points] == [95.9, 96]
    long = "unit;period;value\nold-town;2026-12;97"
    assert ana.save(GRID, cells=long).status_code == 302
    assert [point.value for point in target(now, unit="old-town").points] == [96, 97]


def test_one_wrong_cell_and_nothing_is_taken_in(ana, now):
    before = now().targets
    cells = "old-town;2026-12;97\nnowhere;2026-12;97\nriverside;soon;97"
    answer = ana.client.post(GRID, {"cells": cells})
    told = read(answer)

    assert answer.status_code == 422
    assert "Line 2" in told.select_one(".refused").get_text()
    assert "Line 3" in told.select_one(".refused").get_text()
    assert told.select_one("[name=cells]").get_text().strip() == cells
    assert now().targets == before


def beside(answer):
    """The table of differences, row by row."""
    return [
        [cell.get_text(" ", strip=True) for cell in row.select("th, td")]
        for row in read(answer).select(".differences tbody tr")
    ]


def test_the_second_of_two_who_paste_sees_both_and_loses_nothing(ana, now):
    mine = ana.typed(GRID, cells="old-town;2026-11;96\nriverside;2026-12;97")
    ana.save(GRID, cells="old-town;2026-11;95.5\nold-town;2026-12;96.5")
    answer = ana.client.post(GRID, mine)

    assert (answer.status_code, "CHANGED_MEANWHILE" in refusal(answer)) == (412, True)
    assert beside(answer) == [
        ["Old Town shop · November 2026 differs", "96.0 %", "95.5 %"],
        ["Old Town shop · December 2026", "–", "96.5 %"],
    ]
    kept = fields_of(read(answer))
    assert kept["cells"].strip() == mine["cells"]
    assert not [each for each in now().targets if (each.measure, each.unit) == ("punctuality", "riverside")]

    assert ana.client.post(GRID, kept).status_code == 302
    assert [point.value for point in target(now, unit="old-town").points] == [96, 96.5]
    assert target(now, unit="riverside").points[-1].value == 97


def test_whoever_pastes_other_units_is_in_nobodys_way(ana, now):
    mine = ana.typed(GRID, cells="riverside;2026-12;97")
    ana.save(GRID, cells="old-town;2026-12;96.5")

    assert ana.client.post(GRID, mine).status_code == 302
    assert target(now, unit="old-town").points[-1].value == 96.5
    assert target(now, unit="riverside").points[-1].value == 97


def test_a_target_set_on_its_own_page_meanwhile_is_seen_by_who_pastes(ana, now):
    mine = ana.typed(GRID, cells="bakery;2026-12;97")
    ana.save(ROOT, trajectory="linear", points="2026-12 96", step="save")
    answer = ana.client.post(GRID, mine)

    assert answer.status_code == 412
    assert ["Harbour Bakery · December 2026 differs", "97.0 %", "96.0 %"] in beside(answer)
    assert target(now).points[-1].value == 96


@pytest.mark.parametrize("edition", [None, "", "soon", "9" * 40])
def test_a_paste_that_does_not_say_what_it_saw_replaces_no_target(ana, now, edition):
    before = now().targets
    answer = ana.save(GRID, cells="bakery;2026-12;97", edition=edition)

    assert answer.status_code == 412
    assert now().targets == before


def test_an_unreadable_line_does_not_pass_for_having_looked(ana, now):
    mine = ana.typed(GRID, cells="bakery;soon;97")
    ana.save(ROOT, points="2026-12 96", step="save")
    unread = fields_of(read(ana.client.post(GRID, mine)))

    assert ana.client.post(GRID, unread | {"cells": "bakery;2026-12;97"}).status_code == 412
    assert target(now).points[-1].value == 96


@pytest.mark.parametrize("role", ["viewer", "auditor", "measure_owner", "data_steward"])
def test_other_roles_set_no_targets(client, bakery, role):
    client.force_login(person_with(role, "bakery", key="other"))

    assert client.get(GRID).status_code == 403
    assert client.get(ROOT).status_code == 403
    assert client.post(ROOT, {"step": "save", "points": "2026-12 97"}).status_code == 403
    assert client.post(GRID, {"cells": "old-town;2026-12;97"}).status_code == 403


def test_the_office_of_one_shop_sets_its_own_targets_only(client, bakery, now):
    client.force_login(person_with("strategy_office", "old-town", key="olga"))
    grid = read(client.get(GRID)).select_one(".target-grid")

    assert [row.get_text(strip=True) for row in grid.select("tbody th")] == ["Old Town shop"]
    assert client.get("/edit/targets/punctuality/riverside/").status_code == 403
    assert client.get(ROOT).status_code == 403
    assert client.post(GRID, {"cells": "old-town;2026-12;97"}).status_code == 302
