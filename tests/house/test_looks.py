"""Every person a page shows is in the trail, and looking changes nothing else (PROMISES P4 and 2.10).

Every page that a worker can open, taken from the resolver.
"""

import pytest
from django.db import transaction
from django.test import Client

from brobygger.foundation.audit import AuditRow
from brobygger.foundation.scope import organisation_scope
from brobygger.residents.models import Resident
from tests.conftest import sign_in
from tests.house.test_stranger import everything_of, keys_of, public_keys, reachable
from tests.house.world import World
from tests.people import HOUSE, resident


@pytest.fixture
def named(world: World) -> dict[str, str]:
    """Name -> key of the residents of our house: each has a name that stands nowhere else."""
    ours = world.houses[HOUSE]
    with organisation_scope(HOUSE):
        people = [ours.person, resident("Xenia", ours.worker), resident("Yrsa", ours.worker)]
        for number, person in enumerate(people):
            Resident.objects.filter(pk=person.pk).update(name=f"Qvist{number}")
    return {f"Qvist{number}": str(person.pk) for number, person in enumerate(people)}


def opened(client: Client, path: str) -> tuple[str, set[str]]:
    """The text of a page, and the keys its look wrote."""
    with transaction.atomic():
        response = client.get(path)
        with organisation_scope(HOUSE):
            rows = AuditRow.objects.filter(act__endswith=":seen").values_list("about_ids", flat=True)
            looked = {key for keys in rows for key in keys}
        transaction.set_rollback(True)
    return response.content.decode(), looked


@pytest.mark.feature("PRI-06")
@pytest.mark.asvs("16.2.1")
def test_whoever_is_shown_is_in_the_trail(world: World, named: dict[str, str]):
    maja = sign_in(Client(), world.houses[HOUSE].worker)
    paths = reachable(keys_of(world.houses[HOUSE], "club") | public_keys()) + reachable(
        keys_of(world.houses[HOUSE], "draft")
    )
    pages = {path: opened(maja, path) for path in paths}
    shown = {path: {key for name, key in named.items() if name in text} for path, (text, _) in pages.items()}
    unlogged = [path for path, keys in shown.items() if not keys <= pages[path][1]]

    assert sum(map(bool, shown.values())) >= 5
    assert unlogged == []


@pytest.mark.asvs("3.5.3")
def test_looking_changes_nothing_else(world: World):
    maja = sign_in(Client(), world.houses[HOUSE].worker)
    before = everything_of(HOUSE)

    for path in reachable(keys_of(world.houses[HOUSE], "draft") | public_keys()):
        maja.get(path)
        maja.head(path)

    assert everything_of(HOUSE) == before
