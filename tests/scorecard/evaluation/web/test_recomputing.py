"""“Why this score?” holds what it takes: who works it out with pencil and paper reaches the printed score."""

import re
from datetime import date

import pytest

NUMBER = r"(−?[\d,]+(?:\.\d+)?)"
MEASURES = "/measures/punctuality"


def read_number(text: str) -> float:
    return float(text.replace(",", "").replace("−", "-"))


def facts(page) -> dict[str, str]:
    node = page.select_one(".why-root > li")
    return {
        pair.dt.text: " ".join(pair.dd.text.split()) for pair in node.select_one("dl.facts").select("div")
    }


def months_between(earlier: str, later: str) -> int:
    first, last = (date.fromisoformat(f"{each}-01") for each in (earlier, later))
    return (last.year - first.year) * 12 + last.month - first.month


@pytest.mark.parametrize("unit", ["bakery", "old-town", "riverside"])
def test_a_score_is_worked_out_from_the_numbers_beside_it(read, ana, unit):
    told = facts(read(ana, f"{MEASURES}/{unit}/2026-09/"))

    above, below, times = map(
        read_number, re.search(f"{NUMBER} ÷ {NUMBER} × {NUMBER}", told["Made of"]).groups()
    )
    value = above / below * times
    red, green = (
        read_number(re.search(f"{name} {NUMBER}", told["Thresholds"])[1])
        for name in ("at risk from", "on target from")
    )
    score = 100 / 3 + (value - red) / (green - red) * 100 / 3

    assert read_number(told["Score"]) == pytest.approx(score, abs=0.006)
    assert read_number(re.match(NUMBER, told["Exactly"])[1]) == pytest.approx(value, abs=1e-6)


def test_a_target_between_two_typed_ones_is_worked_out_from_them(read, ana):
    told = facts(read(ana, f"{MEASURES}/bakery/2026-09/"))["Target"]

    said = re.match(
        f"{NUMBER} %, the unit's own target, between {NUMBER} % in January 2025"
        f" and {NUMBER} % in December 2026, in equal steps: step (\\d+) of (\\d+)",
        told,
    )
    assert said, told
    target, start, end, passed, length = map(read_number, said.groups())
    assert (passed, length) == (months_between("2025-01", "2026-09"), months_between("2025-01", "2026-12"))
    assert target == pytest.approx(start + (end - start) * passed / length, abs=1e-6)


def test_a_quarters_target_lists_the_months_it_is_made_of(read, ana):
    told = facts(read(ana, f"{MEASURES}/bakery/2026-Q3/"))["Target"]

    assert "the mean, weighted by the denominators, of July 2026 " in told
    assert "September 2026 94.6086957 %" in told
