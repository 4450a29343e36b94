"""A kind of thing that can be edited: how it is found, drafted, built, put back and retired."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from fourfold.engine.calendar import FiscalCalendar
from fourfold.engine.definitions import Definitions
from fourfold.governance.changes.drafts.naming import slugged
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.refusals import Refusal
from fourfold.scorecard.evaluation.queries.final_months import FinalValuesChange, Span

__all__ = [
    "Building",
    "Crossing",
    "Dependant",
    "Facts",
    "FieldRefused",
    "Kind",
    "ListedKind",
    "NamedKind",
    "NotRetired",
    "Noun",
    "counted_objectives",
    "days_in_order",
    "root_of",
]

MEND_IT = _("Change it and save again.")
LATER_DAY = _("Choose a later day here, or an earlier one there.")

T = TypeVar("T")
D = TypeVar("D")


class FieldRefused(Refusal):
    """What was typed in one field cannot be; the form says so beside it."""

    code, status = "FIELD_WRONG", 422
    sentence = _("{message}")
    remedy = _("{mending}")

    def __init__(
        self, field: str, message: str | Promise, *, remedy: str | Promise = "", code: str = ""
    ) -> None:
        super().__init__(field=field, message=str(message), mending=str(remedy or MEND_IT))
        self.field = field
        self.code = code or self.code


@dataclass(frozen=True, slots=True)
class Crossing(Generic[D]):
    """What fields of a draft must say together; `refuse` reads no other field, and raises FieldRefused."""

    fields: tuple[str, ...]
    refuse: Callable[[D], None]


def days_in_order(first: str, last: str, *, message: str | Promise) -> Crossing[Any]:
    """One day of a draft is not before another."""

    def refuse(draft: Any) -> None:
        begins, ends = getattr(draft, first), getattr(draft, last)
        if begins is not None and ends is not None and ends < begins:
            raise FieldRefused(last, message, remedy=LATER_DAY, code="END_BEFORE_BEGINNING")

    return Crossing((first, last), refuse)


class NotRetired(Refusal):
    code, status = "NOT_RETIRABLE", 409
    sentence = _("This is changed, never removed.")


class Facts(Protocol):
    """What the ledger holds, asked only where it decides."""

    def any_values(self) -> bool:
        """Whether a single observation was ever taken."""

    def values_of_unit(self, key: str) -> bool:
        """Whether a unit ever had one."""

    def refuse_in_final_months(
        self, spans: Mapping[str, Span], *, calendar: FiscalCalendar, refusal: type[FinalValuesChange]
    ) -> None:
        """Refuse days between which a final month of one of these units would change."""


@dataclass(frozen=True, slots=True)
class Noun:
    """What a person calls the kind: one, many, and the words of its pages."""

    one: str | Promise
    many: str | Promise
    new: str | Promise


@dataclass(frozen=True, slots=True)
class Dependant:
    """Something that names the thing. One that `blocks` must let go first; another goes or is mended with it."""

    kind: str
    key: str
    name: str
    blocks: bool = True


@dataclass(frozen=True, slots=True)
class Building(Generic[T]):
    """What a draft is built into: its key, what stood there (None: new), and everything around it, under the lock."""

    key: str
    before: T | None
    whole: Definitions
    facts: Facts


class Kind(ABC, Generic[T, D]):
    """One kind of thing. `T` is the frozen definition, `D` the frozen draft with a form field for every field."""

    name: ClassVar[str]  # in addresses and events: `objective`
    noun: ClassVar[Noun]
    act: ClassVar[Act]
    counts_in_scores: ClassVar[bool] = False
    crossings: ClassVar[
        tuple[Crossing[Any], ...]
    ] = ()  # told in the form with all else; `build` asks them too

    @abstractmethod
    def find(self, whole: Definitions, key: str) -> T | None:
        """The thing of this key."""

    @abstractmethod
    def drafted(self, thing: T) -> D:
        """What a form shows of it."""

    @abstractmethod
    def blank(self, whole: Definitions) -> D:
        """What the form of a new one starts with; `whole` is what the person has in sight."""

    def begun(self, draft: D, *, month: date, facts: Facts) -> D:
        """The blank one as it is begun in the month whose first day is given."""
        return draft

    @abstractmethod
    def new_key(self, draft: D, whole: Definitions) -> str:
        """The key of a new one: unique in its kind, and immutable from then on."""

    @abstractmethod
    def build(self, draft: D, into: Building[T]) -> T:
        """The definition that was meant; raises FieldRefused, or any other refusal."""

    @abstractmethod
    def put(self, whole: Definitions, thing: T) -> Definitions:
        """Everything, with the thing in its place or at the end."""

    @abstractmethod
    def titled(self, thing: T) -> str:
        """What the rules and the journal call this one."""

    def called(self, thing: T, whole: Definitions) -> str:
        """What a person calls it: names, never keys."""
        return self.titled(thing)

    def described(self, thing: T, whole: Definitions) -> str:
        """What stands under its name in a list."""
        return ""

    def names_in_findings(self, thing: T) -> tuple[str, ...]:
        """By which object keys findings speak of it."""
        return (str(getattr(thing, "key", "")),)

    def belongs_to(self, thing: T, whole: Definitions) -> tuple[str, ...]:
        """The units at which the act must be permitted, each of them; the root for what is everybody's."""
        return (root_of(whole),)

    def retired(self, whole: Definitions, thing: T) -> Definitions:
        """Everything without it."""
        raise NotRetired

    def needed_by(self, thing: T, *, whole: Definitions, facts: Facts) -> tuple[Dependant, ...]:
        """What names it; asked before it is retired."""
        return ()

    def refuse_retirement(self, thing: T, *, whole: Definitions, facts: Facts) -> None:
        """Raise where taking it away would change what is final, though nothing needs it any more."""

    def refuse_crossed(self, draft: D) -> None:
        """Raise FieldRefused at the first crossing that the draft breaks."""
        for each in self.crossings:
            each.refuse(draft)

    @property
    def is_retirable(self) -> bool:
        """Whether this kind can be taken away at all."""
        return type(self).retired is not Kind.retired


