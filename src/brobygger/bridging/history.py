"""What the statements on a leg add up to. The stored state is a copy of this and must equal it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from brobygger.bridging.terms import (
    LIVE,
    STATE_CHANGING,
    ActorRole,
    Claim,
    DecidedBy,
    EndReason,
    Evidence,
    LegOutcome,
    LegState,
    RejectReason,
)

LEADS_TO = {
    Claim.SENT: LegState.REQUESTED,
    Claim.CLAIMED: LegState.REQUESTED,
    Claim.ACCEPTED: LegState.ACCEPTED,
    Claim.PLACE_GIVEN: LegState.ACCEPTED,
    Claim.UNACCEPTED: LegState.REQUESTED,
    Claim.REJECTED: LegState.REJECTED,
    Claim.DECLINE_OVERTURNED: LegState.REQUESTED,
    Claim.FIRST_MEETING_HELD: LegState.IN_PROGRESS,
    Claim.PAUSED: LegState.ON_HOLD,
    Claim.COMPLETED: LegState.COMPLETED,
    Claim.FAILED: LegState.FAILED,
    Claim.CANCELLED: LegState.CANCELLED,
    Claim.ENTERED_IN_ERROR: LegState.ENTERED_IN_ERROR,
}
PROMISES = frozenset({Claim.ACCEPTED, Claim.PLACE_GIVEN})
IN_TOUCH = frozenset(
    {
        Claim.ACCEPTED,
        Claim.FIRST_MEETING_PLANNED,
        Claim.FIRST_MEETING_HELD,
        Claim.FIRST_MEETING_MISSED,
        Claim.CHECK_IN,
        Claim.THINKING,
    }
)  # after any of these it is not so that nobody can get hold of the resident
ENDS_WITH_A_REASON = frozenset({LegState.REJECTED, LegState.FAILED, LegState.CANCELLED})

DECIDED_WHOEVER_WROTE_IT = {
    EndReason.NO_RESPONSE: DecidedBy.DEADLINE,
    EndReason.CONSENT_WITHDRAWN: DecidedBy.RESIDENT,
    EndReason.PERSON_DECLINED: DecidedBy.RESIDENT,
    EndReason.PERSON_DIED: DecidedBy.EVENT,
    EndReason.PERSON_MOVED: DecidedBy.EVENT,
    EndReason.OFFER_CLOSED: DecidedBy.EVENT,
}
DECIDED_BY_ROLE = {
    ActorRole.AUTHOR: DecidedBy.US,
    ActorRole.WORKER: DecidedBy.US,
    ActorRole.LEADER: DecidedBy.US,
    ActorRole.RECIPIENT: DecidedBy.RECIPIENT,
    ActorRole.RESIDENT: DecidedBy.RESIDENT,
    ActorRole.COMPANION: DecidedBy.US,
    ActorRole.SYSTEM: DecidedBy.EVENT,
}
SPAN_STEPS = {
    LegState.DRAFT: 0,
    LegState.REQUESTED: 1,
    LegState.ACCEPTED: 2,
    LegState.IN_PROGRESS: 3,
    LegState.COMPLETED: 3,
}
HELPED = 4
FIRST_VERSION = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One statement as a plain value.

    `role` is whose words they are, not who typed them. `on` is when it happened; of accepted and
    place_given it is the promised first contact, a day or a moment (None: none promised).
    `undoes` is the `seq` of another statement; outcome and evidence belong to completed alone.
    """

    seq: int
    claim: Claim
    role: ActorRole
    on: date | None = None
    reason: RejectReason | EndReason | None = None
    undoes: int | None = None
    outcome: LegOutcome | None = None
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Projection:
    """What the leg stores of its statements. `reached` is the last live state that was not a pause.

    `tries`: attempts to reach the resident since anybody last did. `missed`: meetings that came to nothing
    since the two last talked it over. `thinking`: that the resident thinks about it is the latest word.
    """

    state: LegState = LegState.DRAFT
    version: int = FIRST_VERSION
    waitlisted: bool = False
    first_contact_on: date | None = None
    decided_by: DecidedBy | None = None
    reason: RejectReason | EndReason | None = None
    reached: LegState = LegState.DRAFT
    outcome: LegOutcome | None = None
    evidence: Evidence | None = None
    tries: int = 0
    missed: int = 0
    thinking: bool = False


def fold(statements: Iterable[Said]) -> Projection:
    """Add up the statements of one leg, in the order they were said.

    What was undone is skipped together with its undo, but both raise the version: somebody who saw
    the undone state must not be answered as if nothing had been said. Notes raise no version.
    """
    said = list(statements)
    undone = {one.undoes for one in said if one.claim is Claim.UNDO}
    leg = Projection()
    for one in said:
        if one.seq not in undone:
            leg = _heard(leg, one)
    return replace(leg, version=FIRST_VERSION + sum(one.claim in STATE_CHANGING for one in said))


def decided_by(role: ActorRole, reason: RejectReason | EndReason | None) -> DecidedBy:
    """Who stands behind an ending. Some reasons say it themselves, whoever wrote them down."""
    if isinstance(reason, EndReason) and reason in DECIDED_WHOEVER_WROTE_IT:
        return DECIDED_WHOEVER_WROTE_IT[reason]
    return DECIDED_BY_ROLE[role]


def step(state: LegState, *, reached: LegState | None = None, helped: bool = False) -> int:
    """How far along the span, 0 to 4: need, sent, accepted, met, helped.

    The last step is taken by the resident's word alone (`helped`). A leg that is paused or has ended
    stands where it got to; give `reached` (of the projection) for those.
    """
    if helped:
        return HELPED
    if state in SPAN_STEPS:
        return SPAN_STEPS[state]
    return SPAN_STEPS.get(reached or LegState.REQUESTED, 0)


def is_stopped(state: LegState) -> bool:
    """The way goes no further here: drawn grey, not red."""
    return state not in LIVE and state is not LegState.COMPLETED


def _heard(leg: Projection, one: Said) -> Projection:
    leg = _moved(leg, one)
    if one.claim is Claim.TRIED_CONTACT:
        return replace(leg, tries=leg.tries + 1)
    if one.claim not in IN_TOUCH:
        return leg
    missed = leg.missed + 1 if one.claim is Claim.FIRST_MEETING_MISSED else leg.missed
    thinking = one.claim is Claim.THINKING
    return replace(leg, tries=0, missed=0 if thinking else missed, thinking=thinking)


def _moved(leg: Projection, one: Said) -> Projection:
    if one.claim is Claim.FIRST_MEETING_PLANNED:
        return replace(leg, first_contact_on=one.on)
    if one.claim is Claim.WAITLISTED and leg.state is LegState.ACCEPTED:
        return replace(leg, waitlisted=True, first_contact_on=None)
    if one.claim is Claim.RESUMED:
        return replace(leg, state=leg.reached)
    state = LEADS_TO.get(one.claim)
    if state is None:
        return leg
    if one.claim in PROMISES:
        leg = replace(leg, waitlisted=False, first_contact_on=one.on)
    if state is LegState.REQUESTED:
        leg = replace(leg, waitlisted=False, first_contact_on=None, decided_by=None, reason=None)
    if state in ENDS_WITH_A_REASON:
        leg = replace(leg, reason=one.reason, decided_by=decided_by(one.role, one.reason))
    if state is LegState.COMPLETED:
        leg = replace(leg, outcome=one.outcome, evidence=one.evidence)
    reached = state if state in LIVE and state is not LegState.ON_HOLD else leg.reached
    return replace(leg, state=state, reached=reached)
