"""The deepest cause comes first, what follows is folded, and nothing an executive watches is hidden."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fourfold.engine.exceptions import CauseLink, ExceptionItem, ExceptionKind, Line, Ranking, ranked

ADVERSE, FAVOURABLE, STALE = ExceptionKind.ADVERSE, ExceptionKind.FAVOURABLE, ExceptionKind.STALE


def item(
    place: int, node: str, priority: float = 1.0, kind=ADVERSE, executive: bool = False
) -> ExceptionItem:
    return ExceptionItem(place, place, kind, priority, (node,), executive, (kind,))


def told(ranking: Ranking) -> list[str]:
    """Every line as its node, what is folded in brackets, what it follows from after an arrow."""
    return [_line(line) for line in (*ranking.shown, *ranking.rest)]


def _line(line: Line) -> str:
    text = line.item.nodes[0]
    if line.folded:
        text += f" ({', '.join(each.nodes[0] for each in line.folded)})"
    return f"{text} ← {line.follows.nodes[0]}" if line.follows else text


CHAIN = [CauseLink("skills", "quality"), CauseLink("quality", "loyalty"), CauseLink("loyalty", "profit")]


def test_the_deepest_cause_comes_first_with_what_follows_folded() -> None:
    found = ranked([item(0, "profit", 3.0), item(1, "quality", 2.0), item(2, "skills", 0.1)], links=CHAIN)

    assert told(found) == ["skills (profit, quality)"]


def test_what_lies_between_need_not_be_an_exception() -> None:
    assert told(ranked([item(0, "profit"), item(1, "skills")], links=CHAIN)) == ["skills (profit)"]


def test_what_an_executive_watches_keeps_a_line_of_its_own_after_its_cause() -> None:
    items = [item(0, "profit", 3.0, executive=True), item(1, "skills", 0.1), item(2, "loyalty", 2.0)]

    assert told(ranked(items, links=CHAIN)) == ["skills (loyalty)", "profit ← skills"]


def test_a_group_stands_where_its_most_urgent_member_belongs() -> None:
    items = [item(0, "profit", 3.0), item(1, "weather", 2.0), item(2, "skills", 0.1)]

    assert told(ranked(items, links=CHAIN)) == ["skills (profit)", "weather"]


def test_a_cause_that_improves_explains_no_worsening() -> None:
    items = [item(0, "profit", 2.0), item(1, "skills", 1.0, kind=FAVOURABLE)]

    assert told(ranked(items, links=CHAIN)) == ["profit", "skills"]


def test_a_negative_link_turns_the_way_round_and_nothing_worse_is_folded_under_what_is_better() -> None:
    links = [CauseLink("savings", "quality", sign=-1), CauseLink("quality", "loyalty")]
    items = [item(0, "quality", 2.0), item(1, "savings", 1.0, kind=FAVOURABLE), item(2, "loyalty", 0.5)]

    assert told(ranked(items, links=links)) == ["savings", "quality ← savings", "loyalty ← savings"]


def test_two_negative_links_lead_back_and_fold() -> None:
    links = [CauseLink("savings", "quality", sign=-1), CauseLink("quality", "returns", sign=-1)]
    items = [item(0, "returns", 2.0, kind=FAVOURABLE), item(1, "savings", 1.0, kind=FAVOURABLE)]

    assert told(ranked(items, links=links)) == ["savings (returns)"]


def test_what_got_better_and_is_off_target_still_keeps_its_line() -> None:
    both = (FAVOURABLE, ExceptionKind.OFF_TARGET)
    quality = ExceptionItem(0, 0, FAVOURABLE, 2.0, ("quality",), kinds=both)
    profit = item(2, "profit", 0.5, kind=FAVOURABLE)

    assert told(ranked([quality, item(1, "skills", kind=FAVOURABLE), profit], links=CHAIN)) == [
        "skills (profit)",
        "quality ← skills",
    ]
    assert told(ranked([quality, profit], links=CHAIN)) == ["quality (profit)"]


def test_what_is_told_by_its_target_while_its_signal_says_better_explains_nothing_and_is_not_folded() -> None:
    both = (ExceptionKind.OFF_TARGET, FAVOURABLE)
    quality = ExceptionItem(0, 0, ExceptionKind.OFF_TARGET, 2.0, ("quality",), kinds=both)

    assert told(ranked([quality, item(1, "profit", 1.5)], links=CHAIN)) == ["quality", "profit"]
    assert told(ranked([quality, item(1, "profit", 1.5), item(2, "skills")], links=CHAIN)) == [
        "skills (profit)",
        "quality ← skills",
    ]


def test_what_executives_watch_stands_with_its_cause_if_worse_and_by_its_own_urgency_if_better() -> None:
    def page(kind: ExceptionKind) -> list[str]:
        mine = [
            item(0, "quality", 4.0, kind),
            item(1, "profit", 2.0, kind, executive=True),
            item(2, "skills", 1.0, kind),
        ]
        return told(ranked([*mine, item(3, "weather", 3.0)], links=CHAIN))

    assert page(ADVERSE) == ["skills (quality)", "profit ← skills", "weather"]
    assert page(FAVOURABLE) == ["skills (quality)", "weather", "profit ← skills"]


def test_problems_of_data_are_neither_cause_nor_effect() -> None:
    items = [item(0, "profit", 2.0, kind=STALE), item(1, "skills", 1.0, kind=STALE)]

    assert told(ranked(items, links=CHAIN)) == ["profit", "skills"]


def test_in_a_circle_the_most_urgent_counts_as_the_cause() -> None:
    links = [*CHAIN, CauseLink("profit", "skills")]
    items = [item(0, "skills", 1.0), item(1, "loyalty", 2.0), item(2, "profit", 0.5)]

    assert told(ranked(items, links=links)) == ["loyalty (skills, profit)"]


def test_two_measures_of_one_objective_do_not_explain_each_other() -> None:
    assert told(ranked([item(0, "quality", 2.0), item(1, "quality", 1.0)], links=CHAIN)) == [
        "quality",
        "quality",
    ]


def test_of_equals_the_listed_order_decides() -> None:
    assert told(ranked([item(0, "b"), item(1, "a")])) == ["b", "a"]


def test_ten_are_shown_and_the_remainder_is_listed_in_order() -> None:
    found = ranked([item(place, f"node {place}", 20.0 - place) for place in range(13)])

    assert (len(found.shown), len(found.rest)) == (10, 3)
    assert [line.item.place for line in found.rest] == [10, 11, 12]


nodes = st.sampled_from("abcdefg")
items_drawn = st.lists(
    st.builds(
        lambda node, second, priority, kind, executive: (
            (node,) if node == second else (node, second), priority, kind, executive
        ),
        nodes, nodes, st.integers(1, 5), st.sampled_from([*ExceptionKind]), st.booleans(),
    ),
    max_size=14,
)  # fmt: skip
links_drawn = st.lists(
    st.builds(CauseLink, cause=nodes, effect=nodes, sign=st.sampled_from([1, -1])), max_size=12
)


@pytest.mark.method("M6.3")
@given(drawn=items_drawn, links=links_drawn)
def test_folding_loses_nothing_and_never_hides_what_an_executive_watches(drawn, links) -> None:
    items = [
        ExceptionItem(place, place, kind, float(priority), at, executive)
        for place, (at, priority, kind, executive) in enumerate(drawn)
    ]
    ranking = ranked(items, links=links)
    lines = [*ranking.shown, *ranking.rest]
    everywhere = [each.place for line in lines for each in (line.item, *line.folded)]

    assert sorted(everywhere) == list(range(len(items)))
    assert not any(each.is_executive for line in lines for each in line.folded)
    assert all(each.way == line.item.way for line in lines for each in line.folded)
    assert len(ranking.shown) <= 10
    assert len(ranking.shown) == 10 or not ranking.rest
