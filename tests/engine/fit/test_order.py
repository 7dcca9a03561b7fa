"""The published formula, number by number."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given

from brobygger.engine.fit import columns, order, plain
from brobygger.engine.fit.values import OfferFacts, Person, Places, PlacesKind
from brobygger.engine.quantities import Money, Point
from tests.engine.fit.cases import OUTSPOKEN, PLAIN_OFFER, TODAY, everything, moderate, offers, people

SOON = TODAY + timedelta(days=7)


@pytest.mark.parametrize(
    ("said", "known", "expected"),
    [
        ({}, {}, 9),  # 500 metres
        ({"home": None}, {}, 0),
        ({}, {"price": Money.kroner(40)}, 9 + 20),
        ({"max_price": None}, {"price": Money.kroner(40)}, 9),
        ({}, {"step_free": None}, 9 + 60),
        ({}, {"step_free": None, "price": None}, 9 + 120),
        ({}, {"places": Places(PlacesKind.FULL, next_on=SOON)}, 9 + 30),
        ({}, {"places": Places(PlacesKind.FULL, confirmed_on=TODAY)}, 9 + 30),
        ({}, {"places": Places(PlacesKind.WAITING_LIST, confirmed_on=TODAY)}, 9 + 30),
        ({}, {"places": Places(PlacesKind.FULL)}, 9 + 60),  # nobody has confirmed it
        ({}, {"opens_on": SOON}, 9 + 30),
        ({}, {"opens_on": TODAY}, 9),
        ({}, {"themes": None}, 9 + 60 + 1000),
    ],
)
def test_an_offer_costs(said: dict[str, Any], known: dict[str, Any], expected: int) -> None:
    person, offer = replace(OUTSPOKEN, **said), replace(PLAIN_OFFER, **known)

    placed = plain.place(person, offer)

    assert placed.penalty == expected
    assert columns.Masks.of(person, columns.pack([offer])).penalty.tolist() == [expected]


@pytest.mark.feature("MAT-01")
def test_a_free_offer_far_away_and_a_dear_one_next_door_are_weighed_openly() -> None:
    next_door = replace(PLAIN_OFFER, id=2, points=(Point(720_300, 6_180_400),), price=Money.kroner(50))

    ranking = everything(OUTSPOKEN, [next_door, PLAIN_OFFER])

    assert [(placed.offer, placed.penalty) for placed in ranking] == [(1, 9), (2, 25)]


@moderate
@given(people, offers)
def test_two_people_who_said_the_same_get_the_same_number(person: Person, offer: OfferFacts) -> None:
    namesake = replace(person)

    assert plain.place(namesake, offer) == plain.place(person, offer)


def test_the_explanation_tells_the_weights_as_they_are() -> None:
    told = " ".join(line.text() for line in order.EXPLANATION)

    assert "for hver 2 kr." in told
    assert "spørge om, lægger 60 til" in told
    assert "Ventetid lægger 30 til" in told
    assert "lægger det 1000 til" in told
