"""`brobygger drill D5`: the walls between houses, table by table, and every planted hole found.

The matrix is the house's own test, `tests/house/test_isolation.py`; the drill runs that file, so that there
is one matrix. Without the tests (an installed package) it is not run.
"""

import os
import subprocess
import sys
from pathlib import Path

from brobygger.foundation.postgres import Postgres
from brobygger.site.commands.check import ROOT
from brobygger.site.commands.drilling import SUPERUSER, Verdict, folder_of_its_own

FILE = Path("tests/house/test_isolation.py")


def run(home: Path) -> int:
    del home
    verdict = Verdict("D5")
    if not (ROOT / FILE).exists():
        verdict.not_run("prøverne følger ikke med denne udgave")
        return verdict.end()
    with folder_of_its_own() as folder, Postgres(folder / "home") as database:
        urls = database.urls()
        env = {
            **os.environ,
            "DATABASE_URL": urls.app,
            "DATABASE_OWNER_URL": urls.owner,
            SUPERUSER: database.superuser_url("brobygger"),
            "BROBYGGER_HOME": str(folder / "home"),
        }
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:xdist", str(FILE)]
        told = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True)  # noqa: S603
    for line in told.stdout.splitlines():
        if line.startswith("D5") or " passed" in line or " failed" in line:
            verdict.tell(line)
    verdict.promise(told.returncode == 0, "ingen ser, ændrer, tager eller giver et andet hus' rækker")
    return verdict.end()
