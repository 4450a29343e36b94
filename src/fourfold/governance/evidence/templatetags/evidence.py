"""Tags that draw evidence: `{% load evidence %}`. String work only, never a query."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fourfold.governance.evidence.pages.forest import Forest, forest_chart

register = template.Library()


@register.simple_tag
def forest(shown: Forest, *, width: int, kind: str = "") -> SafeString:
    """Slopes of units; `kind` is a class that says at which width of screen it is shown."""
    return forest_chart(shown, width=width, title=_("Slopes of the units below"), kind=kind)
