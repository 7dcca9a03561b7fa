"""Real directories of other kinds, each with the counts of its SOURCE; and other kinds of files."""

import json
from collections import Counter
from datetime import date, time
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from brobygger.offers.importing import faults
from brobygger.offers.importing.book import Book
from brobygger.offers.importing.rows import Refused
from brobygger.offers.importing.shaping import shaped
from brobygger.offers.importing.sheets import sheet
from brobygger.offers.importing.source import Source, read_source

DIRECTORIES = Path(__file__).parents[2] / "data" / "directories"
OHANA, FLORIDA = DIRECTORIES / "ohana-sample", DIRECTORIES / "florida-legal"
SMEDETOFTEN = DIRECTORIES / "smedetoften-package"
TODAY = date(2026, 11, 24)
ESSE = {"id": "o1", "name": "Esse", "description": "Et sted at være"}
CAFE = {"id": "s1", "name": "Lektiecafé", "status": "active", "organization": ESSE}


def read(path: Path, mapping: Path | None = None) -> Source:
    return read_source(path, mapping, say=lambda _: None)


def book_of(path: Path, mapping: Path | None = None) -> Book:
    return shaped(read(path, mapping), today=TODAY)


def account(book: Book, *tables: str) -> dict[str, tuple[int, int]]:
    """Table -> (saved, reported)."""
    return {table: (book.saved[table], book.reported[table]) for table in tables}


