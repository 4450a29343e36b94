"""Files with a column for each period: which columns those are, which period each names, and what it holds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from fourfold.engine.calendar import FiscalCalendar
from fourfold.folder.belonging import Fields
from fourfold.folder.finding import Finding, error, warning
from fourfold.folder.mapping.headings import Heading, HeadingProblem, read_heading
from fourfold.folder.mapping.table import UNNAMED

__all__ = ["PeriodColumn", "PeriodHeadings", "PeriodPlaces"]


@dataclass(frozen=True, slots=True)
class PeriodColumn:
    """A column that holds one part of the values of one period, named by a key or a day."""

    column: str
    period: str
    role: str = "value"


@dataclass(frozen=True, slots=True)
class PeriodHeadings:
    """How the columns of a file name periods.

    A column that only names a period holds `role`. `order` settles dates such as 01/02/2026, `year` months without
    one. `leave_out` names columns that are not read; `columns` says of single ones what their heading does not.
    """

    role: str = "value"
    order: str = ""
    year: int = 0
    leave_out: tuple[str, ...] = ()
    columns: tuple[PeriodColumn, ...] = ()

    @classmethod
    def of(cls, said: Fields) -> PeriodHeadings:
        """From the part `periods` of a mapping document."""
        return cls(
            role=said.get("role", "value"),
            order=said.get("order", ""),
            year=int(said.get("year", 0)),
            leave_out=tuple(said.get("leave_out", ())),
            columns=tuple(
                PeriodColumn(column, str(each["period"]), each.get("role", said.get("role", "value")))
                for column, each in said.get("columns", {}).items()
            ),
        )

    def read(self, column: str, calendar: FiscalCalendar) -> Heading | None:
        """What a heading says by itself, with the part it holds."""
        found = read_heading(column, calendar=calendar, order=self.order, year=self.year)
        return Heading(found.key, found.role or self.role, found.problem) if found else None


@dataclass(slots=True)
class PeriodPlaces:
    """The columns of one header, read: those that hold values, and what is wrong with the others.

    `used` are columns that say something else (the unit, a filter).
    """

    headings: PeriodHeadings
    header: Sequence[str]
    used: frozenset[str]
    calendar: FiscalCalendar
    columns: list[PeriodColumn] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    problems: dict[str, HeadingProblem] = field(default_factory=dict)

    def __post_init__(self) -> None:
        said = {each.column: each for each in self.headings.columns}
        left_out = self.used | set(self.headings.leave_out)
        for column in dict.fromkeys(self.header):
            if column in said:
                self.columns.append(said[column])
            elif column not in left_out:
                self._place(column)

    def _place(self, column: str) -> None:
        found = self.headings.read(column, self.calendar)
        if found is None:
            self.unread += [] if column.startswith(UNNAMED) else [column]
        elif found.problem is not None:
            self.problems[column] = found.problem
        else:
            self.columns.append(PeriodColumn(column, found.key, found.role))

    def findings(self, file: str, *, line: int) -> Iterator[Finding]:
        """What keeps the file out, then columns that are left out without anybody having said so."""
        for column, problem in self.problems.items():
            code, message, remedy = _PROBLEMS[problem]
            yield error(code, file, line=line, message=message.format(column=column), remedy=remedy)
        for column, other in self._twice():
            yield error(
                "HEADING_TWICE",
                file,
                line=line,
                message=f'The columns "{other}" and "{column}" both hold the same part of the same period.',
                remedy="Leave one out under `periods: {leave_out: […]}`, or say which period it is.",
            )
        if not self.columns and not self.problems:
            yield error(
                "HEADING_MISSING",
                file,
                line=line,
                message="No column names a period.",
                remedy="Name them such as Jan 2026, 2026-01 or Q1 2026, or choose another layout.",
            )
        for column in self._left_out_alike():
            yield warning(
                "HEADING_LEFT_OUT",
                file,
                line=line,
                message=f'The column "{column}" names a period as the others do, and is left out.',
                remedy="If its values are wanted, take it out of `periods: {leave_out: […]}`.",
            )
        for column in self.unread:
            yield warning(
                "HEADING_UNREAD",
                file,
                line=line,
                message=f'The column "{column}" names no period and is left out.',
                remedy="Mend the heading, or list the column under `periods: {leave_out: […]}`.",
            )

    def _left_out_alike(self) -> Iterator[str]:
        """Left-out columns that name a period as long as those that are read, as no sum or quarter of months does."""
        lengths = {self.calendar.parse(each.period).frequency for each in self.columns}
        known = {(each.period, each.role) for each in self.columns}
        for column in sorted(set(self.headings.leave_out) & set(self.header)):
            found = self.headings.read(column, self.calendar)
            if found and found.key and (found.key, found.role) not in known:
                yield from [column] if self.calendar.parse(found.key).frequency in lengths else []

    def _twice(self) -> Iterator[tuple[str, str]]:
        seen: dict[tuple[str, str], str] = {}
        for each in self.columns:
            other = seen.setdefault((each.period, each.role), each.column)
            if other != each.column:
                yield each.column, other


_PROBLEMS: Mapping[HeadingProblem, tuple[str, str, str]] = {
    HeadingProblem.ORDER: (
        "HEADING_AMBIGUOUS",
        'The column "{column}" may mean two dates: the day or the month may come first.',
        "Say `order: day-first` or `order: month-first` under `periods`, or write 2026-02-01.",
    ),
    HeadingProblem.YEAR: (
        "HEADING_WITHOUT_YEAR",
        'The column "{column}" does not say of which year it is.',
        "Say `year: 2026` under `periods`, or write the year into the heading.",
    ),
    HeadingProblem.MONTH: (
        "HEADING_AMBIGUOUS",
        'The column "{column}" names a month of days, but this organisation\'s months are made of weeks.',
        "Write it such as FY26 P3, or say which period it is under `periods: {columns: …}`.",
    ),
}
