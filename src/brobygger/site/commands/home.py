"""The home of an installation (`--home`), and the environment its processes are given."""

import argparse
import fcntl
import json
import os
from contextlib import ExitStack
from pathlib import Path
from typing import IO
from urllib.parse import urlsplit

from brobygger.foundation import dburl
from brobygger.foundation.cluster_place import open_home
from brobygger.foundation.postgres import Postgres, Urls
from brobygger.foundation.trouble import Trouble
from brobygger.site.commands import voice

SETTINGS_MODULE = "brobygger.site.settings"


def add_home(parser: argparse.ArgumentParser) -> None:
    default = Path(os.environ.get("BROBYGGER_HOME", ".brobygger"))
    parser.add_argument("--home", type=Path, default=default, help=f"mappen med alle data (nu {default})")


def outside() -> Urls | None:
    """The addresses of a server outside Brobygger, if the environment names one."""
    app, owner = os.environ.get(dburl.APP, ""), os.environ.get(dburl.OWNER, "")
    if not app and owner:
        raise Trouble(f"{dburl.OWNER} er sat, men {dburl.APP} mangler. Sæt begge, eller ingen af dem.")
    return Urls(app=app, owner=owner) if app else None


def urls_of(home: Path, opened: ExitStack) -> Urls:
    """The database of a home for a command of a moment: the one outside, the running one, or our own."""
    if urls := outside():
        return urls
    if not (home / "database-passwords.json").exists():
        raise Trouble(f"Der er ingen Brobygger i {home}. Start den først, for eksempel med ./demo.")
    return opened.enter_context(Postgres(home, voice.plain)).urls()


def environment(
    home: Path, urls: Urls, *, role: str = "app", public_url: str | None = None
) -> dict[str, str]:
    """What a child of ours sees. The owner's address is only for the role that needs it."""
    mine = dict(os.environ)
    if outside() is None:  # PGHOST and its like are meant for other databases
        mine = {name: value for name, value in mine.items() if not name.startswith("PG")}
    mine.pop(dburl.OWNER, None)
    if role == "owner":
        mine[dburl.OWNER] = urls.owner
    if public_url:
        mine["BROBYGGER_PUBLIC_URL"] = public_url
        mine["BROBYGGER_HOSTS"] = f"{mine.get('BROBYGGER_HOSTS', '')} {urlsplit(public_url).hostname}".strip()
    return {
        **mine,
        dburl.APP: urls.app,
        "BROBYGGER_ROLE": role,
        "BROBYGGER_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": SETTINGS_MODULE,
        "PYTHONUNBUFFERED": "1",
    }


class Tenancy:
    """One running Brobygger a home. The lock is the kernel's, so it cannot outlive its holder."""

    def __init__(self, home: Path) -> None:
        open_home(home)
        self._note = home / "running.json"
        self._lock: IO[str] = (home / "running.lock").open("a")
        try:
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            self._lock.close()
            raise Trouble(_already(home)) from None
        self._note.unlink(missing_ok=True)

    def tell(self, address: str) -> None:
        """Leave word of where we are, for whoever tries to start a second time."""
        self._note.write_text(json.dumps({"address": address, "pid": os.getpid()}))

    def end(self) -> None:
        self._note.unlink(missing_ok=True)
        self._lock.close()


def running(home: Path) -> dict[str, str] | None:
    """What a running Brobygger has left word of, or None. A note of the dead is not believed."""
    note, lock = home / "running.json", home / "running.lock"
    if not lock.exists() or not note.exists():
        return None
    with lock.open("a") as asked:
        try:
            fcntl.flock(asked, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return {name: str(value) for name, value in json.loads(note.read_text()).items()}
    return None


def _already(home: Path) -> str:
    told = running(home)
    if told is None:
        return f"En Brobygger er allerede ved at starte med {home}. Vent på den, eller vælg en anden --home."
    return (
        f"Den kører allerede: åbn {told['address']} (proces {told['pid']}). "
        "Stop den med Ctrl-C dér, hvor den blev startet, eller vælg en anden --home og --port."
    )
