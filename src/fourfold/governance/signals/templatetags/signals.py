"""Tags that draw marks of signals: `{% load signals %}`. String work only, never a query."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from fourfold.engine.spc import Assurance, Variation
from fourfold.governance.signals.pages import icon_marks
from fourfold.governance.signals.pages.control_points import ControlPoint, PointMark
from fourfold.platform.ui.numbers import display_number

register = template.Library()


@register.simple_tag
def mark_shape(mark: PointMark) -> SafeString:
    """The shape of a point; its word stands beside it."""
    return icon_marks.point_shape(mark)


@register.simple_tag
def point_word(point: ControlPoint) -> SafeString:
    """What a row of the table says of its period."""
    return icon_marks.point_markup(point.mark, reason=point.reason, is_excluded=point.is_excluded)


@register.simple_tag
def variation_icon(variation: Variation) -> SafeString:
    """The first icon with its word."""
    return icon_marks.icons_markup(variation, Assurance.NOT_COMPUTABLE)


@register.simple_tag
def assurance_icon(assurance: Assurance) -> SafeString:
    """The second icon with its words."""
    return icon_marks.assurance_markup(assurance)


@register.simple_tag
def sigmas(sum_of_deviations: float | None) -> str:
    """A sum of a CUSUM, in sigma."""
    return display_number(sum_of_deviations, decimals=1).text
