"""The strategy map of one unit and period as a person reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from fourfold.engine.finding import Finding
from fourfold.engine.quantities import Status
from fourfold.platform.ui.components import StatusMark
from fourfold.platform.ui.slots import SlotContent
from fourfold.scorecard.evaluation.pages.context import PageContext
from fourfold.scorecard.evaluation.pages.strategy_map.link_lines import LinkKind, LinkLine
from fourfold.scorecard.strategy.drawing import Arrow, BandBox, CardBox, Point

__all__ = [
    "EdgeLook",
    "MapBand",
    "MapCard",
    "MapEdge",
    "MapGroup",
    "MapObjective",
    "MapPage",
    "MapSheet",
    "ThemeChip",
]


LIGHT_COLOURS: Mapping[Status, str] = MappingProxyType(
    {Status.GREEN: "#08705e", Status.AMBER: "#975400", Status.RED: "#b5232c", Status.GREY: "#56637a"}
)
"""The light theme's status colours (tokens.css), for the drawing as a file of its own."""

MARK_FROM_END, MARK_FROM_START = 19.0, 12.0
"""Between the arrowhead and the first bend of every arrow; between the card and the bend after it (user units)."""

WIDEST_SQUEEZED = 1250.0
"""A sheet up to here keeps its letters above ten pixels on a screen of 1440."""


@dataclass(frozen=True, slots=True)
class MapBand:
    """A perspective's stripe with its score."""

    box: BandBox
    name: str
    score: float | None
    mark: StatusMark

    @property
    def colour(self) -> str:
        """What the drawing has where no style sheet reaches it."""
        return LIGHT_COLOURS[self.mark.status]

    @property
    def score_top(self) -> float:
        """Below the lines of name and question."""
        names, questions = len(self.box.name_lines), len(self.box.question_lines)
        return 27.0 + 18.0 * (names - 1) + (18.0 + 15.0 * (questions - 1) if questions else 0.0) + 9.0


@dataclass(frozen=True, slots=True)
class MapCard:
    """An objective's card; dimmed where another theme is chosen."""

    box: CardBox
    name: str
    score: float | None
    mark: StatusMark
    is_dimmed: bool
    marks: tuple[SlotContent, ...] = ()

    @property
    def note(self) -> str:
        """What stands after the status's word: the plain words of the slot `objective.marks`."""
        return ", ".join(content.text for content in self.marks if content.text)

    @property
    def colour(self) -> str:
        """What the drawing has where no style sheet reaches it."""
        return LIGHT_COLOURS[self.mark.status]

    @property
    def name_top(self) -> float:
        """The first base line: a single line stands lower, three begin higher."""
        return {1: 29.0, 2: 22.0}.get(len(self.box.name_lines), 18.0)

    @property
    def name_step(self) -> float:
        """From one base line to the next."""
        return 13.5 if len(self.box.name_lines) > 2 else 16.5

    @property
    def ring(self) -> tuple[float, float]:
        """Width and height of the ring that shows the keyboard's place, three units outside the card."""
        return self.box.width + 6.0, self.box.height + 6.0

    @property
    def foot(self) -> float:
        """The base line of status and score; higher where a note stands below it."""
        return self.box.height - (16.0 if self.note else 12.0)

    @property
    def note_foot(self) -> float:
        """The base line of the note."""
        return self.box.height - 5.5

    @property
    def mark_top(self) -> float:
        """Where the status's shape begins, level with its word."""
        return self.foot - 11.0

    @property
    def stripe_end(self) -> float:
        """Where the stripe's lower corner begins."""
        return self.box.height - 8.0

    @property
    def score_right(self) -> float:
        """Where the score ends."""
        return self.box.width - 13.0


PLAIN_COLOUR = "#6f7d92"
"""An arrow of which nothing more is known."""


@dataclass(frozen=True, slots=True)
class EdgeLook:
    """How an arrow is drawn, as the slot `map.edges` says: a word, and line and mark that say it without colour.

    `mark` is SVG path data in a box of 16, empty for an arrow without one.
    """

    state: str = ""
    word: str = ""
    colour: str = PLAIN_COLOUR
    dash: str = ""
    width: str = "1.5"
    mark: str = ""
    text: str = ""
    address: str = ""

    @classmethod
    def of(cls, contents: Sequence[SlotContent]) -> EdgeLook:
        """The last content that says so; nothing special without any."""
        said = next((content.values for content in reversed(contents) if "state" in content.values), {})
        return cls(**{name: str(said[name]) for name in cls.__slots__ if name in said})


@dataclass(frozen=True, slots=True)
class MapEdge:
    """A link's arrow; `minus` is where a negative one carries its sign, `mark_at` where the look's mark stands."""

    arrow: Arrow
    line: LinkLine
    is_dimmed: bool
    minus: Point | None = None
    look: EdgeLook = field(default_factory=EdgeLook)

    @property
    def mark_at(self) -> Point:
        """Just before the arrowhead; where the sign stands there, just after the beginning."""
        if self.minus is None:
            return self.arrow.before_the_end(MARK_FROM_END)
        return self.arrow.after_the_start(MARK_FROM_START)

    @property
    def dash(self) -> str:
        """Feedback keeps its own dashes."""
        return "5 4" if self.line.kind is LinkKind.FEEDBACK else self.look.dash

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
    def view_width(self) -> float:
        """The width with a hair around it, so that no border is cut."""
        return self.width + 2.0

    @property
    def view_height(self) -> float:
        """The height with the same."""
        return self.height + 2.0

    @property
    def is_wide(self) -> bool:
        """Too wide to be read when squeezed into a page; it scrolls instead."""
        return self.width > WIDEST_SQUEEZED

    @property
    def statuses(self) -> tuple[Status, ...]:
        """Whose shapes the legend explains, best first."""
        drawn = {card.mark.status for card in self.cards} | {band.mark.status for band in self.bands}
        return tuple(status for status in Status if status in drawn)

    @property
    def has_dimmed(self) -> bool:
        """Whether the legend explains what is faint."""
        return any(card.is_dimmed for card in self.cards)

    @property
    def has_feedback(self) -> bool:
        """Whether the legend explains a dashed line."""
        return any(edge.line.kind is LinkKind.FEEDBACK for edge in self.edges)

    @property
    def looks(self) -> tuple[EdgeLook, ...]:
        """How arrows look that the legend explains, each once, in the order they are first met."""
        return tuple({edge.look.state: edge.look for edge in self.edges if edge.look.mark}.values())

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
    marks: tuple[SlotContent, ...] = ()


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

    @property
    def theme(self) -> ThemeChip | None:
        """The chosen one."""
        return next((chip for chip in self.themes if chip.is_chosen), None)

    @property
    def listed(self) -> tuple[MapGroup, ...]:
        """The groups with the objectives of the chosen theme alone."""
        left = (
            replace(group, objectives=tuple(each for each in group.objectives if not each.is_dimmed))
            for group in self.groups
        )
        return tuple(group for group in left if group.objectives)

    @property
    def objective_keys(self) -> list[str]:
        """Every card's objective, in order: what the slot `objective.marks` answers for."""
        return [card.box.key for card in self.sheet.cards]

    @property
    def report_keys(self) -> list[str]:
        """What the slot `report.notes` answers for: the objectives of the list below the map."""
        return [f"objective/{each.key}" for group in self.listed for each in group.objectives]

    @property
    def causal_keys(self) -> list[str]:
        """Every causal link's `source>target`, in order: what the slot `map.edges` answers for."""
        return [edge.line.key for edge in self.sheet.edges if not edge.is_identity]
