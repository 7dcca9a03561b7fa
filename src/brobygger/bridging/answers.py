"""What a recipient does with a leg: open it, take it on, or say that it cannot be done.

Whoever holds the link never writes across the bank: after the right on that leg has been checked, these
run as acts of ours in the home's scope (FOUNDATION 4).
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from brobygger.bridging import closing, reads, rules, telling
from brobygger.bridging.models import Leg
from brobygger.bridging.refusing import Incomplete, check, complete, right_to_speak
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import (
    ActorRole,
    Claim,
    ClockKind,
    LegState,
    RejectReason,
    Required,
    TransitionCode,
)
from brobygger.foundation import audit
from brobygger.foundation.actor import Actor
from brobygger.foundation.days import local_day
from brobygger.offers import actions as offers
from brobygger.offers.terms import CapacityKind
from brobygger.residents.terms import Voice

__all__ = ["Incomplete"]


@dataclass(frozen=True, slots=True)
class Yes:
    """Taken on: a moment for the first meeting, a place in the queue, or (an authority) a bare receipt."""

    when: datetime | None = None
    waitlisted: bool = False
    acknowledged: bool = False
    text: str = ""

    @property
    def says_when(self) -> bool:
        return self.when is not None or self.waitlisted or self.acknowledged


@transaction.atomic
def open_leg(*, leg: Leg, speaker: Speaker, by: Actor, at: datetime) -> Leg:
    """The recipient has pressed "Vis". Said once; `unseen` becomes the time there is to answer."""
    leg = telling.lock(leg.pk)
    audit.record("leg:shown", about=leg, by=by, at=at)
    if leg.seen_at is not None or leg.state != LegState.REQUESTED or leg.sent_at is None:
        return leg
    leg.seen_at = at
    telling.say(leg, Claim.OPENED, speaker, at=at)
    running = leg.clocks.filter(ended_at=None).get()
    plan = rules.clock_after_opening(
        ClockKind(running.kind), sent_at=leg.sent_at, now=at, urgent=leg.is_urgent
    )
    if plan is not None:
        telling.set_clock(leg.bridge, leg, plan, at=at)
        telling.show_on_need(leg.bridge, at=at)
    return leg


@transaction.atomic
def accept_leg(*, leg: Leg, seen: int, answer: Yes, speaker: Speaker, by: Actor, at: datetime) -> Leg:
    """T04: the recipient takes it on. Raises NoPlaceLeft if the last place has just gone."""
    leg = telling.lock(leg.pk)
    right_to_speak(leg, speaker, by=by, at=at)
    row = rules.may(LegState(leg.state), TransitionCode.ACCEPT, ActorRole.RECIPIENT)
    check(rules.same_version(seen=seen, current=leg.version))
    given = {Required.CONTACT_FUNCTION} | ({Required.WHEN} if answer.says_when else set())
    complete(rules.missing(row, given))
    _consented(leg, at)
    if not answer.waitlisted and leg.offer is not None:
        offers.take_place(offer=leg.offer)
        leg.place_taken = (
            leg.offer.capacity_kind == CapacityKind.PLACES
        )  # what nobody counts is not given back
    leg.accepted_at, leg.promised_at = at, answer.when
    leg.waitlisted_at = at if answer.waitlisted else None
    leg.acknowledged_at = at if answer.acknowledged else None
    telling.say(leg, Claim.ACCEPTED, speaker, at=at, happened_at=answer.when, text=answer.text)
    if answer.waitlisted:
        telling.say(leg, Claim.WAITLISTED, speaker, at=at)
    plan = rules.clock_after_accept(
        now=at,
        urgent=leg.is_urgent,
        promised_on=answer.when,
        waitlisted=answer.waitlisted,
    )
    telling.set_clock(leg.bridge, leg, plan, at=at)
    telling.show_on_need(leg.bridge, at=at)
    what = "skrev op på venteliste" if answer.waitlisted else "tog imod"
    _tell(leg, f"{leg.recipient.name} {what}. {answer.text}".strip(), speaker, at)
    audit.record("leg:accepted", about=leg, by=by, at=at)
    return leg


@transaction.atomic
def decline_leg(
    *, leg: Leg, seen: int, reason: RejectReason, text: str, speaker: Speaker, by: Actor, at: datetime
) -> Leg:
    """T05: the recipient cannot, and says why. The bridge then owes the resident a next step."""
    leg = telling.lock(leg.pk)
    right_to_speak(leg, speaker, by=by, at=at)
    row = rules.may(LegState(leg.state), TransitionCode.DECLINE, ActorRole.RECIPIENT)
    check(rules.same_version(seen=seen, current=leg.version))
    given = {Required.REASON} | ({Required.CRITERION, Required.TEXT} if text.strip() else set())
    complete(rules.missing(row, given, reason=reason))
    closing.let_go(leg, at=at)
    closing.give_place_back(leg)
    leg.reason_text = text
    telling.say(leg, Claim.REJECTED, speaker, at=at, reason=reason, text=text)
    _tell(leg, f"{leg.recipient.name} kunne ikke tage imod: {reason.label}. {text}".strip(), speaker, at)
    closing.bridge_goes_on(leg, by=by, at=at)
    audit.record("leg:declined", about=leg, by=by, at=at, reason=reason)
    return leg


def _consented(leg: Leg, at: datetime) -> None:
    check(reads.consent_refusal(leg, leg.snapshot.shared, on=local_day(at)))


def _tell(leg: Leg, text: str, speaker: Speaker, at: datetime) -> None:
    telling.note(
        leg,
        text,
        voice=Voice.THEM,
        by=speaker.told_by,
        by_name=f"{speaker.name}, {leg.recipient.name}",
        at=at,
    )
