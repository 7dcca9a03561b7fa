"""Moves: how counts can be shifted so that every sum still adds up.

In one dimension there are two: one more here and one fewer there, or one more here and one more in total. A
move in a table is a product of one such step per dimension. It has at most 2**n corners: the cell it is about
and those reached by changing some of its places for those of the opposite corner.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from brobygger.engine.disclosure.values import Counts, Place, corners

FAR = 1 << 40  # more than anybody counts


@dataclass(frozen=True, slots=True)
class Moves:
    """Every move about one cell, by its opposite corner: how far it can go, and what more it would withhold.

    `up` and `down`: by how much the cell can rise or fall before another count would become negative.
    `price`: the sum of the prices of its corners; endless where a corner may not be touched.
    """

    at: Place
    up: Counts
    down: Counts
    price: NDArray[np.float64]


def moves_about(at: Place, counts: Counts, prices: NDArray[np.float64]) -> Moves:
    """All moves about a cell of a table with margins. `prices` has one for each cell."""
    up, down = np.full(counts.shape, FAR), np.full(counts.shape, FAR)
    price = np.zeros(counts.shape)
    for moved in corners(counts.ndim):
        part = tuple(
            slice(None) if far else slice(here, here + 1) for far, here in zip(moved, at, strict=True)
        )
        sign = _sign(at, counts.shape, moved)
        up = np.minimum(up, np.where(sign < 0, counts[part], FAR))
        down = np.minimum(down, np.where(sign > 0, counts[part], FAR))
        price = price + prices[part]
    for axis, here in enumerate(at):  # a corner opposite to itself is no move
        itself = tuple(here if other == axis else slice(None) for other in range(counts.ndim))
        up[itself] = down[itself] = 0
    return Moves(at, up, down, price)


def corners_of(at: Place, opposite: Place, shape: tuple[int, ...]) -> list[tuple[Place, int]]:
    """The cells of one move, and whether each goes with the cell (1) or against it (-1)."""
    found = []
    for moved in corners(len(at)):
        place = tuple(there if far else here for far, here, there in zip(moved, at, opposite, strict=True))
        signs = (
            _goes_with(here, there, size)
            for far, here, there, size in zip(moved, at, opposite, shape, strict=True)
            if far
        )
        found.append((place, int(np.prod(list(signs), dtype=np.int64))))
    return found


def _goes_with(here: int, there: int, size: int) -> int:
    """A total goes with its part; two parts of the same total go against each other."""
    return 1 if size - 1 in (here, there) else -1


def _sign(at: Place, shape: tuple[int, ...], moved: tuple[bool, ...]) -> Counts:
    """For each opposite corner, whether this corner goes with the cell or against it."""
    sign = np.ones([1] * len(shape), np.int64)
    for axis, (here, size, far) in enumerate(zip(at, shape, moved, strict=True)):
        if far:
            steps = np.array([_goes_with(here, there, size) for there in range(size)])
            sign = sign * steps.reshape([-1 if other == axis else 1 for other in range(len(shape))])
    return sign
