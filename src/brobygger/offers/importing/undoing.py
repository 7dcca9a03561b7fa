"""An import taken back: what it made is withdrawn, what it changed goes back, what it withdrew is here again.

What somebody has edited since is theirs: it is kept, and reported with its name. A later import of the same
source counts as an edit like any other.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils import timezone

from brobygger.foundation import audit
from brobygger.foundation.actor import SYSTEM, Actor
from brobygger.foundation.scope import organisation_scope
from brobygger.foundation.trouble import Trouble
from brobygger.offers.importing import faults, writing
from brobygger.offers.importing.faults import Fault
from brobygger.offers.importing.report import MODELS
from brobygger.offers.importing.rows import Finding
from brobygger.offers.importing.saving import wait_for_turn
from brobygger.offers.models import ImportRun, Location, Offer
from brobygger.offers.runs import ImportTrace
from brobygger.partners.models import Organisation


class NoSuchRun(Trouble):
    """This house has taken nothing in under that key."""

    def __init__(self) -> None:
        super().__init__(
            "Det katalog er ikke hentet ind her. Skriv brobygger offers runs for at se dem, der er."
        )


class UndoneAlready(Trouble):
    """It has been taken back before."""

    def __init__(self) -> None:
        super().__init__("Den import er allerede fortrudt.")


@dataclass(slots=True)
class Undone:
    """Records by what became of them. `findings` names each that was kept because somebody has edited it."""

    withdrawn: int = 0
    put_back: int = 0
    here_again: int = 0
    findings: list[Finding] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        counts = {name: getattr(self, name) for name in ("withdrawn", "put_back", "here_again")}
        return counts | {"findings": [finding.as_json() for finding in self.findings]}

    def keep(
        self, model: type[models.Model], key: str, name: str, fault: Fault, columns: Sequence[str]
    ) -> None:
        table = MODELS.get(model._meta.label, model._meta.model_name or "")
        self.findings.append(Finding(table, key, fault, ", ".join(columns), name))


def undo(run_id: UUID, *, keeper: UUID, by: Actor = SYSTEM, at: datetime | None = None) -> Undone:
    """Take one import back, all of it in one transaction.

    Raises `NoSuchRun` or `UndoneAlready`. Waits for an import of the same source that is under way.
    """
    moment = at or timezone.now()
    undone = Undone()
    with organisation_scope(keeper):
        run = ImportRun.objects.filter(pk=run_id, keeper_id=keeper).first()
        if run is None:
            raise NoSuchRun
        wait_for_turn(keeper, run.source)
        run = ImportRun.objects.select_for_update().get(pk=run_id)
        if run.undone_at is not None:
            raise UndoneAlready
        for trace in ImportTrace.objects.filter(run=run).order_by("-number").iterator(chunk_size=10):
            _take_back(trace, run, undone, moment)
        run.undone_at, run.undoing = moment, undone.as_json()
        run.save(update_fields=["undone_at", "undoing"])
        counts = {"withdrawn": undone.withdrawn, "put_back": undone.put_back, "kept": len(undone.findings)}
        audit.record("offers:import_undone", about=run, by=by, at=moment, source=run.source, **counts)
    return undone


def _take_back(trace: ImportTrace, run: ImportRun, undone: Undone, at: datetime) -> None:
    model = apps.get_model(trace.model)
    if trace.withdrawn:
        gone = model._default_manager.filter(pk__in=trace.withdrawn, withdrawn_at=run.at)
        undone.here_again += gone.update(withdrawn_at=None)
    if trace.changed:
        _put_back(model, trace.changed, undone)
    if trace.created:
        _withdraw(model, trace, undone, at)


def _withdraw(model: Any, trace: ImportTrace, undone: Undone, at: datetime) -> None:
    """What the run made, if it still says what it was made to say."""
    as_made = writing.still_as_made(model, trace.created, trace.columns)
    kept = [UUID(key) for key in trace.created if UUID(key) not in as_made]
    for key, name in _names(model, kept):
        undone.keep(model, key, name, faults.EDITED_SINCE, [])
    if model is Organisation:
        undone.withdrawn += _end(as_made, timezone.localdate(at))
    else:
        here = model._default_manager.filter(pk__in=as_made, withdrawn_at=None)
        undone.withdrawn += here.update(withdrawn_at=at)


def _end(keys: set[UUID], today: date) -> int:
    """A body has no withdrawal, but an end. One that still stands behind something goes on."""
    behind = {
        key
        for model in (Offer, Location)
        for key in model._default_manager.filter(organisation__in=keys, withdrawn_at=None).values_list(
            "organisation", flat=True
        )
    }
    here = Organisation.objects.filter(pk__in=keys - behind, until=None)
    return here.exclude(since__gte=today).update(until=today)


def _put_back(model: Any, changed: dict[str, dict[str, list[Any]]], undone: Undone) -> None:
    """Each column that still says what the run put there says again what it said before."""
    rows = {str(row.pk): row for row in model._default_manager.filter(pk__in=changed)}
    for key, told in changed.items():
        row = rows.get(key)
        if row is None:
            continue
        here = {column: writing.plain(getattr(row, column)) for column in told}
        back = {column: before for column, (before, after) in told.items() if here[column] == after}
        edited = [
            column
            for column, (before, _after) in told.items()
            if here[column] not in (before, told[column][1])
        ]
        if edited:
            undone.keep(model, key, str(getattr(row, "name", "")), faults.CHANGED_SINCE, edited)
        if back:
            version = {"version": row.version + 1} if hasattr(row, "version") else {}
            writing.update(model, [{"id": key} | back | version])
            undone.put_back += 1


def _names(model: Any, keys: list[UUID]) -> list[tuple[str, str]]:
    """Key and name of those that are still here, for the report."""
    rows = model._default_manager.filter(pk__in=keys)
    return [(str(row.pk), str(getattr(row, "name", "") or getattr(row, "number", ""))) for row in rows]
