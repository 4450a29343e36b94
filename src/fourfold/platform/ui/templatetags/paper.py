"""Tags for documents: the same drawings with their colours inside. `{% load paper %}`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django import template
from django.utils.safestring import SafeString

from fourfold.engine.quantities import Status
from fourfold.platform.ui.components import Series
from fourfold.platform.ui.documents.ink import FACES, inked
from fourfold.platform.ui.drawings import history
from fourfold.platform.ui.drawings.gauge import gauge
from fourfold.platform.ui.drawings.marks import status_shape
from fourfold.platform.ui.drawings.sparkline import sparkline
from fourfold.platform.ui.numbers import ValueFormat

register = template.Library()


@register.simple_tag
def faces() -> str:
    """The fonts of documents and of drawings that leave, in the order they are asked."""
    return FACES


@register.simple_tag
def inked_gauge(
    score: float | None, status: Status, *, borders: Sequence[float], ceiling: float, label: str
) -> SafeString:
    """A score on its half ring."""
    return inked(gauge(score, status=status, borders=borders, ceiling=ceiling, label=label))


@register.simple_tag
def inked_shape(status: Status) -> SafeString:
    """The shape of a status; its word stands beside it."""
    return inked(status_shape(status))


@register.filter
def on_paper(markup: str) -> SafeString:
    """A slot's markup with the shape in it coloured for paper."""
    return inked(markup) if "<svg" in markup else SafeString(markup)


@register.simple_tag
def inked_spark(series: Series, status: Status) -> SafeString:
    """A measure's last periods; nothing where there is no value."""
    if all(value is None for value in series.values):
        return SafeString("")
    return inked(sparkline(series, status=status))


@register.simple_tag
def inked_line(place: int) -> SafeString:
    """A piece of the line at that place of the legend."""
    return inked(history.line_sample(place))


@register.simple_tag
def inked_history(shown: history.ScoreHistory, *, title: str) -> SafeString:
    """The scores of several things over time."""
    return inked(history.history_chart(shown, width=1076, height=152, title=title))


@register.simple_tag
def said_of(contents: Mapping[str, str], beginning: str) -> bool:
    """Whether a slot says anything about the things whose keys begin like this."""
    return any(said for key, said in contents.items() if key.startswith(beginning))


@register.filter
def value_text(value: float | None, form: ValueFormat) -> str:
    """A measure's value with its unit, as everywhere."""
    return str(form.shown(value))
