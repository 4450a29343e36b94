"""Search: by a word of it, within one's units, the best first."""

import re
from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.governance.annotations.actions.annotate import NewAnnotation, annotate
from fourfold.governance.annotations.actions.write_analysis import AnalysisWords, write_analysis
from fourfold.governance.annotations.models import AnnotationType, Subject
from fourfold.governance.annotations.queries.anchors import Anchor
from fourfold.outward.home.pages.search_matching import Asked, Rank
from fourfold.outward.home.queries.folding import folded
from fourfold.platform.accounts.models import Person
from fourfold.platform.accounts.queries import scope_of_key

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 10, 8, 6, tzinfo=UTC)


def said(part):
    return re.sub(r"\s+", " ", part.get_text(" ")).strip()


def found(page):
    """Names by heading, in their order."""
    return {
        section["aria-labelledby"].removeprefix("found-"): [
            each.get_text() for each in section.select(".row-name")
        ]
        for section in page.select("#found section[aria-labelledby]")
    }


def write(unit, text, *, who="ana"):
    anchor = Anchor(Subject.MEASURE, "sales", unit, "2026-09")
    new = NewAnnotation(AnnotationType.CONTEXT, text)
    return annotate(anchor, new, scope=scope_of_key(who), at=MORNING)


def explain(unit, text):
    anchor = Anchor(Subject.OBJECTIVE, "grow-sales", unit, "2026-09")
    write_analysis(anchor, AnalysisWords(why=text), edition=0, scope=scope_of_key("ana"), at=MORNING)


def test_an_empty_question_finds_nothing_and_says_what_can_be_found(read, bakery):
    page = read("ana", "/search/")

    assert found(page) == {}
    assert "Find anything in your units" in said(page.find(id="found"))


@pytest.mark.parametrize("question", ["a", "  ", "é", "\x00"])
def test_a_single_letter_is_asked_for_a_second_one(read, bakery, question):
    assert found(read("ana", "/search/", q=question)) == {}


def test_what_has_no_answer_is_said(read, bakery):
    assert "Nothing in your units has these words." in said(read("ana", "/search/", q="zeppelin").main)


def test_every_kind_of_thing_is_found_by_a_word_of_it(read, bakery):
    write("old-town", "The lantern parade kept people out.")
    explain("riverside", "The lantern shop next door closed.")

    assert found(read("ana", "/search/", q="unsold"))["objective"] == ["Reduce unsold daily bread"]
    assert found(read("ana", "/search/", q="friday"))["initiative"] == ["Friday baking school"]
    assert found(read("ana", "/search/", q="riverside"))["unit"] == ["Riverside shop"]
    assert found(read("ana", "/search/", q="bruno"))["person"] == ["Bruno Costa"]
    assert found(read("ana", "/search/", q="trajectory"))["term"] == ["Target trajectory"]
    lantern = found(read("ana", "/search/", q="lantern"))
    assert set(lantern) == {"annotation", "analysis"}


def test_a_perspective_and_a_theme_are_found_by_their_words(read, bakery):
    question = read("ana", "/search/", q="guests notice")
    theme = read("ana", "/search/", q="fresh daily")

    assert found(question)["perspective"] == ["Customer"]
    assert question.select_one("a[href$='?perspective=customer#measures']")
    assert found(theme)["theme"] == ["Fresh daily"]
    assert theme.select_one("a[href$='/maps/bakery/2026-09/?theme=fresh-daily']")


def test_a_measure_is_found_by_how_it_is_counted(read, bakery):
    page = read("ana", "/search/", q="kilograms baked")

    assert found(page)["measure"] == ["Unsold bread"]
    assert "of all kilograms baked that day" in said(page.select_one(".found-excerpt"))


def test_accents_and_capitals_do_not_matter(read, bakery):
    Person.objects.filter(key="bruno").update(name="Bruno Łódź-Çelik")

    assert found(read("ana", "/search/", q="LODZ celik"))["person"] == ["Bruno Łódź-Çelik"]


@pytest.mark.parametrize(
    ("question", "name", "text", "rank"),
    [
        ("grow", "Grow shop sales", "", Rank.NAME_BEGINS),
        ("sales", "Grow shop sales", "", Rank.WORD_BEGINS),
        ("ales", "Grow shop sales", "", Rank.IN_NAME),
        ("guests", "Grow shop sales", "Guests come back.", Rank.IN_TEXT),
        ("sales guests", "Grow shop sales", "Guests come back.", Rank.IN_TEXT),
        ("sales trucks", "Grow shop sales", "Guests come back.", None),
    ],
)
def test_a_name_that_begins_so_goes_before_a_word_and_a_word_before_a_text(question, name, text, rank):
    assert Asked.read(question).rank(name, text) is rank


def test_the_better_answer_stands_first(read, bakery, joining):
    joining("marina")
    for key, name in (("x1", "Zora Marin"), ("x2", "Marin Zora"), ("x3", "Anna Submarin")):
        joining(key, ("viewer", "bakery"))
        Person.objects.filter(key=key).update(name=name)

    assert found(read("ana", "/search/", q="marin"))["person"] == [
        "Marin Zora",
        "Zora Marin",
        "Anna Submarin",
    ]


