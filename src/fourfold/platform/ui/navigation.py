"""What the sidebar lists. Apps register their pages in `AppConfig.ready`; the shell names none."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise

from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import scoped

__all__ = ["NavigationEntry", "NavigationLink", "Stage", "links_for", "register", "starts"]


class Stage(StrEnum):
    """When in the life of an installation a page makes sense."""

    BEGINNING = "beginning"
    """Before there is an organisation."""

    FOUNDED = "founded"
    """Once there is one."""

    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class NavigationEntry:
    """A page worth a place in the sidebar; one that `follows_place` keeps the unit and period being looked at.

    With `acts` only those see it whom some role permits one of them somewhere; `is_for_assigned`: be it only on what
    they are named for. The few that are `is_quick` also stand
    in the bar at a phone's thumb, under their `short_label` where the label is too long for a fifth of the width.
    """

    label: str | Promise
    icon: str
    url_name: str
    order: int
    follows_place: bool = False
    acts: Collection[Act] = ()
    is_quick: bool = False
    short_label: str | Promise = ""
    is_for_assigned: bool = False
    stage: Stage = Stage.FOUNDED


@dataclass(frozen=True, slots=True)
class NavigationLink:
    """An entry with the address it has from the current page."""

    label: str
    icon: str
    address: str
    is_current: bool
    is_quick: bool = False
    short_label: str = ""


_ENTRIES: dict[str, NavigationEntry] = {}


def register(entry: NavigationEntry) -> None:
    """List a page; the same address again replaces (ready may run twice)."""
    _ENTRIES[entry.url_name] = entry


def starts() -> frozenset[str]:
    """The pages of a unit and a period that the front door may lead to."""
    return frozenset(entry.url_name for entry in _ENTRIES.values() if entry.follows_place)


def links_for(request: HttpRequest) -> tuple[NavigationLink, ...]:
    """The entries in their order with addresses; what is not mounted, or makes no sense yet, is left out. No query."""
    now = Stage.FOUNDED if getattr(request, "organisation_name", "") else Stage.BEGINNING
    fitting = (entry for entry in _ENTRIES.values() if entry.stage in (now, Stage.ALWAYS))
    ordered = sorted(fitting, key=lambda entry: (entry.order, entry.url_name))
    links = (_link(entry, request) for entry in ordered if _is_for(request, entry))
    return tuple(link for link in links if link is not None)


def _is_for(request: HttpRequest, entry: NavigationEntry) -> bool:
    scope = scoped(request).scope
    assigned = (scope.person_key,) if entry.is_for_assigned else ()
    return not entry.acts or any(scope.may(act, assigned=assigned) for act in entry.acts)


def _link(entry: NavigationEntry, request: HttpRequest) -> NavigationLink | None:
    match = request.resolver_match
    kwargs = dict(match.kwargs) if match else {}
    place = {str(name): str(kwargs[name]) for name in ("unit", "period") if name in kwargs}
    try:
        address = _address(entry, place)
    except NoReverseMatch:
        return None
    is_current = match is not None and match.view_name == entry.url_name
    label, short = str(entry.label), str(entry.short_label)
    return NavigationLink(label, entry.icon, address, is_current, entry.is_quick, short or label)


def _address(entry: NavigationEntry, place: dict[str, str]) -> str:
    if not entry.follows_place:
        return reverse(entry.url_name)
    if len(place) == 2:
        return reverse(entry.url_name, kwargs=place)
    # From a page without a unit and a period, the way leads through the front door, which knows the person's own.
    return f"/?to={entry.url_name}"
