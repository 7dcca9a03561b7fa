"""The index: for every sign, in which texts it stands and how much it weighs there. Pure.

Weights are those of BM25F: what stands in a short heading weighs more than what stands in a long text.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Generic, TypeAlias, TypeVar

import numpy as np
import numpy.typing as npt

from brobygger.engine.search.compounds import parts
from brobygger.engine.search.folding import EMPTY, KEPT, spelled_in, stems, words_in
from brobygger.engine.search.lexicon import Lexicon

Key = TypeVar("Key", bound=Hashable)
Floats: TypeAlias = npt.NDArray[np.float64]
Rows: TypeAlias = npt.NDArray[np.int64]

SATURATION, LENGTH = 1.2, 0.6  # k1 and b of BM25
PART = 0.5  # a part of a word says less than the word
SUBJECT, PIECE, STEM = "c", "p", "w"


@dataclass(frozen=True, slots=True)
class Text(Generic[Key]):
    """One thing to be found. `fields`: (weight, words) of each of its texts; `subjects` from outside."""

    key: Key
    fields: tuple[tuple[float, str], ...]
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Posting:
    """Where one sign stands, and its share of the score there before the weight of the sign itself."""

    rows: Rows
    share: Floats
    rarity: float


@dataclass(slots=True)
class Index(Generic[Key]):
    """`keys` by row; `postings` by sign; `vocabulary` every whole word, sorted.

    `known`: those words and the lexicon's, `stems` theirs, `spelled` how each is written.
    """

    keys: tuple[Key, ...]
    lexicon: Lexicon
    postings: dict[str, Posting]
    vocabulary: tuple[str, ...]
    known: frozenset[str]
    stems: frozenset[str]
    spelled: dict[str, str]
    split: dict[str, tuple[str, str] | None] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[Text[Key]], lexicon: Lexicon) -> "Index[Key]":
        told = list(texts)
        spelled = dict(lexicon.spelled)
        for text in told:
            for _weight, said in text.fields:
                spelled.update(counted(said, lexicon).spelled)
        vocabulary = sorted(
            {word for text in told for _, said in text.fields for word in counted(said, lexicon).words}
        )
        known = frozenset(word for word in vocabulary if len(word) > 2) | lexicon.spelled.keys()
        split = {word: parts(word, known) for word in vocabulary}
        return cls(
            keys=tuple(text.key for text in told),
            lexicon=lexicon,
            postings=_postings(told, split, lexicon),
            vocabulary=tuple(vocabulary),
            known=known,
            stems=frozenset(stem for word in known for stem in stems(word)),
            spelled=spelled,
            split=split,
        )

    def holding(self, piece: str) -> list[str]:
        """The longer words that hold it: those that begin with it first, then those that end so."""
        found = [word for word in self.vocabulary if piece in word and word != piece]
        return sorted(found, key=lambda word: (not word.startswith(piece), not word.endswith(piece), word))


@dataclass(frozen=True, slots=True)
class Counted:
    """One text read once: how long it is, how often each word stands in it, and each subject it names."""

    length: int
    words: Mapping[str, int]
    subjects: Mapping[str, int]
    spelled: Mapping[str, str]


@lru_cache(KEPT)
def counted(text: str, lexicon: Lexicon) -> Counted:
    """Kept by what it says: when one offer changes, only its own texts are read again."""
    ones = words_in(text)
    return Counted(
        len(ones),
        Counter(one for one in ones if one not in EMPTY),
        Counter(named.subject.code for named in lexicon.named_in(ones)),
        dict(zip(ones, map(str.lower, spelled_in(text)), strict=True)),
    )


def _postings(
    texts: Sequence[Text[Key]], split: Mapping[str, tuple[str, str] | None], lexicon: Lexicon
) -> dict[str, Posting]:
    read = [[(weight, counted(said, lexicon)) for weight, said in text.fields] for text in texts]
    usual = np.array([[one.length for _, one in fields] for fields in read], float)
    usual = np.maximum(usual.mean(axis=0), 1.0) if len(read) else np.ones(1)
    weighs: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    signs = _SignsOf(split)
    for row, (text, fields) in enumerate(zip(texts, read, strict=True)):
        for at, (weight, one) in enumerate(fields):
            scale = weight / (1 - LENGTH + LENGTH * one.length / usual[at])
            for word, count in one.words.items():
                for sign, share in signs[word]:
                    weighs[sign][row] += scale * share * count
            for code, count in one.subjects.items():
                weighs[f"{SUBJECT}:{code}"][row] += scale * count
        for code in text.subjects:
            weighs[f"{SUBJECT}:{code}"][row] += 1.0
    return {sign: _posting(rows, len(texts)) for sign, rows in weighs.items()}


class _SignsOf(dict[str, tuple[tuple[str, float], ...]]):
    """The signs of each word, and how much each counts."""

    def __init__(self, split: Mapping[str, tuple[str, str] | None]) -> None:
        super().__init__()
        self._split = split

    def __missing__(self, word: str) -> tuple[tuple[str, float], ...]:
        whole = [(f"{STEM}:{stem}", 1.0) for stem in sorted(set(stems(word)))]
        pieces = [
            (f"{PIECE}:{stem}", PART)
            for piece in self._split.get(word) or ()
            for stem in sorted(set(stems(piece)))
        ]
        self[word] = (*whole, *pieces)
        return self[word]


def _posting(weighs: Mapping[int, float], texts: int) -> Posting:
    rows = np.fromiter(weighs, np.int64, len(weighs))
    weight = np.fromiter(weighs.values(), float, len(weighs))
    return Posting(
        rows,
        weight * (SATURATION + 1) / (weight + SATURATION),
        float(np.log1p((texts - len(weighs) + 0.5) / (len(weighs) + 0.5))),
    )
