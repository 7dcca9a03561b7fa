"""What may happen to a leg: one table. What is not listed here is refused.

The other pure files of the room come in through this door (clocks, history, why, guards), so that the
contract that keeps rules free of framework and database holds for them too.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from brobygger.bridging.clockwork import (
    CLOCKS,
    LADDER,
    ClockPlan,
    ClockRule,
    bridge_owes_a_clock,
    clock_after_accept,
    clock_after_opening,
    clock_after_send,
    clock_fits,
    clock_rows,
    has_heard,
    next_clock,
    start_clock,
    told_at_ring,
    who_owns,
)
from brobygger.bridging.guards import (
    OfferFacts,
    Refused,
    alive,
    consent_covers,
    offer_open,
    only_one,
    reachable,
    same_version,
    still_wanted,
)
from brobygger.bridging.history import Projection, Said, decided_by, fold, is_stopped, step
from brobygger.bridging.standing import BridgeFacts, LegFacts, bridge_state, leading_leg
from brobygger.bridging.terms import (
    ActorRole,
    ClockKind,
    Direction,
    EndReason,
    Guard,
    LegState,
    Party,
    Refusal,
    RejectReason,
    Required,
    TransitionCode,
)
from brobygger.bridging.why import Why, why_open

__all__ = [
    "CLOCKS",
    "LADDER",
    "TRANSITIONS",
    "BridgeFacts",
    "ClockPlan",
    "ClockRule",
    "LegFacts",
    "NotAllowed",
    "OfferFacts",
    "Projection",
    "Refused",
    "Said",
    "Transition",
    "Why",
    "alive",
    "allowed_moves",
    "as_markdown",
    "as_rows",
    "bridge_owes_a_clock",
    "bridge_state",
    "clock_after_accept",
    "clock_after_opening",
    "clock_after_send",
    "clock_fits",
    "consent_covers",
    "decided_by",
    "end_reasons",
    "fold",
    "has_heard",
    "is_stopped",
    "leading_leg",
    "may",
    "missing",
    "next_clock",
    "offer_open",
    "only_one",
    "reachable",
    "reject_reasons",
    "same_version",
    "start_clock",
    "step",
    "still_wanted",
    "told_at_ring",
    "who_owns",
    "why_open",
]
A, W, C = ActorRole.AUTHOR, ActorRole.WORKER, ActorRole.RECIPIENT
R, S = ActorRole.RESIDENT, ActorRole.SYSTEM

DRAFT, REQUESTED, ACCEPTED = LegState.DRAFT, LegState.REQUESTED, LegState.ACCEPTED
REJECTED, CANCELLED = LegState.REJECTED, LegState.CANCELLED

ANY_WAY = frozenset(Direction)
NOT_SELF = ANY_WAY - {Direction.SELF}
RESIDENTS_OWN = frozenset({Direction.SELF})
PASSED_ON = frozenset({Direction.ONWARD})


@dataclass(frozen=True, slots=True)
class Transition:
    """One row: in this state, these may do this, if the guards hold and nothing needed is missing.

    `from_state` None is a leg that does not exist yet. Of `next_clock` the first that fits is started;
    choose_next runs on the bridge, and only when no other leg of it is live.
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
    _withdraw(DRAFT, {W}, Guard.VERSION),
    _withdraw(DRAFT, {R, S}),
    _withdraw(REQUESTED, {W}, Guard.VERSION),
    _withdraw(REQUESTED, {R, S}),
    _withdraw(ACCEPTED, {W, C}, Guard.VERSION),
    _withdraw(ACCEPTED, {R, S}),
)


class NotAllowed(Exception):  # noqa: N818 - a sentence, told kindly by the page
    """This transition cannot be made from this state by this role. Says which state it is in."""

    def __init__(self, state: LegState | None, code: TransitionCode, role: ActorRole) -> None:
        super().__init__(f"{role} may not {code} a leg that is {state or 'not there'}")
        self.state, self.code, self.role = state, code, role

    @property
    def refused(self) -> Refused:
        """The same as a sentence; a leg that is not there yet is spoken of as a draft."""
        return Refused(Refusal.NOT_NOW, {"state": self.state or DRAFT})


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
    """Every (from, to) of the table, for the database to refuse all others."""
    return frozenset((row.from_state, row.to_state) for row in TRANSITIONS)


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


def end_reasons(state: LegState, role: ActorRole) -> tuple[EndReason, ...]:
    """The reasons this role may give for withdrawing a leg in this state; none if it may not withdraw.

    Only a deadline can say no_response, and only of a leg that waits for an answer.
    """
    if not any(
        row.from_state is state and role in row.who for row in TRANSITIONS if row.to_state is CANCELLED
    ):
        return ()
    if role is S and state is REQUESTED:
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


HEADINGS = ("code", "from → to", "who", "ways", "guards", "needs", "next clock", "told")
INTRODUCTION = """# Transitions of a leg

Printed from the table in `brobygger.bridging.rules`; a test compares the two. What is not listed is refused.
Who: {who}.
Ways: the directions the row holds for, where it is not all of them. Needed besides: `urgent_why` where it is
urgent, `criterion` with not_eligible, `text` with missing_info and other.
"""
CLOCK_HEADINGS = ("clock", "asks", "runs on", "normal", "urgent", "owner", "when it rings", "told", "then")
CLOCK_INTRODUCTION = """
## Clocks

bd is a working day, counted from the next one and ending at closing time; h is an hour inside opening hours.
"""


def as_rows() -> list[tuple[str, ...]]:
    """The table as words, one tuple per row, in the order of `HEADINGS`."""
    return [
        (
            row.code,
            f"{row.from_state or '–'} → {row.to_state}",
            ", ".join(role for role in ActorRole if role in row.who),
            "" if row.directions == ANY_WAY else ", ".join(one for one in Direction if one in row.directions),
            ", ".join(guard for guard in Guard if guard in row.guards),
            ", ".join(row.needs),
            " or ".join(row.next_clock),
            ", ".join(row.told),
        )
        for row in TRANSITIONS
    ]


def as_markdown() -> str:
    """The page `docs/reference/transitions.md`."""
    who = ", ".join(f"{role} {role.name.lower()}" for role in ActorRole)
    return "".join(
        [
            INTRODUCTION.format(who=who),
            _as_table(HEADINGS, as_rows()),
            CLOCK_INTRODUCTION,
            _as_table(CLOCK_HEADINGS, clock_rows()),
        ]
    )


def _as_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)
