"""A strategy map in a few lines of text, so that a test shows the map it talks about."""

from __future__ import annotations

from fourfold.engine.calendar import FiscalCalendar, Frequency
from fourfold.engine.definitions import (
    CausalLink,
    ContributionMode,
    Definitions,
    EvidenceState,
    IdentityLink,
    Initiative,
    InitiativeStatus,
    Measure,
    MeasureRole,
    MeasureVersion,
    Objective,
    ObjectiveShare,
    Organisation,
    Perspective,
    Strategy,
    Theme,
    Thresholds,
    Tier,
    Unit,
    UnitSelector,
    WeightFrom,
)
from fourfold.engine.quantities import AggregationKind, GoalType, Weight

EVER = (WeightFrom(Weight(1.0)),)


def sketch(text: str) -> Definitions:
    """Read one statement a line.

    `perspective NAME: objective …` from the top down · `theme NAME: objective …` · `a -> b` causal, `a ~> b` feedback,
    `a == b` identity · `unit NAME [in PARENT]: objective …` declares objectives there (otherwise the first unit) ·
    `a serves b` cascades · `measure NAME[!]: objective …` (! for the executive tier) · `initiative NAME: objective …`.
    """
    read = _Sketch()
    for line in filter(None, (line.strip() for line in text.splitlines())):
        read.take(line)
    return read.definitions()


def link(
    source: str, target: str, *, feedback: bool = False, hypothesis: str = "because", lag: int | None = 3
):
    return CausalLink(source, target, 1, lag, "moderate", EvidenceState.ASSERTED, hypothesis, feedback)


class _Sketch:
    def __init__(self) -> None:
        self.perspectives: dict[str, list[str]] = {}
        self.themes: dict[str, list[str]] = {}
        self.units: dict[str, tuple[str | None, list[str]]] = {"acme": (None, [])}
        self.measures: dict[str, list[str]] = {}
        self.initiatives: dict[str, list[str]] = {}
        self.links: list[CausalLink] = []
        self.identities: list[IdentityLink] = []
        self.serves: list[tuple[str, str]] = []

    def take(self, line: str) -> None:
        if ":" in line:
            self._take_list(*(part.split() for part in line.split(":")))
            return
        source, joint, target = line.split()
        if joint == "serves":
            self.serves.append((source, target))
        elif joint == "==":
            self.identities.append(IdentityLink(source, target, "profit is revenue less cost"))
        else:
            self.links.append(link(source, target, feedback=joint == "~>"))

    def _take_list(self, head: list[str], members: list[str]) -> None:
        kind, name = head[0], head[1]
        if kind == "unit":
            self.units[name] = (head[3] if len(head) > 2 else "acme", members)
        else:
            getattr(self, f"{kind}s")[name] = members

    def definitions(self) -> Definitions:
        return Definitions(
            organisation=Organisation("acme", "Acme", "UTC", "EUR", FiscalCalendar()),
            units=tuple(Unit(key, key.title(), parent, "any") for key, (parent, _) in self.units.items()),
            strategy=Strategy("Vision", "Mission", (), None, None),
            perspectives=tuple(Perspective(name, name.title()) for name in self.perspectives),
            themes=tuple(Theme(name, name.title()) for name in self.themes),
            objectives=tuple(self._objectives()),
            causal_links=tuple(self.links),
            identity_links=tuple(self.identities),
            measures=tuple(_measure(name, objectives) for name, objectives in self.measures.items()),
            targets=(),
            initiatives=tuple(_initiative(name, objectives) for name, objectives in self.initiatives.items()),
            people=(),
        )

    def _objectives(self):
        for perspective, keys in self.perspectives.items():
            for key in keys:
                yield Objective(
                    key=key,
                    name=f"Improve the {key} steadily",
                    description="It gets better. It covers everything.",
                    perspective=perspective,
                    themes=tuple(name for name, members in self.themes.items() if key in members),
                    owner=None,
                    units=UnitSelector(self._unit_of(key)),
                    weights=EVER,
                    contributes_to=tuple(
                        (b, ContributionMode.CONTRIBUTORY) for a, b in self.serves if a == key
                    ),
                )

    def _unit_of(self, key: str) -> str:
        return next((name for name, (_, members) in self.units.items() if key in members), "acme")


def _measure(name: str, objectives: list[str]) -> Measure:
    tier = Tier.EXECUTIVE if name.endswith("!") else Tier.MANAGEMENT
    scored = (AggregationKind.FLOW, "EUR", GoalType.MAXIMISE, Frequency.MONTH, Thresholds())
    version = MeasureVersion(1, None, *scored, MeasureRole.LAG, tier, None, None, "")
    shares = tuple(ObjectiveShare(objective, EVER) for objective in objectives)
    return Measure(name.rstrip("!"), name.rstrip("!").title(), shares, UnitSelector("acme"), (version,))


def _initiative(name: str, objectives: list[str]) -> Initiative:
    return Initiative(name, name.title(), None, tuple(objectives), None, None, InitiativeStatus.ACTIVE)
