"""`brobygger bench search`: how well, and how quickly, the directory is searched."""

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from brobygger.foundation.postgres import Postgres
from brobygger.foundation.trouble import Trouble
from brobygger.site.commands import search_speed
from brobygger.site.commands.bench_web import demo
from brobygger.site.commands.home import environment
from brobygger.site.commands.made_directory import make
from brobygger.site.commands.voice import Voice

OFFERS = 20_000


def run(home: Path) -> int:
    """Measure in homes of its own. 1 if a peer is as good anywhere."""
    del home
    folder = Path(tempfile.mkdtemp(prefix="brobygger-bench-"))
    folder.chmod(0o711)
    try:
        times = _pages(folder)
        with Postgres(folder / "alone") as guest:
            words = [sys.executable, "-m", "brobygger.site.commands.ranked"]
            env = environment(folder / "alone", guest.urls(), role="owner")
            return subprocess.run(words, env=env, input=json.dumps(times), text=True).returncode  # noqa: S603
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _pages(folder: Path) -> list[float]:
    """Milliseconds of the public page, in a demo into which a made directory has been imported."""
    say = Voice()
    make(folder / "made", services=OFFERS)
    with demo(folder / "home", say) as address:
        say(f"Henter et katalog med {OFFERS} tilbud ind …")
        words = [sys.executable, "-m", "brobygger.site.commands", "offers", "--home", str(folder / "home")]
        took = subprocess.run([*words, "import", str(folder / "made")], capture_output=True, text=True)  # noqa: S603
        if took.returncode not in (0, 1):  # a made directory is dirty on purpose
            raise Trouble(f"Kataloget kunne ikke hentes ind: {took.stderr.strip()[-300:]}")
        return search_speed.pages(address)
