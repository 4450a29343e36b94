"""The two icons beside a status: shape, word and a sentence for whoever asks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType

from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from fourfold.engine.spc import Assurance, Variation
from fourfold.governance.signals.pages.control_points import PointMark
from fourfold.governance.signals.pages.wording import (
    assurance_hint,
    assurance_word,
    changed_hint,
    variation_hint,
    variation_word,
)
from fourfold.governance.signals.queries.judging import Standing
from fourfold.platform.ui.slots import SlotContent

__all__ = ["IconContent", "assurance_markup", "icons_markup", "point_markup", "point_shape"]

# On a field of 16 by 16; the same shapes as on the chart (control_drawing).
_POINTS: Mapping[PointMark, str] = MappingProxyType(
    {
        PointMark.COMMON: '<circle class="shape-line" cx="8" cy="8" r="6.2"/>'
        '<path class="shape-line" d="M4.6 8.6c1.1-2.2 2.2-2.2 3.4-.6s2.3 1.6 3.4-.6"/>',
        PointMark.IMPROVEMENT: '<rect class="shape-fill" x="2" y="2" width="12" height="12" rx="1.5"/>'
        '<path class="shape-cut" d="m4.9 8.2 2.2 2.2 4-4.6"/>',
        PointMark.CONCERN: '<path class="shape-fill shape-round" '
        'd="M4.5 2 8 5.5 11.5 2 14 4.5 10.5 8 14 11.5 11.5 14 8 10.5 4.5 14 2 11.5 5.5 8 2 4.5Z"/>',
        PointMark.NEUTRAL: '<path class="shape-fill shape-round" d="M8 1.5 14.5 8 8 14.5 1.5 8Z"/>',
    }
)
# A bar of limits and the target: beside it on the safe side, within it, beside it on the other.
_TARGETS: Mapping[Assurance, str] = MappingProxyType(
    {
        Assurance.CONSISTENTLY_MEET: '<path class="shape-line" d="M2 5.5h12M2 12.5h12"/>'
        '<path class="shape-line" d="m5 8.8 2 2 4.2-4.6"/>',
        Assurance.HIT_OR_MISS: '<path class="shape-line" d="M2 3.5h12M2 12.5h12"/>'
        '<path class="shape-line" d="M3 8h2.500M7 8h2M10.5 8H13"/>',
        Assurance.CONSISTENTLY_MISS: '<path class="shape-line" d="M2 3.5h12M2 12.5h12"/>'
        '<path class="shape-line" d="m6 6 4 4m0-4-4 4"/>',
    }
)


@dataclass(frozen=True, slots=True)
class IconContent(SlotContent):
    """Both icons without a template: a scorecard has them on every row."""

    def render(self, request: HttpRequest | None = None) -> str:
        """The markup; made once for every pair and language."""
        # `of` put these two in; a slot's values are any objects.
        return icons_markup(self.values["variation"], self.values["assurance"])  # type: ignore[arg-type]

    @classmethod
    def of(cls, standing: Standing) -> IconContent:
        """The icons of one measure, and the same in plain words for files."""
        words = [variation_word(standing.variation)]
        if standing.promised is not Assurance.NOT_COMPUTABLE:
            words.append(assurance_word(standing.promised))
        values = {
            "variation": standing.variation,
            "assurance": standing.assurance,
            "text": ", ".join(words).lower(),
        }
        return cls("signals/_icons.html", values)


def icons_markup(variation: Variation, assurance: Assurance) -> SafeString:
    """Shape and word of each, with its sentence as a tooltip; no second one while the process changes."""
    return _markup(variation, assurance, get_language())


def assurance_markup(assurance: Assurance) -> SafeString:
    """The second icon alone."""
    return _second(assurance, get_language())


@lru_cache(maxsize=256)
def _markup(variation: Variation, assurance: Assurance, language: str | None) -> SafeString:
    mark = PointMark.of(variation)
    is_withheld = variation.is_special and assurance is not Assurance.NOT_COMPUTABLE
    hint = variation_hint(variation)
    first = format_html(
        '<span class="signal-icon signal-{}" title="{}">{}{}</span>',
        mark.value,
        f"{hint} {changed_hint()}" if is_withheld else hint,
        point_shape(mark),
        variation_word(variation),
    )
    if is_withheld or assurance is Assurance.NOT_COMPUTABLE:
        return format_html('<span class="signal-icons">{}</span>', first)
    return format_html('<span class="signal-icons">{}{}</span>', first, _second(assurance, language))


@lru_cache(maxsize=64)
def _second(assurance: Assurance, _language: str | None) -> SafeString:
    return format_html(
        '<span class="signal-icon signal-{}" title="{}">{}{}</span>',
        assurance.code.replace("_", "-"),
        assurance_hint(assurance),
        _drawn(assurance.code, _TARGETS[assurance]),
        assurance_word(assurance),
    )


def point_markup(mark: PointMark, *, reason: str, is_excluded: bool) -> SafeString:
    """Shape and word of a period, or why it has no value."""
    if reason:
        return format_html('<span class="muted">{}</span>', reason)
    said = format_html(
        '<span class="signal-icon signal-{}">{}{}</span>', mark.value, point_shape(mark), mark.label
    )
    if not is_excluded:
        return said
    return format_html('{} <span class="muted">{}</span>', said, _("left out of the limits"))


def point_shape(mark: PointMark) -> SafeString:
    """The shape of a point, for the legend and the icon."""
    return _drawn(mark.value, _POINTS[mark])


def _drawn(name: str, shape: str) -> SafeString:
    return format_html(
        '<svg class="shape shape-signal-{}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">{}</svg>',
        name.replace("_", "-"),
        mark_safe(shape),  # noqa: S308  a constant of this file
    )
