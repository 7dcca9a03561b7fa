"""Finding (or, as root on Debian, fetching) the Chromium that the browser part of the tests drives."""

import os
import shutil
import subprocess
from pathlib import Path

from brobygger.site.commands.voice import Voice

NAMES = ("chromium", "chromium-browser", "google-chrome")


def chromium() -> str | None:
    """Path of a Chromium, from BROBYGGER_CHROMIUM or the machine; None if there is none."""
    chosen = os.environ.get("BROBYGGER_CHROMIUM")
    return chosen or next((found for name in NAMES if (found := shutil.which(name))), None)


def fetch(say: Voice) -> str | None:
    """Install Debian's chromium when we may; otherwise None, and the browser part is not run."""
    apt = shutil.which("apt-get")
    if apt is None or os.geteuid() != 0 or not Path("/etc/debian_version").exists():
        return None
    say("Henter Chromium fra Debian til browserdelen …")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-q"], ["install", "-q", "-y", "--no-install-recommends", "chromium"]):
        done = subprocess.run([apt, *words], env=env, capture_output=True, text=True)  # noqa: S603
        if done.returncode:
            say(f"Det lykkedes ikke: {(done.stderr.strip().splitlines() or ['ingen grund'])[-1]}")
            return None
    return chromium()
