"""How a leg ends: done, done without an answer, did not succeed, or never should have been.

A place in the queue becomes a real one here too. No leg is done without outcome and evidence (BRI-05); all of
these run in the home's scope, after the right on the leg has been checked.
"""

from datetime import datetime

from django.db import transaction

from brobygger.accounts.models import Membership
from brobygger.accounts.terms import Role
from brobygger.bridging import actions, closing, meetings, reads, rules, telling
from brobygger.bridging.models import Leg, LegSnapshot
from brobygger.bridging.refusing import check, complete, right, right_to_speak, state_is
from brobygger.bridging.sentences import Refusal
from brobygger.bridging.telling import LEG, Speaker
from brobygger.bridging.terms import (
    ActorRole,
    Channel,
    Claim,
    ClockKind,
    EndReason,
    Evidence,
    LegOutcome,
    LegState,
    Required,
    TransitionCode,
)
from brobygger.foundation import audit, outbox
from brobygger.foundation.actor import Actor
from brobygger.foundation.days import local_day
from brobygger.offers import actions as offers
from brobygger.offers.terms import CapacityKind
from brobygger.partners.terms import CARRIES_LINKS

GIVES_THE_PLACE_BACK = {LegOutcome.SERVICE_RECEIVED, LegOutcome.ADVICE_ONLY, LegOutcome.LAWFUL_SILENCE}


@transaction.atomic
def give_place(
    *, leg: Leg, seen: int, when: datetime, speaker: Speaker, by: Actor, at: datetime, text: str = ""
) -> Leg:
    """T04b: who stood on the waiting list gets a place and a day. Raises NoPlaceLeft if there is none."""
    leg = telling.lock(leg.pk)
    right_to_speak(leg, speaker, by=by, at=at)
    rules.may(leg.state_term, TransitionCode.GIVE_PLACE, speaker.role)
    check(rules.same_version(seen=seen, current=leg.version))
    check(None if leg.waitlisted_at else rules.Refused(Refusal.NOT_WAITING))
    check(rules.Refused(Refusal.NOT_AHEAD) if when < at else None)
    check(reads.consent_refusal(leg, leg.snapshot.shared, on=local_day(at)))
    if leg.offer is not None:
        offers.take_place(offer=leg.offer)
        leg.place_taken = leg.offer.capacity_kind == CapacityKind.PLACES
    leg.promised_at, leg.waitlisted_at = when, None
    telling.say(leg, Claim.PLACE_GIVEN, speaker, at=at, happened_at=when, text=text)
    plan = rules.clock_after_accept(now=at, urgent=leg.is_urgent, promised_on=when)
    telling.set_clock(leg.bridge, leg, plan, at=at)
    telling.show_on_need(leg.bridge, at=at)
    meetings.write_note(leg, f"{leg.recipient.name} har fået en plads. {text}", speaker, at)
    audit.record("leg:place_given", about=leg, by=by, at=at)
    return leg


@transaction.atomic
def acknowledge_leg(*, leg: Leg, speaker: Speaker, by: Actor, at: datetime, text: str = "") -> Leg:
    """An authority confirms that it has received what was sent, and by whom: T13 asks for it."""
    leg = telling.lock(leg.pk)
    right_to_speak(leg, speaker, by=by, at=at)
    state_is(leg, LegState.REQUESTED, LegState.ACCEPTED, LegState.IN_PROGRESS)
    is_authority = leg.recipient.is_authority
    check(rules.acknowledged_by_an_authority(is_authority=is_authority, acknowledged=True))
    leg.acknowledged_at = leg.acknowledged_at or at
    telling.say(leg, Claim.ACKNOWLEDGED, speaker, at=at, text=text)
    meetings.write_note(leg, f"{leg.recipient.name} har bekræftet modtagelsen. {text}", speaker, at)
    audit.record("leg:acknowledged", about=leg, by=by, at=at)
    return leg


@transaction.atomic
def complete_leg(
    *,
    leg: Leg,
    seen: int,
    outcome: LegOutcome | None,
    speaker: Speaker,
    by: Actor,
    at: datetime,
    evidence: Evidence | None = None,
    met_at: datetime | None = None,
    text: str = "",
) -> Leg:
    """T11 in the recipient's words, T12 in ours. Of an accepted leg one press says two things: they met, at
    `met_at`, and it is done.

    Incomplete without an outcome; in our words also without evidence, the resident's or what we have seen.
    """
    leg = telling.lock(leg.pk)
    right_to_speak(leg, speaker, by=by, at=at)
    check(rules.same_version(seen=seen, current=leg.version))
    ours = speaker.role is ActorRole.WORKER
    if leg.state_term is LegState.ACCEPTED and not ours:
        complete((Required.HAPPENED_AT,) if met_at is None else ())
        if met_at is not None:
            meetings.have_met(leg, happened_at=met_at, speaker=speaker, at=at, text="")
    code = TransitionCode.COMPLETE_FOR_THEM if ours else TransitionCode.COMPLETE
    row = rules.may(leg.state_term, code, speaker.role)
    shown = _evidence(evidence) if ours else Evidence.PROVIDER
    given = {Required.OUTCOME: outcome in rules.OUTCOMES, Required.EVIDENCE: shown is not None}
    complete(rules.missing(row, {need for need, is_given in given.items() if is_given}))
    check(_silence(leg) if ours else None)
    return _done(leg, outcome, shown, speaker, by=by, at=at, text=text)


def _evidence(given: Evidence | None) -> Evidence | None:
    """We may say that the resident says so, or that we saw it; not that the recipient does."""
    return given if given in rules.EVIDENCE_OF_OURS else None


