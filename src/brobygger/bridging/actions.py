"""What we do with a bridge: build it, send it, withdraw it. The recipient's acts are in `answers.py`."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from brobygger.accounts.models import Membership
from brobygger.bridging import closing, reads, rules, telling
from brobygger.bridging.models import Bridge, Leg, LegDraft, LegReasons, LegSnapshot
from brobygger.bridging.refusing import NotYours, Refused, check, right
from brobygger.bridging.telling import CONSENT_WITHDRAWN, LEG, WITHDRAWN, Speaker
from brobygger.bridging.terms import (
    LIVE,
    ActorRole,
    Channel,
    Claim,
    ClockKind,
    DecidedBy,
    EndReason,
    LegState,
    TransitionCode,
)
from brobygger.foundation import audit, languages, outbox
from brobygger.foundation.days import local_day
from brobygger.foundation.jobs import later
from brobygger.offers.models import Offer
from brobygger.partners.models import Contact, Organisation
from brobygger.partners.terms import CARRIES_LINKS
from brobygger.privacy.actions import hold_consents
from brobygger.privacy.terms import DataKind
from brobygger.residents.models import Need
from brobygger.residents.terms import NeedOutcome, Voice

LINK_LIVES = timedelta(days=14)
URGENT_LINK_LIVES = timedelta(days=5)
__all__ = ["NotYours", "Refused"]  # the two ways in which these verbs say no


@dataclass(frozen=True, slots=True)
class Choice:
    """What worker and resident chose, as a plain snapshot: it may come from a suggestion or from nowhere."""

    recipient: Organisation
    offer: Offer | None
    offer_name: str
    was_suggested: bool
    because: str = ""
    reasons: list[dict[str, Any]] = field(default_factory=list)
    facts_used: dict[str, str] = field(default_factory=dict)


@transaction.atomic
def build_bridge(
    *, need: Need, choice: Choice, by: Membership, at: datetime, replaces: Leg | None = None
) -> Leg:
    """T01: begin a bridge to one recipient, or a further leg of the bridge this need already has.

    Where the resident had already said how it went, a further leg means that it will be asked anew.
    """
    rules.may(None, TransitionCode.BUILD, ActorRole.WORKER)
    telling.hold_need(need.pk)
    bridge, _is_new = Bridge.objects.select_for_update().get_or_create(
        need=need, closed_at=None, defaults={"owner": by, "opened_at": at}
    )
    right(by, bridge)
    need.refresh_from_db(fields=["closed_at"])
    check(rules.still_wanted(need_is_open=need.closed_at is None))
    bridge.need = need
    check(
        rules.only_one(other_live_legs=reads.live_legs_to(need.resident_id, choice.recipient, choice.offer))
    )
    leg = Leg.objects.create(
        recipient=choice.recipient,
        bridge=bridge,
        subject_id=need.resident_id,
        offer=choice.offer,
        offer_name=choice.offer_name,
        contact=_way_in(choice.recipient),
        replaces=replaces,
        code=_fresh_code(),
        made_at=at,
    )
    LegDraft.objects.create(leg=leg)
    LegReasons.objects.create(
        leg=leg,
        was_suggested=choice.was_suggested,
        reasons=choice.reasons,
        chosen_because=choice.because,
        facts_used=choice.facts_used,
        at=at,
    )
    if bridge.verdict:
        bridge.verdict = ""
        bridge.save(update_fields=["verdict"])
    telling.stop_clock(bridge, None, at=at)
    telling.set_clock(bridge, leg, rules.start_clock(ClockKind.DRAFT_IDLE, now=at), at=at)
    telling.show_on_need(bridge, at=at)
    audit.record("bridge:built", about=leg, by=by.actor, at=at, recipient=str(choice.recipient.pk))
    return leg


def _way_in(recipient: Organisation) -> Contact | None:
    """The partner's verified way in: one that carries links before one that must be rung."""
    ways = Contact.objects.filter(partner=recipient, is_active=True, verified_on__isnull=False)
    return min(ways, key=lambda way: (way.channel not in CARRIES_LINKS, way.is_coordinator), default=None)


