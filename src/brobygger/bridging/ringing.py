"""What happens when a clock rings: somebody is told, and the next clock is set. Nothing rings silently."""

from datetime import datetime

from django.db import transaction

from brobygger.bridging import actions, closing, rules, telling, verdicts
from brobygger.bridging.models import Bridge, Clock, Leg
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import (
    ActorRole,
    Channel,
    Claim,
    ClockKind,
    EndReason,
    LegState,
    Party,
    RingAct,
    TransitionCode,
)
from brobygger.engine.words import gettext_noop as _
from brobygger.foundation import audit
from brobygger.foundation.actor import SYSTEM
from brobygger.residents.terms import Voice

THE_CLOCK = Speaker(ActorRole.SYSTEM, "Brobygger", Channel.SCREEN)
THEIRS = {Party.CONTACT, Party.COORDINATOR}
KNOCKS = {
    RingAct.REMIND,
    RingAct.SEND_AGAIN,
    RingAct.ESCALATE,
    RingAct.ASK_IF_MET,
    RingAct.ASK_IF_STILL_LISTED,
    RingAct.ASK_IF_UNDER_WAY,
}


def due_clocks(*, now: datetime) -> list[Clock]:
    """Clocks of the open house that should have rung, the longest overdue first."""
    return list(Clock.objects.filter(ended_at=None, due_at__lte=now).order_by("due_at"))


@transaction.atomic
def ring(*, clock: Clock, at: datetime) -> bool:
    """Ring one clock. False if it was moved, or rung by another, in the meantime: then nothing is done."""
    leg = telling.lock(clock.leg_id) if clock.leg_id else None
    if leg is None:  # the bridge before its clock, as everybody else does
        Bridge.objects.select_for_update().get(pk=clock.bridge_id)
    running = Clock.objects.select_for_update().filter(pk=clock.pk, ended_at=None, due_at__lte=at).first()
    if running is None:
        return False
    told = rules.told_at_ring(ClockKind(running.kind), running.ring_count + 1)
    audit.record("clock:rang", about=running, by=SYSTEM, at=at, kind=running.kind, told=list(told))
    if leg is None:
        _ring_bridge(running, at)
    else:
        _ring_leg(running, leg, told, at)
    return True


def _ring_leg(clock: Clock, leg: Leg, told: tuple[Party, ...], at: datetime) -> None:
    kind, count = ClockKind(clock.kind), clock.ring_count + 1
    act = rules.CLOCKS[kind].on_ring
    _write_down(leg, _who_was_told(kind, told, reached=telling.can_be_written_to(leg)), at)
    if act is RingAct.END_NO_RESPONSE:
        _end_unanswered(leg, at)
        return
    if act in KNOCKS and THEIRS & set(told):
        actions.knock(leg, what="reminded", at=at)
    plan = rules.next_clock(
        kind,
        now=at,
        ring_count=count,
        urgent=leg.is_urgent,
        sent_at=leg.sent_at,
        promised_on=leg.promised_at if leg.promised_at and leg.promised_at > at else None,
    )
    telling.set_clock(leg.bridge, leg, plan, at=at)
    telling.show_on_need(leg.bridge, at=at)


def _end_unanswered(leg: Leg, at: datetime) -> None:
    """The last deadline: a partner's silence never keeps a resident waiting for ever."""
    rules.may(LegState(leg.state), TransitionCode.WITHDRAW, ActorRole.SYSTEM)
    actions.end_leg(leg, THE_CLOCK, reason=EndReason.NO_RESPONSE, text="", at=at)
    closing.bridge_goes_on(leg, by=SYSTEM, at=at)


def _ring_bridge(clock: Clock, at: datetime) -> None:
    """The bridge's own clock speaks on the bridge: it stays the owner's, and comes back, unless the resident
    has been asked often enough."""
    bridge = telling.lock_bridge(clock.bridge_id)
    kind = ClockKind(clock.kind)
    told = rules.told_at_ring(kind, clock.ring_count + 1)
    telling.word(bridge, Claim.CLOCK_RANG, THE_CLOCK, at=at, text=_who_was_told(kind, told, reached=False))
    is_a_question = rules.CLOCKS[kind].on_ring is RingAct.ASK_THE_RESIDENT
    if is_a_question and verdicts.give_up_asking(bridge, at=at):
        return
    last = bridge.legs.select_related("recipient", "bridge__need__resident", "bridge__owner").latest(
        "ended_at"
    )
    plan = rules.next_clock(kind, now=at, ring_count=clock.ring_count + 1, urgent=last.is_urgent)
    telling.set_clock(bridge, None, plan, at=at)
    telling.show_on_need(bridge, at=at)
    telling.note(
        last,
        AGAIN[kind],
        voice=Voice.CLOCK,
        by=None,
        by_name=THE_CLOCK.name,
        at=at,
    )


def _write_down(leg: Leg, text: str, at: datetime) -> None:
    """A statement, which both banks read; of a draft the other bank knows nothing, so there it is a note."""
    if leg.state == LegState.DRAFT:
        telling.note(leg, text, voice=Voice.CLOCK, by=None, by_name=THE_CLOCK.name, at=at)
    else:
        telling.say(leg, Claim.CLOCK_RANG, THE_CLOCK, at=at, text=text)


def _who_was_told(kind: ClockKind, told: tuple[Party, ...], *, reached: bool) -> str:
    """The owner, who reads it on the day's page, and whoever a message goes to. What else goes on inside
    the house stands in the trail: the other bank reads this too."""
    heard = {Party.OWNER, *(THEIRS if reached else ())}
    parties = ", ".join(party.label for party in told if party in heard)
    return TOLD % {"what": kind.label, "whom": parties} if parties else f"{kind.label}."


TOLD = _("%(what)s. Fik det at vide: %(whom)s.")
AGAIN = {
    ClockKind.CHOOSE_NEXT: _("Næste skridt mangler stadig."),
    ClockKind.ASK_RESIDENT: _("Beboeren skal stadig spørges, om det hjalp."),
    ClockKind.SETTLE_CONFLICT: _(
        "Modtageren siger klaret, og beboeren siger nej. Det er ikke afgjort endnu."
    ),
}
