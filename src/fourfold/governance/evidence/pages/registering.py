"""The form of a pre-registration."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from fourfold.engine.book import Book
from fourfold.governance.evidence.pages.link_page import LinkAddress, LinkPage, read_link
from fourfold.governance.evidence.queries.pairing import paired
from fourfold.platform.accounts.permissions import Act
from fourfold.platform.accounts.scope import Scope
from fourfold.scorecard.evaluation.queries.current import known

__all__ = ["RegisterPage", "read_register"]

Choices = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RegisterPage:
    """The link, the measures that may be named for either side, and what the form begins with."""

    page: LinkPage
    measures: Choices
    suggested: dict[str, object]

    @property
    def is_late(self) -> bool:
        """Whether the data were looked at before."""
        return self.page.test is not None

    @property
    def edition(self) -> int:
        """The number of what stands; 0 where nothing does."""
        now = self.page.registration
        return now.edition if now else 0

    @property
    def initial(self) -> dict[str, object]:
        """What stands, else what the link and the weights suggest."""
        now = self.page.registration
        if now is None:
            return {**self.suggested, "edition": 0}
        fields = ("x", "y", "lag_from", "lag_to", "since", "until", "mechanism", "edition")
        return {**{name: getattr(now, name) for name in fields}, "sign": str(now.sign)}


def read_register(address: LinkAddress, *, scope: Scope, at: datetime) -> RegisterPage:
    """For whoever may change links.

    Raises:
        NotPermitted, and what `read_link` raises.
    """
    page = read_link(address, scope=scope, at=at)
    scope.require_to(Act.EDIT_LINKS, unit=address.unit)
    with known(at) as cube:
        book = cube.book
        suggested = paired(book, page.link, unit=address.unit)
        measures = _measures(book, address.unit)
    first = {
        "x": suggested.x,
        "y": suggested.y,
        "sign": str(suggested.sign or 1),
        "lag_from": suggested.lag_from,
        "lag_to": suggested.lag_to,
        "mechanism": page.link.hypothesis,
    }
    return RegisterPage(page, measures, first)


def _measures(book: Book, unit: str) -> Choices:
    """Every measure that the unit has and that is not retired, by name: the flow behind a rolling value, too."""
    place = book.units.positions[unit]
    found = [
        (each.key, each.name)
        for index, each in enumerate(book.definitions.measures)
        if book.selected[index, place] and each.retired_on is None
    ]
    return tuple(sorted(found, key=lambda named: (named[1].casefold(), named[0])))
