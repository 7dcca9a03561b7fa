"""A map drawn by us: what part of the land it shows, and the places on it, near ones as one. Pure.

Coordinates are UTM 32N in metres. On paper x runs right and y down, in a picture `ACROSS` wide.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

ACROSS, DOWN = 1000, 750
CELLS = 14  # places nearer to each other than this part of the picture are shown as one
NARROWEST, WIDEST = 500, 700_000  # metres across
OUTLINE_FROM = 40_000  # metres across from which the outline of the land helps more than it misleads
OUTLINE = (430_000, 6_410_000, 466_300, 364_700)  # west, north, width and height of `denmark.svg`
STEPS = (100, 250, 500, 1_000, 2_500, 5_000, 10_000, 25_000, 50_000, 100_000)
LINES = 4  # at least so many squares across
MOST_SPOTS = 60


@dataclass(frozen=True, slots=True)
class Point:
    """Where an offer is, and which."""

    east: int
    north: int
    offer: int


@dataclass(frozen=True, slots=True)
class View:
    """The part of the land that is shown. The height follows from the width."""

    east: int
    north: int
    width: int

    @property
    def west(self) -> float:
        return self.east - self.width / 2

    @property
    def top(self) -> float:
        return self.north + self.width * DOWN / ACROSS / 2

    @property
    def scale(self) -> float:
        return ACROSS / self.width

    @property
    def as_text(self) -> str:
        return f"{self.east},{self.north},{self.width}"

    def at(self, east: float, north: float) -> tuple[float, float]:
        """Where it is in the picture."""
        return round((east - self.west) * self.scale, 1), round((self.top - north) * self.scale, 1)

    def holds(self, point: Point) -> bool:
        x, y = self.at(point.east, point.north)
        return 0 <= x <= ACROSS and 0 <= y <= DOWN

    @property
    def wider(self) -> "View":
        return View(self.east, self.north, min(self.width * 3, WIDEST))


@dataclass(frozen=True, slots=True)
class Spot:
    """One place or several near ones. `closer` shows it nearer, where there is more to see."""

    number: int
    x: float
    y: float
    offers: tuple[int, ...]
    closer: View | None


def view_of(text: str) -> View | None:
    """A part of the land as it stands in an address, or None.

    >>> view_of("722000,6179000,2000"), view_of("her"), view_of("1,2,3,4")
    (View(east=722000, north=6179000, width=2000), None, None)
    """
    parts = text.split(",")
    if len(parts) != 3 or not all(part.isascii() and part.isdecimal() and len(part) < 9 for part in parts):
        return None
    east, north, width = map(int, parts)
    return View(east, north, max(NARROWEST, min(width, WIDEST)))


def around(points: Sequence[Point]) -> View:
    """The smallest view that holds them all, with some room; of nothing, the whole land.

    >>> around([]).as_text
    '663150,6227650,486266'
    """
    if not points:
        west, north, width, height = OUTLINE
        return View(west + width // 2, north - height // 2, height * ACROSS // DOWN)
    easts, norths = ([point.east for point in points], [point.north for point in points])
    spread = max(max(easts) - min(easts), (max(norths) - min(norths)) * ACROSS / DOWN) * 1.2
    middle = (min(easts) + max(easts)) // 2, (min(norths) + max(norths)) // 2
    return View(*middle, max(NARROWEST, min(int(spread), WIDEST)))


def spots(points: Iterable[Point], view: View) -> list[Spot]:
    """What is seen, from above to below; those with the most offers where there are too many."""
    most = sorted(_near(points, view), key=lambda some: (-len(some), some[0].north, some[0].east))[
        :MOST_SPOTS
    ]
    ordered = sorted(most, key=lambda some: (-some[0].north, some[0].east))
    return [_spot(number, some, view) for number, some in enumerate(ordered, 1)]


def _near(points: Iterable[Point], view: View) -> list[list[Point]]:
    """Points in groups: by small squares first, and then squares whose middles are near each other as one."""
    cell = view.width / CELLS
    square = defaultdict[tuple[int, int], list[Point]](list)
    for point in points:
        if view.holds(point):
            square[int(point.north // cell), int(point.east // cell)].append(point)
    groups: list[list[Point]] = []
    for some in sorted(square.values(), key=lambda some: (-len(some), some[0].north, some[0].east)):
        east, north = _middle(some)
        beside = (one for one in groups if _is_beside(one, east, north, cell))
        near = next(beside, None)
        if near is None:
            groups.append(some)
        else:
            near += some
    return groups


def _is_beside(some: Sequence[Point], east: float, north: float, cell: float) -> bool:
    there = _middle(some)
    return (there[0] - east) ** 2 + (there[1] - north) ** 2 < cell**2


def _middle(some: Sequence[Point]) -> tuple[float, float]:
    return sum(point.east for point in some) / len(some), sum(point.north for point in some) / len(some)


def _spot(number: int, some: list[Point], view: View) -> Spot:
    x, y = view.at(*_middle(some))
    offers = tuple(dict.fromkeys(point.offer for point in some))
    is_one_place = len({(point.east, point.north) for point in some}) == 1
    nearer = around(some)
    can_go_nearer = not is_one_place and nearer.width < view.width
    return Spot(number, x, y, offers, nearer if can_go_nearer else None)


def grid(view: View) -> tuple[int, list[float], list[float]]:
    """Metres between two lines, and where the lines stand: from the left and from above."""
    step = max([step for step in STEPS if view.width / step >= LINES], default=STEPS[0])
    bottom = view.top - view.width * DOWN / ACROSS
    across = range(int(view.west // step + 1) * step, int(view.west + view.width) + 1, step)
    down = range(int(bottom // step + 1) * step, int(view.top) + 1, step)
    return step, [view.at(east, 0)[0] for east in across], [view.at(0, north)[1] for north in down]


def outline(view: View) -> tuple[float, float, float, float] | None:
    """Where the outline of the land lies in the picture: x, y, width, height; None where it is too rough."""
    if view.width < OUTLINE_FROM:
        return None
    west, north, width, height = OUTLINE
    x, y = view.at(west, north)
    return x, y, round(width * view.scale, 1), round(height * view.scale, 1)
