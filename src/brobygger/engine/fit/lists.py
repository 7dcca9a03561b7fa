"""The offers as lists: one for each theme, in each list the squares of a map row by row, in each the records.

What one person asks for then lies in a few runs of memory, and squares farther away than the worst place on
the list need not be looked at. An offer stands once for each of its themes and each of its places. Offers for
any need have a list of their own, and so have those of which nobody has said what they are about. In every
list the last square, which is nowhere, holds what has no place and what lies off the map.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np

from brobygger.engine.fit.layout import Columns, Narrow, Numbers, Points
from brobygger.engine.fit.records import (
    ALL,
    BY_TROUBLE,
    EAST,
    FLAGS,
    NORTH,
    OPENING,
    ROW,
    WIDTH,
    Records,
    least_trouble,
)

SQUARE = 4_000  # metres; doubled until the map is small enough
MOST_SQUARES = 16_384
OFF_THE_MAP = 0.002  # of the places, at each edge, where the map would else be too large


@dataclass(frozen=True, slots=True)
class Map:
    """Squares of `side` metres, counted eastward and then northward from the corner (`west`, `south`)."""

    west: int
    south: int
    wide: int
    high: int
    side: int

    @property
    def squares(self) -> int:
        """All of them, and nowhere."""
        return self.wide * self.high + 1

    @classmethod
    def of(cls, east: Numbers, north: Numbers) -> "Map":
        if not len(east):
            return cls(0, 0, 1, 1, SQUARE)
        for cut in (0.0, OFF_THE_MAP):
            west, east_end = _ends(east, cut)
            south, north_end = _ends(north, cut)
            if _fits(west, south, east_end, north_end, SQUARE):
                break
        side = SQUARE
        while not _fits(west, south, east_end, north_end, side):
            side *= 2
        return cls(west, south, (east_end - west) // side + 1, (north_end - south) // side + 1, side)

    def square(self, east: Numbers, north: Numbers) -> Numbers:
        across, up = (east - self.west) // self.side, (north - self.south) // self.side
        on_the_map = (across >= 0) & (across < self.wide) & (up >= 0) & (up < self.high)
        return np.where(on_the_map, up * self.wide + across, self.wide * self.high)


@dataclass(frozen=True, slots=True)
class Lists:
    """Records by list, square, `least_trouble` and row; `start[list * squares + square]` is where one begins.

    To the seven numbers of a record come ROW (of which offer it is, in the order of ids) and OPENING (as in
    `Records`). The row BY_TROUBLE is of its own: the records of each list by `least_trouble` and ROW alone.
    `places` and `themes` tell all places and lists of an offer, end to end, from `place_start[row]` and
    `theme_start[row]`.
    """

    map: Map
    numbers: Narrow
    start: Narrow
    list_of: Mapping[str, int]
    place_start: Narrow
    places: Narrow
    theme_start: Narrow
    themes: Narrow
    records: Records
    on: date

    @property
    def rows(self) -> Narrow:
        rows: Narrow = self.numbers[ROW]
        return rows

    @property
    def for_any_need(self) -> int:
        return len(self.list_of)

    @property
    def need_unknown(self) -> int:
        return len(self.list_of) + 1

    @property
    def nbytes(self) -> int:
        """What the lists hold in memory."""
        arrays = (self.numbers, self.start, self.place_start, self.places, self.theme_start, self.themes)
        return sum(array.nbytes for array in arrays)

    @classmethod
    def of(cls, columns: Columns, *, on: date) -> "Lists":
        """About two microseconds an offer. The offers of `records.odd` are in no list."""
        records = Records.of(columns, on=on)
        place_start, places = _places(columns.points, len(columns.ids))
        map_ = Map.of(places[0], places[1])
        row, list_, of_all = _entries(columns, records)
        copies = np.maximum(np.diff(place_start)[row], 1)
        entry = np.repeat(np.arange(len(row)), copies)
        nth = np.arange(len(entry)) - np.repeat(np.cumsum(copies) - copies, copies)
        row, list_ = row[entry], list_[entry]
        has_place = np.diff(place_start)[row] > 0
        place = np.where(has_place, place_start[row] + nth, 0)
        east, north = (np.where(has_place, axis[place] if len(axis) else 0, 0) for axis in places)
        nowhere = map_.wide * map_.high
        square = np.where(has_place, map_.square(east, north), nowhere)
        key = list_ * map_.squares + square
        least = least_trouble(records.numbers[FLAGS])[row]
        order = np.lexsort((row, least, key))
        numbers = np.empty((ALL, len(order)), np.int32)
        np.take(records.numbers, row[order], axis=1, out=numbers[:WIDTH])
        numbers[EAST], numbers[NORTH], numbers[ROW] = east[order], north[order], row[order]
        numbers[OPENING] = records.opening[row[order]]
        numbers[BY_TROUBLE] = np.lexsort((row[order], least[order], list_[order]))
        edges = np.arange((len(columns.themes.number_of) + 2) * map_.squares + 1)
        return cls(
            map=map_,
            numbers=numbers,
            start=np.searchsorted(key[order], edges).astype(np.int32),
            list_of=columns.themes.number_of,
            place_start=place_start.astype(np.int32),
            places=np.ascontiguousarray(places, np.int32),
            theme_start=np.searchsorted(of_all[0], np.arange(len(columns.ids) + 1)).astype(np.int32),
            themes=of_all[1].astype(np.int32),
            records=records,
            on=on,
        )


def _ends(axis: Numbers, cut: float) -> tuple[int, int]:
    return int(np.quantile(axis, cut, method="lower")), int(np.quantile(axis, 1 - cut, method="higher"))


def _fits(west: int, south: int, east: int, north: int, side: int) -> bool:
    return ((east - west) // side + 1) * ((north - south) // side + 1) <= MOST_SQUARES


def _places(points: Points, size: int) -> tuple[Numbers, Numbers]:
    """Each offer's places once: where they start, and east and north of all of them."""
    told = np.unique(np.stack([points.owner, points.east, points.north]), axis=1)
    return np.searchsorted(told[0], np.arange(size + 1)), told[1:]


def _entries(columns: Columns, records: Records) -> tuple[Numbers, Numbers, tuple[Numbers, Numbers]]:
    """Which row stands in which list, and the same in row order."""
    themes = columns.themes
    any_need, unknown = len(themes.number_of), len(themes.number_of) + 1
    for_any, for_unknown = np.flatnonzero(themes.known & ~themes.limited), np.flatnonzero(~themes.known)
    row = np.concatenate([themes.owner, for_any, for_unknown])
    list_ = np.concatenate([themes.rows, np.full(len(for_any), any_need), np.full(len(for_unknown), unknown)])
    told = ~records.odd[row]
    row, list_ = row[told], list_[told]
    order = np.lexsort((list_, row))
    return row, list_, (row[order], list_[order])
