"""Who did or saw what, to what, when. Append-only; without foreign keys, so it blocks no deletion.

Writes are recorded where they happen. Looks are collected while a page is made and written as one row
when the scope closes, before commit: if that fails, the page fails (FOUNDATION 7).
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.db import models
from django.utils import timezone

from brobygger.foundation import scope
from brobygger.foundation.actor import Actor


class AuditRow(scope.OrganisationScoped):
    """One line of the trail: an act upon one thing, or a look at one or several persons."""

    app_may = ("SELECT", "INSERT")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    act = models.CharField(max_length=60)
    about_kind = models.CharField(max_length=60)
    about_ids = models.JSONField()
    by_kind = models.CharField(max_length=10)
    by_id = models.UUIDField(null=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        app_label = "foundation"
        indexes = [models.Index(name="audit_by_time", fields=["organisation_id", "at"])]


def record(act: str, *, about: models.Model, by: Actor, at: datetime, **facts: Any) -> None:
    """Write one act down, in the transaction of the act itself."""
    AuditRow.objects.create(
        act=act,
        about_kind=about._meta.label,
        about_ids=[str(about.pk)],
        by_kind=by.kind,
        by_id=by.id,
        facts=facts,
        at=at,
    )


def saw(kind: str, ids: Iterable[UUID]) -> None:
    """Remember that these persons were shown; the row is written when the scope closes."""
    scope.current().looks.setdefault(kind, set()).update(ids)


def _write_looks(closing: scope.Scope) -> None:
    rows = [
        AuditRow(
            act=f"{kind}:seen",
            about_kind=kind,
            about_ids=sorted(str(one) for one in ids),
            by_kind="member",
            by_id=closing.member,
            at=timezone.now(),
        )
        for kind, ids in closing.looks.items()
        if ids
    ]
    if rows:
        AuditRow.objects.bulk_create(rows)


scope.before_close.append(_write_looks)
