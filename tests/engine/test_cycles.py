"""Loops in a graph are all found, and nothing else is called one."""

import doctest

from hypothesis import given
from hypothesis import strategies as st

from fourfold.engine import cycles
from fourfold.engine.cycles import cycles_in, reachable

NODES = "abcdef"
graphs = st.fixed_dictionaries({node: st.lists(st.sampled_from(NODES), max_size=4) for node in NODES})


@given(graphs)
def test_a_node_is_in_a_knot_exactly_if_it_leads_back_to_itself(graph):
    loops = cycles_in(graph)
    returning = {node for node in graph if graph[node] and node in reachable(graph, graph[node])}

    for loop in loops:
        assert all(
            following in graph[node] for node, following in zip(loop, (*loop[1:], loop[0]), strict=True)
        )
        assert len(set(loop)) == len(loop)
    assert {loop[0] for loop in loops} <= returning
    # One loop a knot: whoever returns to itself does so through exactly one of the loops' first members.
    for node in returning:
        mutual = [
            loop
            for loop in loops
            if loop[0] in reachable(graph, [node]) and node in reachable(graph, [loop[0]])
        ]
        assert len(mutual) == 1


def test_a_chain_of_five_thousand_is_no_loop_until_it_is_closed():
    chain = {str(each): [str(each + 1)] for each in range(5000)} | {"5000": []}

    assert cycles_in(chain) == ()
    assert len(cycles_in(chain | {"5000": ["0"]})[0]) == 5001


def test_a_node_that_leads_to_itself_is_a_loop_of_one():
    assert cycles_in({"a": ["a"], "b": ["a"]}) == (("a",),)


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(cycles).failed == 0