def put(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def workbook(path: Path, **sheets: list[list[Any]]) -> Path:
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        for row in rows:
            page.append(row)
    book.save(path)
    return path


# Directories as they are


@pytest.mark.feature("OFF-07")
def test_ohana_gives_the_counts_of_its_source():
    book = book_of(OHANA)

    assert account(book, "organization", "location", "service", "address", "phone", "schedule") == {
        "organization": (8, 0),
        "location": (22, 0),
        "service": (23, 0),
        "address": (42, 0),
        "phone": (54, 0),
        "schedule": (11, 0),
    }
    assert len(book.links) == 23


def test_florida_gives_the_counts_of_its_source_through_its_own_mapping():
    book = book_of(FLORIDA, FLORIDA / "florida_mapping.yaml")

    assert account(book, "organization", "location", "service", "address", "phone") == {
        "organization": (20, 0),
        "location": (378, 0),
        "service": (135, 0),
        "address": (331, 0),
        "phone": (66, 312),
    }
    reasons = Counter(finding.fault for finding in book.findings if finding.table == "phone" and finding.rows)
    assert reasons == {faults.NO_NUMBER: 312}


def test_a_package_of_hsds_1_1_gives_the_counts_of_its_files():
    book = book_of(DIRECTORIES / "ilao-illinois" / "output")

    tables = ("organization", "service", "location")
    assert {table: sum(account(book, table)[table]) for table in tables} == {
        "organization": 33,
        "service": 430,
        "location": 520,
    }
    assert book.reported["organization"] == 0


# One document a line, and pages of pages


def test_each_line_of_ndjson_is_an_object(tmp_path):
    lines = [json.dumps(CAFE), "", json.dumps(CAFE | {"id": "s2", "name": "Sprogcafé"})]

    book = book_of(put(tmp_path, "services.ndjson", "\n".join(lines)))

    assert sorted(book.offers) == ["s1", "s2"]
    assert list(book.organisations) == ["o1"]


def test_a_broken_line_of_ndjson_is_reported_and_the_rest_is_read(tmp_path):
    lines = [json.dumps(CAFE), '{"id": "s2", "name":', "[]", json.dumps(CAFE | {"id": "s3"})]

    book = book_of(put(tmp_path, "services.ndjson", "\n".join(lines)))

    assert account(book, "service") == {"service": (2, 1)}
    broken = next(finding for finding in book.findings if finding.rows)
    assert (broken.where, broken.fault) == ("services.ndjson#/2", faults.BROKEN_JSON)


def test_a_file_of_lines_without_one_object_is_refused(tmp_path):
    with pytest.raises(Refused):
        read(put(tmp_path, "services.ndjson", "hej\n"))


@pytest.mark.parametrize("name", ["crawl.json", "crawl.ndjson"])
def test_a_crawl_of_pages_in_one_file_is_one_list(tmp_path, name):
    pages = [
        {"page_number": number, "total_pages": 2, "contents": [CAFE | {"id": f"s{number}"}]}
        for number in (1, 2)
    ]
    text = json.dumps(pages) if name.endswith(".json") else "\n".join(map(json.dumps, pages))

    source = read(put(tmp_path, name, text))

    assert source.came["service"] == 2
    assert "service" in source.gone_if_missing


def test_a_crawl_without_its_last_page_withdraws_nothing(tmp_path):
    page = {"page_number": 1, "total_pages": 2, "contents": [CAFE]}

    assert read(put(tmp_path, "crawl.json", json.dumps([page]))).gone_if_missing == frozenset()


def test_what_is_no_object_in_a_list_is_reported_and_the_rest_is_read(tmp_path):
    book = book_of(put(tmp_path, "services.json", json.dumps([CAFE, "hej", None])))

    assert account(book, "service") == {"service": (1, 2)}


# data.inclusion

STRUCTURE = {
    "source": "esse",
    "id": "esse--1",
    "nom": "Værestedet Esse",
    "date_maj": "2026-11-01",
    "telephone": "+4500000001",
    "siret": "00000000000000",
    "adresse": "Prøvevej 1",
    "code_postal": "2200",
    "commune": "København N",
    "latitude": 55.7,
    "longitude": 12.55,
    "horaires_accueil": "Mo-We 10:00-12:00,13:00-15:00; PH off",
}
ATELIER = {
    "source": "esse",
    "id": "esse--2",
    "structure_id": "esse--1",
    "nom": "Atelier budget",
    "description": "Gæld og budget, én til én.",
    "date_maj": "2026-11-01",
    "frais": "gratuit",
    "publics": ["familles"],
    "thematiques": ["difficultes-financieres--traiter-une-situation-de-surendettement"],
    "modes_accueil": ["en-presentiel"],
    "adresse": "Prøvevej 1",
    "code_postal": "2200",
    "commune": "København N",
    "contact_nom_prenom": "Sanne",
    "zone_eligibilite": ["2200"],
    "nombre_semaines": 4,
}


@pytest.fixture
def inclusion(tmp_path: Path) -> Book:
    return book_of(put(tmp_path, "esse.json", json.dumps({"structures": [STRUCTURE], "services": [ATELIER]})))


def test_a_structure_of_data_inclusion_is_an_organisation_with_its_place(inclusion):
    assert inclusion.organisations["esse--1"].values["name"] == "Værestedet Esse"
    place = inclusion.locations["esse--1/sted"].values
    assert (place["address"], place["postal_code"], place["easting"] > 0) == ("Prøvevej 1", "2200", True)
    assert [phone.values["number"] for phone in inclusion.phones.values()] == ["+4500000001"]


def test_a_service_of_data_inclusion_is_an_offer_at_its_place(inclusion):
    offer = inclusion.offers["esse--2"].values

    assert (offer["price"], offer["areas"], offer["eligibility_description"]) == (0, ["2200"], "familles")
    assert list(inclusion.links) == ["esse--2@esse--2/sted"]


def test_opening_hours_of_openstreetmap_are_read_and_what_is_unsure_is_reported(inclusion):
    week = [(one.values["weekday"], one.values["opens_at"]) for one in inclusion.schedules.values()]

    assert sorted(week) == [(day, time(hour)) for day in range(3) for hour in (10, 13)]
    assert [finding.value for finding in inclusion.findings if finding.fault == faults.HOURS_NOT_READ] == [
        "PH off"
    ]


def test_what_data_inclusion_tells_and_we_have_no_room_for_is_named(inclusion):
    unused = {one.column for one in inclusion.findings if one.fault == faults.COLUMN_NOT_USED}

    assert {"nombre_semaines", "source", "date_maj"} <= unused
    assert faults.CONTACT_NAME in {finding.fault for finding in inclusion.findings}


# Spreadsheets


def test_a_workbook_with_the_sheets_of_hsds_is_read_as_the_package_is(tmp_path):
    rows: dict[str, list[list[Any]]] = {}
    for path in sorted((SMEDETOFTEN / "data").glob("*.csv")):
        content = sheet(path.name, path.read_bytes())
        filled = [[cells.values.get(heading) for heading in content.headings] for cells in content.rows]
        rows[path.stem] = [list(content.headings), *filled]

    book = book_of(workbook(tmp_path / "bog.xlsx", **rows))

    expected = book_of(SMEDETOFTEN)
    assert book.saved == expected.saved
    assert {key: draft.values["name"] for key, draft in book.offers.items()} == {
        key: draft.values["name"] for key, draft in expected.offers.items()
    }


def test_a_workbook_in_a_folder_is_read_through_its_mapping(tmp_path):
    row = [7.0, "Sprogcafé", 25.0, date(2026, 12, 1)]
    workbook(tmp_path / "tilbud.xlsx", Ark1=[["Nr", "Navn", "Pris", "Aftale"], row])
    put(
        tmp_path,
        "mapping.yaml",
        "tilbud:\n  columns:\n"
        "    Nr: [{model: services, field: id}, {model: services, field: organization_id}]\n"
        "    Navn: {model: services, field: name}\n    Pris: {model: services, field: fees}\n"
        "    Aftale: {model: services, field: application_process}\n",
    )

    offer = book_of(tmp_path).offers["7"].values

    told = [offer[field] for field in ("name", "fees_description", "application_process")]
    assert told == ["Sprogcafé", "25", "2026-12-01"]


def test_a_row_of_a_workbook_is_named_by_its_number_in_the_sheet(tmp_path):
    rows = [["id", "name"], [], ["s1", None]]
    path = workbook(tmp_path / "bog.xlsx", services=rows, organizations=[["id", "name"]])

    book = book_of(path)

    assert next(one.where for one in book.findings if one.fault == faults.NO_NAME) == "services.csv:3"
