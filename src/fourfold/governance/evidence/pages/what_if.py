"""Move one measure, and see what the tested links would make of it: a simulation, and labelled so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from fourfold.engine.leadlag import Carried, LinksInCircle, Reached, Slope, Verdict, propagate
from fourfold.folder.mapping.numbers import NumberProblem
from fourfold.governance.evidence.models import LinkTest
from fourfold.governance.evidence.pages.far_changes import AskedChange, caution_about, impossible
from fourfold.governance.evidence.pages.panel_wording import slopes_apart, steep
from fourfold.governance.evidence.pages.reading import Evidence
from fourfold.governance.evidence.pages.wording import LinkNames
from fourfold.platform.ui.numbers import DisplayNumber, ValueFormat, display_change
from fourfold.platform.ui.typed_numbers import read_typed_number

__all__ = ["SimulatedChange", "Stop", "WhatIf", "what_if"]

CARRY = (Verdict.SUPPORTED, Verdict.INCONCLUSIVE)
LONGEST = 40


@dataclass(frozen=True, slots=True)
class SimulatedChange:
    """One measure further along; `is_sure` where the interval leaves out no change; `numbers` are unrounded."""

    measure: str
    name: str
    change: DisplayNumber
    low: DisplayNumber
    high: DisplayNumber
    steps: int
    is_sure: bool
    numbers: Reached


@dataclass(frozen=True, slots=True)
class Stop:
    """A link that carries nothing, and why."""

    source: str
    target: str
    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class WhatIf:
    """`refused` says why this link carries nothing; `problem` what is wrong with what was typed.

    `apart` says that the units below tell another slope, `caution` that the change is larger than what was measured.
    """

    measure: str
    name: str
    unit_of_measure: str
    typed: str
    refused: str = ""
    problem: str = ""
    rows: tuple[SimulatedChange, ...] = ()
    stops: tuple[Stop, ...] = ()
    apart: str = ""
    caution: str = ""


def what_if(key: str, evidence: Evidence, *, typed: str, formats: Mapping[str, ValueFormat]) -> WhatIf | None:
    """From the cause's measure of one link along all tested links of the map. None where the link has no measures.

    Args:
        typed: the change as the reader wrote it; empty: nothing is simulated yet.
        formats: how each measure's values are written.
    """
    test = evidence.test(key)
    if test is None or not test.x:
        return None
    unit = display_change(1.0, unit_of_measure=formats.get(test.x, ValueFormat()).unit_of_measure).unit
    asked = WhatIf(test.x, evidence.measures.get(test.x, test.x), unit, typed[:LONGEST])
    if refused := _why_not(evidence, key):
        return replace(asked, refused=refused)
    asked = replace(asked, apart=_apart(test, evidence.names(key), evidence=evidence, formats=formats))
    if not typed:
        return asked
    delta, problem = _typed_change(typed[:LONGEST])
    change = _change(test, delta, evidence=evidence, formats=formats)
    if problem := problem or impossible(change):
        return replace(asked, problem=problem)
    return _simulated(
        replace(asked, caution=caution_about(change)), change, evidence=evidence, formats=formats
    )


def _apart(
    test: LinkTest, names: LinkNames, *, evidence: Evidence, formats: Mapping[str, ValueFormat]
) -> str:
    x, y = (formats.get(each, ValueFormat()) for each in (test.x, test.y))
    add_up = (evidence.adds_up(test.x), evidence.adds_up(test.y))
    return slopes_apart(test, names, forms=(x, y), add_up=add_up)


def _change(
    test: LinkTest, delta: float, *, evidence: Evidence, formats: Mapping[str, ValueFormat]
) -> AskedChange:
    """A test from before kept nothing of what was seen."""
    seen = test.facts["slope"].get("seen", {})
    name, form = evidence.measures.get(test.x, test.x), formats.get(test.x, ValueFormat())
    return AskedChange(delta, name, form, seen=seen, possible=evidence.possible(test.x))


def _simulated(
    asked: WhatIf, change: AskedChange, *, evidence: Evidence, formats: Mapping[str, ValueFormat]
) -> WhatIf:
    carried = list(_carried(evidence))
    try:
        found = propagate(asked.measure, change.delta, links=carried)
    except LinksInCircle:
        circle = _("The tested links lead in a circle: a change would come back to itself.")
        return replace(asked, refused=circle)
    rows = tuple(_row(each, reached, evidence=evidence, formats=formats) for each, reached in found.items())
    return replace(asked, rows=rows, stops=tuple(_stops(evidence, reached=(asked.measure, *found))))


def _typed_change(typed: str) -> tuple[float, str]:
    """The number, and what is wrong with it."""
    delta, problem = read_typed_number(typed)
    if problem is not NumberProblem.NONE:
        return delta, _("“%(text)s” is not a number.") % {"text": typed}
    if delta == 0.0:
        return delta, _("No change here is no change further on. Type by how much it should move.")
    return delta, ""


def _row(
    key: str, reached: Reached, *, evidence: Evidence, formats: Mapping[str, ValueFormat]
) -> SimulatedChange:
    form = formats.get(key, ValueFormat())
    return SimulatedChange(
        measure=key,
        name=evidence.measures.get(key, key),
        change=steep(reached.change, form),
        low=steep(reached.low, form),
        high=steep(reached.high, form),
        steps=reached.steps,
        is_sure=reached.low > 0.0 or reached.high < 0.0,
        numbers=reached,
    )


def _carried(evidence: Evidence) -> Iterator[Carried]:
    """One link a pair of measures: two arrows tested on the same pair would count its slope twice."""
    seen = set()
    for key in evidence.links:
        test = evidence.test(key)
        if test is None or _why_not(evidence, key) or (test.x, test.y) in seen:
            continue
        seen.add((test.x, test.y))
        slope = test.facts["slope"]
        yield Carried(test.x, test.y, Slope(slope["value"], slope["error"], slope["degrees"]))


def _why_not(evidence: Evidence, key: str) -> str:
    """Why a link carries no change; empty where it does."""
    test = evidence.test(key)
    if test is None:
        return _("it has not been tested")
    if test.verdict == Verdict.CONTRADICTED:
        return _("the data contradict it")
    if test.verdict == Verdict.NOT_TESTABLE:
        return _("it is not testable")
    if evidence.links[key].feedback:
        return _("it is feedback, which would lead in a circle")
    slope = test.facts.get("slope")
    if slope is None:
        return _("its last test took no slope; test the links again")
    if slope["why"]:
        return _("its numbers do not give a slope")
    return ""


def _stops(evidence: Evidence, *, reached: Sequence[str]) -> Iterator[Stop]:
    """The links at which the simulation ends although the map goes on."""
    arrived: dict[str, set[str]] = {}
    for key in evidence.links:
        test = evidence.test(key)
        if test is not None and not _why_not(evidence, key) and test.x in reached:
            arrived.setdefault(test.target, set()).add(test.y)
            arrived.setdefault(test.source, set()).add(test.x)
    for key, link in evidence.links.items():
        if link.source not in arrived:
            continue
        reason = _why_not(evidence, key) or _other_measure(evidence.test(key), reached, evidence=evidence)
        if reason:
            names = evidence.names(key)
            yield Stop(names.source, names.target, key, reason)


def _other_measure(test: LinkTest | None, reached: Sequence[str], *, evidence: Evidence) -> str:
    if test is None or test.x in reached:
        return ""
    name = evidence.measures.get(test.x, test.x)
    return _("it is tested on another measure, “%(name)s”") % {"name": name}
