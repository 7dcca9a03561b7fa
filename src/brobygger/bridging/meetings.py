"""The first meeting: planned, held, missed; and whether it is still under way.

Any of the three may say that it was held: the recipient, the resident, whoever went along (BRIDGES 8). A
worker writes it down in their words. All of these run in the home's scope.
"""

from datetime import datetime

from django.db import transaction

from brobygger.bridging import actions, companions, rules, telling
from brobygger.bridging.models import Leg
from brobygger.bridging.refusing import check, right_to_speak, state_is
from brobygger.bridging.sentences import Refusal
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, Claim, ClockKind, LegState, TransitionCode
from brobygger.foundation import audit
from brobygger.foundation.actor import Actor
from brobygger.foundation.days import local_day
from brobygger.foundation.spoken import spoken_day
from brobygger.residents.terms import Voice

VOICES = {ActorRole.RECIPIENT: Voice.THEM, ActorRole.RESIDENT: Voice.YOU, ActorRole.SYSTEM: Voice.CLOCK}


@transaction.atomic
def plan_meeting(
    *, leg: Leg, when: datetime, speaker: Speaker, by: Actor, at: datetime, text: str = ""
) -> Leg:
    """A new date for the first meeting. After three that came to nothing a talk comes first."""
    leg = telling.lock(leg.pk)
    right_to_speak(leg, speaker, by=by, at=at)
    state_is(leg, LegState.ACCEPTED)
    check(rules.Refused(Refusal.NOT_AHEAD) if when < at else None)
    check(rules.Refused(Refusal.NO_PLACE_YET) if leg.waitlisted_at else None)
    check(rules.talked_over(missed=leg.missed_meetings))
    leg.promised_at = when
    telling.say(leg, Claim.FIRST_MEETING_PLANNED, speaker, at=at, happened_at=when, text=text)
    companions.meeting_was_moved(leg, to=when)
    plan = rules.clock_after_accept(now=at, urgent=leg.is_urgent, promised_on=when)
    telling.set_clock(leg.bridge, leg, plan, at=at)
    telling.show_on_need(leg.bridge, at=at)
    day = spoken_day(local_day(when), today=local_day(at))
    write_note(leg, f"Første møde hos {leg.recipient.name}: {day}. {text}", speaker, at)
    audit.record("leg:meeting_planned", about=leg, by=by, at=at)
    return leg


@transaction.atomic
def tell_first_meeting(
    *, leg: Leg, happened_at: datetime, speaker: Speaker, by: Actor, at: datetime, text: str = ""
) -> Leg:
    """T08, or T08b where the recipient never answered: resident and recipient have met."""
    leg = telling.lock(leg.pk)
    right_to_speak(leg, speaker, by=by, at=at)
    have_met(leg, happened_at=happened_at, speaker=speaker, at=at, text=text)
    plan = rules.start_clock(ClockKind.QUIET, now=at, urgent=leg.is_urgent)
    telling.set_clock(leg.bridge, leg, plan, at=at)
    telling.show_on_need(leg.bridge, at=at)
    if speaker.role is not ActorRole.RECIPIENT:
        actions.knock(leg, what="news", at=at)
    audit.record("leg:met", about=leg, by=by, at=at)
    return leg


def have_met(leg: Leg, *, happened_at: datetime, speaker: Speaker, at: datetime, text: str) -> None:
    """The statement and what belongs to it, under the lock of whoever calls; the clock is the caller's."""
    is_answered = leg.state_term is not LegState.REQUESTED
    code = TransitionCode.MEET if is_answered else TransitionCode.MEET_UNANSWERED
    rules.may(leg.state_term, code, speaker.role)
    check(rules.happened_in_time(happened_at, sent_at=leg.sent_at, now=at))
    leg.first_met_at = happened_at
    telling.say(leg, Claim.FIRST_MEETING_HELD, speaker, at=at, happened_at=happened_at, text=text)
    companions.meeting_was_held(leg, at=at)
    write_note(leg, f"Første møde med {leg.recipient.name} er holdt. {text}", speaker, at)


@transaction.atomic
def contest_meeting(*, leg: Leg, speaker: Speaker, by: Actor, at: datetime, text: str = "") -> Leg:
    """One of the others says that they have not met. Both words stand, and the owner is to ask them."""
    leg = telling.lock(leg.pk)
    right_to_speak(leg, speaker, by=by, at=at)
    state_is(leg, LegState.IN_PROGRESS)
    check(rules.Refused(Refusal.OWN_WORD) if who_said_they_met(leg) == speaker.role else None)
    telling.say(leg, Claim.CONTESTED, speaker, at=at, text=text)
    plan = rules.start_clock(ClockKind.MEETING_DOUBTED, now=at, urgent=leg.is_urgent)
    telling.set_clock(leg.bridge, leg, plan, at=at)
    telling.show_on_need(leg.bridge, at=at)
    if speaker.role is not ActorRole.RECIPIENT:
        actions.knock(leg, what="news", at=at)
    write_note(leg, f"Siger, at mødet med {leg.recipient.name} ikke er holdt. {text}", speaker, at)
    audit.record("leg:meeting_contested", about=leg, by=by, at=at)
    return leg


