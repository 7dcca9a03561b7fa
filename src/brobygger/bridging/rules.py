"""What may happen to a leg: one table. What is not listed here is refused.

The other pure files of the room come in through this door (clocks, history, why, guards), so that the
contract that keeps rules free of framework and database holds for them too.
"""

from collections.abc import Collection

from brobygger.bridging.clockwork import (
    ClockPlan,
    bridge_clock_after,
    bridge_owes_a_clock,
    clock_after_accept,
    clock_after_opening,
    clock_after_send,
    clock_fits,
    has_heard,
    next_clock,
    start_clock,
    told_at_ring,
    who_owns,
)
from brobygger.bridging.deadlines import CLOCKS, LADDER, ClockRule
from brobygger.bridging.guards import (
    Attempt,
    OfferFacts,
    Refused,
    acknowledged_by_an_authority,
    alive,
    asked_enough,
    consent_covers,
    happened_in_time,
    offer_open,
    only_one,
    reachable,
    same_version,
    silent,
    still_wanted,
    talked_over,
    tried_enough,
    unseen_and_new,
)
from brobygger.bridging.history import Projection, Said, decided_by, fold, is_stopped, step
from brobygger.bridging.inward import to_partner
from brobygger.bridging.reference import as_markdown, as_rows
from brobygger.bridging.sentences import Refusal
from brobygger.bridging.standing import (
    BridgeFacts,
    LegFacts,
    bridge_state,
    closes_the_need,
    disagree,
    leading_leg,
    reopens,
)
from brobygger.bridging.terms import (
    ActorRole,
    Direction,
    EndReason,
    Evidence,
    LegOutcome,
    LegState,
    RejectReason,
    Required,
    TransitionCode,
)
from brobygger.bridging.transitions import TRANSITIONS, Transition
from brobygger.bridging.why import Why, why_open

__all__ = [
    "CLOCKS",
    "LADDER",
    "TRANSITIONS",
    "Attempt",
    "BridgeFacts",
    "ClockPlan",
    "ClockRule",
    "LegFacts",
    "OUTCOMES",
    "NotAllowed",
    "OfferFacts",
    "Projection",
    "Refused",
    "Said",
    "Transition",
    "Why",
    "acknowledged_by_an_authority",
    "alive",
    "allowed_moves",
    "as_markdown",
    "asked_enough",
    "as_rows",
    "bridge_clock_after",
    "bridge_owes_a_clock",
    "bridge_state",
    "clock_after_accept",
    "clock_after_opening",
    "clock_after_send",
    "clock_fits",
    "closes_the_need",
    "consent_covers",
    "decided_by",
    "disagree",
    "end_reasons",
    "fail_reasons",
    "fold",
    "happened_in_time",
    "has_heard",
    "is_stopped",
    "leading_leg",
    "may",
    "missing",
    "next_clock",
    "offer_open",
    "only_one",
    "outcomes",
    "reachable",
    "reject_reasons",
    "reopens",
    "same_version",
    "silent",
    "start_clock",
    "step",
    "still_wanted",
    "talked_over",
    "to_partner",
    "told_at_ring",
    "tried_enough",
    "unseen_and_new",
    "who_owns",
    "why_open",
]
W, C, R, S = ActorRole.WORKER, ActorRole.RECIPIENT, ActorRole.RESIDENT, ActorRole.SYSTEM


class NotAllowed(Exception):  # noqa: N818 - a sentence, told kindly by the page
    """This transition cannot be made from this state by this role. Says which state it is in."""

    def __init__(self, state: LegState | None, code: TransitionCode, role: ActorRole) -> None:
        super().__init__(f"{role} may not {code} a leg that is {state or 'not there'}")
        self.state, self.code, self.role = state, code, role

    @property
    def refused(self) -> Refused:
        """The same as a sentence; a leg that is not there yet is spoken of as a draft."""
        return Refused(Refusal.NOT_NOW, {"state": self.state or LegState.DRAFT})


