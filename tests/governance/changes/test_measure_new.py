"""A measure comes into being: from the intended result to its first version, or a refusal that keeps what was typed."""

import pytest

from tests.governance.changes.conftest import fields_of, person_with, read

pytestmark = pytest.mark.django_db

NEW = "/edit/measures/new/"
RETURNS = {
    "name": "Orders returned",
    "objectives": ["serve-on-time"],
    "kind": "ratio",
    "unit_of_measure": "%",
    "goal": "minimise",
    "owner": "bruno",
    "steward": "clara",
    "operational_definition": "Orders brought back within a week, of all orders handed over, from the till.",
    "step": "save",
}


def measure(now, key):
    return next(each for each in now().measures if each.key == key)


def refusal(answer):
    return read(answer).select_one(".refused").get_text(" ", strip=True)


def test_a_measure_is_saved_with_its_first_version_and_its_targets_come_next(ana, now):
    answer = ana.save(NEW, **RETURNS)

    assert (answer.status_code, answer["Location"]) == (302, "/edit/targets/orders-returned/")
    saved = measure(now, "orders-returned")
    assert saved.objectives[0].objective == "serve-on-time"
    assert (saved.versions[0].number, saved.versions[0].multiplier) == (1, 100.0)
    assert saved.versions[0].owner == "bruno"


def test_the_new_measure_stands_on_the_scorecard(ana):
    ana.save(NEW, **RETURNS)

    assert "Orders returned" in ana.open("/scorecards/bakery/2026-09/").get_text()


@pytest.mark.parametrize("missing", ["owner", "steward"])
def test_no_measure_is_activated_without_owner_and_steward(ana, now, missing):
    answer = ana.save(NEW, **RETURNS | {missing: ""})

    assert answer.status_code == 422
    assert "MEASURE_WITHOUT_OWNER_OR_STEWARD" in refusal(answer)
    assert fields_of(read(answer))["operational_definition"] == RETURNS["operational_definition"]
    assert "orders-returned" not in [each.key for each in now().measures]


@pytest.mark.parametrize(
    ("typed", "status", "code"),
    [
        ({"objectives": None}, 422, "MEASURE_WITHOUT_OBJECTIVE"),
        ({"operational_definition": ""}, 422, "OPERATIONAL_DEFINITION_MISSING"),
        ({"key": "sales"}, 409, "KEY_DUPLICATE"),
        ({"unit_of_measure": "!!"}, 422, "UNIT_OF_MEASURE_UNREAD"),
        ({"unit_of_measure": "USD"}, 422, "CURRENCY_MISMATCH"),
        ({"goal": "band"}, 422, "THRESHOLD_MISSING"),
        ({"basis": "distance", "red": "-2"}, 422, "THRESHOLD_ORDER"),
        ({"goal": "ordinal", "rubric": "three good"}, 422, "RUBRIC_UNREAD"),
        ({"source": "formula", "formula": "sales +"}, 422, "FORMULA_SYNTAX"),
        ({"source": "formula", "formula": "sails / 2"}, 422, "FORMULA_UNKNOWN_NAME"),
        ({"source": "formula", "formula": "sales + lessons"}, 422, "UNIT_MISMATCH"),
        ({"source": "formula", "formula": "orders-returned + 1"}, 422, "FORMULA_CYCLE"),
    ],
)
def test_what_cannot_be_scored_is_refused_by_name_and_kept(ana, now, typed, status, code):
    before = now().measures
    answer = ana.save(NEW, **RETURNS | typed)

    assert answer.status_code == status
    assert code in refusal(answer)
    assert fields_of(read(answer))["name"] == "Orders returned"
    assert now().measures == before


def test_a_formula_is_looked_at_while_it_is_typed(ana):
    typed = ana.typed(NEW, source="formula", formula="sales / lessons", unit_of_measure="EUR/h")
    shown = read(ana.client.post("/edit/measures/preview/", typed)).get_text(" ", strip=True)

    assert "Comes out in EUR/h" in shown
    assert "September 2026" in shown
    september = ana.open("/measures/sales/bakery/2026-09/")
    assert september is not None


