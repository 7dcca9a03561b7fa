"""What a listing said before is kept by the database, whoever changes it, and one can go back."""

from datetime import time

import pytest
from django.db import connection, transaction
from django.db.utils import ProgrammingError

from brobygger.foundation.actor import SYSTEM
from brobygger.foundation.scope import organisation_scope
from brobygger.offers import actions, keeping, remembered
from brobygger.offers.details import CostOption, RequiredDocument
from brobygger.offers.history import ListingChange, ListingSave
from brobygger.offers.keeping import Told
from brobygger.offers.models import Offer, Phone, Schedule
from brobygger.offers.terms import CapacityKind
from brobygger.partners.models import Organisation
from tests.people import CLUB, ELSEWHERE, HOUSE, NOW

pytestmark = [pytest.mark.feature("OFF-02"), pytest.mark.slow]  # each save is committed


@pytest.fixture
def offer(lasting_cast):
    """Written in a transaction of its own, so that what follows is another save."""
    with organisation_scope(HOUSE):
        offer = Offer.objects.create(organisation_id=CLUB, name="Fodbold", price=0)
        CostOption.objects.create(offer=offer, option="alle", amount=0)
        Phone.objects.create(offer=offer, number="+45 00 00 00 00")
    return offer


def change(offer: Offer, **fields: object) -> None:
    keeping.change_offer(
        offer=Offer.objects.get(pk=offer.pk), seen=Offer.objects.get(pk=offer.pk).version, told=Told(fields),
        by=SYSTEM, at=NOW,
    )  # fmt: skip


def saves() -> list[int]:
    with organisation_scope(HOUSE):
        return list(dict.fromkeys(ListingChange.objects.order_by("number").values_list("save_id", flat=True)))


def test_what_is_written_in_the_first_time_is_no_change(offer):
    assert saves() == []


def test_a_change_keeps_what_was_said_and_whose_act_it_was(offer):
    change(offer, name="Fodbold for alle")

    with organisation_scope(HOUSE):
        kept = ListingChange.objects.get()
        signed = ListingSave.objects.get(save_id=kept.save_id)
    assert (kept.before, kept.after) == ({"name": "Fodbold"}, {"name": "Fodbold for alle"})
    assert (signed.act, signed.by_kind, signed.at) == ("offer:changed", "system", NOW)


def test_plain_sql_is_remembered_too(offer):
    with organisation_scope(HOUSE), connection.cursor() as cursor:
        cursor.execute("UPDATE offers_offer SET name = 'Hop' WHERE id = %s", [offer.pk])

    with organisation_scope(HOUSE):
        assert ListingChange.objects.get().before == {"name": "Fodbold"}


def test_a_place_taken_is_use_and_no_history(offer):
    change(offer, capacity_kind=CapacityKind.PLACES, places_total=2)
    before = saves()

    actions.take_place(offer=Offer.objects.get(pk=offer.pk))

    assert saves() == before


def test_one_goes_back_to_before_a_save_with_every_row(offer):
    change(offer, price=5_000)
    with organisation_scope(HOUSE):
        RequiredDocument.objects.create(offer=offer, document="sundhedskort")
        Phone.objects.filter(offer=offer).update(number="+45 11 11 11 11")
        Schedule.objects.create(offer=offer, weekday=0, opens_at=time(9), closes_at=time(10))
    change(offer, name="Noget andet")

    actions.roll_back(offer=offer, to=saves()[0], by=SYSTEM, at=NOW)

    assert (offer.name, offer.price) == ("Fodbold", 0)
    assert CostOption.objects.get(offer=offer).withdrawn_at is None
    assert Phone.objects.get(offer=offer).number == "+45 00 00 00 00"
    assert not RequiredDocument.objects.filter(offer=offer, withdrawn_at=None).exists()
    assert not Schedule.objects.filter(offer=offer, withdrawn_at=None).exists()


def test_the_way_back_is_a_save_one_can_go_back_from(offer):
    change(offer, name="Fodbold for alle")
    actions.roll_back(offer=offer, to=saves()[0], by=SYSTEM, at=NOW)

    actions.roll_back(offer=offer, to=saves()[1], by=SYSTEM, at=NOW)

    assert offer.name == "Fodbold for alle"


def test_only_what_came_after_goes_back(offer):
    change(offer, name="Første")
    change(offer, name="Anden", price=100)

    actions.roll_back(offer=offer, to=saves()[1], by=SYSTEM, at=NOW)

    assert (offer.name, offer.price) == ("Første", 0)


def test_places_that_are_taken_stay_taken(offer):
    change(offer, capacity_kind=CapacityKind.PLACES, places_total=1)
    change(offer, places_total=2)
    for _number in range(2):
        actions.take_place(offer=Offer.objects.get(pk=offer.pk))

    with pytest.raises(actions.NoRoomForWhatWas):
        actions.roll_back(offer=offer, to=saves()[1], by=SYSTEM, at=NOW)

    assert Offer.objects.get(pk=offer.pk).places_total == 2


def test_nobody_goes_back_to_what_was_never_changed(offer):
    with pytest.raises(actions.NothingToGoBackTo):
        actions.roll_back(offer=offer, to=1, by=SYSTEM, at=NOW)


def test_what_was_said_is_the_keepers_own(offer):
    change(offer, name="Fodbold for alle")

    with organisation_scope(ELSEWHERE):
        assert not ListingChange.objects.exists()
        assert not ListingSave.objects.exists()


@pytest.mark.parametrize(
    "verb", ["DELETE FROM offers_listingchange", "UPDATE offers_listingchange SET row = id"]
)
def test_history_is_never_rewritten(offer, verb):
    change(offer, name="Fodbold for alle")

    refused = pytest.raises(ProgrammingError, match="permission")
    with organisation_scope(HOUSE), refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(verb)


def test_the_page_shows_old_and_new_side_by_side(offer, lasting_cast):
    keeping.change_offer(
        offer=offer, seen=1, told=Told({"price": 5_000, "name": "Bold"}), by=lasting_cast.maja.actor, at=NOW
    )

    with organisation_scope(HOUSE):
        save = remembered.saves_of(offer, viewer=lasting_cast.maja)[0]

    assert save.who == "Maja"
    assert [(line.what, line.field, line.before, line.after) for line in save.lines][:2] == [
        ("Tilbuddet", "navn", "Fodbold", "Bold"),
        ("Tilbuddet", "pris pr. gang", "0 kr.", "50 kr."),
    ]


def test_a_press_on_the_page_goes_back(offer, lasting_cast, as_member, once):
    change(offer, name="Bold")
    maja = as_member(lasting_cast.maja)

    maja.post(f"/tilbud/{offer.pk}/historik/", once(save=saves()[0]), follow=True)

    assert Offer.objects.get(pk=offer.pk).name == "Fodbold"


def test_another_house_finds_no_history(offer, lasting_cast, as_member):
    ole = as_member(lasting_cast.ole)

    assert ole.get(f"/tilbud/{offer.pk}/historik/").status_code == 404
    assert Organisation.objects.filter(pk=CLUB).exists()
