"""Tabular data packages, and plain CSV files that are called as the tables of HSDS are. Pure."""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from brobygger.engine.words import Phrase
from brobygger.engine.words import gettext_noop as _
from brobygger.offers.importing import faults
from brobygger.offers.importing.gathered import Gathered
from brobygger.offers.importing.jsontext import parsed
from brobygger.offers.importing.pieces import Pieces, listed, safe_name
from brobygger.offers.importing.rows import Refused, Row
from brobygger.offers.importing.sheets import sheet
from brobygger.offers.importing.texts import decoded
from brobygger.offers.importing.vocabulary import Table, column_named, table_named
from brobygger.offers.importing.weeks import week_rows

READING = _("Læser %(file)s …")


@dataclass(frozen=True, slots=True)
class Package:
    """A datapackage.json: which file holds which table. Nothing else in it is trusted."""

    where: str
    tables: dict[str, str]
    licence: str


def descriptor(pieces: Pieces) -> Package | None:
    """The datapackage.json at the top or one folder down, if there is one."""
    names = [
        name
        for name in pieces.names
        if PurePosixPath(name).name == "datapackage.json" and name.count("/") < 2
    ]
    if not names:
        return None
    where = min(names, key=lambda name: name.count("/"))
    content = parsed(decoded(pieces.read(where), where)[0], where)
    resources = content.get("resources") if isinstance(content, dict) else None
    if not isinstance(resources, list):
        raise Refused(faults.BROKEN_PACKAGE, where=where, error="resources")
    folder = PurePosixPath(where).parent
    tables: dict[str, str] = {}
    for resource in resources:
        for path in _paths(resource, where):
            name = (folder / safe_name(path, whole=where)).as_posix()
            if table := table_named(PurePosixPath(name).name) or table_named(str(resource.get("name", ""))):
                tables[name] = table.name
    present = {name: table for name, table in tables.items() if name in pieces.names}
    if not present:
        raise Refused(faults.NO_SUCH_FILE, where=where, file=listed(list(tables)), found=listed(pieces.names))
    return Package(where, present, _licence(content))


def read(pieces: Pieces, package: Package, *, say: Callable[[Phrase], None]) -> Gathered:
    gathered = read_tables(pieces, package.tables, say=say)
    gathered.used.add(package.where)
    return gathered


def read_tables(pieces: Pieces, tables: dict[str, str], *, say: Callable[[Phrase], None]) -> Gathered:
    """Each file as the table it is called."""
    gathered = Gathered()
    for name, table_name in tables.items():
        say(Phrase(READING, {"file": name}))
        table = table_named(table_name)
        assert table is not None, table_name
        _read_table(pieces, name, table, gathered)
    return gathered


def _read_table(pieces: Pieces, name: str, table: Table, gathered: Gathered) -> None:
    content = sheet(name, pieces.read(name), table=table.counted_as)
    gathered.used.add(name)
    gathered.told.add(table.counted_as)
    gathered.notes(content.notes)
    columns = {heading: column_named(table, heading) for heading in content.headings}
    missing = [column for column in table.needed if column not in columns.values()]
    if missing:
        found = listed(list(content.headings))
        raise Refused(faults.MISSING_COLUMNS, where=name, missing=", ".join(missing), found=found)
    if table.name == "service" and "location_id" in columns.values():
        gathered.told.add("service_at_location")
    unused: Counter[str] = Counter()
    for cells in content.rows:
        if cells.fault:
            gathered.lose(cells.fault)
            continue
        unused.update(heading for heading in cells.values if not _is_used(table, columns.get(heading)))
        values = {ours: text for heading, text in cells.values.items() if (ours := columns.get(heading))}
        for row in week_rows(Row(table.counted_as, {**table.fixed, **values}, cells.where)):
            gathered.take(row)
    if table.has_place:
        gathered.unused_columns(table.counted_as, name, unused)


def _is_used(table: Table, column: str | None) -> bool:
    return column is not None and column not in table.ignored


def _paths(resource: Any, where: str) -> list[str]:
    if not isinstance(resource, dict):
        raise Refused(faults.BROKEN_PACKAGE, where=where, error=json.dumps(resource)[:60])
    path = resource.get("path")
    paths = path if isinstance(path, list) else [path]
    if not all(isinstance(one, str) and one for one in paths):
        raise Refused(faults.BROKEN_PACKAGE, where=where, error=f"path: {json.dumps(path)[:60]}")
    return [str(one) for one in paths]


def _licence(content: dict[str, Any]) -> str:
    licences = content.get("licenses")
    licence = licences[0] if isinstance(licences, list) and licences else content.get("license")
    if isinstance(licence, dict):
        licence = licence.get("title") or licence.get("name") or licence.get("type")
    return licence.strip()[:200] if isinstance(licence, str) else ""
