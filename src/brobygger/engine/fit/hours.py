"""When offers are held, as twenty bits: 13 for a kind of hours and 7 for the weekdays it is held on.

A kind is when it begins and ends in half hours, and whether one may come and go. Kind 0 suits always; then
come the kinds that occur, then whole weeks that have three or more kinds. An offer is told in two such
numbers, of which one must suit.
"""

from collections import Counter
from dataclasses import dataclass, field

import numpy as np

from brobygger.engine.fit.layout import Columns, Flags, Narrow, Numbers, Slots
from brobygger.engine.fit.values import WeekTimes

KIND_BITS = 13
MOST_KINDS = 1 << KIND_BITS
EVERY_DAY = 127
ALWAYS = EVERY_DAY << KIND_BITS
REMEMBERED = 512
WEEKDAYS = np.arange(7)


@dataclass(frozen=True, slots=True)
class Hours:
    """`half_hours` and `come_and_go` of each kind from 1; those and weekdays of the weeks, end to end."""

    half_hours: Numbers
    come_and_go: Flags
    week_start: Numbers
    week_kinds: Numbers
    week_days: Numbers
    remembered: dict[WeekTimes, Narrow] = field(default_factory=dict, compare=False)

    @property
    def always(self) -> Narrow:
        """What suits a person who has said nothing about times."""
        return np.full(1 + len(self.half_hours) + len(self.week_start), EVERY_DAY, np.int32)

    def suit(self, times: WeekTimes | None) -> Narrow:
        """For each kind the weekdays, one bit each, on which these free times suit it. Kept for the next."""
        if times is None:
            return self.always
        if times not in self.remembered:
            if len(self.remembered) >= REMEMBERED:
                self.remembered.clear()
            self.remembered[times] = self._suit(times)
        return self.remembered[times]

    def _suit(self, times: WeekTimes) -> Narrow:
        free = np.array([times.day(day) for day in range(7)], np.int64)[:, None]
        covered, touched = self.half_hours & ~free == 0, self.half_hours & free != 0
        by_day = np.where(self.come_and_go, touched, covered)
        days = np.concatenate([[EVERY_DAY], (by_day << WEEKDAYS[:, None]).sum(axis=0)]).astype(np.int32)
        if not len(self.week_start):
            return days
        suits = (days[self.week_kinds] & self.week_days) != 0
        weeks = EVERY_DAY * np.maximum.reduceat(suits, self.week_start)
        return np.concatenate([days, weeks.astype(np.int32)])


def told(columns: Columns) -> tuple[Hours, Numbers, Numbers, Flags]:
    """The hours that there are, each offer's two numbers, and the offers whose week has no number."""
    size = len(columns.ids)
    owner, numbers, kinds = _by_offer(columns.slots)
    owners, starts, many = np.unique(owner, return_index=True, return_counts=True)
    first, second = np.full(size, ALWAYS, np.int64), np.zeros(size, np.int64)
    first[owners] = numbers[starts]
    second[owners[many == 2]] = numbers[starts[many == 2] + 1]
    of_many = many > 2
    spans = zip(starts[of_many].tolist(), many[of_many].tolist(), strict=True)
    weeks = [tuple(numbers[start : start + count].tolist()) for start, count in spans]
    common = [week for week, _ in Counter(weeks).most_common(max(0, MOST_KINDS - 1 - len(kinds)))]
    number_of = {week: number for number, week in enumerate(common, 1 + len(kinds))}
    chosen = np.array([number_of.get(week, 0) for week in weeks], np.int64)
    first[owners[of_many]] = chosen | ALWAYS
    no_number = np.zeros(size, bool)
    no_number[owners[of_many]] = chosen == 0
    return _hours(kinds, common), first, second, no_number


def _hours(kinds: Numbers, weeks: list[tuple[int, ...]]) -> Hours:
    lengths = np.array([len(week) for week in weeks], np.int64)
    parts = np.array([part for week in weeks for part in week], np.int64)
    return Hours(
        half_hours=kinds >> 1,
        come_and_go=kinds & 1 == 1,
        week_start=np.cumsum(lengths) - lengths,
        week_kinds=parts & MOST_KINDS - 1,
        week_days=parts >> KIND_BITS,
    )


def _by_offer(slots: Slots) -> tuple[Numbers, Numbers, Numbers]:
    """For each offer and kind, in order: whose, and its twenty bits. Then the kinds themselves."""
    kinds, kind = np.unique(slots.half_hours << 1 | slots.come_and_go[slots.owner], return_inverse=True)
    if len(kinds) >= MOST_KINDS:  # there are no more than 4,704 of them
        raise ValueError(f"{len(kinds)} kinds of hours")
    entries = np.unique((slots.owner * MOST_KINDS + kind + 1) * 7 + slots.weekday)
    whose, starts = np.unique(entries // 7, return_index=True)
    days = np.add.reduceat(1 << entries % 7, starts) if len(starts) else whose
    return whose // MOST_KINDS, whose % MOST_KINDS | days << KIND_BITS, kinds
