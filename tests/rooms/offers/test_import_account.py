"""Whatever the rows say: nothing falls over, and every row is saved or reported."""

from collections import Counter
from datetime import date

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

CORE = ("organization", "service", "location")
IDS = st.sampled_from(["a", "b", "c"])
SAID = st.one_of(
    st.sampled_from(
        [
            "a",
            "b",
            "c",
            "Gratis",
            "50 kr.",
            "12",
            "55,7",
            "MO,TU",
            "Monday",
            "9:00",
            "17:00",
            "WEEKLY",
            "active",
        ]
        + [
            "man-fre 9-17",
            "Monday: 9:00-5:00",
            "2400",
            "2020-01-01",
            "DKK",
            "ar",
            "post@esse.invalid",
            "-1",
            "NaN",
        ]
    ),
    st.text(min_size=1, max_size=12).map(cleaned).filter(bool),
)


def rows_of(table: Table) -> st.SearchStrategy[list[dict[str, str]]]:
    columns = st.sampled_from(sorted(table.columns))
    ties = sorted(column for column in table.columns if column == "id" or column.endswith("_id"))
    always = {"id": IDS, "name": SAID, "organization_id": IDS} if table.name in CORE else {}
    tied = st.fixed_dictionaries(always, optional={tie: IDS for tie in ties if tie not in always})
    row = st.builds(lambda told, ids: told | ids, st.dictionaries(columns, SAID, max_size=6), tied)
    return st.lists(row.filter(bool), max_size=4)


DIRECTORIES = st.fixed_dictionaries({table.name: rows_of(table) for table in TABLES})


def book_of(told: dict[str, list[dict[str, str]]]) -> Book:
    source = Source("katalog", "")
    for table in TABLES:
        for number, values in enumerate(told[table.name], 2):
            row = Row(table.counted_as, {**table.fixed, **values}, f"{table.name}.csv:{number}")
            source.rows.extend(week_rows(row))
    source.came = Counter(row.table for row in source.rows)
    return shaped(source, today=date(2026, 11, 24))


@pytest.mark.feature("OFF-07")
@settings(max_examples=150, deadline=None)
@given(DIRECTORIES)
def test_any_rows_at_all_are_accounted_for(told):
    book = book_of(told)

    drafts = [book.organisations, book.locations, book.offers, book.links, book.phones, book.schedules]
    known = {
        "organisation": book.organisations | book.stand_ins,
        "offer": book.offers,
        "location": book.locations,
    }
    for draft in (draft for kind in drafts for draft in kind.values()):
        assert all(key in known[kind] for kind, key in draft.ties.values())
        assert len(draft.source_id) <= 200
    assert all(offer.values["name"] for offer in book.offers.values())
    assert all(finding.what() for finding in book.findings)


@settings(max_examples=30, deadline=None)
@given(DIRECTORIES)
def test_the_same_rows_make_the_same_book(told):
    one, other = book_of(told), book_of(told)

    assert (one.offers, one.schedules, one.findings) == (other.offers, other.schedules, other.findings)
