"""Loops as machine code, by numba. It is optional: only `compiled` leads here, where numba is installed."""

import hashlib
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Loop = TypeVar("Loop", bound=Callable[..., Any])
HERE = Path(__file__).parent


def _kept_in() -> str:
    """A folder of ours alone for the code of just these sources; "" if there is none.

    numba itself looks only at the source of a loop, not at those it calls or takes numbers from.
    """
    sources = hashlib.sha256(b"".join(file.read_bytes() for file in sorted(HERE.glob("*.py"))))
    for folder in _folders(f"fit-{sources.hexdigest()[:16]}"):
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK) and folder.stat().st_uid == os.getuid():
            return str(folder)
    return ""


def _folders(name: str) -> Iterator[Path]:
    if named := os.environ.get("NUMBA_CACHE_DIR"):
        yield Path(named) / name
    yield HERE / "__pycache__" / name
    yield Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "brobygger" / name


KEPT_IN = _kept_in()
setattr(numba.config, "CACHE_DIR", KEPT_IN)  # noqa: B010 - numba makes its settings as it starts


def compiled(loop: Loop) -> Loop:
    """The loop as machine code, kept for the next start where there is a folder to keep it in."""
    return cast(Loop, numba.njit(cache=bool(KEPT_IN))(loop))
