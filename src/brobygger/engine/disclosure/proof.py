"""The check before anything leaves. It knows what was promised, and not how it was reached."""

from collections.abc import Sequence

import numpy as np

from brobygger.engine.disclosure.linked import Linked, Target, World
from brobygger.engine.disclosure.values import Flags, with_margins


class NotSafe(Exception):
    """A table would have betrayed somebody, so it does not leave. The fault is ours, never the asker's."""


def check(
    linked: Linked,
    *,
    withheld: Sequence[Flags],
    targets: Sequence[Target],
    worlds: Sequence[World],
) -> None:
    """NotSafe unless every world could be the truth, and together they leave open what was promised."""
    if not all(_could_be_true(linked, withheld, world) for world in worlds):
        raise NotSafe("a world does not agree with what is shown")
    possible = [linked.counts, *worlds]
    for target in targets:
        counts = [int(world[target.table][target.at]) for world in possible]
        if not withheld[target.table][target.at] or min(counts) > target.low or max(counts) < target.high:
            raise NotSafe("a sensitive cell could be narrowed down")
    for number, flags in enumerate(withheld):
        here = np.stack([world[number] for world in possible])
        if (flags & (here.max(axis=0) == here.min(axis=0))).any():
            raise NotSafe("a withheld cell could be worked out")


def _could_be_true(linked: Linked, withheld: Sequence[Flags], world: World) -> bool:
    """Whole, not negative, adding up, the same in every table, and equal wherever something is shown."""
    return linked.agree(world) and all(
        bool((theirs >= 0).all())
        and np.array_equal(theirs, with_margins(theirs[tuple(slice(-1) for _ in theirs.shape)]))
        and bool(((theirs == ours) | flags).all())
        for theirs, ours, flags in zip(world, linked.counts, withheld, strict=True)
    )
