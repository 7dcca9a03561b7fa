"""The clocks of a bridge: when they ring, whose they are, what comes after. No clock is read here.

Exactly one clock runs on a live leg, and exactly one on an open bridge without a live leg.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TypeVar

from brobygger.bridging.deadlines import CLOCKS, LADDER, ONE_OFF, Hours, Length, WorkingDays
from brobygger.bridging.terms import LIVE, ClockKind, LegOutcome, LegState, Party
from brobygger.foundation.days import (
    CLOSING,
    DANISH,
    OPENING_HOURS,
    ClosedDays,
    due_at,
    due_in_hours,
    due_on,
)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Calendar:
    """When a clock may ring: the closed days, the owner's closing time, the recipient's opening hours."""

    closed: ClosedDays = DANISH
    closing: time = CLOSING
    opening: tuple[time, time] = OPENING_HOURS

    def after(self, moment: datetime, length: Length) -> datetime:
        if isinstance(length, Hours):
            return due_in_hours(moment, length.count, opening=self.opening, closed=self.closed)
        return due_at(moment, working_days=length.count, closing=self.closing, closed=self.closed)

    def end_of(self, promised: date) -> datetime:
        """Closing time on the promised day, or the first one after the promised moment: nobody is asked
        at four how the meeting at half past four went."""
        if isinstance(promised, datetime):
            return self.after(promised, WorkingDays(0))
        return due_on(promised, closing=self.closing, closed=self.closed)


HOUSE_CALENDAR = Calendar()


@dataclass(frozen=True, slots=True)
class ClockPlan:
    """A clock to be set: `owner_role` is owner, contact or coordinator (see `who_owns`);
    `ring_count` is how often this kind has rung in a row so far."""

    kind: ClockKind
    due_at: datetime
    owner_role: Party
    ring_count: int = 0


def start_clock(
    kind: ClockKind,
    *,
    now: datetime,
    urgent: bool = False,
    sent_at: datetime | None = None,
    promised_on: date | None = None,
    ring_count: int = 0,
    one_off: bool = False,
    again: bool = False,
    calendar: Calendar = HOUSE_CALENDAR,
) -> ClockPlan:
    """Set a clock of one kind. It rings on a working day and after now, whatever it counts from.

    The clocks of an unanswered leg want `sent_at` (ValueError without) and keep their order also where
    a partner's short opening hours would turn it round. `promised_on` (a day or a moment) is heeded by
    first_contact alone, `one_off` and `again` (that it
    is not the first time) by ask_resident.
    """
    if CLOCKS[kind].counts_from_sending:
        if sent_at is None:
            raise ValueError(f"{kind} counts from the sending of the leg")
        due = _since_sending(kind, sent_at, urgent, calendar)
    elif kind is ClockKind.FIRST_CONTACT and promised_on is not None:
        due = calendar.end_of(promised_on)
    else:
        due = calendar.after(now, _length(kind, urgent, is_again=again or ring_count > 0, one_off=one_off))
    if due <= now:
        due = calendar.after(now, WorkingDays(0))
    return ClockPlan(kind, due, CLOCKS[kind].owner_role, ring_count)


def next_clock(
    kind: ClockKind,
    *,
    now: datetime,
    ring_count: int,
    urgent: bool = False,
    sent_at: datetime | None = None,
    promised_on: date | None = None,
    calendar: Calendar = HOUSE_CALENDAR,
) -> ClockPlan:
    """The clock that follows when this one has rung for the ring_count-th time (1 is the first).

    After hard_stop the leg is cancelled and the clock is choose_next, which belongs to the bridge.
    """
    then = CLOCKS[kind].then
    return start_clock(
        then,
        now=now,
        urgent=urgent,
        sent_at=sent_at,
        promised_on=promised_on,
        ring_count=ring_count if then is kind else 0,
        calendar=calendar,
    )


def clock_after_send(
    *, sent_at: datetime, urgent: bool, seen: bool = False, calendar: Calendar = HOUSE_CALENDAR
) -> ClockPlan:
    """The clock of a leg just sent. What was handed over in person is seen already."""
    kind = ClockKind.NO_ANSWER if seen else ClockKind.UNSEEN
    return start_clock(kind, now=sent_at, urgent=urgent, sent_at=sent_at, calendar=calendar)


def clock_after_opening(
    running: ClockKind,
    *,
    sent_at: datetime,
    now: datetime,
    urgent: bool,
    calendar: Calendar = HOUSE_CALENDAR,
) -> ClockPlan | None:
    """The clock after the recipient opened the leg, or None: keep the one that runs.

    Opening only answers `unseen`. Somebody who opens on the eighth day has not won a new reminder.
    """
    if running is not ClockKind.UNSEEN:
        return None
    return start_clock(ClockKind.NO_ANSWER, now=now, urgent=urgent, sent_at=sent_at, calendar=calendar)


def clock_after_accept(
    *,
    now: datetime,
    urgent: bool,
    promised_on: date | None = None,
    waitlisted: bool = False,
    calendar: Calendar = HOUSE_CALENDAR,
) -> ClockPlan:
    kind = ClockKind.WAITLIST_CHECK if waitlisted else ClockKind.FIRST_CONTACT
    return start_clock(kind, now=now, urgent=urgent, promised_on=promised_on, calendar=calendar)


def told_at_ring(kind: ClockKind, ring: int) -> tuple[Party, ...]:
    """Who hears this ring (1 is the first), the one who has to act first."""
    return tuple(told.party for told in CLOCKS[kind].tells if told.hears(ring))


def has_heard(party: Party, kind: ClockKind, rings: int) -> bool:
    """Has this party been told by the ring that set the running clock? `rings` is how often this kind has
    rung in a row; none: it was set by the one before it, or by somebody's act."""
    if rings:
        return party in told_at_ring(kind, rings)
    before = [one for one, rule in CLOCKS.items() if rule.then is kind and one is not kind]
    return any(party in told_at_ring(one, 1) for one in before)


