"""An ask from a partner: what may become of it, when it rings, and what the partner reads. Pure.

Our own silence is never closed by a deadline: the last one rings again every working day until somebody
of ours acts. Nothing here depends on whether we know the person.
"""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

from brobygger.bridging.ask_terms import ToPartner, WhyAskOpen
from brobygger.bridging.clockwork import HOUSE_CALENDAR, ClockPlan, next_clock, start_clock
from brobygger.bridging.deadlines import WorkingDays
from brobygger.bridging.guards import Attempt
from brobygger.bridging.terms import LIVE, ClockKind, EndReason, LegState, Party

A_WORKING_DAY = WorkingDays(1)


class AskAct(StrEnum):
    """What the house may do with an ask."""

    TAKE_ON = "take_on"
    DECLINE = "decline"
    TRY = "try"
    TALK = "talk"
    SAY_YES = "say_yes"
    SAY_NO = "say_no"
    GIVE_UP = "give_up"
    STOP = "stop"


REQUESTED, ACCEPTED, IN_PROGRESS = LegState.REQUESTED, LegState.ACCEPTED, LegState.IN_PROGRESS
# Every row is also a row of the diagram of a leg, so that the database keeps one diagram for both.
ACTS: dict[AskAct, dict[LegState, LegState]] = {
    AskAct.TAKE_ON: {REQUESTED: ACCEPTED},
    AskAct.DECLINE: {REQUESTED: LegState.REJECTED},
    AskAct.TRY: {ACCEPTED: ACCEPTED},
    AskAct.TALK: {ACCEPTED: IN_PROGRESS},
    AskAct.SAY_YES: {IN_PROGRESS: LegState.COMPLETED},
    AskAct.SAY_NO: {IN_PROGRESS: LegState.COMPLETED},
    AskAct.GIVE_UP: {ACCEPTED: LegState.FAILED},
    AskAct.STOP: dict.fromkeys((REQUESTED, ACCEPTED, IN_PROGRESS), LegState.CANCELLED),
}


class AskIsElsewhere(Exception):  # noqa: N818 - a sentence
    """This cannot be done with the ask any more, or not yet. Says which state it is in."""

    def __init__(self, state: LegState, act: AskAct) -> None:
        super().__init__(f"an ask that is {state} cannot {act}")
        self.state, self.act = state, act


def after(state: LegState, act: AskAct) -> LegState:
    """The state that an act leads to, or AskIsElsewhere."""
    try:
        return ACTS[act][state]
    except KeyError:
        raise AskIsElsewhere(state, act) from None


GIVEN_UP = (EndReason.COULD_NOT_REACH, EndReason.PERSON_MOVED)

FIRST_CLOCKS = {
    REQUESTED: ClockKind.NO_ANSWER,
    ACCEPTED: ClockKind.FIRST_CONTACT,
    IN_PROGRESS: ClockKind.QUIET,
}


def first_clock(state: LegState, *, now: datetime, urgent: bool, asked_at: datetime) -> ClockPlan:
    """The clock of an ask that has just come into a live state. It is always somebody's of ours."""
    plan = start_clock(FIRST_CLOCKS[state], now=now, urgent=urgent, sent_at=asked_at)
    return ClockPlan(plan.kind, plan.due_at, Party.OWNER, plan.ring_count)


def clock_after_ring(
    kind: ClockKind, *, now: datetime, ring_count: int, urgent: bool, asked_at: datetime
) -> ClockPlan:
    """The clock after this one has rung for the ring_count-th time. It never closes an ask."""
    if kind is ClockKind.HARD_STOP:
        return ClockPlan(kind, HOUSE_CALENDAR.after(now, A_WORKING_DAY), Party.OWNER, ring_count)
    plan = next_clock(kind, now=now, ring_count=ring_count, urgent=urgent, sent_at=asked_at)
    return ClockPlan(plan.kind, plan.due_at, Party.OWNER, plan.ring_count)


def leader_hears(kind: ClockKind, rings: int) -> bool:
    """Whether the leader has been told: of what nobody answered for long, and of what rings again."""
    return kind in {ClockKind.GRACE_OVER, ClockKind.HARD_STOP} or rings >= 1


def to_partner(state: LegState) -> ToPartner:
    """Three words and no more, the same for whoever it is about."""
    if state in {IN_PROGRESS, LegState.COMPLETED}:
        return ToPartner.DONE
    return ToPartner.WAITING if state in LIVE else ToPartner.NOT_DONE


def why_ask_open(state: LegState, tries: Collection[Attempt]) -> WhyAskOpen | None:
    """One sentence for every open ask, none for a closed one."""
    if state not in LIVE:
        return None
    if state is REQUESTED:
        return WhyAskOpen.NOT_ANSWERED
    if state is IN_PROGRESS:
        return WhyAskOpen.NOT_SAID
    return WhyAskOpen.NOT_REACHED if tries else WhyAskOpen.NOT_TALKED
