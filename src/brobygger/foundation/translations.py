"""Compile .po to .mo where the .mo is missing or older. In Python, because a fresh machine has no gettext."""

import os
from pathlib import Path

import polib


def compile_stale(locale: Path) -> list[Path]:
    """Compile each stale catalogue under `locale/<language>/LC_MESSAGES/`. Returns the files written."""
    stale = [source for source in sorted(locale.glob("*/LC_MESSAGES/*.po")) if _is_stale(source)]
    return [_compile(source) for source in stale]


def _is_stale(source: Path) -> bool:
    made = source.with_suffix(".mo")
    return not made.exists() or made.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> Path:
    """Written aside and moved in place: a page being served never sees half a catalogue."""
    made = source.with_suffix(".mo")
    half = made.with_suffix(f".mo.{os.getpid()}")
    polib.pofile(str(source)).save_as_mofile(str(half))
    half.replace(made)
    return made
