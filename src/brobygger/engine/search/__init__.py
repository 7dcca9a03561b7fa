"""Finding texts by what people write, however they write it. Pure: texts in, keys and reasons out.

Its three words: a *sign* is what the index keeps of a word (its stem, a part of it, a subject it names);
a *reading* is one way of understanding a word that somebody wrote, and how sure that is; *covered* is how
much of what was asked a text answers. Who knocks: `offers.finding`.

The order is BM25 over several fields (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"),
with the readings' surety as weights. Nothing is learned from anybody: same texts, same words, same order.
"""

from brobygger.engine.search.index import Index
from brobygger.engine.search.lexicon import Lexicon, Subject
from brobygger.engine.search.searching import Answer, Because, Hit, search
from brobygger.engine.search.texts import Text

__all__ = ["Answer", "Because", "Hit", "Index", "Lexicon", "Subject", "Text", "search"]
