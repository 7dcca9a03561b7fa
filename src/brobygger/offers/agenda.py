"""An offer's weekly hours as a calendar file (RFC 5545), for the calendar in anybody's telephone.

Hours are local: they carry the Danish zone with its rule for summer time, so that 16 stays 16 all year.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
LINE = 75  # octets of a line at most; the rest follows after a space
ZONE = """BEGIN:VTIMEZONE
TZID:Europe/Copenhagen
BEGIN:STANDARD
DTSTART:19961027T030000
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
TZNAME:CET
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
BEGIN:DAYLIGHT
DTSTART:19810329T020000
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
TZNAME:CEST
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
END:VTIMEZONE"""


@dataclass(frozen=True, slots=True)
class Time:
    """One weekly time. Monday is 0; `until` at or before `from_` is after midnight."""

    key: UUID
    weekday: int
    from_: time
    until: time


@dataclass(frozen=True, slots=True)
class Agenda:
    """What the file says. `begins` is the first day it may happen; `ends` the first it may not, if known."""

    name: str
    about: str
    place: str
    address: str
    times: tuple[Time, ...]
    begins: date
    ends: date | None
    written_at: datetime

    @property
    def filename(self) -> str:
        return f"tilbud-{self.begins.isoformat()}.ics"

    def as_text(self) -> str:
        """The whole file, with the line endings and folds that the standard asks for."""
        lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Brobygger//Tilbud//DA", "METHOD:PUBLISH"]
        lines += ZONE.split("\n")
        for one in self.times:
            lines += self._event(one)
        return "".join(f"{folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])

    def _event(self, one: Time) -> Iterator[str]:
        first = next_day(self.begins, one.weekday)
        if self.ends is not None and first >= self.ends:
            return
        begins = datetime.combine(first, one.from_)
        ends = datetime.combine(first + timedelta(days=one.until <= one.from_), one.until)
        yield "BEGIN:VEVENT"
        yield f"UID:{one.key}@brobygger"
        yield f"DTSTAMP:{self.written_at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
        yield f"DTSTART;TZID=Europe/Copenhagen:{begins:%Y%m%dT%H%M%S}"
        yield f"DTEND;TZID=Europe/Copenhagen:{ends:%Y%m%dT%H%M%S}"
        yield f"RRULE:FREQ=WEEKLY;BYDAY={DAYS[one.weekday]}{self._until()}"
        for name, text in (
            ("SUMMARY", self.name),
            ("DESCRIPTION", self.about),
            ("LOCATION", self.place),
            ("URL", self.address),
        ):
            if text:
                yield f"{name}:{text if name == 'URL' else escaped(text)}"
        yield "END:VEVENT"

    def _until(self) -> str:
        """The last moment before the end, in UTC as the standard asks: a day early never, an hour may be."""
        if self.ends is None:
            return ""
        return f";UNTIL={self.ends - timedelta(days=1):%Y%m%d}T225959Z"


def next_day(on: date, weekday: int) -> date:
    """The first day of this weekday, that day included.

    >>> next_day(date(2026, 11, 24), 1), next_day(date(2026, 11, 24), 0)
    (datetime.date(2026, 11, 24), datetime.date(2026, 11, 30))
    """
    return on + timedelta(days=(weekday - on.weekday()) % 7)


def escaped(text: str) -> str:
    r"""
    >>> print(escaped("Te, kaffe; kage\nog snak"))
    Te\, kaffe\; kage\nog snak
    """
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(plain.splitlines())


def folded(line: str) -> str:
    """Cut by octets, never inside a letter.

    >>> [len(part.encode()) for part in folded("å" * 80).split("\\r\\n")]
    [74, 75, 13]
    """
    parts: list[str] = []
    part = ""
    for letter in line:
        room = LINE if not parts else LINE - 1
        if len((part + letter).encode()) > room:
            parts.append(part)
            part = ""
        part += letter
    return "\r\n ".join([*parts, part])
