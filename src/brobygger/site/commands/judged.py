"""Directories with questions, and what should be found for each: `tests/data/judged/SOURCE.md` says whose."""

import csv
import math
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias
from zlib import crc32

DATA = Path(__file__).resolve().parents[4] / "tests" / "data"
FEW = 5  # categories at most for a service that is mainly about each of them
DEPTH = 10
FIELDS = ("name", "alternate_name", "organisation", "description", "eligibility", "way_in")

Row: TypeAlias = dict[str, str]


@dataclass(frozen=True, slots=True)
class Document:
    """One service as every ranker sees it: its texts in the order of `FIELDS`. What labels it is not here."""

    key: str
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """`grades`: 2 or 1 by document, for what should be found."""

    words: str
    kind: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Judged:
    """One directory and its questions. `language` as PostgreSQL names it; `is_held_out`: never tuned on."""

    name: str
    language: str
    is_held_out: bool
    documents: tuple[Document, ...]
    questions: tuple[Question, ...]


def all_judged() -> Iterator[Judged]:
    """Every judged directory; the Danish one in its two halves."""
    documents, questions = _smedetoften()
    for is_held_out, part in ((False, "tuned"), (True, "held out")):
        some = tuple(one for one in questions if (crc32(one.words.encode()) % 2 == 1) == is_held_out)
        yield Judged(f"Smedetoften, {part}", "danish", is_held_out, documents, some)
    yield _labelled("Ohana", "ohana", *_ohana(), is_held_out=False)
    yield _labelled("Florida", "florida", *_florida(), is_held_out=True)
    yield _labelled("Illinois", "illinois", *_illinois(), is_held_out=True)


def _smedetoften() -> tuple[tuple[Document, ...], list[Question]]:
    houses = {row["key"]: row["organisation"] for row in sample_rows("places")}
    names = {row["key"]: row["name"] for row in sample_rows("organisations")}
    documents = tuple(
        Document(
            row["name"],
            (row["name"], "", names[row["by"] or houses[row["place"]]], row["description"], "", ""),
        )
        for row in sample_rows("offers")
    )
    return documents, [
        Question(
            one["query"],
            one["kind"],
            dict.fromkeys(_told(one["good"]), 1) | dict.fromkeys(_told(one["best"]), 2),
        )
        for one in _read(DATA / "judged" / "smedetoften.csv", delimiter=";")
    ]


def sample_rows(name: str) -> list[Row]:
    told = (files("brobygger.site") / "sample" / f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(told.splitlines(), delimiter=";"))


def _told(listed: str, by: str = "|") -> list[str]:
    return [one.strip() for one in listed.split(by) if one.strip()]


def _read(path: Path, delimiter: str = ",") -> list[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=delimiter))


Labels: TypeAlias = dict[str, list[str]]  # the categories of each document


def _labelled(
    name: str, file: str, documents: Sequence[Document], labels: Labels, *, is_held_out: bool
) -> Judged:
    questions = []
    for one in _read(DATA / "judged" / f"{file}.csv", delimiter=";"):
        asked = set(_told(one["codes"]))
        grades = {
            key: 2 if len(told) <= FEW else 1 for key, told in labels.items() if not asked.isdisjoint(told)
        }
        questions.append(Question(one["query"], one["kind"], grades))
    return Judged(name, "english", is_held_out, tuple(documents), tuple(questions))


def _ohana() -> tuple[list[Document], Labels]:
    folder = DATA / "directories" / "ohana-sample"
    owners = {row["id"]: row["name"] for row in _read(folder / "organizations.csv")}
    owner_of = {row["id"]: owners[row["organization_id"]] for row in _read(folder / "locations.csv")}
    services = _read(folder / "services.csv")
    documents = [
        Document(
            row["id"],
            (
                row["name"],
                row["alternate_name"],
                owner_of[row["location_id"]],
                row["description"],
                f"{row['audience']} {row['eligibility']}",
                row["application_process"],
            ),
        )
        for row in services
    ]
    return documents, {row["id"]: _told(row["keywords"], ",") for row in services}


def _florida() -> tuple[list[Document], Labels]:
    services = _read(DATA / "directories" / "florida-legal" / "services.csv")
    documents = [
        Document(
            row["service_uuid"],
            (
                row["service_name"],
                row["service_alternate_name"],
                row["organization_name"],
                row["service_description"],
                "",
                "",
            ),
        )
        for row in services
    ]
    return documents, {row["service_uuid"]: _told(row["service_problem_codes"], ";") for row in services}


def _illinois() -> tuple[list[Document], Labels]:
    folder = DATA / "directories" / "ilao-illinois" / "input"
    owners = {row["Organization ID"]: row["Title"] for row in _read(folder / "organizations.csv")}
    services = _read(folder / "services.csv")
    documents = [
        Document(
            row["Services-ID"],
            (
                row["Title"],
                "",
                owners.get(row["Organization ID"], ""),
                row["Service type"],
                "",
                row["Application process"],
            ),
        )
        for row in services
    ]
    column = "An individual must be one of these to qualify"
    return documents, {row["Services-ID"]: _told(row[column], "\n") for row in services}


def gain(question: Question, found: Sequence[str]) -> float:
    """nDCG@10 with gains 2^grade - 1 (Järvelin and Kekäläinen 2002; Burges 2005).

    >>> one = Question("", "", {"a": 2, "b": 1})
    >>> gain(one, ["a", "b"]), gain(one, []), round(gain(one, ["b", "a"]), 3)
    (1.0, 0.0, 0.797)
    """
    best = _discounted(sorted(question.grades.values(), reverse=True))
    return _discounted([question.grades.get(key, 0) for key in found]) / best if best else 0.0


def _discounted(grades: Sequence[int]) -> float:
    return sum((2.0**grade - 1) / math.log2(at + 2) for at, grade in enumerate(grades[:DEPTH]))


def precision(question: Question, found: Sequence[str]) -> float:
    """P@10: how many of the first ten answer the question; fewer than ten found count as wrong ones.

    >>> precision(Question("", "", {"a": 2}), ["a", "b"])
    0.1
    """
    return sum(key in question.grades for key in found[:DEPTH]) / DEPTH


def interval(differences: Sequence[float], draws: int = 2000) -> tuple[float, float]:
    """The mean's 95 % bootstrap interval over questions; the seed is fixed.

    >>> interval([0.25] * 8)
    (0.25, 0.25)
    """
    chance = random.Random(20261124)  # noqa: S311
    many = len(differences)
    means = sorted(sum(chance.choices(differences, k=many)) / many for _ in range(draws))
    return means[int(draws * 0.025)], means[int(draws * 0.975)]


Ranker: TypeAlias = Callable[[str], Sequence[str]]  # words -> keys, best first
