"""What this room and the foundation below it hold about one resident: handed out, and forgotten.

Rows stay as keys and dates, so that counts stay true; what somebody said or is called goes. The trail of
looks is handed out and kept: it names keys and acts, and is the resident's own proof (PROMISES 2.20).
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from brobygger.foundation.audit import AuditRow
from brobygger.foundation.once import FORGOTTEN, OnceRow
from brobygger.foundation.policies import ERASED
from brobygger.privacy.models import Consent
from brobygger.privacy.sockets import erasers, exporters


def hand_out(resident_id: UUID) -> dict[str, list[dict[str, Any]]]:
    """Everything about one resident as plain values, table by table. Needs the house's scope."""
    return {name: export(resident_id) for name, export in exporters}


def forget(resident_id: UUID) -> dict[str, int]:
    """Empty every row about one resident; how many, table by table. Needs the house's scope.

    The caller ends first what still runs (the `endings` socket), and writes the act down.
    """
    return {name: erase(resident_id) for name, erase in erasers}


def plain(rows: QuerySet[Any, Any]) -> list[dict[str, Any]]:
    """Every column of every row."""
    return list(rows.values(*(field.attname for field in rows.model._meta.concrete_fields)))


def dash(rows: QuerySet[Any, Any], *columns: str) -> None:
    """Put the dash where a word must stand, and leave what is empty empty."""
    for column in columns:
        rows.exclude(**{column: ""}).update(**{column: ERASED})


def exporter_of(rows: Callable[[UUID], QuerySet[Any, Any]]) -> Callable[[UUID], list[dict[str, Any]]]:
    return lambda resident_id: plain(rows(resident_id))


def _consents(resident_id: UUID) -> QuerySet[Consent]:
    return Consent.objects.filter(resident_id=resident_id)


def _forget_consents(resident_id: UUID) -> int:
    dash(_consents(resident_id), "signed_name")
    return _consents(resident_id).update(purpose="", wording="", signature=None)


def _trail(resident_id: UUID) -> QuerySet[AuditRow]:
    """Acts upon the person and looks at them, and acts upon others that name them."""
    key = str(resident_id)
    return AuditRow.objects.filter(Q(about_ids__contains=[key]) | Q(facts__resident=key))


def _forget_answers(resident_id: UUID) -> int:
    """Pages kept for a repeated press do not say whom they show, so the house forgets all of them."""
    return OnceRow.objects.exclude(body="").update(body="", status=FORGOTTEN)


ERASERS = {"privacy.Consent": _forget_consents, "foundation.OnceRow": _forget_answers}
EXPORTERS = {"privacy.Consent": exporter_of(_consents), "foundation.AuditRow": exporter_of(_trail)}
