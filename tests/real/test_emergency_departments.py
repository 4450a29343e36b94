"""English A&E departments, 2016 to 2019: a ratio is the ratio of sums, over departments, organisations and months."""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path
from statistics import fmean

import numpy as np
import pytest

from fourfold.engine.calendar import Grain
from fourfold.engine.evaluate import Evaluation
from fourfold.engine.quantities import Why
from fourfold.folder import FolderReading

Counts = dict[str, list[int]]


def published(real_data: Path) -> list[dict[str, str]]:
    with (real_data / "nhs_ae_attendances_2016_2019.csv").open(newline="", encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def national(real_data: Path) -> Counts:
    """Attendances and breaches per month, added up here."""
    counts: Counts = defaultdict(lambda: [0, 0])
    for row in published(real_data):
        counts[row["period"][:7]][0] += int(row["attendances"])
        counts[row["period"][:7]][1] += int(row["breaches"])
    return counts


def at_england(
    evaluation: Evaluation, measure: str, *, period: str, grain: Grain = Grain.MONTH
) -> tuple[float, int]:
    calendar = evaluation.book.definitions.organisation.calendar
    results = evaluation.at(grain)
    place = results.position(calendar.parse_grain(period).ordinal)
    unit = evaluation.units.index("england")
    node = evaluation.measure_index(measure)
    return float(results.measures.value[node, place, unit]), int(results.measures.why[node, place, unit])


def test_every_row_of_the_file_is_loaded(real_data: Path, nhs: FolderReading) -> None:
    assert len(published(real_data)) == 12_765
    assert len(nhs.rows) == 4 * 12_765


def test_the_national_percentage_of_each_month_is_the_ratio_of_sums(
    real_data: Path, nhs_evaluation: Evaluation
) -> None:
    months = national(real_data)

    assert len(months) == 36
    for month, (attendances, breaches) in months.items():
        value, why = at_england(nhs_evaluation, "within-four-hours", period=month)
        assert why == Why.PRESENT
        assert value == pytest.approx(100 * (attendances - breaches) / attendances, rel=1e-9)


def test_it_is_not_the_mean_of_the_organisations_percentages(
    real_data: Path, nhs_evaluation: Evaluation
) -> None:
    shares = [
        100 * (1 - int(row["breaches"]) / int(row["attendances"]))
        for row in published(real_data)
        if row["period"] == "2019-01-01" and int(row["attendances"])
    ]

    value, _ = at_england(nhs_evaluation, "within-four-hours", period="2019-01")

    assert abs(value - fmean(shares)) > 5


def test_a_fiscal_quarter_adds_up_its_months_before_it_divides(
    real_data: Path, nhs_evaluation: Evaluation
) -> None:
    months = national(real_data)
    quarter = [months[key] for key in ("2018-10", "2018-11", "2018-12")]
    attendances, breaches = (sum(column) for column in zip(*quarter, strict=True))

    value, _ = at_england(nhs_evaluation, "within-four-hours", period="2019-Q3", grain=Grain.QUARTER)

    assert value == pytest.approx(100 * (attendances - breaches) / attendances, rel=1e-9)


def test_departments_of_one_type_add_up_by_themselves(real_data: Path, nhs_evaluation: Evaluation) -> None:
    from fourfold.engine.evaluate.segments import evaluate_segments

    rows = [row for row in published(real_data) if row["period"] == "2018-12-01" and row["type"] == "1"]
    expected = 100 * sum(int(r["breaches"]) for r in rows) / sum(int(r["attendances"]) for r in rows)
    calendar = nhs_evaluation.book.definitions.organisation.calendar

    segments = evaluate_segments(
        nhs_evaluation.book, nhs_evaluation.cube, measure="breach-rate", grain=Grain.MONTH, unit="england"
    )

    place = segments.position(calendar.parse_grain("2018-12").ordinal)
    assert segments.value[0, place, 0] == pytest.approx(expected, rel=1e-9)


def test_a_national_sum_with_a_gap_is_missing_and_says_so(nhs_evaluation: Evaluation) -> None:
    results = nhs_evaluation.at(Grain.MONTH).measures
    node = nhs_evaluation.measure_index("attendances")
    england = nhs_evaluation.units.index("england")
    gaps = results.present[node, :, england] < results.due[node, :, england]

    assert gaps.any()
    whys = results.why[node, :, england][gaps]
    assert set(np.unique(whys).tolist()) <= {int(Why.MISSING_REQUIRED), int(Why.NOT_DUE)}
