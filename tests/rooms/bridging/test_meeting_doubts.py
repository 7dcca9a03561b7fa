"""One says that they have met, another that they have not: both words stand, and the owner asks."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from brobygger.bridging import cards, links, meetings, reads, rules
from brobygger.bridging.models import Clock, Leg, Statement
from brobygger.bridging.refusing import Refused
from brobygger.bridging.sentences import Refusal, WhyOpen
from brobygger.bridging.terms import ActorRole, LegState
from brobygger.foundation.outbox import OutboxMessage
from brobygger.foundation.scope import organisation_scope
from tests.people import HOUSE, NOW, TODAY, Cast
from tests.rooms.bridging import stories

pytestmark = pytest.mark.feature("BRI-15")

A_DAY = timedelta(days=1)


@pytest.fixture
def met(in_house: Cast) -> Leg:
    """The trainer says so."""
    return stories.met(stories.accepted(stories.sent(in_house)), speaker=stories.TRAINER)


def doubt(leg: Leg, speaker: Any = stories.AMIR) -> Leg:
    return meetings.contest_meeting(leg=leg, speaker=speaker, by=stories.by_link(leg), at=NOW, text="Nej.")


def clocks() -> list[str]:
    return list(Clock.objects.filter(ended_at=None).values_list("kind", flat=True))


def test_both_words_stand_and_the_state_is_as_it_was(met: Leg) -> None:
    doubt(met)

    said = Statement.objects.filter(claim__in=["first_meeting_held", "contested"]).order_by("seq")
    assert list(said.values_list("claim", "actor_role")) == [
        ("first_meeting_held", ActorRole.RECIPIENT),
        ("contested", ActorRole.RESIDENT),
    ]
    assert stories.latest(met).state == LegState.IN_PROGRESS


def test_the_owner_has_two_days_to_ask_them_and_everybody_reads_why(met: Leg, in_house: Cast) -> None:
    doubt(met)

    bridge = reads.bridge_for(in_house.maja, met.bridge_id)
    why = rules.why_open(*reads.facts_of(bridge), today=TODAY)
    assert clocks() == ["meeting_doubted"]
    assert why is not None
    assert (why.code, why.who) == (WhyOpen.MEETING_DOUBTED, ("owner",))


def test_nobody_doubts_her_own_word(met: Leg) -> None:
    with pytest.raises(Refused) as no:
        doubt(met, stories.TRAINER)

    assert no.value.refused.why is Refusal.OWN_WORD
    assert clocks() == ["quiet"]


def test_who_has_taken_it_on_hears_that_it_is_doubted(met: Leg) -> None:
    before = OutboxMessage.objects.filter(what="news").count()

    doubt(met)

    assert OutboxMessage.objects.filter(what="news").count() == before + 1


def test_asked_again_a_yes_settles_it(met: Leg) -> None:
    doubt(met)

    meetings.confirm_meeting(leg=met, happened_at=NOW, speaker=stories.AMIR, by=stories.by_link(met), at=NOW)

    assert (clocks(), stories.latest(met).first_met_at) == (["quiet"], NOW)


@pytest.fixture
def long_since(cast: Cast) -> Leg:
    """As `met`, by the real clock, for the pages."""
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        leg = stories.accepted(stories.sent(cast, at=now - 8 * A_DAY), at=now - 8 * A_DAY)
        return stories.met(leg, at=now - A_DAY, speaker=stories.TRAINER)


def contested() -> list[tuple[str, str]]:
    with organisation_scope(HOUSE):
        return list(Statement.objects.filter(claim="contested").values_list("actor_role", "text"))


def test_the_resident_says_so_on_the_page_that_is_theirs(client: Client, long_since: Leg) -> None:
    now = timezone.now()
    with organisation_scope(HOUSE):
        token = links.make_resident_link(bridge=long_since.bridge, address="", expires_at=now + A_DAY, at=now)
    page = client.post(f"/min/{token}/vis/", {"once": str(uuid4())}).content.decode()

    client.post(f"/min/{token}/svar/", {"once": str(uuid4()), "svar": "ikke-moedt"})

    assert 'value="ikke-moedt"' in page
    assert contested() == [(ActorRole.RESIDENT, "")]


def test_a_worker_writes_it_down_in_their_words(as_member, long_since: Leg, cast: Cast, once) -> None:
    maja = as_member(cast.maja)
    fields = {"svar": "nej", "who": ActorRole.RESIDENT.value, "how": "phone", "text": "Han var der ikke."}

    answer = maja.post(f"/broer/{long_since.bridge_id}/moedt/?kode={long_since.code}", once(**fields))

    assert (answer.status_code, contested()) == (302, [(ActorRole.RESIDENT, "Han var der ikke.")])


def test_the_recipient_is_not_offered_to_doubt_what_it_said_itself(client: Client, long_since: Leg) -> None:
    now = timezone.now()
    with organisation_scope(HOUSE):
        token = links.make_link(leg=long_since, address="x", expires_at=now + A_DAY, at=now)

    page = client.post(f"/svar/{token}/vis/", {"once": str(uuid4())}).content.decode()

    assert 'value="stadig"' in page
    assert 'value="ikke-moedt"' not in page


def test_the_refusal_is_said_in_a_sentence() -> None:
    told = cards.refusal(rules.Refused(Refusal.OWN_WORD), today=TODAY)

    assert told.startswith("Det var din egen besked.")
