"""The kinds of clock: where each runs, how long, whose it is, who hears it, and what comes after."""

from dataclasses import dataclass

from brobygger.bridging.terms import ClockKind, LegOutcome, LegState, Party, RingAct


@dataclass(frozen=True, slots=True)
class Hours:
    """Hours inside opening hours."""

    count: int

    def __str__(self) -> str:
        return f"{self.count} h"


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Until closing time so many working days on."""

    count: int

    def __str__(self) -> str:
        return f"{self.count} bd"


Length = Hours | WorkingDays


@dataclass(frozen=True, slots=True)
class Told:
    """Who hears the clock: from which ring on, and at every how many rings."""

    party: Party
    from_ring: int = 1
    every: int = 1

    def hears(self, ring: int) -> bool:
        return ring >= self.from_ring and (ring - self.from_ring) % self.every == 0

    def __str__(self) -> str:
        every = f", every {self.every}" if self.every > 1 else ""
        return f"{self.party} (from ring {self.from_ring}{every})" if self.from_ring > 1 else self.party


@dataclass(frozen=True, slots=True)
class ClockRule:
    """One kind of clock. `runs_on` empty means it runs on the bridge, not on a leg.

    What rings again is its own `then`; `again` is how long that takes, where it is not as long as the first
    time. `one_off`: the first time, where the help was given at one go. `counts_from_sending`: a reminder
    that rang late because the machine was down must not push the last deadline further away.
    """

    runs_on: frozenset[LegState]
    normal: Length
    urgent: Length
    owner_role: Party
    on_ring: RingAct
    tells: tuple[Told, ...]
    then: ClockKind
    counts_from_sending: bool = False
    again: tuple[Length, Length] | None = None
    one_off: Length | None = None


DRAFT, REQUESTED = frozenset({LegState.DRAFT}), frozenset({LegState.REQUESTED})
ACCEPTED, IN_PROGRESS = frozenset({LegState.ACCEPTED}), frozenset({LegState.IN_PROGRESS})
THE_BRIDGE = frozenset[LegState]()
OWNER, CONTACT, COORDINATOR = Told(Party.OWNER), Told(Party.CONTACT), Told(Party.COORDINATOR)
LEADER, RESIDENT = Told(Party.LEADER), Told(Party.RESIDENT)
LEADER_FROM_THE_SECOND, LEADER_FROM_THE_FOURTH = (
    Told(Party.LEADER, from_ring=2),
    Told(Party.LEADER, from_ring=4),
)
RESIDENT_EVERY_SECOND = Told(Party.RESIDENT, from_ring=2, every=2)

CLOCKS: dict[ClockKind, ClockRule] = {
    ClockKind.DRAFT_IDLE: ClockRule(
        DRAFT,
        WorkingDays(5),
        Hours(4),
        Party.OWNER,
        RingAct.REMIND,
        (OWNER, LEADER_FROM_THE_SECOND),
        then=ClockKind.DRAFT_IDLE,
    ),
    ClockKind.UNSEEN: ClockRule(
        REQUESTED,
        WorkingDays(1),
        Hours(2),
        Party.OWNER,
        RingAct.SEND_AGAIN,
        (OWNER, CONTACT),
        then=ClockKind.NO_ANSWER,
        counts_from_sending=True,
    ),
    ClockKind.NO_ANSWER: ClockRule(
        REQUESTED,
        WorkingDays(2),
        Hours(4),
        Party.CONTACT,
        RingAct.REMIND,
        (CONTACT, OWNER),
        then=ClockKind.GRACE_OVER,
        counts_from_sending=True,
    ),
    ClockKind.GRACE_OVER: ClockRule(
        REQUESTED,
        WorkingDays(4),
        WorkingDays(1),
        Party.COORDINATOR,
        RingAct.ESCALATE,
        (COORDINATOR, LEADER, OWNER),
        then=ClockKind.HARD_STOP,
        counts_from_sending=True,
    ),
    ClockKind.HARD_STOP: ClockRule(
        REQUESTED,
        WorkingDays(10),
        WorkingDays(3),
        Party.OWNER,
        RingAct.END_NO_RESPONSE,
        (OWNER, CONTACT, RESIDENT),
        then=ClockKind.CHOOSE_NEXT,
        counts_from_sending=True,
    ),
    ClockKind.FIRST_CONTACT: ClockRule(
        ACCEPTED,
        WorkingDays(5),
        WorkingDays(1),
        Party.CONTACT,
        RingAct.ASK_IF_MET,
        (CONTACT, RESIDENT),
        then=ClockKind.FIRST_CONTACT_LATE,
    ),
    ClockKind.FIRST_CONTACT_LATE: ClockRule(
        ACCEPTED,
        WorkingDays(5),
        WorkingDays(1),
        Party.OWNER,
        RingAct.ASK_FOR_NEW_DATE,
        (OWNER, COORDINATOR, LEADER_FROM_THE_SECOND),
        then=ClockKind.FIRST_CONTACT_LATE,
    ),
    ClockKind.WAITLIST_CHECK: ClockRule(
        ACCEPTED,
        WorkingDays(20),
        WorkingDays(5),
        Party.CONTACT,
        RingAct.ASK_IF_STILL_LISTED,
        (CONTACT, RESIDENT_EVERY_SECOND),
        then=ClockKind.WAITLIST_CHECK,
    ),
    ClockKind.MEETING_MISSED: ClockRule(
        ACCEPTED,
        WorkingDays(2),
        Hours(4),
        Party.OWNER,
        RingAct.ASK_FOR_NEW_DATE,
        (OWNER,),
        then=ClockKind.FIRST_CONTACT,
    ),
    ClockKind.QUIET: ClockRule(
        IN_PROGRESS,
        WorkingDays(20),
        WorkingDays(10),
        Party.CONTACT,
        RingAct.ASK_IF_UNDER_WAY,
        (CONTACT,),
        then=ClockKind.QUIET_LATE,
    ),
    ClockKind.QUIET_LATE: ClockRule(
        IN_PROGRESS,
        WorkingDays(5),
        WorkingDays(3),
        Party.OWNER,
        RingAct.REMIND,
        (OWNER, LEADER_FROM_THE_SECOND),
        then=ClockKind.QUIET_LATE,
    ),
    ClockKind.MEETING_DOUBTED: ClockRule(
        IN_PROGRESS,
        WorkingDays(2),
        Hours(4),
        Party.OWNER,
        RingAct.REMIND,
        (OWNER, LEADER_FROM_THE_SECOND),
        then=ClockKind.MEETING_DOUBTED,
    ),
    ClockKind.CHOOSE_NEXT: ClockRule(
        THE_BRIDGE,
        WorkingDays(2),
        Hours(4),
        Party.OWNER,
        RingAct.REMIND,
        (OWNER, LEADER_FROM_THE_SECOND),
        then=ClockKind.CHOOSE_NEXT,
    ),
    ClockKind.ASK_RESIDENT: ClockRule(
        THE_BRIDGE,
        WorkingDays(10),
        WorkingDays(5),
        Party.OWNER,
        RingAct.ASK_THE_RESIDENT,
        (OWNER, LEADER_FROM_THE_FOURTH),
        then=ClockKind.ASK_RESIDENT,
        again=(WorkingDays(5), WorkingDays(2)),
        one_off=WorkingDays(3),
    ),
    ClockKind.SETTLE_CONFLICT: ClockRule(
        THE_BRIDGE,
        WorkingDays(2),
        Hours(4),
        Party.OWNER,
        RingAct.REMIND,
        (OWNER, LEADER_FROM_THE_SECOND),
        then=ClockKind.SETTLE_CONFLICT,
    ),
}
ONE_OFF = frozenset({LegOutcome.SERVICE_RECEIVED, LegOutcome.ADVICE_ONLY})
LADDER = (ClockKind.UNSEEN, ClockKind.NO_ANSWER, ClockKind.GRACE_OVER, ClockKind.HARD_STOP)


def clock_rows() -> list[tuple[str, ...]]:
    """The clocks as words, for the printed page: kind, asks, runs on, lengths, owner, act, told, then."""
    return [
        (
            kind,
            kind.asks,
            ", ".join(sorted(rule.runs_on)) or "bridge",
            _lengths(rule.normal, again=rule.again and rule.again[0], one_off=rule.one_off),
            _lengths(rule.urgent, again=rule.again and rule.again[1], one_off=None),
            rule.owner_role,
            rule.on_ring,
            ", ".join(str(told) for told in rule.tells),
            rule.then,
        )
        for kind, rule in CLOCKS.items()
    ]


def _lengths(first: Length, *, again: Length | None, one_off: Length | None) -> str:
    more = [f"one-off {one_off}"] * bool(one_off) + [f"then {again}"] * bool(again)
    return f"{first} ({', '.join(more)})" if more else str(first)
