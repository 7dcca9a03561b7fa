"""Somebody's own CSV, read through a mapping: each row becomes rows of one or several HSDS tables. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import PurePosixPath
from uuid import NAMESPACE_OID, uuid5

from brobygger.engine.words import Phrase
from brobygger.offers.importing import faults
from brobygger.offers.importing.core import LONGEST_ID
from brobygger.offers.importing.gathered import Gathered
from brobygger.offers.importing.mapping import Mapping, Target
from brobygger.offers.importing.packages import READING
from brobygger.offers.importing.pieces import Pieces, listed
from brobygger.offers.importing.rows import Finding, Refused, Row
from brobygger.offers.importing.sheets import Cells, Sheet, sheet
from brobygger.offers.importing.vocabulary import table_named
from brobygger.offers.importing.weeks import week_rows

FOLDERS = ("", "input")
TIES = {"organization": "organization_id", "location": "location_id", "service": "service_id"}
LISTS = {"service_at_location"}  # tables in which one cell may hold several ids
ONLY_TIES = {"phone"}  # tables in which a row that says nothing is worth a line in the report


def read(pieces: Pieces, mapping: Mapping, *, say: Callable[[Phrase], None]) -> Gathered:
    gathered = Gathered()
    for file, columns in mapping.files.items():
        name = _found(pieces, file)
        say(Phrase(READING, {"file": name}))
        content = sheet(name, pieces.read(name), table=_own_table(columns))
        gathered.used.add(name)
        gathered.told |= {target.table.counted_as for targets in columns.values() for target in targets}
        gathered.notes(content.notes)
        _check(content, columns, gathered)
        seen: set[tuple[str, frozenset[tuple[str, str]]]] = set()
        for cells in content.rows:
            _read_row(cells, columns, gathered, seen)
    return gathered


def _found(pieces: Pieces, file: str) -> str:
    """The file beside the mapping, in `input`, or so in the only folder of a zip. Case does not matter."""
    wanted = [f"{folder}/{file}".lstrip("/").lower() for folder in FOLDERS]
    for name in sorted(pieces.names, key=lambda name: name.count("/")):
        inner = "/".join(PurePosixPath(name).parts[1:]).lower()
        if name.lower() in wanted or inner in wanted:
            return name
    raise Refused(faults.NO_SUCH_FILE, where=pieces.label, file=file, found=listed(pieces.names))


def _check(content: Sheet, columns: dict[str, tuple[Target, ...]], gathered: Gathered) -> None:
    """Required columns must be there; others that are missing, and headings not mapped, are remarked on."""
    missing = [heading for heading in columns if heading not in content.headings]
    required = [heading for heading in missing if any(target.is_required for target in columns[heading])]
    if required:
        found = listed(list(content.headings), most=60)
        raise Refused(faults.MISSING_COLUMNS, where=content.name, missing=", ".join(required), found=found)
    table = _own_table(columns)
    gathered.notes(Finding(table, content.name, faults.MAPPED_COLUMN_MISSING, heading) for heading in missing)
    used = {
        heading
        for heading, targets in columns.items()
        if any(target.column not in target.table.ignored for target in targets)
    }
    filled = Counter(heading for cells in content.rows for heading in cells.values if heading not in used)
    gathered.unused_columns(table, content.name, filled)


def _read_row(
    cells: Cells,
    columns: dict[str, tuple[Target, ...]],
    gathered: Gathered,
    seen: set[tuple[str, frozenset[tuple[str, str]]]],
) -> None:
    """`seen`: the same organisation told again on each line of a flat file is one organisation."""
    if cells.fault:
        gathered.lose(cells.fault)
        return
    made = _values_by_table(cells, columns)
    own = _own_table(columns)
    own_id = made.get(own, {}).get("id", "")
    for table, values in made.items():
        if own_id and table != own and _hangs_on(own, table, values):
            values[TIES[own]] = own_id
        told = (table, frozenset(values.items()))
        if table != own and (told in seen or not _says_something(table, values)):
            continue
        seen.add(told)
        for row in _rows(Row(table, values, cells.where)):
            gathered.take(row)


def _hangs_on(own: str, table: str, values: dict[str, str]) -> bool:
    """Whether what is told of this table belongs to what the row is about, and does not say so itself."""
    known = table_named(table)
    tie = TIES.get(own, "id")
    return tie not in values and table not in TIES and known is not None and tie in known.columns


def _says_something(table: str, values: dict[str, str]) -> bool:
    if table in LISTS:
        return {"service_id", "location_id"} <= values.keys()
    return table in ONLY_TIES or not values.keys() <= {"id", "address_type", *TIES.values()}


def _values_by_table(cells: Cells, columns: dict[str, tuple[Target, ...]]) -> dict[str, dict[str, str]]:
    """What the row says, table by table; tables about which it says nothing are left out."""
    made: dict[str, dict[str, str]] = {}
    for heading, targets in columns.items():
        text = cells.values.get(heading, "")
        for target in targets:
            values = made.setdefault(target.table.counted_as, dict(target.table.fixed))
            told = target.values.get(text, "") if target.values else text
            before = values.get(target.column, "") if target.is_appended else ""
            if told:
                values[target.column] = _joined(before, told, target) if before else told
            if target.tie and (tied := cells.values.get(target.tie[1])):
                values[target.tie[0]] = tied
    fixed = {
        target.table.counted_as: len(target.table.fixed) for targets in columns.values() for target in targets
    }
    return {table: values for table, values in made.items() if len(values) > fixed[table]}


def _joined(before: str, told: str, target: Target) -> str:
    """Texts below each other; the pieces of an id beside each other, and not longer than an id may be."""
    if not target.column.endswith("id"):
        return f"{before}\n{told}".strip()
    whole = " · ".join([before, " ".join(told.split())])
    return whole if len(whole) <= LONGEST_ID else f"{whole[:100]}…{uuid5(NAMESPACE_OID, whole).hex}"


def _rows(row: Row) -> Iterator[Row]:
    """A list of ids in one cell is a row for each; hours told as text are a row for each weekday."""
    tie = next((tie for tie in TIES.values() if re.search(r"[,;\n]", row.get(tie))), None)
    if row.table not in LISTS or tie is None:
        yield from week_rows(row)
        return
    for one in re.split(r"[,;\n]", row.get(tie)):
        if one.strip():
            yield Row(row.table, {**row.values, tie: one.strip()}, row.where)


def _own_table(columns: dict[str, tuple[Target, ...]]) -> str:
    """The table this file is about: the one that gets its id from it, or the first that can be tied to."""
    targets = [target for told in columns.values() for target in told]
    ids = [target for target in targets if target.column == "id"]
    return next(
        (target.table.name for target in [*ids, *targets] if target.table.name in TIES), targets[0].table.name
    )
