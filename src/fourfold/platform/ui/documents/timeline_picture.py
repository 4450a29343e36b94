"""What runs from when until when as a picture that explains itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fourfold.platform.ui.documents.framed_picture import LegendEntry, framed_picture
from fourfold.platform.ui.drawings.timeline import Timeline, timeline_chart

__all__ = ["timeline_picture"]

_WIDTH = 1040
_KINDS: Mapping[str, Promise] = MappingProxyType(
    {
        "planned": gettext_lazy("Planned"),
        "active": gettext_lazy("Active"),
        "late": gettext_lazy("Late"),
        "done": gettext_lazy("Done"),
        "stopped": gettext_lazy("Stopped"),
    }
)
_STONES: Mapping[str, Promise] = MappingProxyType(
    {
        "done": gettext_lazy("Milestone reached"),
        "open": gettext_lazy("Milestone to come"),
        "late": gettext_lazy("Milestone late"),
    }
)


def timeline_picture(timeline: Timeline, *, title: str, under: str) -> SafeString:
    """An SVG of its own in the light colours, with a legend of what is in it."""
    drawing = timeline_chart(timeline, width=_WIDTH, title=title)
    return framed_picture(drawing, title=title, under=under, legend=list(_legend(timeline)))


def _legend(timeline: Timeline) -> Iterator[LegendEntry]:
    kinds = {bar.kind for bar in timeline.bars}
    for kind, name in _KINDS.items():
        if kind in kinds:
            bar = f'<g class="timeline-bar is-{kind}"><rect x="1" y="1" width="24" height="12" rx="3"/></g>'
            yield LegendEntry(bar, str(name))
    states = {stone.state for bar in timeline.bars for stone in bar.milestones}
    for state, name in _STONES.items():
        if state in states:
            yield LegendEntry(f'<path class="timeline-stone is-{state}" d="M13 1l6 6-6 6-6-6Z"/>', str(name))
    if timeline.span[0] <= timeline.today <= timeline.span[1]:
        yield LegendEntry('<path class="timeline-today" d="M13 0V14"/>', _("Today"))
