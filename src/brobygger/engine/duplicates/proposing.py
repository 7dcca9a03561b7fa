"""Finding the pairs: only entries that share something are ever compared, so that 20,000 take seconds.

Blocking after Papadakis et al., "Blocking and Filtering Techniques for Entity Resolution" (ACM CSUR 2020): an
entry goes into a block for each thing that could show it, and what fills a block over `MOST` shows nothing.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import hypot
from typing import Generic

from rapidfuzz import fuzz

from brobygger.engine.duplicates.values import Entry, Key, Reason

MOST = 40  # entries in a block
RARE = 3  # words of a name, the rarest, that it is looked up by
ALIKE = 86.0  # of 100, of names with their words in order
NEAR, APART = 150.0, 1_000.0  # metres
NAMED = frozenset({Reason.SAME_NAME, Reason.LIKE_NAME})
# A front page or an organisation has many offers: alone they say nothing of one of them.
SHOWING = frozenset({Reason.SAME_PHONE, Reason.SAME_ADDRESS, Reason.SAME_MAILBOX, Reason.NEAR})
ORDER = {reason: place for place, reason in enumerate(Reason)}


@dataclass(frozen=True, slots=True)
class Proposal(Generic[Key]):
    """Two entries of two sources that may be one, and why. The first has the smaller key."""

    one: Key
    other: Key
    reasons: tuple[Reason, ...]


def propose(entries: Sequence[Entry[Key]]) -> list[Proposal[Key]]:
    """The pairs worth a look, those with most reasons first. The same entries in any order give the same."""
    found = [
        Proposal(one.key, other.key, reasons)
        for one, other in _pairs(sorted(entries, key=_in_order))
        if is_worth_a_look(one, other, reasons := reasons_for(one, other))
    ]
    return sorted(found, key=_by_weight)


def _by_weight(pair: Proposal[Key]) -> tuple[int, list[int], str]:
    return -len(pair.reasons), [ORDER[one] for one in pair.reasons], str(pair)


def _in_order(entry: Entry[Key]) -> str:
    return str(entry.key)


def reasons_for(one: Entry[Key], other: Entry[Key]) -> tuple[Reason, ...]:
    """All that speaks for it, the weightiest first."""
    is_same = bool(one.words) and one.words == other.words
    shown = {
        Reason.SAME_NAME: is_same,
        Reason.LIKE_NAME: not is_same and _is_alike(one, other),
        Reason.SAME_PHONE: bool(one.numbers & other.numbers),
        Reason.SAME_ADDRESS: bool(one.places & other.places),
        Reason.SAME_WEBSITE: bool(one.site) and one.site == other.site,
        Reason.SAME_MAILBOX: bool(one.letters) and one.letters == other.letters,
        Reason.SAME_BODY: bool(one.behind) and one.behind == other.behind,
        Reason.NEAR: (apart := metres(one, other)) is not None and apart <= NEAR,
    }
    return tuple(reason for reason in Reason if shown[reason])


def is_worth_a_look(one: Entry[Key], other: Entry[Key], reasons: Sequence[Reason]) -> bool:
    """Named alike, and something more; but not what is told to lie far apart."""
    if one.source == other.source or not NAMED & set(reasons) or _are_far_apart(one, other):
        return False
    more = set(reasons) - NAMED
    if Reason.SAME_NAME in reasons:
        return bool(more)
    return bool(more & SHOWING) or len(more) > 1


def metres(one: Entry[Key], other: Entry[Key]) -> float | None:
    """Between the two places nearest to each other, where both have told any."""
    ways = [hypot(a.east - b.east, a.north - b.north) for a in one.points for b in other.points]
    return min(ways, default=None)


def _are_far_apart(one: Entry[Key], other: Entry[Key]) -> bool:
    apart = metres(one, other)
    return apart is not None and apart > APART


def _is_alike(one: Entry[Key], other: Entry[Key]) -> bool:
    return fuzz.ratio(" ".join(one.words), " ".join(other.words), score_cutoff=ALIKE) > 0


def _pairs(entries: Sequence[Entry[Key]]) -> Iterator[tuple[Entry[Key], Entry[Key]]]:
    """Every two entries of different sources that stand in one block, once."""
    blocks, counts = defaultdict[tuple[str, str], list[int]](list), _counts(entries)
    for number, entry in enumerate(entries):
        for block in set(_blocks(entry, counts)):
            blocks[block].append(number)
    seen = set[tuple[int, int]]()
    for members in blocks.values():
        if len(members) <= MOST:
            seen.update(combinations(members, 2))
    for a, b in sorted(seen):
        if entries[a].source != entries[b].source:
            yield entries[a], entries[b]


def _blocks(entry: Entry[Key], counts: dict[str, int]) -> Iterator[tuple[str, str]]:
    yield from (("phone", one) for one in entry.numbers)
    yield from (("address", one) for one in entry.places)
    yield "site", entry.site or repr(entry.key)
    yield "mailbox", entry.letters or repr(entry.key)
    yield "name", " ".join(entry.words)
    rare = sorted(entry.words, key=lambda word: (counts[word], word))[:RARE]
    yield from (("word", word) for word in rare)


def _counts(entries: Iterable[Entry[Key]]) -> dict[str, int]:
    counts = defaultdict[str, int](int)
    for entry in entries:
        for word in entry.words:
            counts[word] += 1
    return counts
