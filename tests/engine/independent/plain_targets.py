"""What is wanted of a unit on a page (METHOD §2.6, §2.7; DESIGN §5 Targets; decision 0007)."""

from __future__ import annotations

from collections import defaultdict

from fourfold.engine.definitions import Measure, MeasureVersion, Target
from tests.engine.independent.plain_organisation import Organisation
from tests.engine.independent.plain_time import Page, whole_periods
from tests.engine.independent.plain_values import RATIOS, Values


def on_trajectory(target: Target, ordinal: int) -> float | None:
    """The wanted value at one native period."""
    points = [(point.period.ordinal, point.value) for point in target.points]
    for period, value in points:
        if period == ordinal:
            return value
    before = [point for point in points if point[0] < ordinal]
    after = [point for point in points if point[0] > ordinal]
    kind = target.trajectory.value
    if not before or (not after and kind != "step"):
        return None
    (start, first), (stop, last) = before[-1], after[0] if after else before[-1]
    if kind in ("step", "milestone"):
        return first
    share = (ordinal - start) / (stop - start)
    if kind == "linear":
        return first + (last - first) * share
    return float(first * ((last / first) ** (1 / (stop - start))) ** (ordinal - start))


class Targets:
    """Every target, own, inherited or summed from the children."""

    def __init__(self, organisation: Organisation, values: Values):
        self.organisation, self.values = organisation, values
        self._native: dict[tuple[str, str, int], float | None] = {}
        self.written: dict[tuple[str, str], list[Target]] = defaultdict(list)
        for target in organisation.definitions.targets:
            if target.segment is None:
                self.written[target.measure, target.unit].append(target)

    def native(self, measure: Measure, unit: str, ordinal: int) -> float | None:
        """The target of one native period: own, else the children's sum, else the nearest ancestor's."""
        key = (measure.key, unit, ordinal)
        if key not in self._native:
            self._native[key] = self._found(measure, unit, ordinal)
        return self._native[key]

    def _found(self, measure: Measure, unit: str, ordinal: int) -> float | None:
        for target in self.written[measure.key, unit]:
            own = on_trajectory(target, ordinal)
            if own is not None:
                return own
        if measure.versions[-1].kind.is_additive:
            return self._sum_of_children(measure, unit, ordinal)
        for ancestor in list(self.organisation.lineage(unit))[1:]:
            for target in self.written[measure.key, ancestor]:
                inherited = on_trajectory(target, ordinal)
                if inherited is not None:
                    return inherited
        return None

    def _sum_of_children(self, measure: Measure, unit: str, ordinal: int) -> float | None:
        organisation = self.organisation
        frequency = measure.versions[-1].frequency.value
        children = [
            child
            for child in organisation.children[unit]
            if organisation.any_selected(measure, child) and organisation.is_alive(child, frequency, ordinal)
        ]
        wanted = [self.native(measure, child, ordinal) for child in children]
        return None if not wanted or None in wanted else sum(wanted)

    def wanted(self, measure: Measure, version: MeasureVersion, unit: str, page: Page) -> float | None:
        """The target to date, by the value's own operator; of the whole page where nothing is owed yet."""
        periods = list(self.values.cell(measure.key, unit, page).periods)
        periods = periods or whole_periods(version.frequency.value, page)
        targets = [(p, self.native(measure, unit, p)) for p in periods]
        known = [(p, value) for p, value in targets if value is not None]
        if not known or len(known) < len(targets):
            return None
        if version.kind.value == "flow":
            return sum(value for _, value in known)
        if version.kind.value in RATIOS and "rolling" not in (version.formula or ""):
            return self._weighted(measure, version, unit, known)
        return {"min": min, "max": max}.get(version.kind.value, lambda several: several[-1])(
            [v for _, v in known]
        )

    def _weighted(
        self, measure: Measure, version: MeasureVersion, unit: str, known: list[tuple[int, float]]
    ) -> float:
        """A ratio's targets weighted by the denominators of their periods; the last one where nothing weighs."""
        if len(known) == 1:
            return known[0][1]
        weights = [self.values.denominator(measure, version, unit, p) for p, _ in known]
        total = sum(weights)
        if total == 0:
            return known[-1][1]
        return sum(value * weight for (_, value), weight in zip(known, weights, strict=True)) / total
