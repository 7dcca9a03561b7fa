"""Days and moments as files write them. Pure."""

import re
from datetime import UTC, date, datetime


def day_in(text: str) -> date | None:
    """The day of an ISO date or moment, or of a Danish date.

    >>> day_in("2024-09-25T14:23:06+01:00"), day_in("24.12.2026"), day_in("soon")
    (datetime.date(2024, 9, 25), datetime.date(2026, 12, 24), None)
    """
    found = re.match(r"(\d{4})-(\d{2})-(\d{2})", text.strip())
    parts = found.groups() if found else None
    if parts is None and (found := re.fullmatch(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})", text.strip())):
        parts = found.groups()[::-1]
    try:
        return date(*map(int, parts)) if parts else None
    except ValueError:
        return None


def moment_in(text: str) -> datetime | None:
    """A moment with its zone; without one it is taken to be UTC. A day alone is its beginning.

    >>> moment_in("2023-03-15T10:30:45.123Z"), moment_in("soon")
    (datetime.datetime(2023, 3, 15, 10, 30, 45, 123000, tzinfo=datetime.timezone.utc), None)
    """
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        day = day_in(text)
        return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
