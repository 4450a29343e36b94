"""A field of rows: weights over time, milestones, contributions. Works without script: blank rows stand at the end."""

from __future__ import annotations

import copy
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fourfold.platform.refusals.field_errors import ErrorHere, field_error

__all__ = ["Column", "RowsField", "RowsWidget"]

MOST_ROWS = 200
BLANK_ROWS = 2
MORE_ROWS = 3

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Column:
    """One cell of every row. `is_wide` takes the room that is left."""

    name: str
    label: str | Promise
    field: forms.Field
    is_wide: bool = False


class RowsWidget(forms.Widget):
    """A table of inputs `name-0-column`; how many rows there are stands in `name-rows`."""

    template_name = "changes/_rows.html"
    use_fieldset = True

    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = columns

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> list[dict[str, Any]]:
        """The cells as typed, row by row."""
        said = str(data.get(f"{name}-rows", "0"))
        count = min(int(said) if said.isdecimal() else 0, MOST_ROWS)
        more = MORE_ROWS if data.get("more") == name else 0
        return [self._row(data, f"{name}-{place}") for place in range(count)] + [{}] * more

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:
        return f"{name}-rows" not in data

    def _row(self, data: Mapping[str, Any], prefix: str) -> dict[str, Any]:
        return {each.name: data.get(f"{prefix}-{each.name}", "") for each in self.columns}

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        rows: list[Row] = list(value or ())
        filled = len(rows)
        while filled and is_blank(rows[filled - 1]):
            filled -= 1
        rows += [{}] * (BLANK_ROWS - (len(rows) - filled))
        context["widget"]["columns"] = self.columns
        context["widget"]["rows"] = [self._cells(name, row, place=place) for place, row in enumerate(rows)]
        return context

    def _cells(self, name: str, row: Row, *, place: int) -> list[dict[str, Any]]:
        return [
            {
                "control": each.field.widget.render(
                    f"{name}-{place}-{each.name}", row.get(each.name), attrs=self._attributes(each, place)
                ),
                "is_wide": each.is_wide,
                "label": each.label,
            }
            for each in self.columns
        ]

    def _attributes(self, column: Column, place: int) -> dict[str, Any]:
        kind = "form-select" if isinstance(column.field.widget, forms.Select) else "form-control"
        label = _("{label}, row {row}").format(label=column.label, row=place + 1)
        return {"class": kind, "aria-label": label}


class RowsField(forms.Field):
    """Rows that are not blank, as a tuple of tuples in the order of the columns."""

    widget: RowsWidget

    def __init__(self, *, columns: Sequence[Column], **said: Any) -> None:
        super().__init__(widget=RowsWidget(columns), required=False, **said)
        self.columns = columns

    def __deepcopy__(self, memo: dict[int, Any]) -> RowsField:
        """Every form has columns of its own: what one person is offered must not show in another's form."""
        copied = super().__deepcopy__(memo)
        copied.columns = tuple(replace(each, field=copy.deepcopy(each.field, memo)) for each in self.columns)
        copied.widget.columns = copied.columns
        return copied

    def prepare_value(self, value: Any) -> list[Row]:
        """Rows of a draft are tuples; rows that were typed are mappings already."""
        return [row if isinstance(row, Mapping) else self._named(row) for row in value or ()]

    def _named(self, row: Sequence[Any]) -> Row:
        return {each.name: _as_typed(cell) for each, cell in zip(self.columns, row, strict=True)}

    def clean(self, value: Any) -> tuple[tuple[Any, ...], ...]:
        cleaned, errors = [], []
        for place, row in enumerate(value or (), start=1):
            if is_blank(row):
                continue
            cells, wrong = self._cleaned(row, place=place)
            cleaned.append(cells)
            errors += wrong
        if errors:
            raise ValidationError(errors)
        return tuple(cleaned)

    def _cleaned(self, row: Row, *, place: int) -> tuple[tuple[Any, ...], list[ValidationError]]:
        cells, errors = [], []
        for each in self.columns:
            try:
                cells.append(each.field.clean(row.get(each.name)))
            except ValidationError as wrong:
                errors.append(_in_row(wrong, column=each, place=place))
        return tuple(cells), errors

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False


def _in_row(wrong: ValidationError, *, column: Column, place: int) -> ValidationError:
    """What is wrong with a cell, told with its row and column, under the cell's own code and with its remedy."""
    told = field_error(wrong, field=column.field)
    said = _("Row {row}, {label}: {message}")
    sentence = said.format(row=place, label=column.label, message=told.sentence)
    return ErrorHere(sentence, code=told.code, remedy=told.remedy)


def _as_typed(cell: Any) -> Any:
    """A whole number without its “.0”."""
    return int(cell) if isinstance(cell, float) and cell.is_integer() else cell


def is_blank(row: Row) -> bool:
    """Whether nothing was typed in any cell."""
    return not any(str(cell or "").strip() for cell in row.values())
