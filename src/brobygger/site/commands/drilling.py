"""What every drill leans on: a database of its own, made for it and removed, and a verdict in one word.

A drill passes if every promise held **and** every control failed as it must: a control is the same test on a
set-up that is broken on purpose. What could not be tried is "ikke kørt", never passed (PROMISES 5).
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from brobygger.foundation import dburl
from brobygger.foundation.postgres import Postgres
from brobygger.foundation.trouble import Trouble
from brobygger.site.commands.home import SETTINGS_MODULE
from brobygger.site.commands.voice import plain

PASSED, FAILED, NOT_RUN = 0, 1, 3
WORDS = {PASSED: "bestået", FAILED: "DUMPET", NOT_RUN: "ikke kørt"}
START = "import sys; from brobygger.site.commands import {module}; sys.exit({module}.main())"
SUPERUSER = "BROBYGGER_SUPERUSER_URL"


@dataclass
class Verdict:
    """What a drill has found so far. `said` is every line, for whoever wants to keep it."""

    name: str
    said: list[str] = field(default_factory=list)
    wrong: int = 0
    missing: str = ""

    def tell(self, sentence: str) -> None:
        self.said.append(sentence)
        plain(f"  {sentence}")

    def promise(self, held: bool, sentence: str) -> None:
        self.wrong += not held
        self.tell(f"{'holdt ' if held else 'BRUDT '} {sentence}")

    def control(self, failed: bool, sentence: str) -> None:
        """The broken set-up must be seen to be broken; one that looks well proves that we do not look."""
        self.wrong += not failed
        self.tell(f"kontrol, {'fejler som den skal' if failed else 'FEJLER IKKE'}: {sentence}")

    def not_run(self, why: str) -> None:
        self.missing = why

    def end(self) -> int:
        code = FAILED if self.wrong else NOT_RUN if self.missing else PASSED
        plain(f"{self.name}: {WORDS[code]}{f' ({self.missing})' if self.missing else ''}")
        return code


@contextmanager
def folder_of_its_own() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="brobygger-drill-"))
    folder.chmod(0o711)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def run_apart(module: str, *words: str) -> int:
    """Run a drill that needs Django in a process of its own, with a database of its own. Its exit code."""
    with folder_of_its_own() as folder, Postgres(folder / "home") as database:
        env = _environment(folder / "home", database)
        prepare = [sys.executable, "-m", "brobygger.site.commands.inside", "tables", "live"]
        prepare += ["brobygger_app", "drill"]
        if subprocess.run(prepare, env={**env, "BROBYGGER_ROLE": "owner"}).returncode:  # noqa: S603
            raise Trouble("Øvelsens database kunne ikke gøres klar.", code=3)
        command = [sys.executable, "-c", START.format(module=module), *words]
        return subprocess.run(command, env=env).returncode  # noqa: S603


def _environment(home: Path, database: Postgres) -> dict[str, str]:
    urls = database.urls()
    mine = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    return {
        **mine,
        dburl.APP: urls.app,
        dburl.OWNER: urls.owner,
        SUPERUSER: database.superuser_url("brobygger"),
        "BROBYGGER_ROLE": "app",
        "BROBYGGER_HOME": str(home),
        "BROBYGGER_POOL": "16",
        "DJANGO_SETTINGS_MODULE": SETTINGS_MODULE,
        "PYTHONUNBUFFERED": "1",
    }
