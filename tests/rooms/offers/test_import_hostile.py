"""Files that mean harm: refused within 300 MB and 30 seconds, with a sentence, and nobody else hurt.

Memory and time are measured by the kernel, in a process of its own for each file.
"""

import json
import os
import signal
import stat
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from openpyxl import Workbook

from brobygger.foundation.scope import organisation_scope
from brobygger.offers import apart, orders
from brobygger.offers.importing import faults
from brobygger.offers.models import ImportRun, Offer
from brobygger.offers.runs import ImportOrder
from brobygger.offers.terms import OrderState
from brobygger.site.commands import made_directory
from tests.people import HOUSE

pytestmark = [pytest.mark.slow, pytest.mark.feature("OFF-07")]
ROOT = Path(__file__).parents[3]
MOST_MEMORY, MOST_SECONDS = 300, 30
MEGABYTE = 1_000_000
LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
EXTERNAL = '<!DOCTYPE x [<!ENTITY l0 SYSTEM "file:///etc/passwd">]>'


def zipped(path: Path, **files: bytes) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return path


def bomb(path: Path) -> Path:
    return zipped(path, **{"services.csv": b"id,name\n" + b"0" * 150 * MEGABYTE})


def nested(path: Path) -> Path:
    return zipped(path, **{"inner.zip": bomb(path.with_name("inner.zip")).read_bytes()})


def linked(path: Path) -> Path:
    entry = zipfile.ZipInfo("services.csv")
    entry.external_attr = (stat.S_IFLNK | 0o777) << 16
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr(entry, "/etc/passwd")
    return path


def workbook(path: Path, *, doctype: str) -> Path:
    """A workbook whose sheet begins with a document type and uses an entity of it."""
    plain, book = BytesIO(), Workbook()
    assert book.active is not None
    book.active.append(["id", "name"])
    book.save(plain)
    with zipfile.ZipFile(plain) as given, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name in given.namelist():
            data = given.read(name)
            if name == "xl/worksheets/sheet1.xml":
                head, _, rest = data.decode().partition("<worksheet")
                assert "<t>id</t>" in rest
                data = f"{head}{doctype}<worksheet{rest.replace('<t>id</t>', '<t>&l0;</t>')}".encode()
            made.writestr(name, data)
    return path


def written(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


HOSTILE: dict[str, tuple[str, Callable[[Path], Path]]] = {
    "bomb.zip": ("TOO_PACKED", bomb),
    "nested.zip": ("NOTHING_FOUND", nested),
    "slip.zip": ("OUTSIDE", lambda path: zipped(path, **{"../../services.csv": b"id,name\n"})),
    "absolute.zip": ("OUTSIDE", lambda path: zipped(path, **{"/etc/services.csv": b"id,name\n"})),
    "link.zip": ("A_LINK", linked),
    "entity.xlsx": ("HOSTILE_XML", lambda path: workbook(path, doctype=EXTERNAL)),
    "laughs.xlsx": (
        "HOSTILE_XML",
        lambda path: workbook(path, doctype=f'<!DOCTYPE x [<!ENTITY l0 "ha">{LAUGHS}]>'),
    ),
    "bomb.xlsx": ("TOO_PACKED", lambda path: zipped(path, **{"xl/workbook.xml": b" " * 150 * MEGABYTE})),
    "wide.csv": (
        "TOO_MANY_COLUMNS",
        lambda path: written(path, b",".join(b"c%d" % n for n in range(100_000))),
    ),
    "deep.json": ("TOO_DEEP", lambda path: written(path, b"[" * 100_000 + b"]" * 100_000)),
    "utf16.csv": ("UTF_16", lambda path: written(path, "id,name\n".encode("utf-16"))),
    "field.csv": ("TOO_LONG_FIELD", lambda path: written(path, b'id,name\n"' + b"a" * 3 * MEGABYTE)),
    "services.csv": ("TOO_MUCH_MEMORY", lambda path: written(path, b"id,name\n" + b"a,b\n" * 300_000)),
    "services.json": ("TOO_MUCH_MEMORY", lambda path: written(path, b"[" + b"{}," * 500_000 + b"{}]")),
}


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Any]]:
    folder = tmp_path_factory.mktemp("hostile")
    paths = [make(folder / name) for name, (_fault, make) in HOSTILE.items()]
    words = [sys.executable, "-m", "tests.rooms.offers.read_apart", *map(str, paths)]
    told = subprocess.run(words, cwd=ROOT, env=os.environ, capture_output=True, text=True, check=True)
    return dict(zip(HOSTILE, json.loads(told.stdout), strict=True))


@pytest.mark.parametrize("name", HOSTILE)
def test_it_is_refused_for_what_it_is(read, name):
    assert read[name]["fault"] == HOSTILE[name][0], read[name]


@pytest.mark.parametrize("name", HOSTILE)
def test_it_never_takes_more_memory_or_time_than_is_said(read, name):
    assert read[name]["peak"] < MOST_MEMORY, read[name]
    assert read[name]["seconds"] < MOST_SECONDS, read[name]


# In a process of its own, and killed


def handed_in(cast: Any, name: str, content: bytes) -> ImportOrder:
    with organisation_scope(HOUSE, member=cast.torben.pk):
        return orders.receive_file(
            name=name, content=content, called="lavet", licence="CC0", by=cast.torben, at=timezone.now()
        )


def again(order: ImportOrder) -> ImportOrder:
    with organisation_scope(HOUSE):
        return ImportOrder.objects.get(pk=order.pk)


def test_a_hostile_file_that_was_handed_in_is_refused_by_its_own_process(lasting_cast, tmp_path):
    order = handed_in(lasting_cast, "bomb.zip", bomb(tmp_path / "bomb.zip").read_bytes())

    apart.read(HOUSE, order.pk)

    assert again(order).state == OrderState.REFUSED
    assert again(order).tried["findings"][0]["what"] == faults.TOO_PACKED.what


def test_an_import_that_is_killed_saves_nothing_and_is_gone_on_with(lasting_cast, tmp_path):
    made = made_directory.make(tmp_path / "lavet", services=400)
    files = {path.name: path.read_bytes() for path in (tmp_path / "lavet").iterdir()}
    order = handed_in(lasting_cast, "lavet.zip", zipped(tmp_path / "lavet.zip", **files).read_bytes())
    with organisation_scope(HOUSE):
        ImportOrder.objects.update(state=OrderState.TAKING)

    words = [sys.executable, "-m", "brobygger.offers.apart", str(HOUSE), str(order.pk)]
    running = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert running.stdout is not None
    next(line for line in running.stdout if "Gemmer" in line)
    running.send_signal(signal.SIGKILL)
    running.communicate()
    connection.close()
    assert (Offer.objects.filter(source="lavet").count(), ImportRun.objects.count()) == (0, 0)
    assert again(order).state == OrderState.TAKING

    apart.read(HOUSE, order.pk)

    assert again(order).state == OrderState.TAKEN
    run = ImportRun.objects.get()
    assert run.rows_in == sum(made.values())
    assert Offer.objects.filter(source="lavet").exists()
