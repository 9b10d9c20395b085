"""Groups in which everything is joined to everything: the maximal cliques of a graph.

A chain is no group: A with B and B with C say nothing of A and C. The algorithm is that of Bron and
Kerbosch with Tomita's pivot (Tomita, Tanaka and Takahashi 2006), after two steps that make the usual
graphs small: each connected part is taken alone, and nodes with the same neighbours, which stand in
the same cliques, are one. There can be 3^(n/3) cliques, so the work is bounded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

Graph = dict[str, set[str]]
"""For each node the nodes that it is joined to, without itself."""
MOST_STEPS = 200_000
"""Steps of the search for all parts of a graph together: some seconds."""
MOST_STEPS_OF_ONE = 20_000
"""Steps for one connected part: one hostile part must not cost the others theirs."""
MOST_NODES = 5_000
"""Of one connected part, without twins: a step takes as long as there are nodes, and as much memory."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cliques:
    """The groups of a graph in which everything is joined to everything, each sorted, in order."""

    cliques: tuple[tuple[str, ...], ...]
    complete: bool = True
    """Whether all maximal ones are there. If not, each that is there is still one, and every join is in one."""


def graph_of(pairs: Iterable[tuple[str, str]]) -> Graph:
    """The graph in which these are joined; a pair of one thing with itself joins nothing."""
    graph: Graph = defaultdict(set)
    for one, other in pairs:
        if one != other:
            graph[one].add(other)
            graph[other].add(one)
    return dict(graph)


def maximal_cliques(
    graph: Mapping[str, set[str]], *, steps: int = MOST_STEPS, steps_of_one: int = MOST_STEPS_OF_ONE
) -> Cliques:
    """The maximal cliques of two nodes or more; the same whatever the order of what is given.

    Args:
        graph: symmetric, as ``graph_of`` makes it.
        steps: how many steps the search may take in all.
        steps_of_one: how many of them in one connected part. Past it, a few cliques that hold every join
            of that part are given instead of all.
    """
    found: list[tuple[str, ...]] = []
    complete = True
    for part in sorted(_parts(graph), key=lambda nodes: (len(nodes), nodes)):
        twins, small = _without_twins(graph, part)
        cliques, taken = _searched(small, min(steps, steps_of_one))
        steps -= taken
        if cliques is None:
            complete = False
            cliques = _covering(small)
        found += [tuple(sorted(twin for node in one for twin in twins[node])) for one in cliques]
    return Cliques(cliques=tuple(sorted(one for one in found if len(one) > 1)), complete=complete)


# --- making it small ----------------------------------------------------------------------


def _parts(graph: Mapping[str, set[str]]) -> Iterator[list[str]]:
    """The connected parts, each sorted."""
    seen: set[str] = set()
    for start in graph:
        if start in seen:
            continue
        seen.add(start)
        part, waiting = [], [start]
        while waiting:
            node = waiting.pop()
            part.append(node)
            new = graph[node] - seen
            seen |= new
            waiting += new
        yield sorted(part)


def _without_twins(graph: Mapping[str, set[str]], part: list[str]) -> tuple[dict[str, list[str]], Graph]:
    """Nodes that are joined to each other and to the same others, by the first of them; the graph of those."""
    alike: dict[frozenset[str], list[str]] = defaultdict(list)
    for node in part:
        alike[frozenset(graph[node] | {node})].append(node)
    twins = {same[0]: same for same in alike.values()}
    return twins, {node: {other for other in graph[node] if other in twins} for node in twins}


# --- the search ---------------------------------------------------------------------------


def _searched(graph: Graph, steps: int) -> tuple[list[list[str]] | None, int]:
    """All maximal cliques, or None if the steps did not suffice; and how many steps it took.

    Sets of nodes are the bits of numbers. Without recursion, which Python bounds: each frame is a
    clique, the nodes that may still join it, those that were tried with it before, and those to be
    tried now.
    """
    if len(graph) == 1:
        return [list(graph)], 0
    if len(graph) > MOST_NODES:
        return None, 0
    names, joined = _numbered(graph)
    found: list[list[str]] = []
    everything = (1 << len(names)) - 1
    frames: list[tuple[list[str], int, int, int]] = [
        ([], everything, 0, _worth_trying(joined, everything, 0))
    ]
    taken = 0
    while frames:
        clique, candidates, excluded, waiting = frames.pop()
        if not waiting:
            continue
        taken += 1
        if taken > steps:
            return None, taken
        bit = waiting & -waiting
        node = bit.bit_length() - 1
        frames.append((clique, candidates & ~bit, excluded | bit, waiting & ~bit))
        larger = [*clique, names[node]]
        inner, outer = candidates & joined[node], excluded & joined[node]
        if inner:
            frames.append((larger, inner, outer, _worth_trying(joined, inner, outer)))
        elif not outer:
            found.append(larger)
    return found, taken


def _worth_trying(joined: list[int], candidates: int, excluded: int) -> int:
    """The candidates that are not joined to the pivot: every other clique holds one of them."""
    pivot = max(_bits(candidates | excluded), key=lambda node: (candidates & joined[node]).bit_count())
    return candidates & ~joined[pivot]


def _covering(graph: Graph) -> list[list[str]]:
    """Some maximal cliques that hold every join: each is grown from a join that none holds yet."""
    found = []
    left = {node: set(others) for node, others in graph.items()}
    for node in sorted(graph):
        while left[node]:
            clique, candidates = [node], graph[node]
            while candidates:
                # What the last one is joined to by a join that no clique holds yet goes first.
                following = min(candidates & left[clique[-1]] or candidates)
                clique.append(following)
                candidates = candidates & graph[following]
            for one in clique:
                left[one].difference_update(clique)
            found.append(clique)
    return found


def _numbered(graph: Graph) -> tuple[list[str], list[int]]:
    """The nodes in order, those with the fewest joins first, and for each the bits of its neighbours."""
    names = sorted(graph, key=lambda node: (len(graph[node]), node))
    number = {name: place for place, name in enumerate(names)}
    return names, [sum(1 << number[other] for other in graph[name]) for name in names]


def _bits(numbers: int) -> Iterator[int]:
    """The places of the ones, lowest first."""
    while numbers:
        bit = numbers & -numbers
        yield bit.bit_length() - 1
        numbers ^= bit
