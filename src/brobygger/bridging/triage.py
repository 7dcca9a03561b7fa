"""What the house does with an ask: take it on or say no, talk, and bring the answer home."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from brobygger.accounts.models import Membership
from brobygger.bridging import inward, permissions, rules
from brobygger.bridging.ask_record import THE_CLOCK, lock_ask, put_clock, say, start_clock, tries_of
from brobygger.bridging.asks import Ask
from brobygger.bridging.erasing import forget_asks
from brobygger.bridging.inward import AskAct
from brobygger.bridging.refusing import NotYours, check
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import (
    ActorRole,
    Channel,
    Claim,
    ClockKind,
    EndReason,
    Evidence,
    LegOutcome,
    LegState,
    RejectReason,
)
from brobygger.engine.words import gettext_noop as _
from brobygger.foundation import audit
from brobygger.foundation.actor import SYSTEM
from brobygger.foundation.days import add_working_days, local_day
from brobygger.foundation.policies import ERASED
from brobygger.offers.terms import Theme
from brobygger.residents import actions as residents
from brobygger.residents.models import Need, Resident
from brobygger.residents.terms import NoteChannel, Voice

NEXT_STEP = _("Find noget, der passer")
NOON = time(12)
STRANGERS_ARE_KEPT = timedelta(days=30)
NOTE_CHANNELS = {
    Channel.PHONE: NoteChannel.PHONE,
    Channel.IN_PERSON: NoteChannel.DOOR,
    Channel.PAPER: NoteChannel.WRITTEN,
}


class NotAboutOurselves(Exception):  # noqa: N818 - a sentence
    """A partner is given reasons about us only: any other would tell whether we know the person."""


@transaction.atomic
def take_on(
    *, ask: Ask, seen: int, resident: Resident, worker: Membership, by: Membership, at: datetime
) -> Ask:
    """The leader says yes: this worker makes contact with this resident, and may from now on see them."""
    ask = _locked(ask, AskAct.TAKE_ON, by, seen)
    ask.resident, ask.owner = resident, worker
    residents.give_to_worker(resident=resident, worker=worker, by=by, at=at)
    start_clock(ask, LegState.ACCEPTED, at=at)
    say(ask, Claim.ACCEPTED, _us(by, ActorRole.LEADER), at=at)
    _note(ask, f"{ask.partner.name} har bedt os tage kontakt. Kode {ask.code}.", Voice.THEM, by=by, at=at)
    audit.record("ask:taken_on", about=ask, by=by.actor, at=at, resident=str(resident.pk))
    return ask


@transaction.atomic
def decline_ask(*, ask: Ask, seen: int, reason: RejectReason, by: Membership, at: datetime) -> Ask:
    """The leader says no, with a reason about ourselves."""
    if reason not in rules.REASONS_TO_A_PARTNER:
        raise NotAboutOurselves(reason)
    ask = _locked(ask, AskAct.DECLINE, by, seen)
    start_clock(ask, LegState.REJECTED, at=at)
    say(ask, Claim.REJECTED, _us(by, ActorRole.LEADER), at=at, reason=reason)
    audit.record("ask:declined", about=ask, by=by.actor, at=at, reason=reason)
    return ask


@transaction.atomic
def tell_try(*, ask: Ask, channel: Channel, by: Membership, at: datetime) -> Ask:
    """We tried and did not reach the resident. It moves nothing, and counts towards the three tries."""
    ask = _locked(ask, AskAct.TRY, by)
    say(ask, Claim.TRIED_CONTACT, _us(by, ActorRole.WORKER, channel), at=at, happened_at=at)
    _note(ask, "Forsøgt at få kontakt, uden held.", Voice.US, by=by, at=at)
    audit.record("ask:tried", about=ask, by=by.actor, at=at, channel=channel)
    return ask


@transaction.atomic
def tell_talk(*, ask: Ask, seen: int, channel: Channel, on: date, by: Membership, at: datetime) -> Ask:
    """T08: we have talked together. From now on the partner reads "udført" and nothing else."""
    ask = _locked(ask, AskAct.TALK, by, seen)
    ask.talked_at = at if on >= local_day(at) else timezone.make_aware(datetime.combine(on, NOON))
    start_clock(ask, LegState.IN_PROGRESS, at=at)
    speaker = _us(by, ActorRole.WORKER, channel)
    say(ask, Claim.FIRST_MEETING_HELD, speaker, at=at, happened_at=ask.talked_at)
    _note(ask, "Vi har talt sammen.", Voice.US, by=by, at=at, channel=NOTE_CHANNELS.get(channel, ""))
    audit.record("ask:talked", about=ask, by=by.actor, at=at)
    return ask


@transaction.atomic
def tell_yes(*, ask: Ask, seen: int, words: str, theme: Theme, by: Membership, at: datetime) -> Need:
    """The resident wants help. The ask ends, and what is born of it is the resident's own need."""
    ask = _locked(ask, AskAct.SAY_YES, by, seen)
    need = residents.state_need(
        resident=_resident(ask),
        words=words,
        theme=theme,
        owner=ask.owner,
        next_step=NEXT_STEP,
        next_step_on=add_working_days(local_day(at), 1),
        by=by,
        at=at,
    )
    ask.need = need
    _complete(ask, LegOutcome.PERSON_YES, by, at)
    return need


