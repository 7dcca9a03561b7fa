"""One world at a time: from the true table, move by move, until one cell is as high or as low as wanted."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from brobygger.engine.disclosure.linked import Linked, Target, World
from brobygger.engine.disclosure.moves import Moves, corners_of, moves_about
from brobygger.engine.disclosure.values import Counts, Flags, Place

Prices: TypeAlias = tuple[NDArray[np.float64], ...]

A_LITTLE = 1e-6  # of two moves at the same price, the one that goes farther


@dataclass(frozen=True, slots=True)
class Step:
    """One move through the tables: (table, cell, opposite corner) for each that it changes, and how far."""

    parts: tuple[tuple[int, Place, Place], ...]
    by: int


def reach(linked: Linked, target: Target, *, rises: bool, prices: Prices) -> World | None:
    """A world in which the cell is where it is wanted, or None if the prices allow none."""
    world = [counts.copy() for counts in linked.counts]
    prices = tuple(price.copy() for price in prices)
    while (missing := target.missing(world, rises=rises)) > 0:
        step = _cheapest_step(linked, world, target, rises, missing, prices)
        if step is None:
            return None
        for table, at, opposite in step.parts:
            for place, sign in corners_of(at, opposite, world[table].shape):
                world[table][place] += sign * step.by if rises else -sign * step.by
                prices[table][place] = 0.0
        _share(linked, prices)
    return tuple(world)


def _share(linked: Linked, prices: Prices) -> None:
    """What was paid for in one table is paid for in all."""
    cheapest = np.minimum.reduce([linked.shared(price) for price in prices])
    for price in prices:
        price[linked.sums(price.ndim)] = cheapest


def _cheapest_step(
    linked: Linked, world: Sequence[Counts], target: Target, rises: bool, missing: int, prices: Prices
) -> Step | None:
    """The move that costs least for each person it shifts."""
    about = moves_about(target.at, world[target.table], prices[target.table])
    room, price = about.up if rises else about.down, about.price
    is_open = _goes_through(linked, about, target.table)
    others = {}
    for table in range(len(world)):
        if table != target.table:
            best = _best_there(linked, world, target, rises, missing, prices, table)
            others[table] = best.corner
            spread = (..., *([np.newaxis] * (room.ndim - linked.core)))
            room = np.where(is_open, np.minimum(room, best.room[spread]), room)
            price = np.where(is_open, price + best.price[spread], price)
    worth = _worth(room, price, missing)
    opposite = tuple(int(each) for each in np.unravel_index(np.argmin(worth), worth.shape))
    if not np.isfinite(worth[opposite]):
        return None
    parts = [(target.table, target.at, opposite)]
    if is_open[opposite]:
        core = opposite[: linked.core]
        parts += [
            (table, linked.elsewhere(target.at, table), (*core, *corner[core]))
            for table, corner in others.items()
        ]
    return Step(tuple(parts), by=min(int(room[opposite]), missing))


def _goes_through(linked: Linked, about: Moves, table: int) -> Flags:
    """Which moves change the sums over this table's own dimensions, and so every other table too."""
    shape = linked.counts[table].shape
    through = np.ones(shape, bool)
    for axis in range(linked.core, len(shape)):
        size, here = shape[axis], about.at[axis]
        to_total = np.array([size - 1 in (here, there) for there in range(size)])
        through &= to_total.reshape([-1 if other == axis else 1 for other in range(len(shape))])
    return through


@dataclass(frozen=True, slots=True)
class _There:
    """For each opposite corner in the core, how another table best follows."""

    room: Counts
    price: NDArray[np.float64]
    corner: dict[Place, Place]


def _best_there(
    linked: Linked,
    world: Sequence[Counts],
    target: Target,
    rises: bool,
    missing: int,
    prices: Prices,
    table: int,
) -> _There:
    own_prices = prices[table].copy()
    own_prices[linked.sums(own_prices.ndim)] = 0.0  # paid in the table of the cell itself
    moves = moves_about(linked.elsewhere(target.at, table), world[table], own_prices)
    room = moves.up if rises else moves.down
    core, own = room.shape[: linked.core], room.shape[linked.core :]
    flat_room, flat_price = room.reshape(*core, -1), moves.price.reshape(*core, -1)
    best = np.argmin(_worth(flat_room, flat_price, missing), axis=-1)
    take = best[..., np.newaxis]
    corners = {
        tuple(int(n) for n in place): tuple(int(n) for n in np.unravel_index(best[place], own))
        for place in np.ndindex(core)
    }
    return _There(
        np.take_along_axis(flat_room, take, -1)[..., 0],
        np.take_along_axis(flat_price, take, -1)[..., 0],
        corners,
    )


def _worth(room: Counts, price: NDArray[np.float64], missing: int) -> NDArray[np.float64]:
    """Price for each person shifted; endless where nobody can be."""
    shifted = np.minimum(room, missing)
    worth = np.full(price.shape, np.inf)
    np.divide(price, shifted, out=worth, where=shifted > 0)
    worth += A_LITTLE * (missing - shifted)
    return worth
