"""An HSDS 3.1 tabular data package, in a folder or as one zip file."""

import csv
import json
import tempfile
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from brobygger.foundation.trouble import Trouble
from brobygger.offers.exporting.tables import COLUMNS, FILES, Tables, columns, ties
from brobygger.offers.hsds.columns import DETAIL
from brobygger.offers.hsds.flat import Object
from brobygger.offers.models import Offer

NUMBERS = frozenset(
    ["minimum_age", "maximum_age", "year_incorporated", "latitude", "longitude", "extension", "amount"]
    + ["available", "maximum", "timezone", "count", "interval"]
)


def write_folder(folder: Path, keeper: UUID | None) -> dict[str, int]:
    """Raises `Trouble` if the folder holds something that is not an earlier package of ours."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "datapackage.json").exists():
        raise Trouble(_("Mappen %(folder)s er ikke tom. Vælg en ny mappe.") % {"folder": folder})
    folder.mkdir(parents=True, exist_ok=True)
    tables = Tables(keeper)
    counts = {entity: _write(folder / f"{FILES[entity]}.csv", entity, rows) for entity, rows in tables.all()}
    told = json.dumps(_descriptor(tables), ensure_ascii=False, indent=1)
    (folder / "datapackage.json").write_text(told, encoding="utf-8")
    return counts


def write_zip(path: Path, keeper: UUID | None) -> dict[str, int]:
    with tempfile.TemporaryDirectory() as folder:
        counts = write_folder(Path(folder), keeper)
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(Path(folder).iterdir()):
                packed.writestr(zipfile.ZipInfo(file.name), file.read_bytes(), zipfile.ZIP_DEFLATED)
    return counts


def _write(path: Path, entity: str, objects: Iterable[Object]) -> int:
    count, named = 0, columns(entity)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(named)
        for one in objects:
            writer.writerow([one.get(column, "") for column in named])
            count += 1
    return count


def _descriptor(tables: Tables) -> dict[str, Any]:
    licensed = Offer.objects.filter(tables.kept).exclude(licence="")
    return {
        "name": "brobygger",
        "title": "Brobygger",
        "profile": "tabular-data-package",
        "version": "3.1",
        "licenses": [
            {"name": licence} for licence in sorted(set(licensed.values_list("licence", flat=True)))
        ],
        "resources": [_resource(entity) for entity in COLUMNS],
    }


def _resource(entity: str) -> dict[str, Any]:
    return {
        "name": entity,
        "path": f"{FILES[entity]}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "profile": "tabular-data-resource",
        "schema": {
            "primaryKey": "id",
            "fields": [_field(column) for column in columns(entity)],
            "foreignKeys": [
                {
                    "fields": column,
                    "reference": {"resource": "" if table == entity else table, "fields": "id"},
                }
                for column, table in ties(DETAIL.get(entity), entity)
            ],
        },
    }


def _field(column: str) -> dict[str, Any]:
    if column == "id" or column.endswith("_id") and column != "tax_id":
        told = {"name": column, "type": "string", "format": "uuid"}
        return told | ({"constraints": {"required": True, "unique": True}} if column == "id" else {})
    return {"name": column, "type": "number" if column in NUMBERS else "string"}
