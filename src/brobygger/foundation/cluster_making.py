"""Making a cluster: beside its place under another name first, so that a half-made one is known as such."""

import os
import secrets
import subprocess
from pathlib import Path

from brobygger.foundation import cluster_log, cluster_place, leftovers
from brobygger.foundation.cluster_place import Account, Say
from brobygger.foundation.cluster_roles import SUPERUSER
from brobygger.foundation.trouble import Trouble


def make_or_demand(data: Path, account: Account, password: str, env: dict[str, str], say: Say) -> None:
    """Make the cluster in `data` if it is missing; if it is there, it must be whole and of our version."""
    place = data.parent
    for half in leftovers.remove_half_made(place):
        say(f"En halvfærdig database fra sidst ({half.name}) er fjernet. Der begyndes forfra.")
    if data.exists():
        return _demand_whole(data)
    cluster_place.demand_room(place)
    half = place / f"{data.name}.half-{secrets.token_hex(4)}"
    cluster_place.own_folder(half, account)
    _initdb(half, account, password, env)
    half.rename(data)
    return None


def _initdb(folder: Path, account: Account, password: str, env: dict[str, str]) -> None:
    first = folder.with_name(f"{folder.name}.password")  # also matches *.half-*, so it cannot be left behind
    cluster_place.write_closed(first, password)
    if account.dropped:
        os.chown(first, account.uid, account.gid)
    try:
        made = subprocess.run(  # noqa: S603
            [
                *(cluster_place.programs(folder.parent, account) / "initdb", "-D", folder, "-U", SUPERUSER),
                *("--auth=scram-sha-256", f"--pwfile={first}", "--encoding=UTF8", "--data-checksums"),
                *("--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
            ],
            capture_output=True,
            text=True,
            env=env,
            cwd="/",
            **account.popen(),
        )
    finally:
        first.unlink()
    if made.returncode:
        leftovers.remove_half_made(folder.parent)
        raise Trouble(cluster_log.why(made.stderr, folder.parent), code=3)


def _demand_whole(data: Path) -> None:
    version = data / "PG_VERSION"
    if not version.exists() or not (data / "global" / "pg_control").exists():
        raise Trouble(
            f"Mappen {data} er ikke en hel database. Er den kopieret, mangler der noget: læg hele kopien "
            f"tilbage. Er der intet i den, du vil beholde, så slet {data} og start igen.",
            code=3,
        )
    if (found := version.read_text().strip()) != "18":
        raise Trouble(
            f"Databasen i {data} er fra PostgreSQL {found}, og vi kører 18. Opgrader den med pg_upgrade, "
            "eller vælg en anden mappe med --home.",
            code=3,
        )
