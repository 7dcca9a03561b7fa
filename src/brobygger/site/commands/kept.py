"""A child process that is kept alive: killed, it comes back by itself, with a growing pause."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PAUSES = (0.1, 0.5, 1.0, 2.0, 5.0)  # seconds before the first, second, ... restart in a row
SETTLED = 20.0  # alive this long, and the next fall counts as the first again
LARGEST_LOG = 10 * 2**20


class Kept:
    """One process with its own group and log. `mind()` is called again and again by its keeper."""

    def __init__(
        self, name: str, words: list[str], *, env: dict[str, str], log: Path, say: Callable[[str], None]
    ) -> None:
        self.name, self.words, self.env, self.log, self.say = name, words, env, log, say
        self.falls = 0
        self._process: subprocess.Popen[Any] | None = None
        self._began = 0.0
        self._wake_at = 0.0

    @property
    def pid(self) -> int | None:
        """Its process; None between a fall and the next start."""
        return self._process.pid if self._process is not None else None

    def start(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LARGEST_LOG:
            self.log.replace(self.log.with_suffix(".log.1"))
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603
                self.words,
                env=self.env,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                **alone(),
            )
        self._began = time.monotonic()

    def mind(self) -> None:
        """Notice a fall, and start again when the pause is over. Never waits."""
        now = time.monotonic()
        if self._process is not None and self._process.poll() is not None:
            self._fallen(now)
        if self._process is None and now >= self._wake_at:
            self.start()

    def _fallen(self, now: float) -> None:
        self._kill_group()  # a killed parent leaves children that still hold the port
        self.falls = 1 if now - self._began > SETTLED else self.falls + 1
        pause = PAUSES[min(self.falls, len(PAUSES)) - 1]
        if self.falls == 1:
            self.say(f"{self.name} stoppede og startes igen.")
        elif self.falls == len(PAUSES):
            self.say(f"{self.name} bliver ved med at stoppe: {self.last_words()} Se {self.log}.")
        self._process, self._wake_at = None, now + pause

    def stop(self, patience: float = 10.0) -> None:
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            self._process.send_signal(signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(patience)
        self._kill_group()
        self._process.wait()
        self._process = None

    def last_words(self) -> str:
        """The end of its log, for whoever has to find out why it will not start."""
        lines = self.log.read_text(errors="replace").strip().splitlines() if self.log.exists() else []
        return lines[-1] if lines else "den sagde ingenting"

    def _kill_group(self) -> None:
        if self._process is not None:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._process.pid, signal.SIGKILL)


def alone() -> dict[str, Any]:
    """Arguments for subprocess: a group of its own (Ctrl-C is for the keeper), which ends with its keeper."""
    return {
        "start_new_session": True,
        "preexec_fn": _end_with_parent if sys.platform == "linux" else None,
    }


def _end_with_parent() -> None:
    """Linux: ask to be told to stop when the keeper dies, however it dies, so that no port stays taken."""
    death_signal = 1
    ctypes.CDLL(None).prctl(death_signal, signal.SIGTERM)
