"""What a change does to the findings about the whole: which are new, which stand, and which refuse it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext as now
from django.utils.translation import gettext_lazy as _

from fourfold.engine.checks import check_definitions
from fourfold.engine.definitions import Definitions
from fourfold.engine.finding import Evidence, Finding
from fourfold.engine.policies import PolicyWrong
from fourfold.platform.refusals import Refusal

__all__ = ["Consequences", "RulesBroken", "consequences", "found_in"]


class RulesBroken(Refusal):
    """The change breaks a rule that was kept before."""

    code, status = "RULES_BROKEN", 422
    sentence = _("{messages}")
    remedy = _("{remedies}")

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__(
            messages=" ".join(finding.message for finding in findings),
            remedies=" ".join(dict.fromkeys(finding.remedy for finding in findings)),
            rules=tuple(finding.rule for finding in findings),
        )
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Consequences:
    """`own`: what is said about the changed thing itself; `elsewhere`: what is new about others; `refused`: those
    critical ones that the change brings about."""

    own: tuple[Finding, ...]
    elsewhere: tuple[Finding, ...]
    refused: tuple[Finding, ...]

    def refuse(self) -> None:
        """Let nothing critical in that was not there before.

        Raises:
            RulesBroken: there is such a finding.
        """
        if self.refused:
            raise RulesBroken(self.refused)

    def as_told(self, seen: Consequences) -> Consequences:
        """What is refused stays refused; what is said is what is `seen` by whoever changes something."""
        refused = tuple(each if each in seen.refused else _unnamed(each) for each in self.refused)
        return replace(seen, refused=refused)


def _unnamed(finding: Finding) -> Finding:
    """Of things out of sight neither names nor numbers."""
    message = now("Together with something in a unit out of your sight this breaks a rule of the map.")
    remedy = now("Ask somebody who sees the whole organisation to look at it.")
    return replace(finding, message=message, remedy=remedy, evidence={})


def found_in(whole: Definitions) -> tuple[Finding, ...]:
    """Every structural finding; none where a policy itself is wrong (that is refused elsewhere)."""
    try:
        return check_definitions(whole)
    except PolicyWrong:
        return ()


def consequences(before: Definitions, after: Definitions, *, keys: Iterable[str]) -> Consequences:
    """Compare the findings before and after; `keys` are the changed thing's names in findings."""
    own_keys = frozenset(keys)
    known: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in found_in(before):
        known.setdefault(_name(finding), []).append(finding)
    found = found_in(after)
    new = tuple(each for each in found if not any(_covers(old, each) for old in known.get(_name(each), ())))
    return Consequences(
        own=tuple(finding for finding in found if finding.object_key in own_keys),
        elsewhere=tuple(finding for finding in new if finding.object_key not in own_keys),
        refused=tuple(finding for finding in new if finding.refuses),
    )


def _name(finding: Finding) -> tuple[str, str, str]:
    return finding.rule, finding.object_kind.value, finding.object_key


def _covers(old: Finding, new: Finding) -> bool:
    """Whether the old fault was at least as grave: what was wrong before does not forbid mending something else."""
    if new.refuses and not old.refuses:
        return False
    if isinstance(new.evidence.get("count"), int):
        return _distance(new) <= _distance(old)
    return all(_within(said, old.evidence.get(name)) for name, said in new.evidence.items())


def _within(new: Evidence, old: Evidence | None) -> bool:
    """Listed keys may become fewer; anything else must be what it was."""
    if isinstance(new, tuple) and isinstance(old, tuple):
        return set(new) <= set(old)
    return new == old


def _distance(finding: Finding) -> int:
    """How far a count lies outside its range; the count itself where no range is said."""
    count, low, high = (finding.evidence.get(name) for name in ("count", "from", "to"))
    assert isinstance(count, int)
    if not isinstance(low, int) or not isinstance(high, int):
        return count
    return max(0, low - count, count - high)
