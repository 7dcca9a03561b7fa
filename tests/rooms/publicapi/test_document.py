"""The feed is what its own description says: whole in itself, and true under random questions."""

import json
from pathlib import Path

import hypothesis
import pytest
from hypothesis import given

from brobygger.offers.importing import run
from brobygger.publicapi import document, profiles
from brobygger.publicapi.rules import COLLECTIONS, PARAMETERS
from brobygger.site.wsgi import application
from tests.people import HOUSE, NOW

DIRECTORIES = Path(__file__).parents[2] / "data" / "directories"
pytestmark = pytest.mark.feature("API-01")

# As in the specification's own openapi.json, HSDS 3.1.
SPECIFIED = {
    "/": ("get",),
    "/services/{id}": ("get",),
    "/services": ("get", "post"),
    "/taxonomies/{id}": ("get",),
    "/taxonomies": ("get", "post"),
    "/taxonomy_terms/{id}": ("get",),
    "/taxonomy_terms": ("get", "post"),
    "/organizations/{id}": ("get",),
    "/organizations": ("get", "post"),
    "/service_at_locations/{id}": ("get",),
    "/service_at_locations": ("get", "post"),
}


@pytest.mark.slow  # random questions to every address
def test_random_questions_are_answered_as_described(lasting_cast, settings):
    import schemathesis  # takes a second to read: only where it is used

    settings.CALLS_A_MINUTE = 0
    run(DIRECTORIES / "smedetoften-package", keeper=HOUSE, at=NOW)
    described = schemathesis.openapi.from_wsgi("/api/hsds/v3/openapi.json", application)
    operations = [found.ok() for found in described.get_all_operations()]

    assert len(operations) == 18
    for operation in operations:
        asked_at_random(operation)


def asked_at_random(operation) -> None:
    """Some questions to one address. Every answer must be one that the document describes."""

    @given(case=operation.as_strategy())
    @hypothesis.settings(
        max_examples=2,
        deadline=None,
        derandomize=True,
        database=None,
        suppress_health_check=list(hypothesis.HealthCheck),
    )
    def ask(case) -> None:
        case.call_and_validate(headers={"Accept-Encoding": "identity"})

    ask()


def test_every_address_and_verb_of_the_specification_is_described():
    paths = document.openapi("https://x.example/api/hsds/v3")["paths"]

    assert [
        (path, verb) for path, verbs in SPECIFIED.items() for verb in verbs if verb not in paths[path]
    ] == []
    assert {name for names in COLLECTIONS.values() for name in names} == set(PARAMETERS)


def test_the_description_leads_nowhere_outside_itself():
    told = document.openapi("https://x.example/api/hsds/v3")
    defined = told["components"]

    def references(part: object) -> list[str]:
        if isinstance(part, list):
            return [one for item in part for one in references(item)]
        if isinstance(part, dict):
            own = [part["$ref"]] if isinstance(part.get("$ref"), str) else []
            return own + [one for item in part.values() for one in references(item)]
        return []

    for target in set(references(told)):
        _hash, _components, kind, name = target.split("/")
        assert name in defined[kind], target


@pytest.mark.slow  # every schema
def test_the_merged_schemas_and_the_profile_are_published(client, db):
    told = client.get("/api/hsds/v3/profile.json").json()

    assert set(told["schemas"]) == set(profiles.NAMES)
    for address in told["schemas"].values():
        schema_of_one = client.get(address.removeprefix("http://testserver"))
        assert schema_of_one["Content-Type"] == "application/schema+json"
        assert "CC BY-SA 4.0" in json.loads(schema_of_one.content)["$comment"]
    assert client.get(told["page"].removeprefix("http://testserver")).status_code == 200
