"""Keys of HSDS objects that are no rows of ours: made from what they belong to, the same everywhere."""

from collections.abc import Mapping
from uuid import NAMESPACE_URL, uuid5

SPACE = uuid5(NAMESPACE_URL, "https://brobygger.invalid/hsds")

# Object -> what it is of its owner, and the column that tells several of one owner apart.
MADE: Mapping[str, tuple[str, str]] = {
    "address": ("address", "address_type"),
    "accessibility": ("access", ""),
    "language": ("language", "code"),
    "service_area": ("area", "name"),
    "cost_option": ("price", ""),
    "service_capacity": ("capacity", ""),
}


def key(*parts: object) -> str:
    """The same parts give the same key."""
    return str(uuid5(SPACE, "/".join(map(str, parts))))


def term(taxonomy: str, code: str) -> str:
    return key("term", taxonomy, code)


UNIT = key("unit", "places")
FACTS = key("taxonomy", "brobygger")
THEMES = key("taxonomy", "themes")


def is_made(entity: str, told: Mapping[str, str]) -> bool:
    """Whether a row only says in HSDS what a field of ours says; then it is not taken in as a row.

    >>> is_made("cost_option", {"id": key("o1", "price"), "service_id": "o1"})
    True
    """
    if entity == "unit":
        return told.get("id") == UNIT
    if entity not in MADE:
        return False
    word, column = MADE[entity]
    last = [told.get(column, "")] if column else []
    owners = (told.get(f"{owner}_id") for owner in ("service", "location", "organization"))
    return any(told.get("id") == key(owner, word, *last) for owner in owners if owner)
