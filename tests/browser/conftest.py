"""A watched Chromium: whatever a page does that the house forbids fails the test that opened it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route

from fourfold.data.imports.actions.load_strategy_folder import load_strategy_folder
from fourfold.platform.accounts.actions.set_password import set_password
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.scope import INSTALLATION

HOUSE = Path(__file__).parents[2]
FOUR_OBJECTIVES = HOUSE / "examples" / "four-objectives"
PASSWORD = "a-long-enough-word"
AXE = HOUSE / "node_modules" / "axe-core" / "axe.min.js"
WIDE, NARROW = (1440, 900), (390, 844)
THEMES = ("light", "dark")

LISTEN_FOR_VIOLATIONS = """
document.addEventListener("securitypolicyviolation", (event) =>
  console.error(`CSP ${event.violatedDirective} ${event.blockedURI}`));
"""


@dataclass
class Watch:
    """What went wrong in one context."""

    complaints: list[str] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)


@dataclass
class Visit:
    """One visitor's browser: a context that is signed in, sized and coloured, and watched."""

    context: BrowserContext
    address: str
    watch: Watch

    def fresh(self) -> Page:
        """A page that shows nothing yet, watched."""
        page = self.context.new_page()
        page.on(
            "console", lambda said: self.watch.complaints.append(said.text) if said.type == "error" else None
        )
        page.on("pageerror", lambda error: self.watch.complaints.append(str(error)))
        return page

    def open(self, path: str, *, until: Literal["load", "networkidle"] = "networkidle") -> Page:
        page = self.fresh()
        page.goto(self.address + path, wait_until=until)
        return page


@pytest.fixture
def ana():
    """Harbour Bakery is loaded, and its strategy office has a password."""
    at = datetime(2026, 10, 8, 9, tzinfo=UTC)
    load_strategy_folder(FOUR_OBJECTIVES, data=None, scope=INSTALLATION, at=at)
    set_password("ana", PASSWORD, scope=INSTALLATION, at=at)
    return Person.objects.get(key="ana")


@pytest.fixture
def visit(browser: Browser, live_server, client) -> Iterator[Callable[..., Visit]]:
    """Open a visit; at the end every complaint and every outside request fails the test."""
    visits: list[Visit] = []

    def begin(person: Person | None = None, *, size=WIDE, theme="light", script=True, key="") -> Visit:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=theme, java_script_enabled=script
        )
        context.add_init_script(LISTEN_FOR_VIOLATIONS)
        visit = Visit(context, live_server.url, Watch())
        context.route("**/*", lambda route: keep_inside(route, visit))
        if person is not None:
            client.force_login(person)
            context.add_cookies(
                [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
            )
        visits.append(visit)
        return visit

    yield begin
    for done in visits:
        done.context.close()
    assert [each for visit in visits for each in visit.watch.outside] == []
    assert [each for visit in visits for each in visit.watch.complaints] == []


def keep_inside(route: Route, visit: Visit) -> None:
    if urlsplit(route.request.url).netloc == urlsplit(visit.address).netloc:
        route.continue_()
        return
    visit.watch.outside.append(route.request.url)
    route.abort()


def serious_findings(page: Page) -> list[str]:
    """What axe calls serious or critical; it is put in through the debugger, which no policy of the page refuses."""
    page.evaluate(f"() => {{ {AXE.read_text(encoding='utf-8')} }}")
    found = page.evaluate("() => axe.run()")["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html']}\n{each['nodes'][0]['failureSummary']}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


def overflow(page: Page) -> int:
    """By how many pixels the page is wider than the screen."""
    beyond: int = page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    return max(0, beyond)
