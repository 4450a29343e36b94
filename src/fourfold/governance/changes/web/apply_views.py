"""The page that applies measures to many units: choose, look, apply."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from fourfold.governance.changes.actions.apply_scorecard import (
    Application,
    apply_scorecard,
    propose_application,
)
from fourfold.governance.changes.pages.apply_page import ApplyChoices, apply_choices
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.refusals import Refusal

__all__ = ["ApplyForm", "apply"]


class ApplyForm(forms.Form):
    """Measures, units, and where targets come from."""

    measures = forms.MultipleChoiceField(required=False)
    units = forms.MultipleChoiceField(required=False)
    levels = forms.MultipleChoiceField(required=False)
    source = forms.ChoiceField(
        required=False,
        label=gettext_lazy("Targets"),
        help_text=gettext_lazy("Copied only where a unit has none; else left empty."),
    )
    first_period = forms.CharField(
        required=False,
        max_length=20,
        label=gettext_lazy("First period owed"),
        help_text=gettext_lazy(
            "What ended before it the new units do not owe. Empty: all periods since the measure began."
        ),
    )
    reason = forms.CharField(required=False, max_length=500, label=gettext_lazy("Reason"))

    def __init__(self, choices: ApplyChoices, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        self.choices = choices
        self._offer("measures", [each for group in choices.groups for each in group.measures])
        self._offer("units", [(unit.key, unit.name) for unit in choices.units])
        self._offer("levels", [(level, level) for level in choices.levels])
        copies = [(unit.key, _("Copy those of {unit}").format(unit=unit.name)) for unit in choices.units]
        self._offer("source", [("", _("Leave empty")), *copies])

    def _offer(self, name: str, listed: list[tuple[str, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = listed

    def ticked(self, name: str) -> list[str]:
        """What is chosen of a list, to draw its boxes."""
        return list(self[name].value() or [])

    @property
    def application(self) -> Application:
        """What was asked: the units ticked, and all of the levels ticked."""
        said = self.cleaned_data
        units = [
            unit.key
            for unit in self.choices.units
            if unit.key in said["units"] or unit.level in said["levels"]
        ]
        return Application(
            tuple(said["measures"]),
            tuple(units),
            said["source"],
            said["reason"].strip(),
            said["first_period"].strip(),
        )


@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: ScopedRequest) -> HttpResponse:
    """Look first, then apply; whatever is refused, what was chosen stays."""
    choices = apply_choices(request.scope, at=request.received_at)
    initial = {"measures": request.GET.getlist("measure"), "first_period": choices.running}
    form = ApplyForm(choices, request.POST or None, initial=initial)
    if request.method != "POST" or not form.is_valid():
        return _page(request, form)
    try:
        if request.POST.get("step") != "save":
            plan = propose_application(form.application, scope=request.scope, at=request.received_at)
            return _page(request, form, plan=plan)
        done = apply_scorecard(form.application, scope=request.scope, at=request.received_at)
    except Refusal as refusal:
        return _page(request, form, refusal=refusal)
    count = sum(1 for measure in done.measures if measure.added)
    messages.success(request, _("Applied: {count} measures came to new units.").format(count=count))
    return HttpResponseRedirect(reverse("changes:apply"))


def _page(
    request: ScopedRequest, form: ApplyForm, *, plan: object = None, refusal: Refusal | None = None
) -> HttpResponse:
    shown = {
        "form": form,
        "choices": form.choices,
        "plan": plan,
        "refusal": refusal,
        "ticked": {name: form.ticked(name) for name in ("measures", "units", "levels")},
    }
    status = refusal.status if refusal else 422 if form.errors else 200
    return render(request, "changes/apply.html", shown, status=status)
