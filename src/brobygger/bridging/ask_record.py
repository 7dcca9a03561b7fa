"""Writing the record of an ask: what was said, and which clock runs. Under the lock taken by `lock_ask`."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from brobygger.accounts.models import Membership
from brobygger.accounts.terms import Role
from brobygger.bridging import inward, rules
from brobygger.bridging.asks import Ask, AskStatement
from brobygger.bridging.guards import Attempt
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, Channel, Claim, ClockKind, EndReason, LegState, RejectReason
from brobygger.foundation.days import local_day
from brobygger.residents.rules import clipped

THE_CLOCK = Speaker(ActorRole.SYSTEM, "Brobygger", Channel.SCREEN)


def lock_ask(ask_id: UUID) -> Ask:
    rows = Ask.objects.select_for_update(of=("self",))
    return rows.select_related("partner", "contact", "resident", "owner").get(pk=ask_id)


def say(
    ask: Ask,
    claim: Claim,
    speaker: Speaker,
    *,
    at: datetime,
    happened_at: datetime | None = None,
    reason: RejectReason | EndReason | None = None,
    text: str = "",
) -> None:
    """Append one statement, and bring state, version and ending up to date with the fold of them all.

    The caller has set what else the new state needs (clock, outcome); the row is saved here.
    """
    said = list(ask.statements.order_by("seq"))
    statement = AskStatement.objects.create(
        ask=ask,
        seq=len(said) + 1,
        claim=claim,
        actor_role=speaker.role,
        actor_name=clipped(speaker.name, 120),
        told_by=speaker.told_by,
        channel=speaker.channel,
        happened_at=happened_at,
        reason=reason or "",
        text=text,
        at=at,
    )
    now = rules.fold(map(as_said, [*said, statement]))
    ask.state, ask.version = now.state, now.version
    ask.reason, ask.decided_by = now.reason or "", now.decided_by or ""
    ask.ended_at = None if ask.is_live else at
    ask.save()


def as_said(statement: AskStatement) -> rules.Said:
    """A stored statement as the plain value that `rules.fold` adds up."""
    return rules.Said(
        seq=statement.seq,
        claim=Claim(statement.claim),
        role=ActorRole(statement.actor_role),
        on=local_day(statement.happened_at) if statement.happened_at else None,
        reason=_reason(statement),
    )


def _reason(statement: AskStatement) -> RejectReason | EndReason | None:
    if not statement.reason:
        return None
    kind = RejectReason if statement.claim == Claim.REJECTED else EndReason
    return kind(statement.reason)


def start_clock(ask: Ask, state: LegState, *, at: datetime) -> None:
    """Set the clock of the state the ask is coming into, or none if it ends there. Not saved yet."""
    if state not in inward.FIRST_CLOCKS:
        ask.clock_kind, ask.due_at, ask.ring_count = "", None, 0
        return
    put_clock(ask, inward.first_clock(state, now=at, urgent=ask.is_urgent, asked_at=ask.asked_at))


def put_clock(ask: Ask, plan: rules.ClockPlan) -> None:
    ask.clock_kind, ask.due_at, ask.ring_count = ClockKind(plan.kind), plan.due_at, plan.ring_count


def tries_of(ask: Ask) -> list[Attempt]:
    """The attempts to reach the resident, in the order they were made. One query."""
    return tries_in(ask.statements.order_by("seq"))


def tries_in(statements: Iterable[AskStatement]) -> list[Attempt]:
    return [
        Attempt(local_day(one.happened_at or one.at), Channel(one.channel))
        for one in statements
        if one.claim == Claim.TRIED_CONTACT
    ]


def leader_of(house: UUID) -> Membership | None:
    """Who answers for what nobody has taken on yet. One query."""
    rows = Membership.objects.filter(organisation_id=house, role=Role.LEADER, is_active=True)
    return rows.order_by("name", "pk").first()
