"""Small answers about hours, seasons and words. Plain values in, plain values out."""

from collections.abc import Iterable, Iterator
from datetime import date, time

from brobygger.engine.fit.values import Slot
from brobygger.offers.terms import PartOfDay

A_DAY = 24 * 60
A_NIGHT = 16 * 60  # the earliest that a place opens which closes after midnight
PARTS = {
    PartOfDay.MORNING: (8 * 60, 12 * 60),
    PartOfDay.AFTERNOON: (12 * 60, 17 * 60),
    PartOfDay.EVENING: (17 * 60, 22 * 60),
}


def slots_between(weekday: int, opens_at: time, closes_at: time) -> Iterator[Slot]:
    """One opening time as slots within days. What opens in the afternoon may close after midnight.

    "9–5" is a slip of the pen or half a clock, and nobody but the source can say which. It gives no slot:
    a wrong hour would send somebody to a closed door.

    >>> list(slots_between(6, time(22), time(2)))
    [Slot(weekday=6, from_=1320, until=1440), Slot(weekday=0, from_=0, until=120)]
    >>> list(slots_between(0, time(9), time(0)))
    [Slot(weekday=0, from_=540, until=1440)]
    >>> list(slots_between(0, time(9), time(5)))
    []
    """
    opens, closes = _minutes(opens_at), _minutes(closes_at)
    if closes > opens:
        yield Slot(weekday, opens, closes)
    elif opens >= A_NIGHT or not closes:
        yield Slot(weekday, opens, A_DAY)
        if closes:
            yield Slot((weekday + 1) % 7, 0, closes)


def slots_of(weekday: int | None, part: PartOfDay | None) -> list[Slot]:
    """The hours of one part of one weekday; what is left out stands for all of them.

    >>> slots_of(3, PartOfDay.EVENING)
    [Slot(weekday=3, from_=1020, until=1320)]
    >>> len(slots_of(None, PartOfDay.MORNING)), slots_of(0, None)
    (7, [Slot(weekday=0, from_=0, until=1440)])
    """
    from_, until = PARTS[part] if part else (0, A_DAY)
    return [Slot(day, from_, until) for day in (range(7) if weekday is None else [weekday])]


def merged(slots: Iterable[Slot]) -> tuple[Slot, ...]:
    """Opening hours that touch or overlap are told as one.

    >>> merged([Slot(0, 720, 900), Slot(0, 540, 720), Slot(1, 540, 720)])
    (Slot(weekday=0, from_=540, until=900), Slot(weekday=1, from_=540, until=720))
    """
    told: list[Slot] = []
    for slot in sorted(slots):
        if told and told[-1].weekday == slot.weekday and slot.from_ <= told[-1].until:
            told[-1] = Slot(slot.weekday, told[-1].from_, max(told[-1].until, slot.until))
        else:
            told.append(slot)
    return tuple(told)


def season(*, on: date, opens_on: date | None, closes_on: date | None) -> tuple[date | None, date | None]:
    """The days that still matter: (opens_on, closes_on), never a closing at or before an opening.

    Closing in June and opening in August is a summer's rest: until June the closing matters, during the
    rest the opening, and afterwards neither.

    >>> rest = {"closes_on": date(2026, 6, 28), "opens_on": date(2026, 8, 10)}
    >>> season(on=date(2026, 7, 1), **rest)
    (datetime.date(2026, 8, 10), None)
    >>> season(on=date(2026, 9, 1), **rest)
    (None, None)
    """
    if opens_on is None or closes_on is None or opens_on < closes_on:
        return opens_on, closes_on
    if on < closes_on:
        return None, closes_on
    return (opens_on if on < opens_on else None), None


def are_postal(codes: Iterable[str]) -> bool:
    """Whether these are all Danish postal codes, the only kind of area a home is known by.

    >>> are_postal(["2400", "2700"]), are_postal(["2400", "0101"]), are_postal(["Cook"])
    (True, False, False)
    """
    return all(len(code) == 4 and code.isdecimal() and code[0] != "0" for code in codes)


def dialled(number: str) -> str:
    """A written number as a telephone dials it; empty where it is none.

    >>> dialled("+45 12 34 56 78"), dialled("(847) 392-0100"), dialled("Ring til skolen")
    ('+4512345678', '8473920100', '')
    """
    digits = "".join(sign for sign in number if sign.isdecimal())
    return f"+{digits}" if digits and number.lstrip(" (").startswith("+") else digits


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
