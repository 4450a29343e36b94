"""The journal of one reader, a leaf at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.urls import reverse
from django.utils.translation import gettext as _

from fourfold.engine.calendar import FiscalCalendar, PeriodUnknown
from fourfold.engine.definitions import Definitions
from fourfold.engine.quantities import Status
from fourfold.governance.journal.pages.sentences import COUNTED, KINDS, THINGS, kind_named, sentence
from fourfold.governance.journal.queries.reading import Wanted, known_events, known_names
from fourfold.governance.journal.queries.sight import Happening, sight_of, units_named
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.roles import ROLE_NAMES, Role
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.audit.canonical import Json
from fourfold.platform.audit.queries import Verdict, verify_chain
from fourfold.platform.periods.models import PeriodState
from fourfold.platform.ui.tables import Column, ColumnKind, Table
from fourfold.scorecard.evaluation.queries.current import known

__all__ = ["JournalLine", "JournalPage", "journal_table", "read_journal", "read_proof"]

LEAF = 50
"""Lines of one page."""

MOST_IN_A_FILE = 5_000

_TALKED_ABOUT = ("objective", "measure", "initiative")


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One event in words. `address` leads to what was said; empty where no page stands for it."""

    seq: int
    at: datetime
    actor: str
    who: str
    kind: str
    object: str
    units: tuple[str, ...]
    sentence: str
    address: str


@dataclass(frozen=True, slots=True)
class JournalPage:
    """A leaf. `reads_more_than_own` is False for whoever sees only own acts and things."""

    lines: tuple[JournalLine, ...]
    older: int | None
    wanted: Wanted
    reads_more_than_own: bool
    can_verify: bool
    verdict: Verdict | None = None

    @property
    def people(self) -> tuple[tuple[str, str], ...]:
        """Key and name of everybody on this leaf, for the filter to suggest."""
        return tuple(sorted({(line.actor, line.who) for line in self.lines if line.actor}))

    @property
    def kinds(self) -> tuple[tuple[str, str], ...]:
        """Every kind of event there is a sentence for."""
        return tuple((kind, kind_named(kind)) for kind in KINDS)


def read_journal(
    scope: Scope, wanted: Wanted, *, at: datetime, at_most: int = LEAF, is_verifying: bool = False
) -> JournalPage:
    """The latest events that this person may see. Constant queries; with the proof, one pass over the whole journal.

    Raises:
        NotFounded; NotPermitted: the proof is not theirs to ask for.
    """
    with known(at) as cube:
        definitions, calendar = cube.book.definitions, cube.book.timeline.calendar
    leaf = known_events(
        sight_of(scope, at=at), wanted, zone=definitions.organisation.time_zone, at_most=at_most
    )
    writer = _Writer.of(definitions, leaf.events, calendar=calendar)
    return JournalPage(
        lines=tuple(writer.line(event) for event in leaf.events),
        older=leaf.older,
        wanted=wanted,
        reads_more_than_own=scope.may(Act.VIEW_JOURNAL),
        can_verify=scope.may(Act.VERIFY_AUDIT),
        verdict=read_proof(scope) if is_verifying else None,
    )


def read_proof(scope: Scope) -> Verdict:
    """Whether the chain holds.

    Raises:
        NotPermitted.
    """
    scope.require_to(Act.VERIFY_AUDIT)
    return verify_chain()


def journal_table(page: JournalPage) -> Table:
    """The same lines to take away."""
    columns = (
        Column(_("Number"), ColumnKind.NUMBER, decimals=0),
        Column(_("Time (UTC)")),
        Column(_("Person key")),
        Column(_("Person")),
        Column(_("Kind")),
        Column(_("Object")),
        Column(_("Units")),
        Column(_("What happened")),
    )
    rows = [
        (
            line.seq,
            line.at.isoformat(timespec="seconds"),
            line.actor,
            line.who,
            line.kind,
            line.object,
            " ".join(line.units),
            line.sentence,
        )
        for line in page.lines
    ]
    return Table(_("Journal"), columns, rows)


class _Named(Protocol):
    """Whatever the definitions call by a name."""

    @property
    def key(self) -> str: ...

    @property
    def name(self) -> str: ...


@dataclass(frozen=True, slots=True)
class _Writer:
    """The names that sentences are made of."""

    people: Mapping[str, str]
    units: Mapping[str, str]
    things: Mapping[str, str]
    calendar: FiscalCalendar

    @classmethod
    def of(
        cls, definitions: Definitions, events: Iterable[Happening], *, calendar: FiscalCalendar
    ) -> _Writer:
        keys = {event.actor for event in events}
        keys |= {
            event.object.removeprefix("person/") for event in events if event.object.startswith("person/")
        }
        named: dict[str, Iterable[_Named]] = {
            "objective": definitions.objectives,
            "measure": definitions.measures,
            "initiative": definitions.initiatives,
            "perspective": definitions.perspectives,
            "theme": definitions.themes,
        }
        things = {f"{kind}/{each.key}": each.name for kind, all_ in named.items() for each in all_}
        units = {each.key: each.name for each in definitions.units}
        return cls(known_names(keys), units, things, calendar)

    def line(self, event: Happening) -> JournalLine:
        who = self.people.get(event.actor, event.actor) or _("The installation")
        said = {name: self._worded(name, value) for name, value in event.details.items()}
        return JournalLine(
            seq=event.seq,
            at=event.at,
            actor=event.actor,
            who=who,
            kind=event.action,
            object=event.object,
            units=tuple(sorted(units_named(event))),
            sentence=sentence(event.action, who=who, thing=self._thing(event.object), said=said),
            address=_address(event),
        )

    def _thing(self, name: str) -> str:
        kind, _slash, key = name.partition("/")
        if kind == "person":
            return self.people.get(key, key)
        if kind == "unit":
            return self.units.get(key, key)
        if kind == "period":  # its month stands in the sentence already
            return self.units.get(key.rpartition("/")[2], key)
        called = self.things.get(name)
        shown = f"“{called}”" if called else key
        return f"{THINGS[kind]} {shown}" if kind in THINGS else name

    def _worded(self, name: str, value: Json) -> str:
        if isinstance(value, list):
            return ", ".join(self._worded(name, each) for each in value)
        text = "" if value is None else str(value)
        if name in ("status", "computed") and text in list(Status):
            return Status(text).label
        if name in _PERIODS:
            return self._period(text)
        if name in COUNTED and text.isdecimal():
            return COUNTED[name](int(text))
        if name == "role" and text in list(Role):
            return str(ROLE_NAMES[Role(text)])
        if name in ("before", "state") and text in PeriodState.values:
            return str(PeriodState(text).label).lower()
        return self.units.get(text, text) if name in ("unit", "units") else text

    def _period(self, text: str) -> str:
        """As pages call it; of another calendar than today's, its key."""
        try:
            return self.calendar.label(self.calendar.parse_grain(text))
        except PeriodUnknown:
            return text


_PERIODS = frozenset({"first", "last", "month", "period"})


def _address(event: Happening) -> str:
    """Where what was said stands: whatever names a unit and a period of something one talks about."""
    kind, _slash, key = event.object.partition("/")
    unit, period = event.details.get("unit"), event.details.get("period")
    if kind not in _TALKED_ABOUT or not (isinstance(unit, str) and isinstance(period, str)):
        return ""
    if not (unit and period and key):
        return ""
    return reverse("annotations:talk", kwargs={"subject": kind, "key": key, "unit": unit, "period": period})
