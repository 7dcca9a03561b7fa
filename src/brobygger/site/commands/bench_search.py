"""`brobygger bench search`: how well, and how quickly, the directory is searched."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from brobygger.foundation.postgres import Postgres
from brobygger.site.commands.home import environment


def run(home: Path) -> int:
    """Measure in a home of its own. 1 if a peer is as good anywhere."""
    del home
    folder = Path(tempfile.mkdtemp(prefix="brobygger-bench-"))
    folder.chmod(0o711)
    try:
        with Postgres(folder / "home") as guest:
            words = [sys.executable, "-m", "brobygger.site.commands.ranked"]
            env = environment(folder / "home", guest.urls(), role="owner")
            return subprocess.run(words, env=env).returncode  # noqa: S603
    finally:
        shutil.rmtree(folder, ignore_errors=True)
