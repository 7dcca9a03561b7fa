"""Which cells are withheld: the sensitive ones, and as few others as we find that keep them hidden."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from brobygger.engine.disclosure.linked import Linked, Target, World
from brobygger.engine.disclosure.proof import check
from brobygger.engine.disclosure.reaching import Prices, reach
from brobygger.engine.disclosure.values import (
    HOUSE_RULE,
    NOT_SHOWN,
    Counts,
    Flags,
    Place,
    Protected,
    Rule,
    Table,
    margins_of,
    places,
)

DEARER_BY = 8  # a total tells more than a part, and what is wanted more than what is not
TIDIED = 800  # cells; larger tables keep what the first search withheld


def protect(tables: Sequence[Table], *, rule: Rule = HOUSE_RULE) -> tuple[Protected, ...]:
    """What may be shown of tables that leave together. Proved, or nothing leaves (`proof.NotSafe`).

    Tables may be linked: dimensions of the same name are the same, and the persons counted are the same.
    TooEntangled if two of them share what a third does not have.
    """
    linked = Linked.of(tables)
    targets = targets_in(linked, tables, rule)
    worlds = worlds_for(linked, targets)
    withheld = withheld_by(linked, targets, worlds)
    check(linked, withheld=withheld, targets=targets, worlds=worlds)
    return tuple(
        Protected(
            table.dimensions,
            linked.turned_back(np.where(withheld[number], NOT_SHOWN, linked.counts[number]), number),
        )
        for number, table in enumerate(tables)
    )


def targets_in(linked: Linked, tables: Sequence[Table], rule: Rule) -> list[Target]:
    """Every sensitive cell once, and every group that stands wholly in one private category."""
    found = []
    for number, (counts, table) in enumerate(zip(linked.counts, tables, strict=True)):
        sensitive = (counts > 0) & (counts < rule.least)
        for at in places(sensitive):
            if number == 0 or not linked.is_shared(at, counts.shape):
                found.append(Target(number, at, 0, rule.least))
        for axis, name in enumerate(table.dimensions[turned].name for turned in linked.orders[number]):
            if name in table.private:
                found += [
                    Target(number, at, int(counts[at]) - 1, int(counts[at]))
                    for at in _whole_groups(counts, axis, rule)
                ]
    return found


def _whole_groups(counts: Counts, axis: int, rule: Rule) -> list[Place]:
    """Cells that hold all of their group, where the group is large enough to be seen at all."""
    total = counts.take([-1], axis=axis)
    whole = (counts == total) & (counts >= rule.least)
    if counts.shape[axis] == 2:  # one category: there is nothing to learn
        return []
    at_the_end = np.arange(counts.shape[axis]) == counts.shape[axis] - 1
    whole &= ~at_the_end.reshape([-1 if other == axis else 1 for other in range(counts.ndim)])
    return places(whole)


def worlds_for(linked: Linked, targets: Sequence[Target]) -> list[World]:
    """Worlds that together reach every target, touching cheap cells first."""
    worlds: list[World] = []
    for target, rises in _unreached(targets, linked, worlds):
        if _is_reached(target, rises, [linked.counts, *worlds]):
            continue
        prices = _prices(linked, withheld_by(linked, targets, worlds))
        world = reach(linked, target, rises=rises, prices=prices)
        if world is None:
            raise AssertionError("every cell can be hidden if all may be withheld")
        worlds.append(world)
    return worlds if sum(each.size for each in linked.counts) > TIDIED else _tidied(linked, targets, worlds)


def withheld_by(linked: Linked, targets: Iterable[Target], worlds: Iterable[World]) -> list[Flags]:
    """The targets and every cell that some world changes, in each table."""
    withheld = [np.zeros(counts.shape, bool) for counts in linked.counts]
    for target in targets:
        withheld[target.table][target.at] = True
    for world in worlds:
        for flags, theirs, ours in zip(withheld, world, linked.counts, strict=True):
            flags |= theirs != ours
    linked.in_every_table(withheld)
    return withheld


def _tidied(linked: Linked, targets: Sequence[Target], worlds: list[World]) -> list[World]:
    """Show again what turned out not to be needed, dearest first."""
    withheld = withheld_by(linked, targets, worlds)
    own = withheld_by(linked, targets, ())
    dear = _prices(linked, [np.zeros(counts.shape, bool) for counts in linked.counts])
    others = [
        (-float(dear[number][at]), number, at)
        for number, flags in enumerate(withheld)
        for at in places(flags & ~own[number])
        if number == 0 or not linked.is_shared(at, flags.shape)
    ]
    for _price, number, at in sorted(others):
        worlds = _without(linked, targets, worlds, number, at) or worlds
    return worlds


def _without(
    linked: Linked, targets: Sequence[Target], worlds: Sequence[World], number: int, at: Place
) -> list[World] | None:
    """Worlds that leave this cell alone and touch only what is withheld already; None if there are none."""
    allowed = withheld_by(linked, targets, worlds)
    allowed[number][at] = False
    if linked.is_shared(at, allowed[number].shape):
        for table, flags in enumerate(allowed):
            flags[linked.elsewhere(at, table)] = False
    prices = tuple(np.where(flags, 0.0, np.inf) for flags in allowed)
    kept = [world for world in worlds if world[number][at] == linked.counts[number][at]]
    for target, rises in _unreached(targets, linked, kept):
        if _is_reached(target, rises, [linked.counts, *kept]):
            continue
        world = reach(linked, target, rises=rises, prices=prices)
        if world is None:
            return None
        kept.append(world)
    return kept


def _unreached(
    targets: Iterable[Target], linked: Linked, worlds: Sequence[World]
) -> list[tuple[Target, bool]]:
    seen = [linked.counts, *worlds]
    return [
        (target, rises)
        for target in targets
        for rises in (False, True)
        if not _is_reached(target, rises, seen)
    ]


def _is_reached(target: Target, rises: bool, worlds: Iterable[Sequence[Counts]]) -> bool:
    return any(target.missing(world, rises=rises) <= 0 for world in worlds)


def _prices(linked: Linked, withheld: Sequence[Flags]) -> Prices:
    """What it costs to withhold each cell: more where it tells more. What is withheld already is free."""
    return tuple(
        np.where(flags, 0.0, _price(counts, wanted))
        for flags, counts, wanted in zip(withheld, linked.counts, linked.wanted, strict=True)
    )


def _price(counts: Counts, wanted: Flags) -> NDArray[np.float64]:
    price: NDArray[np.float64] = (1 + np.log2(1 + counts)) * float(DEARER_BY) ** margins_of(counts.shape)
    return price * np.where(wanted, DEARER_BY, 1)
