"""How a file writes numbers and periods, guessed from what it holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from fourfold.engine.calendar import FiscalCalendar, Frequency, PeriodUnknown
from fourfold.folder.mapping.dates import SERIAL, WORDS, serial_day
from fourfold.folder.mapping.headings import read_heading
from fourfold.folder.mapping.look.values import Guess
from fourfold.folder.mapping.numbers import TYPED, NumberFormat, NumberProblem, untyped

__all__ = [
    "MISSING_WORDS",
    "PeriodGuess",
    "frequency_of_days",
    "frequency_of_keys",
    "guessed_numbers",
    "guessed_period",
    "is_number",
]

MISSING_WORDS = frozenset(
    {"-", "–", "—", "n/a", "N/A", "#N/A", "NA", "na", "null", "NULL", ".", "..", "x", "k.A."}
)
"""What people write where they have no value."""

_STYLES = (
    (".", ""),
    (".", ","),
    (",", "."),
    (",", ""),
    (",", " "),
    (",", "\u00a0"),
    (",", "\u202f"),
    (".", "'"),
    (".", " "),
)
# A number alone is a year or a day only where the column says so.
_PATTERNS = (
    ("%Y-%m-%d", False), ("%d.%m.%Y", False), ("%d/%m/%Y", False), ("%m/%d/%Y", False), ("%Y/%m/%d", False),
    ("%d-%m-%Y", False), ("%Y-%m", False), ("%m/%Y", False), ("%m.%Y", False), ("%m-%Y", False), ("%Y/%m", False),
    ("%b %Y", False), ("%B %Y", False), ("%b-%Y", False), ("%b-%y", False), ("%d %b %Y", False), ("%d %B %Y", False),
    ("%Y%m%d", True), ("%Y%m", True), ("%Y", True),
)  # fmt: skip
_AMBIGUOUS = {"%d/%m/%Y": "%m/%d/%Y"}
TEXTS_TRIED = 400
QUARTER_MONTHS = ({3, 6, 9, 12}, {1, 4, 7, 10})


@dataclass(frozen=True, slots=True)
class PeriodGuess:
    """A pattern (or `key`), why, and how often there seems to be a value."""

    pattern: str
    evidence: str
    frequency: Frequency


def guessed_numbers(
    columns: Iterable[Sequence[str]], *, is_semicolon: bool, beside: NumberFormat
) -> tuple[Guess, Guess, bool]:
    """Decimal and thousands marks: those that read the most of what begins like a number; and whether a text tells.

    `beside` knows which marks and brackets stand around the numbers.
    """
    written = (text for column in columns for text in column[:TEXTS_TRIED])
    if beside.has_stored:
        written = (text for text in written if text.endswith(TYPED))
    bare = [beside.bare(text)[0] for text in written]
    if beside.has_stored and not bare:
        return Guess(".", "Its numbers are stored as numbers."), Guess(""), False
    texts = [text for text in bare if _begins_like_a_number(text)]
    formats = {style: NumberFormat(decimal=style[0], thousands=style[1]) for style in _STYLES}
    read = {
        style: sum(form.read(text)[1] is NumberProblem.NONE for text in texts)
        for style, form in formats.items()
    }
    # "1,234" alone fits both; where semicolons divide, the comma is most likely taken for decimals.
    ranked = sorted(
        _STYLES, key=lambda style: (-read[style], is_semicolon and style[0] == ".", _STYLES.index(style))
    )
    decimal, thousands = ranked[0]
    shown = next((text for text in texts if decimal in text and (decimal == "," or "," not in text)), "")
    reads = formats[decimal, thousands].read
    grouped = next((text for text in texts if thousands and thousands in text and reads(text)[1] == 0), "")
    form = NumberFormat(decimal=decimal, thousands=thousands if grouped else "")
    text, is_settled = form.doubt(texts)
    doubt = (
        f" “{text}” could also be {form.other.read(text)[0]:.15g}: please check."
        if text and not is_settled
        else ""
    )
    return (
        Guess(
            decimal,
            (f"As in “{shown}”." if shown else "No number has decimals.") + (doubt if not grouped else ""),
        ),
        Guess(thousands if grouped else "", f"As in “{grouped}”.{doubt}" if grouped else ""),
        is_settled or (bool(grouped) and not text),
    )


def is_number(text: str, form: NumberFormat) -> bool:
    """Whether a text is a number, however many digits it has."""
    return form.read(text)[1] in (NumberProblem.NONE, NumberProblem.VALUE_TOO_PRECISE)


def guessed_period(texts: Sequence[str], *, calendar: FiscalCalendar, is_named: bool) -> PeriodGuess | None:
    """The pattern that reads all of a column; None where it holds no periods. `is_named`: the header says it does."""
    distinct = list(dict.fromkeys(untyped(text).strip() for text in texts if text.strip()))[:TEXTS_TRIED]
    if not distinct:
        return None
    keys = _keys(distinct, calendar)
    if keys and (is_named or not all(text.isdigit() for text in distinct)):
        return PeriodGuess("key", _said_of_keys(keys), _most_common(keys.values()))
    for pattern, needs_name in _PATTERNS:
        days = _days(distinct, pattern)
        if days is not None and (is_named or not needs_name) and all(1900 <= day.year < 2200 for day in days):
            return PeriodGuess(pattern, _evidence(distinct, pattern), _frequency(days, pattern))
    return (_serial(distinct) if is_named else None) or _worded(distinct, calendar)


def _serial(distinct: Sequence[str]) -> PeriodGuess | None:
    """Days that lost their form: only where the header says that the column holds periods."""
    try:
        days = [serial_day(text) for text in distinct]
    except PeriodUnknown:
        return None
    evidence = (
        f"“{distinct[0]}” is {days[0]:%Y-%m-%d} as spreadsheets count days, and all others are such numbers."
    )
    return PeriodGuess(SERIAL, evidence, frequency_of_days(days))


def _worded(distinct: Sequence[str], calendar: FiscalCalendar) -> PeriodGuess | None:
    """As headings name periods; none where one may mean two, lacks its year or says a part."""
    read = [read_heading(text, calendar=calendar) for text in distinct]
    keys = [at.key for at in read if at is not None and at.key and not at.role]
    if len(keys) < len(read) or all(text.isdigit() for text in distinct):
        return None
    found = [calendar.parse(key) for key in keys]
    days = [calendar.first_day(each) for each in found if each.frequency is Frequency.DAY]
    usual = (
        frequency_of_days(days) if len(days) == len(found) else _most_common(each.frequency for each in found)
    )
    period = calendar.containing(found[0], usual) if days else found[0]
    return PeriodGuess(
        WORDS, f"“{distinct[0]}” is {calendar.label(period)}, and all others name periods.", usual
    )


def frequency_of_keys(texts: Sequence[str], calendar: FiscalCalendar) -> Frequency | None:
    """How often the periods of one measure follow each other; None where they are no keys of the calendar."""
    keys = _keys(list(dict.fromkeys(text.strip() for text in texts if text.strip())), calendar)
    return _most_common(keys.values()) if keys else None


def _keys(distinct: Sequence[str], calendar: FiscalCalendar) -> dict[str, Frequency]:
    """Each text with its frequency: months and quarters may stand below each other; nothing where one is no key."""
    found: dict[str, Frequency] = {}
    for text in distinct:
        try:
            found[text] = calendar.parse(text).frequency
        except PeriodUnknown:
            return {}
    # A day's key is a date like any other: several of them may stand for months.
    return {} if Frequency.DAY in found.values() else found


def _most_common(frequencies: Iterable[Frequency]) -> Frequency:
    return Counter(frequencies).most_common(1)[0][0]


def _said_of_keys(keys: dict[str, Frequency]) -> str:
    """One text of each frequency."""
    shown = list({frequency: text for text, frequency in reversed(keys.items())}.values())[::-1]
    named = ", ".join(f"“{text}”" for text in shown)
    return f"{named} {'is a period' if len(shown) == 1 else 'are periods'} of the calendar."


def _days(distinct: Sequence[str], pattern: str) -> list[date] | None:
    found = []
    for text in distinct:
        try:
            found.append(datetime.strptime(text, pattern).date())  # noqa: DTZ007 - a date has no zone
        except ValueError:
            return None
    return found


def _frequency(days: Sequence[date], pattern: str) -> Frequency:
    months = {(day.year, day.month) for day in days}
    if "%m" not in pattern and "%b" not in pattern and "%B" not in pattern:
        return Frequency.YEAR
    if "%d" in pattern and len(months) < len(set(days)):
        weeks = {day.isocalendar()[:2] for day in days}
        return Frequency.WEEK if len(weeks) == len(set(days)) else Frequency.DAY
    if len(months) > 2 and any({month for _, month in months} <= quarter for quarter in QUARTER_MONTHS):
        return Frequency.QUARTER
    return Frequency.MONTH


def frequency_of_days(days: Sequence[date]) -> Frequency:
    """How often dates follow each other: one a month stands for the month."""
    return _frequency(days, "%Y-%m-%d")


def _evidence(distinct: Sequence[str], pattern: str) -> str:
    other = _AMBIGUOUS.get(pattern)
    if other and _days(distinct, other) is not None:
        return f"“{distinct[0]}” could also be month first: no day is above 12. Please check."
    return f"“{distinct[0]}” reads so, and all others do."


def _begins_like_a_number(text: str) -> bool:
    stripped = text.lstrip("+-")
    return stripped[:1].isdigit() or (stripped[:1] in ".," and stripped[1:2].isdigit())
