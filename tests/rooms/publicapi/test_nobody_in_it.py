"""Whoever is planted in the house's own tables, and wherever people are in hiding: the feed does not know."""

import pytest

from brobygger.accounts.models import Membership
from brobygger.foundation.scope import organisation_scope
from brobygger.offers.details import Address
from brobygger.offers.models import Location, Neighbourhood
from brobygger.partners.models import Contact, Organisation, Partnership
from brobygger.publicapi.rules import COLLECTIONS
from brobygger.residents.models import Need, Note, Resident
from tests.house.world import World, build_world
from tests.people import CLUB, HOUSE

pytestmark = [pytest.mark.django_db, pytest.mark.feature("API-02"), pytest.mark.slow]  # every table filled

FEED = "/api/hsds/v3"
CANARY = "KANARIE"
WAYS = (
    {},
    {"full": "true", "full_service": "true"},
    {"format": "ndjson", "full": "true", "full_service": "true"},
    {"search": CANARY},
)


@pytest.fixture
def world(db: None) -> World:
    return build_world()


@pytest.fixture
def planted(world: World) -> None:
    """A word in everything that is the house's own, and a shelter that has told its town."""
    with organisation_scope(HOUSE):
        Resident.objects.update(name=CANARY, reach_at=CANARY, reach_rules=CANARY)
        Need.objects.update(words=CANARY, next_step=CANARY)
        Note.objects.update(text=CANARY, by_name=CANARY)
        Contact.objects.update(name=CANARY, function=CANARY, address=CANARY, opening_hours=CANARY)
        Partnership.objects.update(name=CANARY, purpose=CANARY)
        Membership.objects.filter(organisation_id=HOUSE).update(house_name=CANARY, name=CANARY)
        Neighbourhood.objects.update(name=CANARY)
        Address.objects.exclude(location=None).update(address_1="", city="Aarhus")
        Location.objects.filter(keeper_id=HOUSE).update(
            address="", postal_code="", transportation="", easting=None, northing=None
        )
        Location.objects.filter(keeper_id=HOUSE).update(is_protected=True, city="Aarhus")
        Organisation.objects.filter(pk=HOUSE).update(description=CANARY, email=f"{CANARY}@example.invalid")


def text(answer) -> str:
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return body.decode() + str(answer.headers)


def answers(client) -> list[str]:
    """Everything the feed says: every collection in every way, each object, and the pages for people."""
    told = [text(client.get(f"{FEED}/{of}", way)) for of in COLLECTIONS for way in WAYS]
    for of in COLLECTIONS:
        page = client.get(f"{FEED}/{of}").json()
        told += [text(client.get(f"{FEED}/{of}/{one['id']}")) for one in page["contents"]]
    return told + [text(client.get(path)) for path in ("/aabne-data/", "/aabne-data/profil/", f"{FEED}/")]


def test_nobody_who_was_planted_is_in_any_answer(client, planted):
    told = answers(client)

    assert sum("Boldklubben" in one for one in told) > 3
    assert [one[:200] for one in told if CANARY in one.replace(f"search={CANARY}", "")] == []


def test_what_the_directory_itself_says_is_in_it(client, planted):
    """The control: the same word in a public row is seen."""
    with organisation_scope(CLUB):
        Organisation.objects.filter(pk=CLUB).update(description=CANARY)

    assert any(CANARY in one for one in answers(client))


def test_of_a_protected_place_only_its_town_is_told(client, planted):
    page = client.get(f"{FEED}/service_at_locations", {"full": "true", "organization_id": str(CLUB)}).json()
    places = [tie["location"] for tie in page["contents"]]

    hidden = [one for one in places if any(told["city"] == "Aarhus" for told in one.get("addresses", ()))]
    assert places
    for one in places:
        assert not {"latitude", "longitude", "transportation"} & set(one)
    for told in (told for one in hidden for told in one["addresses"]):
        assert (told["address_1"], told["postal_code"]) == ("", "")
