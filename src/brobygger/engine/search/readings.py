"""How each word of a question may be understood: as it stands, as part of a longer one, misspelt. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from rapidfuzz import process
from rapidfuzz.distance import OSA

from brobygger.engine.search.folding import EMPTY, stems, words_in
from brobygger.engine.search.index import Index
from brobygger.engine.search.lexicon import Named
from brobygger.engine.search.texts import SUBJECT

MOST_WORDS = 12
SHORTEST_START, MOST_LONGER, MOST_GUESSES = 4, 60, 8
JOINED_FROM = 6  # letters of two neighbours written as one


class Way(Enum):
    """How a sign stands for what was asked."""

    STANDS = "stands"
    MEANS = "an everyday word for the same"
    JOINED = "two neighbours are one word"
    PIECE = "asked: hjælp, stands: lektiehjælp"
    NAMES = "the subject that the word names"
    GOES_ON = "a longer word begins or ends with it"
    BESIDE = "the subject of a word that itself stands somewhere"
    HAS_PIECE = "asked: lektiehjælp, stands: hjælp"
    INSIDE = "a longer word holds it"
    WIDER = "the group of the subject"


SURE = {
    Way.STANDS: 1.0,
    Way.JOINED: 0.9,
    Way.MEANS: 0.85,
    Way.PIECE: 0.8,
    Way.NAMES: 0.8,
    Way.GOES_ON: 0.6,
    Way.BESIDE: 0.5,
    Way.HAS_PIECE: 0.45,
    Way.INSIDE: 0.4,
    Way.WIDER: 0.25,
}
MISSPELT, IN_PHRASE = 0.85, 0.4


@dataclass(frozen=True, slots=True)
class Reading:
    """One sign that may stand for what was asked."""

    sign: str
    surety: float
    way: Way


@dataclass(frozen=True, slots=True)
class Asked:
    """One word of the question and its readings. `read_as`: what a misspelt word was taken for."""

    word: str
    readings: tuple[Reading, ...]
    read_as: str = ""


def read(question: str, index: Index[Any]) -> list[Asked]:
    """The words that say something; where all of them are empty ones, all of them."""
    words = words_in(question)[:MOST_WORDS]
    said = [at for at, word in enumerate(words) if word not in EMPTY] or list(range(len(words)))
    joined = _joined(words, index)
    known = [
        word if at not in said or at in joined else corrected(word, index) for at, word in enumerate(words)
    ]
    named = sorted(index.lexicon.named_in(known), key=lambda one: (one.start, one.end, one.subject.code))
    asked = []
    for at, word in enumerate(known):
        about = [one for one in named if at in _telling(one, known)]
        if at not in said and not about:
            continue
        readings = _read_as(at, known, about, joined.get(at), index)
        if word != words[at]:
            readings = [Reading(one.sign, one.surety * MISSPELT, one.way) for one in readings]
        asked.append(Asked(words[at], _best(readings), index.written(word) if word != words[at] else ""))
    return asked


def _by(sign: str, way: Way) -> Reading:
    return Reading(sign, SURE[way], way)


def _telling(named: Named, words: Sequence[str]) -> list[int]:
    """The places of the words that say it: not the empty ones among them, if there are others."""
    places = range(named.start, named.end)
    return [at for at in places if words[at] not in EMPTY] or list(places)


def _read_as(
    at: int, words: Sequence[str], about: Sequence[Named], joined: str | None, index: Index[Any]
) -> list[Reading]:
    word = words[at]
    readings = []
    if joined:
        readings += [
            Reading(one.sign, one.surety * SURE[Way.JOINED], Way.JOINED) for one in _one(joined, index)
        ]
    stands = bool(_same(word, index))
    for one in about:
        together = one.end - one.start > 1
        way = Way.NAMES if one.subject.group else Way.MEANS
        if stands and not together and way is Way.NAMES:
            way = Way.BESIDE
        readings.append(_by(f"{SUBJECT}{one.subject.code}", way))
        if one.subject.group:
            readings.append(_by(f"{SUBJECT}{one.subject.group}", Way.WIDER))
    in_phrase = any(one.end - one.start > 1 for one in about)
    weaker = IN_PHRASE if in_phrase else 1.0  # words that mean something together say less by themselves
    return readings + [Reading(one.sign, one.surety * weaker, one.way) for one in _one(word, index)]


def _best(readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Each sign once, by its surest reading; the surest first."""
    found: dict[str, Reading] = {}
    for one in readings:
        if one.sign not in found or found[one.sign].surety < one.surety:
            found[one.sign] = one
    return tuple(sorted(found.values(), key=lambda one: (-one.surety, one.sign)))


