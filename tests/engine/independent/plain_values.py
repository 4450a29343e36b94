"""A measure's value on a page, one cell at a time (METHOD §2.5, §2.6; DESIGN §5 Periods, Gaps)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from fourfold.engine.definitions import Measure, MeasureVersion
from tests.engine.independent.plain_formula import Formula
from tests.engine.independent.plain_organisation import Observed, Organisation
from tests.engine.independent.plain_time import Page, last_closed, last_day, whole_periods

RATIOS = ("ratio", "mean", "net_share", "rate")


@dataclass(frozen=True)
class Cell:
    """A number or the reason why there is none; `periods` are the native periods that lie behind it."""

    why: str
    value: float | None = None
    periods: tuple[int, ...] = ()
    present: int = 0
    due: int = 0


def summed_up(observed: list[Observed], version: MeasureVersion) -> Cell:
    """One number from single rows, by the operator that is legal for the kind."""
    owed = [each for each in observed if each[0] not in ("not_due", "not_applicable")]
    if not owed:
        states = {each[0] for each in observed}
        return Cell("not_due" if "not_due" in states else "not_applicable")
    present = [each for each in owed if each[0] == "present"]
    counts = {"present": len(present), "due": len(owed)}
    if len(observed) == 1 and not present:
        return Cell(owed[0][0], **counts)
    kind = version.kind.value
    if kind == "precomputed" and len(observed) > 1:
        return Cell("not_additive", **counts)
    if kind in RATIOS:
        return _quotient(present, len(owed), version)
    if len(present) < len(owed):
        return Cell("missing_required", **counts)
    numbers = [numerator for _, numerator, _ in present]
    value = {"min": min, "max": max}.get(kind, sum)(numbers)
    return Cell("present", value * version.multiplier, **counts)


def _quotient(present: list[Observed], owed: int, version: MeasureVersion) -> Cell:
    counts = {"present": len(present), "due": owed}
    if len(present) < 0.75 * owed:
        return Cell("insufficient" if present else "missing_required", **counts)
    numerator, denominator = sum(n for _, n, _ in present), sum(d for _, _, d in present)
    if denominator == 0:
        return Cell("zero_denominator", **counts)
    return Cell("present", numerator / denominator * version.multiplier, **counts)


class Values:
    """Every value of an organisation, computed once each."""

    def __init__(self, organisation: Organisation):
        self.organisation = organisation
        self._cells: dict[tuple[str, str, Page], Cell] = {}

    def cell(self, measure: str, unit: str, page: Page) -> Cell:
        """What a page shows for a selected unit; elsewhere the number is not applicable."""
        found = self.organisation.measures[measure]
        if not self.organisation.selects(found.units, unit):
            return Cell("not_applicable")
        cell = self.anywhere(measure, unit, page)
        if page.first_day > self.organisation.today and cell.why != "not_applicable":
            return Cell("not_due")  # a page that has not begun, whatever is known already
        return cell

    def anywhere(self, measure: str, unit: str, page: Page) -> Cell:
        """The same without asking whether the unit is selected, as an operand is read."""
        key = (measure, unit, page)
        if key not in self._cells:
            self._cells[key] = self._computed(self.organisation.measures[measure], unit, page)
        return self._cells[key]

    def _computed(self, measure: Measure, unit: str, page: Page) -> Cell:
        version = self.organisation.version_on(measure, page.last_day)
        if version is None:
            return Cell("not_applicable")
        if version.formula is not None:
            return self._by_formula(measure, version, unit, page)
        periods = whole_periods(version.frequency.value, page)
        if not periods:
            return self._carried(measure, version, unit, page)
        cell = self.over(measure, unit, periods, version)
        if version.kind.value == "precomputed" and page.grain != version.frequency.value and cell.due:
            return Cell("not_additive", None, cell.periods, cell.present, cell.due)
        return cell

    def over(self, measure: Measure, unit: str, periods: list[int], version: MeasureVersion) -> Cell:
        """The value over several native periods."""
        by_period = {p: self.organisation.observed(measure, unit, p) for p in periods}
        to_date = [
            p for p, rows in by_period.items() if any(r[0] not in ("not_due", "not_applicable") for r in rows)
        ]
        used = to_date[-1:] if version.kind.value == "stock" else to_date
        cell = summed_up([row for p in used or periods for row in by_period[p]], version)
        return Cell(cell.why, cell.value, tuple(used), cell.present, cell.due)

    def _carried(self, measure: Measure, version: MeasureVersion, unit: str, page: Page) -> Cell:
        """The last closed period with a value; stale after the next due date and grace."""
        frequency = version.frequency.value
        closed = last_closed(frequency, page)
        for ordinal in range(closed, closed - 60, -1):
            cell = self.over(measure, unit, [ordinal], version)
            if cell.why == "present":
                next_owed = last_day(frequency, ordinal + 1 + version.grace_periods)
                runs_out = next_owed + timedelta(days=version.due_days)
                day = min(page.last_day, self.organisation.today)
                return (
                    cell
                    if day <= runs_out
                    else Cell("stale", cell.value, cell.periods, cell.present, cell.due)
                )
        return self.over(measure, unit, [closed], version)

    def _by_formula(self, measure: Measure, version: MeasureVersion, unit: str, page: Page) -> Cell:
        frequency = version.frequency.value
        inside = whole_periods(frequency, page)
        valid = [
            p
            for p in inside
            if self.native_version(measure, p) is not None and self.organisation.is_alive(unit, frequency, p)
        ]
        if not valid:
            return Cell("not_applicable")
        formula = Formula(self, measure, version, unit, page)
        why, value = formula.result()
        operands = [self.anywhere(key, unit, page) for key in formula.measures()]
        owed = [p for p in valid if self.organisation.is_due(version, p)]
        return Cell(why, value, tuple(owed), sum(o.present for o in operands), sum(o.due for o in operands))

    def native_version(self, measure: Measure, ordinal: int) -> MeasureVersion | None:
        """The version a native period is judged by."""
        return self.organisation.version_on(measure, last_day(measure.versions[-1].frequency.value, ordinal))

    def denominator(self, measure: Measure, version: MeasureVersion, unit: str, ordinal: int) -> float:
        """What a ratio is divided by in one native period; for a formula, its divisor's value there."""
        if version.formula is not None:
            page = Page(version.frequency.value, ordinal)
            return Formula(self, measure, version, unit, page).divisor() or 0.0
        observed = self.organisation.observed(measure, unit, ordinal)
        return sum(denominator for state, _, denominator in observed if state == "present")
