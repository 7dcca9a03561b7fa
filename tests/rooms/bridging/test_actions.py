"""What the acts of a bridge write, and what they refuse."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from brobygger.bridging import actions, answers, rules
from brobygger.bridging.answers import Incomplete, Yes
from brobygger.bridging.models import Clock, Leg, LegReasons, Statement
from brobygger.bridging.sentences import Refusal
from brobygger.bridging.telling import as_said
from brobygger.bridging.terms import Claim, ClockKind, DecidedBy, EndReason, LegState, RejectReason
from brobygger.foundation.outbox import MessageState, OutboxMessage
from brobygger.offers.actions import NoPlaceLeft
from brobygger.offers.models import Offer
from brobygger.residents.models import Need, Note
from tests.people import NOW, Cast
from tests.rooms.bridging import stories


def check_now() -> None:
    """Deferred constraints (one clock a leg) are checked here instead of at commit."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def running(leg: Leg) -> Clock:
    return Clock.objects.get(bridge=leg.bridge_id, ended_at=None)


@pytest.mark.feature("BRI-01")
def test_a_built_bridge_is_a_draft_with_its_reasons_and_a_clock(in_house: Cast):
    leg = stories.built(in_house)

    check_now()
    assert (leg.state, running(leg).kind, running(leg).owner) == ("draft", "draft_idle", in_house.maja)
    assert LegReasons.objects.get(leg=leg).reasons[0]["text"] == "8 minutters gang"


@pytest.mark.feature("PRI-01")
def test_nothing_is_sent_without_a_consent_that_covers_it(in_house: Cast):
    leg = stories.built(in_house)
    actions.prepare_leg(leg=leg, kinds=stories.KINDS, message="", by=in_house.maja, at=NOW)

    with pytest.raises(actions.Refused) as refusal:
        stories.send(in_house, leg)

    assert refusal.value.refused.why is Refusal.NO_CONSENT
    assert not OutboxMessage.objects.exists()


@pytest.mark.feature("BRI-01")
def test_what_is_sent_is_what_the_page_showed(in_house: Cast):
    leg = stories.sent(in_house)

    check_now()
    shared = [(item["label"], item["value"]) for item in leg.snapshot.shared]
    assert shared == [
        ("fornavn", "Amir"),
        ("det, beboeren selv har sagt om behovet", "Min søn taler ikke om andet end fodbold."),
    ]


def test_a_resident_changed_after_the_page_was_shown_stops_the_sending(in_house: Cast):
    leg = stories.built(in_house)
    stories.consented(in_house)
    actions.prepare_leg(leg=leg, kinds=stories.KINDS, message="", by=in_house.maja, at=NOW)

    with pytest.raises(actions.NotWhatWasShown):
        actions.send_leg(leg=leg, seen=0, shared=[], by=in_house.maja, at=NOW)


@pytest.mark.feature("BRI-07")
def test_a_sent_leg_has_one_clock_and_the_need_shows_it(in_house: Cast):
    leg = stories.sent(in_house)

    clock, need = running(leg), Need.objects.get(pk=in_house.need.pk)
    assert (clock.kind, clock.owner) == (ClockKind.UNSEEN, in_house.maja)
    assert (need.next_step, need.next_step_on) == ("Boldklubben skal åbne spørgsmålet", date(2026, 11, 25))
    assert (need.way_step, need.way_link) == (1, f"/broer/{leg.bridge_id}/")


def test_opening_gives_the_recipient_the_clock(in_house: Cast):
    leg = stories.opened(stories.sent(in_house))

    check_now()
    assert (running(leg).kind, running(leg).contact) == (ClockKind.NO_ANSWER, in_house.trainer)
    assert leg.seen_at == NOW


def test_opening_twice_is_said_once(in_house: Cast):
    leg = stories.opened(stories.sent(in_house))

    stories.opened(leg)

    assert Statement.objects.filter(leg=leg, claim=Claim.OPENED).count() == 1


@pytest.mark.feature("BRI-04")
def test_a_yes_takes_a_place_and_promises_a_day(in_house: Cast):
    leg = stories.accepted(stories.sent(in_house))

    check_now()
    assert (leg.state, Offer.objects.get(pk=in_house.football.pk).places_taken) == (LegState.ACCEPTED, 1)
    assert running(leg).kind == ClockKind.FIRST_CONTACT


def test_a_yes_without_a_day_or_a_queue_is_incomplete(in_house: Cast):
    leg = stories.sent(in_house)

    with pytest.raises(Incomplete):
        stories.accepted(leg, answer=Yes())


@pytest.mark.feature("OFF-04")
def test_the_last_place_is_given_once(in_house: Cast):
    Offer.objects.filter(pk=in_house.football.pk).update(places_taken=2)
    leg = Leg.objects.get(pk=stories.built(in_house).pk)
    stories.consented(in_house)
    Offer.objects.filter(pk=in_house.football.pk).update(places_taken=1)
    actions.prepare_leg(leg=leg, kinds=stories.KINDS, message="", by=in_house.maja, at=NOW)
    leg = stories.send(in_house, leg)
    Offer.objects.filter(pk=in_house.football.pk).update(places_taken=2)

    with pytest.raises(NoPlaceLeft), transaction.atomic():
        stories.accepted(leg)

    assert Leg.objects.get(pk=leg.pk).state == LegState.REQUESTED


