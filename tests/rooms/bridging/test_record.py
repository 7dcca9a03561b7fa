"""A partner's record is said from ten delivered requests up, and the partner sees it first (OFF-05)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from brobygger.bridging import links, record
from brobygger.bridging.models import Leg
from brobygger.bridging.record import Record, Settled
from brobygger.foundation.scope import organisation_scope
from tests.conftest import sign_in
from tests.people import HOUSE, NOW, Cast
from tests.rooms.bridging import stories
from tests.rooms.bridging.test_together import asked_leg

pytestmark = [pytest.mark.feature("OFF-05")]
A_DAY = timedelta(days=1)


def answered(cast: Cast, count: int, **facts: object) -> None:
    """So many requests that the club took on after three days, last month: copies of one, without a story."""
    one = Leg.objects.get(pk=asked_leg(cast, cast.football).pk)
    Leg.objects.filter(pk=one.pk).update(undelivered_at=NOW)  # the pattern itself does not count
    for _ in range(count):
        one.pk, one.code, one.subject_id, one.undelivered_at = uuid4(), uuid4().hex[:10], uuid4(), None
        one.state, one.outcome, one.evidence, one.decided_by = (
            "completed",
            "enrolled",
            "provider",
            "recipient",
        )
        one.sent_at, one.accepted_at = NOW - 30 * A_DAY, NOW - 27 * A_DAY
        one.first_met_at = one.ended_at = NOW - 20 * A_DAY
        one.version, one.seen_at = 4, NOW - 29 * A_DAY
        for name, value in facts.items():
            setattr(one, name, value)
        one.save(force_insert=True)


def test_a_rule_is_what_three_of_four_hold_to():
    fast, slow = [Settled(True, 1)] * 9, [Settled(True, 9)] * 3

    assert record.summed(fast + slow) == Record(taken_on=12, of=12, days=1)
    assert record.summed(fast[1:] + slow) == Record(taken_on=11, of=11, days=9)


def test_who_leaves_many_unanswered_has_no_rule_and_is_still_counted():
    found = record.summed([Settled(True, 1)] * 6 + [Settled(False, None)] * 4)

    assert found == Record(taken_on=6, of=10, days=None)
    assert found.said == "6 af 10 taget imod."


@pytest.mark.slow
@pytest.mark.parametrize(
    ("count", "said"), [(9, ""), (10, "Svarer som regel inden for 3 dage. 10 af 10 taget imod.")]
)
def test_it_is_said_from_ten_up(in_house: Cast, count: int, said: str):
    answered(in_house, count)

    found = record.record_of(in_house.club.pk, now=NOW)

    assert (found.said if found else "") == said


@pytest.mark.slow
def test_what_never_arrived_and_what_we_took_back_does_not_count(in_house: Cast):
    answered(in_house, 9)
    answered(in_house, 3, undelivered_at=NOW)
    answered(in_house, 3, accepted_at=None, state="cancelled", outcome="", reason="person_declined")

    assert record.record_of(in_house.club.pk, now=NOW) is None


@pytest.mark.slow
def test_workers_read_it_as_it_stood_when_the_partner_last_looked(in_house: Cast):
    answered(in_house, 12)

    unseen = record.record_for_workers(in_house.club.pk, now=NOW)
    answered(in_house, 1, seen_at=NOW - A_DAY)

    assert unseen is None
    assert record.record_for_workers(in_house.club.pk, now=NOW) == Record(taken_on=13, of=13, days=3)


@pytest.mark.slow
def test_the_partner_reads_it_behind_its_link_and_then_the_worker_before_sending(cast: Cast):
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        answered(cast, 10)
        leg = stories.sent(cast, at=now)
        token = links.make_link(leg=leg, address="x", expires_at=now + 14 * A_DAY, at=now)
        other = stories.built(cast, at=now, offer=None, recipient=cast.club)
        stories.actions.prepare_leg(leg=other, kinds=stories.KINDS, message="", by=cast.maja, at=now)
    maja, path = sign_in(Client(), cast.maja), f"/broer/{other.bridge_id}/send/"

    before = maja.get(path).content.decode()
    partner = Client().post(f"/svar/{token}/vis/").content.decode()
    after = maja.get(path).content.decode()

    assert "10 af 10 taget imod" not in before
    assert "10 af 10 taget imod" in partner
    assert "10 af 10 taget imod" in after
