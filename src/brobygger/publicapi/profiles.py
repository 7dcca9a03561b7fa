"""The Danish profile `hsds-dk-boligsocial`: what our objects promise beyond HSDS 3.1, and the merged schemas.

A profile is, as HSDS has it, one JSON merge patch (RFC 7396) for each schema that is changed. Everything that
passes the profile passes plain HSDS: it only asks for more.
"""

import copy
import json
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

from brobygger.engine.words import gettext_noop as _

HERE = Path(__file__).parent
NAME, VERSION = "hsds-dk-boligsocial", "1.0"
TERMS = "CC BY-SA 4.0, adapted from the schemas of HSDS 3.1, Open Referral Initiative"
NAMES = tuple(sorted(file.stem for file in (HERE / "hsds_3_1").glob("*.json")))
PROMISES = (
    _("Det, ingen har fortalt os, er udeladt. Vi gætter ikke."),
    _("Hvert tilbud har last_modified. Den tæller også sted, tider, telefon og forening med."),
    _("Et beskyttet sted, som et krisecenter, har hverken adresse, vejvisning eller punkt."),
    _("Der står ingen beboere, medarbejdere eller private kontakter i det, der kan hentes."),
    _("Det, et tilbud hjælper med, står med ord fra listen Brobygger temaer."),
    _("Det, HSDS ikke har et felt til, står med ord fra listen Brobygger: for eksempel ledige pladser."),
    _("En liste har altid alle syv felter om sider og antal."),
)
Schema: TypeAlias = dict[str, Any]


def promises() -> tuple[str, ...]:
    return PROMISES


@cache
def plain(name: str) -> Schema:
    """One schema of HSDS as it was published."""
    found: Schema = json.loads((HERE / "hsds_3_1" / f"{name}.json").read_text(encoding="utf-8"))
    return found


@cache
def patch(name: str) -> Schema:
    """What the profile changes in one schema; nothing, for most."""
    file = HERE / "profile" / f"{name}.json"
    found: Schema = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    return found


def patched(target: Any, change: Any) -> Any:
    """RFC 7396.

    >>> patched({"a": {"b": 1, "c": 2}}, {"a": {"b": None, "d": 3}})
    {'a': {'c': 2, 'd': 3}}
    """
    if not isinstance(change, dict):
        return change
    result = dict(target) if isinstance(target, dict) else {}
    for name, value in change.items():
        if value is None:
            result.pop(name, None)
        else:
            result[name] = patched(result.get(name), value)
    return result


def merged(name: str) -> Schema:
    """One schema with the profile in it. Its references lead to its neighbours under the same address."""
    made: Schema = patched(copy.deepcopy(plain(name)), patch(name))
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$comment": TERMS} | made


def about(base: str) -> Schema:
    """The profile for programs: what it is, what it changes, and where the merged schemas stand."""
    changed = {file.stem for file in (HERE / "profile").glob("*.json")}
    return {
        "name": NAME,
        "version": VERSION,
        "extends": "HSDS 3.1",
        "title": "HSDS for housing-social work in Denmark",
        "page": f"{base.removesuffix('/api/hsds/v3')}/aabne-data/profil/",
        "license": TERMS,
        "patches": {name: patch(name) for name in sorted(changed)},
        "schemas": {name: f"{base}/schema/{name}.json" for name in NAMES},
    }
