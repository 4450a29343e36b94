"""Readers see their own separators; the digits stay the same (METHOD §0.3)."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.platform.accounts.models import Person
from fourfold.platform.ui.numbers import display_number
from fourfold.platform.ui.region import REGIONS, reading_as

NUMBERS = st.floats(min_value=-1e12, max_value=1e12)


@pytest.mark.parametrize(
    ("region", "written"),
    [
        ("gb", "−1,234,567.5"),
        ("us", "−1,234,567.5"),
        ("de", "−1.234.567,5"),
        ("fr", "−1\u202f234\u202f567,5"),
        ("ch", "−1’234’567.5"),
        ("iso", "−1\u202f234\u202f567.5"),
    ],
)
def test_a_number_is_written_as_the_reader_does(region, written):
    with reading_as(REGIONS[region]):
        assert display_number(-1234567.5).text == written


@given(number=NUMBERS, decimals=st.integers(0, 4), region=st.sampled_from(sorted(REGIONS)))
def test_the_digits_are_the_same_for_everybody(number, decimals, region):
    plain = display_number(number, decimals=decimals).text
    with reading_as(REGIONS[region]):
        theirs = display_number(number, decimals=decimals).text

    assert re.findall(r"\d", theirs) == re.findall(r"\d", plain)
    assert theirs[:1] == plain[:1]


@pytest.mark.parametrize(
    ("region", "written"), [("gb", "8 Oct 2026"), ("us", "Oct 8, 2026"), ("iso", "2026-10-08")]
)
def test_a_day_can_be_read_one_way_only(region, written):
    assert REGIONS[region].day(date(2026, 10, 8)) == written


@pytest.fixture
def page(client, db):
    client.force_login(Person.objects.create_user("ana", name="Ana"))

    def reading(**headers):
        text = client.get("/regions/", headers=headers).content.decode()
        return re.search(r'value="(\w+)" checked', text)[1]

    return reading


@pytest.mark.parametrize(
    ("asked", "region"),
    [
        ("de-DE,de;q=0.9,en;q=0.5", "de"),
        ("de-CH", "ch"),
        ("en-US", "us"),
        ("en-AU", "gb"),
        ("sv-SE", "fr"),
        ("xx, fr;q=0.4", "fr"),
        ("nonsense;;q=", "gb"),
        ("", "gb"),
    ],
)
def test_the_browser_says_how_its_reader_writes(page, asked, region):
    assert page(**{"accept-language": asked}) == region


def test_a_choice_counts_more_than_the_browser(client, page):
    client.post("/regions/", {"region": "iso"})

    assert page(**{"accept-language": "de"}) == "iso"


def test_a_way_of_writing_nobody_offers_changes_nothing(client, page):
    client.post("/regions/", {"region": "mars"})

    assert page(**{"accept-language": "de"}) == "de"
