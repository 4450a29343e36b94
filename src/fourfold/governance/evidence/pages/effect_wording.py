"""Whether the outcome moved in time after its lead reached the target, in sentences made of the numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fourfold.engine.calendar import FiscalCalendar
from fourfold.engine.time_to_effect import HELD
from fourfold.governance.evidence.models import LinkTest
from fourfold.governance.evidence.pages.wording import LinkNames, periods_of
from fourfold.platform.ui.numbers import ValueFormat

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

__all__ = ["FINDINGS", "EffectTold", "effect_told", "theme_sentence"]

FINDINGS = ("no", "against")
"""What is worth a finding: the lead is where it should be, and its outcome is not on the way."""

_WORDS: Mapping[str, str | StrPromise] = {
    "yes": gettext_lazy("moved in time"),
    "no": gettext_lazy("did not move"),
    "against": gettext_lazy("moved the other way"),
    "already": gettext_lazy("was moving before"),
    "waiting": gettext_lazy("the lag is not over"),
    "not_reached": gettext_lazy("lead not at its target yet"),
    "": gettext_lazy("cannot be said"),
}


@dataclass(frozen=True, slots=True)
class EffectTold:
    """`moved` is empty where nothing can be said; `day` names the period in which the lead came to its target."""

    moved: str
    word: str
    sentence: str
    reached: str = ""

    @property
    def is_finding(self) -> bool:
        """Whether somebody should look at it."""
        return self.moved in FINDINGS


def effect_told(
    test: LinkTest | None, names: LinkNames, *, form: ValueFormat, calendar: FiscalCalendar
) -> EffectTold | None:
    """None where no test looked at it.

    Args:
        form: how the outcome's values are written.
    """
    facts: dict[str, Any] | None = test.facts.get("effect") if test else None
    if test is None or facts is None:
        return None
    if facts["why"]:
        said = _WHY_NOT.get(facts["why"], _WHY_NOT["missing_required"])
        return EffectTold("", str(_WORDS[""]), str(said) % {"x": names.x, "y": names.y})
    moved = facts["moved"]
    words: dict[str, Any] = {"x": names.x, "y": names.y, "lag": _within(test, facts["lag"])}
    words["held"] = periods_of(test.frequency, HELD)
    for name in ("reached", "until", "signal", "fell_short"):
        words[name] = calendar.label(calendar.parse_grain(facts[name])) if facts.get(name) else ""
    for name in ("before", "after", "lower", "upper"):
        words[name] = str(form.shown(facts.get(name)))
    return EffectTold(moved, str(_WORDS[moved]), " ".join(_sentences(moved, words)), words["reached"])


def _sentences(moved: str, words: Mapping[str, Any]) -> list[str]:
    if moved == "not_reached":
        return [_("“%(x)s” was never short of its target and then held it for %(held)s.") % words]
    head = _reached(words)
    if moved == "waiting":
        return [head, _("Whether “%(y)s” moves can be said after %(until)s.") % words]
    said = str(_DID[moved]) % words
    means = _(
        "On average %(before)s before, %(after)s until %(until)s; natural limits %(lower)s to %(upper)s."
    )
    return [head, said, means % words]


def _reached(words: Mapping[str, Any]) -> str:
    """No more than was tested: three periods in a row, and whether it was short of it again later."""
    if words["fell_short"]:
        return (
            _(
                "“%(x)s” reached its target in %(reached)s and held it for %(held)s; in %(fell_short)s it was short of "
                "it again."
            )
            % words
        )
    return _("“%(x)s” reached its target in %(reached)s and held it for %(held)s.") % words


_DID: Mapping[str, str | StrPromise] = {
    "yes": gettext_lazy("“%(y)s” moved the expected way %(lag)s: a signal in %(signal)s."),
    "against": gettext_lazy("“%(y)s” moved the other way %(lag)s: a signal in %(signal)s."),
    "already": gettext_lazy(
        "“%(y)s” gave a signal in %(signal)s, but it was on its way there before: that says nothing of the lead."
    ),
    "no": gettext_lazy("“%(y)s” did not move %(lag)s: nothing that could be told from its noise."),
}

_WHY_NOT: Mapping[str, str | StrPromise] = {
    "too_few_points": gettext_lazy(
        "“%(x)s” reached its target when “%(y)s” had too few values to know its natural limits."
    ),
    "no_variation": gettext_lazy("“%(y)s” did not vary before: it has no natural limits."),
    "missing_required": gettext_lazy("“%(y)s” has no value within the lag."),
    "no_target": gettext_lazy("“%(x)s” has no target here that it could have reached."),
    "no_direction": gettext_lazy("Nobody said whether more or less of “%(x)s” is wanted."),
    "overlapping": gettext_lazy(
        "A rolling or to-date value moves long after what moved it; the flow behind it would tell."
    ),
}


def _within(test: LinkTest, lag: int) -> str:
    if lag == 0:
        return _("in the same period")
    return _("within %(lag)s") % {"lag": periods_of(test.frequency, lag)}


def theme_sentence(found: Sequence[EffectTold | None]) -> str:
    """How many outcomes of a theme moved in time; the theme's check in one sentence (METHOD §3.8)."""
    counts = Counter(each.moved for each in found if each is not None)
    over = sum(counts[each] for each in ("yes", "no", "against"))
    if not over:
        return _("No lead of this theme has reached its target long enough ago to tell.")
    words = {"moved": counts["yes"], "over": over}
    said = ngettext(
        "%(moved)d of %(over)d outcome moved in time: its lead reached the target, and the lag is over.",
        "%(moved)d of %(over)d outcomes moved in time: their leads reached the targets, and the lags are over.",
        over,
    )
    return said % words
