"""Whoever our messages did not reach stands on a list within a quarter of an hour, with what to do."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from brobygger.accounts.models import Membership
from brobygger.bridging.models import Leg
from brobygger.foundation import outbox
from brobygger.foundation.outbox import OutboxMessage
from brobygger.foundation.scope import organisation_scope
from brobygger.partners.models import Contact
from brobygger.partners.terms import ContactChannel
from tests.people import HOUSE, TODAY, Cast
from tests.rooms.bridging import stories

AsMember = Callable[[Membership], Client]


@pytest.fixture
def asked(cast: Cast) -> Leg:
    """A question that has waited for eleven minutes, and a number of the partner's."""
    with organisation_scope(HOUSE, member=cast.maja.pk):
        leg = stories.sent(cast, at=timezone.now())
        OutboxMessage.objects.update(made_at=timezone.now() - timedelta(minutes=11))
        Contact.objects.create(
            partner=cast.club, function="formand", channel=ContactChannel.PHONE,
            address="+45 00 00 00 09", verified_on=TODAY,
        )  # fmt: skip
    outbox.sweep(HOUSE, timezone.now())
    return leg


def test_the_list_says_who_and_the_number_to_ring(asked: Leg, cast: Cast, as_member: AsMember):
    page = as_member(cast.maja).get("/ikke-naaet/").content.decode()

    assert "Boldklubben" in page
    assert "er ikke kommet af sted endnu" in page
    assert 'href="tel:+45 00 00 00 09"' in page


def test_i_dag_says_it_too(asked: Leg, cast: Cast, as_member: AsMember):
    assert "/ikke-naaet/" in as_member(cast.maja).get("/i-dag/").content.decode()


def test_once_it_has_come_through_nobody_is_on_the_list(asked: Leg, cast: Cast, as_member: AsMember):
    with organisation_scope(HOUSE):
        Leg.objects.update(undelivered_at=None)

    assert "Alle er nået" in as_member(cast.maja).get("/ikke-naaet/").content.decode()


def test_another_house_sees_nobody_of_ours(asked: Leg, cast: Cast, as_member: AsMember):
    assert "Boldklubben" not in as_member(cast.ole).get("/ikke-naaet/").content.decode()
