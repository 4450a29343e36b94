"""Arrows of a strategy map are right-angled, cross no card and no label, and never lie on each other."""

from __future__ import annotations

import random
from itertools import combinations, pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fourfold.scorecard.strategy.drawing import Arrow, Band, CardBox, Link, MapDrawing, Node, Point, draw_map
from fourfold.scorecard.strategy.drawing.rows import crossings, in_rows

BANDS = (
    Band("financial", "Financial", "How do we look to our owners?"),
    Band("customer", "Customer", "How do customers see us?"),
    Band("internal-process", "Internal process", "What must we excel at?"),
    Band("learning-growth", "Learning & growth", "How do we keep improving?"),
)

Piece = tuple[Point, Point]


def pieces(arrow: Arrow) -> list[Piece]:
    return list(pairwise(arrow.points))


def crosses(piece: Piece, card: CardBox) -> bool:
    """Whether a piece runs through the inside of a card; touching its edge is how an arrow lands."""
    left, right = sorted((piece[0].x, piece[1].x))
    top, bottom = sorted((piece[0].y, piece[1].y))
    return left < card.right and right > card.x and top < card.bottom and bottom > card.y


def lie_on_each_other(a: Piece, b: Piece) -> bool:
    for along, across in (("x", "y"), ("y", "x")):
        level = {round(getattr(point, across), 3) for piece in (a, b) for point in piece}
        if len(level) == 1:
            a_low, a_high = sorted(getattr(point, along) for point in a)
            b_low, b_high = sorted(getattr(point, along) for point in b)
            if min(a_high, b_high) - max(a_low, b_low) > 0.5:
                return True
    return False


def maps(most_nodes: int, most_links: int) -> st.SearchStrategy[MapDrawing]:
    def build(places: list[int], seed: int, count: int) -> MapDrawing:
        nodes = [
            Node(f"o{at}", f"Improve network cost productivity {at}", band) for at, band in enumerate(places)
        ]
        pairs = [(a, b) for a in nodes for b in nodes if a is not b and abs(a.band - b.band) <= 2]
        chosen = random.Random(seed).sample(pairs, min(count, len(pairs)))
        return draw_map(BANDS, nodes, links=[Link(a.key, b.key) for a, b in chosen])

    return st.builds(
        build,
        st.lists(st.integers(0, 3), min_size=2, max_size=most_nodes),
        st.integers(0, 10_000),
        st.integers(0, most_links),
    )


@settings(max_examples=60, deadline=None)
@given(maps(24, 36))
def test_every_arrow_is_right_angled_and_crosses_no_card(drawing: MapDrawing) -> None:
    for arrow in drawing.arrows:
        for piece in pieces(arrow):
            assert piece[0].x == piece[1].x or piece[0].y == piece[1].y
            assert not any(crosses(piece, card) for card in drawing.cards)


@settings(max_examples=60, deadline=None)
@given(maps(24, 36))
def test_no_arrow_enters_the_column_of_labels_or_leaves_the_sheet(drawing: MapDrawing) -> None:
    for arrow in drawing.arrows:
        for point in arrow.points:
            assert drawing.bands[0].label_width <= point.x <= drawing.width
            assert 0 <= point.y <= drawing.height


@settings(max_examples=40, deadline=None)
@given(maps(16, 20))
def test_no_two_arrows_lie_on_each_other(drawing: MapDrawing) -> None:
    for one, other in combinations(drawing.arrows, 2):
        assert not any(lie_on_each_other(a, b) for a in pieces(one) for b in pieces(other))


def test_an_arrow_starts_at_its_cause_and_ends_at_its_effect() -> None:
    nodes = (Node("skills", "Build skills", 3), Node("speed", "Deliver fast", 2))

    drawing = draw_map(BANDS, nodes, links=[Link("skills", "speed")])

    cards = {card.key: card for card in drawing.cards}
    assert drawing.arrows[0].points[0].y == cards["skills"].y
    assert drawing.arrows[0].points[-1].y == cards["speed"].bottom


def test_an_effect_between_two_causes_of_its_row_is_reached_from_both_sides() -> None:
    nodes = (Node("value", "Grow value", 0), Node("cost", "Lower cost", 0), Node("sales", "Raise sales", 0))

    drawing = draw_map(BANDS, nodes, links=[Link("cost", "value"), Link("sales", "value")])

    order = sorted(drawing.cards, key=lambda card: card.x)
    assert order[1].key == "value"
    assert all(len(arrow.points) == 2 for arrow in drawing.arrows)


def test_forty_objectives_with_eighty_links_stay_readable() -> None:
    rng = random.Random(3)
    nodes = [
        Node(f"o{at}", f"Objective number {at}", band)
        for at, band in enumerate([0] * 7 + [1] * 9 + [2] * 14 + [3] * 10)
    ]
    pairs = [(a, b) for a in nodes for b in nodes if a is not b and 0 <= a.band - b.band <= 1]

    drawing = draw_map(BANDS, nodes, links=[Link(a.key, b.key) for a, b in rng.sample(pairs, 80)])

    assert len(drawing.arrows) == 80
    assert drawing.width < 1400
    assert not any(
        crosses(p, card) for arrow in drawing.arrows for p in pieces(arrow) for card in drawing.cards
    )


