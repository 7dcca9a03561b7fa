"""The verbs of the trail are the verbs the code writes, and the page about them is printed from the list."""

import ast
from collections.abc import Iterator
from fnmatch import filter as filter_names
from fnmatch import fnmatch

import pytest

from brobygger.foundation import acts
from tests.house.floors import ROOT, SOURCE

THE_PAGE = ROOT / "docs" / "reference" / "audit.md"
ENDINGS = {"record": "", "refused": "", "export": "", "saw": ":seen"}  # function of `audit` -> what it adds


def written_in(source: str) -> Iterator[str]:
    """The verbs a module writes; what is put together from a word has a star in its place.

    >>> list(written_in('audit.record("leg:sent", about=leg); audit.saw("resident", []); other.record("x")'))
    ['leg:sent', 'resident:seen']
    >>> list(written_in('FORM = "form"; audit.saw(FORM, []); audit.record(f"member:{what}_renewed")'))
    ['form:seen', 'member:*_renewed']
    """
    tree = ast.parse(source)
    words = {
        name.id: one.value.value
        for one in tree.body
        if isinstance(one, ast.Assign) and isinstance(one.value, ast.Constant)
        for name in one.targets
        if isinstance(name, ast.Name)
    }
    for call in ast.walk(tree):
        if not (isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute)):
            continue
        room, name = call.func.value, call.func.attr
        if isinstance(room, ast.Name) and room.id == "audit" and name in ENDINGS:
            yield f"{_said(call.args[0], words)}{ENDINGS[name]}"


def _said(act: ast.expr, words: dict[str, str]) -> str:
    if isinstance(act, ast.JoinedStr):
        return "".join(str(one.value) if isinstance(one, ast.Constant) else "*" for one in act.values)
    return words[act.id] if isinstance(act, ast.Name) else ast.literal_eval(act)


@pytest.mark.feature("PRI-06")
def test_the_list_of_verbs_is_what_the_code_writes():
    written = {act for file in SOURCE.rglob("*.py") for act in written_in(file.read_text())}
    unlisted = sorted(act for act in written if not filter_names(acts.ACTS, act))
    unwritten = sorted(act for act in acts.ACTS if not any(fnmatch(act, one) for one in written))

    assert (unlisted, unwritten) == ([], []), "put the verb and its Danish words into foundation/acts.py"


def test_every_verb_fits_its_column():
    assert max(map(len, acts.ACTS)) <= 60


def test_the_page_about_verbs_is_printed_from_the_list():
    assert THE_PAGE.read_text() == acts.as_markdown(), "write acts.as_markdown() to docs/reference/audit.md"
