"""A retired measure: what was stands, and from its day on it does not apply (METHOD M6.4, M6.6)."""

from dataclasses import replace
from datetime import date

import pytest

from fourfold.engine.book import DefinitionRefused
from fourfold.engine.quantities import Why
from tests.engine.small_books import VERSION, book, cell, definitions, evaluated, measure, target, value

TWO_MONTHS = """
    parcels north 2026-08 8
    parcels south 2026-08 2
    parcels north 2026-09 5
    parcels south 2026-09 4
"""
RETIRED = replace(measure("parcels"), retired_on=date(2026, 9, 1))
TARGETS = [target("parcels", unit, 5) for unit in ("north", "south")]


def test_pages_before_its_day_stand_and_later_ones_do_not_apply():
    found = evaluated(definitions(RETIRED, targets=TARGETS), TWO_MONTHS)
    before = evaluated(definitions(measure("parcels"), targets=TARGETS), TWO_MONTHS)

    assert cell(found, "parcels", "company", "2026-08") == cell(before, "parcels", "company", "2026-08")
    assert value(before, "parcels", "company", "2026-09") == 9
    assert cell(found, "parcels", "company", "2026-09")["score_why"] is Why.NOT_APPLICABLE
    assert cell(found, "parcels", "company", "2026-09")["due"] == 0


def test_a_version_that_begins_after_the_retirement_is_refused():
    later = replace(VERSION, number=2, valid_from=date(2026, 10, 1))
    thing = replace(measure("parcels", VERSION, later), retired_on=date(2026, 9, 1))

    with pytest.raises(DefinitionRefused) as refused:
        book(definitions(thing))
    assert refused.value.code == "MEASURE_RETIRED"
