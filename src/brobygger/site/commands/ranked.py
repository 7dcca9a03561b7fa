"""How well the directory is searched, beside its peers on the same texts. `bench_search` runs it."""

import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

import django
import psycopg

from brobygger.foundation import dburl
from brobygger.site.commands import judged, search_speed
from brobygger.site.commands.bench_web import TABLE as WEB_TABLE
from brobygger.site.commands.bench_web import at_share, machine
from brobygger.site.commands.judged import Judged, Question
from brobygger.site.commands.voice import Voice

TABLE = WEB_TABLE.with_name("search.md")


@dataclass(frozen=True, slots=True)
class Row:
    """One ranker over the questions of one directory. `gains` and `precisions` by question."""

    directory: str
    ranker: str
    gains: tuple[float, ...]
    precisions: tuple[float, ...]


def main() -> int:
    """Measure, print the tables, and write them down. 1 if a peer is as good anywhere."""
    django.setup()
    say, before = Voice(), os.getloadavg()[0]
    told: list[tuple[Judged, list[Row]]] = []
    with psycopg.connect(os.environ[dburl.OWNER], autocommit=True) as there:
        for one in judged.all_judged():
            say(f"{one.name}: {len(one.questions)} spørgsmål")
            told.append((one, list(_asked(one, there))))
    sizes = [search_speed.index_at(size) for size in search_speed.SIZES]
    written = page(told, machine(before)) + speed(sizes, json.load(sys.stdin))
    print(f"\n{written}")
    if TABLE.parents[2].joinpath("pyproject.toml").exists():
        TABLE.write_text(written)
        say(f"Skrevet i {TABLE.relative_to(TABLE.parents[2])}.")
    return 1 if any(_lead(rows)[1] <= 0 for _, rows in told) else 0


def _asked(one: Judged, there: psycopg.Connection[tuple[object, ...]]) -> Iterator[Row]:
    from brobygger.site.commands import rankers  # needs Django, which is ready only now

    for name, ranker in rankers.rankers(one, there).items():
        found = [() if ranker is None else ranker(question.words) for question in one.questions]
        pairs = list(zip(one.questions, found, strict=True))
        if ranker is not None:
            yield Row(
                one.name,
                name,
                tuple(judged.gain(question, keys) for question, keys in pairs),
                tuple(judged.precision(question, keys) for question, keys in pairs),
            )


def _lead(rows: Sequence[Row]) -> tuple[Row, float, float, float]:
    """The best peer; how far we lead it in nDCG, and the 95 % interval of that."""
    first, *peers = rows
    best = max(peers, key=lambda row: fmean(row.gains))
    differences = [ours - theirs for ours, theirs in zip(first.gains, best.gains, strict=True)]
    low, high = judged.interval(differences)
    return best, fmean(differences), low, high


def page(told: Sequence[tuple[Judged, Sequence[Row]]], where: str) -> str:
    """The tables as a page of the documentation."""
    lines = [HEAD.format(day=date.today(), where=where)]  # noqa: DTZ011
    for one, rows in told:
        lines += [f"## {one.name}", "", _about(one), "", "| ranker | P@10 | nDCG@10 |", "|---|---:|---:|"]
        lines += [f"| {row.ranker} | {fmean(row.precisions):.3f} | {fmean(row.gains):.3f} |" for row in rows]
        best, lead, low, high = _lead(rows)
        lines += [
            "",
            f"Lead over {best.ranker} in nDCG@10: {lead:+.3f} (95 %: {low:+.3f} to {high:+.3f}).",
            "",
        ]
        lines += [*_by_kind(one.questions, {row.ranker: row.gains for row in rows}), ""]
    return "\n".join(lines)


def _about(one: Judged) -> str:
    tuned = "Held out: nothing was tuned on it." if one.is_held_out else "Used for tuning."
    return f"{len(one.documents)} offers, {len(one.questions)} questions. {tuned}"


def _by_kind(questions: Sequence[Question], gains: Mapping[str, Sequence[float]]) -> Iterator[str]:
    """nDCG@10 by kind of question."""
    yield f"| kind | questions | {' | '.join(gains)} |"
    yield f"|---|{'---:|' * (len(gains) + 1)}"
    for kind in dict.fromkeys(question.kind for question in questions):
        at = [place for place, question in enumerate(questions) if question.kind == kind]
        means = [f"{fmean(one[place] for place in at):.3f}" for one in gains.values()]
        yield f"| {kind} | {len(at)} | {' | '.join(means)} |"


def speed(sizes: Sequence[search_speed.Timed], pages: Sequence[float]) -> str:
    """How quickly, as the last part of the page."""
    lines = ["## How quickly", "", SPEED, "", *search_speed.table(sizes), ""]
    if pages:
        p50, p95 = at_share(pages, 0.5), at_share(pages, 0.95)
        lines += [PAGES.format(many=len(pages), p50=p50, p95=p95), ""]
    return "\n".join(lines)


SPEED = """The index in one process, on texts put together from the judged directories, asked every judged
question. It is built once in each web process, before the first visitor; a changed offer is read again alone.
Memory is what the process grew by."""
PAGES = """The public page `/tilbud/?q=…` over HTTP on one connection, in a demo with 20,000 made offers
imported, {many} of the judged questions: p50 {p50:.0f} ms, p95 {p95:.0f} ms."""
HEAD = """# How well the directory is searched

Written by `brobygger bench search` on {day}: P@10 and nDCG@10 (gains 3 and 1) of our ranking and its peers,
in the same run over the same texts. Where the questions and labels come from, what is hidden from every
ranker, and what is held out: `tests/data/judged/SOURCE.md`. The HSDS mock has one service: nothing to rank.
Themes, which the product also uses, are hidden here, so that texts alone are compared. P@10 counts out of
ten also where fewer than ten offers answer the question, so that its ceiling lies below 1.

{where}
"""


if __name__ == "__main__":
    raise SystemExit(main())
