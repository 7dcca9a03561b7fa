"""Persons are never ranked (MAT-04): no score on a resident, and lists sorted as agreed (FOUNDATION 15)."""

import ast
import re
from pathlib import Path

import pytest
from django.test import Client

import brobygger
from brobygger.foundation.scope import organisation_scope
from brobygger.residents.models import Resident
from tests.house.test_erasing import leading_to_a_resident
from tests.people import HOUSE, Cast

SOURCE = Path(brobygger.__file__).parent
A_SCORE = re.compile(r"score|rank|risk|point|grade|weight|priorit|sever|urgency|vulnerab|probab|likel")
NOT_OF_A_PERSON: dict[str, str] = {}  # "app.Model.column": why it is no score

# FOUNDATION 15 as columns: name, agreed time, due date, date asked, last contact, failed attempt. Keys, "seq"
# and what belongs to partners and offers (their function, coordinator and offer) make an order complete.
MAY_SORT = {
    "name", "owner__name", "worker__name", "last_contact_on", "next_step_on", "due_at", "promised_at",
    "meet_at", "offered_at", "undelivered_at", "opened_at", "closed_at", "made_at", "ended_at", "sent_at",
    "asked_at", "at", "pk", "seq", "bridge_id", "recipient_id", "offer", "function", "is_coordinator",
}  # fmt: skip
ROOMS_WITH_PEOPLE = ("residents", "bridging", "privacy", "matching")


def sort_keys() -> dict[str, set[str]]:
    """Every column some query about people is ordered by, and where."""
    found: dict[str, set[str]] = {}
    for room in ROOMS_WITH_PEOPLE:
        for path in sorted((SOURCE / room).rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "order_by":
                    for key in _texts(node):
                        found.setdefault(key.lstrip("-"), set()).add(path.relative_to(SOURCE).as_posix())
    return found


def _texts(call: ast.Call) -> list[str]:
    return [
        node.value
        for given in call.args
        for node in ast.walk(given)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]


@pytest.mark.feature("MAT-04")
def test_no_score_stands_on_a_resident():
    columns = {
        f"{label}.{field.name}"
        for label, model in leading_to_a_resident().items()
        for field in model._meta.concrete_fields
        if A_SCORE.search(field.name)
    }

    assert columns - set(NOT_OF_A_PERSON) == set()


@pytest.mark.feature("MAT-04")
def test_no_list_of_persons_has_other_sort_keys_than_those_agreed():
    assert {key: where for key, where in sort_keys().items() if key not in MAY_SORT} == {}


@pytest.mark.feature("MAT-04")
def test_an_invented_sort_key_in_the_address_changes_nothing(as_member, cast: Cast):
    maja: Client = as_member(cast.maja)
    with organisation_scope(HOUSE):
        Resident.objects.filter(pk=cast.inger.pk).update(birth_year=1945)

    by_age, by_name = (maja.get("/beboere/", {"sort": key}) for key in ("birth_year", "name"))

    assert [row.name for row in by_age.context["page"]] == [row.name for row in by_name.context["page"]]
