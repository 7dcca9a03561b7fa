"""What has been read of a directory, before anything is made of it, and finding out its kind. Pure."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from brobygger.engine.words import Phrase
from brobygger.offers.importing import documents, faults, mapped, packages
from brobygger.offers.importing.gathered import Gathered
from brobygger.offers.importing.guessing import SAMPLE, Preview
from brobygger.offers.importing.mapping import MAPPING_NAME, Mapping, read_mapping
from brobygger.offers.importing.pieces import Pieces, listed, opened
from brobygger.offers.importing.rows import Finding, Refused, Row
from brobygger.offers.importing.sheets import sheet
from brobygger.offers.importing.vocabulary import table_named
from brobygger.offers.importing.workbooks import with_sheets

LICENCE_FILES = ("license", "licence", "license.md", "licence.md", "license.txt", "licence.txt", "copying")
SOURCE_FILES = ("source.txt", "source.md")
NOT_DATA = {
    *LICENCE_FILES,
    *SOURCE_FILES,
    "readme.md",
    "readme.txt",
    "readme",
    MAPPING_NAME,
    "datapackage.json",
}


@dataclass(slots=True)
class Source:
    """`came` counts the rows of each table as they were read.

    `gone_if_missing`: the tables that are told of in full, so that what is missing here is gone.
    """

    name: str
    licence: str
    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    came: Counter[str] = field(default_factory=Counter)
    gone_if_missing: frozenset[str] = frozenset()


def read_source(
    path: Path, mapping: Path | Mapping | None = None, *, say: Callable[[Phrase], None]
) -> Source:
    """Read a directory of whatever kind we know. `Refused` names what is wrong and what to do."""
    pieces = with_sheets(opened(path))
    rules = _mapping(pieces, mapping)
    package = packages.descriptor(pieces)
    if rules is not None:
        gathered = mapped.read(pieces, rules, say=say)
    elif package is not None:
        gathered = packages.read(pieces, package, say=say)
    elif tables := _plain_tables(pieces):
        gathered = packages.read_tables(pieces, tables, say=say)
    else:
        gathered = documents.read(pieces, _documents(pieces), say=say)
    _name_what_was_left(pieces, gathered)
    name = (rules.source if rules else "") or source_name(pieces.label)
    licence = (rules.licence if rules else "") or (package.licence if package else "") or _licence(pieces)
    gone = frozenset(gathered.told if gathered.is_whole else ())
    return Source(name, licence, gathered.rows, gathered.findings, gathered.came, gone)


def source_name(label: str) -> str:
    """What a directory is called from now on: re-imported under the same name, it updates.

    >>> source_name("ILAO Illinois.zip"), source_name("services.json")
    ('ilao-illinois', 'services')
    """
    bare = re.sub(r"\.(zip|json|csv|xlsx|ndjson|jsonl)$", "", label.strip().lower())
    return re.sub(r"[^a-z0-9æøå]+", "-", bare).strip("-")[:100] or "katalog"


def preview(path: Path, *, rows: int = SAMPLE) -> Preview | None:
    """The beginning of the first sheet of a file that we can only read if somebody says what it means.

    None where the file says so itself: a package, a mapping, names or objects of HSDS.
    """
    pieces = with_sheets(opened(path))
    loose = [name for name in pieces.names if name.lower().endswith(".csv")]
    says_so = _find(pieces, MAPPING_NAME) or packages.descriptor(pieces) or _plain_tables(pieces)
    if says_so or not loose:
        return None
    content = sheet(loose[0], pieces.read(loose[0]))
    told = [cells for cells in content.rows if not cells.fault][:rows]
    lines = tuple(tuple(one.values.get(name, "") for name in content.headings) for one in told)
    return Preview(loose[0], content.headings, lines)


def _mapping(pieces: Pieces, given: Path | Mapping | None) -> Mapping | None:
    if isinstance(given, Mapping):
        return given
    if given is not None:
        return read_mapping(opened(given).read(given.name), given.name)
    name = _find(pieces, MAPPING_NAME)
    return read_mapping(pieces.read(name), name) if name else None


def _plain_tables(pieces: Pieces) -> dict[str, str]:
    """CSV files that are called as tables are: {file: table}. The shallowest folder that has any."""
    found = {
        name: table for name in pieces.names if name.lower().endswith(".csv") and (table := _table_of(name))
    }
    depths = {name.count("/") for name in found}
    return {name: table for name, table in found.items() if name.count("/") == min(depths)}


def _table_of(name: str) -> str:
    table = table_named(Path(name).name)
    return table.name if table else ""


def _documents(pieces: Pieces) -> list[str]:
    found = [name for name in pieces.names if name.lower().endswith((".json", *documents.LINES))]
    if not found:
        raise Refused(faults.NOTHING_FOUND, where=pieces.label, found=listed(pieces.names))
    least = min(name.count("/") for name in found)
    return [name for name in found if name.count("/") == least]


def _name_what_was_left(pieces: Pieces, gathered: Gathered) -> None:
    for name in pieces.names:
        is_data = name.lower().endswith((".csv", ".json", *documents.LINES, ".xls", ".zip"))
        if is_data and name not in gathered.used and Path(name).name.lower() not in NOT_DATA:
            gathered.note(Finding("", name, faults.FILE_NOT_USED))


def _find(pieces: Pieces, wanted: str) -> str:
    """At the top, or in the only folder at the top."""
    near = [name for name in pieces.names if name.count("/") <= 1 and Path(name).name.lower() == wanted]
    return min(near, key=lambda name: name.count("/"), default="")


def _licence(pieces: Pieces) -> str:
    """As a SOURCE file names it, or the first line of a licence file."""
    for wanted in SOURCE_FILES:
        if name := _find(pieces, wanted):
            text = pieces.read(name).decode(errors="replace")
            if found := re.search(r"^\W*licen[cs]e\W*:\s*(.+)$", text, re.IGNORECASE | re.MULTILINE):
                return found[1].strip()[:200]
    for wanted in LICENCE_FILES:
        if name := _find(pieces, wanted):
            lines = pieces.read(name).decode(errors="replace").splitlines()
            return next((line.strip(" #*")[:200] for line in lines if line.strip()), "")
    return ""
