"""DATABASE_URL and DATABASE_OWNER_URL: read, tried, and made into Django's settings.

The embedded database and a server elsewhere are reached by the same code: both are just an address.
A wrong address is answered with the variable's name, what is wrong and what to do; never with the password.
"""

import os
from collections.abc import Mapping
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict

from brobygger.foundation.trouble import Trouble

APP, OWNER = "DATABASE_URL", "DATABASE_OWNER_URL"
EXAMPLE = "postgresql://bruger:adgangskode@vært:5432/database"
NOWHERE = "/DATABASE_URL-mangler"  # so that a tool which only reads the settings can do so
POOL_TIMEOUT = 3  # seconds; the default of 30 makes every page hang while the database is away
POOL_SIZE = 8
PATIENCE = (
    "BROBYGGER_PATIENCE"  # seconds that one question may take, and a transaction lie idle; unset: for ever
)


def from_environment(environ: Mapping[str, str] = os.environ) -> dict[str, Any]:
    """One entry of Django's DATABASES, for the role in BROBYGGER_ROLE: "app" (default) or "owner"."""
    role = environ.get("BROBYGGER_ROLE", "app")
    if role not in {"app", "owner"}:
        raise Trouble(f"BROBYGGER_ROLE er »{role}«. Den skal være app eller owner.")
    variable = OWNER if role == "owner" else APP
    url = environ.get(variable, "")
    if not url:
        return _django({"dbname": "brobygger", "host": NOWHERE}, pool=0)
    found = parts(url, variable)
    if patience := environ.get(PATIENCE):
        found["options"] = f"{found.get('options', '')} {_at_most(patience)}".strip()
    return _django(found, pool=_pool_size(environ) if role == "app" else 0)


def parts(url: str, variable: str) -> dict[str, str]:
    """The address as libpq's own words (host, port, user, password, dbname, sslmode ...)."""
    if not url.startswith(("postgresql://", "postgres://")):
        raise Trouble(f"{variable} skal begynde med postgresql://, for eksempel {EXAMPLE}")
    try:
        found = {name: str(value) for name, value in conninfo_to_dict(url).items() if value is not None}
    except psycopg.ProgrammingError as error:
        raise Trouble(f"{variable} kan ikke læses{_reason(error)}. Den skal se ud som {EXAMPLE}") from None
    for name, word in (("user", "bruger"), ("dbname", "database")):
        if not found.get(name):
            raise Trouble(f"{variable} mangler {word}{_hint()}. Den skal se ud som {EXAMPLE}")
    for port in found.get("port", "5432").split(","):
        if not (port.isdecimal() and 0 < int(port) < 65536):
            raise Trouble(f"{variable} har ikke et gyldigt portnummer{_hint()}. Den skal se ud som {EXAMPLE}")
    return found


def connect(url: str, variable: str) -> psycopg.Connection:
    """Open one connection, or say in a sentence why it cannot be opened."""
    asked = {"connect_timeout": "5", **parts(url, variable)}
    try:
        return psycopg.connect(**asked, autocommit=True)  # type: ignore[arg-type]
    except psycopg.OperationalError as error:
        raise Trouble(f"{variable}: {_refusal(str(error), asked)}", code=3) from None


def _refusal(told: str, asked: dict[str, str]) -> str:
    user, database = asked["user"], asked["dbname"]
    where = f"{asked.get('host', 'localhost')}:{asked.get('port', '5432')}"
    ways_out = {
        "password authentication failed": f"adgangskoden for {user} passer ikke. Ret den i adressen.",
        f'role "{user}" does not exist': f"brugeren {user} findes ikke på serveren. Opret den.",
        f'database "{database}" does not exist': (
            f"serveren svarer, men databasen {database} findes ikke. Opret den, eller ret navnet."
        ),
        "permission denied for database": f"{user} må ikke åbne {database}. Giv CONNECT.",
        "no pg_hba.conf entry": "serveren lukker os ikke ind herfra. Tilføj os i dens pg_hba.conf.",
        "translate host name": f"værten {asked.get('host')} findes ikke i netværkets navne. Ret navnet.",
        "resolve host": f"værten {asked.get('host')} findes ikke i netværkets navne. Ret navnet.",
        "Connection refused": f"der er ingen database på {where}. Start den, eller ret vært og port.",
        "No such file or directory": f"der er ingen database i {where}. Start den, eller ret adressen.",
        "timeout expired": f"{where} svarer ikke. Se efter, om serveren er tændt og porten åben.",
        "too many connections": "serveren har ikke flere ledige forbindelser. Luk nogle, eller hæv grænsen.",
        "too many clients": "serveren har ikke flere ledige forbindelser. Luk nogle, eller hæv grænsen.",
    }
    for words, sentence in ways_out.items():
        if words in told:
            return sentence
    return f"databasen kan ikke åbnes. Den siger: {' '.join(told.split())}"


def _reason(error: psycopg.ProgrammingError) -> str:
    """libpq's own words could quote a piece of the password: only the harmless one is passed on."""
    told = str(error)
    return f" ({told.strip()})" if "invalid URI query parameter" in told else _hint()


def _hint() -> str:
    return " (i en adgangskode skrives @ som %40, / som %2F, : som %3A, # som %23 og % som %25)"


def _at_most(patience: str) -> str:
    if not (patience.isdecimal() and int(patience) > 0):
        raise Trouble(f"{PATIENCE} er »{patience}«. Den skal være et antal sekunder, for eksempel 10.")
    ends = ("statement_timeout", "idle_in_transaction_session_timeout")
    return " ".join(f"-c {name}={patience}s" for name in ends)


def _pool_size(environ: Mapping[str, str]) -> int:
    told = environ.get("BROBYGGER_POOL", str(POOL_SIZE))
    if not (told.isdecimal() and int(told) > 0):
        raise Trouble(f"BROBYGGER_POOL er »{told}«. Den skal være et antal forbindelser, for eksempel 8.")
    return int(told)


def _django(found: dict[str, str], *, pool: int) -> dict[str, Any]:
    rest = {name: value for name, value in found.items() if name not in _OWN_PLACE}
    options: dict[str, Any] = {"connect_timeout": "5", **rest}
    if pool:
        options["pool"] = {"min_size": 1, "max_size": pool, "timeout": POOL_TIMEOUT}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{key: found.get(name, "") for name, key in _OWN_PLACE.items()},
        "CONN_MAX_AGE": 0,
        "CONN_HEALTH_CHECKS": bool(pool),
        "OPTIONS": options,
    }


_OWN_PLACE = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
