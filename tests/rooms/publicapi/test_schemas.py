"""Whatever directory has been read in, every object in the feed passes HSDS 3.1 and the Danish profile."""

import json
from pathlib import Path

import pytest

from brobygger.offers.importing import run
from brobygger.publicapi import profiles
from tests.people import HOUSE, NOW
from tests.rooms.publicapi.schemas import faults

DIRECTORIES = Path(__file__).parents[2] / "data" / "directories"
FEED = "/api/hsds/v3"
ONE_OF = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}

pytestmark = [pytest.mark.django_db, pytest.mark.feature("API-01")]


def told(client, of: str, asked: dict[str, str]) -> list[dict]:
    answer = client.get(f"{FEED}/{of}", {"format": "ndjson"} | asked)
    return [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]


@pytest.mark.slow  # every collection whole
@pytest.mark.parametrize("of", ONE_OF)
def test_the_objects_of_the_house_pass(client, cast, of):
    objects = told(client, of, {"full": "true", "full_service": "true"})

    assert objects
    assert [fault for one in objects for fault in faults(ONE_OF[of], one)] == []


@pytest.mark.parametrize(
    ("directory", "every"),
    [
        pytest.param("ilao-illinois", 16, marks=pytest.mark.slow),  # whole directories
        pytest.param("smedetoften-package", 1, marks=pytest.mark.slow),
        pytest.param("hsds31-mock", 1, marks=pytest.mark.slow),
        pytest.param("ilao-illinois", 1, marks=pytest.mark.deep),
    ],
)
def test_the_objects_of_a_directory_that_was_read_in_pass(client, cast, directory, every):
    run(DIRECTORIES / directory, keeper=HOUSE, at=NOW)

    for of in ONE_OF:
        for asked in ({"full": "true", "full_service": "true"}, {}):
            objects = told(client, of, asked)[::every]
            assert objects
            assert [fault for one in objects for fault in faults(ONE_OF[of], one)] == []


def test_an_object_that_is_wrong_is_found(cast):
    """The control: a format, a required field, something hung on it, and what only the profile asks."""
    one = {"id": "1", "name": "x", "status": "open", "phones": [{"id": str(HOUSE)}]}

    told = " ".join(faults("service", one))

    for said in (
        "'1' is not a 'uuid'",
        "'open' is not one of",
        "'number' is a required",
        "'last_modified' is",
    ):
        assert said in told
    assert faults("organization", {"id": str(HOUSE), "name": "x", "description": "x", "services": [{}]})


def test_the_profile_only_asks_for_more():
    """What passes the profile passes HSDS: nothing that HSDS requires has been taken away."""
    for name in profiles.NAMES:
        plain, merged = profiles.plain(name), profiles.merged(name)
        assert set(plain.get("required", [])) <= set(merged.get("required", []))
        assert set(plain["properties"]) <= set(merged["properties"])
        for field, schema in plain["properties"].items():
            assert schema.get("type") == merged["properties"][field].get("type")
