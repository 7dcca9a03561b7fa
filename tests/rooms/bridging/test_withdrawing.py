"""A resident takes a yes back: what rests on it stops at once, and nobody can refuse it (BRIDGES 13)."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from brobygger.bridging import answers, jobs, reads, rules
from brobygger.bridging.models import AnswerLink, Clock, Leg, LegSnapshot
from brobygger.bridging.sentences import WhyOpen
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, Channel, ClockKind
from brobygger.bridging.withdrawing import Withdrawn, withdraw_consent
from brobygger.foundation.days import local_day
from brobygger.foundation.outbox import MessageState, OutboxMessage
from brobygger.foundation.scope import organisation_scope
from brobygger.privacy.models import Consent
from brobygger.privacy.terms import DataKind, Direction
from brobygger.residents.models import Need, Note
from tests.people import HOUSE, Cast
from tests.rooms.bridging import stories

pytestmark = pytest.mark.feature("BRI-17")


@pytest.fixture
def take_back(cast: Cast) -> Callable[..., Withdrawn]:
    """Amir tells it to Maja."""

    def act(**what: object) -> Withdrawn:
        speaker = Speaker(ActorRole.RESIDENT, "Amir", Channel.IN_PERSON, told_by=cast.maja)
        with organisation_scope(HOUSE, member=cast.maja.pk):
            told = {"resident": cast.amir, "at": timezone.now(), "by": cast.maja.actor} | what
            return withdraw_consent(speaker=speaker, **told)

    return act


@pytest.fixture
def asked(cast: Cast, settings, tmp_path) -> Leg:
    """A leg that has been sent, and whose message still waits in the outbox."""
    settings.BROBYGGER_HOME = str(tmp_path)
    with organisation_scope(HOUSE, member=cast.maja.pk):
        return stories.sent(cast, at=timezone.now())


def leg_of(asked: Leg) -> Leg:
    with organisation_scope(HOUSE):
        return Leg.objects.get(pk=asked.pk)


def messages() -> list[tuple[str, str]]:
    with organisation_scope(HOUSE):
        return sorted(OutboxMessage.objects.values_list("what", "state"))


def dispatch(asked: Leg) -> None:
    with organisation_scope(HOUSE):
        waiting = list(OutboxMessage.objects.filter(state=MessageState.WAITING).values_list("pk", flat=True))
    for key in waiting:
        jobs.dispatch(organisation=str(HOUSE), message=str(key))


def test_what_waits_in_the_outbox_never_leaves(asked: Leg, take_back):
    take_back()

    dispatch(asked)

    assert messages() == [("asked", "stopped")]


def test_a_leg_that_rests_on_it_is_cancelled_by_the_resident(asked: Leg, take_back):
    take_back()

    leg = leg_of(asked)
    assert (leg.state, leg.reason, leg.decided_by) == ("cancelled", "consent_withdrawn", "resident")


def test_whoever_was_told_hears_it_once_and_neutrally(asked: Leg, take_back, settings, tmp_path):
    dispatch(asked)

    take_back()
    take_back()
    dispatch(asked)

    assert messages() == [("asked", "sent"), ("consent_withdrawn", "sent")]
    letters = [one.read_text(encoding="utf-8") for one in tmp_path.rglob("*.txt")]
    assert len(letters) == 2
    assert sum("Samtykket er trukket tilbage. Adgangen er lukket." in one for one in letters) == 1
    assert not any("Amir" in one or "fodbold" in one.casefold() for one in letters)


def test_links_die_and_what_was_sent_can_no_longer_be_read(asked: Leg, take_back):
    dispatch(asked)

    take_back()

    with organisation_scope(HOUSE):
        assert not AnswerLink.objects.filter(leg=asked, revoked_at=None).exists()
        assert LegSnapshot.objects.get(leg=asked).access_ended_at is not None


def test_the_need_stays_open_and_its_owner_owes_the_next_step(asked: Leg, take_back, cast: Cast):
    take_back()

    with organisation_scope(HOUSE):
        clock = Clock.objects.get(bridge=asked.bridge_id, ended_at=None)
        need = Need.objects.get(pk=cast.need.pk)
    assert (clock.kind, clock.owner_id, clock.leg_id) == (ClockKind.CHOOSE_NEXT, cast.maja.pk, None)
    assert (need.closed_at, need.owner_id) == (None, cast.maja.pk)


def test_the_timeline_says_it_in_the_residents_voice(asked: Leg, take_back):
    take_back()

    with organisation_scope(HOUSE):
        note = Note.objects.get(text__startswith="Har taget sit ja tilbage")
    assert (note.voice, note.by_name, note.text) == (
        "you",
        "Amir",
        "Har taget sit ja tilbage: Boldklubben.",
    )


def test_a_draft_for_which_consent_was_given_is_cancelled_and_nobody_is_told(cast: Cast, take_back):
    with organisation_scope(HOUSE, member=cast.maja.pk):
        leg = stories.built(cast)
        stories.consented(cast)

    take_back(recipient=cast.club)

    assert (leg_of(leg).state, messages()) == ("cancelled", [])


def test_a_draft_for_which_nobody_has_been_asked_rests_on_nothing(cast: Cast, take_back):
    with organisation_scope(HOUSE, member=cast.maja.pk):
        leg = stories.built(cast)

    take_back()

    assert leg_of(leg).state == "draft"


def test_a_kind_of_data_that_was_sent_stops_the_leg(asked: Leg, take_back):
    take_back(kinds=[DataKind.NEED])

    assert leg_of(asked).state == "cancelled"


def test_a_kind_of_data_that_was_not_sent_leaves_the_leg_alone(asked: Leg, take_back):
    take_back(kinds=[DataKind.AGE])

    assert (leg_of(asked).state, messages()) == ("requested", [("asked", "waiting")])


def test_the_way_back_alone_can_be_taken_back_and_the_leg_lives(asked: Leg, take_back, cast: Cast):
    take_back(recipient=cast.club, directions=[Direction.GET])

    with organisation_scope(HOUSE):
        leg = Leg.objects.get(pk=asked.pk)
        assert leg.is_live
        assert not reads.may_answer_back(leg, on=local_day(timezone.now()))


def test_a_bridge_without_a_way_back_says_that_a_yes_is_missing(asked: Leg, take_back, cast: Cast):
    take_back(recipient=cast.club, directions=[Direction.GET])

    with organisation_scope(HOUSE, member=cast.maja.pk):
        bridge = reads.bridge_for(cast.maja, asked.bridge_id)
        facts, legs = reads.facts_of(bridge, gaps=reads.consent_gaps([bridge], on=local_day(timezone.now())))
        why = rules.why_open(facts, legs, today=local_day(timezone.now()))

    assert why is not None
    assert why.code is WhyOpen.CONSENT_GAP


def test_what_a_leg_that_is_over_has_told_is_closed_too(asked: Leg, take_back, cast: Cast):
    dispatch(asked)
    with organisation_scope(HOUSE, member=cast.maja.pk):
        answers.decline_leg(
            leg=asked,
            seen=Leg.objects.get(pk=asked.pk).version,
            reason=answers.RejectReason.NO_CAPACITY,
            text="",
            speaker=stories.TRAINER,
            by=stories.by_link(asked),
            at=timezone.now(),
        )

    take_back()

    with organisation_scope(HOUSE):
        assert LegSnapshot.objects.get(leg=asked).access_ended_at is not None
    assert leg_of(asked).state == "rejected"
    assert [what for what, _state in messages()] == ["asked", "consent_withdrawn"]


def test_a_yes_signed_while_the_withdrawal_waited_for_its_turn_is_taken_back_as_well(
    asked: Leg, take_back, cast: Cast
):
    take_back(at=timezone.now() - timedelta(seconds=5))

    with organisation_scope(HOUSE):
        newest = Consent.objects.filter(resident_id=cast.amir.pk).latest("at")
        assert (newest.act, reads.covered(asked, on=local_day(timezone.now()))) == ("withdrawn", frozenset())


def test_nobody_of_ours_needs_to_have_heard_it(asked: Leg, cast: Cast):
    herself = Speaker(ActorRole.RESIDENT, "Amir", Channel.LINK)

    with organisation_scope(HOUSE, member=cast.maja.pk):
        withdraw_consent(resident=cast.amir, speaker=herself, by=stories.by_link(asked), at=timezone.now())

    assert leg_of(asked).state == "cancelled"


def test_whom_no_message_reaches_is_named_so_that_a_person_rings(asked: Leg, take_back, cast: Cast):
    with organisation_scope(HOUSE):
        type(cast.trainer).objects.filter(pk=cast.trainer.pk).update(channel="phone")

    told = take_back()

    assert [one.name for one in told.to_be_told] == ["Boldklubben"]
