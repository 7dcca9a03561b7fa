"""Where people are in hiding there is nothing to find; and no person is in what is given out."""

import json
import zipfile
from pathlib import Path

import pytest
from django.db import IntegrityError, transaction
from pypdf import PdfReader

from brobygger.foundation.actor import SYSTEM
from brobygger.foundation.scope import organisation_scope
from brobygger.offers import actions, exporting
from brobygger.offers.details import Address, ContactPoint
from brobygger.offers.history import ListingChange
from brobygger.offers.importing import run
from brobygger.offers.models import Location, Offer, OfferAtLocation
from brobygger.offers.runs import ImportTrace
from brobygger.partners.models import Contact
from brobygger.partners.terms import ContactChannel
from brobygger.residents.models import Resident
from tests.people import CLUB, HOUSE, NOW

pytestmark = pytest.mark.feature("API-02")
SHELTER = {
    "id": "s1", "name": "Ophold på krisecenter", "status": "active",
    "organization": {"id": "o1", "name": "Det lille hus", "description": "hus"},
    "service_at_locations": [{"id": "a1", "location": {
        "id": "l1", "location_type": "physical", "name": "Huset på Skjulevej 1", "latitude": 55.67,
        "longitude": 12.56, "transportation": "Gå ned ad Skjulevej", "description": "Skjulevej 1, 2. sal",
        "addresses": [{
            "id": "d1", "address_1": "Skjulevej 1", "city": "Byen", "state_province": "", "country": "DK",
            "postal_code": "2300", "address_type": "physical",
        }],
    }}],
}  # fmt: skip


@pytest.mark.parametrize(
    "where", [{"address": "Skjulevej 1"}, {"postal_code": "2300"}, {"easting": 1, "northing": 1},
              {"transportation": "Gå ned ad Skjulevej"}]
)  # fmt: skip
def test_the_database_refuses_an_address_where_people_are_in_hiding(cast, where):
    with organisation_scope(HOUSE), pytest.raises(IntegrityError, match="no_address"), transaction.atomic():
        Location.objects.create(organisation_id=CLUB, name="Krisecenter", is_protected=True, **where)


def test_the_database_refuses_an_address_row_there_too(cast):
    with organisation_scope(HOUSE):
        place = Location.objects.create(organisation_id=CLUB, name="Krisecenter", is_protected=True)
        with pytest.raises(IntegrityError, match="no_address"), transaction.atomic():
            Address.objects.create(location=place, address_1="Skjulevej 1")


def test_a_place_does_not_go_into_hiding_while_its_address_stands_in_a_row(cast):
    with organisation_scope(HOUSE):
        place = Location.objects.create(organisation_id=CLUB, name="Huset")
        Address.objects.create(location=place, address_1="Skjulevej 1")
        with pytest.raises(IntegrityError, match="no_address"), transaction.atomic():
            Location.objects.filter(pk=place.pk).update(is_protected=True)


def put(folder: Path, name: str, told: list[dict[str, object]]) -> Path:
    (folder / name).write_text(json.dumps(told), encoding="utf-8")
    return folder / name


def everything_said(*tables: type) -> str:
    return repr([list(table._default_manager.values()) for table in tables])


def test_a_name_that_says_so_keeps_the_way_there_out(cast, tmp_path):
    report = run(put(tmp_path, "tilbud.json", [SHELTER]), keeper=HOUSE, at=NOW)

    place = Location.objects.get(source="tilbud")
    assert (place.is_protected, place.easting) == (True, None)
    assert not Address.objects.filter(location=place).exists()
    told = everything_said(Location, Address, Offer, ImportTrace) + repr(report.as_json())
    assert "Skjulevej" not in told


def test_a_source_cannot_bring_back_what_a_keeper_has_hidden(cast, tmp_path):
    told = SHELTER | {"name": "Ophold"}
    folder = put(tmp_path, "tilbud.json", [told])
    run(folder, keeper=HOUSE, at=NOW)
    place = Location.objects.get(source="tilbud")
    assert (place.address, place.is_protected) == ("Skjulevej 1", False)
    actions.hide_place(location=place, by=SYSTEM, at=NOW)

    run(folder, keeper=HOUSE, at=NOW)

    place.refresh_from_db()
    assert (place.is_protected, place.address) == (True, "")
    assert "Skjulevej 1'" not in everything_said(Address)


def test_a_place_in_hiding_is_forgotten_by_history_and_imports(cast, tmp_path):
    folder = put(tmp_path, "tilbud.json", [SHELTER | {"name": "Ophold"}])
    run(folder, keeper=HOUSE, at=NOW)
    place = Location.objects.get(source="tilbud")
    with organisation_scope(HOUSE):
        Location.objects.filter(pk=place.pk).update(address="Skjulevej 3", name="Huset", description="")
    run(folder, keeper=HOUSE, at=NOW)

    actions.hide_place(location=place, by=SYSTEM, at=NOW)

    with organisation_scope(HOUSE):
        assert ListingChange.objects.filter(location=place).exists()
        assert "Skjulevej" not in everything_said(ListingChange, ImportTrace, Address)


CANARY = "KANARIEFUGL"


def contents(path: Path) -> str:
    """Everything a file says, also where it is packed."""
    if path.suffix == ".pdf":
        return "".join(page.extract_text() for page in PdfReader(path).pages)
    if zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as packed:
            return "".join(packed.read(name).decode("utf-8", "replace") for name in packed.namelist())
    return path.read_text(encoding="utf-8")


@pytest.mark.slow  # the whole directory in five formats
def test_no_person_and_no_hidden_address_is_in_anything_given_out(cast, tmp_path):
    with organisation_scope(HOUSE, member=cast.maja.pk):
        Resident.objects.filter(pk=cast.inger.pk).update(name=f"{CANARY} 1", reach_at=f"{CANARY} 2")
        type(cast.maja).objects.filter(pk=cast.maja.pk).update(name=f"{CANARY} 3")
        Contact.objects.create(
            partner=cast.club, function="træner", name=f"{CANARY} 4", channel=ContactChannel.EMAIL,
            address=f"{CANARY}@boldklub.invalid",
        )  # fmt: skip
        place = Location.objects.create(
            organisation=cast.club,
            name="Huset",
            address=f"{CANARY} 5",
            postal_code="2300",
            easting=1,
            northing=1,
        )
        Address.objects.create(location=place, address_1=f"{CANARY} 6")
        OfferAtLocation.objects.create(offer=cast.football, location=place)
        Offer.objects.filter(pk=cast.football.pk).update(application_process="Spørg træneren")
        ContactPoint.objects.create(offer=cast.football, title="træner")
    actions.hide_place(location=place, by=cast.maja.actor, at=NOW)

    for form, name in (("zip", "p.zip"), ("json", "a.json"), ("ndjson", "b.ndjson"), ("xlsx", "c.xlsx"),
                       ("pdf", "d.pdf")):  # fmt: skip
        exporting.run(tmp_path / name, form=form)
        said = contents(tmp_path / name)
        assert cast.football.name in said
        assert (name, CANARY in said) == (name, False)


def test_a_name_without_terms_is_refused_by_the_database(cast):
    with organisation_scope(HOUSE), pytest.raises(IntegrityError, match="published"), transaction.atomic():
        ContactPoint.objects.create(offer=cast.football, name="Ann Persona")
