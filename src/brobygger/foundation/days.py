"""Working days (hverdage) and the hours inside them: one calendar for every deadline in the house.

Days are counted on the Danish calendar, never on the UTC one: half past midnight in Copenhagen is still
yesterday in UTC, and a deadline counted from there would ring a day early. No clock is read here; the
moment is passed in.
"""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

HOUSE_ZONE = ZoneInfo("Europe/Copenhagen")
CLOSING = time(16, 0)
OPENING_HOURS = (time(9, 0), CLOSING)

CONSTITUTION_DAY, CHRISTMAS_EVE, NEW_YEARS_EVE = (6, 5), (12, 24), (12, 31)
CLOSED_BY_CUSTOM = frozenset({CONSTITUTION_DAY, CHRISTMAS_EVE, NEW_YEARS_EVE})

ONE_DAY = timedelta(days=1)
SATURDAY = 5


@cache
def public_holidays(year: int) -> frozenset[date]:
    """Danish public holidays of one year. Great Prayer Day (store bededag) is among them up to 2023.

    Source: the package `holidays`, which knows Denmark up to and including 2100.
    """
    from holidays.countries.denmark import Denmark  # slow to load, and most pages count no days

    return frozenset(Denmark(years=year))  # type: ignore[no-untyped-call]


@dataclass(frozen=True, slots=True)
class ClosedDays:
    """The days on which no deadline rings: weekends, public holidays, and what the house adds.

    `yearly` are (month, day) closed by custom each year; `extra` are single closed dates;
    `open_anyway` are dates that count as working days whatever else is said, a Saturday too.
    """

    extra: frozenset[date] = frozenset()
    open_anyway: frozenset[date] = frozenset()
    yearly: frozenset[tuple[int, int]] = CLOSED_BY_CUSTOM

    def __contains__(self, day: date) -> bool:
        if day in self.open_anyway:
            return False
        if day.weekday() >= SATURDAY or (day.month, day.day) in self.yearly:
            return True
        return day in self.extra or day in public_holidays(day.year)


DANISH = ClosedDays()


def is_working_day(day: date, closed: ClosedDays = DANISH) -> bool:
    return day not in closed


def working_day_on_or_after(day: date, closed: ClosedDays = DANISH) -> date:
    while day in closed:
        day += ONE_DAY
    return day


def add_working_days(day: date, n: int, closed: ClosedDays = DANISH) -> date:
    """The nth working day after a day: day 1 is the next working day, 0 is the day itself if it is one."""
    if n < 0:
        raise ValueError(f"working days are counted forwards, not {n}")
    if n == 0:
        return working_day_on_or_after(day, closed)
    for _ in range(n):
        day = working_day_on_or_after(day + ONE_DAY, closed)
    return day


def local_day(moment: datetime) -> date:
    """The day on the wall in Denmark at that moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment without a time zone could be any day")
    return moment.astimezone(HOUSE_ZONE).date()


def day_of(when: date) -> date:
    """The day itself, or the local day if an hour was agreed too (a datetime)."""
    return local_day(when) if isinstance(when, datetime) else when


def due_at(
    moment: datetime, *, working_days: int, closing: time = CLOSING, closed: ClosedDays = DANISH
) -> datetime:
    """Closing time so many working days after a moment, as an aware Danish time.

    The answer always lies after the moment: with 0 working days it is the first closing time still to come.
    """
    day = add_working_days(local_day(moment), working_days, closed)
    if _at(day, closing) <= moment.astimezone(UTC):
        day = add_working_days(day, 1, closed)
    return _at(day, closing).astimezone(HOUSE_ZONE)


def due_on(day: date, *, closing: time = CLOSING, closed: ClosedDays = DANISH) -> datetime:
    """Closing time on an agreed day; a closed day moves to the next working day."""
    return _at(working_day_on_or_after(day, closed), closing).astimezone(HOUSE_ZONE)


def due_in_hours(
    moment: datetime,
    hours: int,
    *,
    opening: tuple[time, time] = OPENING_HOURS,
    closed: ClosedDays = DANISH,
) -> datetime:
    """So many open hours after a moment. Hours run only while the door is open on a working day.

    What is left at closing time goes on when the door opens again, so four hours from Friday at three
    end on Monday at noon.
    """
    opens, closes = opening
    if hours < 1 or opens >= closes:
        raise ValueError(f"{hours} hours inside {opens}-{closes} never run out")
    left = timedelta(hours=hours)
    day = working_day_on_or_after(local_day(moment), closed)
    start = max(_at(day, opens), moment.astimezone(UTC))
    while (until_closing := max(_at(day, closes) - start, timedelta(0))) < left:
        left -= until_closing
        day = add_working_days(day, 1, closed)
        start = _at(day, opens)
    return (start + left).astimezone(HOUSE_ZONE)


def _at(day: date, hour: time) -> datetime:
    """In UTC, because two Danish times are compared by the face of the clock, also when it is put back."""
    return datetime.combine(day, hour, HOUSE_ZONE).astimezone(UTC)
