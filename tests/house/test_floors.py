"""The floors of `.importlinter`, also for what import-linter cannot see."""

import grimp
import pytest
from django.apps import apps

from tests.house.floors import CELLAR_AND_ROOF, ROOT, floor_of, layered_rooms, leans_up, rooms


def test_foreign_keys_point_down_or_stay_in_the_room():
    """They are written as strings, so the contract does not see them."""
    keys = {
        f"{model._meta.label}.{field.name}": (model._meta.app_label, field.related_model._meta.app_label)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model
    }

    assert [name for name, key in keys.items() if leans_up(key, floor_of())] == []


@pytest.mark.parametrize(
    ("key", "is_wrong"),
    [
        (("residents", "offers"), False),
        (("residents", "residents"), False),
        (("offers", "residents"), True),
        (("matching", "bridging"), True),
        (("accounts", "auth"), False),
    ],
)
def test_a_key_upwards_or_to_a_neighbour_is_seen(key: tuple[str, str], is_wrong: bool):
    assert leans_up(key, floor_of()) is is_wrong


def test_every_room_has_a_floor_and_its_inside_is_looked_at():
    assert rooms() <= set(floor_of())
    assert layered_rooms() == rooms() - CELLAR_AND_ROOF


def test_the_map_names_every_room_that_exists_and_no_other():
    """HOUSE.md is read first by newcomers; a room it does not name is a room nobody finds."""
    table = [line for line in (ROOT / "HOUSE.md").read_text().split("\n") if line.startswith("|")]
    named = {room for room in floor_of() if any(f"| `{room}` |" in line for line in table)}

    assert named == rooms()


def test_a_rooms_views_and_forms_are_known_to_that_room_alone():
    """The contract cannot say "its own"."""
    graph = grimp.build_graph("brobygger", cache_dir=None)
    wrong = [
        f"{importer} -> {module}"
        for module in graph.modules
        if {"views", "forms"} & set(module.split(".")[2:])
        for importer in graph.find_modules_that_directly_import(module)
        if importer.split(".")[1] != module.split(".")[1]
    ]

    assert wrong == []
