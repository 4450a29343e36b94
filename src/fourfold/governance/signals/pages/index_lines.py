"""The indices of capability, each written with its interval and what it means."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite

from django.utils.translation import gettext as _

from fourfold.engine.capability import Capability, FittedCapability
from fourfold.platform.ui.numbers import display_number

__all__ = ["IndexLine", "fitted_lines", "index_lines"]


@dataclass(frozen=True, slots=True)
class IndexLine:
    """One index. `low` and `high` are its 95 % interval; None where it has none."""

    name: str
    meaning: str
    value: float
    low: float | None = None
    high: float | None = None

    @property
    def text(self) -> str:
        """To two decimals, as indices are written."""
        return display_number(self.value, decimals=2).text

    @property
    def interval(self) -> str:
        """From and to; empty without one."""
        if self.low is None or self.high is None:
            return ""
        return f"{display_number(self.low, decimals=2).text} – {display_number(self.high, decimals=2).text}"


def index_lines(found: Capability) -> tuple[IndexLine, ...]:
    """What the process can do (spread between neighbours), then what it did (spread of all values)."""
    within, overall = found.within, found.overall
    lines = (
        _line("Cp", _("can do: width asked for ÷ own width"), found.cp[0], within.spread_interval),
        _line("Cpk", _("can do: to the nearer limit"), found.cpk[0], within.centred_interval),
        _line("Pp", _("did: width asked for ÷ own width"), found.pp[0], overall.spread_interval),
        _line("Ppk", _("did: to the nearer limit"), found.ppk[0], overall.centred_interval),
        _line("Cpm", _("did: also off the wanted value"), found.cpm[0], None),
    )
    return tuple(line for line in lines if line is not None)


def fitted_lines(found: FittedCapability) -> tuple[IndexLine, ...]:
    """The indices of a process that is not normal, by percentiles (Clements)."""
    lines = (
        IndexLine("Cp", _("width asked for ÷ own width"), found.cp) if found.cp is not None else None,
        IndexLine("Cpk", _("to the nearer limit"), found.cpk),
    )
    return tuple(line for line in lines if line is not None)


def _line(name: str, meaning: str, value: float, interval: object) -> IndexLine | None:
    """None for an index that is not there: one limit open, or no wanted value."""
    if not isfinite(float(value)):
        return None
    if not isinstance(interval, tuple):
        return IndexLine(name, meaning, float(value))
    low, high = (float(end[0]) for end in interval)
    return IndexLine(name, meaning, float(value), low, high)
