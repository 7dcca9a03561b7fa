"""`brobygger drill NAME`: bestået, DUMPET or ikke kørt, with its control; `all` runs every one of them."""

import argparse
from pathlib import Path

from brobygger.site.commands import crashing, crowding, named, posting, tampering, walls
from brobygger.site.commands.drilling import FAILED, NOT_RUN, PASSED

HELP = "øv et uheld, for eksempel at databasen bliver slået ihjel"
DRILLS = {
    "D1": named.Named("slå database, arbejder og webserver ihjel; intet bekræftet må gå tabt", crashing.run),
    "D4": named.Named("mange om de sidste pladser, og samme tryk igen og igen", crowding.run),
    "D5": named.Named("murene mellem husene, tabel for tabel", walls.run),
    "D6": named.Named("fusk med sporet af, hvem der så hvad; og hvad kæden koster", tampering.run),
    "D7": named.Named("beskeder gennem en dårlig port, mens arbejderne slås ihjel", posting.run),
}


def every(home: Path) -> int:
    """Each in turn, also after one that failed: failed if any did, else not run if any was not."""
    codes = [one.run(home) for one in DRILLS.values()]
    return next((code for code in (FAILED, NOT_RUN) if code in codes), PASSED)


KNOWN = {**DRILLS, "all": named.Named("dem alle, en efter en", every)}


def arguments(parser: argparse.ArgumentParser) -> None:
    named.add_name(parser)


def run(options: argparse.Namespace) -> int:
    return named.run(options, KNOWN)
