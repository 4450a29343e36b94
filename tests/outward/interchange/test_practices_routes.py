"""Drivers, variance and segments leave with the digits of their pages."""

import csv
import io

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def signed_in(client, ana):
    """The client, as Ana."""

    def signing_in():
        client.force_login(ana())
        return client

    return signing_in


def rows(client, address):
    """The table that a page gives away, as rows by column."""
    lines = client.get(address).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(lines)))


def written(number):
    return "" if number is None else f"{float(number):.9g}"


def same(number, cell):
    return written(number) == written(cell or None)


@pytest.mark.method("M4.1")
def test_the_parts_of_a_driver_tree_are_those_of_its_table(found, signed_in):
    found()
    client = signed_in()

    told = client.get("/api/v1/drivers/margin/bakery/2026-09").json()

    assert (told["format"], told["about"]["measure"]["key"], told["against"]) == (
        "fourfold.drivers/1",
        "margin",
        "before",
    )
    assert (told["before"], told["after"]) == (25.0, 20.0)
    table = rows(client, "/drivers/margin/bakery/2026-09/drivers.csv")
    assert len(told["parts"]) == 2
    for part, row in zip(told["parts"], table, strict=False):
        assert (part["name"], part["measure"], part["kind"]) == (row["driver"], row["measure"], row["kind"])
        assert same(part["part"], row["part"])
    assert told["sentences"][0].startswith("Margin fell by 5.0 pp")


def test_a_plan_is_asked_for_by_name_and_another_word_is_refused(found, signed_in):
    found()
    client = signed_in()

    assert client.get("/api/v1/drivers/margin/bakery/2026-09?against=plan").json()["against"] == "plan"
    refused = client.get("/api/v1/drivers/margin/bakery/2026-09?against=luck")
    assert (refused.status_code, refused.json()["code"]) == (422, "INPUT_WRONG")


@pytest.mark.method("M2.3")
def test_the_split_by_segment_is_that_of_its_table(found, signed_in):
    found(orders={"counter": (184, 200), "phone": (880, 1000), "web": (8, 11)})
    client = signed_in()

    told = client.get("/api/v1/segments/kept/bakery/2026-09").json()

    table = rows(client, "/segments/kept/bakery/2026-09/segments.csv")
    assert [part["name"] for part in told["parts"]] == ["Counter", "Phone", "Web shop"]
    for part, row in zip(told["parts"], table, strict=False):
        assert same(part["rate"], row["rate_effect"])
        assert same(part["mix"], row["mix_effect"])
        assert same(part["share_after"], row["share_after"])
        assert same(part["cohen_h"], row["cohen_h"])
        assert same(part["q"], row["q"])
    assert sum(part["share_after"] for part in told["parts"]) == pytest.approx(100)
    assert told["headline"]


@pytest.mark.parametrize("what", ["drivers", "segments", "variance"])
def test_a_measure_without_such_parts_says_why(found, signed_in, what):
    found()

    told = signed_in().get(f"/api/v1/{what}/rating/bakery/2026-09")

    if told.status_code == 200:
        assert told.json()["parts"] == []
        assert told.json()["reason"]
    else:
        assert told.json()["code"] == "MEASURE_UNKNOWN"


@pytest.mark.method("M4.5")
def test_a_variance_leaves_with_its_verdict_and_every_step(found, signed_in):
    found()
    client = signed_in()

    told = client.get("/api/v1/variance/margin/bakery/2026-09").json()

    table = rows(client, "/variance/margin/bakery/2026-09/variance.csv")
    assert told["format"] == "fourfold.variance/1"
    assert told["verdict"] or told["reason"]
    steps = [row for row in table if row["question_or_driver"] and row["step"] not in ("part", "outside")]
    assert [step["question"] for step in told["steps"]] == [row["question_or_driver"] for row in steps]
