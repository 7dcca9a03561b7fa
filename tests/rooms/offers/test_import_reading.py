"""Mappings, packages, plain CSV and JSON become the same plain rows."""

import json
import zipfile
from datetime import date, time
from pathlib import Path

import pytest

from brobygger.offers.importing.book import Book
from brobygger.offers.importing.shaping import shaped
from brobygger.offers.importing.source import Source, read_source
from brobygger.offers.terms import CapacityKind, OfferStatus, OnlyFor

DIRECTORIES = Path(__file__).parents[2] / "data" / "directories"
SMEDETOFTEN, MOCK = DIRECTORIES / "smedetoften-package", DIRECTORIES / "hsds31-mock"
TODAY = date(2026, 11, 24)

ORGANISATION = {
    "id": "o1",
    "name": "Esse",
    "description": "Et sted at være",
    "website": "https://esse.invalid",
}
SERVICE = {"id": "s1", "name": "Gældsrådgivning", "status": "active", "organization": ORGANISATION}


def read(path: Path, mapping: Path | None = None) -> Source:
    return read_source(path, mapping, say=lambda _: None)


def book_of(path: Path) -> Book:
    return shaped(read(path), today=TODAY)


def said(book: Book | Source) -> list[str]:
    return [finding.what() for finding in book.findings]


def put(folder: Path, name: str, content: object) -> Path:
    text = content if isinstance(content, str) else json.dumps(content)
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def page(number: int, of: int, *contents: dict[str, object]) -> dict[str, object]:
    return {"page_number": number, "total_pages": of, "contents": list(contents)}


# A package, Danish to the bone


@pytest.mark.feature("OFF-07")
def test_a_danish_package_with_semicolons_and_decimal_commas_is_read():
    book = book_of(SMEDETOFTEN)

    assert {table: book.saved[table] for table in ("organization", "service", "location")} == {
        "organization": 2,
        "service": 4,
        "location": 3,
    }
    place = book.locations["l1"].values
    assert (place["easting"], place["northing"]) == (721_990, 6_179_742)
    assert (place["address"], place["postal_code"], place["city"]) == (
        "Prøvevej 1, st. tv.",
        "2400",
        "København NV",
    )
    assert (place["is_step_free"], book.locations["l2"].values["is_step_free"]) == (True, False)


def test_what_an_offer_asks_of_people_is_read():
    debt = book_of(SMEDETOFTEN).offers["s1"]

    assert (debt.values["minimum_age"], debt.values["maximum_age"]) == (18, None)
    assert debt.values["languages"] == ["da", "ar"]
    assert debt.values["areas"] == ["2400"]
    assert debt.values["price"] == 0
    assert debt.first["themes"] == ["debt"]


def test_an_area_in_words_is_for_people_to_read():
    book = book_of(SMEDETOFTEN)

    assert "areas" not in book.offers["s2"].values
    assert "Bispebjerg" in [area.values["name"] for area in book.details["service_area"].values()]


def test_places_are_counted_and_figures_that_cannot_be_are_reported():
    book = book_of(SMEDETOFTEN)

    assert book.offers["s2"].capacity == {
        "capacity_kind": CapacityKind.PLACES,
        "places_total": 12,
        "places_taken": 9,
        "capacity_confirmed_on": date(2026, 11, 20),
    }
    assert not book.offers["s1"].capacity
    assert "Der er flere ledige (12) end pladser i alt (10)." in said(book)


def test_a_status_a_group_and_a_price_are_read():
    swimming, dinner = (book_of(SMEDETOFTEN).offers[key] for key in ("s3", "s4"))

    assert (swimming.values["status"], dinner.values["status"]) == (OfferStatus.PAUSED, OfferStatus.CLOSED)
    assert swimming.first["only_for"] == OnlyFor.WOMEN
    assert (swimming.values["price"], dinner.values["price"]) == (4_550, 3_500)


