"""A file's targets judge no ended period anew and no final one at all, as on the page for targets (METHOD §2.7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from fourfold.data.imports.actions import ImportRefused, LoadedFolder, import_file
from fourfold.data.imports.queries import preview_file
from fourfold.platform.accounts.scope import INSTALLATION
from fourfold.platform.periods.actions.move_period import Move, move_period
from fourfold.platform.periods.models import PeriodState
from fourfold.scorecard.evaluation.actions.write_definitions import write_definitions
from fourfold.scorecard.evaluation.queries.definitions import read_definitions
from fourfold.scorecard.measures.models import LedgerHead
from tests.data.imports.conftest import MORNING

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=1)  # of 8 October 2026

MAPPING = """\
key: wanted
file: wanted.csv
layout: long
columns: {measure: measure, unit: shop, period: month, target: wanted}
"""


@pytest.fixture(autouse=True)
def _loaded(loaded: LoadedFolder) -> None:
    """Every test starts from the bakery."""


def told(folder: Path, *rows: str) -> tuple[str, str, list[tuple[str, int]]]:
    """What preview and import say of the rows; both must say the same."""
    mapping, file = folder / "wanted.mapping.yaml", folder / "wanted.csv"
    mapping.write_text(MAPPING)
    file.write_text("\n".join(("measure,shop,month,wanted", *rows, "")))
    seen = preview_file(file, mapping=str(mapping), scope=INSTALLATION, at=LATER)
    found = [(each.code, each.line) for each in seen.findings if each.level == "error"]
    assert seen.is_refused == bool(found)
    if not found:
        import_file(file, mapping=str(mapping), scope=INSTALLATION, at=LATER)
        return "taken", "", found
    with pytest.raises(ImportRefused) as refused:
        import_file(file, mapping=str(mapping), scope=INSTALLATION, at=LATER)
    findings = [each for each in refused.value.findings if each.level == "error"]
    assert [(each.code, each.line) for each in findings] == found
    return "refused", findings[0].message, found


def test_a_row_that_rewrites_the_target_of_an_ended_month_keeps_the_file_out(tmp_path: Path) -> None:
    before = read_definitions().targets

    outcome, message, found = told(
        tmp_path, "waste,bakery,2026-12,7", "waste,bakery,2026-08,6", "waste,bakery,2026-09,6"
    )

    assert (outcome, found) == (
        "refused",
        [("TARGET_PAST_REWRITTEN", 3), ("TARGET_PAST_REWRITTEN", 4)],
    )
    assert "was 8" in message
    assert read_definitions().targets == before


def test_a_row_that_says_what_held_anyway_and_one_of_the_future_are_taken(tmp_path: Path) -> None:
    assert told(tmp_path, "waste,bakery,2026-09,8", "waste,bakery,2026-12,7")[0] == "taken"


def test_a_target_of_its_own_does_not_rewrite_what_a_shop_inherited(tmp_path: Path) -> None:
    assert told(tmp_path, "waste,riverside,2026-09,6")[2] == [("TARGET_PAST_REWRITTEN", 2)]


def test_a_first_target_of_an_ended_month_is_taken_as_long_as_it_is_not_final(tmp_path: Path) -> None:
    without_targets()

    assert told(tmp_path, "waste,riverside,2026-06,6")[0] == "taken"


def test_a_first_target_reaches_no_final_month_even_by_being_held_until_then(tmp_path: Path) -> None:
    without_targets()
    close("2026-08", 2026 * 12 + 7)

    held = told(tmp_path, "waste,riverside,2026-06,6")
    afterwards = told(tmp_path, "waste,riverside,2026-09,6")

    assert (held[0], held[2]) == ("refused", [("DEFINITION_IN_FINAL_PERIOD", 2)])
    assert afterwards[0] == "taken"


def without_targets() -> None:
    """As if nobody had said what is wanted of the waste."""
    known = read_definitions()
    kept = tuple(each for each in known.targets if each.measure != "waste")
    write_definitions(replace(known, targets=kept), scope=INSTALLATION, at=LATER, replaces=True)


def close(name: str, month: int) -> None:
    move = Move("bakery", month, name, PeriodState.FINAL, reason="It is how it is.")
    move_period(move, seq=LedgerHead.objects.get().seq, scope=INSTALLATION, at=LATER)
