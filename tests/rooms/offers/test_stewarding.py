"""Stale listings and dead addresses find a steward, and the listing says so meanwhile (OFF-08)."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from brobygger.accounts.models import Membership
from brobygger.accounts.terms import Duty, Role
from brobygger.foundation.outbox import MessageState, OutboxMessage
from brobygger.foundation.scope import organisation_scope
from brobygger.foundation.sockets import daily_jobs
from brobygger.offers import jobs, keeping, stewarding
from brobygger.offers.models import Offer
from brobygger.offers.tasks import StewardTask, TaskKind
from brobygger.partners.models import Contact
from tests.conftest import sign_in
from tests.people import HOUSE, NOW, TODAY, Cast, football_offer, member

pytestmark = [pytest.mark.feature("OFF-08"), pytest.mark.slow]
HALF_A_YEAR = timedelta(days=200)


def bounced(cast: Cast, *, now: datetime = NOW) -> OutboxMessage:
    """A message to the trainer that could not be delivered."""
    return OutboxMessage.objects.create(
        about_kind="bridging.Leg", about_id=uuid4(), what="asked", channel="email", to=cast.trainer.address,
        state=MessageState.FAILED, error="NoSuchAddress", made_at=now, use_by=now + timedelta(days=14),
    )  # fmt: skip


def found(cast: Cast, *, now: datetime = NOW) -> UUID:
    """The key of the task that a bounce becomes."""
    bounced(cast, now=now)
    stewarding.find_bounces(now)
    return StewardTask.objects.get().pk


@pytest.fixture
def steward(cast: Cast) -> Membership:
    with organisation_scope(HOUSE):
        who = member(HOUSE, "Sidsel", Role.WORKER)
        who.duties = [str(Duty.STEWARD)]
        who.save()
    return who


def public(offer: Offer) -> str:
    return Client().get(f"/tilbud/{offer.pk}/").content.decode()


def test_a_bounce_is_the_stewards_task_within_minutes_and_the_listing_says_so(
    cast: Cast, steward: Membership
):
    with organisation_scope(HOUSE):
        bounced(cast, now=timezone.now())

    jobs.every_minute(0)

    with organisation_scope(HOUSE):
        task = StewardTask.objects.get()
    assert (task.kind, task.owner_id, task.contact_id) == (TaskKind.BOUNCED, steward.pk, cast.trainer.pk)
    assert task.due_on > timezone.localdate()
    assert "Måske passer det ikke mere" in public(cast.football)
    assert "En besked kom ikke frem" in sign_in(Client(), steward).get("/tilbud/afklaring/").content.decode()
    assert "/tilbud/afklaring/" in sign_in(Client(), steward).get("/i-dag/").content.decode()


def test_looking_again_makes_no_second_task(in_house: Cast):
    bounced(in_house)

    assert [stewarding.find_bounces(NOW), stewarding.find_bounces(NOW)] == [1, 0]


def test_without_a_steward_the_leader_has_it(in_house: Cast):
    found(in_house)

    assert StewardTask.objects.get().owner_id == in_house.torben.pk


def test_a_new_address_becomes_the_way_in_and_the_listing_reads_as_before(cast: Cast):
    with organisation_scope(HOUSE):
        key = found(cast, now=timezone.now())

    settle(sign_in(Client(), cast.torben), key, address="ny@boldklub.invalid")

    with organisation_scope(HOUSE):
        ways = Contact.objects.filter(partner=cast.club, is_active=True).values_list("address", flat=True)
        assert list(ways) == ["ny@boldklub.invalid"]
        assert StewardTask.objects.get().done_at is not None
    assert "afklaring" not in public(cast.football)


def settle(client: Client, key: UUID, **said: str) -> Any:
    return client.post("/tilbud/afklaring/", {"once": str(uuid4()), "task": str(key), **said})


@pytest.mark.parametrize("address", ["ikke en adresse", "12"])
def test_an_address_that_is_none_is_asked_for_again(cast: Cast, address: str):
    with organisation_scope(HOUSE):
        key = found(cast, now=timezone.now())

    answer = settle(sign_in(Client(), cast.torben), key, address=address)

    with organisation_scope(HOUSE):
        assert StewardTask.objects.get().done_at is None
    assert answer.status_code == 422


def test_another_house_settles_nothing_of_ours(cast: Cast):
    with organisation_scope(HOUSE):
        key = found(cast, now=timezone.now())

    assert settle(sign_in(Client(), cast.ole), key, address="").status_code == 404


def test_the_same_address_that_bounces_again_is_a_new_task(in_house: Cast):
    found(in_house)
    stewarding.settle(task=StewardTask.objects.get(), address="", by=in_house.torben, at=NOW)
    bounced(in_house)

    assert stewarding.find_bounces(NOW) == 1


def test_what_nobody_has_confirmed_for_half_a_year_is_a_task_until_somebody_does(in_house: Cast):
    Offer.objects.update(assured_on=TODAY - HALF_A_YEAR)

    made = [stewarding.find_stale(NOW), stewarding.find_stale(NOW)]
    unclear = Offer.objects.get().unclear_since
    keeping.confirm_offer(offer=in_house.football, by=in_house.maja.actor, at=NOW)

    offer = Offer.objects.get()
    assert (made, unclear) == ([1, 0], TODAY)
    assert (offer.assured_on, offer.unclear_since) == (TODAY, None)
    assert StewardTask.objects.get().done_at == NOW


def test_a_change_by_whoever_keeps_it_confirms_it(in_house: Cast):
    Offer.objects.update(assured_on=TODAY - HALF_A_YEAR)
    stewarding.find_stale(NOW)

    told = keeping.Told({"price": 2000})
    keeping.change_offer(offer=in_house.football, seen=1, told=told, by=in_house.maja.actor, at=NOW)

    assert Offer.objects.get().unclear_since is None


def test_what_was_confirmed_lately_and_what_another_source_keeps_is_left_alone(in_house: Cast):
    Offer.objects.update(assured_on=TODAY - timedelta(days=100))
    old = {"capacity_confirmed_on": TODAY - HALF_A_YEAR}
    football_offer(in_house.club, source="ILAO", source_id="1", **old)
    football_offer(in_house.club, name="Taget ud", withdrawn_at=NOW, **old)

    assert stewarding.find_stale(NOW) == 0


def test_a_confirmed_offer_of_a_partner_with_a_dead_address_is_still_unclear(in_house: Cast):
    found(in_house)

    keeping.confirm_offer(offer=in_house.football, by=in_house.maja.actor, at=NOW)

    assert Offer.objects.get().unclear_since == TODAY


def test_two_open_tasks_of_one_contact_cannot_be_written(in_house: Cast):
    found(in_house)
    again = StewardTask.objects.get()
    again.pk, again.message = uuid4(), uuid4()

    with pytest.raises(IntegrityError), transaction.atomic():
        again.save(force_insert=True)


def test_the_nightly_work_looks_for_stale_offers():
    assert daily_jobs["stale_offers"] is stewarding.find_stale
