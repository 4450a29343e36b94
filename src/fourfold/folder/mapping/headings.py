"""Headers that name a period, such as `Jan 2026`, `01/2026`, `2026-01-31`, `Q1 26`, `FY26 P3`: as calendar keys."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from fourfold.engine.calendar import FiscalCalendar, Frequency, Period, PeriodUnknown
from fourfold.folder.mapping.part_words import PART_WORDS

__all__ = ["DateOrder", "Heading", "HeadingProblem", "read_heading"]


class DateOrder(StrEnum):
    """What 01/02/2026 means: the first of February, or the second of January."""

    DAY_FIRST = "day-first"
    MONTH_FIRST = "month-first"


class HeadingProblem(StrEnum):
    """Why a heading that speaks of a period names none."""

    ORDER = "order"  # 01/02/2026, and nobody said which comes first
    YEAR = "year"  # Jan, of which year
    MONTH = "month"  # Jan 2026 where months are made of weeks


@dataclass(frozen=True, slots=True)
class Heading:
    """The period as a key of the calendar (empty where there is a problem), and the part it names, if any."""

    key: str
    role: str = ""
    problem: HeadingProblem | None = None


_MONTH_NAMES = (
    ("january", "januar", "jänner", "janvier", "janv", "enero", "ene", "jan", "jän"),
    ("february", "februar", "février", "fevrier", "févr", "fév", "febrero", "feb"),
    ("march", "märz", "maerz", "mars", "marzo", "mar", "mär", "mrz"),
    ("april", "avril", "abril", "apr", "avr", "abr"),
    ("may", "mai", "mayo"),
    ("june", "juni", "juin", "junio", "jun"),
    ("july", "juli", "juillet", "juil", "julio", "jul"),
    ("august", "août", "aout", "agosto", "aug", "ago"),
    ("september", "septembre", "septiembre", "sept", "sep"),
    ("october", "oktober", "octobre", "octubre", "oct", "okt"),
    ("november", "novembre", "noviembre", "nov"),
    ("december", "dezember", "décembre", "decembre", "diciembre", "dec", "dez", "déc", "dic"),
)  # fmt: skip
_NUMBER_OF_MONTH = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names}

_GAP = r"[\s./\-–_'’,]*"
_NAME = "|".join(sorted(_NUMBER_OF_MONTH, key=len, reverse=True))
_LONG, _ANY = r"(?P<year>\d{4})", r"(?P<year>\d{4}|\d{2})"
_FY = rf"(?:fy|gj){_GAP}"
_QUARTER = r"(?:quarter|quartal|trimestre|q|t)"
_HALF = r"(?:half|halbjahr|semestre|h)"
_WEEK = r"(?:week|wk|w|kw|cw)"
_PERIOD = r"(?:period|month|per|p|m)"


def _compiled(*shapes: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(shape, re.ASCII if "name" not in shape else 0) for shape in shapes)


_BY_NAME = _compiled(
    rf"(?P<name>{_NAME}){_GAP}{_ANY}",
    rf"{_LONG}{_GAP}(?P<name>{_NAME})",
    rf"(?P<day>\d{{1,2}}){_GAP}(?P<name>{_NAME}){_GAP}{_ANY}",
    rf"(?P<name>{_NAME})\.?",
)
_BY_DAY = _compiled(
    rf"{_LONG}[-/.](?P<number>\d{{1,2}})[-/.](?P<day>\d{{1,2}})(?:[t ]\d\d:\d\d.*)?",
    rf"{_LONG}(?P<number>\d{{2}})(?P<day>\d{{2}})",
    rf"(?P<day>\d{{1,2}})\.(?P<number>\d{{1,2}})\.{_ANY}",
)
_BY_SLASHES = re.compile(
    rf"(?P<first>\d{{1,2}})(?P<mark>[/\-])(?P<second>\d{{1,2}})(?P=mark){_ANY}", re.ASCII
)
_BY_MONTH = _compiled(
    rf"(?P<number>\d{{1,2}})[./\-]{_LONG}",
    rf"{_LONG}[./\-](?P<number>\d{{1,2}})",
    rf"{_LONG}(?P<number>\d{{2}})",
)
_UNDER_YEAR = re.compile(
    r"(?P<year>\d{4}) (?P<number>\d{1,2})", re.ASCII
)  # a year above the number of a month
_SHORT_MONTH = re.compile(r"(?P<number>\d{1,2})[./\-](?P<year>\d{2})", re.ASCII)
_FISCAL_MONTH = _compiled(
    rf"{_FY}{_ANY}{_GAP}{_PERIOD}{_GAP}(?P<number>\d{{1,2}})",
    rf"{_PERIOD}{_GAP}(?P<number>\d{{1,2}}){_GAP}(?:{_FY})?{_ANY}",
    rf"{_LONG}{_GAP}p{_GAP}(?P<number>\d{{1,2}})",
)
_NAMED_FISCAL_MONTH = _compiled(
    rf"{_FY}{_ANY}{_GAP}(?P<name>{_NAME})\.?", rf"(?P<name>{_NAME}){_GAP}{_FY}{_ANY}"
)
_TWO_YEARS = r"(?P<year>\d{4})\s?[/\-–]\s?(?P<next>(?:\d\d)?\d\d)"
_ACROSS_YEARS = _compiled(
    rf"(?:{_FY})?{_TWO_YEARS}{_GAP}(?P<name>{_NAME})?\.?", rf"(?P<name>{_NAME}){_GAP}{_TWO_YEARS}"
)


def _counted(word: str, number: str) -> tuple[re.Pattern[str], ...]:
    """`Q1 2026`, `2026 Q1`, `1Q26`, `Q1 FY26`, `FY26 Q1`, `Q1`."""
    return _compiled(
        rf"{word}{_GAP}(?P<number>{number}){_GAP}(?:{_FY})?{_ANY}",
        rf"(?:{_FY})?{_ANY}{_GAP}{word}{_GAP}(?P<number>{number})",
        rf"(?P<number>{number})(?:st|nd|rd|th|er|e|ème)?{_GAP}{word}{_GAP}(?:{_FY})?{_ANY}",
        rf"{word}{_GAP}(?P<number>{number})(?P<year>)",
    )


_COUNTED = {
    "Q": _counted(_QUARTER, "[1-4]"),
    "H": _counted(_HALF, "[12]"),
    "W": _counted(_WEEK, r"\d{1,2}"),
}
_YEAR = _compiled(rf"(?:{_FY}|year |jahr |exercice )?{_LONG}", rf"{_FY}{_ANY}")

_PART_OF_WORD = {word: part for part, words in PART_WORDS.items() for word in words}
_PARTS = "|".join(sorted((re.escape(word) for word in _PART_OF_WORD), key=len, reverse=True))
_BEFORE = re.compile(rf"(?P<part>{_PARTS})[\s:\-–(\[]+(?P<rest>.*?)[)\]]?")
_BEHIND = re.compile(rf"(?P<rest>.*?)[\s:\-–(\[]+(?P<part>{_PARTS})[)\]]?")


def read_heading(text: str, *, calendar: FiscalCalendar, order: str = "", year: int = 0) -> Heading | None:
    """The period a heading names; None where it speaks of none.

    `order` says how dates with slashes are written, `year` which year months and quarters belong to that name none.
    """
    bare, role = _without_part(" ".join(text.casefold().split()))
    found = _read(bare, calendar=calendar, order=order, year=year)
    if isinstance(found, HeadingProblem):
        return Heading("", role, found)
    return Heading(found, role) if found else None


def _without_part(text: str) -> tuple[str, str]:
    found = _BEHIND.fullmatch(text) or _BEFORE.fullmatch(text)
    return (found["rest"].strip(" :-–(["), _PART_OF_WORD[found["part"]]) if found else (text, "")


def _read(text: str, *, calendar: FiscalCalendar, order: str, year: int) -> str | HeadingProblem | None:
    """The first kind of spelling that fits; those that say more come first."""
    for read in (_of_day, _of_name, _of_month, _of_count, _of_fiscal_month, _of_year, _across_years):
        said = read(text, order, year)
        if isinstance(said, HeadingProblem):
            return said
        if said is not None:
            return _key(said, calendar)
    return None


Said = tuple[str, int, int, int]
"""What is named, its year, its number, the day of its month.

