"""The index: for every sign, in which texts it stands and how much it weighs there. Pure.

Weights are those of BM25F: what stands in a short heading weighs more than what stands in a long text. A text
is read once; when one changes, only that is read again, and the rest is put together anew from what was read.
What is found never depends on the way the index came about: a renewed one answers like a new one.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic

import numpy as np

from brobygger.engine.search import compounds
from brobygger.engine.search.folding import stems
from brobygger.engine.search.lexicon import Lexicon
from brobygger.engine.search.texts import (
    OUTSIDE,
    SUBJECT,
    Floats,
    Key,
    Numbers,
    ReadText,
    Text,
    Vocabulary,
    weights_of,
)

LENGTH = 0.5  # b of BM25: how much a long text must stand back
NONE = np.array([], np.int64)


@dataclass
class Index(Generic[Key]):
    """`texts` in order, and for each what was read in it. Signs by number, postings by sign."""

    texts: tuple[Text[Key], ...]
    vocabulary: Vocabulary
    reads: tuple[ReadText, ...]
    splits: dict[str, tuple[str, str] | None] = field(default_factory=dict)

    @classmethod
    def of(cls, texts: Iterable[Text[Key]], lexicon: Lexicon) -> "Index[Key]":
        vocabulary, told = Vocabulary(lexicon), tuple(texts)
        return cls(told, vocabulary, tuple(vocabulary.read(text) for text in told))

    def renewed(self, texts: Iterable[Text[Key]]) -> "Index[Key]":
        """The index of these texts; those that are as they were are not read again."""
        was = {text.key: (text, read) for text, read in zip(self.texts, self.reads, strict=True)}
        told, reads = tuple(texts), []
        for text in told:
            known, read = was.get(text.key, (None, None))
            reads.append(read if read is not None and known == text else self.vocabulary.read(text))
        return Index(told, self.vocabulary, tuple(reads))

    @property
    def lexicon(self) -> Lexicon:
        return self.vocabulary.lexicon

    @cached_property
    def row_of(self) -> Mapping[Key, int]:
        return {text.key: row for row, text in enumerate(self.texts)}

    @cached_property
    def _postings(self) -> tuple[Numbers, Numbers, Floats]:
        """Where the postings of each sign begin; their rows; their weights."""
        signs, rows, weights = _entries(self.texts, self.reads)
        many = len(self.vocabulary.number)
        texts = max(len(self.texts), 1)
        pairs = signs * texts + rows
        order = np.argsort(pairs, kind="stable")
        pairs, weights = pairs[order], weights[order]
        first = np.flatnonzero(np.diff(pairs, prepend=-1))  # a sign in two fields of a text counts as one
        sums = np.add.reduceat(weights, first) if len(first) else weights
        pairs = pairs[first]
        return np.searchsorted(pairs, np.arange(many + 1) * texts), pairs % texts, sums

    def standing(self, sign: str) -> tuple[Numbers, Floats]:
        """The rows where a sign stands, and how much it weighs in each."""
        starts, rows, weights = self._postings
        number = self.number(sign)
        if not 0 <= number < len(starts) - 1:
            return NONE, NONE.astype(float)
        part = slice(starts[number], starts[number + 1])
        return rows[part], weights[part]

    def number(self, sign: str) -> int:
        return self.vocabulary.number.get(sign, -1)

    @cached_property
    def signs(self) -> tuple[str, ...]:
        """Every sign by its number."""
        return tuple(self.vocabulary.number)

    def many(self, sign: str) -> int:
        return len(self.standing(sign)[0])

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every word that stands somewhere, sorted."""
        starts = self._postings[0]
        some = starts[1:] > starts[:-1]
        number = self.vocabulary.number
        return tuple(
            sorted(word for word, at in number.items() if at < len(some) and some[at] and is_word(word))
        )

    @cached_property
    def known(self) -> frozenset[str]:
        """The words that stand somewhere and those of the lexicon."""
        return frozenset(word for word in self.words if len(word) > 2) | self.lexicon.spelled.keys()

    @cached_property
    def in_order(self) -> tuple[str, ...]:
        """The known words, sorted, so that of two that are equally near the same one is always taken."""
        return tuple(sorted(self.known))

    @cached_property
    def by_stem(self) -> Mapping[str, tuple[str, ...]]:
        """The words that stand somewhere, by each of their stems."""
        found = defaultdict[str, list[str]](list)
        for word in self.words:
            for stem in set(stems(word)):
                found[stem].append(word)
        return {stem: tuple(words) for stem, words in found.items()}

    @cached_property
    def _in_one(self) -> str:
        return "\n".join(("", *self.words, ""))

    def holding(self, piece: str) -> list[str]:
        """The longer words that hold it, sorted: one pass over all words as one text."""
        found, at, whole = dict[str, None](), self._in_one.find(piece), self._in_one
        while at >= 0:
            end = whole.index("\n", at)
            word = whole[whole.rindex("\n", 0, at + 1) + 1 : end]
            if word != piece:
                found[word] = None
            at = whole.find(piece, end)
        return list(found)

    def parts(self, word: str) -> tuple[str, str] | None:
        """The two known words it is put together from."""
        if word not in self.splits:
            self.splits[word] = compounds.parts(word, self.known)
        return self.splits[word]

    def written(self, word: str) -> str:
        return self.vocabulary.spelled.get(word, word)


def is_word(sign: str) -> bool:
    return not sign.startswith(SUBJECT)


def _entries(texts: tuple[Text[Key], ...], reads: tuple[ReadText, ...]) -> tuple[Numbers, Numbers, Floats]:
    """Every sign in every field of every text: its number, the row, its weight there (BM25F)."""
    if not reads:
        return NONE, NONE, NONE.astype(float)
    rows = np.repeat(np.arange(len(reads)), [len(read.signs) for read in reads])
    signs, fields, counts = (
        np.concatenate([getattr(read, name) for read in reads]) for name in ("signs", "fields", "counts")
    )
    lengths = np.array([read.lengths for read in reads], float)
    usual = np.maximum(lengths.mean(axis=0), 1.0)
    scale = np.array(weights_of(texts)) / (1 - LENGTH + LENGTH * lengths / usual)
    told = fields != OUTSIDE
    weights = np.where(told, counts * scale[rows, np.where(told, fields, 0)], 1.0)
    return signs, rows, weights
