"""The nasty strings, the parameters they are put into, and what a page made of them.

A page is read as a browser would: text is text only if it comes out of the parser as it went in, and no tag
or attribute came with it.
"""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from tests.house.floors import ROOT

CORPUS = json.loads((ROOT / "tests" / "data" / "nasty" / "strings.json").read_text())
TEXTS: dict[str, str] = CORPUS["texts"]
LONG: dict[str, str] = {name: piece * times for name, (piece, times) in CORPUS["long"].items()}
BYTES: dict[str, str] = CORPUS["bytes"]
WAYS_BACK: list[str] = CORPUS["ways_back"]

# What matters most, short enough for every field; and
SHORT = """"><kanarie onfocus=x> {{7*7}} '; -- &lt; %s \u202eلا\u202c 👩🏽‍🤝‍👨🏿</textarea><script>"""
# all that a line of text may hold, in one: for a first look that takes seconds.
ALL_IN_ONE = " · ".join(text for text in TEXTS.values() if not set(text) & set("\0\r\n"))


def in_pieces(most: int) -> dict[str, str]:
    """All texts that can be kept, several to a piece, so that each field need be tried less often."""
    pieces: list[tuple[list[str], str]] = [([], "")]
    for name, text in TEXTS.items():
        names, held = pieces[-1]
        if "\0" in text:
            continue
        if len(held) + len(text) + 1 <= most or not held:
            pieces[-1] = ([*names, name], f"{held} {text}".strip(" "))
        else:
            pieces.append(([name], text))
    return {", ".join(names): held for names, held in pieces}


BLANKS = re.compile(r"[ \t\r\n\f]+")
CANARY = "kanarie"


@dataclass
class Page(HTMLParser):
    """What a browser would find: texts, values of attributes, tags, and whatever could run."""

    source: str
    texts: list[str] = field(default_factory=list)
    values: list[str] = field(default_factory=list)
    tags: set[str] = field(default_factory=set)
    running: list[str] = field(default_factory=list)
    goes_on: bool = False

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.feed(self.source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.goes_on = tag == "br" and bool(self.texts)
        told = {name: value or "" for name, value in attrs}
        self.values += told.values()
        self.running += [f"{tag} {name}" for name in told if name.startswith("on") or name == "style"]
        self.running += [f"{tag} to {value}" for name, value in told.items() if _runs(name, value)]
        if tag == CANARY or (tag == "script" and not told.get("src", "").startswith("/static/")):
            self.running.append(tag)

    def handle_data(self, data: str) -> None:
        """A line break is a blank of the same text."""
        if self.goes_on:
            self.texts[-1] += f" {data}"
        else:
            self.texts.append(data)
        self.goes_on = False

    def shows(self, text: str) -> bool:
        """Whether it stands there exactly; runs of blanks are one, as a browser shows them."""
        wanted = plain(text)
        return any(wanted in plain(found) for found in (*self.texts, *self.values))


LEADS = {"href", "src", "action", "formaction", "xlink:href", "srcdoc", "content"}
RUNS = {"javascript", "data", "vbscript"}


def _runs(name: str, value: str) -> bool:
    """Whether an attribute leads to an address that is code."""
    scheme, colon, _rest = value.strip().partition(":")
    return name in LEADS and bool(colon) and scheme.casefold() in RUNS


def plain(text: str) -> str:
    return BLANKS.sub(" ", text).strip()


def parameters(kind: str) -> set[str]:
    """The names that the source asks of `request.GET` or `request.POST`, wherever it does so."""
    return {
        name
        for file in (ROOT / "src").rglob("*.py")
        for name in _asked_in(ast.parse(file.read_text()), f"request.{kind}")
    }


def _asked_in(tree: ast.AST, bag: str) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {f"{bag}.get", f"{bag}.getlist"}:
            yield from (one.value for one in node.args[:1] if isinstance(one, ast.Constant))
        if isinstance(node, ast.Compare) and [ast.unparse(one) for one in node.comparators] == [bag]:
            yield from (one.value for one in [node.left] if isinstance(one, ast.Constant))


class AskingFields(HTMLParser):
    """All that the forms of a page which only ask would send."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.names: set[str] = set()
        self._asks = False
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._asks = told.get("method", "get").lower() == "get"
        elif self._asks and tag in {"textarea", "input", "select", "button"} and told.get("name"):
            self.names.add(told["name"])
