"""When an offer or a fact changes, the need says so within a minute, and only that need (MAT-05)."""

from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from brobygger.foundation.scope import organisation_scope
from brobygger.matching import jobs, news
from brobygger.matching.models import KnownOffers
from brobygger.offers import keeping
from brobygger.offers.keeping import Told
from brobygger.offers.models import Offer
from brobygger.offers.terms import OfferStatus
from brobygger.residents.models import Need, Resident
from tests.conftest import sign_in
from tests.people import HOUSE, NOW, TODAY, Cast, football_offer

pytestmark = [pytest.mark.feature("MAT-05"), pytest.mark.slow]


@pytest.fixture(autouse=True)
def _never_looked() -> None:
    news._looked_at.clear()


def new_offers(need: Need) -> int:
    return Need.objects.get(pk=need.pk).new_offers


def another_need(cast: Cast) -> Need:
    return Need.objects.create(
        resident=cast.inger, words="gæld", theme="debt", owner=cast.maja, next_step="x", next_step_on=TODAY,
        opened_at=NOW,
    )  # fmt: skip


def test_a_new_team_is_one_new_suggestion_on_the_need_it_fits_and_on_no_other(in_house: Cast):
    debt = another_need(in_house)
    news.look_for_news(NOW)

    football_offer(in_house.club, name="Torsdagsholdet")
    news.look_for_news(NOW)

    assert (new_offers(in_house.need), new_offers(debt)) == (1, 0)
    assert news.fresh_names(in_house.need) == ["Torsdagsholdet"]


def test_what_fits_when_a_need_is_first_looked_at_is_no_news(in_house: Cast):
    news.look_for_news(NOW)

    assert new_offers(in_house.need) == 0
    assert KnownOffers.objects.get(need=in_house.need).known == [str(in_house.football.pk)]


def test_a_changed_fact_can_bring_a_new_suggestion(in_house: Cast):
    Resident.objects.filter(pk=in_house.amir.pk).update(birth_year=1980)
    news.look_for_news(NOW)

    Resident.objects.filter(pk=in_house.amir.pk).update(birth_year=2017)
    news.look_for_news(NOW)

    assert new_offers(in_house.need) == 1


def test_a_partner_that_ends_its_pause_brings_news(in_house: Cast):
    Offer.objects.update(status=OfferStatus.PAUSED)
    news.look_for_news(NOW)

    offer = Offer.objects.get()
    told = Told({"status": OfferStatus.ACTIVE})
    keeping.change_offer(offer=offer, seen=offer.version, told=told, by=in_house.maja.actor, at=NOW)
    news.look_for_news(NOW)

    assert new_offers(in_house.need) == 1


def test_what_no_longer_fits_is_no_news_any_more(in_house: Cast):
    news.look_for_news(NOW)
    late = football_offer(in_house.club, name="Torsdagsholdet")
    news.look_for_news(NOW)

    Offer.objects.filter(pk=late.pk).update(withdrawn_at=NOW)
    news.look_for_news(NOW)

    assert new_offers(in_house.need) == 0


def test_looking_again_while_nothing_has_changed_asks_for_no_need(
    in_house: Cast, monkeypatch: pytest.MonkeyPatch
):
    news.look_for_news(NOW)
    monkeypatch.setattr(news, "_look", lambda now: pytest.fail("looked again"))

    assert news.look_for_news(NOW) == 0


def test_the_owner_reads_it_on_the_need_and_presses_it_away(cast: Cast):
    now = timezone.now()
    with organisation_scope(HOUSE):
        news.look_for_news(now)
        football_offer(cast.club, name="Torsdagsholdet")
    jobs.every_minute(0)
    maja, path = sign_in(Client(), cast.maja), f"/forslag/{cast.need.pk}/"

    need = maja.get(f"/beboere/{cast.amir.pk}/").content.decode()
    before = maja.get(path).content.decode()
    maja.post(f"{path}set/", {"once": str(uuid4())})
    after = maja.get(path).content.decode()

    assert "1 nyt forslag" in need
    assert "1 nyt forslag" in before
    assert "nyt forslag" not in after
    assert "nyt forslag" not in maja.get("/i-dag/").content.decode()


def test_a_look_at_the_page_changes_nothing(cast: Cast):
    with organisation_scope(HOUSE):
        news.look_for_news(NOW)
        football_offer(cast.club, name="Torsdagsholdet")
        news.look_for_news(NOW)

    sign_in(Client(), cast.maja).get(f"/forslag/{cast.need.pk}/")

    with organisation_scope(HOUSE):
        assert new_offers(cast.need) == 1
