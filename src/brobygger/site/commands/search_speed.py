"""How quickly the directory is searched: the index alone at three sizes, and the public page over HTTP.

The texts are those of the judged directories, each offer put together from three of them, so that words are
as many and as long as real ones. The page is that of a demo into which a made directory has been imported.
"""

import http.client
import math
import resource
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from random import Random
from typing import TypeAlias, TypeVar
from urllib.parse import quote, urlsplit

from brobygger.engine.search import Index, Text, search
from brobygger.offers.needs import lexicon
from brobygger.site.commands import judged
from brobygger.site.commands.bench_web import at_share

Answer = TypeVar("Answer")
Key: TypeAlias = tuple[int, int]

SIZES = (2_000, 20_000, 60_000)
PAGES = 200  # calls of the page


@dataclass(frozen=True, slots=True)
class Timed:
    """One size. Seconds of a processor for the building and for a changed offer; milliseconds a question."""

    offers: int
    megabytes: float
    building: float
    changing: float
    questions: tuple[float, ...]


def index_at(size: int) -> Timed:
    """Build, ask every judged question, change one offer and ask again."""
    texts, asked = list(_texts(size)), list(_questions())
    before = _memory()
    index, building = _timed(lambda: _ready(Index.of(texts, lexicon())))
    grown = _memory() - before
    times = [_timed(partial(search, words, index))[1] * 1000 for words in asked]
    changed = [*texts[1:], next(iter(_texts(1, seed=7)))]
    _, changing = _timed(lambda: _ready(index.renewed(changed)))
    return Timed(size, grown, building, changing, tuple(times))


def _ready(index: Index[Key]) -> Index[Key]:
    """With everything that is worked out at the first question."""
    search("gæld", index)
    return index


def _texts(size: int, seed: int = 1) -> Iterator[Text[Key]]:
    from brobygger.offers.indexed import WEIGHTS  # needs Django, which is ready only now

    chance = Random(seed)  # noqa: S311 - made to be the same each time
    documents = [one for directory in judged.all_judged() for one in directory.documents]
    for number in range(size):
        name, about, rest = (chance.choice(documents).texts for _ in range(3))
        told = (f"{name[0]} {number}", name[1], rest[2], about[3], rest[4], rest[5])
        yield Text((seed, number), tuple(zip(WEIGHTS.values(), told, strict=True)))


def _questions() -> Iterator[str]:
    return (one.words for directory in judged.all_judged() for one in directory.questions)


def _timed(work: Callable[[], Answer]) -> tuple[Answer, float]:
    began = time.process_time()
    answer = work()
    return answer, time.process_time() - began


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def pages(address: str) -> list[float]:
    """Milliseconds for each of the judged Danish questions, one call at a time on one connection."""
    place = urlsplit(address)
    there = http.client.HTTPConnection(place.hostname or "", place.port, timeout=60)
    asked = [one.words for directory in judged.all_judged() for one in directory.questions]
    paths = [f"/tilbud/?q={quote(words)}" for words in Random(3).sample(asked, min(PAGES, len(asked)))]  # noqa: S311
    _called(there, paths[0])
    return [_called(there, path) for path in paths]


def _called(there: http.client.HTTPConnection, path: str) -> float:
    began = time.perf_counter()
    there.request("GET", path)
    answer = there.getresponse()
    answer.read()
    if answer.status != 200:
        raise ValueError(f"{path}: {answer.status}")
    return (time.perf_counter() - began) * 1000


def table(rows: Sequence[Timed]) -> Iterator[str]:
    """The index at three sizes, and how each figure grows with the size."""
    yield "| offers | building, CPU s | memory, MB | a changed offer, CPU s | p50, CPU ms | p95, CPU ms |"
    yield "|---:|---:|---:|---:|---:|---:|"
    figures = [_figures(row) for row in rows]
    for row, told in zip(rows, figures, strict=True):
        yield f"| {row.offers:,} | {' | '.join(f'{one:.2f}' for one in told)} |"
    apart = math.log(rows[-1].offers / rows[0].offers)
    grows = [
        math.log(max(last, 1e-3) / max(first, 1e-3)) / apart
        for first, last in zip(figures[0], figures[-1], strict=True)
    ]
    yield f"| exponent | {' | '.join(f'{one:.2f}' for one in grows)} |"


def _figures(row: Timed) -> tuple[float, ...]:
    at = at_share(row.questions, 0.5), at_share(row.questions, 0.95)
    return row.building, row.megabytes, row.changing, *at
