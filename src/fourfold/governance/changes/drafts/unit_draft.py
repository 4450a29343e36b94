"""A unit of the tree: name, place, level, and since when until when it exists."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from fourfold.engine.definitions import Definitions, Unit
from fourfold.governance.changes.drafts.kind import (
    Building,
    Dependant,
    Facts,
    FieldRefused,
    ListedKind,
    Noun,
    days_in_order,
    root_of,
)
from fourfold.governance.changes.drafts.naming import slugged
from fourfold.governance.changes.drafts.taken_since import forgotten_unit
from fourfold.governance.changes.drafts.unit_spans import (
    UnitDaysInFinalPeriod,
    UnitMovedInFinalPeriod,
    UnitRetiredInFinalPeriod,
    spans_of_days,
    spans_of_move,
)
from fourfold.platform.accounts.permissions import Act

__all__ = ["UNITS", "UnitDraft", "tree_order"]


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """As typed; an empty `parent` is the root's."""

    name: str = ""
    parent: str = ""
    level: str = ""
    valid_from: date | None = None
    valid_to: date | None = None


CLOSES_FIRST = _("It closes before it opens.")


class _UnitKind(ListedKind[Unit, UnitDraft]):
    name = "unit"
    noun = Noun(_("Unit"), _("Units"), _("Add a unit"))
    act = Act.EDIT_UNITS
    part = "units"
    is_ordered = True
    crossings = (days_in_order("valid_from", "valid_to", message=CLOSES_FIRST),)

    def drafted(self, thing: Unit) -> UnitDraft:
        return UnitDraft(thing.name, thing.parent or "", thing.level, thing.valid_from, thing.valid_to)

    def blank(self, whole: Definitions) -> UnitDraft:
        return UnitDraft(parent=root_of(whole))

    def begun(self, draft: UnitDraft, *, month: date, facts: Facts) -> UnitDraft:
        """From this month on, so that it owes nothing of the past; before the first value there is no past to keep."""
        return replace(draft, valid_from=month) if facts.any_values() else draft

    def new_key(self, draft: UnitDraft, whole: Definitions) -> str:
        # `org` is the scope of a policy that holds for all.
        return slugged(draft.name, taken={"org", *(each.key for each in whole.units)}, otherwise="unit")

    def build(self, draft: UnitDraft, into: Building[Unit]) -> Unit:
        unit = Unit(into.key, draft.name, draft.parent or None, draft.level, draft.valid_from, draft.valid_to)
        if into.before is None:
            unit = _as_long_as_its_parent(unit, into.whole)
        _refuse_place(unit, into)
        _refuse_days(unit, into)
        _refuse_final(unit, into)
        return unit

    def group_of(self, thing: Unit) -> str:
        return thing.parent or ""

    def moved(self, whole: Definitions, thing: Unit, *, by: int) -> Definitions:
        placed = super().moved(whole, thing, by=by)
        return replace(placed, units=tree_order(placed.units))

    def described(self, thing: Unit, whole: Definitions) -> str:
        closes = str(_("until {day}")).format(day=thing.valid_to.isoformat()) if thing.valid_to else ""
        opens = str(_("from {day}")).format(day=thing.valid_from.isoformat()) if thing.valid_from else ""
        return " · ".join(filter(None, (thing.level, opens, closes)))

    def put(self, whole: Definitions, thing: Unit) -> Definitions:
        """A moved unit takes everything below it along: a parent stands before its children."""
        placed = super().put(whole, thing)
        return replace(placed, units=tree_order(placed.units))

    def belongs_to(self, thing: Unit, whole: Definitions) -> tuple[str, ...]:
        """Itself; its new parent too, where it is new or moves."""
        known = self.find(whole, thing.key)
        moves = known is None or known.parent != thing.parent
        own = (thing.key,) if known else ()
        above = (thing.parent,) if thing.parent and moves else ()
        return (*own, *above) or (root_of(whole),)

    def retired(self, whole: Definitions, thing: Unit) -> Definitions:
        """Without it, and without the day from which it took a measure: that says nothing of anybody else."""
        without = self.without(whole, thing)
        return replace(without, measures=tuple(forgotten_unit(each, thing.key) for each in whole.measures))

    def refuse_retirement(self, thing: Unit, *, whole: Definitions, facts: Facts) -> None:
        """Without values of its own it still owed some: the coverage of a final month counts them."""
        spans = {thing.key: (thing.valid_from, thing.valid_to)}
        calendar = whole.organisation.calendar
        facts.refuse_in_final_months(spans, calendar=calendar, refusal=UnitRetiredInFinalPeriod)

    def needed_by(self, thing: Unit, *, whole: Definitions, facts: Facts) -> tuple[Dependant, ...]:
        found = [*_named_by(thing, whole)]
        if facts.values_of_unit(thing.key):
            found.append(
                Dependant("value", thing.key, str(_("its observations: close it with a day instead")))
            )
        return tuple(found)


