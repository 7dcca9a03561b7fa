"""A term whose label is a sentence, and what stands in its blanks, as a phrase to be read aloud."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import TypeAlias

from brobygger.engine.words import Phrase, Term, Word

Blank: TypeAlias = date | Term | tuple[Term, ...]
SayDay: TypeAlias = Callable[[date], Word]


def phrase(sentence: Term, blanks: Mapping[str, Blank], say_day: SayDay) -> Phrase:
    """The page knows how a day is spoken ("i morgen"), the rules only know which day it is.

    `say_day` is given a datetime where an hour was agreed too.
    """
    return Phrase(sentence.label, {name: _word(blank, say_day) for name, blank in blanks.items()})


def _word(blank: Blank, say_day: SayDay) -> Word:
    if isinstance(blank, date):
        return say_day(blank)
    return _listed(blank) if isinstance(blank, tuple) else Phrase(blank.label)


def _listed(terms: tuple[Term, ...]) -> Phrase:
    words = {f"word{n}": Phrase(term.label) for n, term in enumerate(terms)}
    return Phrase(", ".join(f"%({name})s" for name in words), words)
