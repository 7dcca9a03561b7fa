"""Subjects, and the everyday words that name them in several languages. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from brobygger.engine.search.folding import spelled_in, stems, words_in

BEGINS = 3  # letters by which the beginning of a word is looked up


@dataclass(frozen=True, slots=True)
class Subject:
    """`phrases`: everyday words, one or more at a time; a last `*` lets the last word go on.

    `group` is the wider subject that it belongs to.
    """

    code: str
    group: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A subject, and which words of the text named it: from `start` to before `end`."""

    subject: Subject
    start: int
    end: int


@dataclass(slots=True, eq=False)  # one is another's equal only by being it: it is a key
class Lexicon:
    """Finds the subjects in a row of compared words."""

    subjects: tuple[Subject, ...]
    _whole: dict[str, list[tuple[tuple[str, ...], Subject]]] = field(default_factory=dict)
    _begun: dict[str, list[tuple[tuple[str, ...], str, Subject]]] = field(default_factory=dict)
    _spelled: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for subject in self.subjects:
            for phrase in subject.phrases:
                self._learn(subject, phrase)

    def _learn(self, subject: Subject, phrase: str) -> None:
        words = words_in(phrase)
        self._spelled.update(zip(words, spelled_in(phrase), strict=True))
        goes_on = phrase.endswith("*")
        before, last = (words[:-1], words[-1]) if goes_on else (words, "")
        for stemmed in {tuple(ones) for ones in _stemmed(before)} or {()}:
            if goes_on:
                self._begun.setdefault(last[:BEGINS], []).append((stemmed, last, subject))
            else:
                self._whole.setdefault(stemmed[0], []).append((stemmed, subject))

    @property
    def spelled(self) -> Mapping[str, str]:
        """Every word of every phrase: as it is compared -> as it is written."""
        return self._spelled

    def named_in(self, words: list[str]) -> set[Named]:
        """Every subject that these words name, and by which of them."""
        return {named for stemmed in _stemmed(words) for named in self._named(words, stemmed)}

    def _named(self, words: list[str], stemmed: list[str]) -> Iterator[Named]:
        for start, (word, stem) in enumerate(zip(words, stemmed, strict=True)):
            for phrase, subject in self._whole.get(stem, ()):
                if tuple(stemmed[start : start + len(phrase)]) == phrase:
                    yield Named(subject, start, start + len(phrase))
            for before, last, subject in self._begun.get(word[:BEGINS], ()):
                first = start - len(before)
                if word.startswith(last) and first >= 0 and tuple(stemmed[first:start]) == before:
                    yield Named(subject, first, start + 1)

    def codes_in(self, text: str) -> dict[str, int]:
        """How many times a text names each subject."""
        found: dict[str, int] = {}
        for named in self.named_in(words_in(text)):
            found[named.subject.code] = found.get(named.subject.code, 0) + 1
        return found


def _stemmed(words: list[str]) -> Iterator[list[str]]:
    """The words by their Danish stems, and by their English ones."""
    both = [stems(word) for word in words]
    for language in range(2):
        yield [stem[language] for stem in both]
