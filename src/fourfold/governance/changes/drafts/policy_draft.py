"""A policy: what the organisation decides where METHOD leaves it a choice (METHOD §0.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import Definitions, PolicyValue
from fourfold.engine.policies import POLICIES
from fourfold.governance.changes.drafts.kind import Building, FieldRefused, Kind, Noun
from fourfold.governance.changes.drafts.policy_words import CHOOSING
from fourfold.platform.accounts.permissions import Act

__all__ = ["BOUNDS", "POLICY", "Bounds", "PolicyDraft", "bounds_of", "counts_for_the_past", "decided"]


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a number may be: from, to, whether only whole ones; and what it means in words."""

    low: float
    high: float
    is_whole: bool
    meaning: str | Promise

    @classmethod
    def share(cls, meaning: str | Promise) -> Bounds:
        """A part of one."""
        return cls(0.0, 1.0, False, meaning)

    @classmethod
    def count(cls, meaning: str | Promise, *, low: int = 1, high: int = 1000) -> Bounds:
        """So many of something."""
        return cls(low, high, True, meaning)


BOUNDS: Mapping[str, Bounds] = MappingProxyType(
    {
        "align.sum_tolerance": Bounds.share(
            _("How far targets below may miss their parent's, as a share of it.")
        ),
        "map.max_objectives.warn": Bounds.count(_("More objectives than this are remarked on.")),
        "map.max_objectives.refuse": Bounds.count(_("More objectives than this are refused.")),
        "scorecard.exec_measure_budget": Bounds.count(_("So many executive measures and no more.")),
        "measure.per_objective_max.warn": Bounds.count(
            _("More measures under one objective are remarked on.")
        ),
        "measure.per_objective_max.refuse": Bounds.count(_("More measures under one objective are refused.")),
        "balance.lead_share_min": Bounds.share(_("So much of the measures' weight should look ahead.")),
        "balance.financial_share_max": Bounds.share(
            _("More of the weight in the financial perspective is remarked on.")
        ),
        "balance.lead_coverage_min": Bounds.share(_("So many of the outcomes should have a lead measure.")),
        "balance.evenness_min": Bounds.share(
            _("How evenly the perspectives should weigh; 1 when all weigh the same.")
        ),
        "leadlag.min_n.refuse": Bounds.count(
            _("Fewer periods are not tested for leading and lagging."), low=3
        ),
        "leadlag.min_n.caution": Bounds.count(_("Fewer periods are tested with a caution."), low=3),
        "leadlag.alpha": Bounds.share(_("The chance of a false lead that is accepted.")),
        "fdr.q": Bounds.share(_("The share of false discoveries that is accepted.")),
        "spc.min_points.trial": Bounds.count(_("Points before trial limits are drawn."), low=2),
        "spc.min_points.firm": Bounds.count(_("Points before limits are firm."), low=2),
        "spc.baseline": Bounds.count(
            _("Limits stay as the first so many points of a segment make them."), low=8
        ),
        "exceptions.latest": Bounds.count(_("So many latest points are looked at for exceptions."), high=24),
        "exceptions.most": Bounds.count(_("So many exceptions are told; the others are listed."), high=50),
        "exceptions.red_periods": Bounds.count(_("Off target for so many periods is an exception."), high=24),
        "capability.min_n.refuse": Bounds.count(_("Fewer values give no capability."), low=2),
        "capability.min_n.caution": Bounds.count(_("Fewer values give a capability with a caution."), low=2),
        "forecast.min_points": Bounds.count(_("Fewer values after a break are not forecast."), low=8),
        "forecast.likely": Bounds.share(_("A target is called likely from this probability on.")),
        "forecast.unlikely": Bounds.share(_("A target is called unlikely below this probability.")),
        "score.coverage_min": Bounds.share(
            _("The share of weight that must be scored before a score is shown.")
        ),
        "score.default_red_share": Bounds.share(_("Red begins at this share of the target, by default.")),
        "status.hysteresis_share": Bounds.share(
            _("How far past a border a score goes before its status changes.")
        ),
        "status.hysteresis_periods": Bounds.count(
            _("So many periods past a border change the status."), high=12
        ),
        "reconcile.unexplained_max": Bounds.share(_("The unexplained share that two sources may differ by.")),
        "anonymity.n_min": Bounds.count(_("Fewer answers are not shown."), low=3),
        "anonymity.comments_min": Bounds.count(_("Comments of fewer people are not shown."), low=3),
        "survey.relationship_gap_days": Bounds.count(
            _("Days between two relationship surveys of one person.")
        ),
        "survey.any_gap_days": Bounds.count(_("Days between any two surveys of one person.")),
        "review.action_ack_hours": Bounds.count(_("Business hours to acknowledge an action.")),
        "materiality.share": Bounds.share(_("The share of its target beyond which a deviation matters.")),
        "strategic.residual_share": Bounds.share(_("The unexplained share that makes a variance strategic.")),
        "ewma.weight": Bounds(0.01, 1.0, False, _("The weight of the newest value in a moving average.")),
        "ewma.width": Bounds(
            0.5, 6.0, False, _("How far the limits of a moving average lie, in its standard deviations.")
        ),
        "cusum.k": Bounds(0.0, 5.0, False, _("The slack of the cumulative sum, in standard deviations.")),
        "cusum.h": Bounds(0.1, 20.0, False, _("The border of the cumulative sum, in standard deviations.")),
        "entry.remind_days": Bounds.count(
            _("Days before it is due that a value is reminded of."), low=0, high=365
        ),
        "entry.grace_days": Bounds.count(
            _("Days after it was due before a value is overdue."), low=0, high=365
        ),
        "change.overlap_periods": Bounds.count(
            _("Periods that old and new method of a measure overlap."), high=60
        ),
    }
)
"""What each number may be. METHOD gives the defaults; the bounds keep out what cannot be meant."""

