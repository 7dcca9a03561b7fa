"""What every part of the sample is given: the moment it is dated from, fixed keys, and a seeded chance."""

import csv
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from importlib.resources import files
from random import Random
from uuid import UUID, uuid5

from brobygger.foundation.days import HOUSE_ZONE, is_working_day, local_day

REACHES_BACK = 700  # days
SAMPLE = UUID("5b1d6e1c-2020-5e0f-8d2b-000000002400")


def key(*words: str) -> UUID:
    """The key of something in the sample: the same words give the same key in every installation."""
    return uuid5(SAMPLE, "/".join(words))


HOUSE, ELSEWHERE = key("house", "bispebjerg"), key("house", "havnehuset")


@dataclass(frozen=True, slots=True)
class Frame:
    """`now` is the moment of the building; everything else lies a number of days before or after it."""

    now: datetime
    seed: int

    @property
    def today(self) -> date:
        return local_day(self.now)

    def chance(self, part: str) -> Random:
        """A chance of its own for each part, so that a change in one does not stir up the others."""
        return Random(f"{self.seed}/{part}")  # noqa: S311 - to be repeated, not to be secret

    def past(self, working_days: int, clock: str) -> datetime:
        """That hour so many working days before today; at least one, so that it has certainly been."""
        return moment(_working_days_before(self.today)[working_days - 1], clock)

    def on(self, days: int, clock: str) -> datetime:
        """That hour so many days from today, closed days or not."""
        return moment(self.today + timedelta(days=days), clock)


@cache
def _working_days_before(today: date) -> tuple[date, ...]:
    """The newest first, as far back as the sample reaches."""
    days = (today - timedelta(days=n) for n in range(1, REACHES_BACK))
    return tuple(day for day in days if is_working_day(day))


def moment(day: date, clock: str) -> datetime:
    """
    >>> moment(date(2026, 11, 24), "16.30").isoformat()
    '2026-11-24T16:30:00+01:00'
    """
    return datetime.combine(day, hour(clock), HOUSE_ZONE)


def hour(clock: str) -> time:
    hours, minutes = clock.split(".")
    return time(int(hours), int(minutes))


def rows(name: str) -> list[dict[str, str]]:
    """The lines of one of the tables beside this file, as they are written."""
    table = (files(__package__) / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(table.splitlines(), delimiter=";"))
