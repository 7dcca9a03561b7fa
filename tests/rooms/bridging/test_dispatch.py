"""What leaves the outbox, and what happens when it cannot."""

from datetime import timedelta

import pytest
from django.utils import timezone

from brobygger.bridging import actions, jobs, letters, ringing
from brobygger.bridging.models import Clock, Leg
from brobygger.bridging.terms import DecidedBy, EndReason
from brobygger.foundation import outbox
from brobygger.foundation.outbox import MessageState, OutboxMessage
from brobygger.foundation.scope import organisation_scope
from brobygger.partners.models import Contact
from tests.people import HOUSE, Cast, football_offer
from tests.rooms.bridging import stories


@pytest.fixture
def home(settings, tmp_path):
    settings.BROBYGGER_HOME = str(tmp_path)
    return tmp_path


@pytest.fixture
def asked(cast: Cast, home) -> Leg:
    with organisation_scope(HOUSE, member=cast.maja.pk):
        return stories.sent(cast, at=timezone.now())


def message(**which: object) -> OutboxMessage:
    with organisation_scope(HOUSE):
        return OutboxMessage.objects.get(**which)


def send(**which: object) -> OutboxMessage:
    row = message(**which)
    jobs.dispatch(organisation=str(HOUSE), message=str(row.pk))
    return message(pk=row.pk)


def leg(asked: Leg) -> Leg:
    with organisation_scope(HOUSE):
        return Leg.objects.get(pk=asked.pk)


def stop(asked: Leg, cast: Cast, **how: object) -> None:
    with organisation_scope(HOUSE, member=cast.maja.pk):
        actions.withdraw_leg(
            leg=asked,
            decided_by=DecidedBy.RESIDENT,
            reason=EndReason.PERSON_DECLINED,
            by=cast.maja,
            at=timezone.now(),
            **how,
        )


def whats() -> list[str]:
    with organisation_scope(HOUSE):
        return sorted(OutboxMessage.objects.values_list("what", flat=True))


@pytest.mark.feature("BRI-07")
def test_a_wrong_address_is_not_the_partners_silence(asked: Leg):
    with organisation_scope(HOUSE):
        Contact.objects.update(address="../ud")
        OutboxMessage.objects.update(to="../ud")

    sent = send(what="asked")

    assert sent.state == MessageState.FAILED
    assert leg(asked).undelivered_at is not None


def test_a_message_that_came_through_makes_the_address_good_again(asked: Leg):
    with organisation_scope(HOUSE):
        Leg.objects.update(undelivered_at=timezone.now())

    send(what="asked")

    assert leg(asked).undelivered_at is None


def test_a_message_that_waits_too_long_is_not_the_partners_silence_either(asked: Leg):
    with organisation_scope(HOUSE):
        OutboxMessage.objects.update(made_at=timezone.now() - timedelta(minutes=11))

    outbox.sweep(HOUSE, timezone.now())

    assert message(what="asked").state == MessageState.WAITING
    assert leg(asked).undelivered_at is not None


def test_a_letter_that_cannot_be_written_fails_in_the_end_and_is_told(asked: Leg, monkeypatch):
    monkeypatch.setattr(letters, "write", lambda *_: 1 / 0)

    for _turn in range(outbox.MAX_STUMBLES):
        send(what="asked")

    assert message(what="asked").state == MessageState.FAILED
    assert leg(asked).undelivered_at is not None


def test_nothing_is_sent_to_somebody_who_is_no_longer_the_way_in(asked: Leg, home):
    with organisation_scope(HOUSE):
        Contact.objects.update(is_active=False)

    sent = send(what="asked")

    assert sent.state == MessageState.STOPPED
    assert leg(asked).undelivered_at is not None
    assert not list(home.rglob("*.txt"))


def test_whoever_was_asked_hears_that_it_is_over(asked: Leg, cast: Cast):
    send(what="asked")

    stop(asked, cast)

    assert whats() == ["asked", "withdrawn"]


def test_whoever_was_never_asked_hears_nothing(asked: Leg, cast: Cast):
    stop(asked, cast)

    assert whats() == ["asked"]


def test_every_recipient_hears_it_when_the_need_is_taken_back(asked: Leg, cast: Cast):
    with organisation_scope(HOUSE, member=cast.maja.pk):
        other = stories.built(cast, offer=football_offer(cast.club), at=timezone.now())
        actions.prepare_leg(leg=other, kinds=stories.KINDS, message="", by=cast.maja, at=timezone.now())
        stories.send(cast, other, at=timezone.now())
    for row in (asked, other):
        send(about_id=row.pk)

    stop(asked, cast, close_need=True)

    assert whats() == ["asked", "asked", "withdrawn", "withdrawn"]


def test_the_last_deadline_tells_the_recipient_that_it_is_over(asked: Leg):
    send(what="asked")
    with organisation_scope(HOUSE):
        for _step in range(4):
            clock = Clock.objects.get(leg=asked, ended_at=None)
            ringing.ring(clock=clock, at=clock.due_at)

    assert whats().count("withdrawn") == 1


def test_a_clock_that_fails_does_not_silence_the_others(asked: Leg, cast: Cast, monkeypatch):
    with organisation_scope(HOUSE, member=cast.maja.pk):
        stories.built(cast, offer=football_offer(cast.club), at=timezone.now())
        Clock.objects.update(
            set_at=timezone.now() - timedelta(days=3), due_at=timezone.now() - timedelta(days=1)
        )
    rung, ring = [], ringing.ring

    def first_fails(**what: object) -> bool:
        rung.append(what)
        if len(rung) == 1:
            raise ValueError("broken")
        return ring(**what)

    monkeypatch.setattr(ringing, "ring", first_fails)

    assert jobs.ring_clocks(HOUSE) == 1
    assert len(rung) == 2


def test_an_adapter_that_fails_leaves_the_message_waiting(asked: Leg, monkeypatch, settings):
    def broken(*_what: object) -> None:
        raise OSError("no space")

    monkeypatch.setitem(outbox.ADAPTERS, settings.BROBYGGER_OUTBOX, broken)

    sent = send(what="asked")

    assert (sent.state, sent.error) == (MessageState.WAITING, "OSError: no space")
    assert leg(asked).undelivered_at is None
