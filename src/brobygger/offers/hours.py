"""Opening hours as people write them, in Danish and English, read into days and times. Pure.

What cannot be read is handed back as it was written: a wrong hour sends somebody to a closed door.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import TypeAlias

Span: TypeAlias = tuple[time, time]

ALL_DAY: Span = (time(0, 0), time(23, 59))

_NAMES = (
    r"mandag|man|monday|mon",
    r"tirsdag|tirs|tir|tuesday|tues|tue",
    r"onsdag|ons|wednesday|wednes|wed",
    r"torsdag|tors|tor|thursday|thurs|thur|thu",
    r"fredag|fre|friday|fri",
    r"lørdag|lør|saturday|sat",
    r"søndag|søn|sunday|sun",
)
_CODES = ("mo", "tu", "we", "th", "fr", "sa", "su")
_GROUPS = (
    (r"hverdage|alle hverdage|weekdays|every weekday", range(5)),
    (r"weekenden|weekender|weekends|weekend", range(5, 7)),
    (r"alle dage|alle ugens dage|hver dag|dagligt|every day|everyday|daily|all days", range(7)),
)
_DAY = rf"(?:{'|'.join(_NAMES)})(?:e|s)?\b\.?"
_GROUP = "|".join(names for names, _ in _GROUPS)
_DAYS = re.compile(
    rf"\b(?:(?P<group>{_GROUP})\b|(?P<days>{_DAY}"
    rf"(?:\s*(?:-|–|—|,|/|&|\bto\b|\btil\b|\bthrough\b|\bthru\b|\band\b|\bog\b)\s*{_DAY})*))\s*:?",
    re.IGNORECASE,
)
_EACH_DAY = re.compile(rf"\b{_DAY}", re.IGNORECASE)
_REACHES = re.compile(r"^\s*(?:-|–|—|to|til|through|thru)\s*$", re.IGNORECASE)

_TIME = r"(?:\d{1,2}(?:[:.]\d{2}){0,2}\s*(?:am|pm|a\.m\.?|p\.m\.?)?|noon|midnight|middag|midnat)"
_SPAN = re.compile(
    rf"(?:kl\.?\s*)?({_TIME})\s*(?:-|–|—|to|til|until)\s*(?:kl\.?\s*)?({_TIME})", re.IGNORECASE
)
_ONE_TIME = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?(?:[:.]\d{2})?\s*([ap])?\.?m?\.?", re.IGNORECASE)
_BETWEEN = re.compile(r"^\s*(?:,|;|&|/|and|og|samt)?\s*$", re.IGNORECASE)
_LEAD = re.compile(r"^(?:åbent|åben|open|hours|fra|from|kl\.?)\s*:?\s*", re.IGNORECASE)
_CLOSED = re.compile(r"(?:closed|lukket|holder lukket|ikke åbent)", re.IGNORECASE)
_ROUND_THE_CLOCK = re.compile(
    r"(?:24\s*/\s*7(?:\s*/\s*365)?|(?:available |open )?24\s*(?:hours|timer)(?: a day)?"
    r"|døgnåbent?|hele døgnet)",
    re.IGNORECASE,
)
_APPOINTMENT = re.compile(r"efter aftale|by appointment|appointment only|tidsbestilling", re.IGNORECASE)
_TRIM = " \t\n.,;|"


@dataclass(frozen=True, slots=True)
class Day:
    """One weekday as it was told: Monday is 0; no spans = closed. `said` is what stood there."""

    weekday: int
    spans: tuple[Span, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Week:
    """The days that could be read, and the pieces that could not, as they were written."""

    days: tuple[Day, ...]
    left: tuple[str, ...]


def week_in(text: str) -> Week:
    """Read a week of opening hours.

    >>> week = week_in("Sunday: Closed Monday: 8:30-12:00 , 13:00-17:00")
    >>> [(day.weekday, len(day.spans)) for day in week.days], week.left
    ([(6, 0), (0, 2)], ())
    >>> [day.weekday for day in week_in("man-ons 10-14, fredag lukket").days]
    [0, 1, 2, 4]
    >>> week_in("Ring og hør").left
    ('Ring og hør',)
    """
    days: list[Day] = []
    left: list[str] = []
    for weekdays, hours, said in _pieces(text):
        spans = spans_in(hours)
        if spans is None or not weekdays:
            left.append(said)
        else:
            days += [Day(weekday, spans, said) for weekday in weekdays]
    return Week(tuple(days), tuple(left))


def spans_in(text: str) -> tuple[Span, ...] | None:
    """The spans of one day: () = closed, None = cannot be read.

    >>> spans_in("9am-5pm") == spans_in("kl. 9.00 - 17.00") == ((time(9), time(17)),)
    True
    >>> spans_in("Lukket"), spans_in("efter aftale")
    ((), None)
    """
    bare = _LEAD.sub("", text.strip(_TRIM)).strip(_TRIM)
    if _CLOSED.fullmatch(bare):
        return ()
    if _ROUND_THE_CLOCK.fullmatch(bare):
        return (ALL_DAY,)
    spans, end = [], 0
    for found in _SPAN.finditer(bare):
        span = _span(found[1], found[2])
        if span is None or not _BETWEEN.match(bare[end : found.start()]):
            return None
        spans.append(span)
        end = found.end()
    return tuple(dict.fromkeys(spans)) if spans and _BETWEEN.match(bare[end:]) else None


def time_in(text: str, *, is_end: bool = False) -> time | None:
    """One time of day, or None. As an end, midnight is the last minute of the day.

    >>> time_in("9:00"), time_in("5 p.m."), time_in("10:00:00Z"), time_in("24:00", is_end=True)
    (datetime.time(9, 0), datetime.time(17, 0), datetime.time(10, 0), datetime.time(23, 59))
    >>> time_in("soon") is None and time_in("25:00") is None
    True
    """
    bare = re.sub(r"(?:\.\d+)?(?:Z|[+-]\d{2}:?\d{2})$", "", text.strip(), flags=re.IGNORECASE)
    found = _ONE_TIME.fullmatch(bare)
    minutes = _minutes(bare, found[3] if found else None)
    return None if minutes is None else _clock(minutes, is_end=is_end)


def weekdays_in(text: str) -> tuple[int, ...] | None:
    """Weekdays named by word, by HSDS code (MO,TU), or by number (1 = Monday); None if any is unreadable.

    >>> weekdays_in("TH,FR"), weekdays_in("Monday"), weekdays_in("7"), weekdays_in("1MO")
    ((3, 4), (0,), (6,), None)
    """
    found: list[int] = []
    for part in filter(None, re.split(r"[,;\s]+", text.strip())):
        weekday = _weekday(part)
        if weekday is None:
            return None
        found.append(weekday)
    return tuple(dict.fromkeys(found)) or None


def is_odd(span: Span) -> bool:
    """Closes before it opens: a night, or a slip of the pen. Nobody but the source can say which."""
    return span[1] <= span[0]


def is_by_appointment(text: str) -> bool:
    """
    >>> is_by_appointment("Kun efter aftale"), is_by_appointment("9-17")
    (True, False)
    """
    return bool(_APPOINTMENT.search(text))


def _pieces(text: str) -> Iterator[tuple[tuple[int, ...], str, str]]:
    """(weekdays, what stands after them, the whole piece). Text before the first day comes with no days."""
    found = list(_DAYS.finditer(text))
    before = text[: found[0].start()] if found else text
    lead = _LEAD.sub("", before.strip(_TRIM)).strip(_TRIM)
    after = [text[one.end() : two] for one, two in zip(found, _starts(found, len(text)), strict=True)]
    if len(found) == 1 and not after[0].strip(_TRIM) and spans_in(lead):
        yield _days_of(found[0]), lead, text.strip()
        return
    if lead:
        yield (tuple(range(7)) if _ROUND_THE_CLOCK.fullmatch(lead) else ()), lead, before.strip()
    for one, hours in zip(found, after, strict=True):
        yield _days_of(one), hours, (one[0] + hours).strip()


def _starts(found: list[re.Match[str]], end: int) -> list[int]:
    return [one.start() for one in found[1:]] + [end] if found else []


def _days_of(found: re.Match[str]) -> tuple[int, ...]:
    if group := found["group"]:
        return next(tuple(days) for names, days in _GROUPS if re.fullmatch(names, group, re.IGNORECASE))
    listed = found["days"]
    days: list[int] = []
    end = 0
    for one in _EACH_DAY.finditer(listed):
        weekday = _weekday(one[0])
        if weekday is None:
            continue
        if days and _REACHES.match(listed[end : one.start()]):
            days += [(days[-1] + step) % 7 for step in range(1, (weekday - days[-1]) % 7)]
        days.append(weekday)
        end = one.end()
    return tuple(dict.fromkeys(days))


def _weekday(word: str) -> int | None:
    bare = word.strip(" .").lower()
    if bare in _CODES:
        return _CODES.index(bare)
    if bare in {"1", "2", "3", "4", "5", "6", "7"}:
        return int(bare) - 1
    for weekday, names in enumerate(_NAMES):
        if re.fullmatch(rf"(?:{names})(?:e|s)?", bare):
            return weekday
    return None


def _span(first: str, second: str) -> Span | None:
    """A missing am or pm is taken from the other end, if then it closes after it opens."""
    ends = [_ONE_TIME.fullmatch(one.strip()) for one in (first, second)]
    halves = [one[3].lower() if one and one[3] else None for one in ends]
    opens, closes = _minutes(first, halves[0]), _minutes(second, halves[1])
    if (
        halves[1]
        and not halves[0]
        and ends[0]
        and opens is not None
        and closes is not None
        and opens < 13 * 60
    ):
        same = _minutes(first, halves[1])
        opens = same if same is not None and same < closes else opens
    elif halves[0] and not halves[1] and ends[1] and opens is not None and closes is not None:
        closes = closes + 12 * 60 if closes <= opens and closes < 12 * 60 else closes
    if opens is None or closes is None or opens >= 24 * 60:
        return None
    if opens == closes == 0:
        return ALL_DAY
    return _clock(opens), _clock(closes, is_end=True)


def _minutes(word: str, half: str | None) -> int | None:
    bare = word.strip().lower()
    if bare in {"noon", "middag"}:
        return 12 * 60
    if bare in {"midnight", "midnat"}:
        return 24 * 60
    found = _ONE_TIME.fullmatch(bare)
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half.lower() == "p" else 0)
    total = hour * 60 + minute
    return total if minute < 60 and total <= 24 * 60 else None


def _clock(minutes: int, *, is_end: bool = False) -> time:
    if minutes >= 24 * 60:
        return time(23, 59) if is_end else time(0, 0)
    return time(minutes // 60, minutes % 60)
