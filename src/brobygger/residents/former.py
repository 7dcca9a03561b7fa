"""Texts that no longer stand: corrected since, or never saved because another was faster (RES-05).

What somebody has been told is saved stands where it was written, or here. Nothing here is ever changed.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import models

from brobygger.accounts.models import Membership
from brobygger.foundation.actor import SYSTEM
from brobygger.foundation.fields import save_seen
from brobygger.residents.models import FormerText, Need, Note, Resident

TEXTS: dict[type[models.Model], tuple[str, ...]] = {
    Resident: ("name", "reach_at", "reach_rules"),
    Need: ("next_step",),
    Note: ("text",),
}


def save_keeping(row: models.Model, *, seen: int, by: Membership, at: datetime, **changes: Any) -> None:
    """`foundation.fields.save_seen`, and the texts that thereby stop standing are kept.

    The row is locked first, so that what is kept is what stood there when it was replaced.
    """
    manager = type(row)._default_manager
    before = manager.select_for_update().get(pk=row.pk)
    save_seen(row, seen=seen, **changes)
    gone = {
        name: str(getattr(before, name))
        for name in TEXTS[type(row)]
        if name in changes and getattr(before, name) != changes[name]
    }
    keep(row, gone, by=by, at=at)


def keep(
    row: models.Model,
    texts: Mapping[str, str],
    *,
    by: Membership | None,
    at: datetime,
    was_saved: bool = True,
) -> None:
    """Write down texts of this row that do not stand (any more): `by` replaced or could not save them."""
    FormerText.objects.bulk_create(
        FormerText(
            **_about(row),
            field=name,
            text=text,
            was_saved=was_saved,
            by=by,
            by_name=by.name if by else SYSTEM.name,
            at=at,
        )
        for name, text in texts.items()
        if text
    )


def unsaved(row: models.Model, told: Mapping[str, Any]) -> dict[str, str]:
    """The texts somebody wanted to save in this row and that do not stand there."""
    return {
        name: str(told[name])
        for name in TEXTS[type(row)]
        if told.get(name) and str(told[name]) != getattr(row, name)
    }


def _about(row: models.Model) -> dict[str, Any]:
    if isinstance(row, Resident):
        return {"resident": row}
    if isinstance(row, Need):
        return {"resident_id": row.resident_id, "need": row}
    assert isinstance(row, Note)  # noqa: S101 - TEXTS has no others
    return {"resident_id": row.resident_id, "note": row}


def of_notes(notes: Iterable[Note]) -> dict[Any, list[FormerText]]:
    """The former texts of these notes, newest first. One query."""
    found: dict[Any, list[FormerText]] = {}
    for text in FormerText.objects.filter(note__in=list(notes)).order_by("-at"):
        found.setdefault(text.note_id, []).append(text)
    return found


def of_resident(resident: Resident, *, most: int = 100) -> list[FormerText]:
    """Every former text about a resident already fetched for the viewer, newest first. One query."""
    rows = FormerText.objects.filter(resident=resident).select_related("need", "note")
    return list(rows.order_by("-at")[:most])
