"""A file with offers that somebody at the house hands in: tried first, looked at, and then taken in (OFF-07).

The reading is done by a job in a process of its own, for files come from strangers.
"""

import hashlib
import tempfile
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from brobygger.accounts.models import Membership
from brobygger.accounts.permissions import may
from brobygger.accounts.rights import Right
from brobygger.foundation import audit
from brobygger.foundation.jobs import later
from brobygger.foundation.scope import organisation_scope
from brobygger.foundation.trouble import Trouble
from brobygger.offers.importing import ImportReport, Refused, run, undo
from brobygger.offers.importing.guessing import mapping_for
from brobygger.offers.importing.mapping import mapping_of
from brobygger.offers.importing.running import Guard, unguarded
from brobygger.offers.importing.source import preview, source_name
from brobygger.offers.importing.undoing import Undone, UndoneAlready
from brobygger.offers.models import ImportRun
from brobygger.offers.runs import ColumnMapping, ImportOrder
from brobygger.offers.terms import OrderState

BIGGEST = 20_000_000  # bytes of one file, as it is handed in
UNDERWAY = (OrderState.TRYING, OrderState.TAKING)
OPEN = (OrderState.RECEIVED, OrderState.COLUMNS, *UNDERWAY, OrderState.TRIED)
SILENT = timedelta(minutes=3)
MOST_AT_ONCE = 10_000  # rows of an import that is undone while somebody waits
ASKED = "asked_by"
MOST_SHOWN = 2_000  # findings kept of a trial


class MayNot(Exception):
    """This role does not take catalogues in."""


class TooBigAFile(Trouble):
    """The file is larger than a page takes."""


class NotNow(Exception):
    """The order has gone on meanwhile; what was pressed no longer fits."""


@transaction.atomic
def receive_file(
    *, name: str, content: bytes, called: str, licence: str, by: Membership, at: datetime
) -> ImportOrder:
    """Keep the file and ask for a trial. `called` is what the directory is known by from now on."""
    _demand(by)
    if len(content) > BIGGEST:
        raise TooBigAFile(f"Filen er større end {BIGGEST // 1_000_000} MB.")
    bare = PurePath(name.replace("\\", "/")).name[:200] or "fil"
    order = ImportOrder.objects.create(
        name=bare,
        content=content,
        size=len(content),
        digest=hashlib.sha256(content).hexdigest(),
        source=source_name(called or bare),
        licence=licence,
        said_at=at,
        at=at,
        asked_by=by,
    )
    audit.record("offers:file_received", about=order, by=by.actor, at=at, size=len(content))
    _go(order, OrderState.TRYING, at)
    return order


@transaction.atomic
def choose_columns(
    *, order: ImportOrder, chosen: Mapping[str, str], keep_as: str, by: Membership, at: datetime
) -> None:
    """Say what the columns mean (heading -> code), under a name if it is to be used again, and try again."""
    _demand(by)
    seen = order.tried.get("preview", {})
    if order.state not in {OrderState.COLUMNS, OrderState.TRIED} or not seen:
        raise NotNow
    order.files = mapping_for(seen["file"], chosen)
    order.save(update_fields=["files"])
    if keep_as:
        kept = {"files": {"chosen": dict(chosen)}, "at": at, "saved_by": by}
        ColumnMapping.objects.update_or_create(name=keep_as, defaults=kept)
    _go(order, OrderState.TRYING, at)


@transaction.atomic
def take_in(*, order: ImportOrder, by: Membership, at: datetime) -> None:
    """Ask for what was tried to be done."""
    _demand(by)
    if order.state != OrderState.TRIED:
        raise NotNow
    _go(order, OrderState.TAKING, at)


@transaction.atomic
def go_on(*, order: ImportOrder, by: Membership, at: datetime) -> None:
    """Ask again for what was stopped half-way; nothing of it was saved."""
    _demand(by)
    if order.state not in UNDERWAY:
        raise NotNow
    _go(order, OrderState(order.state), at)


@transaction.atomic
def drop(*, order: ImportOrder, by: Membership, at: datetime) -> None:
    """Lay the file away. What has been taken in stays."""
    _demand(by)
    if order.state not in OPEN:
        raise NotNow
    order.state, order.content, order.said = OrderState.DROPPED, b"", ""
    order.save(update_fields=["state", "content", "said"])
    audit.record("offers:file_dropped", about=order, by=by.actor, at=at)