def _fresh_code() -> str:
    """A code to say in the telephone: no meaning, never used before in this house.

    Five digits; where those are crowded, more, so that a house in its hundred-thousandth bridge finds one.
    """
    tries = 0
    while True:
        least = 10 ** (4 + tries // 5)
        code = f"B-{secrets.randbelow(9 * least) + least}"
        if not Leg.objects.filter(code=code).exists():
            return code
        tries += 1


@transaction.atomic
def prepare_leg(*, leg: Leg, kinds: Sequence[DataKind], message: str, by: Membership, at: datetime) -> None:
    """Write down what we mean to send. Nothing leaves the house by this."""
    leg = telling.lock(leg.pk)
    right(by, leg.bridge)
    rules.may(LegState(leg.state), TransitionCode.SEND, ActorRole.WORKER)
    LegDraft.objects.filter(leg=leg).update(kinds=[str(kind) for kind in kinds], message=message)
    audit.record("leg:prepared", about=leg, by=by.actor, at=at, kinds=[str(kind) for kind in kinds])


@transaction.atomic
def choose_way_in(*, leg: Leg, contact: Contact, by: Membership, at: datetime) -> None:
    """Send this leg to that contact. Only a draft can still be turned."""
    leg = telling.lock(leg.pk)
    right(by, leg.bridge)
    rules.may(LegState(leg.state), TransitionCode.SEND, ActorRole.WORKER)
    leg.contact = contact
    leg.save(update_fields=["contact"])
    audit.record("leg:way_in_chosen", about=leg, by=by.actor, at=at, contact=str(contact.pk))


@transaction.atomic
def send_leg(*, leg: Leg, seen: int, shared: list[dict[str, str]], by: Membership, at: datetime) -> Leg:
    """T02: the bridge leaves, exactly as the confirm page showed it.

    `shared` is what the page showed; it is made again here from the resident as it stands now, and if the
    two differ nothing is sent: the worker must have seen what leaves.
    """
    hold_consents(leg.subject_id)
    leg = telling.lock(leg.pk)
    right(by, leg.bridge)
    rules.may(LegState(leg.state), TransitionCode.SEND, ActorRole.WORKER)
    check(rules.same_version(seen=seen, current=leg.version))
    preview = reads.what_is_sent(leg, on=local_day(at))
    if preview.shared != shared:
        raise NotWhatWasShown(leg.pk)
    check(preview.refusal)
    LegSnapshot.objects.create(
        recipient_id=leg.recipient_id, leg=leg, shared=shared, message=preview.message, at=at
    )
    leg.sent_at = at
    told = ", ".join(item["label"] for item in shared)
    speaker = Speaker(ActorRole.WORKER, by.name, Channel.SCREEN)
    telling.say(leg, Claim.SENT, speaker, at=at, text=preview.message[:500])
    plan = rules.clock_after_send(sent_at=at, urgent=leg.is_urgent)
    telling.set_clock(leg.bridge, leg, plan, at=at)
    telling.show_on_need(leg.bridge, at=at)
    telling.note(
        leg, f"Sendt til {leg.recipient.name}: {told}.", voice=Voice.US, by=by, by_name=by.name, at=at
    )
    audit.record("leg:sent", about=leg, by=by.actor, at=at, kinds=[item["kind"] for item in shared])
    knock(leg, what="asked", at=at)
    return leg


class NotWhatWasShown(Exception):
    """Something about the resident was changed after the confirm page was made."""


def knock(leg: Leg, *, what: str, at: datetime) -> None:
    """Put a content-free message to the recipient in the outbox, if a message can reach it at all."""
    contact = telling.contact_of(leg)
    if contact is None or contact.channel not in CARRIES_LINKS:
        return
    message = outbox.OutboxMessage.objects.create(
        about_kind=LEG,
        about_id=leg.pk,
        what=what,
        channel=contact.channel,
        to=contact.address,
        language=languages.of_a_reader(contact.speaks),
        made_at=at,
        use_by=at + (URGENT_LINK_LIVES if leg.is_urgent else LINK_LIVES),
    )
    later("bridging.dispatch", organisation=str(leg.organisation_id), message=str(message.pk))


@transaction.atomic
def withdraw_leg(
    *,
    leg: Leg,
    decided_by: DecidedBy,
    reason: EndReason,
    text: str = "",
    close_need: bool = False,
    seen: int | None = None,
    by: Membership,
    at: datetime,
) -> Leg:
    """T15: end a live leg. The resident always may, whatever version was seen; a worker has seen this one.

    `close_need`: the resident no longer wants the need met at all; then the bridge closes with it.
    """
    leg = telling.lock(leg.pk)
    right(by, leg.bridge)
    role = ActorRole.RESIDENT if decided_by is DecidedBy.RESIDENT else ActorRole.WORKER
    rules.may(LegState(leg.state), TransitionCode.WITHDRAW, role)
    if role is ActorRole.WORKER and seen is not None:
        check(rules.same_version(seen=seen, current=leg.version))
    name = leg.bridge.need.resident.first_name if role is ActorRole.RESIDENT and leg.bridge.need else by.name
    speaker = Speaker(role, name, Channel.IN_PERSON, told_by=by)
    end_leg(leg, speaker, reason=reason, text=text, at=at)
    if close_need and leg.bridge.need is not None:
        close_bridge(leg.bridge, outcome=NeedOutcome.CHANGED_MIND, speaker=speaker, by=by, at=at)
    else:
        closing.bridge_goes_on(leg, by=by.actor, at=at)
    audit.record("leg:withdrawn", about=leg, by=by.actor, at=at, reason=reason)
    return leg


def end_leg(leg: Leg, speaker: Speaker, *, reason: EndReason, text: str, at: datetime) -> None:
    """A live leg is cancelled, and the recipient's access ends with it.

    Whoever has been asked hears that it is over; whoever has not been asked yet hears nothing at all.
    """
    was_told = outbox.was_sent(about_kind=LEG, about_id=leg.pk)
    closing.let_go(leg, at=at)
    if was_told:
        is_consent = reason is EndReason.CONSENT_WITHDRAWN
        knock(leg, what=CONSENT_WITHDRAWN if is_consent else WITHDRAWN, at=at)
    closing.give_place_back(leg)
    LegSnapshot.objects.filter(leg=leg, access_ended_at=None).update(access_ended_at=at)
    leg.reason_text = text
    telling.say(leg, Claim.CANCELLED, speaker, at=at, reason=reason, text=text)
    by = speaker.told_by if speaker.role is not ActorRole.SYSTEM else None
    voice = {ActorRole.RESIDENT: Voice.YOU, ActorRole.SYSTEM: Voice.CLOCK}.get(speaker.role, Voice.US)
    telling.note(
        leg,
        f"Broen til {leg.recipient.name} er stoppet: {reason.label}.",
        voice=voice,
        by=by,
        by_name=speaker.name,
        at=at,
    )


def close_bridge(
    bridge: Bridge, *, outcome: NeedOutcome, speaker: Speaker, by: Membership, at: datetime
) -> None:
    """The resident has withdrawn the need: every other live leg stops, and nothing rings any more."""
    others = bridge.legs.filter(state__in=LIVE).order_by("pk").values_list("pk", flat=True)
    for leg_id in others:
        leg = telling.lock(leg_id)
        end_leg(leg, speaker, reason=EndReason.PERSON_DECLINED, text="", at=at)
    telling.word(bridge, Claim.VERDICT, speaker, at=at, verdict=outcome)
    bridge.verdict = outcome
    closing.close(bridge, by=by.actor, at=at)