def may(
    state: LegState | None,
    code: TransitionCode,
    role: ActorRole,
    *,
    direction: Direction = Direction.OUT,
) -> Transition:
    """The row of the table that allows it, or NotAllowed. State, code, role and direction only:
    the guards of the row are for the action to check, with what it has read under lock."""
    for row in TRANSITIONS:
        if (row.code, row.from_state) == (code, state) and role in row.who and direction in row.directions:
            return row
    raise NotAllowed(state, code, role)


def allowed_moves() -> frozenset[tuple[LegState | None, LegState]]:
    """Every change of state in the table, for the database to refuse all others."""
    return frozenset(
        (row.from_state, row.to_state) for row in TRANSITIONS if row.from_state is not row.to_state
    )


def missing(
    row: Transition,
    given: Collection[Required],
    *,
    urgent: bool = False,
    reason: RejectReason | EndReason | None = None,
) -> tuple[Required, ...]:
    """What the row needs and was not given, in the order it should be asked for."""
    needed = [*row.needs]
    if urgent and row.code is TransitionCode.SEND:
        needed.append(Required.URGENT_WHY)
    if reason is RejectReason.NOT_ELIGIBLE:
        needed.append(Required.CRITERION)
    if reason in {RejectReason.MISSING_INFO, RejectReason.OTHER, EndReason.OTHER}:
        needed.append(Required.TEXT)
    return tuple(one for one in needed if one not in given)


REASONS_TO_A_PARTNER = (
    RejectReason.NOT_OUR_ROLE,
    RejectReason.NO_CAPACITY,
    RejectReason.OUTSIDE_HOURS_OR_AREA,
)


def reject_reasons(direction: Direction) -> tuple[RejectReason, ...]:
    """The reasons offered to whoever declines. To a partner that asks about a resident we give only
    reasons about ourselves, for any other would tell whether we know the person."""
    if direction is Direction.IN:
        return REASONS_TO_A_PARTNER
    return tuple(reason for reason in RejectReason if reason is not RejectReason.NOT_OUR_ROLE)


def fail_reasons(role: ActorRole) -> tuple[EndReason, ...]:
    """The reasons this role may give for saying that it did not succeed; none if it may not say so."""
    may_say_so = any(row.to_state is LegState.FAILED and role in row.who for row in TRANSITIONS)
    return FAIL_REASONS if may_say_so else ()


FAIL_REASONS = (
    EndReason.COULD_NOT_REACH,
    EndReason.PERSON_DECLINED,
    EndReason.PERSON_MOVED,
    EndReason.OTHER,
)


def outcomes(direction: Direction) -> tuple[LegOutcome, ...]:
    """What may be said to have come out of a leg that goes from a resident to an offer."""
    return () if direction is Direction.IN else OUTCOMES


OUTCOMES = (
    LegOutcome.SERVICE_RECEIVED,
    LegOutcome.SERVICE_STARTED,
    LegOutcome.ENROLLED,
    LegOutcome.ADVICE_ONLY,
)
EVIDENCE_OF_OURS = (Evidence.RESIDENT, Evidence.WORKER_OBSERVATION)


def end_reasons(state: LegState, role: ActorRole) -> tuple[EndReason, ...]:
    """The reasons this role may give for withdrawing a leg in this state; none if it may not withdraw.

    Only a deadline can say no_response, and only of a leg that waits for an answer.
    """
    ways_out = [row for row in TRANSITIONS if row.to_state is LegState.CANCELLED and row.from_state is state]
    if not any(role in row.who for row in ways_out):
        return ()
    if role is S and state is LegState.REQUESTED:
        return (*END_REASONS[S], EndReason.NO_RESPONSE)
    return END_REASONS[role]


END_REASONS = {
    W: (
        EndReason.PERSON_DECLINED,
        EndReason.PERSON_MOVED,
        EndReason.DUPLICATE,
        EndReason.SUPERSEDED,
        EndReason.OTHER,
    ),
    C: (EndReason.PERSON_DECLINED, EndReason.DUPLICATE, EndReason.OTHER),
    R: (EndReason.PERSON_DECLINED, EndReason.SUPERSEDED, EndReason.OTHER),
    S: (EndReason.CONSENT_WITHDRAWN, EndReason.PERSON_DIED, EndReason.OFFER_CLOSED),
}
