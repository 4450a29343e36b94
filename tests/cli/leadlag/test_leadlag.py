"""`fourfold leadlag`: does one series run ahead of another?"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from tests.cli.conftest import Shell

HELD = ("--period", "month")


def noise() -> np.ndarray:
    return np.random.default_rng(5).normal(size=(3, 60))


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """Calls, orders two months after them, and the weather; one row a month."""
    values = noise()
    orders = np.roll(values[0], 2) + values[1] / 3
    months = [f"{2020 + place // 12}-{place % 12 + 1:02d}" for place in range(60)]
    rows = [
        f"{month},{100 + 10 * values[0, place]:.4f},{50 + 5 * orders[place]:.4f},{values[2, place]:.4f}"
        for place, month in enumerate(months)
    ]
    file = tmp_path / "calls.csv"
    file.write_text("\n".join(["month,calls,orders,weather", *rows]) + "\n", encoding="utf-8")
    return file


def test_one_link_has_its_correlations_chance_granger_and_a_verdict(shell: Shell, calls: Path) -> None:
    answer = shell("leadlag", calls, "--x", "calls", "--y", "orders", "--lag", "1..3", *HELD, "--json")

    assert answer.code == 0, answer.err
    document = json.loads(answer.out)
    (link,) = document["links"]
    assert (document["cycle"], document["permutations"]) == (12, 999)
    assert (link["verdict"], link["doubts"], link["peak_lag"], link["p"]) == ("supported", [], 2, 0.001)
    assert (link["n"], link["from"], link["to"], link["lag"]) == (60, "2020-01", "2024-12", [1, 3])
    assert link["granger"]["p"] < 0.01
    assert len(link["correlations"]) == 25
    assert link["transformations"]["cycle"] == 12


def test_the_table_says_it_in_words_that_claim_no_more_than_order_in_time(shell: Shell, calls: Path) -> None:
    answer = shell("leadlag", calls, "--x", "calls", "--y", "orders", "--lag", "2", *HELD)

    assert "✔ supported" in answer.out
    assert "It cannot tell what brings what about." in answer.out
    assert "causes" not in answer.out


def test_a_remark_names_the_column_that_runs_ahead_whatever_it_is_called(
    shell: Shell, calls: Path, tmp_path: Path
) -> None:
    """The columns are called as the roles are, the other way round."""
    lines = calls.read_text(encoding="utf-8").splitlines()
    file = tmp_path / "roles.csv"
    file.write_text("\n".join(["month,x,y,weather", *lines[1:]]) + "\n", encoding="utf-8")

    answer = shell("leadlag", file, "--x", "y", "--y", "x", "--lag", "1..3", *HELD, "--json")
    told = " ".join(shell("leadlag", file, "--x", "y", "--y", "x", "--lag", "1..3", *HELD).out.split())

    assert "reverse" in json.loads(answer.out)["links"][0]["doubts"]
    assert "“x”" in told
    assert "“y” runs" not in told


def test_many_links_are_adjusted_for_one_another(shell: Shell, calls: Path, tmp_path: Path) -> None:
    links = tmp_path / "links.csv"
    links.write_text(
        "x,y,sign,lag\ncalls,orders,-,2\nweather,orders,+,1..3\ncalls,weather,,\n", encoding="utf-8"
    )

    answer = shell("leadlag", calls, "--links", links, *HELD, "--json")

    found = json.loads(answer.out)["links"]
    assert [link["verdict"] for link in found][:2] == ["contradicted", "inconclusive"]
    assert found[0]["p_adjusted"] == pytest.approx(3 * found[0]["p"])
    assert found[2]["lag"] == [1, 1]


def test_a_month_that_is_left_out_is_a_gap_and_not_a_step(shell: Shell, calls: Path) -> None:
    lines = calls.read_text(encoding="utf-8").splitlines()
    calls.write_text("\n".join(lines[:20] + lines[21:]) + "\n", encoding="utf-8")

    answer = shell("leadlag", calls, "--x", "calls", "--y", "orders", "--lag", "2", *HELD, "--json")

    (link,) = json.loads(answer.out)["links"]
    assert (link["n"], link["from"]) == (40, "2021-09")


def test_series_under_one_another_are_named_by_a_column(shell: Shell, tmp_path: Path) -> None:
    values = noise()
    rows = [
        f"{name},{2020 + place // 12}-{place % 12 + 1:02d},{series[place]:.5f}"
        for name, series in (("a", values[0]), ("b", np.roll(values[0], 1) + values[1] / 4))
        for place in range(60)
    ]
    file = tmp_path / "long.csv"
    file.write_text("\n".join(["series,month,value", *rows]) + "\n", encoding="utf-8")

    answer = shell(
        "leadlag", file, "--by", "series", "--value", "value", "--x", "a", "--y", "b", *HELD, "--json"
    )

    assert json.loads(answer.out)["links"][0]["verdict"] == "supported"


def test_the_picture_of_one_link_stands_alone(shell: Shell, calls: Path) -> None:
    answer = shell("leadlag", calls, "--x", "calls", "--y", "orders", "--lag", "2", *HELD, "--svg")

    assert answer.code == 0, answer.err
    assert answer.out.startswith("<svg")
    assert "calls → orders" in answer.out


def test_too_few_points_are_an_answer_and_no_failure(shell: Shell, calls: Path) -> None:
    lines = calls.read_text(encoding="utf-8").splitlines()
    calls.write_text("\n".join(lines[:21]) + "\n", encoding="utf-8")

    answer = shell("leadlag", calls, "--x", "calls", "--y", "orders", *HELD, "--json")

    (link,) = json.loads(answer.out)["links"]
    assert (link["verdict"], link["why"], link["n"], link["n_needed"]) == (
        "not_testable",
        "too_few_points",
        20,
        24,
    )


def test_running_totals_are_refused_a_test(shell: Shell, calls: Path) -> None:
    answer = shell("leadlag", calls, "--x", "calls", "--y", "orders", *HELD, "--cumulative", "--json")

    assert json.loads(answer.out)["links"][0]["why"] == "overlapping"


@pytest.mark.parametrize(
    ("options", "exit_code", "code"),
    [
        (["--x", "calls"], 2, "OPTIONS_CONFLICT"),
        (["--x", "calls", "--y", "orders", "--by", "month"], 2, "OPTIONS_CONFLICT"),
        (["--x", "calls", "--y", "orders", "--json", "--svg"], 2, "OPTIONS_CONFLICT"),
        (["--x", "calls", "--y", "orders", "--lag", "soon"], 1, "HYPOTHESIS_WRONG"),
        (["--x", "calls", "--y", "orders", "--lag", "3..1"], 1, "HYPOTHESIS_WRONG"),
        (["--x", "calls", "--y", "orders", "--permutations", "9"], 1, "PERMUTATIONS_WRONG"),
        (["--x", "calls", "--y", "ghost"], 1, "COLUMN_MISSING"),
        (["--x", "calls", "--y", "month"], 1, "NOT_A_NUMBER"),
    ],
)
def test_a_question_without_an_answer_is_refused(
    shell: Shell, calls: Path, options: list[str], exit_code: int, code: str
) -> None:
    answer = shell("leadlag", calls, *options)

    assert (answer.code, answer.out) == (exit_code, ""), answer.err
    assert f"{code}: " in answer.err


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("from,to\na,b\n", "LINKS_UNREADABLE"),
        ("x,y\ncalls,\n", "LINKS_UNREADABLE"),
        ("x,y,sign\ncalls,orders,maybe\n", "HYPOTHESIS_WRONG"),
        ("x,y\n", "LINKS_UNREADABLE"),
    ],
)
def test_a_list_of_links_that_cannot_be_read_is_refused(
    shell: Shell, calls: Path, tmp_path: Path, text: str, code: str
) -> None:
    links = tmp_path / "links.csv"
    links.write_text(text, encoding="utf-8")

    answer = shell("leadlag", calls, "--links", links)

    assert (answer.code, answer.out) == (1, "")
    assert f"{code}: " in answer.err


@pytest.fixture
def shops(tmp_path: Path) -> Path:
    """Six shops under one another, a row a shop and month; orders follow each shop's own calls after two months."""
    rng = np.random.default_rng(7)
    calls, season = rng.normal(size=(6, 30)), rng.normal(size=30)
    orders = np.roll(calls, 2, axis=1) / 2 + season + rng.normal(size=(6, 30)) / 4
    rows = [
        f"{2020 + place // 12}-{place % 12 + 1:02d},shop {shop},{calls[shop, place]:.6f},{orders[shop, place]:.6f}"
        for place in range(30)
        for shop in range(6)
    ]
    file = tmp_path / "shops.csv"
    file.write_text("\n".join(["month,shop,calls,orders", *rows]) + "\n", encoding="utf-8")
    return file


