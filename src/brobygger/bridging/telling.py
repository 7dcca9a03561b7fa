"""Writing a bridge's record: what was said, which clock runs, and what the need shows of it.

Every verb of `actions.py` and `answers.py` writes through here, inside one transaction and under the
locks taken by `lock`, so that statement, state, clock and need are written together or not at all.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from brobygger.accounts.models import Membership
from brobygger.bridging import rules
from brobygger.bridging.models import Bridge, BridgeStatement, Clock, Leg, Statement
from brobygger.bridging.terms import (
    ActorRole,
    Channel,
    Claim,
    ClockKind,
    EndReason,
    Evidence,
    LegOutcome,
    LegState,
    Party,
    RejectReason,
)
from brobygger.engine.words import gettext_noop as _
from brobygger.foundation.cards import Hand
from brobygger.foundation.days import local_day
from brobygger.partners.models import Contact
from brobygger.partners.terms import CARRIES_LINKS
from brobygger.residents import actions as residents
from brobygger.residents.rules import clipped
from brobygger.residents.terms import NeedOutcome, Voice

LEG = "bridging.Leg"  # what a message is about
WITHDRAWN, CONSENT_WITHDRAWN = "withdrawn", "consent_withdrawn"
ENDED, IN_ERROR = "ended", "in_error"
ASKS_NOTHING = frozenset({WITHDRAWN, CONSENT_WITHDRAWN, ENDED, IN_ERROR})  # the messages without a link


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whose words they are, and through whom they came: `told_by` wrote down what somebody else said."""

    role: ActorRole
    name: str
    channel: Channel
    told_by: Membership | None = None


def lock(leg_id: UUID) -> Leg:
    """The leg and its bridge, locked in the order of BRIDGES 14: bridge first, then leg."""
    bridge = lock_bridge(Leg.objects.values_list("bridge_id", flat=True).get(pk=leg_id))
    leg = Leg.objects.select_for_update(of=("self",)).select_related("recipient", "offer").get(pk=leg_id)
    leg.bridge = bridge
    return leg


def lock_bridge(bridge_id: UUID) -> Bridge:
    """The bridge itself, for what is said about it as a whole."""
    found = Bridge.objects.select_for_update(of=("self",)).select_related("need__resident", "owner")
    return found.get(pk=bridge_id)


def hold_need(need_id: UUID) -> None:
    """Let nobody else begin, or open again, a bridge to this need until we commit. Before any other lock: a
    bridge that does not exist yet has no row that could be locked."""
    with connection.cursor() as cursor:
        key = f"bridges to {need_id}"
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [key])


def say(
    leg: Leg,
    claim: Claim,
    speaker: Speaker,
    *,
    at: datetime,
    happened_at: datetime | None = None,
    reason: RejectReason | EndReason | None = None,
    text: str = "",
    outcome: LegOutcome | None = None,
    evidence: Evidence | None = None,
) -> None:
    """Append one statement and bring the leg's stored state up to date with the fold of all of them."""
    said = list(leg.statements.order_by("seq"))
    statement = Statement.objects.create(
        recipient_id=leg.recipient_id,
        leg=leg,
        seq=len(said) + 1,
        claim=claim,
        actor_role=speaker.role,
        actor_name=clipped(speaker.name, 120),
        told_by=speaker.told_by,
        channel=speaker.channel,
        happened_at=happened_at,
        reason=reason or "",
        outcome=outcome or "",
        evidence=evidence or "",
        text=text,
        at=at,
    )
    _project(leg, [*said, statement], at)


def as_said(statement: Statement) -> rules.Said:
    """A stored statement as the plain value that `rules.fold` adds up."""
    return rules.Said(
        seq=statement.seq,
        claim=Claim(statement.claim),
        role=ActorRole(statement.actor_role),
        on=local_day(statement.happened_at) if statement.happened_at else None,
        reason=_reason(statement),
        outcome=LegOutcome(statement.outcome) if statement.outcome else None,
        evidence=Evidence(statement.evidence) if statement.evidence else None,
    )


