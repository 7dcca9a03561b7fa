"""Whom the directory has nothing for, and which rules keep them out (MAT-08), through the door (STA-01)."""

import csv
from io import StringIO
from typing import Any

import numpy as np
import pytest
from django.test import Client

from brobygger.engine.disclosure.values import Dimension, Protected
from brobygger.foundation.audit import AuditRow
from brobygger.foundation.scope import organisation_scope
from brobygger.offers.models import Neighbourhood, Offer
from brobygger.offers.terms import CapacityKind, Theme
from brobygger.statistics.door import Line, Sheet
from tests.engine.disclosure.attacker import intervals
from tests.people import HOUSE, NOW, Cast
from tests.rooms.statistics.many import residents

pytestmark = [pytest.mark.django_db, pytest.mark.feature("MAT-08")]


@pytest.fixture
def full(cast: Cast) -> Cast:
    """Twelve manage only in Arabic and twenty in Danish; the three debt counsellors speak only Danish."""
    with organisation_scope(HOUSE):
        for name in ("Gæld i kirken", "Gæld i huset", "Gæld på nettet"):
            offered(cast, name)
        residents(cast, 12, theme=Theme.DEBT, languages=["ar"], birth_year=1980, gender="woman")
        residents(cast, 20, theme=Theme.DEBT, languages=["da"], birth_year=1980, gender="man")
        residents(cast, 3, theme=Theme.DEBT, languages=["ti"], birth_year=2010, gender="man")
        residents(cast, 3, theme=Theme.DEBT, languages=["so"], birth_year=1950, gender="man")
    return cast


def offered(cast: Cast, name: str) -> Offer:
    return Offer.objects.create(
        organisation=cast.club,
        name=name,
        themes=[Theme.DEBT],
        languages=["da"],
        minimum_age=0,
        areas=[],
        price=0,
        by_arrangement=True,
        capacity_kind=CapacityKind.OPEN_DOOR,
    )


@pytest.fixture
def torben(as_member: Any, full: Cast) -> Client:
    client: Client = as_member(full.torben)
    return client


def sheet(answer: Any, key: str) -> Sheet:
    return next(one for one in answer.context["sheets"] if one.key == key)


def line(answer: Any, key: str, group: str) -> Line:
    return next(one for one in sheet(answer, key).lines if one.key == group)


def test_a_gap_is_found_and_stands_out(torben: Client):
    answer = torben.get("/tal/mangler/")

    arabic = line(answer, "language", "ar")
    assert arabic.rate == "uden tilbud 100 % (ukendt 0 %, n=12)"
    assert arabic.is_worse
    assert "Flere end blandt alle" in answer.content.decode()


@pytest.mark.slow
def test_those_who_get_as_much_as_others_do_not_stand_out(torben: Client):
    assert not line(torben.get("/tal/mangler/"), "language", "da").is_worse


@pytest.mark.slow
def test_a_gap_leads_to_the_rules_that_exclude_and_to_no_person(torben: Client):
    answer = torben.get("/tal/mangler/language/ar/")

    assert [one.name for one in answer.context["behind"].obstacles] == ["Sproget"]
    for told in ("Gæld i kirken", "Gæld i huset", "Dansk", "n=12"):
        assert told in answer.content.decode()
    assert "Fiktiv" not in answer.content.decode()


@pytest.mark.slow
def test_a_rule_that_stops_fewer_than_five_is_not_told(torben: Client, full: Cast):
    with organisation_scope(HOUSE):
        Offer.objects.filter(name="Gæld i huset").update(languages=["pl"], minimum_age=60)
        residents(full, 6, theme=Theme.DEBT, languages=["pl"])
        residents(full, 4, theme=Theme.DEBT, languages=["pl"], birth_year=1990)

    obstacles = torben.get("/tal/mangler/language/pl/").context["behind"].obstacles

    assert [one.name for one in obstacles] == ["Sproget"]


@pytest.mark.slow
def test_groups_with_fewer_than_five_are_put_together_and_told_of_by_no_name(torben: Client):
    answer = torben.get("/tal/mangler/")

    assert "tigrinya" not in answer.content.decode().lower()
    assert [one.key for one in sheet(answer, "language").lines] == ["da", "ar", "rest", ""]


@pytest.mark.feature("STA-01")
def test_no_count_under_five_is_shown_anywhere(torben: Client):
    counts = [
        count
        for each in torben.get("/tal/mangler/").context["sheets"]
        for one in each.lines
        for _head, count in one.cells
    ]

    assert not {1, 2, 3, 4} & set(counts)
    assert None in counts