def tree_order(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """Parents before children, siblings as listed; a cycle comes last, for the writer to refuse by name."""
    listed = tuple(units)
    keys = {unit.key for unit in listed}
    below: dict[str | None, list[Unit]] = {}
    for unit in listed:
        below.setdefault(unit.parent if unit.parent in keys else None, []).append(unit)
    ordered: list[Unit] = []
    waiting = list(reversed(below.get(None, [])))
    while waiting:
        unit = waiting.pop()
        ordered.append(unit)
        waiting.extend(reversed(below.get(unit.key, [])))
    placed = {unit.key for unit in ordered}
    return (*ordered, *(unit for unit in listed if unit.key not in placed))


def _refuse_place(unit: Unit, into: Building[Unit]) -> None:
    root = root_of(into.whole)
    if unit.parent is None and root not in ("", unit.key):
        raise FieldRefused(
            "parent", _("Only one unit stands above all others; choose a unit above this one.")
        )
    if unit.parent is not None and unit.key == root:
        raise FieldRefused("parent", _("The unit above all others stays there."))
    above, parents = unit.parent, {each.key: each.parent for each in into.whole.units}
    while above is not None:
        if above == unit.key:
            raise FieldRefused("parent", _("A unit cannot lie below itself."))
        above = parents.get(above)


def _as_long_as_its_parent(unit: Unit, whole: Definitions) -> Unit:
    """A new unit without days of its own lives as long as the one above it."""
    parent = next((each for each in whole.units if each.key == unit.parent), unit)
    return replace(
        unit, valid_from=unit.valid_from or parent.valid_from, valid_to=unit.valid_to or parent.valid_to
    )


def _refuse_days(unit: Unit, into: Building[Unit]) -> None:
    """Refuse what is wrong with days or place that are typed now; what was wrong before may be mended in steps."""
    if unit.valid_from and unit.valid_to and unit.valid_to < unit.valid_from:
        raise FieldRefused("valid_to", CLOSES_FIRST, code="END_BEFORE_BEGINNING")
    old = into.before
    has_new_days = old is None or (old.valid_from, old.valid_to) != (unit.valid_from, unit.valid_to)
    parent = next((each for each in into.whole.units if each.key == unit.parent), None)
    is_elsewhere = old is None or old.parent != unit.parent
    if parent is not None and (has_new_days or is_elsewhere) and not _lives_within(unit, parent):
        message = str(_("It would exist when “{parent}” does not."))
        raise FieldRefused("valid_to", message.format(parent=parent.name))
    for child in into.whole.units:
        if has_new_days and child.parent == unit.key and not _lives_within(child, unit):
            message = str(_("“{child}” below it exists longer; close or move that first."))
            raise FieldRefused("valid_to", message.format(child=child.name))


def _refuse_final(unit: Unit, into: Building[Unit]) -> None:
    """What is final stays: for the unit, for all below it, and for those that were or would be summed from it."""
    calendar, facts = into.whole.organisation.calendar, into.facts
    if into.before is not None:
        moved = spans_of_move(into.before, unit, units=into.whole.units)
        facts.refuse_in_final_months(moved, calendar=calendar, refusal=UnitMovedInFinalPeriod)
    for span in spans_of_days(into.before, unit):
        facts.refuse_in_final_months(span, calendar=calendar, refusal=UnitDaysInFinalPeriod)


def _lives_within(unit: Unit, parent: Unit) -> bool:
    starts = parent.valid_from is None or (unit.valid_from or date.min) >= parent.valid_from
    ends = parent.valid_to is None or (unit.valid_to or date.max) <= parent.valid_to
    return starts and ends


def _named_by(thing: Unit, whole: Definitions) -> Iterator[Dependant]:
    for child in whole.units:
        if child.parent == thing.key:
            yield Dependant("unit", child.key, child.name)
    for objective in whole.objectives:
        if thing.key in (objective.units.unit, *objective.units.keys):
            yield Dependant("objective", objective.key, objective.name)
    aimed = {target.measure for target in whole.targets if target.unit == thing.key}
    for measure in whole.measures:
        if thing.key in (measure.units.unit, *measure.units.keys) or measure.key in aimed:
            yield Dependant("measure", measure.key, measure.name)
    for person in whole.people:
        if any(each.unit == thing.key for each in person.memberships):
            yield Dependant("person", person.key, person.name)


UNITS = _UnitKind()
