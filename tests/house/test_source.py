"""What our own source may not do: mark text as safe, use a shell, run text as code, build questions."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.house.floors import ROOT

SOURCE = ROOT / "src" / "brobygger"
FILES = sorted(SOURCE.rglob("*.py"))

FORBIDDEN_NAMES = {
    "mark_safe": "text that nobody has escaped",
    "SafeString": "text that nobody has escaped",
    "html_safe": "text that nobody has escaped",
    "eval": "text run as code",
    "exec": "text run as code",
    "compile": "text run as code",
    "pickle": "objects made from bytes of others",
    "marshal": "objects made from bytes of others",
    "shelve": "objects made from bytes of others",
    "unsafe_load": "objects made from bytes of others",
    "system": "a shell",
    "getoutput": "a shell",
    "RawSQL": "a question in words",
    "extra": "a question in words",
    "raw": "a question in words",
}
HARMLESS = {"re.compile", "platform.system"}  # called alike, and nothing of the kind
# Where one of them stands all the same: file and name -> why that is well.
ALLOWED = {
    ("foundation/templatetags/house.py", "SafeString"): "only as the type of what format_html gives",
    ("foundation/scope.py", "RawSQL"): "a constant: the database's own name for the open scope",
    ("offers/history.py", "RawSQL"): "constants: the number of a change and of its transaction",
    (
        "offers/hsds/dated.py",
        "RawSQL",
    ): "names of our own tables; the moment is a parameter",
}
# Questions put together from pieces -> why no piece can come from outside.
BUILT = {
    "foundation/scope.py": "the names of our own settings",
    "foundation/cluster_roles.py": "pieces of psycopg's own SQL, which quotes; run at the making of a server",
    "privacy/actions.py": "one of two words for a lock",
    "offers/hsds/dated.py": "names of our own tables, from the models",
    "offers/actions.py": "columns and tables of our own, quoted, as the database wrote them into its history",
    "site/commands/rankers.py": "the two forms of a peer's question, ours both; in a benchmark's database",
    "foundation/grants.py": "roles and tables from the catalogue, quoted; run by the owner alone",
}


DICE = ("site/sample/", "site/commands/")  # an invented estate, and drills


def called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


def forbidden_in(source: str) -> Iterator[str]:
    """
    >>> list(forbidden_in("import pickle\\nx = mark_safe(y)\\nre.compile('a')\\nform.raw"))
    ['pickle', 'mark_safe']
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names if one.name in FORBIDDEN_NAMES)
        if isinstance(node, ast.ImportFrom):
            yield from (one.name for one in node.names if one.name in FORBIDDEN_NAMES)
        if isinstance(node, ast.Call):
            name = called(node)
            if name in FORBIDDEN_NAMES and ast.unparse(node.func) not in HARMLESS:
                yield name


def shells_in(source: str) -> list[int]:
    """The lines on which a process is given to a shell."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
        for word in node.keywords
        if word.arg == "shell" and not (isinstance(word.value, ast.Constant) and word.value.value is False)
    ]


def built_in(source: str) -> list[int]:
    """The lines on which a question is put together where it is asked.

    >>> built_in("c.execute(f'SELECT {x}')\\nc.execute('SELECT ' + x)\\nc.execute('SELECT %s', [x])")
    [1, 2]
    """
    return [
        node.lineno
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call) and called(node) in {"execute", "executemany", "RawSQL", "SQL"}
        for question in node.args[:1]
        if isinstance(question, ast.JoinedStr | ast.BinOp) or _is_formatted(question)
    ]


def _is_formatted(question: ast.expr) -> bool:
    """Words filled in by `str.format`; psycopg's own `SQL(…).format` quotes what it is given."""
    return (
        isinstance(question, ast.Call)
        and called(question) == "format"
        and isinstance(question.func, ast.Attribute)
        and isinstance(question.func.value, ast.Constant)
    )


def short(file: Path) -> str:
    return file.relative_to(SOURCE).as_posix()


def our_own() -> list[Path]:
    """Without migrations: their words are ours and are run once, by the owner."""
    return [file for file in FILES if "migrations" not in file.parts]


@pytest.mark.asvs("1.2.1", "1.3.2", "1.5.2", "3.2.2")
def test_nothing_is_marked_as_safe_run_as_code_or_made_from_bytes():
    found = {(short(file), name) for file in our_own() for name in forbidden_in(file.read_text())}

    assert found - set(ALLOWED) == set()
    assert set(ALLOWED) - found == set()


@pytest.mark.asvs("1.2.5")
def test_no_process_is_given_to_a_shell():
    assert {short(file): lines for file in FILES if (lines := shells_in(file.read_text()))} == {}


@pytest.mark.asvs("1.2.4")
def test_a_question_is_put_together_only_where_we_say_why():
    found = {short(file) for file in our_own() if built_in(file.read_text())}

    assert found == set(BUILT)


@pytest.mark.asvs("6.5.3", "11.5.1")
def test_what_must_not_be_guessed_is_not_drawn_by_the_random_module():
    drawing = [short(file) for file in our_own() if "import random" in file.read_text()]

    assert [name for name in drawing if not name.startswith(DICE)] == []


@pytest.mark.parametrize(
    "planted", ["mark_safe(x)", "import pickle", "eval(x)", "os.system(x)", "Offer.objects.raw(x)"]
)
def test_a_planted_fault_is_found(planted: str):
    assert list(forbidden_in(planted))


def test_a_planted_shell_and_a_planted_question_are_found():
    assert shells_in("subprocess.run(x, shell=True)") == [1]
    assert built_in('cursor.execute("SELECT {}".format(x))') == [1]


WEAK = re.compile(r"\b(md5|sha1|MD5|SHA1|ECB|PKCS1v15|DES|RC4|ARC4|Blowfish)\b")


# Where one stands all the same -> why that is well.
WEAK_AND_WELL = {
    "accounts/rules.py": "the codes of an app are made with HMAC-SHA-1 by RFC 6238, and live half a minute",
    "offers/importing/writing.py": "tells whether a row of ours is another one, and guards nothing",
}


@pytest.mark.asvs("11.3.1", "11.4.1", "11.4.3")
def test_a_weak_digest_or_cipher_stands_only_where_we_say_why():
    assert {short(file) for file in FILES if WEAK.search(file.read_text())} == set(WEAK_AND_WELL)


@pytest.mark.asvs("15.3.1", "15.3.3")
def test_no_form_takes_its_fields_from_a_table():
    """Every field that a press may set is written out, so that a column of tomorrow is not open today."""
    assert [file.name for file in FILES if "ModelForm" in file.read_text()] == []