def _one(word: str, index: Index[Any]) -> Iterator[Reading]:
    """The readings of a single word by the words that stand somewhere."""
    same = _same(word, index)
    for other in same:
        yield _by(other, Way.STANDS)
    for piece in index.parts(word) or ():
        if piece not in EMPTY:
            for other in _same(piece, index):
                yield _by(other, Way.HAS_PIECE)
    if len(word) >= 3:
        yield from _longer(word, index)


def _same(word: str, index: Index[Any]) -> list[str]:
    """The word and the others of its stem."""
    return sorted({other for stem in stems(word) for other in index.by_stem.get(stem, ())})


def _longer(word: str, index: Index[Any]) -> list[Reading]:
    """Longer words that are put together with it, go on from it, end in it, or hold it."""
    roots = {stem for stem in (*stems(word), word) if len(stem) >= 3}
    found = []
    for other in sorted({one for root in roots for one in index.holding(root)}):
        way = _how(other, word, index)
        if way is not None:
            found.append(_by(other, way))
    return sorted(found, key=lambda one: (-one.surety, -index.many(one.sign), one.sign))[:MOST_LONGER]


def _how(other: str, word: str, index: Index[Any]) -> Way | None:
    pieces = index.parts(other)
    if pieces and any(not set(stems(piece)).isdisjoint(stems(word)) for piece in pieces):
        return Way.PIECE
    if len(word) < SHORTEST_START or word not in other:
        return None
    if other.startswith(word) or other.endswith(word):
        return Way.GOES_ON
    return Way.INSIDE if len(word) > SHORTEST_START else None


def _joined(words: Sequence[str], index: Index[Any]) -> dict[int, str]:
    """The places of two neighbours that are one known word together: net bank, land lord."""
    found: dict[int, str] = {}
    for at in range(len(words) - 1):
        first, last = words[at], words[at + 1]
        for joint in ("", "s", "e"):
            whole = f"{first}{joint}{last}"
            if min(len(first), len(last)) >= 3 and len(whole) >= JOINED_FROM and whole in index.known:
                found[at] = found[at + 1] = whole
                break
    return found


def nearest(word: str, index: Index[Any], far: int = 3) -> str:
    """The known word nearest to it, as it is written, further away than we would take it for; or ""."""
    far = min(far, len(word) // 2)
    guess = process.extractOne(word, index.in_order, scorer=OSA.distance, score_cutoff=far)
    return index.written(guess[0]) if guess else ""


def corrected(word: str, index: Index[Any]) -> str:
    """The word itself if anything is known by it, else the known word that is nearest to it."""
    if len(word) < 4 or not word.isalpha() or _is_known(word, index):
        return word
    far = 1 if len(word) < 7 else 2
    guesses = process.extract(word, index.in_order, scorer=OSA.distance, score_cutoff=far, limit=MOST_GUESSES)
    likely = [(other, away) for other, away, _ in guesses if away == 1 or other[:1] == word[:1]]
    if not likely:
        return word

    def how_far(guess: tuple[str, float]) -> tuple[float, bool, int, str]:
        other, away = guess
        return away, other[:1] != word[:1], -index.many(other), other

    return str(min(likely, key=how_far)[0])


def _is_known(word: str, index: Index[Any]) -> bool:
    if word in index.known or _same(word, index) or index.parts(word):
        return True
    if index.lexicon.named_in([word]):
        return True
    return any(_how(other, word, index) for other in index.holding(word))
