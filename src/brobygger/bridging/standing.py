"""Where a bridge stands: computed from its legs, never set by hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from brobygger.bridging.terms import (
    LIVE,
    BridgeKind,
    BridgeState,
    ClockKind,
    LegOutcome,
    LegState,
    WaitsFor,
)
from brobygger.residents.terms import NeedOutcome

BY_VERDICT = {
    NeedOutcome.CHANGED_MIND: BridgeState.WITHDRAWN,
    NeedOutcome.GOT_HELP_FULL: BridgeState.MET,
    NeedOutcome.ENROLLED_ONGOING: BridgeState.MET,
    NeedOutcome.SOLVED_OTHERWISE: BridgeState.MET,
    NeedOutcome.GOT_HELP_PARTLY: BridgeState.PARTLY_MET,
    NeedOutcome.NOT_HELPED: BridgeState.NOT_MET,
    NeedOutcome.UNKNOWN: BridgeState.UNKNOWN,
}
MEETS_THE_NEED = frozenset(
    {
        NeedOutcome.GOT_HELP_FULL,
        NeedOutcome.ENROLLED_ONGOING,
        NeedOutcome.SOLVED_OTHERWISE,
        NeedOutcome.CHANGED_MIND,
    }
)
REOPENS_WITHIN = timedelta(days=90)
PARTNERS_TURN = frozenset({WaitsFor.RECIPIENT, WaitsFor.THIRD_PARTY})
LEADS = (
    LegState.IN_PROGRESS,
    LegState.ACCEPTED,
    LegState.ON_HOLD,
    LegState.REQUESTED,
    LegState.DRAFT,
)
FAR_AHEAD = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class LegFacts:
    """What one leg tells; a fact that does not belong to its state is simply not looked at.

    `consent_gap`: a leg whose content no consent covers, or not any more. `by_hand`: the recipient has
    telephone or paper only. `promised_on`: the day of first contact, or the moment if an hour was agreed.
    `recipient_closed_until`: the day they open again. A hold names whom it waits for and until when.
    """

    state: LegState
    clock_due_at: datetime | None = None
    consent_gap: bool = False
    recipient_closed_until: date | None = None
    undeliverable: bool = False
    by_hand: bool = False
    seen: bool = False
    waitlisted: bool = False
    promised_on: date | None = None
    attempts_all_missed: bool = False
    person_thinking: bool = False
    waits_for: WaitsFor | None = None
    resume_on: date | None = None
    quiet_has_rung: bool = False
    meeting_doubted: bool = False
    outcome: LegOutcome | None = None

    def __post_init__(self) -> None:
        if self.state is LegState.ON_HOLD and (self.waits_for is None or self.resume_on is None):
            raise ValueError("a leg on hold waits for somebody, and until a day")

    @property
    def is_live(self) -> bool:
        return self.state in LIVE

    @property
    def is_lawfully_silent(self) -> bool:
        return self.state is LegState.COMPLETED and self.outcome is LegOutcome.LAWFUL_SILENCE

    @property
    def is_active(self) -> bool:
        return self.state is LegState.IN_PROGRESS or (self.state is LegState.ACCEPTED and not self.waitlisted)

    @property
    def waits_for_partner(self) -> bool:
        if self.state is LegState.ON_HOLD:
            return self.waits_for in PARTNERS_TURN
        return self.state is LegState.REQUESTED or (self.state is LegState.ACCEPTED and self.waitlisted)

    @property
    def waits_for_person(self) -> bool:
        return self.state is LegState.ON_HOLD and self.waits_for not in PARTNERS_TURN


@dataclass(frozen=True, slots=True, kw_only=True)
class BridgeFacts:
    """What the bridge itself tells. `clock` is the bridge's own clock, which runs when no leg is live."""

    kind: BridgeKind = BridgeKind.PERSON
    closed: bool = False
    verdict: NeedOutcome | None = None
    need_withdrawn: bool = False
    clock: ClockKind | None = None
    statements_disagree: bool = False
    answered_not_told_back: bool = False


def bridge_state(bridge: BridgeFacts, legs: Sequence[LegFacts]) -> BridgeState:
    """The state of a bridge: the first rule that holds. Legs in the order they ended, live ones last.

    A leg entered in error counts as if it never was; a bridge of such legs alone is void.
    """
    legs_that_count = counted(legs)
    if legs and not legs_that_count:
        return BridgeState.VOID
    if bridge.closed:
        return _closed_state(bridge, legs_that_count)
    return _open_state(bridge, legs_that_count)


def counted(legs: Sequence[LegFacts]) -> list[LegFacts]:
    """The legs, without those entered in error."""
    return [leg for leg in legs if leg.state is not LegState.ENTERED_IN_ERROR]


def leading_leg(legs: Sequence[LegFacts]) -> LegFacts | None:
    """The live leg that has come furthest; of equals the one whose clock rings first. None: no live leg."""
    live = [leg for leg in legs if leg.is_live]
    return min(live, key=lambda leg: (LEADS.index(leg.state), leg.clock_due_at or FAR_AHEAD), default=None)


def closes_the_need(verdict: NeedOutcome) -> bool:
    """Met, or not wanted any more. After partly, no, and not known, somebody owes the need a next step."""
    return verdict in MEETS_THE_NEED


def disagree(verdict: NeedOutcome | None, legs: Sequence[LegFacts]) -> bool:
    """The recipient says done and the resident says no. Legs in the order they ended, live ones last.

    An authority that may not answer has said nothing that could be contradicted.
    """
    ended = [leg for leg in counted(legs) if not leg.is_live]
    says_done = bool(ended) and ended[-1].state is LegState.COMPLETED and not ended[-1].is_lawfully_silent
    return verdict is NeedOutcome.NOT_HELPED and says_done


def reopens(verdict: NeedOutcome, *, before: NeedOutcome | None, closed_at: datetime, now: datetime) -> bool:
    """A closed bridge opens again when the resident now says no, within 90 days (BRIDGES 8)."""
    is_news = verdict is NeedOutcome.NOT_HELPED and before is not verdict
    return is_news and now - closed_at <= REOPENS_WITHIN


def _closed_state(bridge: BridgeFacts, legs: Sequence[LegFacts]) -> BridgeState:
    if bridge.need_withdrawn:
        return BridgeState.WITHDRAWN
    if bridge.verdict is NeedOutcome.UNKNOWN and legs and legs[-1].is_lawfully_silent:
        return BridgeState.LAWFULLY_SILENT
    if bridge.verdict is not None:
        return BY_VERDICT[bridge.verdict]
    if any(leg.state is LegState.COMPLETED for leg in legs):
        return BridgeState.DONE
    return BridgeState.NOT_DONE


def _open_state(bridge: BridgeFacts, legs: Sequence[LegFacts]) -> BridgeState:
    if all(leg.state is LegState.DRAFT for leg in legs):
        return BridgeState.DRAFTING
    if any(leg.is_active for leg in legs):
        return BridgeState.ACTIVE
    if bridge.clock is ClockKind.DECLINE_REVIEW or any(leg.waits_for_partner for leg in legs):
        return BridgeState.WAITING_PARTNER
    if any(leg.waits_for_person for leg in legs):
        return BridgeState.WAITING_PERSON
    if bridge.clock is ClockKind.ASK_RESIDENT and not any(leg.is_live for leg in legs):
        return BridgeState.WAITING_PERSON
    return BridgeState.WAITING_US
