"""`brobygger bench NAME`."""

import argparse

from brobygger.site.commands import named

HELP = "mål, hvor hurtigt noget går"
KNOWN: dict[str, named.Named] = {}


def arguments(parser: argparse.ArgumentParser) -> None:
    named.add_name(parser)


def run(options: argparse.Namespace) -> int:
    return named.run(options, KNOWN)
