"""Who looked at whom, added up from the trail by member, person and day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from brobygger.foundation.days import HOUSE_ZONE

OPENED, NAMED = "resident:seen", "resident_name:seen"
QUESTION = """
SELECT by_id, person::uuid, (at AT TIME ZONE %s)::date, count(*), max(at)
  FROM foundation_auditrow, jsonb_array_elements_text(about_ids) person
 WHERE act = ANY(%s) AND by_id IS NOT NULL AND at >= %s AND (%s::text IS NULL OR about_ids ? %s)
 GROUP BY 1, 2, 3 ORDER BY 5 DESC, 1, 2
"""


@dataclass(frozen=True, slots=True)
class Look:
    """One member's looks at one resident on one local day: how many, and the last of them."""

    member: UUID
    resident: UUID
    day: date
    times: int
    last_at: datetime


def looks(acts: Iterable[str], *, since: datetime, resident: UUID | None = None) -> list[Look]:
    """The open house's looks since a moment, the newest first; at one resident, if named. One query."""
    about = str(resident) if resident else None
    with connection.cursor() as cursor:
        cursor.execute(QUESTION, [HOUSE_ZONE.key, list(acts), since, about, about])
        found = [Look(*row) for row in cursor.fetchall()]
    return [one for one in found if resident in (None, one.resident)]
