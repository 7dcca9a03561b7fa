"""How each word of a question may be understood: as it stands, as a part of a longer one, misspelt. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from brobygger.engine.search.compounds import parts
from brobygger.engine.search.folding import EMPTY, stems, words_in
from brobygger.engine.search.index import PIECE, STEM, SUBJECT, Index

MOST_WORDS = 12
IS_PART, HAS_PART, GOES_ON, MISSPELT, PHRASED, INSIDE = 0.8, 0.6, 0.6, 0.8, 0.4, 0.5
NAMES, WIDENS, NEAR = 0.9, 0.55, 0.3
SHORTEST_START, MOST_LONGER, MOST_GUESSES = 4, 80, 4


@dataclass(frozen=True, slots=True)
class Reading:
    """One sign that may stand for what was asked, and how sure that is, 0–1."""

    sign: str
    surety: float


@dataclass(frozen=True, slots=True)
class Asked:
    """One word of the question and its readings. `read_as`: what a misspelt word was taken for."""

    word: str
    readings: tuple[Reading, ...]
    read_as: str = ""


def read(question: str, index: Index[Any]) -> list[Asked]:
    """The words that say something; where all of them are empty ones, all of them."""
    words = words_in(question)[:MOST_WORDS]
    telling = [word for word in words if word not in EMPTY]
    corrected = [_corrected(word, index) if word not in EMPTY else word for word in words]
    subjects, phrased = _subjects(corrected, index)
    asked = []
    for at, word in enumerate(words):
        if word in EMPTY and telling and at not in subjects:
            continue
        known = corrected[at]
        weaker = MISSPELT if known != word else 1.0
        found: dict[str, float] = {}
        for one in subjects.get(at, ()):
            found[one.sign] = max(found.get(one.sign, 0.0), one.surety * weaker)
        weaker *= PHRASED if at in phrased else 1.0
        for one in _readings(known, index):
            found[one.sign] = max(found.get(one.sign, 0.0), one.surety * weaker)
        readings = tuple(Reading(sign, surety) for sign, surety in sorted(found.items()))
        asked.append(Asked(word, readings, index.spelled[known] if known != word else ""))
    return asked


def _readings(word: str, index: Index[Any]) -> Iterator[Reading]:
    for stem in stems(word):
        yield Reading(f"{STEM}:{stem}", 1.0)
        yield Reading(f"{PIECE}:{stem}", IS_PART)
    for piece in index.split.get(word) or parts(word, index.known) or ():
        for stem in stems(piece):
            if piece not in EMPTY:
                yield Reading(f"{STEM}:{stem}", HAS_PART)
                yield Reading(f"{PIECE}:{stem}", HAS_PART)
    if len(word) >= SHORTEST_START:
        for other in index.holding(word)[:MOST_LONGER]:
            surety = GOES_ON if other.startswith(word) or other.endswith(word) else INSIDE
            for stem in stems(other):
                yield Reading(f"{STEM}:{stem}", surety)


def _subjects(words: list[str], index: Index[Any]) -> tuple[dict[int, list[Reading]], set[int]]:
    """By the place of a word: the subjects it names, alone or with its neighbours, and those beside them.

    And the places of words that mean something together: by themselves they say less.
    """
    found: dict[int, list[Reading]] = {}
    phrased: set[int] = set()
    for named in index.lexicon.named_in(words):
        telling = [at for at in range(named.start, named.end) if words[at] not in EMPTY]
        if named.end - named.start > 1:
            phrased.update(range(named.start, named.end))
        for at in telling or range(named.start, named.end):
            readings = found.setdefault(at, [])
            is_said = named.end - named.start == 1 and _stands(words[at], index)
            surety = WIDENS if is_said else NAMES  # what stands there as it was asked for comes first
            readings.append(Reading(f"{SUBJECT}:{named.subject.code}", surety))
            readings.append(Reading(f"{SUBJECT}:{named.subject.group}", NEAR))
    return found, phrased


def _corrected(word: str, index: Index[Any]) -> str:
    """The word itself if anything is known by it, else the known word that is nearest to it."""
    if len(word) < 4 or not word.isalpha() or _is_known(word, index):
        return word
    far = 1 if len(word) < 8 else 2
    guesses = process.extract(word, index.known, scorer=OSA.distance, score_cutoff=far, limit=MOST_GUESSES)

    def how_far(guess: tuple[str, float, object]) -> tuple[float, bool, int, str]:
        other, distance, _ = guess
        return distance, other[:1] != word[:1], -_commonness(other, index), other

    return str(min(guesses, key=how_far)[0]) if guesses else word


def _is_known(word: str, index: Index[Any]) -> bool:
    if word in index.known or not index.stems.isdisjoint(stems(word)):
        return True
    return bool(parts(word, index.known) or index.holding(word))


def _stands(word: str, index: Index[Any]) -> bool:
    return any(f"{STEM}:{stem}" in index.postings for stem in stems(word))


def _commonness(word: str, index: Index[Any]) -> int:
    found = index.postings.get(f"{STEM}:{stems(word)[0]}")
    return 0 if found is None else len(found.rows)