def test_hours_that_are_not_every_week_are_reported_and_kept_in_their_own_words():
    book = book_of(SMEDETOFTEN)

    told = [one.values for one in book.details["schedule"].values() if not one.values["is_weekly"]]
    assert "Hver anden fredag" in [one["description"] for one in told]
    assert "Tiden er ikke den samme hver uge. Den er gemt, som den står." in said(book)
    assert "Tiden gjaldt kun til 2020-12-31." in said(book)
    at_esse = [
        one.values for one in book.schedules.values() if one.ties.get("location") == ("location", "l1")
    ]
    assert [(one["weekday"], one["opens_at"], one["closes_at"]) for one in at_esse] == [
        (day, time(10), time(16)) for day in range(5)
    ]


def test_swapped_coordinates_are_pointed_out_and_not_guessed():
    book = book_of(SMEDETOFTEN)

    assert "easting" not in book.locations["l3"].values
    assert any("byttet om" in what for what in said(book))


def test_the_same_package_as_a_zip_gives_the_same_rows(tmp_path):
    with zipfile.ZipFile(tmp_path / "smedetoften-package.zip", "w") as archive:
        for file in sorted(SMEDETOFTEN.rglob("*")):
            archive.write(file, Path("smedetoften-package") / file.relative_to(SMEDETOFTEN))

    packed = read(tmp_path / "smedetoften-package.zip")

    unpacked = read(SMEDETOFTEN)
    assert [row.values for row in packed.rows] == [row.values for row in unpacked.rows]
    assert (packed.name, packed.licence, packed.came) == (unpacked.name, unpacked.licence, unpacked.came)


def test_plain_files_called_as_the_tables_need_no_descriptor(tmp_path):
    put(tmp_path, "organizations.csv", "id,name\no1,Esse\n")
    put(tmp_path, "services.csv", "id,organization_id,name,farve\ns1,o1,Lektiecafé,blå\n")
    put(
        tmp_path,
        "regular_schedules.csv",
        "service_id,weekday,opens_at,closes_at\ns1,Monday,15:00,17:00\ns1,2,,\n",
    )

    book = book_of(tmp_path)

    hours = [(one.values["weekday"], one.values["opens_at"]) for one in book.schedules.values()]
    assert hours == [(0, time(15)), (1, None)]
    assert [(one.column, one.given) for one in book.findings] == [("farve", {"count": 1})]


# JSON


@pytest.mark.feature("OFF-07")
def test_objects_shown_in_several_places_are_one_row_each():
    book = book_of(MOCK)

    counts = {
        name: len(getattr(book, name)) for name in ("organisations", "locations", "offers", "links", "phones")
    }
    assert counts == dict.fromkeys(counts, 1)
    phone = book.phones["1554f2e2-a373-45db-a3fa-9fc48a61c15e"]
    assert set(phone.ties) == {"organisation", "offer", "location", "at", "contact"}
    assert phone.values["number"] == "+44 1234 234567"
    offer = book.offers["ac148810-d857-441c-9679-408f346de14b"].values
    assert (offer["minimum_age"], offer["maximum_age"], offer["languages"]) == (12, 100, ["ur"])
    assert offer["price"] is None
    place = book.locations["3a19ff88-4620-4d17-9830-ac1d859eb5d5"].values
    assert place["is_step_free"] is True
    assert "easting" not in place


def test_a_contact_keeps_its_name_where_the_source_says_on_what_terms_it_has_published_it():
    contact = next(iter(book_of(MOCK).details["contact"].values()))

    assert (contact.values["name"], contact.values["licence"]) == ("Ann Persona", read(MOCK).licence)


def test_a_contact_is_a_function_where_the_source_says_nothing_of_terms(tmp_path):
    told = {"id": "c1", "name": "Ann Persona", "title": "træner", "email": "ann@boldklub.invalid"}
    book = book_of(put(tmp_path, "tilbud.json", [SERVICE | {"contacts": [told]}]))

    contact = book.details["contact"]["c1"].values
    assert (contact["name"], contact["title"], contact["email"]) == ("", "træner", "")
    assert "Ann" not in json.dumps([one.as_json() for one in book.findings])


def test_a_person_without_a_function_is_not_kept_where_the_source_says_nothing_of_terms(tmp_path):
    told = [{"id": "c1", "name": "Ann Persona"}]
    book = book_of(put(tmp_path, "tilbud.json", [SERVICE | {"contacts": told}]))

    assert not book.details["contact"]
    assert [one.rows for one in book.findings if one.table == "contact"] == [1]


