"""What people type is shown as typed, whatever it looks like; and no page asks more for more rows."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.governance.changes.conftest import fields_of, meanwhile, read

pytestmark = pytest.mark.django_db

CORPUS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onfocus='alert(1)' autofocus='",
    "</textarea><script>alert(1)</script>",
    "{{ 7|add:7 }}{% debug %}",
    "javascript:alert(1)",
    "\u202eevil & <b>bold</b>",
)
TEXTS = {
    "/edit/strategy/": ("vision", "mission", "core_values"),
    "/edit/perspectives/finance/": ("name", "question"),
    "/edit/themes/reach/": ("name", "result"),
    "/edit/objectives/grow/": ("name", "description"),
    "/edit/causal-links/deliver.grow/": ("hypothesis",),
    "/edit/identity-links/deliver.deliver-north/": ("sentence",),
    "/edit/initiatives/second-shift/": ("name", "description", "milestones__0__name"),
    "/edit/units/north/": ("name", "level"),
    "/edit/calendar/": ("name",),
    "/edit/policies/scorecard.exec_measure_budget/": ("reason",),
}
SHOWN_ON = (
    "/edit/", "/edit/findings/", "/edit/perspectives/", "/edit/themes/", "/edit/objectives/", "/edit/causal-links/",
    "/edit/identity-links/", "/edit/initiatives/", "/edit/units/", "/edit/policies/", "/edit/objectives/grow/",
    "/edit/causal-links/new/", "/edit/themes/reach/retire/", "/edit/perspectives/finance/retire/",
    "/scorecards/acme/2026-02/", "/maps/acme/2026-02/", "/objectives/grow/acme/2026-02/",
    "/objectives/deliver/acme/2026-02/",
)  # fmt: skip


def unclean(page):
    """Markup that only a text could have brought."""
    scripts = [
        each
        for each in page.select("script")
        if not each.get("src") and each.get("type") != "application/json"
    ]
    handlers = [each for each in page.select("*") if any(name.startswith("on") for name in each.attrs)]
    links = [
        each
        for each in page.select("[href], [src], [action]")
        if any(each.get(name, "").startswith("javascript:") for name in ("href", "src", "action"))
    ]
    return [*scripts, *handlers, *links, *page.select("img[src=x]")]


@pytest.mark.parametrize("text", CORPUS)
def test_whatever_is_typed_is_shown_as_text_everywhere(desk, text):
    for address, fields in TEXTS.items():
        more = {"value": "20"} if "policies" in address else {}
        answer = desk.save(address, **dict.fromkeys(fields, text), **more)
        assert answer.status_code == 302, (address, read(answer).select(".field-error"))
        typed = fields_of(desk.open(address))
        for field in fields:
            if field != "reason":
                assert typed[field.replace("__", "-")] == text, (address, field)

    for page in SHOWN_ON:
        answer = desk.client.get(page)
        assert answer.status_code == 200, page
        assert not unclean(read(answer)), page


@pytest.mark.parametrize("text", CORPUS)
def test_refused_and_overtaken_text_is_shown_as_text_and_kept(desk, text):
    typed = desk.typed("/edit/objectives/grow/", name=text, description=text, owner=text)
    refused = read(desk.client.post("/edit/objectives/grow/", typed))
    typed = desk.typed("/edit/objectives/grow/", name=text, description=text)
    with meanwhile(
        lambda whole: replace(
            whole, objectives=tuple(replace(each, name=f"{text}!") for each in whole.objectives)
        )
    ):
        overtaken = read(desk.client.post("/edit/objectives/grow/", typed))

    for page in (refused, overtaken):
        assert not unclean(page)
        assert fields_of(page)["name"] == text
        assert fields_of(page)["description"] == text
    assert f"{text}!" in overtaken.select_one(".differences").get_text()
    assert not unclean(read(desk.client.post("/edit/objectives/grow/findings/", typed)))


@pytest.mark.parametrize("page", [each for each in SHOWN_ON if each.startswith("/edit/")])
def test_no_page_of_editing_asks_more_for_more_rows(desk, page):
    desk.client.get(page)
    few = queries(desk, page)
    with meanwhile(with_many_more):
        desk.client.get(page)
        assert queries(desk, page) == few


def queries(desk, page):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        desk.client.get(page)
    return len(asked)


def with_many_more(whole):
    """Twelve more of everything."""

    def more(things, **named):
        return (
            *things,
            *(replace(things[0], key=f"{things[0].key}-{number}", **named) for number in range(12)),
        )

    return replace(
        whole,
        units=more(whole.units, parent="acme"),
        themes=more(whole.themes),
        objectives=more(whole.objectives),
        initiatives=more(whole.initiatives),
        causal_links=(
            *whole.causal_links,
            *(replace(whole.causal_links[0], target=f"grow-{number}") for number in range(12)),
        ),
        policies=(
            *whole.policies,
            *(replace(whole.policies[0], version=number) for number in range(2, 14)),
        ),
    )
