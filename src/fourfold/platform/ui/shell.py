"""What surrounds every page: theme, sidebar, who is signed in."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest

from fourfold.platform.ui.demo import SignInHint, sign_in_hint
from fourfold.platform.ui.navigation import NavigationLink, links_for
from fourfold.platform.ui.theme import Theme, theme_of

__all__ = ["Shell", "shell"]


@dataclass(frozen=True, slots=True)
class Shell:
    """The frame of one page for one person; a stranger sees no name and no navigation.

    `sends_mail`: whether this installation has a mail server, so that no page promises a mail that nobody sends.
    """

    organisation: str
    person: str
    theme: Theme
    themes: tuple[Theme, ...]
    navigation: tuple[NavigationLink, ...]
    sign_in_hint: SignInHint | None
    sends_mail: bool


def shell(request: HttpRequest) -> dict[str, Shell]:
    """Context processor `shell`; costs no query for somebody signed in, and is made once for all parts of a page."""
    made: Shell | None = getattr(request, "_shell", None)
    if made is None:
        made = _made_for(request)
        request._shell = made  # type: ignore[attr-defined]  # ours alone
    return {"shell": made}


def _made_for(request: HttpRequest) -> Shell:
    person = getattr(request, "user", None)
    is_known = person is not None and person.is_authenticated
    return Shell(
        organisation=getattr(request, "organisation_name", ""),
        person=str(getattr(person, "name", "") or person) if is_known else "",
        theme=theme_of(request),
        themes=tuple(Theme),
        navigation=links_for(request) if is_known else (),
        sign_in_hint=None if is_known else sign_in_hint(),
        sends_mail=bool(settings.EMAIL_HOST),
    )
