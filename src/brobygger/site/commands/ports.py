"""Is the port free, and if not, who has it?"""

import contextlib
import errno
import os
import socket
from pathlib import Path

from brobygger.foundation.trouble import Trouble


def demand_free(port: int, host: str = "127.0.0.1") -> int:
    """Return the port (a free one for 0), or say in a sentence why it cannot be had."""
    if not 0 <= port < 65536:
        raise Trouble(f"{port} er ikke en port. Vælg et tal fra 1024 til 65535 med --port.")
    try:
        taken = _try(port, host)
        if host == "127.0.0.1":  # people are sent to localhost, which may be ::1 first
            _try_also_six(taken)
    except OSError as error:
        raise Trouble(_sentence(port, host, error)) from None
    return taken


def _try(port: int, host: str) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind((host, port))
        probe.listen(1)
        return int(probe.getsockname()[1])


def _try_also_six(port: int) -> None:
    try:
        _try(port, "::1")
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise


def _sentence(port: int, host: str, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        who = holder(port)
        by = f" af {who}" if who else ""
        free = _try(0, "127.0.0.1")
        return (
            f"Port {port} er allerede i brug{by}. Stop det, der bruger den, "
            f"eller vælg en anden port, for eksempel --port {free}."
        )
    if error.errno == errno.EACCES:
        return f"Port {port} må kun bruges af root. Vælg en port over 1023, for eksempel --port 8000."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"Maskinen har ikke adressen {host}. Ret --bind."
    return f"Port {port} på {host} kan ikke bruges ({error.strerror}). Vælg en anden med --port."


def holder(port: int) -> str | None:
    """Name and number of the process that listens on the port; None where the kernel will not tell us."""
    sockets = {f"socket:[{inode}]" for table in ("tcp", "tcp6") for inode in _listening(table, port)}
    for process in Path("/proc").glob("[0-9]*") if sockets else ():
        if sockets & _open_files(process):
            return f"{_name(process)} (proces {process.name})"
    return None


def _listening(table: str, port: int) -> list[str]:
    try:
        rows = [line.split() for line in Path(f"/proc/net/{table}").read_text().splitlines()[1:]]
    except OSError:
        return []
    return [row[9] for row in rows if row[3] == "0A" and int(row[1].rsplit(":", 1)[1], 16) == port]


def _open_files(process: Path) -> set[str]:
    found = set()
    with contextlib.suppress(OSError):
        for file in (process / "fd").iterdir():
            with contextlib.suppress(OSError):  # one file may be closed while we look
                found.add(os.readlink(file))
    return found


def _name(process: Path) -> str:
    try:
        return (process / "comm").read_text().strip()
    except OSError:
        return "et program"
