"""`brobygger drill NAME`."""

import argparse

from brobygger.site.commands import killing, named

HELP = "øv et uheld, for eksempel at databasen bliver slået ihjel"
KNOWN = {
    "kill": named.Named(
        "slå database, arbejder og webserver ihjel under travlhed; intet må gå tabt", killing.run
    ),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    named.add_name(parser)


def run(options: argparse.Namespace) -> int:
    return named.run(options, KNOWN)
