"""Cliques: all of them, none that is not one, whatever the order, and never without end."""

from __future__ import annotations

import itertools
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from fakeprofile.cliques import Graph, graph_of, maximal_cliques

NODES = "abcdefgh"
PAIRS = st.lists(st.tuples(st.sampled_from(NODES), st.sampled_from(NODES)), max_size=26)


def is_clique(graph: Graph, nodes: tuple[str, ...]) -> bool:
    return all(other in graph[one] for one, other in itertools.combinations(nodes, 2))


def by_trying_all(graph: Graph) -> set[tuple[str, ...]]:
    every = [
        nodes
        for size in range(2, len(graph) + 1)
        for nodes in itertools.combinations(sorted(graph), size)
        if is_clique(graph, nodes)
    ]
    return {one for one in every if not any(set(one) < set(other) for other in every)}


@settings(max_examples=150, deadline=None)
@given(PAIRS)
def test_they_are_exactly_those_that_trying_everything_finds(pairs: list[tuple[str, str]]) -> None:
    graph = graph_of(pairs)
    found = maximal_cliques(graph)
    assert found.complete
    assert set(found.cliques) == by_trying_all(graph)
    assert len(set(found.cliques)) == len(found.cliques)


@settings(max_examples=60, deadline=None)
@given(PAIRS, st.randoms(use_true_random=False), st.integers(0, 3))
def test_the_order_of_what_is_given_does_not_matter(
    pairs: list[tuple[str, str]], order: random.Random, steps: int
) -> None:
    turned = [pair[::-1] if order.random() < 0.5 else pair for pair in pairs]
    order.shuffle(turned)
    assert maximal_cliques(graph_of(pairs)) == maximal_cliques(graph_of(turned))
    assert maximal_cliques(graph_of(pairs), steps=steps) == maximal_cliques(graph_of(turned), steps=steps)


@settings(max_examples=60, deadline=None)
@given(PAIRS)
def test_without_steps_they_are_fewer_and_still_cliques_that_hold_every_join(
    pairs: list[tuple[str, str]],
) -> None:
    graph = graph_of(pairs)
    found = maximal_cliques(graph, steps=0)
    assert set(found.cliques) <= by_trying_all(graph)
    held = {pair for clique in found.cliques for pair in itertools.combinations(clique, 2)}
    assert held == {(one, other) for one in graph for other in graph[one] if one < other}
    assert not found.complete or set(found.cliques) == by_trying_all(graph)


def test_a_chain_is_not_a_group() -> None:
    assert maximal_cliques(graph_of([("a", "b"), ("b", "c")])).cliques == (("a", "b"), ("b", "c"))


def test_a_graph_with_three_to_the_thirtieth_cliques_comes_to_an_end() -> None:
    names = [f"{number:02}" for number in range(90)]
    pairs = [
        (names[one], names[other])
        for one, other in itertools.combinations(range(90), 2)
        if one // 3 != other // 3
    ]
    graph = graph_of([*pairs, ("x", "y")])
    found = maximal_cliques(graph, steps_of_one=500)
    assert not found.complete
    assert ("x", "y") in found.cliques
    assert all(is_clique(graph, clique) for clique in found.cliques)


def test_a_clique_larger_than_pythons_stack_is_found() -> None:
    names = [f"{number:04}" for number in range(1100)]
    # Each has a neighbour of its own, so that none is another's twin.
    graph = graph_of(
        itertools.chain(itertools.combinations(names, 2), ((name, f"x{name}") for name in names))
    )
    found = maximal_cliques(graph)
    assert found.complete
    assert tuple(names) in found.cliques
    assert len(found.cliques) == 1101
