"""Our taxonomy of needs: some sixty subjects under the house's themes, and the everyday words for each.

The words are ours, in Danish, English and Arabic (`needs.csv`, awaiting a native reader's eye on the Arabic).
Each subject tells its nearest term of Open Eligibility (number) and data.inclusion (thématique).
"""

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from brobygger.engine.search import Lexicon, Subject
from brobygger.offers.terms import Theme

VERSION = "2026-11"


@dataclass(frozen=True, slots=True)
class NeedSubject:
    """One subject: its code, theme, names, and its nearest terms elsewhere ("" where there is none)."""

    code: str
    theme: Theme
    danish: str
    english: str
    open_eligibility: str
    data_inclusion: str
    phrases: tuple[str, ...]


@cache
def subjects() -> tuple[NeedSubject, ...]:
    told = (files("brobygger.offers") / "needs.csv").read_text(encoding="utf-8")
    return tuple(
        NeedSubject(
            code=row["code"],
            theme=Theme(row["theme"]),
            danish=row["danish"],
            english=row["english"],
            open_eligibility=row["open_eligibility"],
            data_inclusion=row["data_inclusion"],
            phrases=tuple(
                phrase for name in ("words_da", "words_en", "words_ar") for phrase in row[name].split("|")
            ),
        )
        for row in csv.DictReader(told.splitlines(), delimiter=";")
    )


@cache
def lexicon() -> Lexicon:
    """The words of every subject; a subject's group is its theme."""
    return Lexicon(tuple(Subject(one.code, one.theme.value, one.phrases) for one in subjects()))
