"""Columns that name periods: what the form shows of each, and what somebody says of them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fourfold.engine.calendar import FiscalCalendar
from fourfold.folder.mapping import DateOrder, HeadingProblem, PeriodColumn, PeriodHeadings, read_heading
from fourfold.platform.refusals import Refusal

__all__ = ["ORDERS", "HeadingSaid", "heading_said", "said_headings"]

ORDERS: tuple[tuple[str, str | Promise], ...] = (
    ("", _("as they stand, such as 2026-02-01")),
    (DateOrder.DAY_FIRST.value, _("day first: 01/02/2026 is 1 February")),
    (DateOrder.MONTH_FIRST.value, _("month first: 01/02/2026 is 2 January")),
)


class PeriodWrong(Refusal):
    code, status = "PERIOD_OF_COLUMN_WRONG", 422
    sentence = _("“{column}”: “{said}” is no period.")
    remedy = _("Write it such as 2026-01, 2026-Q1 or 2026.")


class PeriodUnsaid(Refusal):
    code, status = "PERIOD_OF_COLUMN_MISSING", 422
    sentence = _("“{column}” holds values, but names no period.")
    remedy = _("Write its period below its name, such as 2026-01, or leave it out.")


class YearUnsaid(PeriodUnsaid):
    code = "HEADING_WITHOUT_YEAR"
    sentence = _("“{column}” does not say of which year it is.")
    remedy = _("Say the year below, under “How numbers and dates are written”.")


class OrderUnsaid(PeriodUnsaid):
    code = "HEADING_AMBIGUOUS"
    sentence = _("“{column}” may mean two dates.")
    remedy = _("Say below whether the day or the month comes first.")


class PeriodTwice(Refusal):
    code, status = "HEADING_TWICE", 422
    sentence = _("“{first}” and “{second}” both hold the same part of {period}.")
    remedy = _("Leave one of them out, or say which period it is.")


_UNSAID = {HeadingProblem.YEAR: YearUnsaid, HeadingProblem.ORDER: OrderUnsaid}


@dataclass(frozen=True, slots=True)
class HeadingSaid:
    """What a column is taken for; `was` is that by its heading alone, and empty where somebody said it."""

    role: str = ""
    period: str = ""
    was: str = ""


def heading_said(column: str, headings: PeriodHeadings, *, calendar: FiscalCalendar) -> HeadingSaid:
    """As a mapping says it, else as the heading does."""
    for each in headings.columns:
        if each.column == column:
            return HeadingSaid(each.role, each.period)
    found = None if column in headings.leave_out else headings.read(column, calendar)
    return HeadingSaid(found.role, found.key, f"{found.role} {found.key}") if found else HeadingSaid()


def said_headings(
    form: Mapping[str, str],
    columns: Sequence[str],
    *,
    used: Collection[str],
    parts: Collection[str],
    calendar: FiscalCalendar,
) -> PeriodHeadings:
    """From the form; what a heading says by itself is not written down, so that next month's column is read too.

    `used` columns say something else, such as the unit.

    Raises:
        PeriodWrong, PeriodUnsaid, YearUnsaid, OrderUnsaid, PeriodTwice.
    """
    role, order, year = (form.get(name, "") for name in ("heading-role", "order", "heading-year"))
    rules = PeriodHeadings(
        role=role if role in parts else "value",
        order=order if order in {each.value for each in DateOrder} else "",
        year=int(year) if year.isascii() and year.isdigit() and len(year) == 4 else 0,
    )
    said = list(_said(form, columns, rules=rules, parts=parts, calendar=calendar))
    _refuse_twice(said)
    chosen = {each.column for each in said}
    read = {each.column: (each.period, each.role) for each in said}
    by_heading = {name: rules.read(name, calendar) for name in chosen}
    return PeriodHeadings(
        role=rules.role,
        order=rules.order,
        year=rules.year,
        leave_out=tuple(name for name in dict.fromkeys(columns) if name not in chosen and name not in used),
        columns=tuple(
            each
            for each in said
            if (found := by_heading[each.column]) is None or (found.key, found.role) != read[each.column]
        ),
    )


def _said(
    form: Mapping[str, str],
    columns: Sequence[str],
    *,
    rules: PeriodHeadings,
    parts: Collection[str],
    calendar: FiscalCalendar,
) -> Iterator[PeriodColumn]:
    for place, name in enumerate(columns):
        role, typed = form.get(f"role-{place}", ""), form.get(f"period-{place}", "").strip()
        if role not in parts:
            continue
        found = rules.read(name, calendar)
        if (
            found and form.get(f"was-{place}", "") == f"{role} {typed}"
        ):  # nobody touched it: the heading counts
            role, typed = found.role, ""
        if typed:
            read = read_heading(typed, calendar=calendar, year=rules.year, order=rules.order)
            if read is None or not read.key:
                raise PeriodWrong(column=name, said=typed)
            yield PeriodColumn(name, read.key, role)
        elif found and found.key:
            yield PeriodColumn(name, found.key, role)
        else:
            raise (
                _UNSAID.get(found.problem, PeriodUnsaid)(column=name)
                if found and found.problem
                else PeriodUnsaid(column=name)
            )


def _refuse_twice(said: Sequence[PeriodColumn]) -> None:
    seen: dict[tuple[str, str], str] = {}
    for each in said:
        first = seen.setdefault((each.period, each.role), each.column)
        if first != each.column:
            raise PeriodTwice(first=first, second=each.column, period=each.period)
