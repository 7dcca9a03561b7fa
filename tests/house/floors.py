"""The order of the floors and the rooms that exist. Both are read, so that each is written once."""

from configparser import ConfigParser
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "brobygger"
CELLAR_AND_ROOF = {"engine", "foundation", "site"}  # not rooms of the domain: no layers inside

_contracts = ConfigParser()
_contracts.read(ROOT / ".importlinter")


def floor_of() -> dict[str, int]:
    """Room -> height. Neighbours have the same."""
    lines = _contracts["importlinter:contract:floors"]["layers"].split("\n")
    return {
        room.strip(" ()"): -height
        for height, line in enumerate(lines)
        for room in line.split("|")
        if room.strip(" ()")
    }


def layered_rooms() -> set[str]:
    """The rooms whose inside the contract looks at."""
    listed = _contracts["importlinter:contract:inside-a-room"]["containers"].split()
    return {name.removeprefix("brobygger.") for name in listed}


def rooms() -> set[str]:
    """The rooms that have a folder."""
    return {folder.parent.name for folder in SOURCE.glob("*/__init__.py")}


def leans_up(key: tuple[str, str], floors: dict[str, int]) -> bool:
    """Whether a foreign key (from room, to room) points to a neighbour or upwards."""
    here, there = key
    return here != there and here in floors and there in floors and floors[there] >= floors[here]
