"""Our ranking and its peers over the same texts, for `brobygger bench search`.

Peers are as good as their manuals make them: with stemming and stop words, and PostgreSQL also with "or".
"""

import re
from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

import psycopg
import snowballstemmer

from brobygger.engine.search import Index, Text, search
from brobygger.offers.indexed import WEIGHTS
from brobygger.offers.needs import lexicon
from brobygger.site.commands.judged import DEPTH, Document, Judged, Ranker

PLAIN, STEMMED = "BM25 (rank-bm25)", "BM25, stemmed (bm25s)"
ALL_OF, ANY_OF = "PostgreSQL, all words", "PostgreSQL, any word"
OURS = "ours"
# Those of Snowball (BSD), the list that PostgreSQL uses too.
DANISH_STOP_WORDS = """
og i jeg det at en den til er som på de med han af for ikke der var mig sig men et har om vi min havde
ham hun nu over da fra du ud sin dem os op man hans hvor eller hvad skal selv her alle vil blev kunne
ind når være dog noget ville jo deres efter ned skulle denne end dette mit også under have dig anden
hende mine alt meget sit sine vor mod disse hvis din nogle hos blive mange ad bliver hendes været thi jer
sådan
"""


def index_of(documents: Sequence[Document]) -> Index[str]:
    """The product's own index, with the product's own weights."""
    weights = tuple(WEIGHTS.values())
    order = tuple(WEIGHTS)
    assert order[:4] == ("name", "alternate_name", "organisation__name", "description")
    return Index.of(
        [Text(one.key, tuple(zip(weights, one.texts, strict=True))) for one in documents], lexicon()
    )


def ours(judged: Judged) -> Ranker:
    index = index_of(judged.documents)
    return lambda words: search(words, index).keys[:DEPTH]


def whole(one: Document) -> str:
    return " ".join(one.texts)


def rank_bm25(judged: Judged) -> Ranker:
    """BM25Okapi over lower-cased words, as its readme shows."""
    model = import_module("rank_bm25").BM25Okapi([_words(whole(one)) for one in judged.documents])
    keys = [one.key for one in judged.documents]

    def ranked(words: str) -> list[str]:
        scores = model.get_scores(_words(words))
        order = sorted(range(len(keys)), key=lambda at: -scores[at])
        return [keys[at] for at in order[:DEPTH] if scores[at] > 0]

    return ranked


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def bm25s(judged: Judged) -> Ranker:
    """BM25 (Lucene's formula) with the language's Snowball stemmer and stop words."""
    module = import_module("bm25s")
    stemmer = snowballstemmer.stemmer(judged.language)
    stop = "english" if judged.language == "english" else re.findall(r"\w+", DANISH_STOP_WORDS)

    def split(texts: Sequence[str]) -> Any:
        return module.tokenize(
            list(texts), stopwords=stop, stemmer=stemmer.stemWords, show_progress=False, return_ids=False
        )

    model = module.BM25()
    model.index(split([whole(one) for one in judged.documents]), show_progress=False)
    keys = [one.key for one in judged.documents]

    def ranked(words: str) -> list[str]:
        asked = split([words])
        if not asked[0]:
            return []
        rows, scores = model.retrieve(asked, k=min(DEPTH, len(keys)), show_progress=False)
        return [keys[row] for row, score in zip(rows[0], scores[0], strict=True) if score > 0]

    return ranked


class Postgres:
    """PostgreSQL's own full text: weights A to D, `ts_rank_cd`. The table is temporary."""

    def __init__(self, judged: Judged, connection: psycopg.Connection[Any]) -> None:
        self._cursor, self._language = connection.cursor(), judged.language
        self._cursor.execute("DROP TABLE IF EXISTS pg_temp.texts")
        self._cursor.execute("CREATE TEMP TABLE texts (at int, key text, words tsvector)")
        letters = "ABBCDD"
        vector = " || ".join(f"setweight(to_tsvector(%s::regconfig, %s), '{letter}')" for letter in letters)
        rows = [
            (at, one.key, *(part for text in one.texts for part in (judged.language, text)))
            for at, one in enumerate(judged.documents)
        ]
        self._cursor.executemany(f"INSERT INTO texts VALUES (%s, %s, {vector})", rows)  # noqa: S608
        self._cursor.execute("CREATE INDEX ON texts USING gin (words)")

    def all_of(self, words: str) -> list[str]:
        return self._asked("websearch_to_tsquery(%s::regconfig, %s)", words)

    def any_of(self, words: str) -> list[str]:
        return self._asked(
            "CAST(replace(plainto_tsquery(%s::regconfig, %s)::text, '&', '|') AS tsquery)", words
        )

    def _asked(self, form: str, words: str) -> list[str]:
        self._cursor.execute(
            f"SELECT key FROM texts, (SELECT {form} AS asked) AS question WHERE words @@ asked "  # noqa: S608
            f"ORDER BY ts_rank_cd(words, asked) DESC, at LIMIT {DEPTH}",
            (self._language, words),
        )
        return [row[0] for row in self._cursor.fetchall()]


def rankers(judged: Judged, connection: psycopg.Connection[Any]) -> Mapping[str, Ranker | None]:
    """By name; None for a peer that is not installed."""
    full_text = Postgres(judged, connection)
    return {
        OURS: ours(judged),
        PLAIN: _if_there("rank_bm25", rank_bm25, judged),
        STEMMED: _if_there("bm25s", bm25s, judged),
        ALL_OF: full_text.all_of,
        ANY_OF: full_text.any_of,
    }


def _if_there(module: str, make: Any, judged: Judged) -> Ranker | None:
    try:
        import_module(module)
    except ModuleNotFoundError:
        return None
    made: Ranker = make(judged)
    return made