def test_all_pages_of_a_list_are_one_directory(tmp_path):
    put(tmp_path, "p1.json", page(1, 2, SERVICE))
    put(tmp_path, "p2.json", page(2, 2, SERVICE | {"id": "s2", "name": "Lektiecafé"}))

    source = read(tmp_path)

    assert dict(source.came) == {"organization": 1, "service": 2}
    assert "service" in source.gone_if_missing


def test_one_page_of_several_withdraws_nothing(tmp_path):
    source = read(put(tmp_path, "services.json", page(1, 3, SERVICE)) / "services.json")

    assert not source.gone_if_missing
    assert "Det er side 1 af 3. Intet, der mangler her, trækkes tilbage." in said(source)


@pytest.mark.parametrize(
    "content", [[SERVICE], SERVICE, {"services": [SERVICE]}, {"services.csv": [SERVICE]}]
)
def test_a_list_an_object_and_tables_by_name_are_understood(tmp_path, content):
    book = book_of(put(tmp_path, "tilbud.json", content))

    assert set(book.offers) == {"s1"}
    assert book.offers["s1"].ties["organisation"] == ("organisation", "o1")


def test_two_tellings_of_one_thing_are_pointed_out_and_the_first_counts(tmp_path):
    put(tmp_path, "services.json", [SERVICE, SERVICE | {"name": "Noget andet"}])

    book = book_of(tmp_path)

    assert book.offers["s1"].values["name"] == "Gældsrådgivning"
    assert any("vist to gange" in what for what in said(book))


def test_a_phone_under_two_places_is_a_phone_of_both(tmp_path):
    phone = {"id": "p1", "number": "00 00 00 00"}
    places = [
        {"id": key, "location_type": "physical", "name": key, "phones": [phone]} for key in ("l1", "l2")
    ]
    put(tmp_path, "organizations.json", [ORGANISATION | {"locations": places}])

    book = book_of(tmp_path)

    assert [one.ties["location"][1] for one in book.phones.values()] == ["l1", "l2"]


# A mapping

FLAT = """
source: min-liste
licence: CC0-1.0
liste.csv:
  columns:
    Nr:
      - {model: services, field: id, required: true}
    Forening nr: {model: organizations, field: id}
    Forening: {model: organizations, field: name}
    Foreningens nr:
      - {model: services, field: organization_id}
    Navn: {model: services, field: name}
    Om: {model: services, field: description, append: true}
    Mere: {model: services, field: description, append: true}
    Stand: {model: services, field: status, map: {ja: active, nej: defunct}}
    Telefon: {model: phones, field: number}
    Tider: {model: regular_schedules, field: hours_of_operation}
"""
LIST = (
    "Nr,Forening nr,Forening,Foreningens nr,Navn,Om,Mere,Stand,Telefon,Tider,Farve\n"
    "1,7,Esse,7,Lektiecafé,Hjælp,Gratis,ja,00 00 00 00,man-tirs 15-17,blå\n"
    "2,7,Esse,7,Kaffe,Snak,,nej,,Kom bare,\n"
)


def test_one_flat_list_becomes_organisations_offers_phones_and_hours(tmp_path):
    put(tmp_path, "mapping.yaml", FLAT)

    source = read(put(tmp_path, "liste.csv", LIST))

    assert (source.name, source.licence) == ("min-liste", "CC0-1.0")
    assert dict(source.came) == {"service": 2, "organization": 1, "phone": 1, "schedule": 3}
    book = shaped(source, today=TODAY)
    assert book.offers["1"].values["description"] == "Hjælp\nGratis"
    assert book.offers["2"].values["status"] == OfferStatus.CLOSED
    assert book.offers["2"].values["description"] == "Snak"
    assert [one.values["description"] for one in book.details["schedule"].values()] == ["Kom bare"]
    assert [one.ties for one in book.phones.values()] == [{"offer": ("offer", "1")}]
    assert "Kolonnen er ikke hentet (1 udfyldte felter)." in said(book)


