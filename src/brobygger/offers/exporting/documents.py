"""HSDS 3.1 as JSON: every service with all that hangs on it, as one list or one object a line."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from uuid import UUID

from brobygger.offers.hsds import nested
from brobygger.offers.hsds.dated import stamp
from brobygger.offers.hsds.flat import Object
from brobygger.offers.models import Offer

A_CHUNK = 200


def write_array(path: Path, keeper: UUID | None) -> dict[str, int]:
    with path.open("w", encoding="utf-8") as file:
        file.write("[")
        count = _write(file, keeper, between=",\n")
        file.write("]\n")
    return {"service": count}


def write_lines(path: Path, keeper: UUID | None) -> dict[str, int]:
    with path.open("w", encoding="utf-8") as file:
        count = _write(file, keeper, between="\n")
        file.write("\n" if count else "")
    return {"service": count}


def _write(file: IO[str], keeper: UUID | None, *, between: str) -> int:
    count = 0
    for count, one in enumerate(services(keeper), 1):
        file.write((between if count > 1 else "") + json.dumps(one, ensure_ascii=False))
    return count


def services(keeper: UUID | None) -> Iterator[Object]:
    """Each service in turn, made some at a time; with the date its source gave it."""
    rows = Offer.objects.filter(withdrawn_at=None)
    rows = rows.filter(keeper_id=keeper) if keeper else rows
    keys = list(rows.order_by("id").values_list("id", "last_modified_at"))
    for begin in range(0, len(keys), A_CHUNK):
        dated = dict(keys[begin : begin + A_CHUNK])
        for one in nested.services(list(dated), full=True):
            at = dated[UUID(one["id"])]
            yield {**one, "last_modified": stamp(at)} if at else _undated(one)


def _undated(one: Object) -> Object:
    return {name: value for name, value in one.items() if name != "last_modified"}
