"""The files of a directory, in a folder or a zip, fetched by name and never from anywhere else. Pure reading.

A name may not lead out of the folder, a link is not followed, an address is not fetched, and a zip is
measured while it is unpacked, for what it says about itself may be untrue.
"""

import hashlib
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO, Protocol

from brobygger.offers.importing import faults
from brobygger.offers.importing.rows import Refused

MEGABYTE = 1024 * 1024
MOST_BYTES = 200 * MEGABYTE  # of one directory, unpacked
MOST_PACKED = 200  # times smaller than unpacked
MOST_FILES = 10_000
SMALL = MEGABYTE  # below this a file may be packed as tightly as it likes
CHUNK = 64 * 1024


class Pieces(Protocol):
    """`label` is the name of the whole, `names` the files in it, as "folder/file.csv"."""

    label: str
    names: tuple[str, ...]

    def read(self, name: str) -> bytes: ...


def opened(path: Path) -> Pieces:
    """A folder, a zip file, or one file by itself."""
    if path.is_dir():
        return Folder(path)
    if path.suffix.lower() == ".zip" or (_may_be_zip(path) and zipfile.is_zipfile(path)):
        return Zip(path)
    return Folder(path.parent, only=path.name)


def _may_be_zip(path: Path) -> bool:
    """A workbook is a zip too, but is read as one file."""
    return path.is_file() and path.suffix.lower() != ".xlsx"


def safe_name(name: str, *, whole: str) -> str:
    """The name as it may be used, or `Refused`: no address, no absolute name, no way out.

    >>> safe_name("data/./services.csv", whole="x.zip")
    'data/services.csv'
    """
    where = f"{whole}: {name[:100]}"
    if "://" in name:
        raise Refused(faults.AN_ADDRESS, where=where)
    path = PurePosixPath(name)
    if (
        path.is_absolute()
        or ".." in path.parts
        or "\\" in name
        or ":" in name
        or "\0" in name
        or not path.parts
    ):
        raise Refused(faults.OUTSIDE, where=where)
    return str(path)


class Folder:
    def __init__(self, root: Path, *, only: str | None = None) -> None:
        self.root, self.label = root, only or root.resolve().name
        self.names = (only,) if only else self._names()
        self._left = MOST_BYTES

    def _names(self) -> tuple[str, ...]:
        """Three levels, without what begins with a dot. Links are listed here and refused when read."""
        found: list[str] = []
        for path in _walk(self.root, levels=3):
            found.append(path.relative_to(self.root).as_posix())
            if len(found) > MOST_FILES:
                raise Refused(faults.TOO_MANY_FILES, where=self.label, limit=MOST_FILES)
        return tuple(sorted(found))

    def read(self, name: str) -> bytes:
        path = self.root / safe_name(name, whole=self.label)
        for step in [path, *path.parents]:
            if step == self.root:
                break
            if step.is_symlink():
                raise Refused(faults.A_LINK, where=name)
        try:
            found = path.stat()
            if not stat.S_ISREG(found.st_mode):
                raise Refused(faults.A_LINK, where=name)
            if found.st_size > self._left:
                raise Refused(faults.TOO_BIG, where=name, limit=MOST_BYTES // MEGABYTE)
            data = path.read_bytes()
        except FileNotFoundError:
            raise Refused(
                faults.NO_SUCH_FILE, where=self.label, file=name, found=listed(self.names)
            ) from None
        except OSError as error:
            raise Refused(faults.UNREADABLE, where=name, error=error.strerror or "") from error
        self._left -= len(data)
        return data


class Zip:
    """A zip on the disk, or one that stands inside another file and is called `label`."""

    def __init__(self, path: Path | IO[bytes], *, label: str = "") -> None:
        self.label = path.stem if isinstance(path, Path) else label
        try:
            self._zip = zipfile.ZipFile(path)
            self._entries = self._measured(self._zip.infolist())
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, UnicodeDecodeError) as error:
            whole = path.name if isinstance(path, Path) else label
            raise Refused(faults.BROKEN_ZIP, where=whole, error=str(error)[:100]) from error
        self.names = tuple(sorted(self._entries))

    def _measured(self, entries: list[zipfile.ZipInfo]) -> dict[str, zipfile.ZipInfo]:
        if len(entries) > MOST_FILES:
            raise Refused(faults.TOO_MANY_FILES, where=self.label, limit=MOST_FILES)
        if sum(entry.file_size for entry in entries) > MOST_BYTES:
            raise Refused(faults.TOO_BIG, where=self.label, limit=MOST_BYTES // MEGABYTE)
        for entry in entries:
            self._judge(entry)
        files = [entry for entry in entries if not entry.is_dir() and not _is_hidden(entry.filename)]
        return {safe_name(entry.filename, whole=self.label): entry for entry in files}

    def _judge(self, entry: zipfile.ZipInfo) -> None:
        where = f"{self.label}: {entry.filename[:100]}"
        safe_name(entry.filename, whole=self.label)
        mode = entry.external_attr >> 16
        if mode and stat.S_IFMT(mode) not in {0, stat.S_IFREG, stat.S_IFDIR}:
            raise Refused(faults.A_LINK, where=where)
        if entry.flag_bits & 0x1:
            raise Refused(faults.BROKEN_ZIP, where=where, error="adgangskode")
        if entry.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Refused(faults.BROKEN_ZIP, where=where, error=f"method {entry.compress_type}")
        if entry.file_size > SMALL and entry.file_size > MOST_PACKED * max(entry.compress_size, 1):
            raise Refused(faults.TOO_PACKED, where=where, limit=MOST_PACKED)

    def read(self, name: str) -> bytes:
        """Unpack one file, and stop as soon as it is more than was said."""
        entry = self._entries.get(safe_name(name, whole=self.label))
        if entry is None:
            raise Refused(faults.NO_SUCH_FILE, where=self.label, file=name, found=listed(self.names))
        data = bytearray()
        try:
            with self._zip.open(entry) as packed:
                while chunk := packed.read(CHUNK):
                    data += chunk
                    if len(data) > entry.file_size:
                        raise Refused(faults.TOO_BIG, where=name, limit=MOST_BYTES // MEGABYTE)
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            OSError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise Refused(faults.BROKEN_ZIP, where=name, error=str(error)[:100]) from error
        return bytes(data)


def digest_of(path: Path) -> str:
    """SHA-256 of one file, by which it is known again; nothing for a folder."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def listed(names: tuple[str, ...] | list[str], most: int = 12) -> str:
    """Some names, for a sentence.

    >>> listed(["a", "b", "c"], most=2)
    'a, b … (3)'
    """
    shown = ", ".join(name[:60] for name in names[:most])
    return f"{shown} … ({len(names)})" if len(names) > most else shown or "–"


def _is_hidden(name: str) -> bool:
    """What a Mac adds to every zip, and other files nobody meant to send."""
    return any(part.startswith((".", "__MACOSX")) for part in PurePosixPath(name).parts)


def _walk(folder: Path, *, levels: int) -> list[Path]:
    found: list[Path] = []
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and not path.is_symlink():
            found += _walk(path, levels=levels - 1) if levels > 1 else []
        else:
            found.append(path)
        if len(found) > MOST_FILES:
            break
    return found
