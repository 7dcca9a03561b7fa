"""`brobygger check`: formatter, linter, types and floors; and, without a gate, who has grown too long."""

import argparse
import os
import subprocess
import sys
from pathlib import Path

from brobygger.foundation.trouble import Trouble
from brobygger.site.commands import sizes
from brobygger.site.commands.voice import Voice

HELP = "se efter i koden: form, fejl, typer og etager"
ROOT = Path(__file__).resolve().parents[4]
CHECKS = {
    "ruff check": ["ruff", "check", "."],
    "ruff format": ["ruff", "format", "--check", "."],
    "mypy": ["mypy", "src"],
    "etager": ["lint-imports"],
}


def arguments(parser: argparse.ArgumentParser) -> None:
    del parser


def run(options: argparse.Namespace) -> int:
    """0 if every check passed, 1 otherwise; all are run, so that one sees everything at once."""
    home: Path = options.home.resolve()
    say = Voice()
    demand_tools()
    failed = [name for name, words in CHECKS.items() if not _passes(name, words, home, say)]
    for line in sizes.too_long(ROOT / "src" / "brobygger"):
        say(f"Stor: {line}")
    say(f"Ikke i orden: {', '.join(failed)}" if failed else "Alt er i orden.")
    return 1 if failed else 0


def demand_tools() -> None:
    missing = [words[0] for words in CHECKS.values() if not _tool(words[0]).exists()]
    if missing or not (ROOT / "pyproject.toml").exists():
        raise Trouble("Værktøjerne til at teste med mangler. Skriv ./test, så hentes de.")


def _passes(name: str, words: list[str], home: Path, say: Voice) -> bool:
    told = subprocess.run(  # noqa: S603
        [str(_tool(words[0])), *words[1:]],
        cwd=ROOT,
        env={**os.environ, "BROBYGGER_HOME": str(home)},  # mypy's plugin reads the settings
        capture_output=True,
        text=True,
    )
    say(f"{name}: {'i orden' if told.returncode == 0 else 'IKKE i orden'}")
    if told.returncode:
        print(told.stdout + told.stderr, flush=True)
    return told.returncode == 0


def _tool(name: str) -> Path:
    return Path(sys.executable).parent / name