def _reason(statement: Statement) -> RejectReason | EndReason | None:
    if not statement.reason:
        return None
    if statement.claim == Claim.REJECTED:
        return RejectReason(statement.reason)
    return EndReason(statement.reason)


def _project(leg: Leg, said: list[Statement], at: datetime) -> None:
    now = rules.fold(map(as_said, said))
    leg.state, leg.version = now.state, now.version
    leg.reason, leg.decided_by = now.reason or "", now.decided_by or ""
    leg.outcome, leg.evidence = now.outcome or "", now.evidence or ""
    leg.tries, leg.missed_meetings, leg.is_thinking = now.tries, now.missed, now.thinking
    leg.ended_at = None if leg.is_live else (leg.ended_at or at)
    leg.save()


def word(
    bridge: Bridge,
    claim: Claim,
    speaker: Speaker,
    *,
    at: datetime,
    verdict: NeedOutcome | None = None,
    text: str = "",
) -> None:
    """Append one statement about the bridge itself. It stays at home."""
    BridgeStatement.objects.create(
        bridge=bridge,
        seq=bridge.words.count() + 1,
        claim=claim,
        actor_role=speaker.role,
        actor_name=clipped(speaker.name, 120),
        told_by=speaker.told_by,
        channel=speaker.channel,
        verdict=verdict or "",
        text=text,
        at=at,
    )


def set_clock(bridge: Bridge, leg: Leg | None, plan: rules.ClockPlan, *, at: datetime) -> Clock:
    """End the clock that runs on this leg (or on the bridge itself) and start the planned one."""
    stop_clock(bridge, leg, at=at)
    partner = _partner_in_charge(leg, plan.owner_role) if leg else None
    return Clock.objects.create(
        bridge=bridge,
        leg=leg,
        kind=plan.kind,
        due_at=plan.due_at,
        owner=None if partner else bridge.owner,
        contact=partner,
        watcher=bridge.owner,
        ring_count=plan.ring_count,
        set_at=at,
    )


def _partner_in_charge(leg: Leg, role: Party) -> Contact | None:
    """The partner's person a clock belongs to; None: it is ours.

    So it is where the partner has named nobody, and where only a person can reach them: then we ring.
    """
    if role is Party.OWNER:
        return None
    coordinator = _coordinator(leg) if role is Party.COORDINATOR else None
    found = rules.who_owns(role, owner=None, contact=contact_of(leg), coordinator=coordinator)
    return found if found is not None and found.channel in CARRIES_LINKS else None


def can_be_written_to(leg: Leg) -> bool:
    contact = contact_of(leg)
    return contact is not None and contact.channel in CARRIES_LINKS


def stop_clock(bridge: Bridge, leg: Leg | None, *, at: datetime) -> None:
    Clock.objects.filter(bridge=bridge, leg=leg, ended_at=None).update(ended_at=at)


def contact_of(leg: Leg) -> Contact | None:
    """Whom the leg goes to, while that way in is still good."""
    if leg.contact_id is None:
        return None
    return Contact.objects.filter(pk=leg.contact_id, is_active=True, verified_on__isnull=False).first()


def _coordinator(leg: Leg) -> Contact | None:
    found = Contact.objects.filter(
        partner_id=leg.recipient_id, is_coordinator=True, is_active=True, verified_on__isnull=False
    )
    return found.first() or contact_of(leg)


