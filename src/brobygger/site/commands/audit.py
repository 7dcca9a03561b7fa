"""`brobygger audit verify`: follow every house's trail, and hold it against its heads outside."""

import argparse
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

from brobygger.site.commands.home import environment, urls_of

HELP = "se efter, om sporet er helt: hvem har gjort og set hvad"


def arguments(parser: argparse.ArgumentParser) -> None:
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="verify|publish")
    verbs.add_parser("verify", help="følg kæden, og nævn den første linje, der ikke passer")
    verbs.add_parser("publish", help="gem kædernes aftryk uden for databasen nu (ellers hver nat)")


def run(options: argparse.Namespace) -> int:
    """1 if any house's chain is broken."""
    home: Path = options.home.resolve()
    with ExitStack() as opened:
        urls = urls_of(home, opened)
        command = [sys.executable, "-m", "brobygger.site.commands.inside", options.verb]
        return subprocess.run(command, env=environment(home, urls)).returncode  # noqa: S603
