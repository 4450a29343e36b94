"""The day that a page is as known on, and how its links and files carry it along."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.translation import gettext as _

__all__ = ["NOW", "PastDay"]


@dataclass(frozen=True, slots=True)
class PastDay:
    """`day` is None on a page of what is known now."""

    day: date | None = None

    @classmethod
    def of(cls, text: str) -> PastDay:
        """As an address writes it, once `moment_of` has taken it."""
        return cls(date.fromisoformat(text)) if text else NOW

    @property
    def as_of(self) -> str:
        """As an address writes it; empty: now."""
        return "" if self.day is None else self.day.isoformat()

    @property
    def query(self) -> str:
        """What to hang on the address of a page that looks back, too."""
        return f"?{self.asked}" if self.day else ""

    @property
    def asked(self) -> str:
        """The same without the mark before it."""
        return urlencode({"as_of": self.as_of}) if self.day else ""

    @property
    def added(self) -> str:
        """The same for an address that asks for something already."""
        return f"&{self.asked}" if self.day else ""

    @property
    def notes(self) -> tuple[tuple[str, str], ...]:
        """A line for a file that is carried away."""
        return ((_("As known on"), self.as_of),) if self.day else ()

    @property
    def said(self) -> str:
        """A word beneath a picture that is carried away."""
        return _("as known on %(day)s") % {"day": self.as_of} if self.day else ""


NOW = PastDay()
