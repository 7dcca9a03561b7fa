"""Numbers about persons leave through one door (STA-01), and no share is told bare (STA-04).

Three walks. Code: only `statistics` makes tables of persons, and files leave only where it is said here.
Queries: whoever counts rows that lead to a resident is named here with the reason, or is the door itself.
Templates: whoever prints how many there are is named here with what is counted. A worker's own list on the
worker's own page is no publication; a page that a leader, a board, a partner or the public reads is.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import grimp
import pytest

import brobygger
from tests.house.floors import floor_of

SOURCE = Path(brobygger.__file__).parent
DOOR = "statistics"
pytestmark = pytest.mark.feature("STA-01", "STA-04")

# Where a count over rows is asked of the database, in rooms that hold people, and what it is for.
COUNTS = {
    "bridging/erasing.py": "how many rows were emptied, told to whoever erases one person",
    "bridging/record.py": "how one partner answers, from ten requests up, told to the two who know of each",
    "bridging/reads.py": "live bridges of one resident, for that resident's own worker",
    "bridging/telling.py": "the number of the next line of one bridge",
    "accounts/factors.py": "one's own codes for paper that are left",
    "residents/reads.py": "open needs of each resident on a worker's own list",
    "residents/writing.py": "notes of the house, not persons; withheld below five notes and three writers",
    "bridging/plugs.py": "messages that have not arrived, on one's own day",
    "bridging/views/taking_back.py": "bridges of one resident who takes a yes back",
    "site/today.py": "one's own day",
}
# Where a page prints how many there are, and of what. No entry may be about persons read by others.
PRINTED = {
    "accounts/entrance.html": "messages in a box of the practice edition",
    "accounts/own_access.html": "one's own keys, codes and minutes",
    "bridging/ask_give_up.html": "one's own tries to reach one resident",
    "bridging/asks.html": "one's own list",
    "bridging/bridges.html": "one's own list",
    "foundation/429.html": "seconds",
    "foundation/base.html": "entries of the menu",
    "matching/_compare.html": "offers",
    "matching/suggestion_list.html": "offers",
    "parts/errors.html": "fields that are wrong",
    "residents/_need.html": "new offers for one need",
    "residents/look_list.html": "looks by colleagues, which the leader goes through one by one",
    "residents/note_any.html": "people of one name, to choose from",
    "residents/resident.html": "needs of one resident",
    "residents/resident_list.html": "one's own list",
    "residents/writing.html": "notes and seconds, withheld where they would speak of somebody",
    "site/today.html": "one's own day",
    "statistics/gap.html": "offers",
}
# Which modules may hand out a file or data instead of a page, and what is in it.
FILES = {
    "accounts/views/enrolling.py": "the question to one's own passkey",
    "accounts/views/signing_in.py": "the question to one's own passkey",
    "statistics/views.py": "sheets of the door",
}
A_COUNT = {"count", "aggregate", "Count", "Sum", "Avg", "ngettext"}
PRINTS = re.compile(r"\|\s*length\b|blocktranslate[^%]*\bcount\b|\.count\b|_in_all\b|\|\s*pluralize")
A_SHARE = re.compile(r"(?:\}\}|\d)\s*(?:%(?![}(sd])|&percnt;|pct\.|procent)")
A_FILE = {"FileResponse", "StreamingHttpResponse", "JsonResponse"}
KNOW_NO_PERSON = {"offers", "partners", "publicapi"}  # held to it below: they cannot reach anybody
WITH_PEOPLE = ("accounts", "bridging", "matching", "privacy", "residents", "site")


def counting() -> set[str]:
    """The files of rooms with people in which rows are counted by the database."""
    return {
        path.relative_to(SOURCE).as_posix()
        for room in WITH_PEOPLE
        for path in sorted((SOURCE / room).rglob("*.py"))
        if not {"migrations", "commands", "sample"} & set(path.parts)
        if any(_is_a_count(node) for node in ast.walk(ast.parse(path.read_text())))
    }


def _is_a_count(node: ast.AST) -> bool:
    """A call such as `rows.count()` or `Count("pk")`; `"text".count("x")` counts signs."""
    if not isinstance(node, ast.Call):
        return False
    name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
    return name in A_COUNT and not (name == "count" and node.args)


def templates() -> Iterator[tuple[str, str]]:
    for path in sorted(SOURCE.glob("*/templates/**/*.html")):
        room, name = path.relative_to(SOURCE).parts[0], path.parts[-2:]
        yield ("/".join(name) if "parts" in name else f"{room}/{path.name}"), path.read_text()


def printing() -> set[str]:
    known = (name for name in templates() if name[0].split("/")[0] not in KNOW_NO_PERSON)
    return {name for name, source in known if PRINTS.search(source)}


def handing_out() -> set[str]:
    """The modules that answer with something else than a page."""
    return {
        path.relative_to(SOURCE).as_posix()
        for path in sorted(SOURCE.rglob("*.py"))
        if any(
            (isinstance(node, ast.Name) and node.id in A_FILE)
            or (isinstance(node, ast.Constant) and node.value == "Content-Disposition")
            for node in ast.walk(ast.parse(path.read_text()))
        )
    }


def test_only_the_door_makes_tables_of_persons():
    graph = grimp.build_graph("brobygger", cache_dir=None)
    importers = {
        importer.split(".")[1]
        for module in graph.find_descendants("brobygger.engine.disclosure")
        for importer in graph.find_modules_that_directly_import(module)
    }

    assert importers - {"engine"} == {DOOR}


def test_only_rooms_above_show_what_the_door_gives():
    graph = grimp.build_graph("brobygger", cache_dir=None)
    floors = floor_of()
    importers = {
        importer.split(".")[1]
        for module in graph.find_descendants(f"brobygger.{DOOR}")
        for importer in graph.find_modules_that_directly_import(module)
    }

    assert {room for room in importers if floors[room] < floors[DOOR]} == set()


def test_what_is_public_knows_no_person():
    """A feed that cannot reach people cannot count them."""
    graph = grimp.build_graph("brobygger", cache_dir=None)
    public = [module for module in graph.modules if KNOW_NO_PERSON & set(module.split(".")[1:2])]
    reached = {
        imported.split(".")[1]
        for module in public
        for imported in graph.find_modules_directly_imported_by(module)
    }

    assert reached & {"residents", "matching", "bridging", "privacy", DOOR} == set()


def test_whoever_counts_rows_about_people_says_why():
    assert counting() - set(COUNTS) == set(), (
        "let statistics count, or say in COUNTS why this is no publication"
    )
    assert set(COUNTS) - counting() == set(), "nothing is counted here any more"


def test_whoever_prints_how_many_says_of_what():
    assert printing() - set(PRINTED) == set(), "print a sheet of the door, or say in PRINTED what is counted"
    assert set(PRINTED) - printing() == set(), "nothing is printed here any more"


def test_files_leave_only_where_it_is_said():
    outside = {name for name in handing_out() if name.split("/")[0] in {*WITH_PEOPLE, DOOR}}

    assert outside == set(FILES)


def test_no_template_tells_a_bare_share():
    """A share is a sentence of `engine.disclosure.rates`, which has its unknown and its base in it."""
    assert [name for name, source in templates() if A_SHARE.search(source)] == []


@pytest.mark.parametrize("planted", ["{{ share }} %", "61 %", "{{ helped }} procent", "{{ x }}pct."])
def test_a_planted_share_is_found(planted: str):
    assert A_SHARE.search(planted)


@pytest.mark.parametrize(
    "planted", ["{{ people|length }}", "{% blocktranslate count n=people %}", "{{ residents.count }}"]
)
def test_a_planted_number_is_found(planted: str):
    assert PRINTS.search(planted)


@pytest.mark.parametrize(
    ("planted", "is_one"),
    [
        ("Resident.objects.count()", True),
        ('rows.annotate(Count("pk"))', True),
        ("rows.aggregate(all=Count('pk'))", True),
        ('"a.b".count(".")', False),
    ],
)
def test_a_planted_count_is_found(planted: str, is_one: bool):
    assert any(_is_a_count(node) for node in ast.walk(ast.parse(planted))) is is_one
