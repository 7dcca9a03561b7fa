"""A press counts only if it comes from a page of ours."""

from uuid import uuid4

import grimp
import pytest
from django.test import Client

from tests.conftest import sign_in
from tests.house.addresses import addresses
from tests.house.test_stranger import keys_of, public_keys
from tests.house.world import World
from tests.people import HOUSE

ENDS_NOTHING_OF_OTHERS = {"leave"}  # looks at where the press comes from instead (`foundation.leaving`)
ONLY_READ = "api/"  # for programs of others, which have no token and whose POST is a long question
REFUSED = 403


@pytest.mark.asvs("3.5.1")
def test_no_page_takes_a_press_without_its_token(world: World):
    keys = keys_of(world.houses[HOUSE], "draft") | public_keys()
    maja = sign_in(Client(enforce_csrf_checks=True), world.houses[HOUSE].worker)
    taken = {
        one.name
        for one in addresses()
        if not one.path.startswith(ONLY_READ)
        for path in [one.with_keys(dict.fromkeys(one.keys, "x") | keys)]
        if maja.post(path, {"once": str(uuid4())}).status_code != REFUSED
    }

    assert taken == ENDS_NOTHING_OF_OTHERS


def test_what_takes_a_press_from_anywhere_leads_only_to_what_is_read():
    """The feed imports nothing that could change anything."""
    graph = grimp.build_graph("brobygger", cache_dir=None)
    led_to = {
        module
        for view in ("brobygger.publicapi.views", "brobygger.publicapi.urls")
        for module in graph.find_upstream_modules(view)
    }

    assert "brobygger.offers.reads" in led_to
    assert [module for module in led_to if module.endswith(".actions")] == []
