"""Why a bridge is still open (hvorfor er broen åben?): exactly one sentence, and who can move it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from brobygger.bridging.phrases import SayDay, phrase
from brobygger.bridging.sentences import WhyOpen
from brobygger.bridging.standing import BridgeFacts, LegFacts, counted, leading_leg
from brobygger.bridging.terms import BridgeKind, ClockKind, LegState, Party, WaitsFor
from brobygger.engine.words import Phrase
from brobygger.foundation.days import day_of

DRAFT, REQUESTED, ACCEPTED = LegState.DRAFT, LegState.REQUESTED, LegState.ACCEPTED
IN_PROGRESS, ON_HOLD, COMPLETED = LegState.IN_PROGRESS, LegState.ON_HOLD, LegState.COMPLETED
OWNER, AUTHOR, STEWARD = Party.OWNER, Party.AUTHOR, Party.STEWARD
RESIDENT, RECIPIENT, COORDINATOR = Party.RESIDENT, Party.RECIPIENT, Party.COORDINATOR
NEVER_ANY_LEG = LegFacts(state=DRAFT)


@dataclass(frozen=True, slots=True)
class Why:
    """The answer, who can move the bridge (nobody when it only waits for a day), and the day if any."""

    code: WhyOpen
    who: tuple[Party, ...]
    until: date | None = None

    def phrase(self, say_day: SayDay) -> Phrase:
        return phrase(self.code, {"until": self.until} if self.until else {}, say_day)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the lines look at. `leg` is the leading live leg, else the one that ended last; a bridge
    that never had a leg stands like one with a draft."""

    bridge: BridgeFacts
    leg: LegFacts
    today: date

    @property
    def state(self) -> LegState:
        return self.leg.state

    @property
    def is_person(self) -> bool:
        return self.bridge.kind is BridgeKind.PERSON

    @property
    def waits_for_the_word(self) -> bool:
        return self.is_person and self.state is COMPLETED and self.bridge.verdict is None

    @property
    def is_visit(self) -> bool:
        return self.bridge.kind is BridgeKind.PLACE

    @property
    def meeting_is_ahead(self) -> bool:
        return self.leg.promised_on is not None and self.today <= day_of(self.leg.promised_on)

    @property
    def recipient_is_closed(self) -> bool:
        opens = self.leg.recipient_closed_until
        return opens is not None and self.today < opens


def no_day(_leg: LegFacts) -> None:
    return None


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the list: its code, who can move the bridge, when it holds, and the day in its sentence."""

    code: WhyOpen
    who: tuple[Party, ...]
    holds: Callable[[Standing], bool]
    day: Callable[[LegFacts], date | None] = no_day


LINES = (
    Line(WhyOpen.PROVIDER_SAYS_DONE_PERSON_SAYS_NOT, (OWNER,), lambda at: at.bridge.statements_disagree),
    Line(
        WhyOpen.MEETING_DOUBTED,
        (OWNER,),
        lambda at: at.state is IN_PROGRESS and at.leg.meeting_doubted,
    ),
    Line(WhyOpen.CONSENT_GAP, (RESIDENT, OWNER), lambda at: at.leg.is_live and at.leg.consent_gap),
    Line(WhyOpen.NOT_SENT_YET, (AUTHOR,), lambda at: at.state is DRAFT),
    Line(WhyOpen.SECRECY, (RESIDENT,), lambda at: at.is_person and at.leg.is_lawfully_silent),
    Line(WhyOpen.OUTCOME_UNVERIFIED, (OWNER, RESIDENT), lambda at: at.waits_for_the_word),
    Line(
        WhyOpen.SECOND_LOOK,
        (COORDINATOR,),
        lambda at: not at.leg.is_live and at.bridge.clock is ClockKind.DECLINE_REVIEW,
    ),
    Line(
        WhyOpen.ANSWERED_NOT_TOLD_BACK,
        (OWNER,),
        lambda at: not at.leg.is_live and at.bridge.answered_not_told_back,
    ),
    Line(WhyOpen.WE_OWE_NEXT_STEP, (OWNER,), lambda at: not at.leg.is_live),
    Line(
        WhyOpen.CLOCK_PAUSED,
        (),
        lambda at: at.recipient_is_closed,
        lambda leg: leg.recipient_closed_until,
    ),
    Line(WhyOpen.WRONG_ADDRESS, (STEWARD,), lambda at: at.state is REQUESTED and at.leg.undeliverable),
    Line(WhyOpen.OFF_PLATFORM, (OWNER,), lambda at: at.state is REQUESTED and at.leg.by_hand),
    Line(WhyOpen.NEVER_SEEN, (OWNER,), lambda at: at.state is REQUESTED and not at.leg.seen),
    Line(WhyOpen.SEEN_NO_REPLY, (RECIPIENT,), lambda at: at.state is REQUESTED),
    Line(WhyOpen.PARTNER_CAPACITY_WAIT, (RECIPIENT,), lambda at: at.state is ACCEPTED and at.leg.waitlisted),
    Line(
        WhyOpen.CANNOT_REACH_PERSON,
        (OWNER,),
        lambda at: at.state in {ACCEPTED, IN_PROGRESS} and at.leg.attempts_all_missed,
    ),
    Line(WhyOpen.PERSON_THINKING, (RESIDENT,), lambda at: at.state is ACCEPTED and at.leg.person_thinking),
    Line(
        WhyOpen.FIRST_MEETING_AHEAD,
        (),
        lambda at: at.state is ACCEPTED and at.meeting_is_ahead,
        lambda leg: leg.promised_on,
    ),
    Line(
        WhyOpen.HELD_NOT_FOLLOWED_UP,
        (OWNER,),
        lambda at: at.is_visit and at.state in {ACCEPTED, IN_PROGRESS},
    ),
    Line(
        WhyOpen.ACCEPTED_NO_CONTACT,
        (RECIPIENT,),
        lambda at: at.state is ACCEPTED,
        lambda leg: leg.promised_on,
    ),
    Line(
        WhyOpen.MISSING_DOCUMENT,
        (RESIDENT,),
        lambda at: at.state is ON_HOLD and at.leg.waits_for is WaitsFor.DOCUMENT,
        lambda leg: leg.resume_on,
    ),
    Line(
        WhyOpen.ON_HOLD_PERSON,
        (RESIDENT,),
        lambda at: at.state is ON_HOLD and at.leg.waits_for is WaitsFor.PERSON,
        lambda leg: leg.resume_on,
    ),
    Line(WhyOpen.ON_HOLD_PARTNER, (RECIPIENT,), lambda at: at.state is ON_HOLD, lambda leg: leg.resume_on),
    Line(
        WhyOpen.GONE_QUIET,
        (RECIPIENT, OWNER),
        lambda at: at.state is IN_PROGRESS and at.leg.quiet_has_rung,
    ),
    Line(WhyOpen.UNDER_WAY, (RECIPIENT,), lambda at: at.state is IN_PROGRESS),
)


def why_open(bridge: BridgeFacts, legs: Sequence[LegFacts], *, today: date) -> Why | None:
    """The first line that holds; None for a closed bridge. Legs in the order they ended, live ones last.

    The list is total: every state of a live leg has a line that asks for nothing but the state.
    """
    if bridge.closed:
        return None
    legs_that_count = counted(legs)
    leg = leading_leg(legs_that_count) or (legs_that_count or [NEVER_ANY_LEG])[-1]
    at = Standing(bridge, leg, today)
    line = next(line for line in LINES if line.holds(at))
    return Why(line.code, line.who, line.day(leg))
