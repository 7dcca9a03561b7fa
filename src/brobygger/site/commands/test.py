"""`brobygger test`: first `check`, then pytest with a database of its own; arguments go to pytest."""

import argparse
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from brobygger.foundation import translations
from brobygger.foundation.postgres import Postgres
from brobygger.foundation.trouble import Trouble
from brobygger.site.commands import browser, check
from brobygger.site.commands.home import environment, outside
from brobygger.site.commands.keeping import LOCALE
from brobygger.site.commands.voice import Voice

HELP = "kør alle prøver (eller kun dem, der nævnes: brobygger test -k broer)"
HOME = Path(".brobygger/test")
TWO = ["-n", "2", "--dist"]
QUICK = [*TWO, "worksteal", "-m", "not slow and not browser and not deep"]
THOROUGH = [*TWO, "loadfile", "-m", "slow and not browser and not deep"]
BROWSER = [*TWO, "worksteal", "-m", "browser and not deep"]


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words", nargs=argparse.REMAINDER, help="gives videre til pytest")


def run(options: argparse.Namespace) -> int:
    return _run(HOME.resolve(), list(options.words))


def run_words(words: list[str]) -> int:
    """As `run`, with the words of the command line untouched: `--home DIR` is ours, the rest is pytest's."""
    if words[:1] in (["-h"], ["--help"]):
        print(f"brobygger test [--home MAPPE] [argumenter til pytest]\n\n{HELP}")
        return 0
    try:
        home, rest = split_home(words)
        return _run(home.resolve(), rest)
    except Trouble as trouble:
        print(f"\n{trouble}", file=sys.stderr, flush=True)
        return trouble.code


def split_home(words: list[str]) -> tuple[Path, list[str]]:
    """Our own `--home DIR`, and what is left for pytest."""
    if "--home" not in words:
        return HOME, words
    at = words.index("--home")
    if at + 1 == len(words):
        raise Trouble("Efter --home skal der stå en mappe.")
    return Path(words[at + 1]), words[:at] + words[at + 2 :]


def _run(home: Path, words: list[str]) -> int:
    say = Voice()
    check.demand_tools()
    translations.compile_stale(LOCALE)
    found = browser.chromium() or browser.fetch(say)
    with _database(home, say) as env:
        checked = 0 if words else _check(home, env)
        tested = _parts(env, words, found, say)
    if found is None:
        say("Browserdelen er IKKE KØRT: der er ingen Chromium. På Debian: apt-get install chromium")
    missing = 1 if found is None and os.environ.get("CI") else 0
    return tested or checked or missing


@contextmanager
def _database(home: Path, say: Voice) -> Iterator[dict[str, str]]:
    """What pytest is to see: the server that was named, or one of the tests' own."""
    if urls := outside():
        yield environment(home, urls) | {"DATABASE_OWNER_URL": urls.owner}
        return
    say("Starter prøvernes egen database …")
    with Postgres(home, say) as database:
        urls = database.urls()
        yield environment(home, urls) | {"DATABASE_OWNER_URL": urls.owner}


def _check(home: Path, env: dict[str, str]) -> int:
    """The checks keep one core busy; meanwhile the other reads every test and makes their tables."""
    command = [sys.executable, "-m", "pytest", "--collect-only"]
    silent = subprocess.DEVNULL  # what it finds wrong is found again, and told, by the tests themselves
    reading = subprocess.Popen(command, cwd=check.ROOT, env=env, stdout=silent, stderr=silent)  # noqa: S603
    try:
        return check.run(argparse.Namespace(home=home))
    finally:
        reading.wait()


def without_browser(words: list[str], found: str | None) -> list[str]:
    """The words for pytest, without the browser part where there is no browser."""
    if found:
        return words
    if "-m" not in words[:-1]:
        return [*words, "-m", "not browser"]
    at = words.index("-m") + 1
    return [*words[:at], f"({words[at]}) and not browser", *words[at + 1 :]]


def _parts(env: dict[str, str], words: list[str], chromium: str | None, say: Voice) -> int:
    """What was named; or everything, the quick part first, each part in two processes."""
    pytest = [sys.executable, "-m", "pytest"]
    if words:
        say("Kører prøverne …")
        return _call([*pytest, *without_browser(words, chromium)], env, chromium)
    parts = {"de hurtige": QUICK, "de grundige": THOROUGH} | (
        {"dem med browser": BROWSER} if chromium else {}
    )
    codes = {}
    for name, chosen in parts.items():
        say(f"Kører {name} prøver …" if name != "dem med browser" else "Kører prøverne med browser …")
        codes[name] = _call([*pytest, *chosen], env, chromium)
    failed = [name for name, code in codes.items() if code]
    say(f"Prøver fejler: {' og '.join(failed)}." if failed else "Alle prøver er bestået.")
    return max(codes.values())


def _call(command: list[str], env: dict[str, str], chromium: str | None) -> int:
    if chromium:
        env["BROBYGGER_CHROMIUM"] = chromium
    running = subprocess.Popen(command, cwd=check.ROOT, env=env)  # noqa: S603
    while True:
        try:
            return running.wait()
        except KeyboardInterrupt:  # pytest got it too, and tells what it has so far
            continue
