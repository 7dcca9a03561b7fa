"""Whatever the rows say: nothing falls over, and every row is saved or reported."""

from collections import Counter
from datetime import date
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brobygger.offers.importing.book import Book
from brobygger.offers.importing.rows import Row
from brobygger.offers.importing.shaping import shaped
from brobygger.offers.importing.source import Source
from brobygger.offers.importing.texts import cleaned
from brobygger.offers.importing.vocabulary import TABLES, Table
from brobygger.offers.importing.weeks import week_rows

pytestmark = pytest.mark.slow  # any rows at all, hundreds of times

CORE = ("organization", "service", "location")
IDS = ("a", "b", "c")
COMMON = """a|b|c|Gratis
50 kr.|12|55,7|MO,TU|Monday|9:00|17:00|WEEKLY|active|man-fre 9-17|Monday: 9:00-5:00|2400
2020-01-01|DKK|ar|post@esse.invalid|-1|NaN""".replace("\n", "|").split("|")
EVERY_SIGN = (range(0x20, 0xD800), range(0x20, 0x180), range(0xE000, 0x110000))


def said(draw: Random) -> str:
    """What a cell may hold: something usual, or up to twelve signs of any alphabet."""
    if draw.random() < 0.5:
        return draw.choice(COMMON)
    signs = draw.choice(EVERY_SIGN)
    return cleaned("".join(chr(draw.choice(signs)) for _ in range(draw.randint(1, 12)))) or "a"


def row_of(table: Table, draw: Random) -> dict[str, str]:
    columns = sorted(table.columns)
    told = {draw.choice(columns): said(draw) for _ in range(draw.randint(0, 6))}
    for tie in columns:
        if (tie == "id" or tie.endswith("_id")) and draw.random() < 0.5:
            told[tie] = draw.choice(IDS)
    if table.name in CORE:
        told |= {"id": draw.choice(IDS), "name": said(draw), "organization_id": draw.choice(IDS)}
    return told or {columns[0]: said(draw)}


def directory_of(seed: int) -> dict[str, list[dict[str, str]]]:
    """Up to four rows of every table. Drawn by a seed: Hypothesis takes 60 ms for what this does in one."""
    draw = Random(seed)
    return {table.name: [row_of(table, draw) for _ in range(draw.randint(0, 4))] for table in TABLES}


DIRECTORIES = st.integers(0, 2**64 - 1).map(directory_of)


def book_of(told: dict[str, list[dict[str, str]]]) -> Book:
    source = Source("katalog", "")
    for table in TABLES:
        for number, values in enumerate(told[table.name], 2):
            row = Row(table.counted_as, {**table.fixed, **values}, f"{table.name}.csv:{number}")
            source.rows.extend(week_rows(row))
    source.came = Counter(row.table for row in source.rows)
    return shaped(source, today=date(2026, 11, 24))


@pytest.mark.feature("OFF-07")
@settings(max_examples=1_000, deadline=None)
@given(DIRECTORIES)
def test_any_rows_at_all_are_accounted_for(told):
    book = book_of(told)

    drafts = [book.organisations, book.locations, book.offers, book.links, book.phones, book.schedules]
    drafts += book.details.values()
    known = book.details | {
        "offer_at_location": book.links,
        "phone": book.phones,
        "organisation": book.organisations | book.stand_ins,
        "offer": book.offers,
        "location": book.locations,
    }
    for draft in (draft for kind in drafts for draft in kind.values()):
        assert all(key in known[kind] for kind, key in draft.ties.values())
        assert len(draft.source_id) <= 200
    assert all(offer.values["name"] for offer in book.offers.values())
    assert all(finding.what() for finding in book.findings)


@settings(max_examples=200, deadline=None)
@given(DIRECTORIES)
def test_the_same_rows_make_the_same_book(told):
    one, other = book_of(told), book_of(told)

    assert (one.offers, one.schedules, one.findings) == (other.offers, other.schedules, other.findings)
