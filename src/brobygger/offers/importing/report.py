"""What an import did, for a person and for a file."""

import csv
import json
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from io import StringIO
from pathlib import Path
from typing import Any

from brobygger.engine.words import gettext_noop as _
from brobygger.offers.hsds.columns import DETAILS
from brobygger.offers.importing.rows import SHOWN, Finding, Refused

Translate = Callable[[str], str]

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula
TITLE_SAVED = _("%(source)s er hentet.")
TITLE_DRY = _("%(source)s er læst som prøve. Intet er gemt.")
TABLE_LINE = _("%(table)-26s ind %(came)6d   gemt %(saved)6d   meldt %(reported)6d")
RECORD_LINE = _(
    "%(kind)-26s nye %(new)6d   ændrede %(changed)6d   uændrede %(same)6d   trukket tilbage %(gone)6d"
)
RECORDS = _("Det blev til:")
NOTES = _("Rækker, der ikke er gemt: %(reported)d. Bemærkninger: %(notes)d.")
LICENCE = _("Licens: %(licence)s")
HEADINGS = (_("tabel"), _("hvor"), _("felt"), _("værdi"), _("gemt"), _("hvad"), _("hvad man kan gøre"))
YES, NO = _("ja"), _("nej")
KINDS = {
    "organisation": _("organisationer"),
    "stand_in": _("organisationer uden navn"),
    "location": _("steder"),
    "offer": _("tilbud"),
    "offer_at_location": _("tilbud på steder"),
    "phone": _("telefoner"),
    "schedule": _("åbningstider"),
    "unit": _("enheder"),
    "taxonomy": _("taksonomier"),
    "taxonomy_term": _("termer"),
    "program": _("programmer"),
    "organization_identifier": _("numre på organisationer"),
    "contact": _("kontakter"),
    "address": _("adresser"),
    "accessibility": _("adgangsforhold"),
    "language": _("sprog"),
    "cost_option": _("priser"),
    "service_area": _("områder"),
    "required_document": _("ting at have med"),
    "funding": _("bevillinger"),
    "service_capacity": _("pladser"),
    "url": _("hjemmesider"),
    "told_schedule": _("tider med kildens ord"),
    "attribute": _("kendetegn"),
    "metadata": _("ændringer hos kilden"),
}

MODELS = {
    "partners.Organisation": "organisation",
    "offers.Location": "location",
    "offers.Offer": "offer",
    "offers.OfferAtLocation": "offer_at_location",
    "offers.Phone": "phone",
    "offers.Schedule": "schedule",
    "offers.ToldSchedule": "told_schedule",
} | {f"offers.{one.model}": one.entity for one in DETAILS if one.entity != "schedule"}


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of one table as they came: came = saved + reported."""

    came: int
    saved: int
    reported: int


@dataclass(frozen=True, slots=True)
class Records:
    """Records of one kind as they stand now."""

    new: int
    changed: int
    same: int
    withdrawn: int


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`tables` by HSDS name; `records` by ours; `run_id` of the ImportRun, None for a dry run."""

    source: str
    licence: str
    is_dry: bool
    tables: dict[str, Counts]
    records: dict[str, Records]
    findings: tuple[Finding, ...] = field(default=())
    run_id: str | None = None

    @classmethod
    def of_refusal(cls, refused: Refused, source: str) -> "ImportReport":
        """The report of a directory that was refused as a whole: one finding, and nothing saved."""
        return cls(source, "", True, {}, {}, (replace(refused.finding, rows=1),))

    @property
    def rows_in(self) -> int:
        return sum(counts.came for counts in self.tables.values())

    @property
    def rows_saved(self) -> int:
        return sum(counts.saved for counts in self.tables.values())

    @property
    def rows_reported(self) -> int:
        return sum(counts.reported for counts in self.tables.values())

    def as_json(self, *, most: int | None = None) -> dict[str, Any]:
        """Only plain values, for files and for ImportRun. `left_out`: how many findings `most` cut off."""
        return {
            "source": self.source,
            "licence": self.licence,
            "is_dry": self.is_dry,
            "tables": {
                name: {"came": one.came, "saved": one.saved, "reported": one.reported}
                for name, one in self.tables.items()
            },
            "records": {
                name: {"new": one.new, "changed": one.changed, "same": one.same, "withdrawn": one.withdrawn}
                for name, one in self.records.items()
            },
            "findings": [finding.as_json() for finding in self.findings[:most]],
            "left_out": 0 if most is None else max(0, len(self.findings) - most),
        }

    def as_text(self, translate: Translate = str) -> str:
        """What a person wants to read at the end: the account, and what was said most often."""
        lines = [translate(TITLE_DRY if self.is_dry else TITLE_SAVED) % {"source": self.source}]
        if self.licence:
            lines.append(translate(LICENCE) % {"licence": self.licence})
        lines.append("")
        for table, one in self.tables.items():
            given = {"table": table, "came": one.came, "saved": one.saved, "reported": one.reported}
            lines.append(translate(TABLE_LINE) % given)
        lines += ["", translate(RECORDS)]
        for kind, told in self.records.items():
            counts = {"new": told.new, "changed": told.changed, "same": told.same, "gone": told.withdrawn}
            lines.append(translate(RECORD_LINE) % {"kind": translate(KINDS[kind]), **counts})
        notes = sum(not finding.rows for finding in self.findings)
        lines += ["", translate(NOTES) % {"reported": self.rows_reported, "notes": notes}]
        often = Counter(finding.fault for finding in self.findings)
        for fault, count in often.most_common():
            said = _without_blanks(translate(fault.what))
            lines.append(f"{count:6d}  {said}")
        return "\n".join(lines)

    def write(self, path: Path, translate: Translate = str) -> None:
        """Every finding, one a line: JSON if the name says so, else CSV that cannot hurt a spreadsheet."""
        if path.suffix.lower() == ".json":
            path.write_text(json.dumps(self.as_json(), ensure_ascii=False, indent=1), encoding="utf-8")
            return
        path.write_text(csv_lines(self.findings, HEADINGS, translate), encoding="utf-8", newline="")


def csv_lines(findings: Iterable[Finding], headings: Sequence[str], translate: Translate = str) -> str:
    """A sheet of findings, one a line, that cannot hurt a spreadsheet. Begins with a mark for Excel."""
    written = StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerow([translate(heading) for heading in headings])
    for one in findings:
        is_saved = translate(NO if one.rows else YES)
        cells = (one.table, one.where, one.column, one.value[:SHOWN], is_saved)
        said = (one.what(translate), one.what_to_do(translate))
        writer.writerow([harmless(cell) for cell in (*cells, *said)])
    return f"\ufeff{written.getvalue()}"


def harmless(cell: str) -> str:
    """The same text, which no spreadsheet takes for a formula.

    >>> harmless("=1+1"), harmless("Bjørn"), harmless(" @x")
    ("'=1+1", 'Bjørn', "' @x")
    """
    return f"'{cell}" if cell.lstrip(" ").startswith(FORMULA) or cell.startswith(FORMULA) else cell


def _without_blanks(template: str) -> str:
    """A template to be counted: its blanks read as dots.

    >>> _without_blanks("Side %(page)s af %(pages)s.")
    'Side … af ….'
    """
    while (start := template.find("%(")) >= 0 and (end := template.find(")", start)) >= 0:
        template = f"{template[:start]}…{template[end + 2 :]}"
    return template
