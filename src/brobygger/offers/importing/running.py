"""One import from beginning to end."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.db import DatabaseError
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygger.engine.words import Phrase
from brobygger.foundation import audit
from brobygger.foundation.actor import SYSTEM, Actor
from brobygger.foundation.scope import organisation_scope
from brobygger.offers.importing import faults, saving
from brobygger.offers.importing.book import Book
from brobygger.offers.importing.mapping import Mapping
from brobygger.offers.importing.pen import Saved
from brobygger.offers.importing.pieces import digest_of, listed
from brobygger.offers.importing.report import Counts, ImportReport, Records
from brobygger.offers.importing.rows import Refused
from brobygger.offers.importing.shaping import shaped
from brobygger.offers.importing.source import Source, read_source
from brobygger.offers.importing.vocabulary import TABLES
from brobygger.offers.models import ImportRun

CORE = ("organization", "service", "location")
MOST_KEPT = 20_000  # findings in the database; a report file has them all


Guard = Callable[[Path], AbstractContextManager[None]]


def unguarded(path: Path) -> AbstractContextManager[None]:
    """For a file we trust, or a process that somebody watches."""
    del path
    return nullcontext()


class _OnlyTried(Exception):
    """Ends a dry run: everything was written, so that the database has had its say, and nothing stays."""


def run(
    path: Path,
    *,
    keeper: UUID,
    mapping: Path | Mapping | None = None,
    called: str = "",
    licence: str = "",
    dry_run: bool = False,
    say: Callable[[str], None] = lambda sentence: None,
    guard: Guard = unguarded,
    also: Callable[[ImportReport], None] = lambda report: None,
    by: Actor = SYSTEM,
    at: datetime | None = None,
) -> ImportReport:
    """Import one directory for its keeper, or try it out.

    `path` is a folder, a zip, or one JSON, CSV or Excel file; `called` and `licence` win over what it says
    itself; `guard` bounds what reading may take (`limits.confined`); `say` is told in words how far it has
    come. All in one transaction of the keeper's own scope, and `also` is done in it, before the end. Raises
    `Refused` (a `Trouble`, with the sentence to show) if the directory cannot be read; then nothing is saved.
    Single rows that cannot be saved are in the report.
    """
    moment = at or timezone.now()

    def tell(phrase: Phrase) -> None:
        say(phrase.text(_))

    with guard(path):
        source = read_source(path, mapping, say=tell)
        source.name, source.licence = called or source.name, licence or source.licence
        book = _shaped(source, path, say=say, at=moment)
    try:
        with organisation_scope(keeper):
            begun = None if dry_run else _begun(source, path, at=moment)
            saved = saving.save(
                book,
                keeper=keeper,
                at=moment,
                run=begun.pk if begun else None,
                gone_if_missing=source.gone_if_missing,
                say=tell,
            )
            report = _report(book, source, saved, run=begun)
            if begun is None:
                raise _OnlyTried
            _note(report, begun, by=by)
            also(report)
    except _OnlyTried:
        pass
    except DatabaseError as error:
        told = str(error).splitlines()[0][:200] if str(error) else type(error).__name__
        raise Refused(faults.DATABASE_REFUSED, where=path.name, error=told) from error
    return report


def _shaped(source: Source, path: Path, *, say: Callable[[str], None], at: datetime) -> Book:
    if not any(source.came[table] for table in CORE):
        found = listed([f"{table} ({count})" for table, count in source.came.items()])
        raise Refused(faults.NOTHING_FOUND, where=path.name, found=found)
    say(_("%(count)d rækker er læst.") % {"count": source.came.total()})
    return shaped(source, today=timezone.localdate(at))


def _begun(source: Source, path: Path, *, at: datetime) -> ImportRun:
    """The run, before anything is saved, so that every trace can say which run it is of."""
    return ImportRun.objects.create(
        source=source.name,
        licence=source.licence,
        at=at,
        rows_in=0,
        rows_saved=0,
        rows_reported=0,
        file=path.name[:255],
        digest=digest_of(path),
    )


def _report(book: Book, source: Source, saved: Saved, *, run: ImportRun | None) -> ImportReport:
    reported = book.reported
    return ImportReport(
        source=book.source,
        licence=book.licence,
        is_dry=run is None,
        tables={
            name: Counts(source.came[name], book.saved[name], reported[name])
            for name in dict.fromkeys(table.counted_as for table in TABLES)
            if source.came[name]
        },
        records={
            kind: Records(one.new, one.changed, one.same, one.withdrawn) for kind, one in saved.kinds.items()
        },
        findings=(*book.findings, *saved.findings),
        run_id=str(run.pk) if run else None,
    )


def _note(report: ImportReport, run: ImportRun, *, by: Actor) -> None:
    """The run's account, which the database checks once more, and its line in the trail."""
    counts = {
        "rows_in": report.rows_in,
        "rows_saved": report.rows_saved,
        "rows_reported": report.rows_reported,
    }
    ImportRun.objects.filter(pk=run.pk).update(report=report.as_json(most=MOST_KEPT), **counts)
    audit.record("offers:imported", about=run, by=by, at=run.at, source=report.source, **counts)
