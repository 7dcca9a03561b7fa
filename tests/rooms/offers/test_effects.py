"""Before a rule is saved, its keeper reads how many open needs gain and lose the offer (MAT-06)."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from brobygger.foundation.scope import organisation_scope
from brobygger.matching.effects import effect
from brobygger.offers import facts, keeping
from brobygger.offers.keeping import Told
from brobygger.offers.models import Offer
from brobygger.offers.trial import before_and_after
from brobygger.residents.models import Need
from tests.conftest import sign_in
from tests.people import HOUSE, NOW, TODAY, Cast, resident

pytestmark = [pytest.mark.feature("MAT-06"), pytest.mark.slow]
BORN = (2008, 2012, 2014, 2015, 2016, 2017, 2018, 2019)


def many_needs(cast: Cast, years: tuple[int, ...] = BORN) -> None:
    for year in years:
        person = resident(f"Barn {year}", cast.maja, birth_year=year, languages=["da"])
        Need.objects.create(
            resident=person, words="spille", theme="leisure", owner=cast.maja, next_step="x",
            next_step_on=TODAY, opened_at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize(
    "told",
    [
        Told({"minimum_age": 8, "maximum_age": 20}),
        Told({"minimum_age": 0, "maximum_age": None}),
        Told({"languages": ["so"]}),
        Told({"themes": ["debt"]}),
        Told(hours={2: ()}),
        Told({"price": 20_000}),
    ],
)
def test_what_is_foretold_is_the_difference_after_saving_both_ways(in_house: Cast, told: Told):
    many_needs(in_house)
    offer, by = in_house.football, in_house.maja.actor
    stood = facts.facts_of(offer.pk, TODAY)

    foretold = effect(*before_and_after(offer=offer, told=told, by=by, at=NOW), on=TODAY)
    unchanged = facts.facts_of(offer.pk, TODAY)
    keeping.change_offer(offer=offer, seen=1, told=told, by=by, at=NOW)

    after = facts.facts_of(offer.pk, TODAY)
    came = effect(stood, after, on=TODAY)
    back = effect(after, stood, on=TODAY)
    assert unchanged == stood
    assert foretold == came
    assert (back.gained, back.lost) == (came.lost, came.gained)


def test_one_offer_alone_has_the_facts_it_has_in_the_whole_directory(in_house: Cast):
    alone = facts.facts_of(in_house.football.pk, TODAY)

    assert facts.offer_facts(TODAY) == [alone]


def preview(cast: Cast, **said: Any) -> str:
    path = f"/tilbud/{cast.football.pk}/ret/hvem/"
    sent = {
        "once": str(uuid4()), "seen": "1", "what": "se", "minimum_age": "6", "maximum_age": "12",
        "price": "0", "languages": "da", **said,
    }  # fmt: skip
    return sign_in(Client(), cast.maja).post(path, sent).content.decode()


def test_a_worker_reads_the_count_and_nothing_is_saved(cast: Cast):
    with organisation_scope(HOUSE):
        many_needs(cast, tuple(timezone.localdate().year - 15 for _ in range(6)))

    page = preview(cast, maximum_age="20")

    assert "det kommer til at passe til: 6." in page
    assert "det ikke længere passer til: færre end 5." in page
    assert (Offer.objects.get().maximum_age, Offer.objects.get().version) == (12, 1)


def test_the_few_are_not_told_apart_from_nobody(cast: Cast):
    with organisation_scope(HOUSE):
        many_needs(cast, (timezone.localdate().year - 15,))

    assert preview(cast, maximum_age="20").count("færre end 5.") == 2
