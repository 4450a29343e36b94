"""What a file brings along that is new leaves the past as it was told, unless the file itself speaks of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from fourfold.data.imports.actions import (
    ImportRefused,
    LoadedFolder,
    commit_import,
    keep_upload,
    load_strategy_folder,
)
from fourfold.data.imports.queries import preview_import
from fourfold.data.imports.queries.import_request import ImportRequest
from fourfold.folder.mapping.look import ProposedMeasure, ProposedUnit
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.periods.actions.move_period import Move, move_period
from fourfold.platform.periods.models import PeriodState
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.models import LedgerHead, Observation
from tests.data.imports.conftest import MORNING
from tests.scorecard.told_past import told_past

pytestmark = pytest.mark.django_db

LONG = """\
key: long
file: long.csv
layout: long
format: {delimiter: ";", date: "%Y-%m"}
columns: {unit: shop, measure: what, period: month, value: value, target: goal}
"""
SEPTEMBER = 2026 * 12 + 8


def request(rows: str, **brought: object) -> ImportRequest:
    text = f"shop;what;month;value;goal\n{rows}"
    file = keep_upload([text.encode()], name="long.csv", scope=INSTALLATION, at=MORNING).reference
    return ImportRequest(file=file, mapping="long", mapping_text=LONG, **brought)  # type: ignore[arg-type]


KIOSK = ProposedUnit("kiosk", "Kiosk", "harbour", "shop", "Kiosk")
HARBOUR = ProposedUnit("harbour", "Harbour", "bakery", "district", "Harbour")
SMELL = ProposedMeasure("smell", "Bread smell", objective="serve-on-time", text="Bread smell")


def since() -> dict[str, date | None]:
    known = read_definitions()
    units = {each.key: each.valid_from for each in known.units}
    return units | {each.key: each.versions[0].valid_from for each in known.measures}


def test_new_units_and_measures_leave_what_was_told_before_their_first_period(loaded: LoadedFolder) -> None:
    before = told_past("bakery", at=MORNING, before=SEPTEMBER)
    brought = request(
        "kiosk;sales;2026-10;7;\nkiosk;sales;2026-09;8;\nold-town;smell;2026-09;3;4\n",
        units=(HARBOUR, KIOSK),
        measures=(SMELL,),
    )

    commit_import(brought, scope=INSTALLATION, at=MORNING)

    after = told_past("bakery", at=MORNING, before=SEPTEMBER)
    assert {name: after[name] for name in before} == before
    first = date(2026, 9, 1)
    assert (since()["kiosk"], since()["harbour"], since()["smell"]) == (first, first, first)
    assert since()["old-town"] is None


def test_a_unit_that_has_only_targets_begins_with_the_first_of_them(loaded: LoadedFolder) -> None:
    brought = request("harbour;sales;2026-11;;9\nold-town;sales;2025-01;1;\n", units=(HARBOUR,))

    commit_import(brought, scope=INSTALLATION, at=MORNING)

    assert since()["harbour"] == date(2026, 11, 1)


def test_the_preview_says_from_which_day_on(loaded: LoadedFolder) -> None:
    seen = preview_import(
        request("harbour;sales;2026-09;7;\n", units=(HARBOUR,)), scope=INSTALLATION, at=MORNING
    )

    assert [(each.key, each.since) for each in seen.units] == [("harbour", "2026-09-01")]


def test_before_the_first_value_of_all_new_things_were_always_there(bakery, db) -> None:
    for file in (bakery / "data").iterdir():
        file.unlink()
    load_strategy_folder(bakery, data=None, scope=INSTALLATION, at=MORNING)
    assert not Observation.objects.exists()
    brought = request("harbour;smell;2026-09;7;\n", units=(HARBOUR,), measures=(SMELL,))

    commit_import(brought, scope=INSTALLATION, at=MORNING)

    assert (since()["harbour"], since()["smell"]) == (None, None)


def test_somebody_may_give_new_things_another_day(loaded: LoadedFolder) -> None:
    brought = request(
        "kiosk;sales;2026-10;7;\nold-town;smell;2026-10;3;4\n",
        units=(HARBOUR, replace(KIOSK, since="2026-10-01")),
        measures=(replace(SMELL, since="2026-10-01"),),
    )

    commit_import(brought, scope=INSTALLATION, at=MORNING)

    assert (since()["kiosk"], since()["smell"]) == (date(2026, 10, 1), date(2026, 10, 1))


def closed(month: str) -> None:
    year, number = (int(part) for part in month.split("-"))
    move = Move("bakery", year * 12 + number - 1, month, PeriodState.FINAL, reason="Done.")
    move_period(move, seq=LedgerHead.objects.get().seq, scope=INSTALLATION, at=MORNING)


@pytest.mark.parametrize(
    "brought",
    [
        {"units": (replace(HARBOUR, since="2026-08-15"),)},
        {"measures": (replace(SMELL, since="2026-08-31"),)},
    ],
    ids=["unit", "measure"],
)
def test_nothing_new_begins_inside_a_final_month(loaded: LoadedFolder, brought: dict[str, object]) -> None:
    closed("2026-08")
    early = request("old-town;sales;2026-12;7;\n", **brought)

    seen = preview_import(early, scope=INSTALLATION, at=MORNING)

    assert seen.is_refused
    assert [(each.code, each.line) for each in seen.findings] == [("DEFINITION_IN_FINAL_PERIOD", 0)]
    assert "August 2026" in seen.findings[0].message
    with pytest.raises(ImportRefused):
        commit_import(early, scope=INSTALLATION, at=MORNING)
    assert not {"harbour", "smell"} & since().keys()


def test_what_is_new_may_begin_after_the_final_months(loaded: LoadedFolder) -> None:
    closed("2026-08")
    brought = request(
        "harbour;smell;2026-09;7;\n", units=(HARBOUR,), measures=(replace(SMELL, since="2026-09-01"),)
    )

    assert not preview_import(brought, scope=INSTALLATION, at=MORNING).is_refused
    commit_import(brought, scope=INSTALLATION, at=MORNING)

    assert (since()["harbour"], since()["smell"]) == (date(2026, 9, 1), date(2026, 9, 1))


def test_the_preview_tells_the_rows_of_final_months_that_would_change(loaded: LoadedFolder) -> None:
    closed("2026-08")
    known = Observation.objects.filter(measure__key="sales", unit__key="old-town", period=SEPTEMBER - 1)
    same = known.order_by("-seq").first()
    assert same is not None
    rows = f"old-town;sales;2026-08;{same.value};\nriverside;sales;2026-08;1;\nriverside;sales;2026-09;1;\n"

    seen = preview_import(request(rows), scope=INSTALLATION, at=MORNING)

    assert seen.is_refused
    assert [(each.code, each.line) for each in seen.findings] == [("PERIOD_FINAL", 3)]
    assert "August 2026 is final" in seen.findings[0].message
