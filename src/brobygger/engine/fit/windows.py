"""Squares around a home: a window, and the next wider one without it. So far, and no farther than needed."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from brobygger.engine.fit.lists import Map
from brobygger.engine.quantities import Point

NOTHING_BEYOND = 1 << 40  # metres


@dataclass(frozen=True, slots=True)
class Window:
    """Squares `left` to `right` and `bottom` to `top`, on the map or beyond it. Both ends belong to it."""

    left: int
    right: int
    bottom: int
    top: int

    @classmethod
    def around(cls, home: Point, map_: Map, radius: int) -> "Window":
        across, up = (home.east - map_.west) // map_.side, (home.north - map_.south) // map_.side
        return cls(across - radius, across + radius, up - radius, up + radius)

    def beyond(self, home: Point, map_: Map) -> int:
        """Metres from the home to the nearest square of the map outside the window, at least."""
        gaps = (
            (self.left > 0, home.east - (map_.west + self.left * map_.side)),
            (self.right < map_.wide - 1, map_.west + (self.right + 1) * map_.side - home.east),
            (self.bottom > 0, home.north - (map_.south + self.bottom * map_.side)),
            (self.top < map_.high - 1, map_.south + (self.top + 1) * map_.side - home.north),
        )
        return max(0, min((gap for there_is_more, gap in gaps if there_is_more), default=NOTHING_BEYOND))

    def runs(self, map_: Map, inner: "Window | None") -> Iterator[tuple[int, int]]:
        """Squares of the map in the window but not in the inner one, as half-open runs."""
        left, right = max(0, self.left), min(map_.wide - 1, self.right)
        for up in range(max(0, self.bottom), min(map_.high - 1, self.top) + 1):
            row = up * map_.wide
            if inner is None or not inner.bottom <= up <= inner.top:
                yield from _run(row, left, right)
            else:
                yield from _run(row, left, min(right, inner.left - 1))
                yield from _run(row, max(left, inner.right + 1), right)


def _run(row: int, left: int, right: int) -> Iterator[tuple[int, int]]:
    if left <= right:
        yield row + left, row + right + 1


def widening(home: Point, map_: Map, radii: Sequence[int]) -> Iterator[tuple[list[tuple[int, int]], int]]:
    """Runs of squares, window by window, and how far away everything later is. The last leaves nothing."""
    inner = None
    for radius in radii:
        window = Window.around(home, map_, radius)
        beyond = window.beyond(home, map_)
        yield list(window.runs(map_, inner)), beyond
        if beyond == NOTHING_BEYOND:
            return
        inner = window
