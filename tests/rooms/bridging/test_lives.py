"""Whole lives of a bridge: random people act in random order while the clocks run, without a database.

The machine keeps its own plain books (state, version, clocks) by the table of transitions alone; the
invariants compare them with what the statements add up to, and with what the room promises.
"""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from brobygger.bridging import rules
from brobygger.bridging.rules import BridgeFacts, ClockPlan, LegFacts, Projection, Said
from brobygger.bridging.terms import (
    LIVE,
    ActorRole,
    Claim,
    ClockKind,
    EndReason,
    Evidence,
    LegState,
    Party,
    RejectReason,
    RingAct,
    TransitionCode,
)
from brobygger.foundation.days import is_working_day, local_day

START = datetime(2026, 3, 3, 9, tzinfo=UTC)
WAITS = st.timedeltas(timedelta(0), timedelta(days=8))
ROLES, PICK = st.sampled_from(ActorRole), st.integers(0, 11)
TO_BE_MET = {LegState.REQUESTED, LegState.ACCEPTED}
CLOCK_OWNERS = {Party.OWNER, Party.CONTACT, Party.COORDINATOR}


@dataclass
class Life:
    """The books on one leg."""

    urgent: bool
    said: list[Said] = field(default_factory=list)
    stored: Projection = field(default_factory=Projection)
    clock: ClockPlan | None = None
    sent_at: datetime | None = None
    seen: bool = False
    rings: list[ClockKind] = field(default_factory=list)

    def say(self, claim: Claim, role: ActorRole, **facts) -> None:
        self.said.append(Said(seq=len(self.said) + 1, claim=claim, role=role, **facts))

    @property
    def facts(self) -> LegFacts:
        return LegFacts(
            state=self.stored.state,
            clock_due_at=self.clock and self.clock.due_at,
            seen=self.seen,
            waitlisted=self.stored.waitlisted,
            promised_on=self.stored.first_contact_on,
            quiet_has_rung=bool(self.clock) and self.clock.kind is ClockKind.QUIET_LATE,
            outcome=self.stored.outcome,
        )