class ListedKind(Kind[T, D]):
    """A kind that stands in one of the tuples of the definitions, each with a key."""

    part: ClassVar[str]
    is_ordered: ClassVar[bool] = False  # whether its listed order is meant, and can be changed

    def group_of(self, thing: T) -> str:
        """Among which of its kind it is moved."""
        return ""

    def moved(self, whole: Definitions, thing: T, *, by: int) -> Definitions:
        """Everything with the thing one place up (-1) or down (1) among its group; at an end nothing changes."""
        listed = list(self.listed(whole))
        key, group = self.key_of(thing), self.group_of(thing)
        places = [place for place, each in enumerate(listed) if self.group_of(each) == group]
        here = next(at for at, place in enumerate(places) if self.key_of(listed[place]) == key)
        if not 0 <= here + by < len(places):
            return whole
        one, other = places[here], places[here + by]
        listed[one], listed[other] = listed[other], listed[one]
        return self.with_listed(whole, tuple(listed))

    def listed(self, whole: Definitions) -> tuple[T, ...]:
        """All of them, in listed order."""
        found: tuple[T, ...] = getattr(whole, self.part)
        return found

    def key_of(self, thing: T) -> str:
        """What makes it this one."""
        key: str = thing.key  # type: ignore[attr-defined]  # every kind of definition has one
        return key

    def titled(self, thing: T) -> str:
        name: str = thing.name  # type: ignore[attr-defined]  # likewise
        return name

    def find(self, whole: Definitions, key: str) -> T | None:
        return next((each for each in self.listed(whole) if self.key_of(each) == key), None)

    def put(self, whole: Definitions, thing: T) -> Definitions:
        key = self.key_of(thing)
        known = self.listed(whole)
        if any(self.key_of(each) == key for each in known):
            return self.with_listed(
                whole, tuple(thing if self.key_of(each) == key else each for each in known)
            )
        return self.with_listed(whole, (*known, thing))

    def without(self, whole: Definitions, thing: T) -> Definitions:
        """Everything but the thing, whatever names it."""
        key = self.key_of(thing)
        return self.with_listed(whole, tuple(each for each in self.listed(whole) if self.key_of(each) != key))

    def with_listed(self, whole: Definitions, listed: tuple[T, ...]) -> Definitions:
        """Everything with this listing."""
        part: dict[str, Any] = {self.part: listed}
        return replace(whole, **part)


class NamedKind(ListedKind[T, D]):
    """A kind that is called by a name, from which a new one takes its key."""

    def new_key(self, draft: D, whole: Definitions) -> str:
        taken = {self.key_of(each) for each in self.listed(whole)}
        called: str = draft.name  # type: ignore[attr-defined]  # every draft of such a kind has one
        return slugged(called, taken=taken, otherwise=self.name)


def root_of(whole: Definitions) -> str:
    """The key of the unit above all others; empty where there is none."""
    return next((unit.key for unit in whole.units if unit.parent is None), "")


def counted_objectives(count: int) -> str:
    """How many objectives, in words."""
    return ngettext("{count} objective", "{count} objectives", count).format(count=count)
