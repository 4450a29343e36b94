"""A watched Chromium: whatever a page does that the house forbids fails the test that opened it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from threading import Condition
from typing import Literal
from urllib.parse import urlsplit

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, expect
from playwright.sync_api import TimeoutError as TookTooLong

from fourfold.data.imports.actions.load_strategy_folder import load_strategy_folder
from fourfold.platform.accounts.actions.set_password import set_password
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.scope import INSTALLATION
from tests.conftest import PATIENCE

HOUSE = Path(__file__).parents[2]
FOUR_OBJECTIVES = HOUSE / "examples" / "four-objectives"
PASSWORD = "a-long-enough-word"
AXE = HOUSE / "node_modules" / "axe-core" / "axe.min.js"
WIDE, NARROW = (1440, 900), (390, 844)
THEMES = ("light", "dark")
EVERYTHING: dict[str, object] = {}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast"]}}
LOOKS = (
    (WIDE, "light", EVERYTHING),
    (WIDE, "dark", CONTRAST),
    (NARROW, "dark", EVERYTHING),
    (NARROW, "light", CONTRAST),
)
"""Both widths in both themes; the second theme of a width changes colours and nothing else."""
RUN_AXE = """
(asked) => axe.run(document, { resultTypes: ["violations"], iframes: false, preload: false, ...asked })
"""
FITS = "() => document.documentElement.scrollWidth <= innerWidth"

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


class Answering:
    """How many requests the server of this process has begun and not ended."""

    def __init__(self) -> None:
        self.under_way, self.changed = 0, Condition()

    def begun(self, **_signal: object) -> None:
        with self.changed:
            self.under_way += 1

    def ended(self, **_signal: object) -> None:
        with self.changed:
            self.under_way -= 1
            self.changed.notify_all()

    def wait_until_all_ended(self) -> None:
        with self.changed:
            assert self.changed.wait_for(lambda: self.under_way <= 0, timeout=PATIENCE / 1000)


@pytest.fixture
def answering(live_server) -> Iterator[Answering]:
    """A page that is closed leaves its previews under way: they may not meet the next test's database."""
    answering = Answering()
    request_started.connect(answering.begun)
    request_finished.connect(answering.ended)
    yield answering
    request_started.disconnect(answering.begun)
    request_finished.disconnect(answering.ended)


@pytest.fixture
def visit(browser: Browser, live_server, client, answering) -> Iterator[Callable[..., Visit]]:
    """Open a visit; at the end every complaint and every outside request fails the test."""
    visits: list[Visit] = []

    def begin(person: Person | None = None, *, size=WIDE, theme="light", script=True, key="") -> Visit:
        context = browser.new_context(
            viewport={"width": size[0], "height": size[1]}, color_scheme=theme, java_script_enabled=script
        )
        context.set_default_timeout(PATIENCE)
        context.add_init_script(LISTEN_FOR_VIOLATIONS)
        visit = Visit(context, live_server.url, Watch())
        context.on("request", lambda request: note_outside(request, visit))
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
    answering.wait_until_all_ended()
    assert [each for visit in visits for each in visit.watch.outside] == []
    assert [each for visit in visits for each in visit.watch.complaints] == []


def note_outside(request: Request, visit: Visit) -> None:
    """It leads nowhere: this Chromium finds no other host."""
    asked = urlsplit(request.url)
    if asked.scheme not in ("data", "blob") and asked.netloc != urlsplit(visit.address).netloc:
        visit.watch.outside.append(request.url)


def faults(page: Page) -> list[str]:
    """The page in each of its four looks: what not everybody can read, and what is cut."""
    found = []
    for size, theme, rules in LOOKS:
        look_at(page, size, theme)
        look = f"{theme} {size[0]}"
        found += [f"{look}: {each}" for each in serious_findings(page, rules)]
        if cut := overflow(page):
            found.append(f"{look}: {cut} px wider than the screen")
    return found


def look_at(page: Page, size: tuple[int, int], theme: str) -> None:
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.emulate_media(color_scheme=theme, reduced_motion="reduce")


def serious_findings(page: Page, rules: dict[str, object] = EVERYTHING) -> list[str]:
    """What axe calls serious or critical; it is put in through the debugger, which no policy of the page refuses."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(f"() => {{ {axe()} }}")
    found = page.evaluate(RUN_AXE, rules)["violations"]
    return [
        f"{each['id']}: {each['nodes'][0]['html'][:300]}\n{each['nodes'][0]['failureSummary']}"
        for each in found
        if each["impact"] in ("serious", "critical")
    ]


@cache
def axe() -> str:
    return AXE.read_text(encoding="utf-8")


def overflow(page: Page) -> int:
    """By how many pixels the page stays wider than the screen; a chart may still be fitting itself into its place."""
    try:
        page.wait_for_function(FITS, timeout=3000)
    except TookTooLong:
        return page.evaluate("() => document.documentElement.scrollWidth - innerWidth")
    return 0


def point_near_the_end(drawing: Locator) -> None:
    """Where the latest period stands in a chart, once it is drawn and stands still."""
    expect(drawing).to_be_visible()
    box = drawing.bounding_box()
    drawing.hover(position={"x": box["width"] - 20, "y": box["height"] / 2})