@pytest.mark.parametrize(("typed", "august"), [({}, "not_applicable"), ({"valid_from": ""}, "missing_due")])
def test_a_new_measure_owes_nothing_before_the_running_month_unless_that_is_wanted(ana, typed, august):
    ana.save(NEW, **{**RETURNS, **typed})

    assert why_of_returns(ana, "2026-08") == august
    assert why_of_returns(ana, "2026-10") == "not_due"


def why_of_returns(ana, period):
    page = ana.client.get(f"/api/v1/scorecards/old-town/{period}").json()["scorecard"]
    shares = [share for perspective in page["children"] for share in perspective["children"]]
    return next(
        each["value_why"] for share in shares for each in share["children"] if each["name"] == RETURNS["name"]
    )


def test_the_preview_computes_what_the_engine_computes_once_it_is_saved(ana):
    said = RETURNS | {
        "kind": "flow",
        "source": "formula",
        "formula": "sales * 2",
        "unit_of_measure": "EUR",
        "decimals": "0",
        "valid_from": "",
    }
    typed = ana.typed(NEW, **said)
    shown = read(ana.client.post("/edit/measures/preview/", typed))
    previewed = [cell.get_text(strip=True) for cell in shown.select("tr:has(th:-soup-contains('2026')) td")][
        -1
    ]
    ana.save(NEW, **said)

    scorecard = ana.open("/scorecards/bakery/2026-09/").get_text(" ", strip=True)
    assert previewed.split()[0] in scorecard


def test_a_wrong_formula_is_marked_where_it_is_wrong(ana):
    typed = ana.typed(NEW, source="formula", formula="sales + %")
    shown = read(ana.client.post("/edit/measures/preview/", typed))

    assert "FORMULA_SYNTAX" in shown.get_text()
    assert shown.select_one("mark").get_text() == "%"
    assert "Line 1, column 9" in shown.get_text(" ", strip=True)


def test_owner_and_steward_in_one_person_are_warned_of_and_saved(ana, now):
    typed = ana.typed(NEW, **RETURNS | {"steward": "bruno"})
    shown = read(ana.client.post("/edit/measures/preview/", typed)).get_text()
    ana.save(NEW, **RETURNS | {"steward": "bruno"})

    assert "the same person" in shown
    assert measure(now, "orders-returned").versions[0].steward == "bruno"


def test_a_definition_nobody_could_repeat_is_hinted_at(ana):
    typed = ana.typed(NEW, operational_definition="Good service")
    shown = read(ana.client.post("/edit/measures/preview/", typed)).get_text(" ", strip=True)

    assert "It is short" in shown
    assert "Name the source" in shown


def test_what_is_typed_is_shown_as_text(ana):
    text = "<script>alert(1)</script>"
    ana.save(NEW, **RETURNS | {"name": text, "operational_definition": text, "key": "odd", "reason": text})

    for address in (
        "/edit/measures/odd/",
        "/edit/targets/odd/",
        "/measures/odd/bakery/2026-09/",
        "/edit/apply/",
    ):
        page = ana.client.get(address)
        assert page.status_code == 200, address
        assert text.encode() not in page.content, address


@pytest.mark.parametrize("role", ["viewer", "auditor", "measure_owner", "data_steward", "approver"])
def test_other_roles_may_neither_open_nor_send_it(client, bakery, role):
    client.force_login(person_with(role, "bakery", key="other"))

    assert client.get(NEW).status_code == 403
    assert client.post(NEW, RETURNS).status_code == 403
    assert client.post("/edit/measures/preview/", RETURNS).status_code == 403


def test_the_office_of_a_unit_declares_measures_there_and_nowhere_above(client, bakery, now):
    client.force_login(person_with("strategy_office", "old-town", key="olga"))
    page = read(client.get(NEW))

    assert [option["value"] for option in page.select("[name=unit] option")] == ["old-town"]
    said = fields_of(page) | RETURNS | {"unit": "bakery"}
    assert client.post(NEW, said).status_code == 422
    assert "orders-returned" not in [each.key for each in now().measures]
