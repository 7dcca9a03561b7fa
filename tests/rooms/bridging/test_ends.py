"""The way to the end: they meet, it is done with outcome and evidence, the resident has the last word."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from brobygger.bridging import actions, endings, meetings, reads, reopening, ringing, rules, verdicts
from brobygger.bridging.answers import Yes
from brobygger.bridging.clockwork import HOUSE_CALENDAR
from brobygger.bridging.closing import NextStep
from brobygger.bridging.deadlines import WorkingDays
from brobygger.bridging.models import Bridge, BridgeStatement, Clock, Leg, Statement
from brobygger.bridging.refusing import Incomplete, NotYours, Refused
from brobygger.bridging.sentences import Refusal
from brobygger.bridging.telling import Speaker, as_said
from brobygger.bridging.terms import (
    ActorRole,
    Channel,
    ClockKind,
    DecidedBy,
    EndReason,
    Evidence,
    LegOutcome,
    LegState,
    Settlement,
)
from brobygger.foundation.days import local_day
from brobygger.foundation.outbox import OutboxMessage
from brobygger.foundation.scope import organisation_scope
from brobygger.offers.models import Offer
from brobygger.partners.models import Organisation
from brobygger.residents.models import Need
from brobygger.residents.terms import NeedOutcome
from tests.people import NOW, TODAY, Cast
from tests.rooms.bridging import stories
from tests.rooms.bridging.test_actions import check_now, running
from tests.rooms.bridging.test_ringing import ring_next

NOT_HELPED, HELPED, PARTLY = NeedOutcome.NOT_HELPED, NeedOutcome.GOT_HELP_FULL, NeedOutcome.GOT_HELP_PARTLY


def worker(cast: Cast, channel: Channel = Channel.SCREEN) -> Speaker:
    return Speaker(ActorRole.WORKER, cast.maja.name, channel, told_by=cast.maja)


def why(leg: Leg, cast: Cast) -> str:
    bridge = reads.bridge_for(cast.maja, leg.bridge_id)
    facts, legs = reads.facts_of(bridge)
    found = rules.why_open(facts, legs, today=TODAY)
    return found.code if found else "closed"


def state(leg: Leg, cast: Cast) -> str:
    return rules.bridge_state(*reads.facts_of(reads.bridge_for(cast.maja, leg.bridge_id)))


def refusal_of(refused: pytest.ExceptionInfo[Refused]) -> Refusal:
    return refused.value.refused.why


# -- the first meeting --


@pytest.mark.feature("BRI-15")
def test_what_is_taken_on_is_not_handed_over_before_they_have_met(in_house: Cast):
    leg = stories.accepted(stories.sent(in_house))

    stories.met(leg, at=NOW + timedelta(days=6))

    check_now()
    leg.refresh_from_db()
    assert (leg.state, leg.first_met_at) == ("in_progress", NOW + timedelta(days=6))
    assert (running(leg).kind, why(leg, in_house)) == ("quiet", "under_way")


@pytest.mark.feature("BRI-15")
def test_the_residents_word_counts_though_the_recipient_never_answered(in_house: Cast):
    leg = stories.met(stories.sent(in_house))

    check_now()
    assert leg.state == "in_progress"
    assert OutboxMessage.objects.filter(what="news").exists()


def test_a_recipient_who_has_not_answered_cannot_say_that_they_met(in_house: Cast):
    leg = stories.sent(in_house)

    with pytest.raises(rules.NotAllowed):
        stories.met(leg, speaker=stories.TRAINER)


def test_a_meeting_is_told_when_it_has_been(in_house: Cast):
    leg = stories.accepted(stories.sent(in_house))

    with pytest.raises(Refused) as refused:
        meetings.tell_first_meeting(
            leg=leg,
            happened_at=NOW + timedelta(days=1),
            speaker=stories.AMIR,
            by=stories.by_link(leg),
            at=NOW,
        )

    assert refusal_of(refused) is Refusal.NOT_YET


@pytest.mark.feature("BRI-15")
def test_a_missed_meeting_makes_a_clock_and_closes_nothing(in_house: Cast):
    leg = stories.accepted(stories.sent(in_house))

    missed(leg)

    check_now()
    assert (stories.latest(leg).state, running(leg).kind, running(leg).owner) == (
        "accepted",
        "meeting_missed",
        in_house.maja,
    )


def test_after_three_missed_meetings_a_talk_comes_before_a_date(in_house: Cast):
    leg = stories.accepted(stories.sent(in_house))
    for _time in range(3):
        missed(leg)

    with pytest.raises(Refused) as refused:
        planned(leg)
    meetings.tell_thinking(leg=leg, speaker=stories.AMIR, by=stories.by_link(leg), at=NOW)
    planned(leg)

    assert refusal_of(refused) is Refusal.TALK_IT_OVER
    assert running(leg).kind == "first_contact"


def missed(leg: Leg) -> Leg:
    return meetings.tell_missed_meeting(leg=leg, speaker=stories.AMIR, by=stories.by_link(leg), at=NOW)


def planned(leg: Leg) -> Leg:
    when = NOW + timedelta(days=8)
    return meetings.plan_meeting(leg=leg, when=when, speaker=stories.AMIR, by=stories.by_link(leg), at=NOW)


@pytest.mark.feature("BRI-07")
def test_a_quiet_leg_is_asked_about_and_one_press_restarts_it(in_house: Cast):
    leg = stories.met(stories.accepted(stories.sent(in_house)))
    kind, due = ring_next(leg)
    assert (kind, running(leg).kind, why(leg, in_house)) == ("quiet", "quiet_late", "gone_quiet")

    meetings.check_in(leg=leg, speaker=stories.TRAINER, by=stories.by_link(leg), at=due)

    check_now()
    assert (running(leg).kind, why(leg, in_house)) == ("quiet", "under_way")


@pytest.mark.feature("BRI-08")
def test_a_resident_nobody_gets_hold_of_is_why_the_bridge_is_open(in_house: Cast):
    leg = stories.accepted(stories.sent(in_house))

    tried(leg, in_house, Channel.PHONE)

    assert why(leg, in_house) == "cannot_reach_person"


def tried(leg: Leg, cast: Cast, channel: Channel, *, days: int = 0) -> None:
    meetings.tried_contact(
        leg=leg, speaker=worker(cast, channel), by=cast.maja.actor, at=NOW + timedelta(days=days)
    )


def test_a_place_from_the_queue_is_a_place_with_a_day(in_house: Cast):
    leg = stories.accepted(stories.sent(in_house), answer=Yes(waitlisted=True))

    when = NOW + timedelta(days=3)
    endings.give_place(
        leg=leg, seen=leg.version, when=when, speaker=stories.TRAINER, by=stories.by_link(leg), at=NOW
    )

    check_now()
    taken = Offer.objects.get(pk=in_house.football.pk).places_taken
    assert (stories.latest(leg).waitlisted_at, running(leg).kind, taken) == (None, "first_contact", 1)


# -- done --


@pytest.mark.feature("BRI-05")
def test_done_says_what_came_of_it_and_who_says_so(in_house: Cast):
    leg = stories.completed(in_house)

    check_now()
    assert (leg.state, leg.outcome, leg.evidence) == ("completed", "service_started", "provider")
    assert (running(leg).kind, why(leg, in_house)) == ("ask_resident", "outcome_unverified")
    assert state(leg, in_house) == "waiting_person"


@pytest.mark.feature("BRI-05")
def test_nothing_is_done_without_an_outcome(in_house: Cast):
    leg = stories.met(stories.accepted(stories.sent(in_house)))

    with pytest.raises(Incomplete) as incomplete:
        endings.complete_leg(
            leg=leg, seen=leg.version, outcome=None, speaker=stories.TRAINER, by=stories.by_link(leg), at=NOW
        )

    assert incomplete.value.missing == ("outcome",)


@pytest.mark.feature("BRI-05")
def test_one_press_says_that_they_met_and_that_it_is_done(in_house: Cast):
    leg = stories.done(stories.accepted(stories.sent(in_house)))

    claims = Statement.objects.filter(leg=leg).order_by("seq").values_list("claim", flat=True)
    assert list(claims)[-2:] == ["first_meeting_held", "completed"]


def test_we_close_for_a_recipient_only_when_they_have_been_asked_in_vain(in_house: Cast):
    leg = stories.met(stories.accepted(stories.sent(in_house)))

    with pytest.raises(Refused) as refused:
        ours(leg, in_house)
    ring_next(leg)
    ours(leg, in_house)

    assert refusal_of(refused) is Refusal.THEY_CAN_SAY_IT
    assert (stories.latest(leg).evidence, running(leg).kind) == ("resident", "ask_resident")


def test_in_our_words_it_is_not_done_without_evidence(in_house: Cast):
    leg = stories.met(stories.accepted(stories.sent(in_house)))
    ring_next(leg)

    with pytest.raises(Incomplete) as incomplete:
        ours(leg, in_house, evidence=Evidence.PROVIDER)

    assert incomplete.value.missing == ("evidence",)


def ours(leg: Leg, cast: Cast, evidence: Evidence = Evidence.RESIDENT) -> Leg:
    return endings.complete_leg(
        leg=leg,
        seen=stories.latest(leg).version,
        outcome=LegOutcome.ENROLLED,
        evidence=evidence,
        speaker=worker(cast),
        by=cast.maja.actor,
        at=NOW + timedelta(days=40),
    )


def test_another_worker_may_not_write_it_down(in_house: Cast):
    leg = stories.accepted(stories.sent(in_house))
    stranger = Speaker(ActorRole.RESIDENT, "Amir", Channel.PHONE, told_by=in_house.ole)

    with pytest.raises(NotYours):
        stories.met(leg, speaker=stranger)


@pytest.mark.parametrize(
    ("is_authority", "no"), [(False, Refusal.NOT_AN_AUTHORITY), (True, Refusal.NOT_ACKNOWLEDGED)]
)
def test_silence_is_lawful_only_of_an_authority_that_has_acknowledged(in_house: Cast, is_authority, no):
    leg = stories.accepted(stories.sent(in_house))
    if is_authority:
        _is_an_authority(leg)

    with pytest.raises(Refused) as refused:
        silence(leg, in_house)

    assert refusal_of(refused) is no


@pytest.mark.feature("BRI-05")
def test_a_lawful_silence_ends_the_chase_and_the_resident_is_asked(in_house: Cast):
    leg = stories.sent(in_house)
    _is_an_authority(leg)
    leg = stories.accepted(leg, answer=Yes(acknowledged=True))

    silence(leg, in_house)

    check_now()
    assert (stories.latest(leg).outcome, why(leg, in_house)) == ("lawful_silence", "secrecy")
    stories.said(leg, NeedOutcome.UNKNOWN)
    assert state(leg, in_house) == "lawfully_silent"


def _is_an_authority(leg: Leg) -> None:
    with organisation_scope(leg.recipient_id):
        Organisation.objects.filter(pk=leg.recipient_id).update(is_authority=True)


def silence(leg: Leg, cast: Cast) -> Leg:
    return endings.close_in_silence(
        leg=leg, seen=leg.version, ground="tavshedspligt", speaker=worker(cast), by=cast.maja.actor, at=NOW
    )


# -- it did not succeed --


def test_nobody_is_given_up_after_one_call(in_house: Cast):
    leg = stories.accepted(stories.sent(in_house))
    tried(leg, in_house, Channel.PHONE)
    tried(leg, in_house, Channel.PHONE, days=1)

    with pytest.raises(Refused) as refused:
        failed(leg, in_house)
    tried(leg, in_house, Channel.IN_PERSON, days=1)
    failed(leg, in_house)

    check_now()
    leg.refresh_from_db()
    assert refusal_of(refused) is Refusal.TRY_MORE
    assert (leg.state, leg.reason, leg.decided_by) == ("failed", "could_not_reach", "us")
    assert (running(leg).kind, why(leg, in_house)) == ("choose_next", "we_owe_next_step")
    assert Offer.objects.get(pk=in_house.football.pk).places_taken == 0


def failed(leg: Leg, cast: Cast, reason: EndReason = EndReason.COULD_NOT_REACH) -> Leg:
    return endings.fail_leg(
        leg=leg,
        seen=stories.latest(leg).version,
        reason=reason,
        speaker=worker(cast),
        by=cast.maja.actor,
        at=NOW + timedelta(days=2),
    )


# -- the resident's word --


@pytest.mark.feature("BRI-06")
def test_the_residents_yes_closes_bridge_and_need(in_house: Cast):
    leg = stories.completed(in_house)

    stories.said(leg, HELPED)

    check_now()
    need = Need.objects.get(pk=in_house.need.pk)
    assert (state(leg, in_house), need.outcome, need.closed_at) == ("met", HELPED, NOW)
    assert not Clock.objects.filter(ended_at=None).exists()


@pytest.mark.feature("BRI-06")
def test_where_the_two_disagree_both_words_stand_and_the_owner_has_a_day(in_house: Cast):
    leg = stories.completed(in_house)

    stories.said(leg, NOT_HELPED)

    check_now()
    clock = running(leg)
    assert (clock.kind, clock.leg, clock.owner) == ("settle_conflict", None, in_house.maja)
    assert why(leg, in_house) == "provider_says_done_person_says_not"
    assert stories.latest(leg).outcome == "service_started"
    assert BridgeStatement.objects.get(bridge=leg.bridge, claim="verdict").verdict == NOT_HELPED


@pytest.mark.feature("BRI-06")
def test_a_conflict_closes_as_the_resident_says_and_leaves_the_need_a_next_step(in_house: Cast):
    leg = stories.completed(in_house)
    stories.said(leg, NOT_HELPED)

    then = NextStep("Ring til svømmeklubben", TODAY + timedelta(days=3))
    settle(leg, in_house, Settlement.CLOSE_AS_SAID, then=then)

    check_now()
    need = Need.objects.get(pk=in_house.need.pk)
    assert (state(leg, in_house), need.closed_at, need.outcome) == ("not_met", None, NOT_HELPED)
    assert (need.next_step, need.next_step_on) == (then.words, then.on)


def settle(leg: Leg, cast: Cast, how: Settlement, then: NextStep | None = None) -> Bridge:
    return verdicts.settle_conflict(bridge=leg.bridge, how=how, text="talt", by=cast.maja, at=NOW, then=then)


def test_there_is_nothing_to_settle_where_they_agree(in_house: Cast):
    leg = stories.completed(in_house)

    with pytest.raises(Refused) as refused:
        settle(leg, in_house, Settlement.TALK_MORE)

    assert refusal_of(refused) is Refusal.NOTHING_TO_SETTLE


def test_a_word_given_while_a_leg_is_live_closes_the_bridge_when_it_has_ended(in_house: Cast):
    leg = stories.met(stories.accepted(stories.sent(in_house)))
    stories.said(leg, HELPED)
    assert Bridge.objects.get(pk=leg.bridge_id).closed_at is None

    stories.done(leg)

    check_now()
    assert state(leg, in_house) == "met"


def test_help_in_part_leaves_the_need_open_with_a_next_step(in_house: Cast):
    leg = stories.completed(in_house)

    stories.said(leg, PARTLY)

    check_now()
    need = Need.objects.get(pk=in_house.need.pk)
    assert (state(leg, in_house), need.closed_at, need.way_link) == ("partly_met", None, "")
    assert need.next_step == "Vælg næste skridt sammen med beboeren"


@pytest.mark.feature("BRI-06")
@pytest.mark.parametrize(("days", "is_open", "kind"), [(89, True, ["settle_conflict"]), (91, False, [])])
def test_a_no_within_ninety_days_opens_bridge_and_need_again(in_house: Cast, days, is_open, kind):
    leg = stories.completed(in_house)
    stories.said(leg, HELPED)

    stories.said(leg, NOT_HELPED, at=NOW + timedelta(days=days))

    check_now()
    need = Need.objects.get(pk=in_house.need.pk)
    clocks = list(Clock.objects.filter(ended_at=None).values_list("kind", flat=True))
    assert ((need.closed_at is None), need.outcome, clocks) == (is_open, NOT_HELPED, kind)
    assert BridgeStatement.objects.filter(bridge=leg.bridge, claim="verdict").count() == 2


@pytest.mark.feature("BRI-06")
def test_three_tries_in_two_ways_and_then_it_is_unknown(in_house: Cast):
    leg = stories.completed(in_house)
    for channel in (Channel.PHONE, Channel.SMS, Channel.PHONE):
        verdicts.tried_to_ask(bridge=leg.bridge, channel=channel, by=in_house.maja, at=running(leg).due_at)

    ring_next(leg)

    check_now()
    need = Need.objects.get(pk=in_house.need.pk)
    assert (state(leg, in_house), need.closed_at, need.outcome) == ("unknown", None, "unknown")


def test_time_alone_never_says_that_it_is_unknown(in_house: Cast):
    leg = stories.completed(in_house)

    kinds = [ring_next(leg)[0] for _time in range(6)]

    check_now()
    assert kinds == ["ask_resident"] * 6
    assert state(leg, in_house) == "waiting_person"


@pytest.mark.parametrize(("outcome", "days"), [(LegOutcome.SERVICE_STARTED, 10), (LegOutcome.ADVICE_ONLY, 3)])
def test_after_help_at_one_go_the_resident_is_asked_sooner(in_house: Cast, outcome, days):
    leg = stories.completed(in_house, outcome=outcome)

    due = local_day(running(leg).due_at)

    assert due == local_day(HOUSE_CALENDAR.after(NOW, WorkingDays(days)))


# -- again, and in error --


@pytest.mark.feature("BRI-12")
def test_trying_again_is_a_new_leg_and_the_ended_one_is_untouched(in_house: Cast):
    leg = stories.accepted(stories.sent(in_house))
    failed(leg, in_house, EndReason.PERSON_DECLINED)
    before = Leg.objects.filter(pk=leg.pk).values().get()

    again = reopening.reopen_leg(leg=leg, by=in_house.maja, at=NOW + timedelta(days=3))

    check_now()
    assert (again.replaces, again.state, again.bridge) == (leg, "draft", leg.bridge)
    assert Leg.objects.filter(pk=leg.pk).values().get() == before


def test_after_a_new_leg_the_resident_is_asked_anew(in_house: Cast):
    leg = stories.completed(in_house)
    stories.said(leg, NOT_HELPED)

    again = reopening.reopen_leg(leg=leg, by=in_house.maja, at=NOW)

    check_now()
    assert (Bridge.objects.get(pk=leg.bridge_id).verdict, running(again).kind) == ("", "draft_idle")
    assert why(leg, in_house) == "not_sent_yet"


def test_a_live_leg_is_not_reopened(in_house: Cast):
    leg = stories.sent(in_house)

    with pytest.raises(Refused) as refused:
        reopening.reopen_leg(leg=leg, by=in_house.maja, at=NOW)

    assert refusal_of(refused) is Refusal.STILL_LIVE


def test_what_should_not_exist_counts_as_if_it_never_was(in_house: Cast):
    leg = stories.sent(in_house)

    endings.enter_leg_in_error(leg=leg, reason="forkert beboer", by=in_house.torben, at=NOW)

    check_now()
    need = Need.objects.get(pk=in_house.need.pk)
    assert (stories.latest(leg).state, state(leg, in_house)) == ("entered_in_error", "void")
    assert (need.closed_at, need.way_link) == (None, "")


def test_the_author_corrects_an_error_only_while_nobody_has_seen_it(in_house: Cast):
    leg = stories.opened(stories.sent(in_house))

    with pytest.raises(Refused) as refused:
        endings.enter_leg_in_error(leg=leg, reason="forkert", by=in_house.maja, at=NOW)

    assert refusal_of(refused) is Refusal.SEEN_ALREADY


# -- what the database refuses --


def refused_by_the_database(named: str, **changes: object) -> None:
    def change() -> None:
        Clock.objects.update(ended_at=NOW)
        Leg.objects.update(**changes)
        check_now()

    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        change()


@pytest.mark.feature("BRI-05")
def test_the_database_refuses_done_without_outcome_and_evidence(in_house: Cast):
    stories.met(stories.accepted(stories.sent(in_house)))

    named = "what_is_done_says_what_came_of_it"
    refused_by_the_database(named, state="completed", ended_at=NOW, outcome="enrolled")


def test_the_database_refuses_under_way_without_a_meeting(in_house: Cast):
    stories.accepted(stories.sent(in_house))

    refused_by_the_database("what_is_under_way_has_met", state="in_progress")


def test_the_database_refuses_a_silence_that_nobody_acknowledged(in_house: Cast):
    stories.met(stories.accepted(stories.sent(in_house)))

    refused_by_the_database("lawful_silence_was_acknowledged", outcome="lawful_silence")


@pytest.mark.feature("BRI-12")
@pytest.mark.parametrize(
    "changes",
    [
        {"state": "in_progress"},
        {"outcome": "enrolled"},
        {"first_met_at": NOW + timedelta(days=1)},
        {"version": 9},
        {"offer_name": "Noget andet"},
    ],
)
def test_the_database_keeps_an_ended_leg_as_it_is(in_house: Cast, changes):
    stories.completed(in_house)

    refused_by_the_database("stays as it is|never goes", **changes)


@pytest.mark.feature("BRI-05")
@pytest.mark.parametrize(
    ("changes", "named"),
    [
        ({"closed_at": NOW}, "a_closed_person_bridge_has_the_residents_word"),
        ({"closed_at": NOW, "verdict": "got_help_full"}, "is closed and leg"),
    ],
)
def test_the_database_refuses_a_closed_bridge_without_the_word_or_with_a_live_leg(
    in_house: Cast, changes, named
):
    stories.sent(in_house)

    def close() -> None:
        Bridge.objects.update(**changes)
        check_now()

    with pytest.raises(IntegrityError, match=named), transaction.atomic():
        close()


def test_the_stored_leg_is_the_fold_of_what_was_said_to_the_end(in_house: Cast):
    leg = stories.accepted(stories.sent(in_house))
    missed(leg)
    tried(leg, in_house, Channel.PHONE)
    leg = stories.latest(stories.done(leg))

    said = rules.fold(map(as_said, leg.statements.order_by("seq")))

    stored = (leg.state, leg.version, leg.outcome, leg.evidence, leg.tries, leg.missed_meetings)
    assert stored == (said.state, said.version, said.outcome, said.evidence, said.tries, said.missed)


def test_withdrawing_a_leg_under_way_ends_it_like_any_other(in_house: Cast):
    leg = stories.met(stories.accepted(stories.sent(in_house)))

    actions.withdraw_leg(
        leg=leg, decided_by=DecidedBy.RESIDENT, reason=EndReason.PERSON_DECLINED, by=in_house.maja, at=NOW
    )

    check_now()
    assert (stories.latest(leg).state, running(leg).kind) == (LegState.CANCELLED, ClockKind.CHOOSE_NEXT)


def test_the_bridges_own_clock_leaves_a_word(in_house: Cast):
    leg = stories.completed(in_house)
    clock = running(leg)

    assert ringing.ring(clock=clock, at=clock.due_at)

    assert "broens ejer" in BridgeStatement.objects.get(claim="clock_rang").text


def test_what_never_was_is_not_asked_how_it_went(in_house: Cast):
    leg = stories.sent(in_house)
    endings.enter_leg_in_error(leg=leg, reason="forkert beboer", by=in_house.torben, at=NOW)

    with pytest.raises(Refused) as refused:
        stories.said(stories.latest(leg), NOT_HELPED)

    assert refusal_of(refused) is Refusal.NO_VERDICT_HERE


def test_a_no_does_not_open_a_bridge_of_which_only_an_error_is_left(in_house: Cast):
    leg = stories.completed(in_house)
    stories.said(leg, HELPED)
    endings.enter_leg_in_error(leg=leg, reason="forkert beboer", by=in_house.torben, at=NOW)

    stories.said(leg, NOT_HELPED)

    check_now()
    assert Bridge.objects.get(pk=leg.bridge_id).closed_at == NOW
