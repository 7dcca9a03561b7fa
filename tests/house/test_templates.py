"""What every template of the house must hold. Each check names the file and says why."""

import re
from pathlib import Path

import pytest

import brobygger

SOURCE = Path(brobygger.__file__).parent
TEMPLATES = sorted(SOURCE.glob("*/templates/**/*.html"))
PARTS = sorted((SOURCE / "foundation/templates/parts").glob("*.html"))
MOST_LINES = 150

# Templates whose forms may do without the key of a press, each with its reason. None so far.
WITHOUT_KEY: dict[str, str] = {}

POST_FORM = re.compile(r"<form\b[^>]*method=[\"']post[\"'][^>]*>.*?</form>", re.IGNORECASE | re.DOTALL)
INLINE = {
    "an inline style (the content policy forbids it: use a class)": re.compile(r"<[^>]*\sstyle\s*=", re.I),
    "a style element (use the style sheets)": re.compile(r"<style\b", re.I),
    "an inline script (use site.js)": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "an event handler (use site.js)": re.compile(r"<[^>]*\son[a-z]+\s*=\s*[\"']", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "unescaped text": re.compile(r"\|\s*safe\b|\|\s*safeseq\b|\{%\s*autoescape\s+off"),
    "something from another host": re.compile(r"(?:src|srcset)\s*=\s*[\"']?(?:https?:)?//", re.I),
}


def short(path: Path) -> str:
    return path.relative_to(SOURCE).as_posix()


def faults_of(source: str) -> list[str]:
    """What is wrong with a template's source, in words.

    >>> faults_of('<p style="color:red">')
    ['an inline style (the content policy forbids it: use a class)']
    """
    return [what for what, pattern in INLINE.items() if pattern.search(source)]


def missing_in(form: str) -> list[str]:
    """Which of the two keys a POST form lacks."""
    wanted = {"csrf_token": r"\{%\s*csrf_token\s*%\}", "once": r"\{%\s*once\s*%\}"}
    return [name for name, pattern in wanted.items() if not re.search(pattern, form)]


every_template = pytest.mark.parametrize("path", TEMPLATES, ids=short)


@every_template
def test_a_post_form_carries_its_two_keys(path):
    lacking = [missing_in(form) for form in POST_FORM.findall(path.read_text())]
    excused = {"once"} if short(path) in WITHOUT_KEY else set()

    assert [names for names in lacking if set(names) - excused] == []


@every_template
def test_a_template_has_nothing_inline(path):
    assert faults_of(path.read_text()) == []


@every_template
def test_a_template_is_short(path):
    assert len(path.read_text().splitlines()) <= MOST_LINES


@pytest.mark.parametrize("path", PARTS, ids=short)
def test_a_part_begins_with_its_inputs(path):
    opening = path.read_text()[:400]

    assert opening.startswith(("{#", "{% comment %}"))
    assert re.search(r"inputs", opening.split("#}")[0], re.IGNORECASE)


def test_those_excused_from_the_key_still_exist():
    assert [name for name in WITHOUT_KEY if not (SOURCE / name).exists()] == []


@pytest.mark.parametrize(
    "planted",
    [
        '<p style="color:red">',
        "<style>p{}</style>",
        "<script>alert(1)</script>",
        '<a onclick="go()">',
        '<a href="javascript:go()">',
        "{{ text|safe }}",
        '<script src="https://example.org/a.js"></script>',
    ],
)
def test_a_planted_fault_is_found(planted):
    assert faults_of(planted) != []


@pytest.mark.parametrize("key", ["{% csrf_token %}", "{% once %}", ""])
def test_a_planted_form_without_a_key_is_found(key):
    assert missing_in(f'<form method="post">{key}</form>') != []


def test_a_form_in_a_template_of_its_own_is_given_its_token():
    """`include … only` hides the token, and the press would be turned away as a stranger's."""
    forms = {path for path in TEMPLATES if "{% csrf_token %}" in path.read_text(encoding="utf-8")}
    names = {path.as_posix().split("/templates/")[1] for path in forms}

    forgotten = [
        f"{path.name}: {found[0]}"
        for path in TEMPLATES
        for found in re.finditer(r'{% include "([^"]+)"([^%]*) only %}', path.read_text(encoding="utf-8"))
        if found[1] in names and "csrf_token=csrf_token" not in found[2]
    ]

    assert forgotten == []
