"""New York's flights of 2013 by carrier and origin: rate and mix of being on time, counted twice."""

from __future__ import annotations

import csv
from collections import defaultdict
from fractions import Fraction
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from fourfold.engine.segments import (
    SegmentCounts,
    SegmentsOverlap,
    SimpsonAlarm,
    heterogeneity,
    rate_and_mix,
    simpson_alarms,
    standard_mix,
    standardised,
)

pytestmark = pytest.mark.real
FLIGHTS = "airline_nyc_2013_carrier_origin_month.csv"
Counts = dict[tuple[str, ...], tuple[int, int]]


def rows(real_data: Path) -> list[dict[str, str]]:
    with (real_data / FLIGHTS).open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def counted(flights: list[dict[str, str]], *by: str) -> Counts:
    """On time (within 15 minutes) and measured arrivals of each group."""
    found: dict[tuple[str, ...], list[int]] = defaultdict(lambda: [0, 0])
    for row in flights:
        group = tuple(row[name] for name in by)
        found[group][0] += int(row["arr_ontime15"])
        found[group][1] += int(row["arr_measured"])
    return {group: (late, all_) for group, (late, all_) in found.items()}


def tables(flights: list[dict[str, str]], *by: str) -> tuple[list[tuple[str, ...]], SegmentCounts]:
    """Every month's counts by group, (month, group)."""
    groups = sorted(counted(flights, *by))
    found = counted(flights, "month", *by)
    cells = [[found.get((str(month), *group), (0, 0)) for group in groups] for month in range(1, 13)]
    table = np.array(cells, dtype=np.float64)
    return groups, SegmentCounts.of(table[..., 0], table[..., 1])


def pairs_of(counts: SegmentCounts) -> tuple[list[tuple[int, int]], SegmentCounts, SegmentCounts]:
    """Every two months, at once."""
    pairs = list(combinations(range(12), 2))
    first, second = ([pair[end] for pair in pairs] for end in (0, 1))
    ends = [SegmentCounts.of(counts.numerator[at], counts.base[at]) for at in (first, second)]
    return pairs, ends[0], ends[1]


def bennet_in_fractions(
    before: list[tuple[int, int]], after: list[tuple[int, int]]
) -> tuple[Fraction, Fraction]:
    """Rate and mix, exactly; an empty segment borrows its other rate."""
    wholes = [sum(all_ for _, all_ in each) for each in (before, after)]
    totals = [
        Fraction(sum(n for n, _ in each), whole) for each, whole in zip((before, after), wholes, strict=True)
    ]
    rate = mix = Fraction(0)
    for (n0, d0), (n1, d1) in zip(before, after, strict=True):
        if not (d0 or d1):
            continue
        r0 = Fraction(n0, d0) if d0 else Fraction(n1, d1)
        r1 = Fraction(n1, d1) if d1 else r0
        w0, w1 = Fraction(d0, wholes[0]), Fraction(d1, wholes[1])
        rate += (w0 + w1) / 2 * (r1 - r0)
        mix += ((r0 + r1) / 2 - sum(totals) / 2) * (w1 - w0)
    return rate, mix


@pytest.mark.parametrize("by", [("carrier",), ("origin",), ("carrier", "origin")])
def test_every_two_months_fall_apart_without_a_rest(real_data: Path, by: tuple[str, ...]) -> None:
    _groups, counts = tables(rows(real_data), *by)
    pairs, before, after = pairs_of(counts)
    split = rate_and_mix(before, after)

    assert len(pairs) == 66
    assert np.abs(split.rate_total + split.mix_total - split.total_change).max() <= 1e-12


