"""A mapping as a form edits it, as a document, and back."""

from __future__ import annotations

import json
from typing import Any

from fourfold.folder.belonging import Fields
from fourfold.folder.mapping.by_period import PeriodHeadings
from fourfold.folder.mapping.file_mapping import condition_text, wide_entries
from fourfold.folder.mapping.look.values import LeftOutRows, MappingDraft, WideColumn

__all__ = ["draft_document", "draft_of_document", "draft_text"]

_SIMPLE = {
    "key", "file", "from", "layout", "format", "missing", "columns", "constants", "translate", "wide", "periods",
    "ignore",
}  # fmt: skip
_FORMATS = {"encoding", "delimiter", "decimal", "thousands", "marks", "negative", "date", "sheet", "header",
    "header_lines",
}  # fmt: skip


def draft_document(draft: MappingDraft, *, key: str, file: str) -> dict[str, Any]:
    """The document, defaults written out where they were guessed."""
    written = {
        "decimal": draft.decimal,
        "thousands": draft.thousands,
        **({"marks": list(draft.marks)} if draft.marks else {}),
        **({"negative": draft.negative} if draft.negative != "minus" else {}),
        "date": draft.date,
        "encoding": draft.encoding,
        "delimiter": draft.delimiter,
        **({"sheet": draft.sheet} if draft.sheet else {}),
        **({"header": draft.header} if draft.header > 1 else {}),
        **({"header_lines": draft.header_lines} if draft.header_lines > 1 else {}),
    }
    columns: dict[str, Any] = {role: name for role, name in draft.columns.items() if name}
    if draft.period_parts:
        columns["period"] = {part: name for part, name in draft.period_parts.items() if name}
    parts: dict[str, Any] = {
        "columns": columns,
        "constants": {role: text for role, text in draft.constants.items() if text},
        "translate": {role: dict(table) for role, table in draft.translate.items() if table},
        "wide": [_entry(each) for each in draft.wide] if draft.layout == "wide" else [],
        "periods": _periods(draft.periods) if draft.layout == "periods" else {},
        "ignore": [{"when": {each.column: each.value}, "reason": each.reason} for each in draft.ignored],
    }
    return {
        "key": key,
        "file": file,
        "layout": draft.layout,
        "format": written,
        "missing": list(draft.missing),
        **{name: part for name, part in parts.items() if part},
    }


def draft_text(draft: MappingDraft, *, key: str, file: str) -> str:
    """The document as text: a line a field, what belongs to it in JSON, which is YAML too."""
    document = draft_document(draft, key=key, file=file)
    lines = [
        f"{name}: {json.dumps(value, ensure_ascii=False)}"
        for name, value in document.items()
        if name != "key"
    ]
    return "\n".join((f"key: {key}", *lines)) + "\n"


def draft_of_document(said: Fields) -> MappingDraft | None:
    """From a document its schema has confirmed; None where it says more than a form can (lookups, filters, scales)."""
    written = said.get("format", {})
    if set(said) - _SIMPLE or set(written) - _FORMATS or any("scale" in each for each in wide_entries(said)):
        return None
    ignored = _ignored(said)
    if ignored is None:
        return None
    columns = dict(said.get("columns", {}))
    period = columns.get("period")
    return MappingDraft(
        layout=said["layout"],
        columns={role: name for role, name in columns.items() if isinstance(name, str)},
        period_parts=dict(period) if isinstance(period, dict) else {},
        wide=tuple(
            WideColumn(each["column"], each["measure"], each["role"], each.get("segment", ""))
            for each in wide_entries(said)
        ),
        constants={role: str(text) for role, text in said.get("constants", {}).items()},
        translate={
            role: {text: str(key) for text, key in table.items()}
            for role, table in said.get("translate", {}).items()
        },
        missing=tuple(said.get("missing", [""])),
        encoding=written.get("encoding", "utf-8"),
        delimiter=written.get("delimiter", ","),
        decimal=written.get("decimal", "."),
        thousands=written.get("thousands", ""),
        date=written.get("date", "key"),
        sheet=written.get("sheet", ""),
        header=int(written.get("header", 1)),
        header_lines=int(written.get("header_lines", 1)),
        marks=tuple(written.get("marks", ())),
        negative=written.get("negative", "minus"),
        periods=PeriodHeadings.of(said.get("periods", {})),
        ignored=ignored,
    )


def _ignored(said: Fields) -> tuple[LeftOutRows, ...] | None:
    """A text in a column each; None where a rule says more, or why in other words."""
    found = []
    for rule in said.get("ignore", ()):
        column, value = next(iter(rule["when"].items()))
        if len(rule["when"]) > 1 or isinstance(value, list):
            return None
        each = LeftOutRows(column, condition_text(value))
        if each.reason != rule["reason"]:
            return None
        found.append(each)
    return tuple(found)


def _periods(headings: PeriodHeadings) -> dict[str, Any]:
    """Without what holds anyway; single columns only where their heading does not say it."""
    columns = {each.column: {"period": each.period, "role": each.role} for each in headings.columns}
    return {
        "role": headings.role,
        **({"order": headings.order} if headings.order else {}),
        **({"year": headings.year} if headings.year else {}),
        **({"leave_out": list(headings.leave_out)} if headings.leave_out else {}),
        **({"columns": columns} if columns else {}),
    }


def _entry(wide: WideColumn) -> dict[str, str]:
    segment = {"segment": wide.segment} if wide.segment else {}
    return {"column": wide.column, "measure": wide.measure, "role": wide.role, **segment}
