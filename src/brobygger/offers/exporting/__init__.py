"""The directory given out for whoever wants to read it elsewhere: HSDS 3.1, a workbook, or a list on paper.

What HSDS has no column for goes along as attributes of a taxonomy of our own (`marks`), so that an empty
house that takes a package in has the same directory. What has been withdrawn is not given out, nor the
neighbourhoods that a house measures from. Persons are not in the directory: a name stands in a contact only
where its source has published it itself (`details.ContactPoint`); an address of a protected place nowhere.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from uuid import UUID

from brobygger.offers.exporting import documents, package, paper, sheets

Counts = dict[str, int]
FORMATS: Mapping[str, Callable[[Path, UUID | None], Counts]] = {
    "package": package.write_folder,
    "zip": package.write_zip,
    "json": documents.write_array,
    "ndjson": documents.write_lines,
    "xlsx": sheets.write,
    "pdf": paper.write,
}


def run(path: Path, keeper: UUID | None = None, *, form: str = "package") -> Counts:
    """Write the directory to a folder (`package`) or a file and say how many rows of each kind went out.

    All keepers' offers, or one keeper's. Raises `Trouble` if something else lies there, and writes nothing.
    """
    return FORMATS[form](path, keeper)
