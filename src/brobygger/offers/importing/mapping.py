"""mapping.yaml: what the columns of somebody's own CSV mean in HSDS words. Pure.

The format of the hsds-transformer: {file: {columns: {heading: {model, field, required, append, map}}}},
where a heading may have a list of these. Ours may also say `source:` and `licence:`. Only plain YAML is read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from brobygger.offers.importing import faults
from brobygger.offers.importing.pieces import listed, safe_name
from brobygger.offers.importing.rows import Refused
from brobygger.offers.importing.texts import cleaned, decoded
from brobygger.offers.importing.vocabulary import TABLES, Table, column_named, table_named

MAPPING_NAME = "mapping.yaml"
BIGGEST = 1_000_000  # bytes
OURS = ("source", "licence")


@dataclass(frozen=True, slots=True)
class Target:
    """Where the text of one heading goes. `tie`: (column, heading) of what it belongs to, if it says so."""

    table: Table
    column: str
    is_required: bool = False
    is_appended: bool = False
    values: dict[str, str] = field(default_factory=dict)
    tie: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Mapping:
    where: str
    files: dict[str, dict[str, tuple[Target, ...]]]
    source: str = ""
    licence: str = ""


def read_mapping(data: bytes, where: str) -> Mapping:
    """Read and check the whole mapping before any data is touched."""
    if len(data) > BIGGEST:
        raise Refused(faults.TOO_BIG, where=where, limit=1)
    return mapping_of(_loaded(decoded(data, where)[0], where), where)


def mapping_of(told: Any, where: str) -> Mapping:
    """The same, as it has been read already."""
    content = dict(told) if isinstance(told, dict) else told
    if not isinstance(content, dict) or not content:
        raise Refused(faults.BROKEN_MAPPING, where=where, error="{file: {columns: …}}")
    own = {key: cleaned(str(content.pop(key, "") or ""))[:100] for key in OURS}
    files = {_file_name(key, where): _columns(key, value, where) for key, value in content.items()}
    return Mapping(where, files, own["source"].strip(), own["licence"].strip())


def _loaded(text: str, where: str) -> Any:
    """safe_load, with aliases refused: a few lines of them can stand for gigabytes."""
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(text, Loader=yaml.SafeLoader)):
            raise Refused(faults.BROKEN_MAPPING, where=where, error="alias (*)")
        return yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        told = f"linje {line}: {error.problem}"
        raise Refused(faults.BROKEN_MAPPING, where=where, error=told) from None
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise Refused(faults.BROKEN_MAPPING, where=where, error=str(error)[:100]) from None


def _file_name(key: Any, where: str) -> str:
    name = safe_name(str(key), whole=where)
    return name if name.lower().endswith(".csv") else f"{name}.csv"


def _columns(key: Any, value: Any, where: str) -> dict[str, tuple[Target, ...]]:
    columns = value.get("columns", value) if isinstance(value, dict) else None
    if not isinstance(columns, dict) or not columns:
        raise Refused(faults.BROKEN_MAPPING, where=where, error=f"{key}: columns")
    return {" ".join(str(heading).split()): tuple(_targets(told, where)) for heading, told in columns.items()}


def _targets(told: Any, where: str) -> Iterator[Target]:
    for one in told if isinstance(told, list) else [told]:
        if (
            not isinstance(one, dict)
            or not isinstance(one.get("model"), str)
            or not isinstance(one.get("field"), str)
        ):
            raise Refused(faults.BROKEN_MAPPING, where=where, error=f"model, field: {str(one)[:60]}")
        table = table_named(one["model"])
        if table is None:
            known = listed([known.files[0] for known in TABLES], most=40)
            raise Refused(faults.UNKNOWN_IN_MAPPING, where=where, names=one["model"], known=known)
        column = column_named(table, one["field"])
        if column is None:
            names, known = f"{one['model']}.{one['field']}", listed(sorted(table.columns), most=40)
            raise Refused(faults.UNKNOWN_IN_MAPPING, where=where, names=names, known=known)
        yield Target(
            table,
            column,
            is_required=one.get("required") is True,
            is_appended=one.get("append") is True,
            values=_values(one.get("map"), where),
            tie=_tie(one, table, where),
        )


def _values(told: Any, where: str) -> dict[str, str]:
    if told is None:
        return {}
    if not isinstance(told, dict):
        raise Refused(faults.BROKEN_MAPPING, where=where, error="map")
    return {str(theirs): "" if ours is None else cleaned(str(ours)) for theirs, ours in told.items()}


def _tie(one: dict[str, Any], table: Table, where: str) -> tuple[str, str] | None:
    name, heading = one.get("foreign_key_name"), one.get("foreign_key_value")
    if name is None or heading is None:
        return None
    column = column_named(table, str(name))
    if column is None:
        raise Refused(
            faults.UNKNOWN_IN_MAPPING, where=where, names=str(name), known=listed(sorted(table.columns), 40)
        )
    return column, str(heading)