@transaction.atomic
def tell_no(*, ask: Ask, seen: int, by: Membership, at: datetime) -> Ask:
    """The resident does not want help from us, and that is the end of it."""
    ask = _locked(ask, AskAct.SAY_NO, by, seen)
    _complete(ask, LegOutcome.PERSON_NO, by, at)
    return ask


def _complete(ask: Ask, outcome: LegOutcome, by: Membership, at: datetime) -> None:
    ask.outcome, ask.evidence = outcome, Evidence.RESIDENT
    start_clock(ask, LegState.COMPLETED, at=at)
    name = _resident(ask).first_name
    say(ask, Claim.COMPLETED, Speaker(ActorRole.RESIDENT, name, Channel.IN_PERSON, told_by=by), at=at)
    words = "Ja tak til hjælp." if outcome is LegOutcome.PERSON_YES else "Nej tak til hjælp."
    _note(ask, words, Voice.YOU, by=by, at=at)
    audit.record("ask:completed", about=ask, by=by.actor, at=at, outcome=outcome)


@transaction.atomic
def give_up(*, ask: Ask, seen: int, reason: EndReason, by: Membership, at: datetime) -> Ask:
    """T14: it did not succeed. Nobody is "not reached" before three tries, in two ways, on two days."""
    ask = _locked(ask, AskAct.GIVE_UP, by, seen)
    if reason not in inward.GIVEN_UP:
        raise ValueError(f"{reason} is not why we stop trying")
    if reason is EndReason.COULD_NOT_REACH:
        check(rules.tried_enough(tries_of(ask)))
    start_clock(ask, LegState.FAILED, at=at)
    say(ask, Claim.FAILED, _us(by, ActorRole.WORKER), at=at, reason=reason)
    _note(ask, f"Stoppet: {reason.label}.", Voice.US, by=by, at=at)
    audit.record("ask:given_up", about=ask, by=by.actor, at=at, reason=reason)
    return ask


@transaction.atomic
def stop_asks_about(*, resident_id: UUID, reason: EndReason, at: datetime) -> int:
    """Something outside has ended it (death, withdrawal). Returns how many were stopped."""
    live = Ask.objects.filter(resident=resident_id, ended_at=None).order_by("pk").values_list("pk", flat=True)
    for ask_id in live:
        ask = lock_ask(ask_id)
        start_clock(ask, inward.after(LegState(ask.state), AskAct.STOP), at=at)
        say(ask, Claim.CANCELLED, THE_CLOCK, at=at, reason=reason)
        audit.record("ask:stopped", about=ask, by=SYSTEM, at=at, reason=reason)
    return len(live)


@transaction.atomic
def ring_ask(*, ask: Ask, at: datetime) -> bool:
    """Ring the clock of one ask. False if it moved meanwhile. Our own silence never closes it."""
    ask = lock_ask(ask.pk)
    if ask.due_at is None or ask.due_at > at:
        return False
    kind = ClockKind(ask.clock_kind)
    plan = inward.clock_after_ring(
        kind, now=at, ring_count=ask.ring_count + 1, urgent=ask.is_urgent, asked_at=ask.asked_at
    )
    put_clock(ask, plan)
    say(ask, Claim.CLOCK_RANG, THE_CLOCK, at=at, text=f"{kind.label}.")
    audit.record("ask:rang", about=ask, by=SYSTEM, at=at, kind=kind)
    return True


def due_asks(*, now: datetime) -> list[Ask]:
    """Asks of the open house whose clock should have rung, the longest overdue first."""
    return list(Ask.objects.filter(due_at__lte=now).order_by("due_at"))


def forget_strangers(*, now: datetime) -> int:
    """Empty what partners told us of people who became nobody's resident here, a month after we said no."""
    old = Ask.objects.filter(resident=None, ended_at__lt=now - STRANGERS_ARE_KEPT).exclude(who=ERASED)
    return forget_asks(Ask.objects.filter(pk__in=list(old.values_list("pk", flat=True))))


def _locked(ask: Ask, act: AskAct, by: Membership, seen: int | None = None) -> Ask:
    """The ask under its lock, if this member may do this with it now, as it was seen."""
    ask = lock_ask(ask.pk)
    is_triage = act in {AskAct.TAKE_ON, AskAct.DECLINE}
    if not (permissions.may_triage(by) if is_triage else permissions.may_answer_ask(by, ask)):
        raise NotYours(ask.owner.name)
    inward.after(LegState(ask.state), act)
    if seen is not None:
        check(rules.same_version(seen=seen, current=ask.version))
    return ask


def _us(by: Membership, role: ActorRole, channel: Channel = Channel.SCREEN) -> Speaker:
    return Speaker(role, by.name, channel, told_by=by)


def _resident(ask: Ask) -> Resident:
    assert ask.resident is not None  # noqa: S101 - whatever was taken on is about a resident, by constraint
    return ask.resident


def _note(ask: Ask, text: str, voice: Voice, *, by: Membership, at: datetime, channel: str = "") -> None:
    """One line on the resident's one timeline, written downwards."""
    names = {Voice.THEM: str(ask.contact), Voice.YOU: _resident(ask).first_name}
    residents.add_note(
        resident=_resident(ask),
        text=text,
        voice=voice,
        by=by,
        by_name=names.get(voice, by.name),
        channel=channel,
        at=at,
        link=f"/forespoergsler/{ask.pk}/",
    )