It is one of `day`, `month`, `period`, `Q`, `H`, `W`, `year`, `named` (a month of a fiscal year by its name), `across`
(a fiscal year, or by its number a month of it, told by the calendar year it begins in).
"""


def _of_day(text: str, order: str, _year: int) -> Said | HeadingProblem | None:
    for shape in _BY_DAY:
        if (found := shape.fullmatch(text)) and _is_plausible(found["year"]):
            return "day", _full(found["year"]), int(found["number"]), int(found["day"])
    found = _BY_SLASHES.fullmatch(text)
    if found is None:
        return None
    first, second = int(found["first"]), int(found["second"])
    if first <= 12 and second <= 12 and first != second and not order:
        return HeadingProblem.ORDER
    is_day_first = first > 12 or (second <= 12 and order != DateOrder.MONTH_FIRST)
    day, month = (first, second) if is_day_first else (second, first)
    return "day", _full(found["year"]), month, day


def _of_name(text: str, _order: str, year: int) -> Said | HeadingProblem | None:
    for shape in _BY_NAME:
        if found := shape.fullmatch(text):
            said = found.groupdict()
            if not (said.get("year") or year):
                return HeadingProblem.YEAR
            which = _full(said["year"]) if said.get("year") else year
            day = int(said.get("day") or 0)
            return "day" if day else "month", which, _NUMBER_OF_MONTH[found["name"]], day
    return None


def _of_month(text: str, _order: str, _year: int) -> Said | HeadingProblem | None:
    for shape in _BY_MONTH:
        if (
            (found := shape.fullmatch(text))
            and _is_plausible(found["year"])
            and 1 <= int(found["number"]) <= 12
        ):
            return "month", _full(found["year"]), int(found["number"]), 0
    if (
        (found := _UNDER_YEAR.fullmatch(text))
        and _is_plausible(found["year"])
        and 1 <= int(found["number"]) <= 12
    ):
        return "under", _full(found["year"]), int(found["number"]), 0
    found = _SHORT_MONTH.fullmatch(text)
    if found is None or not 1 <= int(found["number"]) <= 12:
        return None
    # 01/12 may be a day of December or a month of 2012.
    return (
        HeadingProblem.ORDER
        if int(found["year"]) <= 12
        else ("month", _full(found["year"]), int(found["number"]), 0)
    )


def _of_count(text: str, _order: str, year: int) -> Said | HeadingProblem | None:
    for letter, shapes in _COUNTED.items():
        for shape in shapes:
            if found := shape.fullmatch(text):
                if not (found["year"] or year):
                    return HeadingProblem.YEAR
                return letter, _full(found["year"]) if found["year"] else year, int(found["number"]), 0
    return None


def _of_fiscal_month(text: str, _order: str, _year: int) -> Said | None:
    for shape in _FISCAL_MONTH:
        if found := shape.fullmatch(text):
            return "period", _full(found["year"]), int(found["number"]), 0
    for shape in _NAMED_FISCAL_MONTH:
        if found := shape.fullmatch(text):
            return "named", _full(found["year"]), _NUMBER_OF_MONTH[found["name"]], 0
    return None


def _across_years(text: str, _order: str, _year: int) -> Said | None:
    """`2025/26`, `Apr 2025/26`: a year that ends in the next one, which only a fiscal one does."""
    for shape in _ACROSS_YEARS:
        if (found := shape.fullmatch(text)) and _is_plausible(found["year"]):
            year = int(found["year"])
            if int(found["next"]) in (year + 1, (year + 1) % 100):
                return "across", year, _NUMBER_OF_MONTH.get(found["name"] or "", 0), 0
    return None


def _of_year(text: str, _order: str, _year: int) -> Said | None:
    for shape in _YEAR:
        if (found := shape.fullmatch(text)) and _is_plausible(found["year"]):
            return "year", _full(found["year"]), 0, 0
    return None


def _key(said: Said, calendar: FiscalCalendar) -> str | HeadingProblem | None:
    """As the calendar writes it; None where it has no such period."""
    what, year, number, day = said
    if what in ("month", "named", "across") and number and calendar.is_week_based:
        return HeadingProblem.MONTH
    if what == "under" and not calendar.is_calendar_year:
        return HeadingProblem.MONTH if calendar.is_week_based else None
    if what in ("named", "across"):
        return _of_fiscal_year(year, number, calendar=calendar, is_across=what == "across")
    spelt = {
        "day": f"{year}-{number:02d}-{day:02d}",
        "month": f"{year}-{number:02d}",
        "under": f"{year}-{number:02d}",
        "year": f"{year}",
        "W": f"{year}-W{number:02d}",
    }.get(what, f"{year}-{what}{number}")
    try:
        if what == "period":
            months = calendar.inside(calendar.parse(f"{year}"), Frequency.MONTH)
            return calendar.key(Period(Frequency.MONTH, months[number - 1])) if 1 <= number <= 12 else None
        return calendar.key(calendar.parse(spelt))
    except PeriodUnknown:
        return None


def _of_fiscal_year(year: int, month: int, *, calendar: FiscalCalendar, is_across: bool) -> str | None:
    """A fiscal year, or its month that has this number in the calendar; None where years do not lie so."""
    if is_across and calendar.is_calendar_year:
        return None
    fiscal = year + calendar.year_shift if is_across else year
    try:
        whole = calendar.parse(f"{fiscal}")
        months = [Period(Frequency.MONTH, each) for each in calendar.inside(whole, Frequency.MONTH)]
        named = [each for each in months if calendar.first_day(each).month == month]
        return calendar.key(named[0] if month else whole)
    except PeriodUnknown:
        return None


def _full(year: str) -> int:
    return int(year) if len(year) > 2 else 2000 + int(year)


def _is_plausible(year: str) -> bool:
    """A number of four digits is a year only where somebody may measure it."""
    return len(year) == 2 or 1900 <= int(year) <= 2199
