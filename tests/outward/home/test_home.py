"""Home: everybody is shown what concerns them, and every number is the scorecard's."""

import re
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from fourfold.data.entry.models import EntryDraft
from fourfold.governance.annotations.actions.annotate import NewAnnotation, annotate
from fourfold.governance.annotations.actions.resolve import resolve
from fourfold.governance.annotations.actions.write_analysis import AnalysisWords, write_analysis
from fourfold.governance.annotations.models import Annotation, AnnotationType, Subject
from fourfold.governance.annotations.queries.anchors import Anchor
from fourfold.platform.accounts.models import Membership, Person
from fourfold.platform.accounts.queries import scope_of_key
from fourfold.platform.ui.numbers import display_score
from fourfold.platform.units.models import Unit
from fourfold.scorecard.evaluation.pages.place import Place
from fourfold.scorecard.evaluation.pages.scorecard.reading import read_scorecard
from fourfold.scorecard.measures.actions.append_observations import append_observations
from fourfold.scorecard.measures.observation import NewObservation

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 10, 8, 6, tzinfo=UTC)
SEPTEMBER = 24_320


def said(part):
    return re.sub(r"\s+", " ", part.get_text(" ")).strip()


def parts(page):
    return [title.get_text(strip=True) for title in page.select(".home-part-title")]


def test_the_front_door_leads_home(client, bakery):
    client.force_login(Person.objects.get(key="ana"))

    assert client.get("/")["Location"] == "/home/"


def test_the_front_door_still_knows_the_pages_of_the_scorecard(client, joining):
    client.force_login(joining("olga", ("viewer", "old-town")))

    answer = client.get("/", {"to": "scorecard:map"}, follow=True)

    assert answer.redirect_chain[-1][0] == "/maps/old-town/2026-09/"


def test_somebody_without_a_role_is_told_whom_to_ask(joining, read):
    joining("nemo")

    page = read("nemo", "/home/")

    assert "You hold no role yet" in said(page.find("main"))
    assert not page.select(".map-drawing")


def test_the_strategy_office_begins_with_what_moved_and_the_map(read, bakery):
    page = read("ana", "/home/")

    assert parts(page)[0] == "What moved since August 2026"
    assert {card["data-objective"] for card in page.select(".home-map .map-card")} == {
        "grow-sales",
        "serve-on-time",
        "reduce-waste",
        "build-skills",
    }
    assert page.select_one(".home-map .map-card")["href"].endswith("/bakery/2026-09/")


def test_whoever_owns_objectives_and_measures_begins_with_those(read, bakery):
    page = read("bruno", "/home/")

    assert parts(page)[:2] == ["Yours", "Values you bring in"]
    assert [link.get_text() for link in page.select(".own-objectives .own-head a")]


def test_a_steward_is_shown_what_is_due_and_no_map_of_a_leaf(joining, read):
    joining("stella", ("data_steward", "riverside"))

    page = read("stella", "/home/")

    assert parts(page) == ["Values you bring in"]
    assert not page.select(".map-drawing")


def scorecard(key, unit, period):
    page = read_scorecard(scope_of_key(key), Place(unit, period), at=MORNING)
    return {line.name: line for line in page.objectives}


@pytest.mark.method("M7.4")
@pytest.mark.parametrize(("key", "unit"), [("ana", "bakery"), ("olga", "old-town")])
def test_each_sentence_says_the_numbers_of_the_two_scorecards(joining, read, key, unit):
    joining("olga", ("viewer", "old-town"))
    now, before = scorecard(key, unit, "2026-09"), scorecard(key, unit, "2026-08")

    lines = read(key, "/home/").select(".home-pair .home-lines li p")
    told = {said(line.a): said(line) for line in lines if line.a and "/objectives/" in line.a["href"]}

    moved = {
        name
        for name in now
        if now[name].mark.status is not before[name].mark.status
        or abs(round(now[name].score or 0) - round(before[name].score or 0)) >= 5
    }
    assert set(told) == moved
    assert moved
    for name in moved:
        if now[name].score is not None and before[name].score is not None:
            assert display_score(now[name].score) in told[name]
            assert f"after {display_score(before[name].score)}." in told[name]
            assert now[name].mark.status.label in told[name]


def test_ones_own_objectives_show_the_scorecards_status_and_score(read, bakery):
    lines = scorecard("bruno", "bakery", "2026-09")

    page = read("bruno", "/home/")

    shown = {said(each.a): each for each in page.select(".own-head")}
    assert set(shown) == {"Deliver every order on time", "Reduce unsold daily bread"}
    for name, each in shown.items():
        assert said(each.b) == display_score(lines[name].score)
        assert lines[name].mark.status.label in said(each)


