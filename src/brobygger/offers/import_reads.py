"""What a coordinator sees of files and imports: the house's own, and nobody else's."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from brobygger.accounts.models import Membership
from brobygger.offers.importing.report import HEADINGS, KINDS, csv_lines
from brobygger.offers.importing.rows import Finding
from brobygger.offers.models import ImportRun
from brobygger.offers.orders import OPEN
from brobygger.offers.runs import ColumnMapping, ImportOrder

RUNS_SHOWN = 50


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an account: rows of a table, or records of a kind."""

    name: str
    cells: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in the reader's language. `is_saved`: whether the row is saved all the same."""

    where: str
    column: str
    value: str
    what: str
    what_to_do: str
    is_saved: bool


@dataclass(frozen=True, slots=True)
class Account:
    """A report as a page shows it. `left_out`: findings that only the machine's own report has."""

    tables: tuple[Line, ...]
    records: tuple[Line, ...]
    findings: tuple[Finding, ...]
    left_out: int

    @property
    def rows_in(self) -> int:
        return sum(line.cells[0] for line in self.tables)

    @property
    def rows_reported(self) -> int:
        return sum(line.cells[2] for line in self.tables)


def orders_under_way(viewer: Membership) -> QuerySet[ImportOrder]:
    """Files that wait for somebody, the newest first; without what is in them."""
    mine = ImportOrder.objects.filter(organisation_id=viewer.organisation_id, state__in=OPEN)
    return mine.select_related("asked_by").defer("content", "tried", "files").order_by("-at")


def runs(viewer: Membership) -> QuerySet[ImportRun]:
    """What has been taken in, the newest first; without the reports."""
    mine = ImportRun.objects.filter(keeper_id=viewer.organisation_id)
    return mine.defer("report", "undoing").order_by("-at")[:RUNS_SHOWN]


def order_of(viewer: Membership, order_id: UUID) -> ImportOrder:
    found = ImportOrder.objects.filter(organisation_id=viewer.organisation_id, pk=order_id)
    if order := found.select_related("asked_by", "run").defer("content").first():
        return order
    raise Http404


def run_of(viewer: Membership, run_id: UUID) -> ImportRun:
    if run := ImportRun.objects.filter(keeper_id=viewer.organisation_id, pk=run_id).first():
        return run
    raise Http404


def mappings(viewer: Membership) -> list[ColumnMapping]:
    return list(ColumnMapping.objects.filter(organisation_id=viewer.organisation_id).order_by("name"))


def account(report: Any) -> Account:
    """The report as it was kept. One from before reports had this shape is empty."""
    told: Mapping[str, Any] = report if isinstance(report, dict) else {}
    tables = [
        Line(name, (one["came"], one["saved"], one["reported"]))
        for name, one in told.get("tables", {}).items()
    ]
    records = [
        Line(_(KINDS.get(name, name)), (one["new"], one["changed"], one["same"], one["withdrawn"]))
        for name, one in told.get("records", {}).items()
        if any(one.values())
    ]
    findings = [Finding.from_json(one) for one in told.get("findings", [])]
    return Account(tuple(tables), tuple(records), tuple(findings), told.get("left_out", 0))


def said(findings: Sequence[Finding]) -> list[Said]:
    return [
        Said(one.where, one.column, one.value, one.what(_), one.what_to_do(_), not one.rows)
        for one in findings
    ]


def as_csv(findings: Sequence[Finding]) -> str:
    """The findings as a sheet that no spreadsheet takes for formulas."""
    return csv_lines(findings, HEADINGS, _)
