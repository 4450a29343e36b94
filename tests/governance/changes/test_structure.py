"""Strategy, perspectives, themes, links and initiatives: each saved, each refused where it cannot be."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from fourfold.engine.definitions import EvidenceState, Milestone
from tests.governance.changes.conftest import errors_of, fields_of, meanwhile, read

pytestmark = pytest.mark.django_db

DELIVER_GROW = "/edit/causal-links/deliver.grow/"


def names(things):
    return [each.name for each in things]


def keys(things):
    return [each.key for each in things]


# --- strategy -----------------------------------------------------------------------------------------------------


def test_the_strategy_is_changed_word_by_word(desk, now):
    answer = desk.save("/edit/strategy/", vision="Every parcel, always.", core_values="Care\n\nHaste \nCalm")

    assert answer.status_code == 302
    assert now().strategy.vision == "Every parcel, always."
    assert now().strategy.core_values == ("Care", "Haste", "Calm")
    assert now().strategy.horizon_to == date(2028, 12, 31)


def test_a_horizon_that_ends_before_it_begins_is_refused_at_its_field(desk, now):
    answer = desk.save("/edit/strategy/", horizon_to="2024-01-01", mission="Typed with care")

    assert answer.status_code == 422
    assert errors_of(read(answer))[0].startswith("The horizon ends before it begins.")
    assert fields_of(read(answer))["mission"] == "Typed with care"
    assert now().strategy.mission == "We carry."


def test_two_who_write_the_strategy_see_both(desk, now):
    typed = desk.typed("/edit/strategy/", vision="Mine")
    with meanwhile(lambda whole: replace(whole, strategy=replace(whole.strategy, vision="Theirs"))):
        answer = desk.client.post("/edit/strategy/", typed)

    assert answer.status_code == 412
    assert "Theirs" in read(answer).select_one(".differences").get_text()
    assert fields_of(read(answer))["vision"] == "Mine"


# --- perspectives and themes --------------------------------------------------------------------------------------


def test_a_perspective_is_added_at_the_bottom_and_changed(desk, now):
    desk.save("/edit/perspectives/new/", name="Learning & growth", question="How do we get better?")
    desk.save("/edit/perspectives/learning-growth/", name="People")

    assert keys(now().perspectives) == ["finance", "customer", "learning-growth"]
    assert now().perspectives[-1].name == "People"


def test_a_perspective_moves_by_its_buttons_and_the_button_keeps_the_focus(desk, now):
    desk.save("/edit/perspectives/new/", name="People")
    answer = desk.client.post("/edit/perspectives/people/move/", {"by": "up"}, follow=True)

    assert keys(now().perspectives) == ["finance", "people", "customer"]
    assert read(answer).select_one("#line-people [autofocus]")["value"] == "up"


def test_a_perspective_does_not_move_where_links_would_run_down(desk, now):
    answer = desk.client.post("/edit/perspectives/customer/move/", {"by": "up"}, follow=True)

    assert "runs down, from Customer to Finance" in answer.content.decode()
    assert keys(now().perspectives) == ["finance", "customer"]


def test_moving_past_an_end_changes_nothing(desk, now):
    before = now()

    desk.client.post("/edit/perspectives/finance/move/", {"by": "up"})

    assert now() == before


def test_an_eighth_perspective_is_refused(desk, now):
    for number in range(5):
        assert desk.save("/edit/perspectives/new/", name=f"Further {number}").status_code == 302
    answer = desk.save("/edit/perspectives/new/", name="One too many")

    assert answer.status_code == 422
    assert "8 perspectives; a map has 2 to 7." in answer.content.decode()
    assert len(now().perspectives) == 7


def test_a_perspective_with_objectives_is_not_retired(desk, now):
    answer = desk.retire("/edit/perspectives/finance/retire/")

    assert answer.status_code == 409
    assert "Grow carried volume" in read(answer).select_one(".dependants").get_text()
    assert keys(now().perspectives) == ["finance", "customer"]


def test_an_empty_perspective_is_retired(desk, now):
    desk.save("/edit/perspectives/new/", name="People")
    assert desk.retire("/edit/perspectives/people/retire/").status_code == 302
    assert keys(now().perspectives) == ["finance", "customer"]


def test_somebody_who_changed_it_meanwhile_stops_a_retirement(desk, now):
    desk.save("/edit/perspectives/new/", name="People")
    edition = fields_of(desk.open("/edit/perspectives/people/retire/"))["edition"]
    desk.save("/edit/perspectives/people/", name="People and culture")

    answer = desk.client.post("/edit/perspectives/people/retire/", {"edition": edition})

    assert answer.status_code == 412
    assert now().perspectives[-1].name == "People and culture"


def test_a_retired_theme_leaves_its_objectives(desk, now):
    page = desk.open("/edit/themes/reach/retire/")
    desk.retire("/edit/themes/reach/retire/")

    assert "Grow carried volume" in page.select_one(".dependants").get_text()
    assert now().themes == ()
    assert [each.themes for each in now().objectives] == [(), (), ()]


def test_a_theme_is_added_and_changed(desk, now):
    desk.save("/edit/themes/new/", name="Trust", result="Nobody asks where it is.")
    desk.save("/edit/themes/reach/", result="Everywhere by 2030")

    assert [(each.key, each.result) for each in now().themes] == [
        ("reach", "Everywhere by 2030"),
        ("trust", "Nobody asks where it is."),
    ]


# --- links --------------------------------------------------------------------------------------------------------


def test_a_causal_link_is_changed_in_every_part(desk, now):
    answer = desk.save(
        DELIVER_GROW,
        hypothesis="They stay.",
        sign="-1",
        lag_months="9",
        strength="weak",
        evidence="plausible",
    )

    assert answer.status_code == 302
    link = now().causal_links[0]
    assert (link.sign, link.lag_months, link.strength, link.evidence, link.hypothesis) == (
        -1, 9, "weak", EvidenceState.PLAUSIBLE, "They stay.",
    )  # fmt: skip


def test_a_saved_link_is_told_of_by_the_names_of_its_ends(desk, now):
    names = {each.key: each.name for each in now().objectives}
    answer = desk.save(DELIVER_GROW, hypothesis="Reliable delivery keeps customers.")

    told = read(desk.client.get(answer.url)).get_text()
    assert f"“{names['deliver']} → {names['grow']}” is saved." in told
    assert "deliver → grow" not in told


def test_a_link_down_the_map_is_refused_unless_it_is_feedback(desk, now):
    refused = desk.save("/edit/causal-links/new/", source="grow", target="deliver", hypothesis="Money helps.")
    taken = desk.client.post("/edit/causal-links/new/", fields_of(read(refused)) | {"feedback": "on"})

    assert refused.status_code == 422
    assert "runs down" in read(refused).select_one("[role=alert]").get_text()
    assert taken.status_code == 302
    assert now().causal_links[-1].feedback


def test_a_circle_of_links_is_refused(desk, now):
    desk.save("/edit/causal-links/new/", source="deliver", target="deliver-north", hypothesis="It spreads.")
    answer = desk.save(
        "/edit/causal-links/new/", source="deliver-north", target="deliver", hypothesis="Back."
    )

    assert answer.status_code == 422
    assert "in a circle" in answer.content.decode()
    assert len(now().causal_links) == 3


def test_a_link_to_itself_and_a_second_one_are_refused_at_the_field(desk):
    itself = desk.save("/edit/causal-links/new/", source="grow", target="grow")
    twice = desk.save("/edit/causal-links/new/", source="deliver", target="grow")

    assert errors_of(read(itself))[0].startswith("A link joins two different objectives.")
    assert errors_of(read(twice))[0].startswith("These two are linked already; change that link instead.")


def test_a_link_begins_where_one_comes_from_and_leads_back_there(desk):
    address = "/edit/causal-links/new/?source=deliver-north&next=/objectives/deliver-north/acme/2026-02/"

    assert fields_of(desk.open(address))["source"] == "deliver-north"
    answer = desk.save(address, target="grow", hypothesis="x")
    assert answer.status_code == 422, "there is one already"
    answer = desk.save(address, target="deliver", hypothesis="Practice.")
    assert answer["Location"] == "/objectives/deliver-north/acme/2026-02/"


def test_one_is_never_led_to_another_host(desk):
    for elsewhere in ("https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"):
        answer = desk.save("/edit/themes/reach/", result=elsewhere, next=elsewhere)
        assert answer["Location"] == "/edit/themes/"


def test_links_are_retired(desk, now):
    desk.retire(f"{DELIVER_GROW}retire/")
    desk.retire("/edit/identity-links/deliver.deliver-north/retire/")

    assert [each.source for each in now().causal_links] == ["deliver-north"]
    assert now().identity_links == ()


def test_an_identity_link_is_added_and_a_causal_one_beside_it_remarked_on(desk, now):
    desk.save("/edit/identity-links/new/", source="deliver", target="grow", sentence="Volume is deliveries.")

    assert now().identity_links[-1].sentence == "Volume is deliveries."
    assert "is also an identity" in desk.client.get("/edit/findings/").content.decode()


# --- initiatives --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("region", "typed"),
    [("gb", "1,450,000.50"), ("de", "1.450.000,50"), ("fr", "1 450 000,50"), ("iso", "1450000.50")],
)
def test_a_budget_is_typed_as_pages_write_money(desk, now, region, typed):
    desk.client.cookies["region"] = region
    address = "/edit/initiatives/second-shift/"

    assert desk.save(address, budget=typed).status_code == 302
    assert now().initiatives[0].budget == Decimal("1450000.50")
    assert desk.save(address, name="The same again").status_code == 302
    assert now().initiatives[0].budget == Decimal("1450000.50"), (
        "what the form shows again is the same amount"
    )


def test_a_refused_field_is_named_at_the_head_with_the_way_to_it(desk):
    page = read(desk.save("/edit/initiatives/second-shift/", budget="much"))

    link = page.select_one(".notice-refused a")
    assert page.select_one(link["href"])["name"] == "budget"


def test_an_initiative_keeps_its_money_to_the_cent_and_its_milestones(desk, now):
    answer = desk.save(
        "/edit/initiatives/second-shift/", spent="1234567890123456.77", milestones__2__name="Full",
        milestones__2__due="2026-09-01",
    )  # fmt: skip

    assert answer.status_code == 302
    saved = now().initiatives[0]
    assert (saved.budget, saved.spent) == (Decimal("1234567890123456.78"), Decimal("1234567890123456.77"))
    assert saved.milestones[-1] == Milestone("Full", date(2026, 9, 1))
    assert len(saved.milestones) == 3


def test_an_emptied_milestone_is_gone(desk, now):
    desk.save(
        "/edit/initiatives/second-shift/",
        milestones__0__name="",
        milestones__0__due="",
        milestones__0__done="",
    )

    assert names(now().initiatives[0].milestones) == ["Running"]


def test_an_initiative_that_ends_before_it_begins_is_refused(desk):
    answer = desk.save("/edit/initiatives/second-shift/", end="2025-01-01", name="", budget="much")
    page = read(answer)
    unread = desk.save("/edit/initiatives/second-shift/", start="soon", end="2025-01-01")

    assert [code.get_text() for code in page.select(".field-error code")] == [
        "FIELD_EMPTY",
        "END_BEFORE_BEGINNING",
        "NUMBER_INVALID",
    ], "days are compared whatever else is wrong"
    assert errors_of(page)[1].startswith("It ends before it begins. Choose a later day here")
    assert len(errors_of(read(unread))) == 1, "a day that cannot be read is before nothing"


def test_an_initiative_is_added_and_retired(desk, now):
    desk.save("/edit/initiatives/new/?objectives=grow", name="Third shift")
    assert now().initiatives[-1].objectives == ("grow",)
    desk.retire("/edit/initiatives/third-shift/retire/")
    assert keys(now().initiatives) == ["second-shift"]


def test_ticks_that_stood_keep_their_order(desk, now):
    """The first objective of an initiative is the one it is for: an untouched form does not sort it."""
    desk.save("/edit/initiatives/second-shift/", name="Second shift")

    assert now().initiatives[0].objectives == ("deliver", "grow")
