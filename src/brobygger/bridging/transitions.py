"""The table: from which state to which, who may, what must hold, what is needed, who is told."""

from dataclasses import dataclass, field

from brobygger.bridging.terms import (
    ActorRole,
    ClockKind,
    Direction,
    Guard,
    LegState,
    Party,
    Required,
    TransitionCode,
)

A, W, L, C = ActorRole.AUTHOR, ActorRole.WORKER, ActorRole.LEADER, ActorRole.RECIPIENT
R, K, S = ActorRole.RESIDENT, ActorRole.COMPANION, ActorRole.SYSTEM

DRAFT, REQUESTED, ACCEPTED = LegState.DRAFT, LegState.REQUESTED, LegState.ACCEPTED
IN_PROGRESS, COMPLETED, FAILED = LegState.IN_PROGRESS, LegState.COMPLETED, LegState.FAILED
REJECTED, CANCELLED, IN_ERROR = LegState.REJECTED, LegState.CANCELLED, LegState.ENTERED_IN_ERROR

ANY_WAY = frozenset(Direction)
NOT_SELF = ANY_WAY - {Direction.SELF}
RESIDENTS_OWN = frozenset({Direction.SELF})
PASSED_ON = frozenset({Direction.ONWARD})


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: in this state, these may do this, if the guards hold and nothing needed is missing.

    `from_state` None is a leg that does not exist yet. Of `next_clock` the first that fits is started;
    choose_next and ask_resident run on the bridge, and only when no other leg of it is live and no verdict
    closes it.
    """

    code: TransitionCode
    from_state: LegState | None
    to_state: LegState
    who: frozenset[ActorRole]
    guards: frozenset[Guard]
    needs: tuple[Required, ...]
    next_clock: tuple[ClockKind, ...]
    told: tuple[Party, ...]
    directions: frozenset[Direction] = field(default=ANY_WAY)


def _withdraw(state: LegState, who: set[ActorRole], *guards: Guard) -> Transition:
    return Transition(
        TransitionCode.WITHDRAW,
        state,
        CANCELLED,
        frozenset(who),
        frozenset({Guard.RIGHT, *guards}),
        (Required.REASON, Required.DECIDED_BY),
        (ClockKind.CHOOSE_NEXT,),
        () if state is DRAFT else (Party.OWNER, Party.RECIPIENT, Party.RESIDENT),
    )


def _build(who: set[ActorRole], directions: frozenset[Direction]) -> Transition:
    return Transition(
        TransitionCode.BUILD,
        None,
        DRAFT,
        frozenset(who),
        frozenset({Guard.RIGHT, Guard.ALIVE}),
        (Required.NEED, Required.WHY),
        (ClockKind.DRAFT_IDLE,),
        (),
        directions,
    )


def _send(who: set[ActorRole], directions: frozenset[Direction]) -> Transition:
    return Transition(
        TransitionCode.SEND,
        DRAFT,
        REQUESTED,
        frozenset(who),
        frozenset({Guard.RIGHT, Guard.CONSENT, Guard.OFFER, Guard.ONE, Guard.REACH, Guard.SAFE, Guard.ALIVE}),
        (Required.SNAPSHOT, Required.FROZEN_REASONS),
        (ClockKind.UNSEEN,),
        (Party.RECIPIENT, Party.RESIDENT),
        directions,
    )


def _meet(code: TransitionCode, state: LegState, who: set[ActorRole], *told: Party) -> Transition:
    """One of the three says that resident and recipient have met; nobody's version stands in the way."""
    return Transition(
        code,
        state,
        IN_PROGRESS,
        frozenset(who),
        frozenset({Guard.RIGHT}),
        (Required.HAPPENED_AT,),
        (ClockKind.QUIET,),
        told,
    )


def _complete(
    code: TransitionCode,
    state: LegState,
    who: set[ActorRole],
    needs: tuple[Required, ...],
    told: Party,
    *guards: Guard,
) -> Transition:
    return Transition(
        code,
        state,
        COMPLETED,
        frozenset(who),
        frozenset({Guard.RIGHT, Guard.VERSION, *guards}),
        needs,
        (ClockKind.ASK_RESIDENT,),
        (Party.OWNER, told),
    )


