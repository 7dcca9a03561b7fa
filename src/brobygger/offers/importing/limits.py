"""How much memory and time the reading of one file may take, kept by the kernel and not by good will.

A hostile file of a few MB is refused within 300 MB and 30 seconds; an honest one gets more, the larger it is.
"""

import contextlib
import os
import resource
import signal
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import FrameType

from brobygger.offers.importing import faults
from brobygger.offers.importing.pieces import MEGABYTE, MOST_BYTES
from brobygger.offers.importing.rows import Refused

ROOM = 110 * MEGABYTE  # above what the program itself takes
ROOM_PER_BYTE = 30  # rows and drafts of a CSV, measured: 22 bytes for each byte of the file
SECONDS, SECONDS_PER_MEGABYTE = 15.0, 4.0
LAST = 5  # seconds of work after the alarm, before the process is ended


@contextlib.contextmanager
def confined(path: Path) -> Iterator[None]:
    """Run the block with bounds on memory and time. Raises `Refused` when one of them is met.

    For a process of its own: the bound on memory counts for all of it, and the alarm for its main thread.
    """
    size = unpacked_size(path)
    before = resource.getrlimit(resource.RLIMIT_AS)
    most = _taken_now() + ROOM + ROOM_PER_BYTE * size
    seconds = SECONDS + SECONDS_PER_MEGABYTE * size / MEGABYTE
    former, worked = signal.signal(signal.SIGPROF, _too_slow), resource.getrlimit(resource.RLIMIT_CPU)
    try:
        # the alarm waits for a long search in one text to end; the kernel does not
        most_work = int(sum(os.times()[:2]) + seconds) + LAST
        resource.setrlimit(resource.RLIMIT_CPU, (most_work, worked[1]))
        resource.setrlimit(resource.RLIMIT_AS, (most, before[1]))
        signal.setitimer(signal.ITIMER_PROF, seconds)
        yield
    except MemoryError:
        resource.setrlimit(resource.RLIMIT_AS, before)
        raise Refused(faults.TOO_MUCH_MEMORY, where=path.name, limit=most // MEGABYTE) from None
    except TimeoutError:
        raise Refused(faults.TOO_SLOW, where=path.name, limit=round(seconds)) from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, former)
        resource.setrlimit(resource.RLIMIT_AS, before)
        resource.setrlimit(resource.RLIMIT_CPU, worked)


def unpacked_size(path: Path) -> int:
    """Bytes of the file, or of what a zip says is in it; never more than we read at all."""
    size = path.stat().st_size if path.is_file() else 0
    if path.is_dir():
        size = sum(one.stat().st_size for one in path.rglob("*") if one.is_file() and not one.is_symlink())
    with contextlib.suppress(zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        if path.is_file() and zipfile.is_zipfile(path):
            size = sum(entry.file_size for entry in zipfile.ZipFile(path).infolist())
    return min(size, MOST_BYTES)


def _taken_now() -> int:
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    return pages * os.sysconf("SC_PAGE_SIZE")


def _too_slow(number: int, frame: FrameType | None) -> None:
    raise TimeoutError
