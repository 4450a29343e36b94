"""What the start page and its three ways show."""

from __future__ import annotations

from dataclasses import dataclass

from fourfold.outward.home.queries.starters import Starter, starter_named, starters_listed
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.platform.periods.models import NotFounded
from fourfold.platform.periods.queries import known_organisation

__all__ = ["StartPage", "TemplatePage", "read_start", "read_template"]


@dataclass(frozen=True, slots=True)
class StartPage:
    """The templates on offer, or the name of the organisation that is here already (then empty)."""

    starters: tuple[Starter, ...]
    organisation: str

    @property
    def is_founded(self) -> bool:
        """Whether there is nothing to start any more."""
        return bool(self.organisation)


@dataclass(frozen=True, slots=True)
class TemplatePage:
    """One template in full."""

    starter: Starter
    organisation: str

    @property
    def is_founded(self) -> bool:
        """Whether there is nothing to start any more."""
        return bool(self.organisation)


def read_start(scope: Scope) -> StartPage:
    """For whoever may found.

    Raises:
        NotPermitted.
    """
    scope.require_to(Act.LOAD_FOLDER)
    organisation = _organisation()
    return StartPage(() if organisation else starters_listed(), organisation)


def read_template(key: str, *, scope: Scope) -> TemplatePage:
    """A template's perspectives, objectives and measures.

    Raises:
        NotPermitted, StarterUnknown.
    """
    scope.require_to(Act.LOAD_FOLDER)
    return TemplatePage(starter_named(key), _organisation())


def _organisation() -> str:
    try:
        return known_organisation().name
    except NotFounded:
        return ""
