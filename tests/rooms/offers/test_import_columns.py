"""Somebody's own sheet: its columns guessed, chosen, and read as one offer a row."""

from datetime import date, time
from pathlib import Path

import pytest

from brobygger.offers.importing import guessing
from brobygger.offers.importing.book import Book
from brobygger.offers.importing.guessing import guessed, mapping_for, missing, told_twice
from brobygger.offers.importing.mapped import read
from brobygger.offers.importing.mapping import mapping_of
from brobygger.offers.importing.pieces import opened
from brobygger.offers.importing.shaping import shaped
from brobygger.offers.importing.source import Source

SHEET = """Aktivitet;Forening;Adresse;Postnr.;Pris;Tlf.;Tid;Alder fra;Bemærkning
Skak;Skakklubben;Prøvevej 1;2200;12,50 kr.;00 00 00 01;mandag 16.00-18.00;10;Med hjem må man ikke tage
Skak;Biblioteket;Prøvevej 1;2200;Gratis;00 00 00 02;;;
Læsehold;Biblioteket;;;Gratis;;Ring og hør;;
"""
HEADINGS = SHEET.splitlines()[0].split(";")


def put(folder: Path, *, encoding: str = "cp1252") -> Path:
    (folder / "hold.csv").write_bytes(SHEET.encode(encoding))
    return folder / "hold.csv"


def book_of(path: Path, chosen: dict[str, str]) -> Book:
    rules = mapping_of(mapping_for(path.name, chosen), path.name)
    gathered = read(opened(path), rules, say=lambda _: None)
    source = Source("hold", "", gathered.rows, gathered.findings, gathered.came)
    return shaped(source, today=date(2026, 11, 24))


@pytest.mark.feature("OFF-07")
def test_danish_headings_are_guessed():
    assert guessed(HEADINGS, []) == {
        "Aktivitet": "offer",
        "Forening": "body",
        "Adresse": "street",
        "Postnr.": "postcode",
        "Pris": "price",
        "Tlf.": "phone",
        "Tid": "hours",
        "Alder fra": "from_age",
        "Bemærkning": "note",
    }


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (["gaeld@raad.invalid", "x@y.invalid"], "email"),
        (["https://raad.invalid/", "www.raad.invalid"], "web"),
        (["+45 00 00 00 01", "00000002"], "phone"),
        (["2200", "DK-8000"], "postcode"),
        (["Gratis", "25 kr."], "price"),
        (["mandag 16-18", "Tirsdage kl. 10-12"], "hours"),
        (["Prøvevej 1", "Torvet 12, 2. tv."], "street"),
        (["55,7125", "56.15"], ""),
        (["hvad som helst", "noget andet"], ""),
    ],
)
def test_a_column_without_a_name_is_guessed_by_what_stands_in_it(cells, code):
    assert guessed(["Felt 7"], [(cell,) for cell in cells]).get("Felt 7", "") == code


def test_one_meaning_is_not_guessed_twice():
    assert list(guessed(["Navn", "Titel"], []).values()) == ["offer"]


def test_what_must_be_chosen_and_what_was_chosen_twice_is_named():
    assert missing({"A": "offer"}) == ["body"]
    assert told_twice({"A": "offer", "B": "offer", "C": "note", "D": "note"}) == ["offer"]


def test_a_danish_sheet_becomes_offers_with_body_place_price_phone_and_hours(tmp_path):
    book = book_of(put(tmp_path), guessed(HEADINGS, []))

    assert sorted(body.values["name"] for body in book.organisations.values()) == [
        "Biblioteket",
        "Skakklubben",
    ]
    offer = book.offers["Skakklubben · Skak"].values
    assert (offer["price"], offer["minimum_age"]) == (1250, 10)
    assert offer["description"] == "Med hjem må man ikke tage"
    (place,) = book.locations.values()
    assert (place.values["address"], place.values["postal_code"]) == ("Prøvevej 1", "2200")
    assert len(book.links) == 2
    hours = [(one.values["weekday"], one.values["opens_at"]) for one in book.schedules.values()]
    assert hours == [(0, time(16))]


def test_two_offers_of_the_same_name_at_two_bodies_are_two(tmp_path):
    book = book_of(put(tmp_path), guessed(HEADINGS, []))

    assert sorted(book.offers) == ["Biblioteket · Læsehold", "Biblioteket · Skak", "Skakklubben · Skak"]
    assert book.reported["service"] == 0


def test_a_made_id_is_never_longer_than_an_id_may_be(tmp_path):
    path = tmp_path / "hold.csv"
    path.write_text(f"Aktivitet,Forening\n{'a' * 120},{'b' * 120}\n")

    (key,) = book_of(path, {"Aktivitet": "offer", "Forening": "body"}).offers

    assert len(key) <= 150


def test_every_meaning_goes_to_a_column_that_is_read():
    chosen = {one.code: one.code for one in guessing.MEANINGS}

    assert mapping_of(mapping_for("x.csv", chosen), "x.csv").files["x.csv"].keys() == chosen.keys()
