"""One text read once: which signs stand in which of its fields, and how often. Pure.

A sign is a word as it is compared, or a subject that the text names (`c:` and its code).
"""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from brobygger.engine.search.folding import EMPTY, KEPT, folded, spelled_in
from brobygger.engine.search.lexicon import Lexicon

Key = TypeVar("Key", bound=Hashable)
Floats: TypeAlias = npt.NDArray[np.float64]
Numbers: TypeAlias = npt.NDArray[np.int64]

SUBJECT = "c:"
OUTSIDE = -1  # the field of a subject that was told with the text, not in it


@dataclass(frozen=True, slots=True)
class Text(Generic[Key]):
    """One thing to be found. `fields`: (weight, words) of each of its texts; `subjects` from outside.

    All texts of one index have the same fields, with the same weights, in the same order.
    """

    key: Key
    fields: tuple[tuple[float, str], ...]
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadText:
    """`signs`, `fields` and `counts` run together, one for each sign in each field; `lengths` by field."""

    signs: Numbers
    fields: Numbers
    counts: Floats
    lengths: tuple[int, ...]


@dataclass(slots=True)
class Vocabulary:
    """Every sign ever read: its number, and how each word is written. Only grows."""

    lexicon: Lexicon
    number: dict[str, int] = field(default_factory=dict)
    spelled: dict[str, str] = field(default_factory=dict)
    _folded: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.spelled.update(self.lexicon.spelled)

    def read(self, text: Text[Key]) -> ReadText:
        signs: list[int] = []
        fields: list[int] = []
        counts: list[int] = []
        lengths = []
        for at, (_, told) in enumerate(text.fields):
            length, found = self._counted(told)
            lengths.append(length)
            signs += found
            fields += [at] * len(found)
            counts += found.values()
        for code in text.subjects:
            signs.append(self._number(SUBJECT + code))
            fields.append(OUTSIDE)
            counts.append(1)
        return ReadText(
            np.array(signs, np.int64), np.array(fields, np.int64), np.array(counts, float), tuple(lengths)
        )

    def _counted(self, text: str) -> tuple[int, Counter[int]]:
        written = spelled_in(text)
        words = [self._folded.get(word) or self._fold(word) for word in written]
        found = Counter(words)
        told = Counter({self._number(word): many for word, many in found.items() if word not in EMPTY})
        for named in self.lexicon.named_in(words):
            told[self._number(SUBJECT + named.subject.code)] += 1
        return len(words), told

    def _fold(self, written: str) -> str:
        """Folded once for each way of writing; the first of these is how the word is shown."""
        word = folded(written)
        self.spelled.setdefault(word, written.lower())
        if len(self._folded) < KEPT:
            self._folded[written] = word
        return word

    def _number(self, sign: str) -> int:
        return self.number.setdefault(sign, len(self.number))


def weights_of(texts: Sequence[Text[Key]]) -> tuple[float, ...]:
    return tuple(weight for weight, _ in texts[0].fields) if texts else ()
