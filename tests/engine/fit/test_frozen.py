"""What was known and said when an offer was chosen, kept as it was."""

import json
from dataclasses import replace

import pytest
from hypothesis import given

from brobygger.engine.fit import phrases
from brobygger.engine.fit.explain import explain
from brobygger.engine.fit.frozen import freeze, told
from brobygger.engine.fit.values import OfferFacts, Person
from brobygger.engine.quantities import Money
from tests.engine.fit.cases import OUTSPOKEN, PLAIN_OFFER, moderate, offers, people


@pytest.mark.feature("MAT-07")
@moderate
@given(people, offers)
def test_frozen_reasons_read_as_they_read_on_the_page(person: Person, offer: OfferFacts) -> None:
    explanation = explain(person, offer)
    shown = [(reason.standing, phrases.of_reason(reason).text()) for reason in explanation.reasons]

    kept = json.loads(json.dumps(freeze(explanation)))

    assert [(standing, sentence.text()) for standing, sentence in told(kept)] == shown


def test_a_near_miss_keeps_what_stood_in_the_way_and_what_would_open_it() -> None:
    dear = replace(PLAIN_OFFER, price=Money.kroner(60), step_free=None)

    kept = freeze(explain(OUTSPOKEN, dear))

    assert (kept["against"], kept["ask"]) == (["PRICE"], ["STEP_FREE"])
    assert kept["change"]["values"]["condition"]["values"] == {
        "price": {"template": "%(kroner)s kr.", "values": {"kroner": 60}}
    }