@pytest.mark.slow
@pytest.mark.feature("STA-01")
def test_an_area_with_fewer_than_a_hundred_residents_has_no_line(torben: Client, full: Cast):
    with organisation_scope(HOUSE):
        small = Neighbourhood.objects.create(name="Lillegården", easting=1, northing=1)
        large = Neighbourhood.objects.create(name="Storgården", easting=1, northing=1)
        residents(full, 99, theme=Theme.DEBT, languages=["da"], home=small)
        residents(full, 100, theme=Theme.DEBT, languages=["da"], home=large)

    names = [one.name for one in sheet(torben.get("/tal/mangler/"), "area").lines]

    assert "Storgården" in names
    assert "Lillegården" not in names


@pytest.mark.slow
@pytest.mark.feature("STA-04")
def test_every_share_is_told_with_what_is_unknown_and_its_base(torben: Client):
    rates = [one.rate for each in torben.get("/tal/mangler/").context["sheets"] for one in each.lines]

    assert [rate for rate in rates if "(ukendt " not in rate or "n" not in rate.split("(")[1]] == []


@pytest.mark.slow
def test_a_group_that_is_not_in_the_table_has_nothing_behind_it(torben: Client):
    asked = ("language/ti", "language/rest", "language/xx", "age/teen", "street/1")

    assert {torben.get(f"/tal/mangler/{one}/").status_code for one in asked} == {404}


@pytest.mark.slow
@pytest.mark.feature("STA-01")
def test_the_file_holds_what_the_page_shows_and_leaves_a_line_in_the_trail(torben: Client):
    answer = torben.get("/tal/mangler/mangler.csv")

    text = answer.content.decode()
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert text.startswith("\ufeff")
    assert [row for row in rows if row[:1] == ["arabisk"]][0][-1] == "uden tilbud 100 % (ukendt 0 %, n=12)"
    with organisation_scope(HOUSE):
        assert AuditRow.objects.filter(act="numbers:exported").count() == 1


@pytest.mark.slow
def test_a_house_without_needs_sees_an_empty_page(as_member: Any, cast: Cast):
    with organisation_scope(HOUSE):
        cast.need.__class__.objects.all().update(closed_at=NOW, outcome="unknown")

    assert "Her er ikke noget at tælle endnu" in as_member(cast.torben).get("/tal/mangler/").content.decode()


@pytest.mark.slow
def test_the_page_is_for_leaders(as_member: Any, full: Cast):
    assert as_member(full.maja).get("/tal/mangler/").status_code == 404


@pytest.mark.slow
def test_the_page_asks_the_database_little(torben: Client, django_assert_max_num_queries: Any):
    torben.get("/tal/mangler/")

    with django_assert_max_num_queries(12):
        torben.get("/tal/mangler/")


@pytest.mark.slow
@pytest.mark.feature("STA-01")
def test_an_attacker_who_has_the_file_works_out_nobody(torben: Client, full: Cast):
    """The whole way: what left as a file is read back and attacked, table by table and all together."""
    with organisation_scope(HOUSE):
        for n, gender in enumerate(["woman", "man", ""] * 9):
            language = [["da"], ["ar"], ["pl"], None][n % 4]
            birth = [2015, 2010, 2000, 1970, 1940, None][n % 6]
            residents(full, n % 4, theme=Theme.DEBT, languages=language, birth_year=birth, gender=gender)

    tables = _read_back(torben.get("/tal/mangler/mangler.csv").content.decode())
    found = intervals(tables)

    assert len(found) > 10
    assert [one for one in found if one.high - one.low < 1 or (one.low >= 1 and one.high < 5)] == []


def _read_back(text: str) -> list[Protected]:
    """The tables of a file, as whoever found it would lay them out."""
    rows = list(csv.reader(StringIO(text.removeprefix("\ufeff")), delimiter=";"))[2:]
    tables = []
    for block in "\n".join(";".join(row) for row in rows).strip().split("\n\n"):
        head, *lines = [row.split(";") for row in block.split("\n")]
        shown = [[-1 if cell == "tilbageholdt" else int(cell) for cell in line[1:-1]] for line in lines]
        groups = Dimension(head[0], tuple(line[0] for line in lines[:-1]))
        tables.append(Protected((groups, Dimension("standing", tuple(head[1:-2]))), np.array(shown)))
    return tables