@transaction.atomic
def confirm_meeting(
    *, leg: Leg, happened_at: datetime, speaker: Speaker, by: Actor, at: datetime, text: str = ""
) -> Leg:
    """Asked again, somebody says that they did meet, and when: it is under way as it was."""
    leg = telling.lock(leg.pk)
    right_to_speak(leg, speaker, by=by, at=at)
    state_is(leg, LegState.IN_PROGRESS)
    check(rules.happened_in_time(happened_at, sent_at=leg.sent_at, now=at))
    leg.first_met_at = happened_at
    telling.say(leg, Claim.CHECK_IN, speaker, at=at, happened_at=happened_at, text=text)
    plan = rules.start_clock(ClockKind.QUIET, now=at, urgent=leg.is_urgent)
    telling.set_clock(leg.bridge, leg, plan, at=at)
    telling.show_on_need(leg.bridge, at=at)
    write_note(leg, f"Mødet med {leg.recipient.name} er holdt. {text}", speaker, at)
    audit.record("leg:met", about=leg, by=by, at=at)
    return leg


def who_said_they_met(leg: Leg) -> ActorRole | None:
    """Whose word the latest "first meeting held" is. One query."""
    held = leg.statements.filter(claim=Claim.FIRST_MEETING_HELD).order_by("seq")
    role = held.values_list("actor_role", flat=True).last()
    return ActorRole(role) if role else None


@transaction.atomic
def tell_missed_meeting(*, leg: Leg, speaker: Speaker, by: Actor, at: datetime, text: str = "") -> Leg:
    """The meeting came to nothing. That is a clock for the owner, and no ending."""
    leg = telling.lock(leg.pk)
    right_to_speak(leg, speaker, by=by, at=at)
    state_is(leg, LegState.ACCEPTED)
    telling.say(leg, Claim.FIRST_MEETING_MISSED, speaker, at=at, text=text)
    companions.meeting_was_missed(leg, at=at)
    plan = rules.start_clock(
        ClockKind.WAITLIST_CHECK if leg.waitlisted_at else ClockKind.MEETING_MISSED,
        now=at,
        urgent=leg.is_urgent,
    )
    telling.set_clock(leg.bridge, leg, plan, at=at)
    telling.show_on_need(leg.bridge, at=at)
    write_note(leg, f"Første møde med {leg.recipient.name} blev ikke til noget. {text}", speaker, at)
    audit.record("leg:meeting_missed", about=leg, by=by, at=at)
    return leg


@transaction.atomic
def tell_thinking(*, leg: Leg, speaker: Speaker, by: Actor, at: datetime, text: str = "") -> Leg:
    """They have talked it over, and the resident thinks about it. The clock runs on."""
    leg = telling.lock(leg.pk)
    right_to_speak(leg, speaker, by=by, at=at)
    state_is(leg, LegState.ACCEPTED)
    telling.say(leg, Claim.THINKING, speaker, at=at, text=text)
    write_note(leg, f"Beboeren tænker over {leg.offer_name}. {text}", speaker, at)
    audit.record("leg:thinking", about=leg, by=by, at=at)
    return leg


@transaction.atomic
def check_in(*, leg: Leg, speaker: Speaker, by: Actor, at: datetime, text: str = "") -> Leg:
    """Still under way: one press, and the quiet clock starts again."""
    leg = telling.lock(leg.pk)
    right_to_speak(leg, speaker, by=by, at=at)
    state_is(leg, LegState.IN_PROGRESS)
    telling.say(leg, Claim.CHECK_IN, speaker, at=at, text=text)
    plan = rules.start_clock(ClockKind.QUIET, now=at, urgent=leg.is_urgent)
    telling.set_clock(leg.bridge, leg, plan, at=at)
    telling.show_on_need(leg.bridge, at=at)
    write_note(leg, f"Stadig i gang hos {leg.recipient.name}. {text}", speaker, at)
    audit.record("leg:checked_in", about=leg, by=by, at=at)
    return leg


@transaction.atomic
def tried_contact(*, leg: Leg, speaker: Speaker, by: Actor, at: datetime, text: str = "") -> Leg:
    """Somebody tried to get hold of the resident, by the speaker's channel, and did not."""
    leg = telling.lock(leg.pk)
    right_to_speak(leg, speaker, by=by, at=at)
    state_is(leg, LegState.ACCEPTED, LegState.IN_PROGRESS)
    telling.say(leg, Claim.TRIED_CONTACT, speaker, at=at, text=text)
    write_note(leg, f"Forsøgt kontakt: {speaker.channel.label}. {text}", speaker, at)
    audit.record("leg:tried_contact", about=leg, by=by, at=at, channel=speaker.channel)
    return leg


def write_note(leg: Leg, text: str, speaker: Speaker, at: datetime) -> None:
    """The same on the resident's timeline, in the voice of whoever spoke."""
    is_theirs = speaker.role is ActorRole.RECIPIENT
    telling.note(
        leg,
        text.strip(),
        voice=VOICES.get(speaker.role, Voice.US),
        by=speaker.told_by,
        by_name=f"{speaker.name}, {leg.recipient.name}" if is_theirs else speaker.name,
        at=at,
    )