PANEL = ("--x", "calls", "--y", "orders", "--lag", "2", "--panel", "shop", *HELD)


def test_a_panel_of_units_has_one_slope_with_its_interval(shell: Shell, shops: Path) -> None:
    answer = shell("leadlag", shops, *PANEL, "--json")

    assert answer.code == 0, answer.err
    document = json.loads(answer.out)
    (link,) = document["links"]
    assert document["units"] == [f"shop {shop}" for shop in range(6)]
    assert (link["verdict"], link["units"], link["periods"], link["unit_periods"]) == (
        "supported",
        6,
        28,
        168,
    )
    assert link["low"] < 0.5 < link["high"]
    assert link["p"] == link["p_adjusted"] < 0.01


def test_a_month_that_a_file_leaves_out_is_no_neighbour(shell: Shell, shops: Path) -> None:
    """Else the lag would reach over it."""
    lines = shops.read_text(encoding="utf-8").splitlines()
    shops.write_text(
        "\n".join(each for each in lines if not each.startswith("2021-03")) + "\n", encoding="utf-8"
    )

    (link,) = json.loads(shell("leadlag", shops, *PANEL, "--json").out)["links"]

    assert link["unit_periods"] == 168 - 2 * 6


def test_the_panels_table_claims_no_more_than_order_in_time(shell: Shell, shops: Path) -> None:
    answer = shell("leadlag", shops, *PANEL)

    assert "Panel of 6 units" in answer.out
    assert "✔ supported" in answer.out
    assert "causes" not in answer.out


def test_three_units_are_refused_with_the_number_that_is_needed(shell: Shell, shops: Path) -> None:
    lines = shops.read_text(encoding="utf-8").splitlines()
    few = [each for each in lines if not any(f"shop {shop}" in each for shop in (3, 4, 5))]
    shops.write_text("\n".join(few) + "\n", encoding="utf-8")

    assert "– not testable" in shell("leadlag", shops, *PANEL).out
    assert "4 units and 12 values are needed" in shell("leadlag", shops, *PANEL).out


@pytest.mark.parametrize("more", [("--svg",), ("--by", "shop", "--value", "calls"), ("--cycle", "12")])
def test_what_a_panel_does_not_go_with_is_refused(shell: Shell, shops: Path, more: tuple[str, ...]) -> None:
    answer = shell("leadlag", shops, *PANEL, *more)

    assert answer.code == 2
    assert "OPTIONS_CONFLICT" in answer.err
