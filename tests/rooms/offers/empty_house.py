"""An empty house in a database of its own: `python -m tests.rooms.offers.empty_house GIVEN AGAIN` takes one
package in and gives another out."""

import difflib
import subprocess
import sys
from pathlib import Path

from tests.rooms.site.estate import database_of_its_own

ROOT = Path(__file__).parents[3]


def given_out_again(given: Path, again: Path) -> None:
    """Run this module on a fresh copy of the template."""
    with database_of_its_own() as elsewhere:
        words = [sys.executable, "-m", "tests.rooms.offers.empty_house", str(given), str(again)]
        subprocess.run(words, env=elsewhere, cwd=ROOT, check=True)


def differences(one: Path, other: Path) -> list[str]:
    """The lines that only one of two packages has, with the file's name."""
    found = []
    for name in sorted({path.name for path in [*one.iterdir(), *other.iterdir()]}):
        lines = [(folder / name).read_text(encoding="utf-8").splitlines() for folder in (one, other)]
        found += [f"{name}: {line}" for line in difflib.unified_diff(*lines, lineterm="", n=0)]
    return found


if __name__ == "__main__":
    import django

    django.setup()

    from brobygger.offers import exporting
    from brobygger.offers.importing import run
    from brobygger.partners.terms import OrganisationKind
    from tests.people import ELSEWHERE, NOW, organisation

    organisation(ELSEWHERE, "Et tomt hus", OrganisationKind.HOUSE)
    run(Path(sys.argv[1]), keeper=ELSEWHERE, at=NOW)
    exporting.run(Path(sys.argv[2]), keeper=ELSEWHERE)