@pytest.mark.method("M2.3")
@pytest.mark.parametrize("pair", [(5, 9), (0, 11), (1, 2)])
def test_rate_and_mix_are_those_of_exact_fractions(real_data: Path, pair: tuple[int, int]) -> None:
    flights = rows(real_data)
    groups, counts = tables(flights, "carrier", "origin")
    found = counted(flights, "month", "carrier", "origin")
    months = [[found.get((str(month + 1), *group), (0, 0)) for group in groups] for month in pair]
    rate, mix = bennet_in_fractions(*months)
    pairs, before, after = pairs_of(counts)
    split = rate_and_mix(before, after)
    at = pairs.index(pair)

    assert split.rate_total[at] == pytest.approx(float(rate), abs=1e-12)
    assert split.mix_total[at] == pytest.approx(float(mix), abs=1e-12)


def test_of_sixty_six_pairs_of_months_none_contradicts_its_carriers(real_data: Path) -> None:
    flights = rows(real_data)
    groups, counts = tables(flights, "carrier")
    _pairs, before, after = pairs_of(counts)
    alarms = simpson_alarms(rate_and_mix(before, after))
    found = counted(flights, "month", "carrier")

    contradicted = 0
    for first, second in combinations(range(1, 13), 2):
        ends = [[found.get((str(month), *group), (0, 0)) for group in groups] for month in (first, second)]
        wholes = [sum(all_ for _, all_ in each) for each in ends]
        change = sum(n for n, _ in ends[1]) / wholes[1] - sum(n for n, _ in ends[0]) / wholes[0]
        against = sum(
            (d0 / wholes[0] + d1 / wholes[1]) / 2
            for (n0, d0), (n1, d1) in zip(*ends, strict=True)
            if d0 and d1 and (n1 / d1 - n0 / d0) * change < 0
        )
        contradicted += against >= 0.8

    assert contradicted == 0
    assert (alarms != SimpsonAlarm.NONE).sum() == contradicted


def test_the_carriers_of_newark_and_la_guardia_make_part_of_their_difference(real_data: Path) -> None:
    """Two airports are compared as two periods are: with one mix of carriers the gap between them changes."""
    found = counted(rows(real_data), "origin", "carrier")
    carriers = sorted({carrier for _, carrier in found})
    newark, la_guardia = (
        [found.get((origin, carrier), (0, 0)) for carrier in carriers] for origin in ("EWR", "LGA")
    )
    rate, mix = bennet_in_fractions(newark, la_guardia)
    ends = [SegmentCounts.of(*zip(*each, strict=True)) for each in (newark, la_guardia)]
    split = rate_and_mix(*ends)

    assert float(split.rate_total) == pytest.approx(float(rate), abs=1e-12)
    assert float(split.mix_total) == pytest.approx(float(mix), abs=1e-12)
    assert abs(float(split.mix_total)) > 0.005  # half a point of it is the choice of carriers
    # Carriers that fly from one of the two alone have no rate at the other: no one mix holds for both.
    assert np.isnan(standardised(ends[0], standard_mix(*ends)))


def test_carriers_that_differ_enough_for_a_target_are_named(real_data: Path) -> None:
    found = counted(rows(real_data), "carrier")
    carriers = sorted(found)
    counts = SegmentCounts.of(*zip(*(found[carrier] for carrier in carriers), strict=True))
    told = heterogeneity(counts)
    named = {carriers[at][0] for at in np.flatnonzero(told.worth_own_target)}

    whole = sum(n for n, _ in found.values()), sum(d for _, d in found.values())
    expected = 0.0
    for n, d in found.values():
        share = whole[0] / whole[1]
        expected += (n - d * share) ** 2 / (d * share) + (d - n - d * (1 - share)) ** 2 / (d * (1 - share))
    assert float(told.statistic) == pytest.approx(expected)
    assert int(told.degrees) == 15
    assert named == {"AS", "EV", "F9", "FL", "HA"}


def test_carriers_and_airports_together_count_every_flight_twice(real_data: Path) -> None:
    flights = rows(real_data)
    whole = sum(int(row["arr_measured"]) for row in flights)
    both = [*counted(flights, "carrier").values(), *counted(flights, "origin").values()]

    with pytest.raises(SegmentsOverlap):
        SegmentCounts.of(*zip(*both, strict=True), whole=whole)
