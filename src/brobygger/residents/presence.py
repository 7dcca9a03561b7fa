"""Who has a form about a resident open right now: "Maja skriver her" (RES-05).

Read from the trail: opening a form is a look, so no page has to write anything more when it is shown.
A form counts as open until its member writes something, or ten minutes after it was opened or last typed in.
"""

from datetime import datetime, timedelta

from brobygger.accounts.models import Membership
from brobygger.foundation import audit
from brobygger.foundation.audit import AuditRow
from brobygger.residents.models import Resident

FORM = "resident_form"
OPEN_FOR = timedelta(minutes=10)
ENDED_BY = (
    "resident:changed",
    "need:stated",
    "need:next_step",
    "need:closed",
    "note:written",
    "note:corrected",
)


def opens_form(resident: Resident) -> None:
    """Tell the trail that the viewer has a form about this resident before them."""
    audit.saw(FORM, [resident.pk])


def meet(viewer: Membership, resident: Resident, *, now: datetime) -> list[str]:
    """Open a form: tell the others of the viewer, and the viewer of the others."""
    opens_form(resident)
    return who_writes(viewer, resident, now=now)


def who_writes(viewer: Membership, resident: Resident, *, now: datetime) -> list[str]:
    """The names of the others who have a form about this resident open, by name. Two queries at most."""
    recent = AuditRow.objects.filter(at__gt=now - OPEN_FOR, by_kind="member").exclude(by_id=viewer.pk)
    opened = recent.filter(act=f"{FORM}:seen", about_ids__contains=[str(resident.pk)])
    ended = recent.filter(act__in=ENDED_BY)
    last_opened = dict(opened.order_by("at").values_list("by_id", "at"))
    last_ended = dict(ended.order_by("at").values_list("by_id", "at")) if last_opened else {}
    writing = [
        who for who, at in last_opened.items() if who and (who not in last_ended or last_ended[who] < at)
    ]
    names = Membership.objects.filter(pk__in=writing).values_list("name", flat=True) if writing else []
    return sorted(names)