def test_the_weakest_measures_say_why_an_objective_is_off_target(read, bakery):
    line = scorecard("clara", "bakery", "2026-09")["Build broader baking skills"]

    each = read("clara", "/home/").select_one(".own-objectives > li")

    assert line.mark.status.value == "red"
    weak = each.select_one(".own-weakest li")
    assert weak.a["href"] == "/measures/lessons/bakery/2026-09/"
    assert f"{round(line.score)} points" in said(weak)
    assert each.select("a[href='/objectives/build-skills/bakery/2026-09/#why-title']")


@pytest.mark.parametrize("role", ["viewer", "approver", "auditor", "review_facilitator", "administrator"])
def test_whoever_looks_at_a_whole_sees_what_moved_and_the_map_alone(joining, read, role):
    joining("vera", (role, "bakery"))

    page = read("vera", "/home/")

    assert parts(page) == ["What moved since August 2026"]
    assert page.select(".home-map .map-card")


def test_an_owner_of_objectives_without_any_is_told_who_names_owners(joining, read):
    joining("otto", ("objective_owner", "old-town"))

    page = read("otto", "/home/")

    assert parts(page) == ["Yours"]
    assert "No objective names you as its owner." in said(page.main)


def test_what_is_off_target_asks_its_owner_for_an_analysis_until_there_is_one(read, bakery):
    ask = "a[href='/analyses/objective/build-skills/bakery/2026-09/']"
    assert "Build broader baking skills" in said(read("clara", "/home/").select_one(ask))
    assert not read("bruno", "/home/").select(ask)

    anchor = Anchor(Subject.OBJECTIVE, "build-skills", "bakery", "2026-09")
    words = AnalysisWords(happened="Two teachers left.")
    write_analysis(anchor, words, edition=0, scope=scope_of_key("clara"), at=MORNING)

    assert not read("clara", "/home/").select(ask)


def to_do(page):
    return page.main.find("section", attrs={"aria-labelledby": "to-do-title"})


def test_values_still_to_come_are_to_be_done_by_whoever_has_nothing_else_to_do(joining, read):
    joining("otto", ("objective_owner", "riverside"), ("data_steward", "riverside"))
    values = [NewObservation("sales", "riverside", SEPTEMBER, kind="w")]
    append_observations(values, scope=scope_of_key("clara"), at=MORNING)

    page = read("otto", "/home/")

    assert "2 to come, 1 of them late" in said(page.main)
    assert said(to_do(page)) == "To do 2 values are still to come 1 is late"
    assert to_do(page).a["href"] == page.select_one("#due-title").find_next("a")["href"]


def test_whoever_owes_nothing_is_told_what_does_not_wait(joining, read):
    joining("otto", ("objective_owner", "old-town"))

    assert "None of your objectives and initiatives waits for you." in said(to_do(read("otto", "/home/")))


def test_a_milestone_is_late_from_the_day_after_it_was_due(read, bakery, settings):
    settings.FOURFOLD_TODAY = date(2026, 11, 30)
    assert "Every baker at two stations" not in said(read("clara", "/home/").main)

    settings.FOURFOLD_TODAY = date(2026, 12, 2)
    assert "2 days late" in said(read("clara", "/home/").main)


def planted(value, unit="riverside"):
    """A value of the running shop's sales that nobody else could have."""
    row = NewObservation("sales", unit, SEPTEMBER, value=value)
    append_observations([row], scope=scope_of_key("ana"), at=MORNING)


def test_another_units_values_change_nothing_on_ones_home(joining, read):
    joining("olga", ("viewer", "old-town"))
    before = said(read("olga", "/home/").main)
    above = said(read("ana", "/home/").main)

    planted(1.0)

    assert said(read("ana", "/home/").main) != above
    assert said(read("olga", "/home/").main) == before
    assert "Riverside" not in before


def test_an_objective_owned_elsewhere_in_sight_is_shown_at_its_unit(read, joining):
    """Clara's first role moves to a shop; her objective belongs to it as well, and is shown with its numbers."""
    clara = Person.objects.get(key="clara")
    clara.memberships.all().delete()
    Membership.objects.create(person=clara, role="data_steward", unit=Unit.objects.get(key="riverside"))
    line = scorecard("clara", "riverside", "2026-09")["Build broader baking skills"]

    head = read("clara", "/home/").select_one(".own-head")

    assert head.a["href"] == "/objectives/build-skills/riverside/2026-09/"
    assert said(head.b) == str(round(line.score))