def _close_in_silence(state: LegState) -> Transition:
    needs = (Required.GROUND,)
    return _complete(TransitionCode.CLOSE_IN_SILENCE, state, {W, C}, needs, Party.RESIDENT, Guard.AUTHORITY)


def _fail(state: LegState) -> Transition:
    return Transition(
        TransitionCode.FAIL,
        state,
        FAILED,
        frozenset({W, C}),
        frozenset({Guard.RIGHT, Guard.VERSION, Guard.TRIES}),
        (Required.REASON,),
        (ClockKind.CHOOSE_NEXT,),
        (Party.OWNER, Party.RECIPIENT, Party.RESIDENT),
    )


def _enter_in_error(state: LegState, who: ActorRole, *guards: Guard) -> Transition:
    return Transition(
        TransitionCode.ENTER_IN_ERROR,
        state,
        IN_ERROR,
        frozenset({who}),
        frozenset({Guard.RIGHT, *guards}),
        (Required.REASON,),
        (ClockKind.CHOOSE_NEXT,),
        () if state is DRAFT else (Party.RECIPIENT,),
    )


# Whoever ends a leg because of the resident, or because time or fate did, is never turned away for
# having seen an older version: the end is the same whoever commits first. Hence the rows of T15 apart.
TRANSITIONS: tuple[Transition, ...] = (
    _build({W}, NOT_SELF),
    _build({C}, PASSED_ON),
    _build({R}, RESIDENTS_OWN),
    _send({A, W}, NOT_SELF),
    _send({R}, RESIDENTS_OWN),
    Transition(
        TransitionCode.ACCEPT,
        REQUESTED,
        ACCEPTED,
        frozenset({C}),
        frozenset({Guard.RIGHT, Guard.PLACE, Guard.CONSENT, Guard.VERSION}),
        (Required.WHEN, Required.CONTACT_FUNCTION),
        (ClockKind.FIRST_CONTACT, ClockKind.WAITLIST_CHECK),
        (Party.OWNER, Party.RESIDENT),
    ),
    Transition(
        TransitionCode.DECLINE,
        REQUESTED,
        REJECTED,
        frozenset({C}),
        frozenset({Guard.RIGHT, Guard.VERSION}),
        (Required.REASON,),
        (ClockKind.CHOOSE_NEXT,),
        (Party.OWNER, Party.RESIDENT),
    ),
    Transition(
        TransitionCode.GIVE_PLACE,
        ACCEPTED,
        ACCEPTED,
        frozenset({C}),
        frozenset({Guard.RIGHT, Guard.PLACE, Guard.VERSION}),
        (Required.WHEN,),
        (ClockKind.FIRST_CONTACT,),
        (Party.OWNER, Party.RESIDENT),
    ),
    _meet(TransitionCode.MEET, ACCEPTED, {C, R, K}, Party.OWNER, Party.RECIPIENT, Party.RESIDENT),
    _meet(TransitionCode.MEET_UNANSWERED, REQUESTED, {R, K}, Party.RECIPIENT, Party.OWNER),
    _complete(TransitionCode.COMPLETE, IN_PROGRESS, {C}, (Required.OUTCOME,), Party.RESIDENT),
    _complete(
        TransitionCode.COMPLETE_FOR_THEM,
        IN_PROGRESS,
        {W},
        (Required.OUTCOME, Required.EVIDENCE),
        Party.RECIPIENT,
        Guard.SILENT,
    ),
    _close_in_silence(ACCEPTED),
    _close_in_silence(IN_PROGRESS),
    _fail(ACCEPTED),
    _fail(IN_PROGRESS),
    _withdraw(DRAFT, {W}, Guard.VERSION),
    _withdraw(DRAFT, {R, S}),
    _withdraw(REQUESTED, {W}, Guard.VERSION),
    _withdraw(REQUESTED, {R, S}),
    _withdraw(ACCEPTED, {W, C}, Guard.VERSION),
    _withdraw(ACCEPTED, {R, S}),
    _withdraw(IN_PROGRESS, {W, C}, Guard.VERSION),
    _withdraw(IN_PROGRESS, {R, S}),
    *(_enter_in_error(state, A, Guard.WINDOW) for state in (DRAFT, REQUESTED)),
    *(
        _enter_in_error(state, L)
        for state in (DRAFT, REQUESTED, ACCEPTED, IN_PROGRESS, REJECTED, COMPLETED, FAILED, CANCELLED)
    ),
)
