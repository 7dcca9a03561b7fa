"""Where a bridge stands and why it is open: one answer for every state it can be in."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brobygger.bridging import rules
from brobygger.bridging.rules import BridgeFacts, LegFacts
from brobygger.bridging.sentences import WhyOpen
from brobygger.bridging.standing import LEADS
from brobygger.bridging.terms import LIVE, BridgeKind, BridgeState, ClockKind, LegOutcome, LegState, WaitsFor
from brobygger.bridging.why import LINES
from brobygger.residents.terms import NeedOutcome

TODAY = date(2026, 3, 3)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
TOMORROW_AT_HALF_PAST_FOUR = datetime(2026, 3, 4, 15, 30, tzinfo=UTC)

DRAFT = LegFacts(state=LegState.DRAFT)
REQUESTED = LegFacts(state=LegState.REQUESTED)
ACCEPTED = LegFacts(state=LegState.ACCEPTED, promised_on=TOMORROW)
WAITLISTED = LegFacts(state=LegState.ACCEPTED, waitlisted=True)
IN_PROGRESS = LegFacts(state=LegState.IN_PROGRESS)
REJECTED = LegFacts(state=LegState.REJECTED)
COMPLETED = LegFacts(state=LegState.COMPLETED, outcome=LegOutcome.SERVICE_RECEIVED)
SILENT = LegFacts(state=LegState.COMPLETED, outcome=LegOutcome.LAWFUL_SILENCE)
CANCELLED = LegFacts(state=LegState.CANCELLED)
IN_ERROR = LegFacts(state=LegState.ENTERED_IN_ERROR)

PERSON = BridgeFacts()
VISIT = BridgeFacts(kind=BridgeKind.PLACE)
SIGNAL = BridgeFacts(kind=BridgeKind.SIGNAL)


def on_hold_for(whom: WaitsFor) -> LegFacts:
    return LegFacts(state=LegState.ON_HOLD, waits_for=whom, resume_on=TOMORROW)


def requested(**facts) -> LegFacts:
    return LegFacts(state=LegState.REQUESTED, **facts)


def accepted(**facts) -> LegFacts:
    return LegFacts(state=LegState.ACCEPTED, promised_on=TOMORROW, **facts)


maybe_days = st.none() | st.dates(TODAY - timedelta(days=30), TODAY + timedelta(days=30))
maybe_moments = st.none() | maybe_days.map(
    lambda day: day and datetime(day.year, day.month, day.day, tzinfo=UTC)
)
legs = st.builds(
    LegFacts,
    state=st.sampled_from(LegState),
    clock_due_at=maybe_moments,
    consent_gap=st.booleans(),
    recipient_closed_until=maybe_days,
    undeliverable=st.booleans(),
    by_hand=st.booleans(),
    seen=st.booleans(),
    waitlisted=st.booleans(),
    promised_on=maybe_days | maybe_moments,
    attempts_all_missed=st.booleans(),
    person_thinking=st.booleans(),
    waits_for=st.sampled_from(WaitsFor),
    resume_on=st.dates(TODAY, TODAY + timedelta(days=60)),
    quiet_has_rung=st.booleans(),
    meeting_doubted=st.booleans(),
    outcome=st.none() | st.sampled_from(LegOutcome),
)
bridges = st.builds(
    BridgeFacts,
    kind=st.sampled_from(BridgeKind),
    closed=st.booleans(),
    verdict=st.none() | st.sampled_from(NeedOutcome),
    need_withdrawn=st.booleans(),
    clock=st.none() | st.sampled_from(ClockKind),
    statements_disagree=st.booleans(),
    answered_not_told_back=st.booleans(),
)
many_legs = st.lists(legs, max_size=4)


@pytest.mark.feature("BRI-08")
@pytest.mark.parametrize(
    ("bridge", "several", "code", "who"),
    [
        (
            BridgeFacts(statements_disagree=True),
            [COMPLETED],
            "provider_says_done_person_says_not",
            ["owner"],
        ),
        (PERSON, [LegFacts(state=LegState.DRAFT, consent_gap=True)], "consent_gap", ["resident", "owner"]),
        (PERSON, [requested(consent_gap=True)], "consent_gap", ["resident", "owner"]),
        (PERSON, [], "not_sent_yet", ["author"]),
        (PERSON, [DRAFT], "not_sent_yet", ["author"]),
        (PERSON, [REJECTED, DRAFT], "not_sent_yet", ["author"]),
        (PERSON, [REJECTED, SILENT], "secrecy", ["resident"]),
        (PERSON, [CANCELLED, COMPLETED], "outcome_unverified", ["owner", "resident"]),
        (BridgeFacts(clock=ClockKind.DECLINE_REVIEW), [REJECTED], "second_look", ["coordinator"]),
        (
            BridgeFacts(kind=BridgeKind.SIGNAL, answered_not_told_back=True),
            [COMPLETED],
            "answered_not_told_back",
            ["owner"],
        ),
        (PERSON, [REJECTED], "we_owe_next_step", ["owner"]),
        (PERSON, [CANCELLED], "we_owe_next_step", ["owner"]),
        (PERSON, [requested(recipient_closed_until=TOMORROW, undeliverable=True)], "clock_paused", []),
        (PERSON, [requested(recipient_closed_until=TODAY, seen=True)], "seen_no_reply", ["recipient"]),
        (PERSON, [requested(undeliverable=True, by_hand=True)], "wrong_address", ["steward"]),
        (PERSON, [requested(by_hand=True, seen=True)], "off_platform", ["owner"]),
        (PERSON, [REQUESTED], "never_seen", ["owner"]),
        (PERSON, [requested(seen=True)], "seen_no_reply", ["recipient"]),
        (PERSON, [WAITLISTED], "partner_capacity_wait", ["recipient"]),
        (PERSON, [accepted(attempts_all_missed=True)], "cannot_reach_person", ["owner"]),
        (PERSON, [accepted(person_thinking=True)], "person_thinking", ["resident"]),
        (PERSON, [ACCEPTED], "first_meeting_ahead", []),
        (
            PERSON,
            [LegFacts(state=LegState.ACCEPTED, promised_on=TODAY)],
            "first_meeting_ahead",
            [],
        ),
        (
            PERSON,
            [LegFacts(state=LegState.ACCEPTED, promised_on=YESTERDAY)],
            "accepted_no_contact",
            ["recipient"],
        ),
        (PERSON, [LegFacts(state=LegState.ACCEPTED)], "accepted_no_contact", ["recipient"]),
        (PERSON, [on_hold_for(WaitsFor.DOCUMENT)], "missing_document", ["resident"]),
        (PERSON, [on_hold_for(WaitsFor.PERSON)], "on_hold_person", ["resident"]),
        (PERSON, [on_hold_for(WaitsFor.RECIPIENT)], "on_hold_partner", ["recipient"]),
        (PERSON, [on_hold_for(WaitsFor.THIRD_PARTY)], "on_hold_partner", ["recipient"]),
        (
            PERSON,
            [LegFacts(state=LegState.IN_PROGRESS, meeting_doubted=True)],
            "meeting_doubted",
            ["owner"],
        ),
        (
            PERSON,
            [LegFacts(state=LegState.IN_PROGRESS, quiet_has_rung=True)],
            "gone_quiet",
            ["recipient", "owner"],
        ),
        (PERSON, [IN_PROGRESS], "under_way", ["recipient"]),
        (VISIT, [ACCEPTED], "first_meeting_ahead", []),
        (VISIT, [IN_PROGRESS], "held_not_followed_up", ["owner"]),
        (VISIT, [COMPLETED], "we_owe_next_step", ["owner"]),
        (SIGNAL, [IN_PROGRESS], "under_way", ["recipient"]),
    ],
)
def test_a_bridge_says_why_it_is_open_and_who_can_move_it(bridge, several, code, who):
    why = rules.why_open(bridge, several, today=TODAY)

    assert (why.code, list(why.who)) == (code, who)


@pytest.mark.parametrize(
    ("several", "code"),
    [
        ([REQUESTED, IN_PROGRESS, ACCEPTED], "under_way"),
        ([REQUESTED, on_hold_for(WaitsFor.PERSON), ACCEPTED], "first_meeting_ahead"),
        ([DRAFT, REQUESTED], "never_seen"),
        ([COMPLETED, REQUESTED], "never_seen"),
        ([IN_ERROR, DRAFT], "not_sent_yet"),
        ([IN_ERROR], "not_sent_yet"),
        ([REJECTED, IN_ERROR], "we_owe_next_step"),
    ],
)
def test_the_leg_that_has_come_furthest_speaks_for_the_bridge(several, code):
    assert rules.why_open(PERSON, several, today=TODAY).code == code


def test_of_two_equals_the_one_whose_clock_rings_first_speaks():
    soon = requested(seen=True, clock_due_at=datetime(2026, 3, 4, tzinfo=UTC))
    late = requested(clock_due_at=datetime(2026, 3, 5, tzinfo=UTC))

    assert rules.why_open(PERSON, [late, soon, REQUESTED], today=TODAY).code == "seen_no_reply"


def test_the_sentence_names_the_day_as_the_page_speaks_it():
    leg = LegFacts(state=LegState.ACCEPTED, promised_on=TOMORROW_AT_HALF_PAST_FOUR)

    why = rules.why_open(PERSON, [leg], today=TODAY)

    assert why.until == TOMORROW_AT_HALF_PAST_FOUR
    assert (
        why.phrase(lambda day: "i morgen kl. 16.30").text() == "Første møde er aftalt til i morgen kl. 16.30"
    )


def test_every_reason_can_be_the_answer():
    assert {line.code for line in LINES} == set(WhyOpen)


@pytest.mark.feature("BRI-08")
@given(bridges, many_legs)
def test_every_open_bridge_has_exactly_one_reason_and_no_closed_one_has_any(bridge, several):
    why = rules.why_open(bridge, several, today=TODAY)

    assert (why is None) is bridge.closed
    assert why is None or why.code in WhyOpen


@given(bridges, many_legs)
def test_a_reason_waits_for_somebody_or_for_a_day(bridge, several):
    why = rules.why_open(bridge, several, today=TODAY)

    assert why is None or why.who or why.until


@given(bridges, many_legs)
def test_every_sentence_can_be_read_aloud(bridge, several):
    why = rules.why_open(bridge, several, today=TODAY)

    assert why is None or "%" not in why.phrase(str).text()


# What each state of the leading leg can be told by, besides disagreement and missing consent.
OF_A_STATE = {
    LegState.DRAFT: {"not_sent_yet"},
    LegState.REQUESTED: {"clock_paused", "wrong_address", "off_platform", "never_seen", "seen_no_reply"},
    LegState.ACCEPTED: {
        "clock_paused",
        "partner_capacity_wait",
        "cannot_reach_person",
        "person_thinking",
        "first_meeting_ahead",
        "held_not_followed_up",
        "accepted_no_contact",
    },
    LegState.ON_HOLD: {"clock_paused", "missing_document", "on_hold_person", "on_hold_partner"},
    LegState.IN_PROGRESS: {
        "clock_paused",
        "cannot_reach_person",
        "held_not_followed_up",
        "meeting_doubted",
        "gone_quiet",
        "under_way",
    },
}
WHEN_NONE_IS_LIVE = {
    "secrecy",
    "outcome_unverified",
    "second_look",
    "answered_not_told_back",
    "we_owe_next_step",
}
ALWAYS = {"provider_says_done_person_says_not", "consent_gap"}


@given(bridges.filter(lambda bridge: not bridge.closed), st.lists(legs, min_size=1, max_size=4))
def test_the_reason_belongs_to_the_state_of_the_leading_leg(bridge, several):
    leading = rules.leading_leg(several)
    never_was = all(leg.state is LegState.ENTERED_IN_ERROR for leg in several)
    none_live = {"not_sent_yet"} if never_was else WHEN_NONE_IS_LIVE

    why = rules.why_open(bridge, several, today=TODAY)

    assert why.code in (OF_A_STATE[leading.state] if leading else none_live) | ALWAYS


@given(many_legs)
def test_the_leading_leg_is_live_and_none_is_further(several):
    leading = rules.leading_leg(several)

    live = [leg.state for leg in several if leg.state in LIVE]
    assert (leading.state if leading else None) == min(live, key=LEADS.index, default=None)


def test_a_leg_on_hold_waits_for_somebody_until_a_day():
    with pytest.raises(ValueError, match="on hold"):
        LegFacts(state=LegState.ON_HOLD, waits_for=WaitsFor.PERSON)


# -- the derived state --


def closed(verdict=None, **facts) -> BridgeFacts:
    return BridgeFacts(closed=True, verdict=verdict, **facts)


@pytest.mark.parametrize(
    ("bridge", "several", "state"),
    [
        (PERSON, [IN_ERROR, IN_ERROR], "void"),
        (closed(need_withdrawn=True), [CANCELLED], "withdrawn"),
        (closed(NeedOutcome.CHANGED_MIND), [CANCELLED], "withdrawn"),
        (closed(NeedOutcome.GOT_HELP_FULL), [COMPLETED], "met"),
        (closed(NeedOutcome.ENROLLED_ONGOING), [COMPLETED], "met"),
        (closed(NeedOutcome.SOLVED_OTHERWISE), [CANCELLED], "met"),
        (closed(NeedOutcome.GOT_HELP_PARTLY), [COMPLETED], "partly_met"),
        (closed(NeedOutcome.NOT_HELPED), [COMPLETED], "not_met"),
        (closed(NeedOutcome.UNKNOWN), [COMPLETED, SILENT], "lawfully_silent"),
        (closed(NeedOutcome.UNKNOWN), [SILENT, CANCELLED], "unknown"),
        (closed(NeedOutcome.UNKNOWN), [], "unknown"),
        (closed(kind=BridgeKind.PLACE), [COMPLETED], "done"),
        (closed(kind=BridgeKind.PLACE), [REJECTED], "not_done"),
        (PERSON, [], "drafting"),
        (PERSON, [DRAFT, IN_ERROR], "drafting"),
        (PERSON, [IN_PROGRESS, REQUESTED], "active"),
        (PERSON, [ACCEPTED], "active"),
        (PERSON, [REQUESTED], "waiting_partner"),
        (PERSON, [WAITLISTED], "waiting_partner"),
        (PERSON, [on_hold_for(WaitsFor.THIRD_PARTY)], "waiting_partner"),
        (BridgeFacts(clock=ClockKind.DECLINE_REVIEW), [REJECTED], "waiting_partner"),
        (PERSON, [on_hold_for(WaitsFor.PERSON)], "waiting_person"),
        (PERSON, [on_hold_for(WaitsFor.DOCUMENT)], "waiting_person"),
        (BridgeFacts(clock=ClockKind.ASK_RESIDENT), [COMPLETED], "waiting_person"),
        (BridgeFacts(clock=ClockKind.ASK_RESIDENT), [COMPLETED, DRAFT], "waiting_us"),
        (BridgeFacts(clock=ClockKind.CHOOSE_NEXT), [REJECTED], "waiting_us"),
        (PERSON, [REJECTED, DRAFT], "waiting_us"),
    ],
)
def test_the_state_of_a_bridge_follows_from_its_legs(bridge, several, state):
    assert rules.bridge_state(bridge, several) == state


OPEN_STATES = {
    BridgeState.DRAFTING,
    BridgeState.ACTIVE,
    BridgeState.WAITING_PARTNER,
    BridgeState.WAITING_PERSON,
    BridgeState.WAITING_US,
}


@given(bridges, many_legs)
def test_open_and_closed_bridges_never_share_a_state(bridge, several):
    state = rules.bridge_state(bridge, several)

    assert state is BridgeState.VOID or (state in OPEN_STATES) is not bridge.closed


@given(bridges, st.lists(legs, min_size=1, max_size=4), st.integers(0, 4))
def test_a_leg_entered_in_error_counts_as_if_it_never_was(bridge, several, place):
    with_error = [*several[:place], IN_ERROR, *several[place:]]

    assert rules.bridge_state(bridge, with_error) is rules.bridge_state(bridge, several)
    assert rules.why_open(bridge, with_error, today=TODAY) == rules.why_open(bridge, several, today=TODAY)
