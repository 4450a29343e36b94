"""Everything that a person can look at: every address of the house, with what browsers and ill will add to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from bs4 import BeautifulSoup, Tag

from tests.house.guarded_bakery import FOUNDER, OWN, GuardedBakery, routes, undone

PARAMETERS = (
    "q", "kind", "unit", "period", "page", "before", "from", "periods", "as_of", "with", "perspective", "measure",
    "level", "levels", "to", "objective", "month", "state", "whose", "next", "code", "person", "source", "action",
    "object", "sheet", "layout", "theme", "size", "sort", "against", "leaf",
)  # fmt: skip
MORE = (
    "measures/sales/old-town/2026-09/", "measures/sales/old-town/2026-09/chart.svg", "home/",
    "measures/sales/old-town/2026-09/chart.json", "measures/sales/old-town/2026-09/explanation/",
    "measures/sales/old-town/2026-09/observations/", "measures/sales-by-counter/old-town/2026-09/",
    "measures/sales/old-town/2026-09/table.xlsx", "annotations/measure/sales/old-town/2026-09/",
    "objectives/grow-sales/old-town/2026-09/", "objectives/serve-on-time/bakery/2026-09/",
    "analyses/objective/grow-sales/old-town/2026-09/", "analyses/measure/sales/old-town/2026-09/",
    "analyses/initiative/course-old-town/old-town/2026-09/", "overrides/oven-old-town/old-town/2026-09/",
    "entry/old-town/2026-09/?measure=sales&periods=6", "entry/old-town/2026-09/?measure=sales-by-counter",
    "scorecards/bakery/2026-09/", "maps/bakery/2026-09/", "initiatives/bakery/2026-09/", "units/bakery/2026-09/",
    "units/bakery/2026-09/compare/?with=old-town&with=riverside", "units/bakery/2026-09/ranking/?measure=sales",
    "search/?q=rogue", "search/?q=rogue&kind=measure", "due/?whose=all", "periods/old-town/?month=2025-08",
    "edit/measures/sales-by-counter/", "edit/targets/sales/old-town/", "edit/initiatives/baking-school/",
    "edit/objectives/grow-sales/", "edit/units/bakery/", "edit/apply/?measure=sales", "people/ana/",
    "scorecards/old-town/2026-09/?as_of=2026-10-07", "import/runs/run-old-town/", "scorecards/old-town/2026-08/",
    "drivers/sales/bakery/2026-09/", "variance/sales/bakery/2026-09/", "segments/sales-by-counter/bakery/2026-09/",
    "variance/sales/bakery/2026-09/market/",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered to whom, read to its end."""

    address: str
    status: int
    kind: str
    content: bytes
    headers: dict[str, str]

    @property
    def text(self) -> str:
        """Of a page."""
        return self.content.decode("utf-8")


def look(
    house: GuardedBakery, address: str, *, who: str = FOUNDER, said: dict[str, object] | None = None
) -> Answer:
    """Ask for it, or send a form to it; whatever that did is undone."""
    browser = house.browser(who)
    with undone():
        answer = browser.get(address) if said is None else browser.post(address, said, follow=True)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = str(answer.get("Content-Type", "")).partition(";")[0]
    return Answer(address, answer.status_code, kind, content, dict(answer.headers))


def addresses(house: GuardedBakery) -> list[str]:
    """Every route with its own names, and the places where a planted text is shown besides."""
    plain = [house.address(route) for route in routes()]
    return list(dict.fromkeys([*plain, *(f"/{each}" for each in MORE)]))


def hostile_addresses(house: GuardedBakery, saying: str) -> Iterator[str]:
    """Every route asked with a payload in each of its parameters, and in each word that is no slug."""
    query = urlencode(dict.fromkeys(PARAMETERS, saying))
    for route in routes():
        if not route.endswith((".pdf", ".png", "<pictures:ending>")):  # drawn from data alone, and slowly
            yield f"{house.address(route)}?{query}"
        if "<str:" in route:
            named = {**house.named[OWN], "period": quote(saying, safe=""), "file": quote(saying, safe="")}
            named |= {
                "run": named["file"],
                "job": named["file"],
                "key": named["file"],
                "token": named["file"],
            }
            yield GuardedBakery(house.sessions, {OWN: named}).address(route)


def forms_of(answer: Answer, saying: str) -> Iterator[tuple[str, dict[str, object]]]:
    """Each form of a page as a hostile hand fills it: where it goes, and a payload in every field that takes a text."""
    page = BeautifulSoup(answer.content, "lxml")
    for form in page.select("form"):
        if str(form.get("method", "get")).lower() == "post":
            yield str(form.get("action") or answer.address), filled(form, saying)


def filled(form: Tag, saying: str) -> dict[str, object]:
    """What was chosen stays, what is typed becomes the payload."""
    said: dict[str, object] = {}
    for field in form.select("input[name], textarea[name], select[name]"):
        said[str(field["name"])] = _typed(field, saying)
    return {name: text for name, text in said.items() if text is not None}


def _typed(field: Tag, saying: str) -> object:
    kind = str(field.get("type", "")).lower()
    if field.name == "select":
        chosen = field.select_one("option[selected]") or field.select_one("option")
        return str(chosen.get("value", chosen.get_text())) if chosen else ""
    if kind in {"checkbox", "radio"}:
        return str(field.get("value", "on")) if field.has_attr("checked") else None
    if kind in {"hidden", "file"}:
        return str(field.get("value", "")) if kind == "hidden" else None
    return saying
