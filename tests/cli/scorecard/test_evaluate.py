"""`fourfold evaluate`: the same bytes from a folder and from the database, as a table, JSON or CSV."""

from __future__ import annotations

import csv
import io
import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import CHECKOUT, Shell

NODE = {"kind", "key", "value", "score", "status", "coverage", "why"}


@pytest.mark.parametrize(
    ("unit", "period"),
    [
        ("meridian", "2026-09"),
        ("meridian", "2026-Q3"),
        ("meridian", "2026-09-ytd"),
        ("meridian", "2026"),
        ("benelux", "2026-09"),
        ("hamburg", "2026-08"),
    ],
)
def test_folder_and_database_give_the_same_bytes(meridian: Shell, unit: str, period: str) -> None:
    asked = ("--unit", unit, "--period", period, "--json")

    from_folder = meridian("evaluate", "examples/meridian", *asked)
    from_database = meridian("evaluate", *asked)

    assert (from_folder.code, from_database.code) == (0, 0), from_folder.err + from_database.err
    assert from_folder.raw == from_database.raw


def test_unit_and_period_default_to_the_root_and_the_last_complete_month(meridian: Shell) -> None:
    asked = ("--unit", "meridian", "--period", "2026-09")

    in_full = meridian("evaluate", "examples/meridian", "--json", *asked)

    assert in_full.raw == meridian("evaluate", "examples/meridian", "--json").raw
    assert in_full.raw == meridian("evaluate", "--json").raw


@pytest.mark.real
def test_the_transport_agencies_give_the_same_bytes_too(shell: Shell) -> None:
    data = Path(os.environ.get("FOURFOLD_REAL_DATA", CHECKOUT.parent / "shared" / "data"))
    if not data.is_dir():
        pytest.skip("the real data is not here: set FOURFOLD_REAL_DATA to its folder")
    loaded = shell("load", "examples/mta", "--data", data)

    from_folder = shell("evaluate", "examples/mta", "--data", data, "--json")
    from_database = shell("evaluate", "--json")

    assert (loaded.code, from_folder.code, from_database.code) == (0, 0, 0), loaded.err + from_folder.err
    assert from_folder.raw == from_database.raw


def test_every_node_says_what_it_is_what_it_scored_and_what_is_missing(shell: Shell) -> None:
    answer = shell("evaluate", "examples/four-objectives", "--json")

    nodes = every_node(json.loads(answer.raw)["scorecard"])
    assert {"perspective", "objective", "measure"} <= {node["kind"] for node in nodes}
    assert all(node.keys() >= NODE for node in nodes)
    assert answer.raw.endswith(b"\n")


def test_csv_has_a_row_for_every_node_of_the_json(shell: Shell) -> None:
    rows = list(csv.DictReader(io.StringIO(shell("evaluate", "examples/four-objectives", "--csv").out)))
    nodes = every_node(json.loads(shell("evaluate", "examples/four-objectives", "--json").raw)["scorecard"])

    assert [[row[name] for name in ("kind", "key", *NUMBERS)] for row in rows] == [
        [node["kind"], node["key"], *(digits(node.get(name)) for name in NUMBERS)] for node in nodes
    ]


NUMBERS = ("value", "target", "score", "coverage")


def digits(number: float | None) -> str:
    return "" if number is None else repr(number)


def test_numbers_are_written_as_pages_and_files_write_them(meridian: Shell) -> None:
    """Operating profit is 4087.5000000000073 where it was added up."""
    table = next(line for line in meridian("evaluate").out.splitlines() if "Operating profit" in line)
    row = next(line for line in meridian("evaluate", "--csv").out.splitlines() if "operating-profit" in line)

    assert " ".join(table.split()).startswith("Operating profit 4,088 €k 3,629 88 100%")
    assert row.startswith("measure,operating-profit,Operating profit,4087.5,3629.0,")


def test_the_table_names_every_objective_with_its_status_in_words(shell: Shell) -> None:
    answer = shell("evaluate", "examples/four-objectives")

    assert answer.code == 0
    assert "September 2026" in answer.out
    for objective in ("Grow profitable shop sales", "Deliver every order on time"):
        line = next(line for line in answer.out.splitlines() if objective in line)
        assert any(words in line for words in ("On target", "At risk", "Off target", "No data"))


def test_a_folder_is_evaluated_without_a_database(shell: Shell) -> None:
    assert shell("evaluate", "examples/four-objectives").code == 0
    assert not shell.home.exists()


def test_two_formats_at_once_are_a_wrong_use(shell: Shell) -> None:
    answer = shell("evaluate", "examples/four-objectives", "--json", "--csv")

    assert (answer.code, answer.out) == (2, "")
    assert "OPTIONS_CONFLICT" in answer.err


def every_node(node: dict[str, Any]) -> list[dict[str, Any]]:
    """A node and all below it, in the order they are read."""
    return [node, *(below for child in node.get("children", ()) for below in every_node(child))]


def test_data_that_was_not_read_is_said_on_standard_error(shell: Shell) -> None:
    answer = shell("evaluate", "examples/mta", "--csv")

    assert answer.code == 0
    assert "DATA_ABSENT" in answer.err
    assert "--data" in answer.err
    assert "DATA_ABSENT" not in answer.out
