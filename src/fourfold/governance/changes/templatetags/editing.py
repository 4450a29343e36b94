"""Tags of the editing pages: `{% load editing %}`. Each costs string work only, never a query."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BoundField
from django.template.loader import render_to_string
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from fourfold.engine.finding import Finding, ObjectKind, Severity
from fourfold.governance.changes.drafts.kind import Dependant, Kind
from fourfold.platform.ui.templatetags.fourfold import form_field

register = template.Library()

SEVERITY_WORDS: dict[Severity, str | Promise] = {
    Severity.INFO: _("note"),
    Severity.MINOR: _("minor"),
    Severity.MAJOR: _("major"),
    Severity.CRITICAL: _("critical"),
}
KIND_WORDS: dict[str, str | Promise] = {
    "unit": _("unit"),
    "objective": _("objective"),
    "measure": _("measure"),
    "initiative": _("initiative"),
    "person": _("person"),
    "value": _("values"),
    "causal-link": _("causal link"),
    "identity-link": _("identity link"),
    "elsewhere": _("elsewhere"),
}


@register.simple_tag
def draft_field(field: BoundField) -> SafeString:
    """A field of an editing form; several controls that are one field stand in a fieldset."""
    if field.use_fieldset:
        return render_to_string("changes/_field.html", {"field": field})
    return form_field(field)


@register.filter
def severity_word(severity: Severity) -> str:
    """How grave a finding is, in a word."""
    return str(SEVERITY_WORDS[severity])


@register.filter
def kind_word(kind: str) -> str:
    """What a person calls the kind of thing."""
    return str(KIND_WORDS.get(kind, kind))


@register.filter
def finding_address(finding: Finding) -> str:
    """Where what a finding speaks of is edited; empty where nothing is."""
    if finding.object_kind is ObjectKind.STRATEGY_MAP:
        return reverse("changes:overview")
    key = finding.object_key.replace(" → ", ".")
    return _edited_at(finding.object_kind.value.replace("_", "-"), key)


@register.filter
def dependant_address(dependant: Dependant) -> str:
    """Where something that names a thing is edited; empty where that is not offered."""
    return _edited_at(dependant.kind, dependant.key)


def _edited_at(kind: str, key: str) -> str:
    try:
        return reverse(f"changes:{kind}", kwargs={"key": key})
    except NoReverseMatch:
        return ""


@register.filter
def list_address(kind: Kind[Any, Any]) -> str:
    """Where all of a kind are listed."""
    return reverse(f"changes:{kind.name}-list")


@register.filter
def new_address(kind: Kind[Any, Any]) -> str:
    """Where a new one is added."""
    return reverse(f"changes:{kind.name}-new")


@register.simple_tag
def edit_address(kind: Kind[Any, Any], key: str) -> str:
    """Where one is edited."""
    return reverse(f"changes:{kind.name}", kwargs={"key": key})


@register.simple_tag
def move_address(kind: Kind[Any, Any], key: str) -> str:
    """Where one is moved."""
    return reverse(f"changes:{kind.name}-move", kwargs={"key": key})
