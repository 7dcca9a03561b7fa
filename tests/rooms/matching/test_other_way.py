"""The other way round (MAT-09): pair by pair the same relation, and only those who said yes appear."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given

from brobygger.engine.fit import columns
from brobygger.engine.fit.values import OfferFacts, Person
from brobygger.foundation.scope import organisation_scope
from brobygger.matching.other_way import whom_it_fits
from brobygger.privacy.models import Consent
from brobygger.privacy.terms import ConsentAct, ConsentForm, Direction
from brobygger.residents.models import Need, Resident
from tests.engine.fit.cases import EVERYTHING, directories, moderate, people
from tests.people import ELSEWHERE, HOUSE, NOW, TODAY, Cast, resident

pytestmark = pytest.mark.feature("MAT-09")


@pytest.mark.slow
@moderate
@given(directories, people)
def test_forward_and_reverse_agree_pair_by_pair(directory: list[OfferFacts], person: Person):
    forward = columns.rank(person, columns.pack(directory), fits=EVERYTHING).fits

    backward = [offer.id for offer in directory if whom_it_fits(offer, {"somebody": person})]

    assert {int(each.offer) for each in forward} == {int(key) for key in backward}


@pytest.fixture
def maja(as_member: Any, cast: Cast) -> Client:
    client: Client = as_member(cast.maja)
    return client


def say_yes(cast: Cast, person: Resident, **changed: Any) -> None:
    with organisation_scope(HOUSE):
        Consent.objects.create(
            **{
                "resident_id": person.pk,
                "recipient_id": cast.club.pk,
                "act": ConsentAct.GIVEN,
                "direction": Direction.GIVE,
                "categories": ["need"],
                "purpose": "at høre om fodbold",
                "form": ConsentForm.ORAL,
                "wording": "I må gerne fortælle klubben, hvad vi leder efter.",
                "language": "da",
                "witness": cast.maja,
                "at": NOW,
                "valid_until": TODAY + timedelta(days=3650),
            }
            | changed
        )


def asked(client: Client, cast: Cast) -> list[str]:
    return [one.resident for one in client.get(f"/forslag/til/{cast.football.pk}/").context["asked"]]


@pytest.mark.django_db
def test_who_has_not_said_yes_never_appears(maja: Client, cast: Cast):
    assert asked(maja, cast) == []


@pytest.mark.django_db
def test_who_has_said_yes_appears_to_their_own_worker(maja: Client, cast: Cast):
    say_yes(cast, cast.amir)

    assert asked(maja, cast) == ["Amir"]


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(
    "changed",
    [
        {"categories": ["first_name"]},
        {"direction": Direction.GET, "categories": ["answer"]},
        {"recipient_id": HOUSE},
        {"valid_until": TODAY - timedelta(days=1)},
    ],
    ids=["to something else", "to being answered", "to somebody else", "and it has run out"],
)
def test_another_yes_is_not_this_yes(maja: Client, cast: Cast, changed: dict[str, Any]):
    say_yes(cast, cast.amir, **changed)

    assert asked(maja, cast) == []


@pytest.mark.slow
@pytest.mark.django_db
def test_a_yes_that_was_taken_back_is_none(maja: Client, cast: Cast):
    say_yes(cast, cast.amir)
    say_yes(cast, cast.amir, act=ConsentAct.WITHDRAWN, at=NOW + timedelta(minutes=1))

    assert asked(maja, cast) == []


@pytest.mark.slow
@pytest.mark.django_db
def test_whom_it_does_not_fit_does_not_appear(maja: Client, cast: Cast):
    say_yes(cast, cast.amir)
    with organisation_scope(HOUSE):
        Resident.objects.filter(pk=cast.amir.pk).update(birth_year=1950)

    assert asked(maja, cast) == []


@pytest.mark.slow
@pytest.mark.django_db
def test_who_asked_first_stands_first(maja: Client, cast: Cast):
    say_yes(cast, cast.amir)
    with organisation_scope(HOUSE):
        earlier = resident("Zahra", cast.maja)
        Need.objects.create(
            resident=earlier, words="fodbold", theme=cast.need.theme, owner=cast.maja, next_step="ring",
            next_step_on=TODAY, opened_at=NOW - timedelta(days=9),
        )  # fmt: skip
    say_yes(cast, earlier)

    assert asked(maja, cast) == ["Zahra", "Amir"]


@pytest.mark.slow
@pytest.mark.django_db
def test_even_a_leader_sees_only_those_they_follow_themselves(as_member: Any, cast: Cast):
    say_yes(cast, cast.amir)

    assert asked(as_member(cast.torben), cast) == []
    assert as_member(cast.ole).get(f"/forslag/til/{cast.football.pk}/").context["asked"] == []


@pytest.mark.slow
@pytest.mark.django_db
def test_an_organisation_that_wishes_to_meet_families_is_asked_for_by_need(maja: Client, cast: Cast):
    say_yes(cast, cast.amir)

    found = {
        theme: [one.resident for one in maja.get(address, {"emne": theme}).context["asked"]]
        for address in [f"/forslag/moede/{cast.club.pk}/"]
        for theme in ("leisure", "debt", "xx")
    }

    assert found == {"leisure": ["Amir"], "debt": [], "xx": []}


@pytest.mark.slow
@pytest.mark.django_db
def test_what_is_not_there_has_no_page(maja: Client):
    assert maja.get(f"/forslag/til/{ELSEWHERE}/").status_code == 404
    assert maja.get(f"/forslag/moede/{'0' * 8}-0000-0000-0000-000000000009/").status_code == 404