def test_due_values_and_begun_work_of_a_steward(read, bakery):
    rows = [NewObservation("sales", unit, SEPTEMBER, kind="w") for unit in ("old-town", "riverside")]
    append_observations(rows, scope=scope_of_key("clara"), at=MORNING)
    EntryDraft.objects.create(
        person=Person.objects.get(key="clara"),
        unit=Unit.objects.get(key="old-town"),
        place="2026-09/sales/12",
        at=MORNING,
    )

    main = read("clara", "/home/").main

    due = main.find("section", attrs={"aria-labelledby": "due-title"})
    assert "3 to come, 1 of them late" in said(due)  # the files lack a rating of August
    assert due.select_one("a[href='/entry/old-town/2026-09/#sales_2026-09__a']")
    assert main.select_one("a[href='/entry/old-town/2026-09/?measure=sales&periods=12']")


def test_what_is_still_missing_is_counted_when_the_next_period_has_ended(read, bakery, settings):
    settings.FOURFOLD_TODAY = date(2026, 10, 31)
    before = said(read("clara", "/home/").find("section", attrs={"aria-labelledby": "due-title"}))
    planted_gap = [NewObservation("sales", "old-town", SEPTEMBER, kind="w")]
    append_observations(planted_gap, scope=scope_of_key("clara"), at=MORNING)

    due = read("clara", "/home/").find("section", attrs={"aria-labelledby": "due-title"})

    (owed,), (owed_now,) = re.findall(r"(\d+) to come", before), re.findall(r"(\d+) to come", said(due))
    assert int(owed_now) == int(owed) + 1
    assert due.select_one("a[href='/entry/old-town/2026-09/#sales_2026-09__a']")


def mention(key, number):
    anchor = Anchor(Subject.MEASURE, "sales", "old-town", "2026-09")
    new = NewAnnotation(AnnotationType.CONTEXT, f"@{key}, was it the rain of day {number}?")
    annotate(anchor, new, scope=scope_of_key("ana"), at=MORNING)


def test_a_mention_stands_there_until_it_is_resolved(joining, read):
    joining("olga", ("viewer", "old-town"))
    mention("olga", 1)
    assert "was it the rain of day 1?" in said(read("olga", "/home/").main)

    resolve(Annotation.objects.get().pk, scope=scope_of_key("ana"), at=MORNING)

    assert "Your word is asked for" not in said(read("olga", "/home/").main)


@pytest.mark.parametrize("key", ["ana", "bruno", "clara"])
def test_home_asks_the_database_the_same_however_much_there_is(client, bakery, key):
    client.force_login(Person.objects.get(key=key))

    def asked():
        client.get("/home/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/home/")
        return len(queries)

    def begin(count):
        for number in range(count):
            mention(key, number)
            person, unit = Person.objects.get(key=key), Unit.objects.get(key="old-town")
            place = f"2026-0{number + 1}/sales/{count}"
            EntryDraft.objects.create(person=person, unit=unit, place=place, at=MORNING)

    begin(1)
    few = asked()
    begin(5)

    assert asked() == few


def test_a_word_of_markup_in_a_mention_stays_a_word(joining, read):
    joining("olga", ("viewer", "old-town"))
    anchor = Anchor(Subject.MEASURE, "sales", "old-town", "2026-09")
    new = NewAnnotation(AnnotationType.CONTEXT, "@olga <script>alert(1)</script>")
    annotate(anchor, new, scope=scope_of_key("ana"), at=MORNING)

    page = read("olga", "/home/")

    assert "<script>alert(1)</script>" in said(page.main)
    assert not page.main.find("script")


def test_a_phone_has_at_most_five_pages_at_the_thumb_and_all_in_the_drawer(read, bakery):
    page = read("ana", "/home/")

    quick = [said(link) for link in page.select(".shell-bottom a")]
    drawer = [said(link) for link in page.select(".drawer-panel .side-nav a")]
    assert quick == ["Home", "Scorecard", "Map", "Due"]
    assert drawer[:10] == [
        "Home",
        "Scorecard",
        "Strategy map",
        "Exceptions",
        "Initiatives",
        "Units",
        "Measures",
        "What is due",
        "Enter values",
        "Periods",
    ]
