"""What a page says, text by text, and which of it is Danish though it is nobody's own words."""

import re
from functools import cache
from html.parser import HTMLParser

import polib

from brobygger.foundation.translations import ENGLISH

# What the cast has said or written, and what their places are called: the same in any language.
THEIRS = (
    "Min søn taler ikke om andet end fodbold.",
    "Fodbold for drenge og piger",
    "Han er lidt genert.",
    "Find en klub",
    "træner",
    "Træner",
    "Beboerhuset",
    "Et andet hus",
    "Bane 2",
    "Dansk",
    "pause",  # the name of a sign
    "8 minutters gang",
    "fodbold",  # a word of an offer's own name, quoted where the offer is found by it
)
# What the house wrote down when it happened, with blanks of its own on the timeline: as it was said then.
WRITTEN_DOWN = (
    "Sendt til Boldklubben: fornavn, det, beboeren selv har sagt om behovet.",
    "Boldklubben tog imod.",
)
ADDRESS = re.compile(r"https?://\S+")  # a page stands under one address in every language
WORD = re.compile(r"[^\W\d_]{3,}")
SHOWN = {"aria-label", "title", "placeholder", "alt"}
UNREAD = {"script", "style", "template", "pre", "code"}  # in <pre> the gallery tells how a part is built


class Reader(HTMLParser):
    """What a page says, text by text: also what is only said aloud or hovers."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._unread = 0

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._unread += tag in UNREAD
        self.texts += [value for name, value in attributes if name in SHOWN and value]

    def handle_endtag(self, tag: str) -> None:
        self._unread -= tag in UNREAD

    def handle_data(self, data: str) -> None:
        if data.strip() and not self._unread:
            self.texts.append(" ".join(data.split()))


def said(page: str) -> list[str]:
    reader = Reader()
    reader.feed(page)
    return reader.texts


def danish_in(page: str) -> list[str]:
    """The texts of a page that are Danish and nobody's own words."""
    return [text for text in said(page) if is_danish(without_theirs(text))]


def without_theirs(text: str) -> str:
    for words in sorted((*THEIRS, *WRITTEN_DOWN), key=len, reverse=True):
        text = text.replace(words, "")
    return ADDRESS.sub("", text)


def is_danish(text: str) -> bool:
    return bool(set("æøåÆØÅ") & set(text)) or not danish_words().isdisjoint(words_of(text))


@cache
def danish_words() -> frozenset[str]:
    """The words of the interface that no English text of it uses."""
    entries = polib.pofile(str(ENGLISH))
    danish = {word for entry in entries for word in words_of(entry.msgid + " " + entry.msgid_plural)}
    english = {
        word
        for entry in entries
        for text in (entry.msgstr, *entry.msgstr_plural.values())
        for word in words_of(text)
    }
    return frozenset(danish - english)


def words_of(text: str) -> set[str]:
    return set(WORD.findall(text.lower()))
