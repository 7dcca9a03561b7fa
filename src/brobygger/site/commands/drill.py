"""`brobygger drill NAME`."""

import argparse

from brobygger.site.commands import killing, named, tampering

HELP = "øv et uheld, for eksempel at databasen bliver slået ihjel"
KNOWN = {
    "D6": named.Named("fusk med sporet af, hvem der så hvad; og hvad kæden koster", tampering.run),
    "kill": named.Named(
        "slå database, arbejder og webserver ihjel under travlhed; intet må gå tabt", killing.run
    ),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    named.add_name(parser)


def run(options: argparse.Namespace) -> int:
    return named.run(options, KNOWN)
