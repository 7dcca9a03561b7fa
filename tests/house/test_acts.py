"""The verbs of the trail are the verbs the code writes, and the page about them is printed from the list."""

import ast
from collections.abc import Iterator

import pytest

from brobygger.foundation import acts
from tests.house.floors import ROOT, SOURCE

THE_PAGE = ROOT / "docs" / "reference" / "audit.md"
ENDINGS = {"record": "", "refused": "", "export": "", "saw": ":seen"}  # function of `audit` -> what it adds


def written_in(source: str) -> Iterator[str]:
    """The verbs a module writes.

    >>> list(written_in('audit.record("leg:sent", about=leg); audit.saw("resident", []); other.record("x")'))
    ['leg:sent', 'resident:seen']
    """
    for call in ast.walk(ast.parse(source)):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            continue
        room, name = call.func.value, call.func.attr
        if isinstance(room, ast.Name) and room.id == "audit" and name in ENDINGS:
            act = call.args[0]
            assert isinstance(act, ast.Constant), f"a verb is written out, not computed: {ast.unparse(call)}"
            yield f"{act.value}{ENDINGS[name]}"


@pytest.mark.feature("PRI-06")
def test_the_list_of_verbs_is_what_the_code_writes():
    written = {act for file in SOURCE.rglob("*.py") for act in written_in(file.read_text())}

    told = "put the verb and its Danish words into foundation/acts.py"
    assert (sorted(written - set(acts.ACTS)), sorted(set(acts.ACTS) - written)) == ([], []), told


def test_every_verb_fits_its_column():
    assert max(map(len, acts.ACTS)) <= 60


def test_the_page_about_verbs_is_printed_from_the_list():
    assert THE_PAGE.read_text() == acts.as_markdown(), "write acts.as_markdown() to docs/reference/audit.md"
