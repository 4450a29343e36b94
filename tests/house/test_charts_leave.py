"""Every chart on every page is offered as SVG and PNG, and both are pictures that stand alone (issue 3 §3)."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup

from tests.house.charts import advice, charts_of, files_beside, is_silent
from tests.house.guarded_bakery import FOUNDER, GuardedBakery
from tests.house.test_tables_leave import pages

pytestmark = pytest.mark.django_db

STAYS = {
    "edit/measures/new/": "a preview of what is being typed",
    "home/": "a small map that leads to the map's own page, where it is offered",
}
"""Pages whose charts stay, and why."""


def test_a_chart_offers_itself_as_svg_and_png_beside_it(guarded: GuardedBakery) -> None:
    """One walk over all pages; what is offered is fetched, so that a dead link fails too."""
    silent, stale, files = [], set(STAYS), set()
    for route, page in pages(guarded):
        for drawing in charts_of(page.main or page):
            if not is_silent(drawing):
                files |= files_beside(drawing)
            elif route in STAYS:
                stale.discard(route)
            else:
                silent.append(advice(route, drawing))

    assert silent == [], "\n\n".join(silent)
    assert stale == set(), "these show no chart that stays any more: take them out of STAYS"
    assert len(files) >= 6
    for file in sorted(files):
        answer = guarded.browser(FOUNDER).get(file)
        assert answer.status_code == 200, file
        assert "attachment" in answer["Content-Disposition"], file
        assert is_picture_with_a_name(answer.content), f"{file} has no title: use framed_picture"


def is_picture_with_a_name(content: bytes) -> bool:
    """Pixels, or an SVG that says what it shows."""
    if content.startswith(b"\x89PNG"):
        return True
    return bool(ElementTree.fromstring(content).findtext("{http://www.w3.org/2000/svg}title"))


@pytest.mark.parametrize(
    ("inside", "silent"),
    [
        ('<svg viewBox="0 0 760 310" aria-label="Limits"></svg>', True),
        ('<img src="/x/chart.svg?theme=dark" alt="Limits">', True),
        ('<svg viewBox="0 0 760 310"></svg><a href="/x.svg">SVG</a>', True),
        (
            '<svg viewBox="0 0 760 310"></svg><a href="/x.svg?a=1" download>SVG</a><a href="/x.png">PNG</a>',
            False,
        ),
    ],
)
def test_a_chart_without_its_files_is_caught(inside: str, silent: bool) -> None:
    """The planted breach: links elsewhere on the page do not count."""
    page = BeautifulSoup(
        f'<main><section>{inside}</section><a href="/y.svg">SVG</a><a href="/y.png">PNG</a></main>',
        "html.parser",
    )
    (drawing,) = charts_of(page.main)

    assert is_silent(drawing) is silent
    assert "chart_files" in advice("here/", drawing)


FILES = '<a href="/{0}.svg">SVG</a><a href="/{0}.png">PNG</a>'
LIMITS, SHAPE = (f'<svg viewBox="0 0 760 310" aria-label="{name}"></svg>' for name in ("Limits", "Shape"))


@pytest.mark.parametrize(
    ("inside", "charts", "silent"),
    [
        (LIMITS + SHAPE + FILES.format("limits"), 2, True),
        (LIMITS + SHAPE + FILES.format("limits") + FILES.format("limits"), 2, True),
        (LIMITS + SHAPE + FILES.format("limits") + FILES.format("shape"), 2, False),
        (LIMITS + LIMITS + FILES.format("limits"), 1, False),
    ],
    ids=["the second is silent", "one file twice", "each with its own", "two sizes of one"],
)
def test_a_second_chart_of_a_section_is_looked_at_like_the_first(
    inside: str, charts: int, silent: bool
) -> None:
    page = BeautifulSoup(f"<main><section>{inside}</section></main>", "html.parser")
    drawings = list(charts_of(page.main))

    assert len(drawings) == charts
    assert {is_silent(each) for each in drawings} == {silent}


def test_a_mark_in_a_line_of_text_is_no_chart() -> None:
    page = BeautifulSoup(
        '<main><svg viewBox="0 0 112 32"></svg><svg width="9"></svg>'
        '<svg aria-hidden="true" viewBox="0 0 400 400"></svg></main>',
        "html.parser",
    )

    assert list(charts_of(page.main)) == []
    assert files_beside(page.svg) == set()
