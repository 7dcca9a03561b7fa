"""`brobygger simulate NAME`."""

import argparse

from brobygger.site.commands import named

HELP = "leg et forløb igennem på opdigtede tal"
KNOWN: dict[str, named.Named] = {}


def arguments(parser: argparse.ArgumentParser) -> None:
    named.add_name(parser)


def run(options: argparse.Namespace) -> int:
    return named.run(options, KNOWN)