def clock_fits(kind: ClockKind, state: LegState, *, waitlisted: bool = False) -> bool:
    """May this kind run on a leg in this state?"""
    waits_in_line = state is LegState.ACCEPTED and waitlisted
    return state in CLOCKS[kind].runs_on and waits_in_line == (kind is ClockKind.WAITLIST_CHECK)


def bridge_owes_a_clock(legs: Collection[LegState], *, closed: bool) -> bool:
    """An open bridge without a live leg has a clock of its own; no other has."""
    return not closed and not LIVE.intersection(legs)


def who_owns(role: Party, *, owner: T, contact: T | None, coordinator: T | None) -> T:
    """The person a clock belongs to. Where the partner has named nobody it is the bridge's owner."""
    named = {Party.CONTACT: contact, Party.COORDINATOR: coordinator}.get(role)
    return owner if named is None else named


def bridge_clock_after(
    *,
    ended: LegState,
    outcome: LegOutcome | None = None,
    conflict: bool = False,
    now: datetime,
    urgent: bool = False,
    calendar: Calendar = HOUSE_CALENDAR,
) -> ClockPlan:
    """The bridge's own clock when its last live leg has ended: the resident is asked how it went, two words
    that disagree are settled, or somebody chooses what comes next."""
    kind = ClockKind.ASK_RESIDENT if ended is LegState.COMPLETED else ClockKind.CHOOSE_NEXT
    kind = ClockKind.SETTLE_CONFLICT if conflict else kind
    return start_clock(kind, now=now, urgent=urgent, one_off=outcome in ONE_OFF, calendar=calendar)


def _length(kind: ClockKind, urgent: bool, *, is_again: bool = False, one_off: bool = False) -> Length:
    rule = CLOCKS[kind]
    if is_again and rule.again:
        return rule.again[urgent]
    if one_off and rule.one_off:
        return rule.one_off
    return rule.urgent if urgent else rule.normal


def _since_sending(kind: ClockKind, sent_at: datetime, urgent: bool, calendar: Calendar) -> datetime:
    rungs = LADDER[: LADDER.index(kind) + 1]
    return max(calendar.after(sent_at, _length(rung, urgent)) for rung in rungs)
