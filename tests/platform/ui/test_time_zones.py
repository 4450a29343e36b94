"""Choosing a time zone: by typing a city, not by scrolling through four hundred."""

import pytest
from bs4 import BeautifulSoup
from django import forms

from fourfold.platform.ui.time_zones import TimeZoneField, offered_zones, zone_named


class ZoneForm(forms.Form):
    zone = TimeZoneField()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Europe/Vienna", "Europe/Vienna"),
        ("vienna", "Europe/Vienna"),
        (" New  York ", "America/New_York"),
        ("utc", "UTC"),
        ("US/Pacific", "US/Pacific"),
    ],
)
def test_a_city_or_a_zone_in_any_case_names_the_zone(typed, meant):
    form = ZoneForm({"zone": typed})

    assert form.is_valid()
    assert form.cleaned_data["zone"] == meant


@pytest.mark.parametrize("typed", ["", "Atlantis", "GMT+25", "../etc/passwd"])
def test_what_names_no_zone_is_refused(typed):
    assert not ZoneForm({"zone": typed}).is_valid()


def test_a_place_that_two_regions_have_is_asked_for_in_full():
    places = [zone.rsplit("/", 1)[-1] for zone in offered_zones()]
    twice = next((place for place in places if places.count(place) > 1), None)

    assert twice is None or zone_named(twice) is None


def test_nothing_is_chosen_beforehand_and_every_zone_is_suggested():
    form = BeautifulSoup(ZoneForm().as_p(), "html.parser")
    line = form.select_one("input")

    assert "value" not in line.attrs
    offered = [option["value"] for option in form.select(f"datalist#{line['list']} option")]
    assert offered == list(offered_zones())
    assert offered[0] == "UTC"
    assert "Etc/GMT+1" not in offered
