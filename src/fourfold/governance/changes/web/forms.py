"""The forms of editing, one a kind; each field is called as in its draft."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from fourfold.governance.changes.drafts import choices as lists
from fourfold.governance.changes.drafts.choices import Choices
from fourfold.governance.changes.drafts.initiative_draft import InitiativeDraft
from fourfold.governance.changes.drafts.link_draft import CausalLinkDraft, IdentityLinkDraft
from fourfold.governance.changes.drafts.objective_draft import ObjectiveDraft
from fourfold.governance.changes.drafts.organisation_draft import (
    CALENDAR_KINDS,
    MONTHS,
    NAMED_BY,
    WEEKDAYS,
    YEAR_ENDS,
    OrganisationDraft,
)
from fourfold.governance.changes.drafts.perspective_draft import PerspectiveDraft
from fourfold.governance.changes.drafts.strategy_draft import StrategyDraft
from fourfold.governance.changes.drafts.theme_draft import ThemeDraft
from fourfold.governance.changes.drafts.unit_draft import UnitDraft
from fourfold.governance.changes.web.draft_form import (
    LONGEST_NAME,
    LONGEST_TEXT,
    CheckList,
    DraftForm,
    LinesField,
    day_field,
    one_of,
)
from fourfold.governance.changes.web.rows_field import Column, RowsField
from fourfold.platform.ui.time_zones import TimeZoneField
from fourfold.platform.ui.typed_numbers import typed_amount, written_amount

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

__all__ = [
    "CausalLinkForm",
    "IdentityLinkForm",
    "InitiativeForm",
    "ObjectiveForm",
    "OrganisationForm",
    "PerspectiveForm",
    "StrategyForm",
    "ThemeForm",
    "UnitForm",
]


def text(
    label: str | StrPromise, *, rows: int = 3, required: bool = False, help_text: str | StrPromise = ""
) -> forms.CharField:
    """A few lines."""
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST_TEXT,
        widget=widget,
        help_text=help_text,
    )


def named(help_text: str | StrPromise = "") -> forms.CharField:
    """The name everything has."""
    return forms.CharField(label=_("Name"), max_length=LONGEST_NAME, help_text=help_text)


class StrategyForm(DraftForm):
    draft_type = StrategyDraft

    vision = text(_("Vision"), help_text=_("Where the organisation wants to be, in a sentence or two."))
    mission = text(_("Mission"), help_text=_("What it is there for."))
    core_values = LinesField(
        label=_("Core values"), required=False, max_length=LONGEST_TEXT, help_text=_("One a line.")
    )
    horizon_from = day_field(_("Horizon from"))
    horizon_to = day_field(_("Horizon to"), help_text=_("Three to five years are usual."))


class PerspectiveForm(DraftForm):
    draft_type = PerspectiveDraft

    name = named()
    question = text(_("Question"), rows=2, help_text=_("What it answers: “How do our owners see us?”"))


class ThemeForm(DraftForm):
    draft_type = ThemeDraft

    name = named()
    result = text(
        _("Intended result"), rows=2, help_text=_("What will be true when the theme has done its work.")
    )


class ObjectiveForm(DraftForm):
    draft_type = ObjectiveDraft
    sections = (
        (_("What is wanted"), ("name", "description")),
        (_("Where it stands"), ("perspective", "themes", "owner", "contributes_to")),
        (_("Which units have it"), ("unit", "levels", "keys")),
        (_("How it is scored"), ("weights", "rollup")),
    )

    name = named(
        _("A verb, a quality and a thing, in three to nine words; no number: “Deliver orders on time”.")
    )
    description = text(
        _("Description"),
        rows=4,
        help_text=_("Two or three sentences: what it means, why, where it ends, from what to what."),
    )
    perspective = one_of(_("Perspective"))
    themes = CheckList(label=_("Themes"), required=False)
    owner = one_of(_("Owner"), required=False)
    contributes_to = RowsField(
        label=_("Contributes to"),
        columns=(
            Column("objective", _("Objective"), forms.ChoiceField(), is_wide=True),
            Column("mode", _("How"), forms.ChoiceField(choices=[("", ""), *lists.MODES])),
        ),
        help_text=_("Which objective of a unit above it serves. Leave empty at the top."),
    )
    unit = one_of(_("Unit"), help_text=_("It belongs to this unit and, unless you narrow it, to all below."))
    levels = CheckList(label=_("Only units of these levels"), required=False)
    keys = CheckList(label=_("Only these units"), required=False)
    weights = RowsField(
        label=_("Weight"),
        columns=(
            Column("weight", _("Weight"), forms.FloatField(min_value=0)),
            Column("valid_from", _("From"), day_field(_("From"))),
        ),
        help_text=_("Against the other objectives of its perspective. A new weight from a day on leaves earlier "
                    "periods as they were."),
    )  # fmt: skip
    rollup = forms.ChoiceField(label=_("Score"), choices=lists.ROLLUPS)

    def offer(self, choices: Choices) -> None:
        self.choose("perspective", choices.perspectives, none=_("Choose a perspective"))
        self.choose("themes", choices.themes)
        self.choose("owner", choices.people, none=_("Nobody yet"))
        self.choose("unit", choices.units)
        self.choose("levels", [(level, level) for level in choices.levels])
        self.choose("keys", choices.units)
        standing = [(key, key) for key, _mode in self.started_from.contributes_to]
        offer_in_rows(self.fields["contributes_to"], "objective", offered=[*choices.objectives, *standing])


class CausalLinkForm(DraftForm):
    draft_type = CausalLinkDraft

    source = one_of(_("From (cause)"))
    target = one_of(_("To (effect)"), help_text=_("An objective above it, or in the same perspective."))
    hypothesis = text(
        _("Hypothesis"), rows=2, help_text=_("Why the one brings about the other, in one sentence.")
    )
    sign = forms.ChoiceField(label=_("Direction"), choices=lists.SIGNS)
    lag_months = forms.IntegerField(
        label=_("Months until it shows"), required=False, min_value=0, max_value=120,
        help_text=_("It decides what can be tested later."),
    )  # fmt: skip
    strength = forms.ChoiceField(label=_("Strength"), choices=lists.STRENGTHS)
    evidence = forms.ChoiceField(label=_("Evidence"), choices=lists.EVIDENCE)
    feedback = forms.BooleanField(
        label=_("Feedback: it runs back down the map, drawn dashed"), required=False
    )

    def offer(self, choices: Choices) -> None:
        self.choose("source", choices.objectives, none=_("Choose an objective"))
        self.choose("target", choices.objectives, none=_("Choose an objective"))


class IdentityLinkForm(DraftForm):
    draft_type = IdentityLinkDraft

    source = one_of(_("From"))
    target = one_of(_("To"))
    sentence = text(
        _("What always holds"),
        rows=2,
        required=True,
        help_text=_("Like: revenue less cost is profit. Never tested."),
    )

    def offer(self, choices: Choices) -> None:
        self.choose("source", choices.objectives, none=_("Choose an objective"))
        self.choose("target", choices.objectives, none=_("Choose an objective"))


class UnitForm(DraftForm):
    draft_type = UnitDraft

    name = named()
    parent = one_of(_("Lies below"), required=False, help_text=_("Everything below it moves with it."))
    level = forms.CharField(
        label=_("Level"),
        max_length=64,
        help_text=_("Needed. What kind of unit it is: region, site, department."),
    )
    valid_from = day_field(
        _("Opens on"),
        help_text=_(
            "It owes values from then on. Empty on a new unit: as long as the unit above it, so that past periods "
            "lack its values too."
        ),
    )
    valid_to = day_field(_("Last day"), help_text=_("Closes the unit; its history stays."))

    def offer(self, choices: Choices) -> None:
        self.choose("parent", choices.units, none=_("Nothing: it stands above all"))
        self.fields["level"].widget.attrs["list"] = "levels"
        self.suggestions = choices.levels
        if not self.initial["level"] and not self.initial.get("edition"):  # a new one
            self.initial["level"] = choices.level_below(self.initial["parent"])


class AmountField(forms.DecimalField):
    """Money as pages write it: with the reader's own marks, and exact."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and value.strip():
            value = typed_amount(value)
            if value is None:
                raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return written_amount(value) if isinstance(value, Decimal) else value


