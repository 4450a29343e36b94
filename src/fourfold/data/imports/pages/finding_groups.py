"""Findings by kind: what is wrong, with how many rows, the first of them, and what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fourfold.folder import Finding
from fourfold.folder.finding import Level

__all__ = ["FindingGroup", "grouped"]

EXAMPLES = 5

_TITLES: Mapping[str, Promise] = {
    "NOT_A_NUMBER": _("Cells that are no numbers"),
    "NOT_FINITE": _("Cells that are no finite numbers"),
    "VALUE_TOO_PRECISE": _("Numbers with too many digits"),
    "VALUE_INCOMPLETE": _("Values of which a part is missing"),
    "UNIT_UNKNOWN": _("Units that nobody has defined"),
    "MEASURE_UNKNOWN": _("Measures that nobody has defined"),
    "SEGMENT_UNKNOWN": _("Segments that nobody has defined"),
    "PERIOD_UNKNOWN": _("Periods that cannot be read"),
    "UNIT_MISMATCH": _("Values in another unit of measure than their measure"),
    "PERCENTAGE_SCALED": _("Percentages that the mapping multiplies once more"),
    "CURRENCY_MISMATCH": _("Values in another currency"),
    "ROW_DUPLICATE": _("Said twice with different values: the second is not read"),
    "TARGET_DUPLICATE": _("Said twice with different targets: the second is not read"),
    "ROW_RAGGED": _("Rows with more or fewer cells than the header"),
    "UNIT_CLOSED": _("Units that do not exist in that period"),
    "BEFORE_FIRST_PERIOD": _("Values from before the unit takes the measure"),
    "MEASURE_DERIVED": _("Measures that are computed by a formula"),
    "COLUMN_MISSING": _("Columns that are not in the file"),
    "NUMBER_AMBIGUOUS": _("Numbers that could be read both ways"),
    "HEADING_AMBIGUOUS": _("Columns that may mean two dates"),
    "HEADING_WITHOUT_YEAR": _("Columns that do not say of which year they are"),
    "HEADING_TWICE": _("Columns that hold the same part of the same period"),
    "HEADING_MISSING": _("No column names a period"),
    "HEADING_UNREAD": _("Columns that name no period and are left out"),
    "DEFINITION_IN_FINAL_PERIOD": _("Closed months that would change"),
    "ROW_PART_UNKNOWN": _("Rows that say neither value nor target"),
    "TARGET_OF_PARTS": _("Targets in the columns of a numerator or denominator"),
    "FORMULA_UNVALUED": _("Formulas without a stored result"),
    "VALUE_FAR_OFF": _("Values far from the others of their series"),
    "CELL_IN_ERROR": _("Cells that show an error"),
    "ROWS_HIDDEN": _("Hidden rows"),
    "HEADING_LEFT_OUT": _("Columns of periods that are left out"),
    "PERIOD_FINAL": _("Values of closed months that would change"),
}

_REMEDIES: Mapping[str, Promise] = {
    "NOT_A_NUMBER": _(
        "Mend the cells. Or go back to the columns: there you say how numbers are written, which signs beside them are "
        "taken off, and which texts mean: no value."
    ),
    "PERIOD_UNKNOWN": _("Mend the cells, or go back to the columns and say how periods are written."),
    "UNIT_MISMATCH": _("Mend the cells, or give the measure that unit of measure."),
    "PERCENTAGE_SCALED": _("Go back to the columns and begin afresh: a percentage is read as it is shown."),
    "UNIT_UNKNOWN": _("Mend the names, or go back to the columns: new units are proposed there."),
    "MEASURE_UNKNOWN": _("Mend the names, or go back to the columns: new measures are proposed there."),
    "ROW_DUPLICATE": _("Keep one of the two."),
    "NUMBER_AMBIGUOUS": _("Compare the number with the file. If it is wrong, choose the other way."),
    "HEADING_AMBIGUOUS": _("Go back to the columns and say whether the day or the month comes first."),
    "HEADING_WITHOUT_YEAR": _("Go back to the columns and say the year."),
    "HEADING_TWICE": _("Go back to the columns and leave one of them out."),
    "HEADING_MISSING": _("Go back to the columns and choose another layout."),
    "HEADING_UNREAD": _("If it should be read, go back to the columns and write its period below its name."),
    "HEADING_LEFT_OUT": _("If their values are wanted, go back to the columns and say what they hold."),
    "ROW_PART_UNKNOWN": _(
        "Go back to the columns and say which of these words mean values and which targets."
    ),
    "BEFORE_FIRST_PERIOD": _(
        "They are kept and count nowhere. Take the rows out, or let the unit take the measure from an earlier period."
    ),
}
"""As the pages call things; the findings themselves speak to whoever writes mappings by hand."""


@dataclass(frozen=True, slots=True)
class FindingGroup:
    """One kind of finding: `rows` is how many there are, `examples` the first few of them."""

    code: str
    level: Level
    title: str | Promise
    rows: int
    examples: tuple[Finding, ...]
    remedy: str | Promise

    @property
    def more(self) -> int:
        """Rows that are counted and not shown."""
        return self.rows - len(self.examples)


def grouped(findings: Iterable[Finding], counts: Mapping[str, int]) -> tuple[FindingGroup, ...]:
    """Errors first, the most rows first. `counts`: rows by code, where more of them were found than are told."""
    kinds: dict[tuple[str, Level], list[Finding]] = {}
    for finding in findings:
        kinds.setdefault((finding.code, finding.level), []).append(finding)
    groups = _groups(kinds, counts)
    return tuple(sorted(groups, key=lambda group: (group.level is not Level.ERROR, -group.rows, group.code)))


def _groups(
    kinds: Mapping[tuple[str, Level], list[Finding]], counts: Mapping[str, int]
) -> Iterator[FindingGroup]:
    for (code, level), found in kinds.items():
        told = counts.get(code, 0)
        # The closing finding of a kind that has more rows than are told counts them and is none itself.
        rows = max(told, len(found) - 1) if told and told < len(found) else max(told, len(found))
        yield FindingGroup(
            code,
            level,
            _TITLES.get(code, code),
            rows,
            tuple(found[:EXAMPLES]),
            _REMEDIES.get(code, found[0].remedy),
        )
