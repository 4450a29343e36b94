"""The pages on which limits are decided."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from fourfold.governance.signals.actions.choose_chart import Choice, choose_chart
from fourfold.governance.signals.actions.mark_special_cause import SpecialCause, mark_special_cause
from fourfold.governance.signals.actions.rebase_limits import Rebase, rebase_limits
from fourfold.governance.signals.actions.set_specification import Asked, set_specification
from fourfold.governance.signals.actions.withdraw_decision import withdraw_decision
from fourfold.governance.signals.pages.decision_page import DecisionPage, read_decision_page
from fourfold.governance.signals.queries.decisions import DecisionKind
from fourfold.governance.signals.queries.series import ChartPlace
from fourfold.governance.signals.web.forms import (
    ChartForm,
    DecisionForm,
    RebaseForm,
    SpecialCauseForm,
    SpecificationForm,
)
from fourfold.platform.accounts.scope import ScopedRequest
from fourfold.platform.refusals import Refusal

__all__ = ["chart_kind", "rebase", "special_cause", "specification", "withdraw"]

KEPT = (409, 412, 422)
"""Refusals after which the form comes back with what was typed."""

KINDS: Mapping[type[DecisionForm], DecisionKind] = {
    RebaseForm: DecisionKind.REBASE,
    SpecialCauseForm: DecisionKind.SPECIAL_CAUSE,
    SpecificationForm: DecisionKind.SPECIFICATION,
    ChartForm: DecisionKind.CHART,
}

WORDS: Mapping[type[DecisionForm], Mapping[str, str | Promise]] = {
    RebaseForm: {
        "heading": gettext_lazy("Begin the limits anew"),
        "explained": gettext_lazy(
            "Do this when the process was changed on purpose and the change has lasted. Limits are then made of the "
            "values that follow; what was before keeps its own. It is kept in the journal, and can be withdrawn."
        ),
        "button": gettext_lazy("Begin the limits anew"),
        "done": gettext_lazy("The limits begin anew. The decision stands beside the chart."),
    },
    SpecialCauseForm: {
        "heading": gettext_lazy("Mark a special cause"),
        "explained": gettext_lazy(
            "Do this when you know what happened and that it will not belong to the process again. The values stay on "
            "the chart with a ring; no limits are made of them. It is kept in the journal, and can be withdrawn."
        ),
        "button": gettext_lazy("Mark the special cause"),
        "done": gettext_lazy("The special cause is marked; limits are made without it."),
    },
    SpecificationForm: {
        "heading": gettext_lazy("Set specification limits"),
        "explained": gettext_lazy(
            "Which values can whoever receives the work use? The page then shows whether the process is capable of "
            "them, once it is stable and has enough values. It is kept in the journal, and can be withdrawn."
        ),
        "button": gettext_lazy("Set the specification"),
        "done": gettext_lazy("The specification is set; the page compares the process with it."),
    },
    ChartForm: {
        "heading": gettext_lazy("Choose the chart"),
        "explained": gettext_lazy(
            "The chart follows from what a measure's numbers are. Only you know what they count: the cases or the days "
            "from one rare event to the next need a chart of their own, because most of them are short and few are "
            "very long. And where a small shift that lasts would matter, an EWMA or a CUSUM sees it sooner than "
            "single values do. It is kept in the journal, and can be withdrawn."
        ),
        "button": gettext_lazy("Choose this chart"),
        "done": gettext_lazy("The chart is chosen. The decision stands beside it."),
    },
}


@require_http_methods(["GET", "HEAD", "POST"])
def rebase(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """From when limits begin anew, and why."""

    def act(said: Mapping[str, object]) -> int:
        wanted = Rebase(str(said["period"]), str(said["reason"]))
        return rebase_limits(measure, unit, rebase=wanted, scope=request.scope, at=request.received_at)

    return _answer(request, ChartPlace(measure, unit, period), kind=RebaseForm, act=act)


@require_http_methods(["GET", "HEAD", "POST"])
def special_cause(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """Which stretch is left out of the limits, and what happened."""

    def act(said: Mapping[str, object]) -> int:
        cause = SpecialCause(str(said["period"]), str(said["last"]), str(said["reason"]))
        return mark_special_cause(measure, unit, cause=cause, scope=request.scope, at=request.received_at)

    return _answer(request, ChartPlace(measure, unit, period), kind=SpecialCauseForm, act=act)


@require_http_methods(["GET", "HEAD", "POST"])
def specification(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """What is asked of the process, from when on, and by whom."""

    def act(said: Mapping[str, object]) -> int:
        lower, upper, target = (_number(said[name]) for name in ("lower", "upper", "target"))
        asked = Asked(str(said["period"]), lower, upper, target, str(said["reason"]))
        return set_specification(measure, unit, asked=asked, scope=request.scope, at=request.received_at)

    return _answer(request, ChartPlace(measure, unit, period), kind=SpecificationForm, act=act)


@require_http_methods(["GET", "HEAD", "POST"])
def chart_kind(request: ScopedRequest, *, measure: str, unit: str, period: str) -> HttpResponse:
    """Which chart is right, and why."""

    def act(said: Mapping[str, object]) -> int:
        choice = Choice(str(said["chart"]), str(said["reason"]))
        return choose_chart(measure, unit, choice=choice, scope=request.scope, at=request.received_at)

    return _answer(request, ChartPlace(measure, unit, period), kind=ChartForm, act=act)


@require_POST
def withdraw(request: ScopedRequest, *, measure: str, unit: str, period: str, decision: int) -> HttpResponse:
    """A decision is not meant any more."""
    withdraw_decision(measure, unit, decision=decision, scope=request.scope, at=request.received_at)
    messages.success(request, _("The decision is withdrawn; the chart is as it was without it."))
    return HttpResponseRedirect(_back(ChartPlace(measure, unit, period)))


def _answer(
    request: ScopedRequest,
    place: ChartPlace,
    *,
    kind: type[DecisionForm],
    act: Callable[[Mapping[str, object]], int],
) -> HttpResponse:
    """The form; posted, the decision is made, or the form comes back as typed with what stands against it."""
    page = read_decision_page(place, scope=request.scope, at=request.received_at)
    form = kind(
        request.POST if request.method == "POST" else None,
        periods=page.periods,
        initial=page.suggested(KINDS[kind]),
    )
    refusal: Refusal | None = None
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data)
        except Refusal as refused:
            if refused.status not in KEPT:
                raise
            refusal = refused
        else:
            messages.success(request, str(WORDS[kind]["done"]))
            return HttpResponseRedirect(_back(place))
    return _form_page(request, page, form=form, refusal=refusal)


def _form_page(
    request: ScopedRequest, page: DecisionPage, *, form: DecisionForm, refusal: Refusal | None
) -> HttpResponse:
    status = refusal.status if refusal else 422 if form.is_bound else 200
    shown = {"page": page, "form": form, "refusal": refusal, "words": WORDS[type(form)]}
    return render(request, "signals/decide.html", shown, status=status)


def _back(place: ChartPlace) -> str:
    page = reverse("scorecard:measure", args=[place.measure, place.unit, place.period])
    return f"{page}#signals"


def _number(said: object) -> float | None:
    return said if isinstance(said, float) else None
