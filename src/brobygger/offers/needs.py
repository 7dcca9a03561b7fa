"""Our taxonomy of needs: some sixty subjects under the house's themes, and the everyday words for each.

The words are ours, in Danish, English and Arabic (`needs.csv`, awaiting a native reader's eye on the Arabic).
Each subject tells its nearest term of Open Eligibility (number) and data.inclusion (thématique). A code never
gets another meaning. What changes gets a new VERSION; `/tilbud/behov/` shows and gives out the one in force.
"""

import csv
import io
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from brobygger.engine.search import Lexicon, Subject
from brobygger.offers.terms import Theme

VERSION = "2026-11"
COLUMNS = ("version", "code", "theme", "danish", "english", "arabic", "open_eligibility", "data_inclusion")


@dataclass(frozen=True, slots=True)
class NeedSubject:
    """One subject: its code, theme, names, and its nearest terms elsewhere ("" where there is none)."""

    code: str
    theme: Theme
    danish: str
    english: str
    arabic: str
    open_eligibility: str
    data_inclusion: str
    phrases: tuple[str, ...]


@cache
def subjects() -> tuple[NeedSubject, ...]:
    return tuple(
        NeedSubject(
            code=row["code"],
            theme=Theme(row["theme"]),
            danish=row["danish"],
            english=row["english"],
            arabic=row["words_ar"].partition("|")[0],
            open_eligibility=row["open_eligibility"],
            data_inclusion=row["data_inclusion"],
            phrases=_phrases(row, "danish", "english", "words_da", "words_en", "words_ar"),
        )
        for row in _rows("needs")
    )


def as_csv() -> str:
    """The list with its version, as a table to take along; `;` between the columns."""
    lines = io.StringIO()
    table = csv.writer(lines, delimiter=";", lineterminator="\r\n")
    table.writerow(COLUMNS)
    table.writerows((VERSION, *(getattr(one, name) for name in COLUMNS[1:])) for one in subjects())
    return lines.getvalue()


@cache
def by_code() -> dict[str, NeedSubject]:
    return {one.code: one for one in subjects()}


@cache
def everyday() -> tuple[Subject, ...]:
    """Everyday words for the same thing, finer than a subject: football is fodbold. They have no group."""
    return tuple(
        Subject(f"w:{row['code']}", "", _phrases(row, "da", "en", "ar")) for row in _rows("everyday")
    )


@cache
def lexicon() -> Lexicon:
    """The words of every subject, whose group is its theme, and the everyday words for the same."""
    needs = tuple(Subject(one.code, one.theme.value, one.phrases) for one in subjects())
    return Lexicon(needs + everyday())


def _rows(name: str) -> list[dict[str, str]]:
    told = (files("brobygger.offers") / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(told.splitlines(), delimiter=";"))


def _phrases(row: dict[str, str], *columns: str) -> tuple[str, ...]:
    return tuple(phrase for column in columns for phrase in row[column].split("|") if phrase)