def test_the_mapping_may_stand_somewhere_else(tmp_path):
    (tmp_path / "liste").mkdir()
    (tmp_path / "regler").mkdir()
    put(tmp_path / "regler", "min.yaml", FLAT)
    put(tmp_path / "liste", "liste.csv", LIST)

    source = read(tmp_path / "liste", tmp_path / "regler" / "min.yaml")

    assert source.came["service"] == 2


# Rows that cannot be saved


def rows(tmp_path: Path, services: str, organisations: str = "o1,Esse\n") -> Book:
    put(tmp_path, "organizations.csv", f"id,name\n{organisations}")
    put(tmp_path, "services.csv", f"id,organization_id,name,website,minimum_age,maximum_age\n{services}")
    return book_of(tmp_path)


@pytest.mark.parametrize(
    ("service", "what"),
    [
        (",o1,Uden id", "Rækken har intet id."),
        ("s2,o1,", "Rækken har intet navn."),
        ("s2,,Uden organisation", "Ingen organisation står bag."),
        ("s1,o1,Igen", "Id'et står der allerede, på services.csv:2."),
        (",,,,", "Rækken er tom."),
        ("s2,o1,For,mange,1,2,felter", "Rækken har 7 felter, men der er 6 overskrifter."),
        (f"{'s' * 151},o1,Langt id", "Id'et er længere end 150 tegn."),
    ],
)
def test_a_row_that_cannot_be_saved_is_reported_by_its_place(tmp_path, service, what):
    book = rows(tmp_path, f"s1,o1,Lektiecafé\n{service}\n")

    assert [(one.where, one.what(), one.rows) for one in book.findings] == [("services.csv:3", what, 1)]
    assert book.saved["service"] == 1


@pytest.mark.parametrize(
    ("service", "what"),
    [
        (
            "s1,o1,X,javascript:alert(1)",
            "Det er ikke en hjemmeside eller e-mail, vi kan bruge; den er ikke gemt.",
        ),
        ("s1,o1,X,,ung,", "Det er ikke en alder; den er ikke gemt."),
        ("s1,o1,X,,30,20", "Højeste alder er under laveste; ingen af dem er gemt."),
    ],
)
def test_a_field_that_cannot_be_used_is_reported_and_the_rest_saved(tmp_path, service, what):
    book = rows(tmp_path, f"{service}\n")

    assert [(one.what(), one.rows) for one in book.findings] == [(what, 0)]
    assert not {"website", "minimum_age", "maximum_age"} & {
        field for field, value in book.offers["s1"].values.items() if value is not None
    }


def test_an_address_without_a_scheme_becomes_one_that_can_be_clicked(tmp_path):
    assert rows(tmp_path, "s1,o1,X,www.esse.invalid/her\n").offers["s1"].values["website"] == (
        "http://www.esse.invalid/her"
    )


def test_a_name_that_is_too_long_is_cut_and_kept_whole_below(tmp_path):
    name = "Lang " * 60
    offer = rows(tmp_path, f"s1,o1,{name}\n").offers["s1"]

    assert len(offer.values["name"]) == 255
    assert name.strip() in offer.values["description"]


def test_an_organisation_that_is_not_there_stands_in_under_its_number(tmp_path):
    book = rows(tmp_path, "s1,o9,Lektiecafé\n")

    assert book.stand_ins["o9"].values["name"] == "Organisation o9"
    assert book.findings[0].what().startswith("Organisationen o9 er ikke med i kataloget.")
    assert book.findings[0].rows == 0


def test_missing_ends_of_links_are_reported_one_by_one(tmp_path):
    put(tmp_path, "locations.csv", "id,organization_id\nl1,o1\n")
    put(tmp_path, "service_at_location.csv", "service_id,location_id\ns1,l1\ns1,l9\ns9,l1\ns1,l1\n")

    book = rows(tmp_path, "s1,o1,Lektiecafé\n")

    assert [(one.where, one.rows) for one in book.findings] == [
        (f"service_at_location.csv:{number}", 1) for number in (3, 4, 5)
    ]
    assert list(book.links) == ["s1@l1"]