def test_a_place_in_the_queue_takes_no_place(in_house: Cast):
    leg = stories.accepted(stories.sent(in_house), answer=Yes(waitlisted=True))

    check_now()
    assert running(leg).kind == ClockKind.WAITLIST_CHECK
    assert Offer.objects.get(pk=in_house.football.pk).places_taken == 0


@pytest.mark.feature("BRI-04")
def test_a_no_says_why_and_who_decided_and_the_bridge_goes_on(in_house: Cast):
    leg = stories.sent(in_house)

    leg = answers.decline_leg(
        leg=leg,
        seen=leg.version,
        reason=RejectReason.NO_CAPACITY,
        text="",
        speaker=stories.TRAINER,
        by=stories.by_link(leg),
        at=NOW,
    )

    check_now()
    assert (leg.state, leg.reason, leg.decided_by) == ("rejected", "no_capacity", DecidedBy.RECIPIENT)
    assert (running(leg).kind, running(leg).leg) == (ClockKind.CHOOSE_NEXT, None)


def test_not_eligible_names_the_criterion(in_house: Cast):
    leg = stories.sent(in_house)

    with pytest.raises(Incomplete):
        answers.decline_leg(
            leg=leg,
            seen=leg.version,
            reason=RejectReason.NOT_ELIGIBLE,
            text=" ",
            speaker=stories.TRAINER,
            by=stories.by_link(leg),
            at=NOW,
        )


def test_a_yes_after_an_older_version_was_seen_is_refused(in_house: Cast):
    leg = stories.sent(in_house)

    with pytest.raises(actions.Refused) as refusal:
        answers.accept_leg(
            leg=leg,
            seen=leg.version - 1,
            answer=Yes(when=NOW + timedelta(days=2)),
            speaker=stories.TRAINER,
            by=stories.by_link(leg),
            at=NOW,
        )

    assert refusal.value.refused.why is Refusal.STALE


def test_withdrawing_stops_what_waits_and_gives_the_place_back(in_house: Cast):
    leg = stories.accepted(stories.sent(in_house))

    actions.withdraw_leg(
        leg=leg, decided_by=DecidedBy.RESIDENT, reason=EndReason.PERSON_DECLINED, by=in_house.maja, at=NOW
    )

    check_now()
    leg.refresh_from_db()
    assert (leg.state, leg.decided_by) == (LegState.CANCELLED, DecidedBy.RESIDENT)
    assert Offer.objects.get(pk=in_house.football.pk).places_taken == 0
    assert not OutboxMessage.objects.filter(state=MessageState.WAITING).exclude(what="withdrawn").exists()


def test_a_need_the_resident_no_longer_has_closes_with_its_bridge(in_house: Cast):
    leg = stories.sent(in_house)

    actions.withdraw_leg(
        leg=leg,
        decided_by=DecidedBy.RESIDENT,
        reason=EndReason.PERSON_DECLINED,
        close_need=True,
        by=in_house.maja,
        at=NOW,
    )

    check_now()
    assert not Clock.objects.filter(ended_at=None).exists()
    assert Need.objects.get(pk=in_house.need.pk).outcome == "changed_mind"


def test_a_second_live_leg_to_the_same_offer_is_refused(in_house: Cast):
    stories.built(in_house)

    with pytest.raises(actions.Refused) as refusal:
        stories.built(in_house)

    assert refusal.value.refused.why is Refusal.ALREADY_ASKED


@pytest.mark.feature("MAT-03")
def test_a_free_choice_needs_a_line_of_why(in_house: Cast):
    with pytest.raises(IntegrityError, match="a_free_choice_has_a_line_of_why"), transaction.atomic():
        stories.built(in_house, was_suggested=False)


@pytest.mark.feature("BRI-07")
def test_the_database_refuses_a_live_leg_without_a_clock(in_house: Cast):
    stories.built(in_house)

    def stop_its_clock() -> None:
        Clock.objects.update(ended_at=NOW)
        check_now()

    with pytest.raises(IntegrityError, match="draft and has 0 clocks"), transaction.atomic():
        stop_its_clock()


def test_the_database_refuses_a_move_that_is_not_in_the_diagram(in_house: Cast):
    leg = stories.built(in_house)

    with pytest.raises(IntegrityError, match="never goes from draft to accepted"), transaction.atomic():
        Leg.objects.filter(pk=leg.pk).update(state="accepted", sent_at=NOW, promised_at=NOW)


def test_the_diagram_in_the_database_is_the_one_in_the_code(in_house: Cast):
    with connection.cursor() as cursor:
        cursor.execute("SELECT from_state, to_state FROM bridging_allowedmove")
        stored = set(cursor.fetchall())

    assert stored == {(str(a), str(b)) for a, b in rules.allowed_moves() if a is not None}


def test_the_stored_state_is_the_fold_of_what_was_said(in_house: Cast):
    leg = stories.accepted(stories.opened(stories.sent(in_house)))

    folded = rules.fold(map(as_said, leg.statements.order_by("seq")))

    assert (folded.state, folded.version) == (leg.state, leg.version)


def test_every_statement_stands_on_the_residents_one_timeline(in_house: Cast):
    stories.accepted(stories.sent(in_house))

    texts = sorted(note.text.split(".")[0] for note in Note.objects.all())
    assert texts[0] == "Boldklubben tog imod"
    assert texts[1].startswith("Sendt til Boldklubben: fornavn")
