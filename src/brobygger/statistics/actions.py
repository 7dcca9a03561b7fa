from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction

from brobygger.accounts.models import Membership
from brobygger.foundation import audit
from brobygger.statistics import door
from brobygger.statistics.door import Sheet


@transaction.atomic
def export_sheets(sheets: Sequence[Sheet], *, title: str, on: date, by: Membership, at: datetime) -> str:
    """What leaves as a file, with its line in the trail. Only sheets leave, and they hold no small count."""
    text = door.as_csv(sheets, title=title, on=on)
    audit.export(
        "numbers:exported",
        kind="statistics.Sheet",
        by=by.actor,
        at=at,
        sheets=[sheet.key for sheet in sheets],
    )
    return text
