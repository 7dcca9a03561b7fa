"""Subjects, and the everyday words that name them in several languages. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from brobygger.engine.search.folding import KEPT, spelled_in, stems, words_in

BEGINS = 3  # letters by which the beginning of a word is looked up
LANGUAGES = 2  # those of `stems`


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


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words by their stems in one language. `goes_on`: the beginning of the last word, where it may go on."""

    stems: tuple[str, ...]
    goes_on: str
    language: int
    subject: Subject


@dataclass(frozen=True, slots=True)
class Said:
    """What one word says: the subjects it names alone, and the phrases it may begin or, going on, end."""

    alone: tuple[Subject, ...]
    begins: tuple[Phrase, ...]
    ends: tuple[Phrase, ...]


@dataclass(slots=True, eq=False)
class Lexicon:
    """Finds the subjects in a row of compared words. What a word may say is worked out once."""

    subjects: tuple[Subject, ...]
    _by_first: dict[str, list[Phrase]] = field(default_factory=dict)
    _by_start: dict[str, list[Phrase]] = field(default_factory=dict)
    _spelled: dict[str, str] = field(default_factory=dict)
    _said: dict[str, Said] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for subject in self.subjects:
            for phrase in subject.phrases:
                self._learn(subject, phrase)

    def _learn(self, subject: Subject, phrase: str) -> None:
        words = words_in(phrase)
        self._spelled.update(zip(words, spelled_in(phrase), strict=True))
        goes_on = words.pop() if phrase.endswith("*") else ""
        for language in range(LANGUAGES):
            one = Phrase(tuple(stems(word)[language] for word in words), goes_on, language, subject)
            if goes_on:
                self._by_start.setdefault(goes_on[:BEGINS], []).append(one)
            else:
                self._by_first.setdefault(one.stems[0], []).append(one)

    @property
    def spelled(self) -> Mapping[str, str]:
        """Every word of every phrase: as it is compared -> as it is written."""
        return self._spelled

    def named_in(self, words: Sequence[str]) -> set[Named]:
        """Every subject that these words name, and by which of them."""
        found: set[Named] = set()
        for at, word in enumerate(words):
            said = self._said.get(word) or self._say(word)
            for subject in said.alone:
                found.add(Named(subject, at, at + 1))
            for phrase in said.begins:
                end = at + len(phrase.stems)
                if _is_said(phrase, words[at:end]):
                    found.add(Named(phrase.subject, at, end))
            for phrase in said.ends:
                start = at - len(phrase.stems)
                if start >= 0 and _is_said(phrase, words[start:at]):
                    found.add(Named(phrase.subject, start, at + 1))
        return found

    def _say(self, word: str) -> Said:
        first = [
            one
            for language, stem in enumerate(stems(word))
            for one in self._by_first.get(stem, ())
            if one.language == language
        ]
        last = [one for one in self._by_start.get(word[:BEGINS], ()) if word.startswith(one.goes_on)]
        alone = [one.subject for one in first if len(one.stems) == 1] + [
            one.subject for one in last if not one.stems
        ]
        said = Said(
            tuple(dict.fromkeys(alone)),
            tuple(one for one in first if len(one.stems) > 1),
            tuple(one for one in last if one.stems),
        )
        if len(self._said) < KEPT:
            self._said[word] = said
        return said


def _is_said(phrase: Phrase, words: Sequence[str]) -> bool:
    return len(words) == len(phrase.stems) and all(
        stems(word)[phrase.language] == stem for word, stem in zip(words, phrase.stems, strict=True)
    )
