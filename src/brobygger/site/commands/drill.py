"""`brobygger drill NAME`."""

import argparse

from brobygger.site.commands import named

HELP = "øv et uheld, for eksempel at databasen bliver slået ihjel"
KNOWN: dict[str, named.Named] = {}


def arguments(parser: argparse.ArgumentParser) -> None:
    named.add_name(parser)


def run(options: argparse.Namespace) -> int:
    return named.run(options, KNOWN)
