"""From a question to texts in order. Pure and deterministic: a tie is decided by the order of the texts."""

from dataclasses import dataclass
from typing import Generic

import numpy as np

from brobygger.engine.search.index import Floats, Index, Key
from brobygger.engine.search.readings import Asked, read

ENOUGH = 0.55  # of what the best text answers


@dataclass(frozen=True, slots=True)
class Hit(Generic[Key]):
    """A found text: its score, and how much of the question it answers, 0–1."""

    key: Key
    score: float
    covered: float


@dataclass(frozen=True, slots=True)
class Answer(Generic[Key]):
    """`hits` best first. `read_as`: what a misspelt word was taken for. `unknown`: words nothing knows."""

    hits: tuple[Hit[Key], ...]
    read_as: dict[str, str]
    unknown: tuple[str, ...]


def search(question: str, index: Index[Key]) -> Answer[Key]:
    """The texts that answer the question, and how it was read."""
    asked = read(question, index)
    texts = len(index.keys)
    score, covered = np.zeros(texts), np.zeros(texts)
    heard = 0.0
    unknown = []
    for one in asked:
        word_score, word_covered, rarity = _one_word(one, index, texts)
        if rarity == 0.0:
            unknown.append(one.word)
            continue
        score += word_score
        covered += word_covered * rarity
        heard += rarity
    if heard:
        covered /= heard
    found = np.flatnonzero(covered >= max(ENOUGH * float(covered.max(initial=0.0)), 1e-9))
    order = found[np.lexsort((found, -score[found] * covered[found]))]
    return Answer(
        tuple(Hit(index.keys[row], float(score[row]), float(covered[row])) for row in order),
        {one.word: one.read_as for one in asked if one.read_as},
        tuple(unknown),
    )


def _one_word(one: Asked, index: Index[Key], texts: int) -> tuple[Floats, Floats, float]:
    """Score and surety of each text for one word, each by its best reading; and how rare the word is."""
    score, covered, rarity = np.zeros(texts), np.zeros(texts), 0.0
    for reading in one.readings:
        posting = index.postings.get(reading.sign)
        if posting is None:
            continue
        rarity = max(rarity, posting.rarity * reading.surety)
        at = posting.rows
        score[at] = np.maximum(score[at], reading.surety * posting.rarity * posting.share)
        covered[at] = np.maximum(covered[at], reading.surety)
    return score, covered, rarity