UNBOUNDED = Bounds(0.0, 1_000_000.0, False, "")
"""For a policy that another room brought and nobody has bounded yet."""

PAIRS = (
    ("map.max_objectives.warn", "map.max_objectives.refuse"),
    ("measure.per_objective_max.warn", "measure.per_objective_max.refuse"),
    ("leadlag.min_n.refuse", "leadlag.min_n.caution"),
    ("spc.min_points.trial", "spc.min_points.firm"),
    ("spc.min_points.trial", "spc.baseline"),
    ("capability.min_n.refuse", "capability.min_n.caution"),
    ("forecast.unlikely", "forecast.likely"),
)
"""The first is at most the second."""


@dataclass(frozen=True, slots=True)
class PolicyDraft:
    """As typed. `understood` is ticked where every page of the past is scored anew; `key` is not typed."""

    key: str = ""
    value: str = ""
    reason: str = ""
    understood: bool = False

    @property
    def choices(self) -> tuple[str, ...]:
        """The words it may be; none where it is a number."""
        return POLICIES[self.key].choices

    @property
    def meaning(self) -> str:
        """What it decides, and what holds where nobody did."""
        words = CHOOSING.get(self.key) or ("" if POLICIES[self.key].choices else bounds_of(self.key).meaning)
        by_default = str(_("By default {value}.")).format(value=POLICIES[self.key].default)
        return f"{words} {by_default}".strip()

    @property
    def counts_for_the_past(self) -> bool:
        """Whether past periods are shown with it too."""
        return counts_for_the_past(self.key)


class _PolicyKind(Kind[PolicyValue, PolicyDraft]):
    name = "policy"
    noun = Noun(_("Policy"), _("Policies"), _("Policy"))
    act = Act.EDIT_POLICIES

    def find(self, whole: Definitions, key: str) -> PolicyValue | None:
        """What counts; version 0 is the default nobody has decided about."""
        if key not in POLICIES:
            return None
        return decided(whole).get(key) or PolicyValue(key, POLICIES[key].default, version=0)

    def drafted(self, thing: PolicyValue) -> PolicyDraft:
        return PolicyDraft(thing.key, thing.value)

    def blank(self, whole: Definitions) -> PolicyDraft:
        return PolicyDraft()

    def new_key(self, draft: PolicyDraft, whole: Definitions) -> str:
        raise FieldRefused("value", _("Policies are given; choose one from the list."))

    def build(self, draft: PolicyDraft, into: Building[PolicyValue]) -> PolicyValue:
        before = into.before
        assert before is not None  # there is no new one
        if draft.value == before.value:
            return before
        _refuse_value(into.key, draft.value)
        _refuse_pair(into.key, draft.value, whole=into.whole)
        if counts_for_the_past(into.key) and not draft.understood:
            raise FieldRefused(
                "understood", _("Past periods are shown with the new value too: say that you mean it.")
            )
        return PolicyValue(into.key, draft.value, version=before.version + 1, reason=draft.reason)

    def put(self, whole: Definitions, thing: PolicyValue) -> Definitions:
        known = {(each.key, each.scope, each.version) for each in whole.policies}
        if thing.version == 0 or (thing.key, thing.scope, thing.version) in known:
            return whole
        return replace(whole, policies=(*whole.policies, thing))

    def titled(self, thing: PolicyValue) -> str:
        return thing.key


def bounds_of(key: str) -> Bounds:
    """What the number of this policy may be."""
    return BOUNDS.get(key, UNBOUNDED)


def decided(whole: Definitions) -> dict[str, PolicyValue]:
    """What the organisation decided, by key: the highest version."""
    found: dict[str, PolicyValue] = {}
    for value in whole.policies:
        if value.scope == "org" and (value.key not in found or found[value.key].version <= value.version):
            found[value.key] = value
    return found


def counts_for_the_past(key: str) -> bool:
    """Whether pages of past periods are computed with it."""
    return key.startswith(("score.", "status."))


def _refuse_value(key: str, value: str) -> None:
    policy = POLICIES[key]
    if policy.choices:
        if value not in policy.choices:
            raise FieldRefused("value", _("Choose one of the values."))
        return
    bounds = bounds_of(key)
    number = _number(value)
    if number is None or (bounds.is_whole and not number.is_integer()):
        raise FieldRefused(
            "value", _("Write a whole number.") if bounds.is_whole else _("Write a number, like 0.75.")
        )
    if not bounds.low <= number <= bounds.high:
        message = str(_("Write a number from {low:g} to {high:g}."))
        raise FieldRefused("value", message.format(low=bounds.low, high=bounds.high))


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if abs(number) < float("inf") else None


def _refuse_pair(key: str, value: str, *, whole: Definitions) -> None:
    known = decided(whole)
    for lower, upper in PAIRS:
        if key not in (lower, upper):
            continue
        other = upper if key == lower else lower
        standing = float(known[other].value if other in known else POLICIES[other].default)
        if (float(value) > standing) if key == lower else (float(value) < standing):
            message = str(_("“{other}” is {standing:g}; this must not be {relation} it."))
            relation = _("above") if key == lower else _("below")
            raise FieldRefused("value", message.format(other=other, standing=standing, relation=relation))


POLICY = _PolicyKind()
