"""Illinois Legal Aid Online, a real directory, against what the HSDS transformer makes of it."""

import csv
from datetime import UTC, datetime, time
from functools import cache
from pathlib import Path

import pytest

from brobygger.foundation.scope import organisation_scope
from brobygger.offers import facts
from brobygger.offers.importing import run
from brobygger.offers.importing.book import Book
from brobygger.offers.importing.shaping import shaped
from brobygger.offers.importing.source import read_source
from brobygger.offers.models import ImportRun, Location, Offer, OfferAtLocation, Phone, Schedule
from brobygger.offers.terms import Theme
from brobygger.partners.models import Organisation
from tests.people import ELSEWHERE, HOUSE, NOW, TODAY

pytestmark = pytest.mark.slow

ILAO = Path(__file__).parents[2] / "data" / "directories" / "ilao-illinois"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
LATER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)


@cache
def expected(table: str) -> list[dict[str, str]]:
    with (ILAO / "output" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@cache
def ilao() -> Book:
    return shaped(read_source(ILAO, say=lambda _: None), today=TODAY)


def bare(text: str) -> str:
    """Without blanks, also those of no width: how they are written is not what is compared."""
    return "".join(text.replace("\u200b", "").split())


def opening(text: str) -> time | None:
    return time(*map(int, text.split(":"))) if text else None


@pytest.mark.feature("OFF-07")
def test_every_row_of_every_table_is_saved_or_reported():
    source = read_source(ILAO, say=lambda _: None)

    book = shaped(source, today=TODAY)

    assert dict(source.came) == {
        "organization": 33,
        "service": 430,
        "location": 520,
        "phone": 982,
        "schedule": 2492,
        "address": 33,
        "service_at_location": 426,
        "eligibility": 88,
    }
    assert source.came == book.saved + book.reported
    assert dict(+book.reported) == {"service": 1, "phone": 27, "service_at_location": 1}


def test_organisations_are_those_of_the_transformer():
    ours = {
        (key, one.values["name"], one.values["email"], one.values["website"], bare(one.values["description"]))
        for key, one in ilao().organisations.items()
    }

    theirs = {
        (row["id"], row["name"].strip(), row["email"], row["url"], bare(row["description"]))
        for row in expected("organizations")
    }
    assert ours == theirs


def test_places_are_those_of_the_transformer():
    ours = {
        (key, bare(one.values["name"]), one.ties["organisation"][1]) for key, one in ilao().locations.items()
    }

    assert ours == {(row["id"], bare(row["name"]), row["organization_id"]) for row in expected("locations")}


def test_offers_are_those_of_the_transformer_but_for_the_one_without_a_name():
    fields = ("name", "description", "application_process", "fees_description", "website")
    ours = {
        (key, one.ties["organisation"][1], *(bare(one.values.get(field, "")) for field in fields))
        for key, one in ilao().offers.items()
    }

    columns = ("organization_id", "name", "description", "application_process", "fees", "url")
    theirs = {
        (row["id"], *(bare(row[column]) for column in columns)) for row in expected("services") if row["id"]
    }
    assert ours == theirs
    assert len(theirs) == 429


def test_phones_are_those_of_the_transformer_that_have_a_number():
    ours = sorted(
        (field, key, one.values["number"])
        for one in ilao().phones.values()
        for field, (_, key) in one.ties.items()
    )

    owners = {"organization_id": "organisation", "service_id": "offer", "location_id": "location"}
    theirs = sorted(
        (field, row[column], " ".join(row["number"].split()))
        for row in expected("phones")
        for column, field in owners.items()
        if row[column] and any(map(str.isdigit, row["number"]))
    )
    assert ours == theirs


def test_opening_hours_are_those_of_the_transformer_and_the_second_ones_it_forgets():
    ours = {
        (one.ties["location"][1], one.values["weekday"], one.values["opens_at"], one.values["closes_at"])
        for one in ilao().schedules.values()
    }

    theirs = {
        (
            row["location_id"],
            WEEKDAYS.index(row["weekday"]),
            opening(row["opens_at"]),
            opening(row["closes_at"]),
        )
        for row in expected("regular_schedules")
    }
    assert theirs <= ours
    assert len(theirs) == 2492
    forgotten = ours - theirs
    assert len(ilao().schedules) == 2492 + len(forgotten)
    assert all(opens is not None for _, _, opens, _ in forgotten)


def test_addresses_hold_what_the_transformer_found_in_them():
    ours = {key: bare(one.values["postal_address"]) for key, one in ilao().organisations.items()}

    assert all(
        bare(row["address_1"]) in ours[row["organization_id"]]
        and row["postal_code"] in ours[row["organization_id"]]
        for row in expected("postal_addresses")
    )


def test_offers_are_linked_to_the_places_that_name_them():
    links = ilao().links

    assert len(links) == 425
    assert all(link.ties["offer"][1] in ilao().offers for link in links.values())


def test_hours_that_close_before_they_open_are_kept_and_pointed_out():
    odd = [one for one in ilao().findings if "%(opens)s" in one.fault.what]

    assert len(odd) == 30
    assert {one.where.split(":")[0] for one in odd} == {"input/locations.csv"}


def test_everything_is_legal_aid_and_some_of_it_more():
    themes = {one.values["name"]: one.first["themes"] for one in ilao().offers.values()}

    assert all(Theme.LEGAL in told for told in themes.values())
    assert themes["Eviction defense help desk - Skokie"] == [Theme.HOUSING, Theme.LEGAL]
    assert themes["Free bankruptcy filing"] == [Theme.DEBT, Theme.LEGAL]
    assert Theme.IMMIGRATION in themes["Help for asylum seekers"]
    assert Theme.SAFETY in themes["Order of Protection Clinic"]
    assert Theme.FAMILY_LAW in themes["ThunderDome Divorce Clinic"]


def test_a_price_is_known_only_where_it_is_free_to_everyone():
    prices = {(one.values.get("fees_description"), one.values.get("price")) for one in ilao().offers.values()}

    assert prices == {
        ("Free to everyone", 0),
        ("Free to eligible persons/entities", None),
        ("Sliding scale based on income", None),
        ("Flat fee regardless of income", None),
    }


@pytest.mark.feature("OFF-07")
def test_the_whole_directory_is_saved_and_fit_can_reckon_with_it(cast):
    report = run(ILAO, keeper=HOUSE, at=NOW)

    mine = {"keeper_id": HOUSE, "source": "ilao-illinois"}
    assert Location.objects.filter(**mine).count() == 520
    assert Offer.objects.filter(**mine).count() == 429
    assert OfferAtLocation.objects.filter(**mine).count() == 425
    assert Phone.objects.filter(**mine).count() == 955
    assert Schedule.objects.filter(**mine).count() == len(ilao().schedules)
    assert Organisation.objects.filter(**mine).count() == 33 + len(ilao().stand_ins)
    assert (report.rows_in, report.rows_saved, report.rows_reported) == (5004, 4975, 29)
    kept = ImportRun.objects.get(pk=report.run_id)
    assert (kept.rows_in, kept.licence, kept.keeper_id) == (5004, "MIT (LICENSE)", HOUSE)
    told = {one.id: one for one in facts.offer_facts(TODAY)}
    evictions = Offer.objects.get(name="Eviction defense help desk - Skokie")
    assert told[evictions.pk].themes == {Theme.HOUSING, Theme.LEGAL}
    assert told[evictions.pk].slots


@pytest.mark.feature("OFF-07")
def test_a_second_import_changes_nothing(cast):
    run(ILAO, keeper=HOUSE, at=NOW)

    report = run(ILAO, keeper=HOUSE, at=LATER)

    assert {(one.new, one.changed, one.withdrawn) for one in report.records.values()} == {(0, 0, 0)}
    assert Offer.objects.filter(source="ilao-illinois", version=1).count() == 429


@pytest.mark.feature("OFF-07")
def test_a_dry_run_tells_the_same_and_saves_nothing(cast):
    tried = run(ILAO, keeper=HOUSE, dry_run=True, at=NOW)

    assert not Offer.objects.filter(source="ilao-illinois").exists()
    assert not ImportRun.objects.exists()
    done = run(ILAO, keeper=HOUSE, at=NOW)
    assert (tried.tables, tried.records, tried.findings) == (done.tables, done.records, done.findings)


@pytest.mark.slow  # a whole directory, or every person against every offer
def test_two_houses_may_hold_the_same_directory_without_touching_each_other(cast):
    run(ILAO, keeper=HOUSE, at=NOW)

    run(ILAO, keeper=ELSEWHERE, at=NOW)

    with organisation_scope(ELSEWHERE):
        assert Offer.objects.filter(source="ilao-illinois").count() == 2 * 429
        assert Offer.objects.filter(source="ilao-illinois", keeper_id=ELSEWHERE).update(version=7) == 429
        assert Offer.objects.filter(source="ilao-illinois", keeper_id=HOUSE).update(version=7) == 0