def _silence(leg: Leg) -> rules.Refused | None:
    by_hand = leg.contact is None or leg.contact.channel not in CARRIES_LINKS
    has_rung = leg.clocks.filter(ended_at=None, kind=ClockKind.QUIET_LATE).exists()
    return rules.silent(by_hand=by_hand, quiet_has_rung=has_rung)


@transaction.atomic
def close_in_silence(*, leg: Leg, seen: int, ground: str, speaker: Speaker, by: Actor, at: datetime) -> Leg:
    """T13: an authority has confirmed receipt, and may not say more. The resident is asked anyway."""
    leg = telling.lock(leg.pk)
    right_to_speak(leg, speaker, by=by, at=at)
    row = rules.may(leg.state_term, TransitionCode.CLOSE_IN_SILENCE, speaker.role)
    check(rules.same_version(seen=seen, current=leg.version))
    complete(rules.missing(row, {Required.GROUND} if ground.strip() else set()))
    check(
        rules.acknowledged_by_an_authority(
            is_authority=leg.recipient.is_authority, acknowledged=leg.acknowledged_at is not None
        )
    )
    silence = LegOutcome.LAWFUL_SILENCE, Evidence.LAWFUL_SILENCE
    return _done(leg, *silence, speaker, by=by, at=at, text=ground)


def _done(
    leg: Leg,
    outcome: LegOutcome | None,
    evidence: Evidence | None,
    speaker: Speaker,
    *,
    by: Actor,
    at: datetime,
    text: str,
) -> Leg:
    closing.let_go(leg, at=at)
    if outcome in GIVES_THE_PLACE_BACK:
        closing.give_place_back(leg)
    telling.say(leg, Claim.COMPLETED, speaker, at=at, outcome=outcome, evidence=evidence, text=text)
    label = outcome.label if outcome else ""
    meetings.write_note(leg, f"Afsluttet hos {leg.recipient.name}: {label}. {text}", speaker, at)
    if speaker.role is not ActorRole.RECIPIENT:
        actions.knock(leg, what=telling.ENDED, at=at)
    closing.bridge_goes_on(leg, by=by, at=at)
    audit.record("leg:completed", about=leg, by=by, at=at, outcome=outcome, evidence=evidence)
    return leg


@transaction.atomic
def fail_leg(
    *, leg: Leg, seen: int, reason: EndReason, speaker: Speaker, by: Actor, at: datetime, text: str = ""
) -> Leg:
    """T14: it was tried and did not succeed. That nobody could be reached takes three tries."""
    leg = telling.lock(leg.pk)
    right_to_speak(leg, speaker, by=by, at=at)
    row = rules.may(leg.state_term, TransitionCode.FAIL, speaker.role)
    check(rules.same_version(seen=seen, current=leg.version))
    given = {Required.REASON: reason in rules.fail_reasons(speaker.role), Required.TEXT: bool(text.strip())}
    complete(rules.missing(row, {need for need, is_given in given.items() if is_given}, reason=reason))
    if reason is EndReason.COULD_NOT_REACH:
        check(rules.tried_enough(attempts_on(leg)))
    closing.let_go(leg, at=at)
    closing.give_place_back(leg)
    leg.reason_text = text
    telling.say(leg, Claim.FAILED, speaker, at=at, reason=reason, text=text)
    words = f"Det lykkedes ikke hos {leg.recipient.name}: {reason.label}. {text}"
    meetings.write_note(leg, words, speaker, at)
    if speaker.role is not ActorRole.RECIPIENT:
        actions.knock(leg, what=telling.ENDED, at=at)
    closing.bridge_goes_on(leg, by=by, at=at)
    audit.record("leg:failed", about=leg, by=by, at=at, reason=reason)
    return leg


def attempts_on(leg: Leg) -> list[rules.Attempt]:
    tried = leg.statements.filter(claim=Claim.TRIED_CONTACT)
    return [rules.Attempt(local_day(one.at), Channel(one.channel)) for one in tried]


@transaction.atomic
def enter_leg_in_error(*, leg: Leg, reason: str, by: Membership, at: datetime) -> Leg:
    """T16: it should not exist. Whoever has read it is asked to delete it; statistics never count it.

    The leader may always; the author within a day, while nobody at the other bank has seen it.
    """
    leg = telling.lock(leg.pk)
    right(by, leg.bridge)
    role = ActorRole.LEADER if by.role == Role.LEADER else ActorRole.AUTHOR
    row = rules.may(leg.state_term, TransitionCode.ENTER_IN_ERROR, role)
    complete(rules.missing(row, {Required.REASON} if reason.strip() else set()))
    if role is ActorRole.AUTHOR:
        check(rules.unseen_and_new(seen=leg.seen_at is not None, made_at=leg.made_at, now=at))
    was_told = outbox.was_sent(about_kind=LEG, about_id=leg.pk)
    closing.let_go(leg, at=at)
    closing.give_place_back(leg)
    LegSnapshot.objects.filter(leg=leg, access_ended_at=None).update(access_ended_at=at)
    leg.reason_text = reason
    speaker = Speaker(role, by.name, Channel.SCREEN, told_by=by)
    telling.say(leg, Claim.ENTERED_IN_ERROR, speaker, at=at, text=reason)
    meetings.write_note(leg, f"{leg.offer_name}: oprettet ved en fejl. {reason}", speaker, at)
    if was_told:
        actions.knock(leg, what=telling.IN_ERROR, at=at)
    closing.bridge_goes_on(leg, by=by.actor, at=at)
    audit.record("leg:entered_in_error", about=leg, by=by.actor, at=at)
    return leg
