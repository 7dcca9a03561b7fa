"""The sentences as a worker and a resident read them."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given

from brobygger.engine.fit import phrases
from brobygger.engine.fit.constraints import Constraint, reasons
from brobygger.engine.fit.explain import explain
from brobygger.engine.fit.values import (
    AgeSpan,
    Gender,
    OfferFacts,
    Person,
    Places,
    PlacesKind,
    Slot,
)
from brobygger.engine.fit.whatif import WhatIf
from brobygger.engine.quantities import Money, Point
from brobygger.engine.words import Phrase
from tests.engine.fit.cases import OUTSPOKEN, PLAIN_OFFER, moderate, offers, people

WINTER = date(2027, 1, 7)
LATE = date(2026, 1, 28)
NAMES = {"debt": "gæld", "sport": "sport", "2400": "2400 København NV"}


def named(_kind: str, code: str) -> str:
    return NAMES[code]


def sentence(person: Person, offer: OfferFacts, constraint: Constraint) -> str:
    (reason,) = [reason for reason in reasons(person, offer) if reason.constraint == constraint]
    return phrases.of_reason(reason, named).text()


@pytest.mark.parametrize(
    ("constraint", "said", "known", "expected"),
    [
        (Constraint.NEED, {}, {}, "Handler om gæld"),
        (Constraint.NEED, {}, {"themes": frozenset({"sport"})}, "Handler om noget andet: sport"),
        (Constraint.DISTANCE, {}, {}, "9 minutters gang. Beboeren vil højst gå 20 minutter"),
        (Constraint.DISTANCE, {"max_minutes": None}, {}, "9 minutters gang"),
        (
            Constraint.DISTANCE,
            {"home": Point(720_000, 6_184_210)},
            {},
            "4,2 km. Beboeren vil højst gå 20 minutter",
        ),
        (Constraint.TIMES, {}, {}, "Holdes tirsdag kl. 10–12, når beboeren kan"),
        (
            Constraint.TIMES,
            {},
            {"slots": (Slot(3, 570, 660),)},
            "Holdes torsdag kl. 9.30–11, når beboeren ikke kan",
        ),
        (Constraint.AGE, {}, {"ages": AgeSpan(18)}, "Aldersgrænse: fra 18 år. Beboeren er 44"),
        (
            Constraint.AGE,
            {"age": None},
            {"ages": AgeSpan(13, 18)},
            "Spørg: aldersgrænsen er 13–17 år. Passer det?",
        ),
        (Constraint.LANGUAGE, {}, {"languages": frozenset({"ar", "da"})}, "Foregår på arabisk og dansk"),
        (Constraint.LANGUAGE, {}, {"languages": frozenset({"so"})}, "Foregår kun på somalisk"),
        (Constraint.STEP_FREE, {}, {"step_free": None}, "Spørg: er der trappefri adgang?"),
        (Constraint.GROUP, {}, {"genders": frozenset({Gender.WOMAN})}, "Kun for kvinder"),
        (Constraint.AREA, {}, {"areas": frozenset({"2400"})}, "For dem, der bor i 2400 København NV"),
        (Constraint.PRICE, {}, {}, "Gratis"),
        (
            Constraint.PRICE,
            {},
            {"price": Money(7550)},
            "75,50 kr. pr. gang. Beboeren kan højst betale 50 kr.",
        ),
        (Constraint.PLACES, {}, {}, "6 ledige pladser"),
        (
            Constraint.PLACES,
            {},
            {"places": Places(PlacesKind.FREE, free=1, confirmed_on=LATE)},
            "Spørg: er der plads? Ikke bekræftet siden 28. januar 2026",
        ),
        (
            Constraint.PLACES,
            {},
            {"places": Places(PlacesKind.FULL, next_on=WINTER)},
            "Ingen plads før 7. januar",
        ),
        (
            Constraint.OPEN,
            {"wait_until": WINTER},
            {"opens_on": WINTER},
            "Åbner 7. januar. Det kan beboeren vente på",
        ),
    ],
)
def test_the_reason_reads(
    constraint: Constraint, said: dict[str, Any], known: dict[str, Any], expected: str
) -> None:
    read = sentence(replace(OUTSPOKEN, **said), replace(PLAIN_OFFER, **known), constraint)

    assert read == expected


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({"points": (Point(720_000, 6_179_000),)}, "turen må være 24 minutters gang"),
        ({"price": Money.kroner(60)}, "prisen må være 60 kr."),
        ({"slots": (Slot(0, 960, 1020),)}, "mandag kl. 16–17 kunne lade sig gøre"),
        ({"slots": (Slot(0, 960, 1020),), "come_and_go": True}, "der var en halv time mandag kl. 16–17"),
        ({"languages": frozenset({"en"})}, "en, der taler engelsk, kunne gå med"),
        ({"places": Places(PlacesKind.FULL, next_on=WINTER)}, "der kan ventes til 7. januar"),
        ({"opens_on": WINTER}, "der kan ventes til 7. januar"),
        ({"step_free": False}, "der kom trappefri adgang"),
        ({"genders": frozenset({Gender.MAN})}, "tilbuddet også var for andre end mænd"),
    ],
)
def test_the_near_miss_reads(known: dict[str, Any], expected: str) -> None:
    change = explain(OUTSPOKEN, replace(PLAIN_OFFER, **known)).change

    assert change is not None
    assert phrases.of_change(change).text() == f"Ville passe, hvis {expected}"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        (1, "Hvis prisen må være 60 kr., passer 1 tilbud mere"),
        (3, "Hvis prisen må være 60 kr., passer 3 tilbud mere"),
    ],
)
def test_what_if_reads(more: int, expected: str) -> None:
    change = explain(OUTSPOKEN, replace(PLAIN_OFFER, price=Money.kroner(60))).change

    assert change is not None
    assert phrases.of_what_if(WhatIf(change, more)).text() == expected


@moderate
@given(people, offers)
def test_there_is_a_sentence_for_every_reason_and_every_change(person: Person, offer: OfferFacts) -> None:
    explanation = explain(person, offer)

    read = [phrases.of_reason(reason).text() for reason in explanation.reasons]
    read += [phrases.of_change(explanation.change).text()] if explanation.change else []

    assert all(read)
    assert not [text for text in read if "%(" in text]


def test_a_blank_is_translated_inside_its_sentence() -> None:
    english = {
        "tirsdag": "Tuesday",
        "Holdes %(slots)s, når beboeren kan": "Held %(slots)s, when the resident can",
        "%(days)s kl. %(from)s–%(until)s": "on %(days)s from %(from)s to %(until)s",
        "%(hour)s.%(minute)s": "%(hour)s:%(minute)s",
    }
    offer = replace(PLAIN_OFFER, slots=(Slot(1, 570, 660),))
    (reason,) = [reason for reason in reasons(OUTSPOKEN, offer) if reason.constraint == Constraint.TIMES]

    text = phrases.of_reason(reason).text(lambda danish: english.get(danish, danish))

    assert text == "Held on Tuesday from 9:30 to 11, when the resident can"


@pytest.mark.feature("MAT-07")
def test_a_sentence_can_be_kept_as_plain_values_and_read_again() -> None:
    (reason, *_rest) = reasons(OUTSPOKEN, PLAIN_OFFER)
    phrase = phrases.of_reason(reason, named)

    kept = phrase.as_plain()

    assert Phrase.from_plain(json.loads(json.dumps(kept))) == phrase