def money(label: str | StrPromise) -> forms.DecimalField:
    """An amount in the organisation's currency."""
    return AmountField(
        label=label,
        required=False,
        min_value=0,
        max_digits=20,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )


class InitiativeForm(DraftForm):
    draft_type = InitiativeDraft
    sections = (
        (_("What is done"), ("name", "description", "objectives", "owner")),
        (_("When"), ("status", "start", "end", "milestones")),
        (_("What it costs"), ("budget", "spent")),
    )

    name = named()
    description = text(_("Description"))
    objectives = CheckList(label=_("Objectives it serves"), required=False)
    owner = one_of(_("Owner"), required=False)
    status = forms.ChoiceField(label=_("State"), choices=lists.STATUSES)
    start = day_field(_("Starts"))
    end = day_field(_("Ends"))
    milestones = RowsField(
        label=_("Milestones"),
        columns=(
            Column("name", _("Milestone"), forms.CharField(max_length=LONGEST_NAME), is_wide=True),
            Column("due", _("Due"), day_field(_("Due"), required=True)),
            Column("done", _("Reached on"), day_field(_("Reached on"))),
        ),
    )
    budget = money(_("Budget"))
    spent = money(_("Spent"))

    def offer(self, choices: Choices) -> None:
        self.choose("objectives", choices.objectives)
        self.choose("owner", choices.people, none=_("Nobody yet"))
        for name in ("budget", "spent"):
            self.fields[name].label = f"{self.fields[name].label} ({choices.currency})"


class OrganisationForm(DraftForm):
    draft_type = OrganisationDraft
    sections = (
        (_("Organisation"), ("name", "time_zone", "currency")),
        (_("Fiscal calendar"), ("kind", "start_month", "named_by")),
        (_("Only where months are weeks"), ("week_ends_on", "anchor_month", "year_end")),
    )

    name = named()
    time_zone = TimeZoneField(
        label=_("Time zone"), help_text=_("Type a city, such as Lisbon: it decides when a day ends.")
    )
    currency = forms.CharField(label=_("Currency"), max_length=3, help_text=_("Three letters, like EUR."))
    kind = forms.ChoiceField(label=_("Months"), choices=CALENDAR_KINDS)
    start_month = forms.ChoiceField(label=_("The fiscal year begins in"), choices=MONTHS)
    named_by = forms.ChoiceField(label=_("A fiscal year is named after"), choices=NAMED_BY, required=False)
    week_ends_on = forms.ChoiceField(label=_("A week ends on"), choices=WEEKDAYS)
    anchor_month = forms.ChoiceField(label=_("The fiscal year ends in"), choices=MONTHS)
    year_end = forms.ChoiceField(label=_("On which weekday of it"), choices=YEAR_ENDS)


def offer_in_rows(field: forms.Field, column: str, *, offered: list[lists.Choice]) -> None:
    """Offer these in one column of a field of rows; every form has its own copy of the columns."""
    assert isinstance(field, RowsField)
    cell = next(each for each in field.columns if each.name == column).field
    assert isinstance(cell, forms.ChoiceField)
    cell.choices = [("", ""), *dict(offered).items()]