def undo_run(*, run: ImportRun, by: Membership, at: datetime) -> Undone | None:
    """Take one import back: now, or by a job where it is a large one; then the answer is None."""
    _demand(by)
    if run.rows_saved <= MOST_AT_ONCE:
        return undo(run.pk, keeper=by.organisation_id, by=by.actor, at=at)
    with transaction.atomic():
        asked = ImportRun.objects.filter(pk=run.pk, undone_at=None, undoing={})
        if asked.update(undoing={ASKED: by.name}):
            house, member = str(by.organisation_id), str(by.pk)
            later("offers.undo", organisation=house, run=str(run.pk), member=member)
    return None


def undo_asked(organisation: UUID, run_id: UUID, member: UUID) -> None:
    """What the job does. Done again, it changes nothing more."""
    with organisation_scope(organisation):
        by = Membership.objects.select_related("user").get(pk=member)
    with suppress(UndoneAlready):
        undo(run_id, keeper=organisation, by=by.actor)


def work(organisation: UUID, order_id: UUID, *, say: Callable[[str], None], guard: Guard = unguarded) -> None:
    """Do what is asked for: try the file, or take it in. Done again, it changes nothing more.

    `guard` bounds what reading the file may take; it may raise `Refused`.
    """
    with organisation_scope(organisation):
        order = ImportOrder.objects.select_related("asked_by__user").get(pk=order_id)
    if order.state not in UNDERWAY:
        return
    with tempfile.TemporaryDirectory(prefix="brobygger-") as folder:
        path = Path(folder) / order.name
        path.write_bytes(order.content)
        try:
            with guard(path):
                seen = None if order.files else preview(path)
            if seen is not None:
                _end(order, OrderState.COLUMNS, tried={"preview": seen.as_json()})
            else:
                _work_on(order, path, organisation, say, guard)
        except Refused as refused:
            refuse(organisation, order_id, refused)


def _work_on(
    order: ImportOrder, path: Path, organisation: UUID, say: Callable[[str], None], guard: Guard
) -> None:
    report = run(
        path,
        keeper=organisation,
        mapping=mapping_of(order.files, order.name) if order.files else None,
        called=order.source,
        licence=order.licence,
        dry_run=order.state == OrderState.TRYING,
        say=say,
        guard=guard,
        also=lambda report: _taken(order, report),
        by=order.asked_by.actor,
        at=timezone.now(),
    )
    if report.is_dry:
        seen = {name: told for name, told in order.tried.items() if name == "preview"}
        _end(order, OrderState.TRIED, tried=seen | report.as_json(most=MOST_SHOWN))


def refuse(organisation: UUID, order_id: UUID, refused: Refused) -> None:
    """The file cannot be used, and the order says why. Nothing was saved."""
    with organisation_scope(organisation):
        order = ImportOrder.objects.get(pk=order_id)
    _end(order, OrderState.REFUSED, tried=ImportReport.of_refusal(refused, order.source).as_json())


def tell(organisation: UUID, order_id: UUID, said: str, *, at: datetime) -> None:
    """How far it has come, for whoever looks."""
    with organisation_scope(organisation):
        ImportOrder.objects.filter(pk=order_id, state__in=UNDERWAY).update(said=said[:300], said_at=at)


def ask_again(organisation: UUID, *, at: datetime) -> None:
    """Those that have been silent so long that whoever read them must have been stopped."""
    with organisation_scope(organisation):
        silent = ImportOrder.objects.filter(state__in=UNDERWAY, said_at__lt=at - SILENT)
        for order in silent.only("pk", "organisation_id", "state"):
            _go(order, OrderState(order.state), at)


def _taken(order: ImportOrder, report: ImportReport) -> None:
    """In the transaction of the import itself: it is both or neither, whenever the machine stops."""
    done = ImportOrder.objects.filter(pk=order.pk, state=OrderState.TAKING).update(
        state=OrderState.TAKEN, run_id=report.run_id, content=b"", said="", tried={}
    )
    if not done:
        raise NotNow


def _end(order: ImportOrder, state: OrderState, *, tried: dict[str, Any]) -> None:
    with organisation_scope(order.organisation_id):
        emptied = {"content": b""} if state == OrderState.REFUSED else {}
        here = ImportOrder.objects.filter(pk=order.pk, state__in=UNDERWAY)
        here.update(state=state, tried=tried, said="", **emptied)


def _go(order: ImportOrder, state: OrderState, at: datetime) -> None:
    order.state, order.said, order.said_at = state, "", at
    order.save(update_fields=["state", "said", "said_at"])
    later("offers.work", organisation=str(order.organisation_id), order=str(order.pk))


def _demand(by: Membership) -> None:
    if not may(by, Right.TAKE_IN_OFFERS):
        raise MayNot
