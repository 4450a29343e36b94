"""Slots: a higher app answers for a whole list in one call; the lower page names nobody."""

import pytest

from fourfold.platform.accounts.scope import NOBODY
from fourfold.platform.ui.slots import (
    MAP_EDGES,
    MEASURE_PANELS,
    SCORECARD_COLUMNS,
    SlotContent,
    SlotPlace,
    UnknownSlot,
    slot,
)

PLACE = SlotPlace("north", "2026-09", NOBODY)


@pytest.fixture
def signals():
    """A provider as a higher app would register it; it notes how it was asked."""
    asked = []

    def answer(keys, place):
        asked.append((tuple(keys), place))
        template = "ui/components/empty.html"
        return {
            key: SlotContent(template, {"sentence": f"Signal on {key}"}) for key in keys if key != "quiet"
        }

    slot(SCORECARD_COLUMNS).register("signals", answer)
    yield asked
    slot(SCORECARD_COLUMNS).withdraw("signals")


def test_a_provider_answers_once_for_the_whole_list(signals):
    slot(SCORECARD_COLUMNS).contents(["otif", "quiet", "cost"], place=PLACE)

    assert signals == [(("otif", "quiet", "cost"), PLACE)]


def test_each_key_gets_what_was_said_about_it(signals):
    contents = slot(SCORECARD_COLUMNS).contents(["otif", "quiet"], place=PLACE)

    assert "Signal on otif" in contents["otif"][0].render()
    assert contents["quiet"] == ()


def test_registering_the_same_name_again_replaces(signals):
    slot(SCORECARD_COLUMNS).register("signals", lambda _keys, _place: {})

    assert slot(SCORECARD_COLUMNS).contents(["otif"], place=PLACE) == {"otif": ()}


def test_an_empty_list_asks_nobody(signals):
    assert slot(SCORECARD_COLUMNS).contents([], place=PLACE) == {}
    assert signals == []


def test_only_the_named_slots_exist():
    assert [slot(name).name for name in (MEASURE_PANELS, SCORECARD_COLUMNS, MAP_EDGES)]
    with pytest.raises(UnknownSlot, match="no slot is called 'sidebar'"):
        slot("sidebar")
