"""What every form of editing shares: typed text in, a frozen draft out, and the same fields shown side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any, ClassVar, cast

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fourfold.governance.changes.drafts.choices import Choice, Choices
from fourfold.governance.changes.drafts.kind import Crossing, FieldRefused
from fourfold.governance.changes.web.rows_field import RowsField
from fourfold.platform.refusals.field_errors import RefusedHere

__all__ = ["CheckList", "Difference", "DraftForm", "LinesField", "day_field", "one_of"]

LONGEST_NAME = 200  # of the columns
LONGEST_TEXT = 4000


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of two who wrote at the same time. `was`: what it said before either of them; None: not known."""

    label: str
    yours: str
    theirs: str
    was: str | None = None

    @property
    def differs(self) -> bool:
        """Whether the two say different things."""
        return self.yours != self.theirs

    @property
    def is_mine_alone(self) -> bool:
        """Whether only the later saver touched it."""
        return self.differs and self.was == self.theirs

    @property
    def is_theirs_alone(self) -> bool:
        """Whether only the other one touched it: saving keeps what they wrote."""
        return self.differs and self.was == self.yours


class CheckList(forms.MultipleChoiceField):
    """Several of a list, as a tuple in listed order."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> tuple[str, ...]:
        chosen = set(super().clean(value))
        return tuple(str(key) for key, _words in choices_of(self) if key in chosen)


class LinesField(forms.CharField):
    """One thing a line, as a tuple."""

    widget = forms.Textarea

    def prepare_value(self, value: Any) -> str:
        return value if isinstance(value, str) else "\n".join(value or ())

    def clean(self, value: Any) -> tuple[str, ...]:
        return tuple(line.strip() for line in str(super().clean(value)).splitlines() if line.strip())


class DraftForm(forms.Form):
    """A field for every field of `draft_type`, the edition it started from, and where to go back to.

    A subclass names its draft and fills in choices by overriding `offer`.
    """

    draft_type: ClassVar[type]
    sections: ClassVar[tuple[tuple[str | Promise, tuple[str, ...]], ...]] = ()
    required_css_class = "is-required"

    edition = forms.CharField(widget=forms.HiddenInput, required=False)
    since = forms.CharField(widget=forms.HiddenInput, required=False)
    next = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, draft: Any, choices: Choices, **hidden: str
    ) -> None:
        said = {each.name: getattr(draft, each.name) for each in fields(draft)}
        super().__init__(data, initial={**said, **hidden}, use_required_attribute=False, auto_id="field-%s")
        self.started_from = draft
        self.offer(choices)

    def offer(self, choices: Choices) -> None:
        """Fill in what can be chosen."""

    def choose(self, name: str, offered: Sequence[Choice], *, none: str | Promise = "") -> None:
        """Offer these in a field, with `none` first, and always what stands there now: a form loses nothing."""
        standing = getattr(self.started_from, name)
        keys = {key for key, _words in offered}
        now = standing if isinstance(standing, tuple) else (standing,)
        kept = [(key, key) for key in now if key and key not in keys]
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [*([("", none)] if none else []), *offered, *kept]

    def draft(self) -> Any:
        """The draft as typed; what the form does not show, or cannot read, stays as it was."""
        names = [each.name for each in fields(self.draft_type)]
        typed = {name: self._typed(name) for name in names if name in self.cleaned_data}
        return replace(self.started_from, **typed)

    def _typed(self, name: str) -> Any:
        """What was typed; of a list of ticks those that stood before keep their order, which may be meant."""
        value = self.cleaned_data[name]
        if not isinstance(self.fields[name], CheckList):
            return value
        standing = [key for key in getattr(self.started_from, name) if key in value]
        return (*standing, *(key for key in value if key not in standing))

    def refuse_crossed(self, crossings: Sequence[Crossing[Any]]) -> None:
        """Say with all else what fields contradict each other, as far as each of them can be read."""
        for each in crossings:
            if self.cleaned_data.keys() >= set(each.fields):
                try:
                    each.refuse(self.draft())
                except FieldRefused as refusal:
                    self.add_error(refusal.field, RefusedHere(refusal))

    @property
    def shown_sections(self) -> list[tuple[str | Promise, list[forms.BoundField]]]:
        """The fields under their headings; all under none where the form names no sections."""
        every = tuple(each.name for each in fields(self.draft_type) if each.name in self.fields)
        return [
            (heading, [self[name] for name in names]) for heading, names in self.sections or (("", every),)
        ]

    def beside(self, theirs: Any, *, before: Any | None) -> list[Difference]:
        """What was typed here beside what now stands and what stood `before` both (None: not known)."""
        mine = self.draft()

        def spoken(draft: Any, name: str) -> str:
            return _spoken(self.fields[name], getattr(draft, name))

        names = [each.name for each in fields(self.draft_type) if each.name in self.fields]
        return [
            Difference(
                str(self[name].label),
                spoken(mine, name),
                spoken(theirs, name),
                None if before is None else spoken(before, name),
            )
            for name in names
        ]

    def merged_into(self, theirs: Any, *, before: Any | None) -> Any:
        """What was typed here over what now stands: a field left as it stood `before` keeps what the other wrote."""
        mine = self.draft()
        typed = {
            each.name: getattr(mine, each.name)
            for each in fields(self.draft_type)
            if each.name in self.fields
            and (before is None or getattr(mine, each.name) != getattr(before, each.name))
        }
        return replace(theirs, **typed)


def one_of(label: Any, *, required: bool = True, help_text: Any = "") -> forms.ChoiceField:
    """One of a list that `offer` fills in."""
    return forms.ChoiceField(label=label, required=required, help_text=help_text)


def day_field(label: Any, *, help_text: Any = "", required: bool = False) -> forms.DateField:
    """A day as the browser's own date field writes it."""
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=widget,
        input_formats=["%Y-%m-%d"],
    )


def _spoken(field: forms.Field, value: Any) -> str:
    """A value as a person reads it."""
    if isinstance(field, RowsField):
        return "; ".join(", ".join(_plain(cell) for cell in row if cell not in (None, "")) for row in value)
    if isinstance(field, forms.ChoiceField):
        words = {str(key): str(said).strip() for key, said in choices_of(field)}
        chosen = value if isinstance(value, tuple) else (value,)
        return ", ".join(words.get(str(key), str(key)) for key in chosen)
    if isinstance(value, tuple):
        return ", ".join(map(str, value))
    return _plain(value)


def choices_of(field: forms.ChoiceField) -> list[Choice]:
    """What a field offers; none of ours offers groups."""
    return list(cast("list[Choice]", field.choices))


def _plain(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(_("yes") if value else _("no"))
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)
