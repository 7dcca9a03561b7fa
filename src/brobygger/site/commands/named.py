"""Commands that run one of several named things: benchmarks, drills, simulations."""

import argparse
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Named:
    """`does` is one line for the list; `run(home)` returns an exit code."""

    does: str
    run: Callable[[Path], int]


def add_name(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", nargs="?", metavar="NAVN", help="uden navn vises listen")


def run(options: argparse.Namespace, known: Mapping[str, Named]) -> int:
    """Run the named one; without a name list them, and with an unknown name say so (2)."""
    if chosen := known.get(options.name or ""):
        return chosen.run(options.home.resolve())
    if options.name:
        print(f"»{options.name}« kendes ikke.")
    print("\n".join(f"  {name:12} {one.does}" for name, one in known.items()) or "  Der er ingen endnu.")
    return 2 if options.name else 0
