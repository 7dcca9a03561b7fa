"""Names that say nothing become drawers for everything."""

from pathlib import Path

import pytest

from tests.house.floors import SOURCE

SAY_NOTHING = {"utils", "util", "helpers", "services", "common", "misc", "managers", "signals", "tools"}


def drawers(files: list[Path]) -> list[Path]:
    return [file for file in files if SAY_NOTHING & {*file.parts, file.stem}]


def test_every_file_says_what_is_in_it():
    assert drawers([file.relative_to(SOURCE) for file in SOURCE.rglob("*.py")]) == []


@pytest.mark.parametrize("file", ["residents/utils.py", "offers/services/find.py", "bridging/signals.py"])
def test_a_drawer_is_seen(file: str):
    assert drawers([Path(file)]) == [Path(file)]


def test_every_room_begins_by_saying_what_it_is():
    silent = [
        file.parent.name
        for file in SOURCE.glob("*/__init__.py")
        if not file.read_text().lstrip().startswith('"""')
    ]

    assert silent == []
