"""What an interrupted run leaves behind: lock files of the dead, orphans, half-made folders.

PostgreSQL believes any live process with the number in its lock file. After a crash that may be a zombie
or a stranger who has been given the same number, and then it refuses to start for good.
"""

import os
import shutil
import subprocess
import time
from pathlib import Path

NOBODYS_PID = 2_147_483_647  # above every pid_max, so the kernel always answers "no such process"


def postmaster_of(data: Path) -> int | None:
    """The process that really serves this data folder, or None."""
    pid = _written_pid(data / "postmaster.pid")
    return pid if pid and serves(pid, data) else None


def socket_of(data: Path) -> Path | None:
    """Where the running server listens: the fifth line of its own lock file."""
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
    except OSError:
        return None
    return Path(lines[4]) if len(lines) > 4 and lines[4] else None


def serves(pid: int, data: Path) -> bool:
    """True if `pid` is alive, no zombie, and a postgres started with `-D data`."""
    state, words = _seen(pid)
    if state == "" or state.startswith("Z"):
        return False
    return bool(words) and Path(words[0]).name == "postgres" and str(data) in words


def _seen(pid: int) -> tuple[str, list[str]]:
    """State and command line of a process; empty if there is none."""
    if Path("/proc/self/stat").exists():
        return _seen_in_proc(Path(f"/proc/{pid}"))
    return seen_by_ps(pid)


def seen_by_ps(pid: int) -> tuple[str, list[str]]:
    """The same where there is no /proc: on macOS and the BSDs."""
    question = ["ps", "-ww", "-o", "state=,command=", "-p", str(pid)]
    told = subprocess.run(question, capture_output=True, text=True).stdout.split()  # noqa: S603
    return (told[0], told[1:]) if told else ("", [])


def _seen_in_proc(process: Path) -> tuple[str, list[str]]:
    try:
        stat = (process / "stat").read_text()
        words = (process / "cmdline").read_bytes().decode(errors="replace").split("\0")
    except OSError:
        return "", []
    return stat[stat.rindex(")") + 2], words


def _written_pid(lock: Path) -> int | None:
    try:
        return abs(int(lock.read_text().split()[0]))
    except (OSError, ValueError, IndexError):
        return None


def release_locks(data: Path, socket: Path) -> None:
    """Let go of locks held by the dead. Only call when no server of ours is alive.

    The lock in the data folder is not removed but given to nobody: its other lines name the shared memory,
    by which PostgreSQL sees whether old backends still write, and that check must be kept.
    """
    lock = data / "postmaster.pid"
    if lock.exists():
        lines = lock.read_text().splitlines()
        if len(lines) < 2:  # empty or torn by a full disk: PostgreSQL would refuse it for ever
            lock.unlink()
        else:
            lock.write_text("\n".join([str(NOBODYS_PID), *lines[1:]]) + "\n")
    for old in socket.glob(".s.PGSQL.*"):
        old.unlink(missing_ok=True)


def remove_half_made(place: Path) -> list[Path]:
    """Remove what a killed beginning left: folders not yet renamed to their real name. Returns them."""
    found = sorted(place.glob("*.half-*"))
    for folder in found:
        _remove(folder)
    return found


def _remove(folder: Path) -> None:
    """An initdb whose parent was killed may still be writing: try until it has nothing left to write in."""
    for _attempt in range(50):
        if folder.is_file():
            folder.unlink()
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(0.1)


def wait_for_end(pid: int, data: Path, seconds: float) -> bool:
    """Wait for a process that is not our child. True when it is gone."""
    until = time.monotonic() + seconds
    while serves(pid, data):
        if time.monotonic() > until:
            return False
        _reap(pid)
        time.sleep(0.05)
    return True


def _reap(pid: int) -> None:
    try:
        os.waitpid(pid, os.WNOHANG)
    except ChildProcessError:
        return
