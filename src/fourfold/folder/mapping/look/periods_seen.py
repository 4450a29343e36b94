"""Headers that name periods: whether a file has a column for each of them, and what its other columns are then."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from fourfold.engine.calendar import FiscalCalendar, Frequency, Period
from fourfold.folder.mapping.by_period import PeriodColumn, PeriodHeadings
from fourfold.folder.mapping.header_lines import names_a_period
from fourfold.folder.mapping.headings import DateOrder, Heading, HeadingProblem
from fourfold.folder.mapping.look.formats import MISSING_WORDS, frequency_of_days, is_number
from fourfold.folder.mapping.look.naming import normalised, role_named
from fourfold.folder.mapping.look.sampling import Sample
from fourfold.folder.mapping.look.totals import is_total
from fourfold.folder.mapping.numbers import NumberFormat, untyped
from fourfold.folder.mapping.part_words import LEAVE_OUT, PART_WORDS, said_part

__all__ = ["PeriodsSeen", "periods_seen"]

HALF = 0.5
"""Of a column's filled cells are numbers where it holds the values of a period."""

_YEAR_ALONE = re.compile(r"\d{4}")
_ACROSS = re.compile(r"(?<!\d)20\d\d\s?[/–-]\s?(?:20)?\d\d(?!\d)")
_YEARS = re.compile(r"(?<!\d)20\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class PeriodsSeen:
    """The columns that name periods, why each is taken so, and those that are left out (`why` says it of them too).

    `open` are headings of which something is still to be said; `evidence` says why the file is taken so as a whole.
    """

    headings: PeriodHeadings
    columns: Mapping[str, PeriodColumn]
    open: Mapping[str, HeadingProblem]
    why: Mapping[str, str]
    evidence: str
    frequency: Frequency

    @property
    def names(self) -> frozenset[str]:
        """Every column that speaks of a period."""
        return frozenset((*self.columns, *self.open, *self.headings.leave_out))


def periods_seen(
    sample: Sample, *, name: str, form: NumberFormat, calendar: FiscalCalendar
) -> PeriodsSeen | None:
    """None where the file has no column for each period."""
    cells = dict(zip(sample.header, zip(*sample.rows, strict=True), strict=False)) if sample.rows else {}
    numeric = [each for each in sample.header if _holds_numbers(cells.get(each, ()), form)]
    found = _found(numeric, PeriodHeadings(), calendar)
    texts = [each for each in sample.header if each in cells and each not in numeric]
    if not _are_enough(found, sample.header):
        return None
    said = f"{sample.above} {name.rpartition('.')[0]}"
    headings = PeriodHeadings(
        role=_role(found, said),
        order=_order(numeric, found, calendar),
        year=_year(numeric, found, said, calendar),
    )
    found = _found(numeric, headings, calendar)
    columns = {each: PeriodColumn(each, at.key, at.role) for each, at in found.items() if at.problem is None}
    frequencies = _frequencies(columns, calendar)
    usual = Counter(frequencies.values()).most_common(1)[0][0] if frequencies else Frequency.MONTH
    why = {
        each: f"Read as {calendar.label(_stands_for(at.period, frequencies[each], calendar))}."
        for each, at in columns.items()
    }
    why |= {each: _OPEN[at.problem] for each, at in found.items() if at.problem is not None}
    no_numbers = {each: _said_of_texts(cells[each], form) for each in _found(texts, headings, calendar)}
    sums = _sums(numeric, found) | _neither(numeric, found)
    sums |= no_numbers | _coarser(columns, frequencies, usual=usual, cells=cells)
    return PeriodsSeen(
        headings=replace(headings, leave_out=tuple(each for each in sample.header if each in sums)),
        columns={each: at for each, at in columns.items() if each not in sums},
        open={each: at.problem for each, at in found.items() if at.problem is not None},
        why=why | sums,
        evidence=_evidence([each for each in sample.header if each in found and each not in sums], headings),
        frequency=usual,
    )


def _frequencies(columns: Mapping[str, PeriodColumn], calendar: FiscalCalendar) -> dict[str, Frequency]:
    """Days that go month by month stand for their months."""
    periods = {each: calendar.parse(at.period) for each, at in columns.items()}
    days = [date.fromordinal(at.ordinal) for at in periods.values() if at.frequency is Frequency.DAY]
    stands_for = frequency_of_days(days) if days else Frequency.DAY
    return {
        each: stands_for if at.frequency is Frequency.DAY else at.frequency for each, at in periods.items()
    }


def _stands_for(key: str, frequency: Frequency, calendar: FiscalCalendar) -> Period:
    period = calendar.parse(key)
    return calendar.containing(period, frequency) if frequency is not period.frequency else period


_OPEN: Mapping[HeadingProblem, str] = {
    HeadingProblem.ORDER: "May be two dates: say which comes first, day or month.",
    HeadingProblem.YEAR: "Say of which year it is.",
    HeadingProblem.MONTH: "Months are made of weeks here: say which period it is.",
}


def _found(columns: Sequence[str], headings: PeriodHeadings, calendar: FiscalCalendar) -> dict[str, Heading]:
    read = {each: headings.read(each, calendar) for each in columns}
    return {each: heading for each, heading in read.items() if heading is not None}


def _holds_numbers(texts: Sequence[str], form: NumberFormat) -> bool:
    said = [text.strip() for text in texts if text.strip() and text.strip() not in MISSING_WORDS]
    return sum(is_number(text, form) for text in said) >= HALF * len(said)


def _are_enough(found: Mapping[str, Heading], header: Sequence[str]) -> bool:
    """Two, or a single one that is no bare number, in a file whose rows name no period themselves."""
    if any(role_named(each) in ("period", "value") for each in header if each not in found):
        return False
    plain = [
        each for each in found if _YEAR_ALONE.fullmatch(each) or found[each].problem is HeadingProblem.YEAR
    ]
    return len(found) > 1 or len(found) > len(plain)


def _role(found: Mapping[str, Heading], said: str) -> str:
    """Targets, where the title or the file's name says so and no heading does."""
    words = set(normalised(said).split())
    names_targets = words & {*PART_WORDS["target"], "targets", "plans", "budgets", "goals", "ziele"}
    return "target" if names_targets and not words & set(PART_WORDS["value"]) else "value"


def _order(columns: Sequence[str], found: Mapping[str, Heading], calendar: FiscalCalendar) -> str:
    """The order in which the dates go month by month; some of them may tell outright."""
    if not any(at.problem is HeadingProblem.ORDER for at in found.values()):
        return ""
    steady = {}
    for order in DateOrder:
        days = [
            at.key[8:] for at in _found(columns, PeriodHeadings(order=order), calendar).values() if at.key[8:]
        ]
        steady[order] = len(set(days))
    return min(DateOrder, key=lambda order: (steady[order], order is not DateOrder.DAY_FIRST)).value


def _year(columns: Sequence[str], found: Mapping[str, Heading], said: str, calendar: FiscalCalendar) -> int:
    """The one year that the title names; none where months go on into the next, as in 2025/26."""
    years = set(_YEARS.findall(said))
    needs = any(at.problem is HeadingProblem.YEAR for at in found.values())
    if not needs or len(years) != 1 or _ACROSS.search(said):
        return 0
    year = int(years.pop())
    read = _found(columns, PeriodHeadings(year=year), calendar)
    days = [calendar.first_day(calendar.parse(at.key)) for at in read.values() if at.key]
    return year if days == sorted(days) else 0


def _said_of_texts(texts: Sequence[str], form: NumberFormat) -> str:
    """Of a column whose heading names a period, and most of whose cells are no numbers."""
    said = [untyped(text).strip() for text in texts if text.strip() and not is_number(text, form)]
    return f"Its heading names a period, but most of its cells are no numbers, such as “{said[0]}”: it is left out."


def _sums(columns: Sequence[str], found: Mapping[str, Heading]) -> dict[str, str]:
    said = "Sums up other columns, so it is left out."
    return {each: said for each in columns if each not in found and is_total(each)}


def _neither(columns: Sequence[str], found: Mapping[str, Heading]) -> dict[str, str]:
    """Forecasts, last year and differences: neither what happened nor what is wanted."""
    said = {each: said_part(each) for each in columns if each not in found}
    return {
        each: "Neither a value nor a target, as its heading says, so it is left out."
        for each, (part, rest) in said.items()
        if part == LEAVE_OUT and (not rest or names_a_period(rest))
    }


def _coarser(
    columns: Mapping[str, PeriodColumn],
    frequencies: Mapping[str, Frequency],
    *,
    usual: Frequency,
    cells: Mapping[str, Sequence[str]],
) -> dict[str, str]:
    """Quarters and years beside their months, where a row has both."""
    finer = [each for each in columns if frequencies[each] is usual]
    filled = {place for each in finer for place, text in enumerate(cells.get(each, ())) if text.strip()}
    return {
        each: f"A longer stretch than the other columns, in rows that have both: it sums them up ({usual}s are read)."
        for each in columns
        if frequencies[each].is_coarser_than(usual)
        and any(text.strip() and place in filled for place, text in enumerate(cells.get(each, ())))
    }


def _evidence(columns: Sequence[str], headings: PeriodHeadings) -> str:
    several = (
        f"{len(columns)} columns name periods, from “{columns[0]}” to “{columns[-1]}”." if columns else ""
    )
    said = several if len(columns) > 1 else f"“{columns[0]}” names a period." if columns else ""
    if headings.order:
        said += f" Dates are read with the {headings.order.partition('-')[0]} first: please check."
    if headings.year:
        said += f" Taken for {headings.year}, as the title or the name of the file says."
    if headings.role == "target":
        said += " Taken for targets, as the title or the name of the file says."
    return said
