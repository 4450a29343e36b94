"""Narrowing the measures of a scorecard; the address bar carries what was chosen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Self

from fourfold.engine.quantities import Status
from fourfold.scorecard.evaluation.pages.scorecard.page import Choice, Filters, MeasureRow

__all__ = ["Wanted", "filters", "kept_rows"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody wants to see; an empty text wants everything."""

    text: str = ""
    perspective: str = ""
    status: str = ""
    theme: str = ""
    owner: str = ""

    @classmethod
    def read(cls, parameters: Mapping[str, str]) -> Self:
        """Take the address's parameters; unknown ones are somebody else's."""
        named = {
            name: parameters.get(name, "").strip() for name in ("perspective", "status", "theme", "owner")
        }
        return cls(text=parameters.get("q", "").strip(), **named)

    @property
    def is_active(self) -> bool:
        """Whether anything is narrowed at all."""
        return bool(self.text or self.perspective or self.status or self.theme or self.owner)

    def keeps(self, row: MeasureRow) -> bool:
        """Whether a row passes every filter; text is looked for in measure and objective, whatever the case."""
        return (
            self.perspective in ("", row.perspective)
            and self.status in ("", row.mark.status.value)
            and (not self.theme or self.theme in row.themes)
            and self.owner in ("", row.owner)
            and self.text.casefold() in f"{row.name}\n{row.objective_name}".casefold()
        )


def kept_rows(rows: Iterable[MeasureRow], *, wanted: Wanted) -> tuple[MeasureRow, ...]:
    """The rows that pass, in their order."""
    return tuple(row for row in rows if wanted.keeps(row))


def filters(
    rows: Sequence[MeasureRow],
    *,
    wanted: Wanted,
    perspectives: Mapping[str, str],
    themes: Mapping[str, str],
) -> Filters:
    """Offer what occurs among the rows: a choice that would leave nothing by itself is not offered."""
    used_themes = {theme for row in rows for theme in row.themes}
    owners = {row.owner: row.owner_name for row in rows if row.owner}
    by_name = dict(sorted(owners.items(), key=lambda owner: (owner[1], owner[0])))
    return Filters(
        perspectives=_choices(perspectives, chosen=wanted.perspective),
        statuses=_choices({status.value: status.label for status in Status}, chosen=wanted.status),
        themes=_choices(
            {key: name for key, name in themes.items() if key in used_themes}, chosen=wanted.theme
        ),
        owners=_choices(by_name, chosen=wanted.owner),
        text=wanted.text,
        is_active=wanted.is_active,
        shown=len(kept_rows(rows, wanted=wanted)),
        of=len(rows),
    )


def _choices(labels: Mapping[str, str], *, chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value, label, is_chosen=value == chosen) for value, label in labels.items())