def test_a_long_name_takes_three_lines_and_only_then_an_ellipsis() -> None:
    long = Node("long", "Digitise customer booking and tracking everywhere soon", 1)
    endless = Node("endless", f"{long.name} everywhere in every single region", 1)

    cards = {card.key: card for card in draw_map(BANDS, (long, endless), links=[]).cards}

    assert cards["long"].name_lines == ("Digitise customer", "booking and tracking", "everywhere soon")
    assert cards["long"].name_size < draw_map(BANDS, (Node("short", "Grow", 1),), links=[]).cards[0].name_size
    assert len(cards["endless"].name_lines) == 3
    assert cards["endless"].name_lines[-1].endswith("…")


def heads_by_edge(drawing: MapDrawing) -> dict[tuple[str, float], list[float]]:
    """The x of every arrowhead that lands on a long edge, by card and edge."""
    cards = {card.key: card for card in drawing.cards}
    found: dict[tuple[str, float], list[float]] = {}
    for arrow in drawing.arrows:
        end, card = arrow.points[-1], cards[arrow.target]
        if end.y in (card.y, card.bottom):
            found.setdefault((arrow.target, end.y), []).append(end.x)
    return found


@settings(max_examples=60, deadline=None)
@given(maps(24, 36))
def test_two_arrowheads_on_one_edge_keep_their_distance(drawing: MapDrawing) -> None:
    for xs in heads_by_edge(drawing).values():
        assert all(b - a >= 10.0 - 1e-6 for a, b in pairwise(sorted(xs)))


def test_three_causes_land_in_the_order_they_stand_in() -> None:
    nodes = (Node("top", "Grow", 0), *(Node(key, key, 1) for key in "abc"))

    drawing = draw_map(BANDS, nodes, links=[Link(key, "top") for key in "abc"])

    across = {card.key: card.x for card in drawing.cards}
    landed = sorted(drawing.arrows, key=lambda arrow: arrow.points[-1].x)
    assert [arrow.source for arrow in landed] == sorted("abc", key=across.__getitem__)


def test_an_identity_and_a_hypothesis_between_the_same_objectives_are_two_arrows() -> None:
    nodes = (Node("cost", "Lower cost", 0), Node("profit", "Raise profit", 0))

    drawing = draw_map(
        BANDS, nodes, links=[Link("cost", "profit", "hypothesis"), Link("cost", "profit", "identity")]
    )

    one, other = drawing.arrows
    assert (one.link.name, other.link.name) == ("hypothesis", "identity")
    assert one.points != other.points


def test_an_arrowhead_points_at_its_card_and_the_line_ends_at_its_foot() -> None:
    nodes = (Node("skills", "Build skills", 3), Node("speed", "Deliver fast", 2))

    arrow = draw_map(BANDS, nodes, links=[Link("skills", "speed")]).arrows[0]

    tip = arrow.points[-1]
    assert arrow.head.startswith(f"M{tip.x:g} {tip.y + 2:g}L")
    assert arrow.path.endswith(f"L{tip.x:g} {tip.y + 9:g}")


def seated(places: list[int], pairs: list[tuple[int, int]]) -> tuple[list[list[str]], int]:
    """The rows of a map whose objectives came one after another, and what its order costs in crossings."""
    nodes = [Node(f"o{at}", f"Objective {at}", band, rank=at) for at, band in enumerate(places)]
    links = [Link(f"o{a}", f"o{b}") for a, b in pairs if max(a, b) < len(places)]
    rows = in_rows(nodes, links, bands=len(BANDS), most=5)
    return [[node.key for node in row] for row in rows], crossings(rows, links)


def fewest_beside(rows: list[list[str]], key: str, *, at: int, pairs: list[tuple[int, int]]) -> int:
    """The fewest crossings with which a further objective finds a place where nobody else moves."""
    known = {key, *(each for row in rows for each in row)}
    links = [Link(f"o{a}", f"o{b}") for a, b in pairs if {f"o{a}", f"o{b}"} <= known]
    orders = (
        [row if place != at else [*row[:seat], key, *row[seat:]] for place, row in enumerate(rows)]
        for seat in range(len(rows[at]) + 1)
    )
    return min(crossings([[Node(each, "", 0) for each in row] for row in order], links) for order in orders)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.integers(0, 3), min_size=3, max_size=18), st.integers(0, 10_000), st.integers(0, 26))
def test_one_objective_more_or_less_moves_the_others_only_where_a_crossing_goes(
    places: list[int], seed: int, count: int
) -> None:
    every = [(a, b) for a in range(len(places)) for b in range(a) if abs(places[a] - places[b]) <= 2]
    pairs = random.Random(seed).sample(every, min(count, len(every)))
    newest = f"o{len(places) - 1}"
    with_it, cost = seated(places, pairs)
    without, _cost = seated(places[:-1], pairs)
    others = [[key for key in row if key != newest] for row in with_it]
    at = next(place for place, row in enumerate(with_it) if newest in row)

    assume([set(row) for row in others] == [set(row) for row in without])  # a sixth of a band opens a row
    assert others == without or cost < fewest_beside(without, newest, at=at, pairs=pairs)
    assert (with_it, cost) == seated(places, pairs)


def test_an_objective_that_nothing_links_to_moves_nobody() -> None:
    before, _cost = seated([0, 1, 1, 0], [(1, 0), (2, 3)])
    after, _cost = seated([0, 1, 1, 0, 1], [(1, 0), (2, 3)])

    assert before == [[key for key in row if key != "o4"] for row in after]


def test_two_causes_that_came_in_the_wrong_order_change_places() -> None:
    rows, cost = seated([0, 1, 1, 0], [(1, 3), (2, 0)])

    assert (rows[:2], cost) in (([["o3", "o0"], ["o1", "o2"]], 0), ([["o0", "o3"], ["o2", "o1"]], 0))