class BridgeLives(RuleBasedStateMachine):
    def __init__(self):
        super().__init__()
        self.now = START
        self.legs: list[Life] = []
        self.own_clock: ClockPlan | None = None

    # -- who acts --

    @initialize(urgent=st.booleans())
    def a_worker_builds_the_bridge(self, urgent):
        self.build(urgent)

    @precondition(lambda self: len(self.legs) < 4)
    @rule(urgent=st.booleans())
    def build(self, urgent):
        leg = Life(urgent)
        self.legs.append(leg)
        leg.clock = rules.start_clock(ClockKind.DRAFT_IDLE, now=self.now, urgent=urgent)
        self.own_clock = None

    @precondition(lambda self: LegState.DRAFT in self.states)
    @rule(which=PICK, role=st.sampled_from([ActorRole.AUTHOR, ActorRole.WORKER]))
    def send(self, which, role):
        leg = self.one_that_is({LegState.DRAFT}, which)
        leg.sent_at = self.now
        leg.say(Claim.SENT, role)
        self.move(leg, LegState.REQUESTED)
        leg.clock = rules.clock_after_send(sent_at=self.now, urgent=leg.urgent)

    @precondition(lambda self: LegState.REQUESTED in self.states)
    @rule(which=PICK)
    def open_the_link(self, which):
        leg = self.one_that_is({LegState.REQUESTED}, which)
        leg.seen = True
        leg.say(Claim.OPENED, ActorRole.RECIPIENT)
        following = rules.clock_after_opening(
            leg.clock.kind, sent_at=leg.sent_at, now=self.now, urgent=leg.urgent
        )
        leg.clock = following or leg.clock

    @precondition(lambda self: LegState.REQUESTED in self.states)
    @rule(which=PICK, days=st.none() | st.integers(0, 20), queue=st.booleans())
    def accept(self, which, days, queue):
        leg = self.one_that_is({LegState.REQUESTED}, which)
        promised = None if queue or days is None else local_day(self.now) + timedelta(days=days)
        leg.say(Claim.ACCEPTED, ActorRole.RECIPIENT, on=promised)
        if queue:
            leg.say(Claim.WAITLISTED, ActorRole.RECIPIENT)
        self.move(leg, LegState.ACCEPTED, waitlisted=queue, first_contact_on=promised)
        leg.clock = rules.clock_after_accept(
            now=self.now, urgent=leg.urgent, promised_on=promised, waitlisted=queue
        )

    @precondition(lambda self: LegState.REQUESTED in self.states)
    @rule(which=PICK, reason=st.sampled_from(RejectReason))
    def decline(self, which, reason):
        leg = self.one_that_is({LegState.REQUESTED}, which)
        self.end(leg, Claim.REJECTED, LegState.REJECTED, ActorRole.RECIPIENT, reason)

    @precondition(lambda self: TO_BE_MET.intersection(self.states))
    @rule(which=PICK)
    def meet(self, which):
        leg = self.one_that_is(TO_BE_MET, which)
        leg.say(Claim.FIRST_MEETING_HELD, ActorRole.RESIDENT)
        self.move(leg, LegState.IN_PROGRESS)
        leg.clock = rules.start_clock(ClockKind.QUIET, now=self.now, urgent=leg.urgent)

    @precondition(lambda self: LegState.IN_PROGRESS in self.states)
    @rule(which=PICK, outcome=st.sampled_from(rules.OUTCOMES))
    def complete(self, which, outcome):
        leg = self.one_that_is({LegState.IN_PROGRESS}, which)
        came_of_it = {"outcome": outcome, "evidence": Evidence.PROVIDER}
        leg.say(Claim.COMPLETED, ActorRole.RECIPIENT, **came_of_it)
        self.move(leg, LegState.COMPLETED, **came_of_it)
        self.bridge_goes_on(leg)

    @precondition(lambda self: LegState.IN_PROGRESS in self.states)
    @rule(which=PICK, reason=st.sampled_from(rules.fail_reasons(ActorRole.WORKER)))
    def fail(self, which, reason):
        leg = self.one_that_is({LegState.IN_PROGRESS}, which)
        self.end(leg, Claim.FAILED, LegState.FAILED, ActorRole.WORKER, reason)

    @precondition(lambda self: LIVE.intersection(self.states))
    @rule(which=PICK, role=ROLES, choice=PICK, sure=st.sampled_from([False, False, True]))
    def withdraw(self, which, role, choice, sure):
        leg = self.one_that_is(LIVE, which)
        reasons = rules.end_reasons(leg.stored.state, role)
        if sure and reasons:
            self.end(leg, Claim.CANCELLED, LegState.CANCELLED, role, reasons[choice % len(reasons)])

    @rule(which=PICK, role=ROLES)
    def write_a_note(self, which, role):
        self.legs[which % len(self.legs)].say(Claim.NOTE, role)

    @rule(which=PICK, role=ROLES, code=st.sampled_from(TransitionCode))
    def somebody_tries_something(self, which, role, code):
        """Whatever is allowed by the table leads where the table says, and the books know the way."""
        state = self.legs[which % len(self.legs)].stored.state
        try:
            row = rules.may(state, code, role)
        except rules.NotAllowed:
            return
        assert row.from_state is row.to_state or (row.from_state, row.to_state) in rules.allowed_moves()
        assert state in LIVE or row.to_state is LegState.ENTERED_IN_ERROR

    # -- and time passes --

    @rule(wait=WAITS)
    def time_passes_and_the_clocks_ring(self, wait):
        self.now += wait
        for leg in self.legs:
            if leg.clock and leg.clock.due_at <= self.now:
                self.ring(leg)
        if self.own_clock and self.own_clock.due_at <= self.now:
            ring = self.own_clock.ring_count + 1
            assert rules.told_at_ring(self.own_clock.kind, ring)
            self.own_clock = rules.next_clock(self.own_clock.kind, now=self.now, ring_count=ring)

    def ring(self, leg: Life) -> None:
        kind, ring = leg.clock.kind, leg.clock.ring_count + 1
        leg.rings.append(kind)
        leg.say(Claim.CLOCK_RANG, ActorRole.SYSTEM)
        assert rules.told_at_ring(kind, ring)
        if rules.CLOCKS[kind].on_ring is RingAct.END_NO_RESPONSE:
            self.end(leg, Claim.CANCELLED, LegState.CANCELLED, ActorRole.SYSTEM, EndReason.NO_RESPONSE)
            return
        leg.clock = rules.next_clock(
            kind,
            now=self.now,
            ring_count=ring,
            urgent=leg.urgent,
            sent_at=leg.sent_at,
            promised_on=leg.stored.first_contact_on,
        )

    # -- the plain books --

    def one_that_is(self, wanted, which):
        fitting = [leg for leg in self.legs if leg.stored.state in wanted]
        return fitting[which % len(fitting)]

    def move(self, leg: Life, state: LegState, **facts) -> None:
        assert (leg.stored.state, state) in rules.allowed_moves()
        reached = state if state in LIVE else leg.stored.reached
        version = leg.stored.version + 1
        leg.stored = replace(leg.stored, state=state, version=version, reached=reached, **facts)

    def end(self, leg, claim, state, role, reason):
        leg.say(claim, role, reason=reason)
        self.move(leg, state, reason=reason, decided_by=rules.decided_by(role, reason))
        self.bridge_goes_on(leg)

    def bridge_goes_on(self, leg: Life) -> None:
        leg.clock = None
        if rules.bridge_owes_a_clock(self.states, closed=False):
            ended, outcome = leg.stored.state, leg.stored.outcome
            self.own_clock = rules.bridge_clock_after(
                ended=ended, outcome=outcome, now=self.now, urgent=leg.urgent
            )

    @property
    def states(self):
        return [leg.stored.state for leg in self.legs]

    @property
    def facts(self):
        ended_first = sorted(self.legs, key=lambda leg: leg.stored.state in LIVE)
        own = self.own_clock and self.own_clock.kind
        return BridgeFacts(clock=own), [leg.facts for leg in ended_first]

    # -- what always holds --

    @invariant()
    def the_stored_state_is_what_was_said(self):
        assert [leg.stored for leg in self.legs] == [rules.fold(leg.said) for leg in self.legs]

    @invariant()
    def a_live_leg_has_one_clock_that_fits_and_an_ended_one_none(self):
        for leg in self.legs:
            assert (leg.clock is not None) is (leg.stored.state in LIVE)
            assert leg.clock is None or rules.clock_fits(
                leg.clock.kind, leg.stored.state, waitlisted=leg.stored.waitlisted
            )

    @invariant()
    def the_bridge_has_a_clock_of_its_own_when_no_leg_is_live(self):
        assert bool(self.own_clock) is LIVE.isdisjoint(self.states)

    @invariant()
    def every_clock_is_somebodys_and_rings_later_on_a_working_day(self):
        clocks = [leg.clock for leg in self.legs if leg.clock] + [self.own_clock] * bool(self.own_clock)
        for clock in clocks:
            assert clock.due_at > self.now
            assert is_working_day(local_day(clock.due_at))
            assert clock.owner_role in CLOCK_OWNERS

    @invariant()
    def reminders_come_in_order(self):
        for leg in self.legs:
            asked = [kind for kind in leg.rings if kind in rules.LADDER]
            assert asked == sorted(set(asked), key=rules.LADDER.index)

    @invariant()
    def no_silent_partner_keeps_a_leg_waiting(self):
        longest = timedelta(days=40)
        waiting = [leg for leg in self.legs if leg.stored.state is LegState.REQUESTED]
        assert all(self.now - leg.sent_at < longest for leg in waiting)

    @invariant()
    def one_reason_and_one_state_and_somebody_or_a_day(self):
        bridge, legs = self.facts
        why = rules.why_open(bridge, legs, today=local_day(self.now))
        assert why is not None
        assert why.who or why.until
        assert rules.bridge_state(bridge, legs)

    @invariant()
    def what_ended_says_why_and_who_decided(self):
        ended = [leg.stored for leg in self.legs if leg.stored.state not in LIVE]
        done = [leg for leg in ended if leg.state is LegState.COMPLETED]
        assert all(leg.outcome and leg.evidence for leg in done)
        assert all(leg.reason and leg.decided_by for leg in ended if leg not in done)

    @invariant()
    def resident_and_owner_can_always_end_it(self):
        for state in LIVE.intersection(self.states):
            assert rules.may(state, TransitionCode.WITHDRAW, ActorRole.RESIDENT)
            assert rules.may(state, TransitionCode.WITHDRAW, ActorRole.WORKER)


@pytest.mark.asvs("2.3.1")
def test_whatever_people_do_and_however_late_the_bridge_is_in_order():
    run_state_machine_as_test(BridgeLives, settings=settings(max_examples=40, stateful_step_count=40))