@pytest.mark.parametrize("text", ["Straße nach Łódź", "ﬁne oﬃce", "İstanbul", "naïve café"])
def test_marking_keeps_every_letter(text):
    for question in ("strasse", "lodz", "office", "istanbul", "cafe", "ne"):
        assert "".join(piece.text for piece in Asked.read(question).marked(text)) == text
    assert folded("Straße") == "strasse"


def test_what_was_asked_is_marked_in_the_answer(read, bakery):
    page = read("ana", "/search/", q="UNSOLD")

    assert "unsold" in {mark.get_text() for mark in page.select("#found mark")}


def test_more_than_ten_of_a_kind_are_one_link_away(read, bakery, joining):
    for number in range(13):
        joining(f"miller{number}", ("viewer", "bakery"))

    page = read("ana", "/search/", q="miller")
    section = page.find("section", attrs={"aria-labelledby": "found-person"})
    more = section.select_one(".card-head a")

    assert len(section.select("li")) == 10
    assert said(more).startswith("3 more")
    assert len(found(read("ana", more["href"]))["person"]) == 13


def test_links_lead_to_ones_own_unit_or_to_where_one_stood(read, joining):
    joining("olga", ("viewer", "old-town"))

    def way(**asked):
        return read("olga", "/search/", q="unsold", **asked).select_one("#found a.row-name")["href"]

    assert way() == "/objectives/reduce-waste/old-town/2026-09/"
    assert way(unit="old-town", period="2026-Q2") == "/objectives/reduce-waste/old-town/2026-Q2/"
    assert way(unit="riverside", period="no-period") == "/objectives/reduce-waste/old-town/2026-09/"


def test_nothing_that_lives_in_other_units_is_found(read, joining):
    joining("olga", ("viewer", "old-town"))
    joining("rita", ("viewer", "riverside"))
    write("riverside", "The canary sings.")
    explain("riverside", "The canary flew.")

    assert found(read("olga", "/search/", q="canary")) == {}
    assert set(found(read("rita", "/search/", q="canary"))) == {"annotation", "analysis"}
    assert "person" not in found(read("olga", "/search/", q="rita"))
    assert "unit" not in found(read("olga", "/search/", q="riverside"))
    assert "Riverside" not in said(read("olga", "/search/", q="shop").find(id="found"))


def test_the_wording_above_ones_unit_is_read_without_a_way_into_it(read, joining):
    joining("olga", ("viewer", "old-town"))

    page = read("olga", "/search/", q="harbour bakery")

    assert found(page)["unit"] == ["Harbour Bakery"]
    assert not page.select("section[aria-labelledby=found-unit] a.row-name")


def test_a_value_is_never_an_answer(read, bakery):
    assert found(read("ana", "/search/", q="31.48")) == {}


def test_whoever_holds_no_role_finds_the_glossary_alone(read, joining):
    joining("nemo")

    assert set(found(read("nemo", "/search/", q="objective"))) == {"term"}


@pytest.mark.parametrize(
    "attack", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "{{ 7|add:7 }}"]
)
def test_markup_in_question_and_answer_stays_text(read, bakery, attack):
    write("old-town", f"Look: {attack}")

    page = read("ana", "/search/", q=attack)

    assert attack in "".join(each.get_text() for each in page.select(".found-excerpt"))
    assert not page.main.find(["script", "img"])
    assert page.find(id="search-words")["value"] == attack


def test_a_search_asks_the_database_the_same_however_much_it_finds(client, bakery):
    client.force_login(Person.objects.get(key="ana"))

    def asked():
        client.get("/search/", {"q": "rain"})
        with CaptureQueriesContext(connection) as queries:
            client.get("/search/", {"q": "rain"})
        return len(queries)

    write("old-town", "Rain.")
    few = asked()
    for number in range(8):
        write("riverside", f"Rain on day {number}.")

    assert asked() == few


def test_the_box_stands_on_every_page_with_its_label_and_asks_nothing(client, read, bakery):
    box = read("ana", "/maps/bakery/2026-08/").select_one(".shell-tools input[type=search]")

    assert read("ana", "/home/").find("label", attrs={"for": box["id"]})
    place = {field["name"]: field["value"] for field in box.find_parent("form").select("input[type=hidden]")}
    assert place == {"unit": "bakery", "period": "2026-08"}


def test_typing_into_the_box_is_answered_with_the_answers_alone(client, bakery):
    client.force_login(Person.objects.get(key="ana"))

    answer = client.get("/search/", {"q": "unsold"}, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="search-panel")

    assert b"<html" not in answer.content
    assert b"/objectives/reduce-waste/bakery/2026-09/" in answer.content


def test_a_stranger_finds_nothing(client, bakery):
    assert client.get("/search/", {"q": "bread"})["Location"].startswith("/accounts/login/")
