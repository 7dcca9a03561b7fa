"""From a question to texts in order, with the reasons. Pure, deterministic: their order breaks a tie."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic

import numpy as np

from brobygger.engine.search.index import Index
from brobygger.engine.search.readings import Asked, Reading, read
from brobygger.engine.search.texts import SUBJECT, Floats, Key, Numbers, ReadText

SATURATION = 1.6  # k1 of BM25
ENOUGH = 0.55  # of what the best text answers


@dataclass(frozen=True, slots=True)
class Hit(Generic[Key]):
    """A found text: its score, and how much of the question it answers, 0-1."""

    key: Key
    score: float
    covered: float


@dataclass(frozen=True, slots=True)
class Because:
    """Why a text was found: for a word of the question a sign stands in this field (-1: told beside it).

    `word` is the word of the text, as it is written; "" where several words together name the subject.
    """

    asked: str
    reading: Reading
    field: int
    word: str


@dataclass(frozen=True)
class Answer(Generic[Key]):
    """What was found, best first, by row; `scores` and `covered` of every row.

    `read_as`: what a misspelt word was taken for. `unknown`: words nothing knows.
    """

    index: Index[Key]
    rows: Numbers
    scores: Floats
    covered: Floats
    read_as: dict[str, str]
    unknown: tuple[str, ...]
    asked: tuple[Asked, ...]

    @cached_property
    def hits(self) -> tuple[Hit[Key], ...]:
        return tuple(
            Hit(self.index.texts[row].key, float(self.scores[row]), float(self.covered[row]))
            for row in self.rows
        )

    @property
    def keys(self) -> list[Key]:
        return [self.index.texts[row].key for row in self.rows.tolist()]

    def why(self, key: Key) -> list[Because]:
        """For each word of the question that this text answers, its surest reading there."""
        read = self.index.reads[self.index.row_of[key]]
        fields = dict(sorted(zip(read.signs.tolist(), read.fields.tolist(), strict=True), reverse=True))
        found = []
        for one in self.asked:
            reading = next((some for some in one.readings if self.index.number(some.sign) in fields), None)
            if reading is not None:
                field = fields[self.index.number(reading.sign)]
                found.append(Because(one.word, reading, field, self._word(reading.sign, field, read)))
        return found

    def _word(self, sign: str, field: int, read: ReadText) -> str:
        if not sign.startswith(SUBJECT):
            return self.index.written(sign)
        there = [self.index.signs[at] for at in read.signs[read.fields == field].tolist()]
        code = sign.removeprefix(SUBJECT)
        named = (
            one for one in there if any(n.subject.code == code for n in self.index.lexicon.named_in([one]))
        )
        return self.index.written(next(named, ""))


def search(question: str, index: Index[Key]) -> Answer[Key]:
    """The texts that answer the question, and how it was read."""
    asked = read(question, index)
    texts = len(index.texts)
    score, covered = np.zeros(texts), np.zeros(texts)
    heard = 0.0
    unknown = []
    for one in asked:
        share, surety = _one_word(one.readings, index, texts)
        met = float(surety.sum())
        if met == 0.0:
            unknown.append(one.word)
            continue
        rarity = float(np.log1p((texts - met + 0.5) / (met + 0.5)))
        score += share * rarity
        covered += surety * rarity
        heard += rarity
    if heard:
        covered /= heard
    order = _in_order(score, covered)
    return Answer(
        index,
        order,
        score,
        covered,
        {one.word: one.read_as for one in asked if one.read_as},
        tuple(unknown),
        tuple(asked),
    )


def _in_order(score: Floats, covered: Floats) -> Numbers:
    """The rows that answer enough, best first."""
    found = np.flatnonzero(covered >= max(ENOUGH * float(covered.max(initial=0.0)), 1e-9))
    return found[np.lexsort((found, -score[found] * covered[found]))]


def _one_word(readings: Sequence[Reading], index: Index[Key], texts: int) -> tuple[Floats, Floats]:
    """For one word: each text's saturated weight by all readings, and the surety of its surest one."""
    weight, surety = np.zeros(texts), np.zeros(texts)
    for reading in readings:
        rows, weights = index.standing(reading.sign)
        weight[rows] += reading.surety * weights
        surety[rows] = np.maximum(surety[rows], reading.surety)
    return surety * weight * (SATURATION + 1) / (weight + SATURATION), surety
