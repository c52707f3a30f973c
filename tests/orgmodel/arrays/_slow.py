"""The naive definitions, one entry at a time, and strategies for forests."""

import numpy as np
from hypothesis import strategies as st

MOST = 30


@st.composite
def forests(draw, least=0):
    """Parents without cycles, rows in any order."""
    size = draw(st.integers(least, MOST))
    order = draw(st.permutations(range(size)))
    parents = [-1] * size
    for place, entry in enumerate(order):
        above = draw(st.integers(-1, place - 1))
        parents[entry] = order[above] if above >= 0 else -1
    return parents


@st.composite
def parent_arrays(draw):
    """Any parents, with or without cycles."""
    size = draw(st.integers(0, MOST))
    return [draw(st.integers(-1, size - 1)) for _n in range(size)]


def chain(parents, entry):
    """An entry and those above it, upwards."""
    found = []
    while entry != -1:
        found.append(entry)
        entry = parents[entry]
    return found


def below(parents, entry):
    """Everyone below an entry."""
    return [one for one in range(len(parents)) if entry in chain(parents, one)[1:]]


def on_circle(parents, entry):
    """Whether an entry is its own ancestor."""
    here = parents[entry]
    for _n in parents:
        if here in {entry, -1}:
            break
        here = parents[here]
    return here == entry


def closest_common(parents, one, other):
    """The closest common leader of two, or one of them; -1 where there is none."""
    above = chain(parents, other)
    return next((entry for entry in chain(parents, one) if entry in above), -1)


def shuffled(parents, seed):
    """The same forest with its rows in another order, if there is a seed, and where each row went."""
    moved = np.arange(len(parents))
    if seed is not None:
        np.random.default_rng(seed).shuffle(moved)
    found = np.empty_like(parents)
    found[moved] = np.where(parents < 0, -1, moved[parents])
    return found, moved
