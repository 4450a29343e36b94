"""The strategy map of one unit and period as a person reads it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from fourfold.engine.finding import Finding
from fourfold.platform.ui.components import StatusMark
from fourfold.platform.ui.slots import SlotContent
from fourfold.scorecard.evaluation.pages.context import PageContext
from fourfold.scorecard.evaluation.pages.link_lines import LinkKind, LinkLine
from fourfold.scorecard.strategy.drawing import Arrow, BandBox, CardBox, Point

__all__ = ["MapBand", "MapCard", "MapEdge", "MapGroup", "MapObjective", "MapPage", "MapSheet", "ThemeChip"]


@dataclass(frozen=True, slots=True)
class MapBand:
    """A perspective's stripe with its score."""

    box: BandBox
    name: str
    score: float | None
    mark: StatusMark


@dataclass(frozen=True, slots=True)
class MapCard:
    """An objective's card; dimmed where another theme is chosen."""

    box: CardBox
    name: str
    score: float | None
    mark: StatusMark
    is_dimmed: bool


@dataclass(frozen=True, slots=True)
class MapEdge:
    """A link's arrow; `minus` is where a negative one carries its sign. `contents` come from the slot `map.edges`."""

    arrow: Arrow
    line: LinkLine
    is_dimmed: bool
    minus: Point | None = None
    contents: tuple[SlotContent, ...] = ()

    @property
    def is_identity(self) -> bool:
        """Drawn as two lines without an arrowhead."""
        return self.line.kind is LinkKind.IDENTITY


@dataclass(frozen=True, slots=True)
class MapSheet:
    """The drawing; lengths are user units, one to a CSS pixel at full size."""

    width: float
    height: float
    bands: tuple[MapBand, ...]
    edges: tuple[MapEdge, ...]
    cards: tuple[MapCard, ...]

    @property
    def has_feedback(self) -> bool:
        """Whether the legend explains a dashed line."""
        return any(edge.line.kind is LinkKind.FEEDBACK for edge in self.edges)

    @property
    def has_identities(self) -> bool:
        """Whether the legend explains a double line."""
        return any(edge.is_identity for edge in self.edges)

    @property
    def has_negatives(self) -> bool:
        """Whether the legend explains the minus."""
        return any(edge.line.is_negative for edge in self.edges)


@dataclass(frozen=True, slots=True)
class ThemeChip:
    """A theme one can follow through the map; choosing the chosen one again shows everything."""

    key: str
    name: str
    result: str
    objectives: int
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class MapObjective:
    """One objective in the list below the map, with what drives it and what it drives."""

    key: str
    name: str
    owner_name: str
    score: float | None
    mark: StatusMark
    is_dimmed: bool
    causes: tuple[LinkLine, ...]
    effects: tuple[LinkLine, ...]


@dataclass(frozen=True, slots=True)
class MapGroup:
    """The objectives of one perspective."""

    key: str
    name: str
    score: float | None
    mark: StatusMark
    objectives: tuple[MapObjective, ...]


@dataclass(frozen=True, slots=True)
class MapPage:
    """Everything on the page; `findings` is None for those who do not look after the map."""

    place: PageContext
    sheet: MapSheet
    themes: tuple[ThemeChip, ...]
    groups: tuple[MapGroup, ...]
    findings: tuple[Finding, ...] | None = None
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def theme(self) -> ThemeChip | None:
        """The chosen one."""
        return next((chip for chip in self.themes if chip.is_chosen), None)