def show_on_need(bridge: Bridge, *, at: datetime) -> None:
    """Keep the need's next step, date and small picture equal to the clock that rings first (BRIDGES 15)."""
    need = bridge.need
    running = bridge.clocks.filter(ended_at=None).select_related(
        "leg__recipient", "owner", "contact__partner"
    )
    clock = running.order_by("due_at").first()
    if need is None or need.closed_at is not None or clock is None:
        return
    leg = clock.leg or _ended(bridge).latest("ended_at")
    step, hand = STEPS[LegState(leg.state)]
    kind = ClockKind(clock.kind)
    whose = clock.contact.partner.name if clock.contact else bridge.owner.name
    residents.move_need(
        need=need,
        next_step=NEXT_STEPS.get(kind, kind.asks) % {"recipient": leg.recipient.name},
        next_step_on=local_day(clock.due_at),
        at=at,
        way=residents.way_of(
            step=step,
            words=WAYS[LegState(leg.state)] % {"recipient": leg.recipient.name},
            hand=Hand.THEM if clock.contact and hand is Hand.US else hand,
            whose=whose,
            link=f"/broer/{bridge.pk}/",
        ),
    )


def _ended(bridge: Bridge) -> QuerySet[Leg]:
    """What an error left behind tells nothing about the need."""
    return bridge.legs.select_related("recipient").exclude(state=LegState.ENTERED_IN_ERROR)


STEPS = {
    LegState.DRAFT: (0, Hand.US),
    LegState.REQUESTED: (1, Hand.US),
    LegState.ACCEPTED: (2, Hand.NONE),
    LegState.IN_PROGRESS: (3, Hand.NONE),
    LegState.REJECTED: (1, Hand.US),
    LegState.COMPLETED: (3, Hand.US),
    LegState.FAILED: (2, Hand.US),
    LegState.CANCELLED: (1, Hand.US),
    LegState.ENTERED_IN_ERROR: (0, Hand.US),
}
# Kept with the need as it was written, like every next step a worker writes; `foundation.kept` reads them.
NEXT_STEPS = {
    ClockKind.DRAFT_IDLE: _("Send broen til %(recipient)s"),
    ClockKind.UNSEEN: _("%(recipient)s skal åbne spørgsmålet"),
    ClockKind.NO_ANSWER: _("%(recipient)s skal svare"),
    ClockKind.GRACE_OVER: _("%(recipient)s skylder svar"),
    ClockKind.HARD_STOP: _("Ring til %(recipient)s"),
    ClockKind.FIRST_CONTACT: _("Første møde hos %(recipient)s"),
    ClockKind.MEETING_MISSED: _("Aftal en ny dato hos %(recipient)s"),
    ClockKind.QUIET: _("Er det stadig i gang hos %(recipient)s?"),
    ClockKind.QUIET_LATE: _("Spørg beboeren, hvordan det går hos %(recipient)s"),
    ClockKind.CHOOSE_NEXT: _("Vælg næste skridt sammen med beboeren"),
    ClockKind.ASK_RESIDENT: _("Spørg beboeren, om det hjalp"),
    ClockKind.SETTLE_CONFLICT: _("%(recipient)s siger klaret, beboeren siger nej: tal sammen"),
}
WAYS = {
    LegState.DRAFT: _("%(recipient)s: ikke sendt endnu"),
    LegState.REQUESTED: _("Sendt til %(recipient)s"),
    LegState.ACCEPTED: _("%(recipient)s har taget imod"),
    LegState.IN_PROGRESS: _("De har mødt hinanden hos %(recipient)s"),
    LegState.REJECTED: _("%(recipient)s kunne ikke tage imod"),
    LegState.COMPLETED: _("%(recipient)s har afsluttet"),
    LegState.FAILED: _("%(recipient)s: det lykkedes ikke"),
    LegState.CANCELLED: _("%(recipient)s: trukket tilbage"),
    LegState.ENTERED_IN_ERROR: _("%(recipient)s: oprettet ved en fejl"),
}


def note(leg: Leg, text: str, *, voice: Voice, by: Membership | None, by_name: str, at: datetime) -> None:
    """One line on the resident's one timeline, written downwards."""
    need = leg.bridge.need
    if need is None:
        return
    residents.add_note(
        resident=need.resident,
        need=need,
        text=text,
        voice=voice,
        by=by,
        by_name=clipped(by_name, 120),
        at=at,
        link=f"/broer/{leg.bridge_id}/",
    )
