"""A press counts only if it comes from a page of ours."""

from uuid import uuid4

import pytest
from django.test import Client

from tests.conftest import sign_in
from tests.house.addresses import addresses
from tests.house.test_stranger import keys_of, public_keys
from tests.house.world import World
from tests.people import HOUSE

ENDS_NOTHING_OF_OTHERS = {"leave"}  # looks at where the press comes from instead (`foundation.leaving`)
REFUSED = 403


@pytest.mark.asvs("3.5.1")
def test_no_page_takes_a_press_without_its_token(world: World):
    keys = keys_of(world.houses[HOUSE], "draft") | public_keys()
    maja = sign_in(Client(enforce_csrf_checks=True), world.houses[HOUSE].worker)
    taken = {
        one.name
        for one in addresses()
        for path in [one.with_keys(dict.fromkeys(one.keys, "x") | keys)]
        if maja.post(path, {"once": str(uuid4())}).status_code != REFUSED
    }

    assert taken == ENDS_NOTHING_OF_OTHERS
