"""The clocks: in order, never in the past, never on a closed day, and always somebody's."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brobygger.bridging import rules
from brobygger.bridging.clockwork import CLOCKS, LADDER, Calendar
from brobygger.bridging.terms import LIVE, ClockKind, LegState, Party, RingAct
from brobygger.foundation.days import HOUSE_ZONE, is_working_day, local_day

FIRST, LAST = datetime(2020, 1, 1), datetime(2040, 12, 31)  # noqa: DTZ001 - the zone is added below
moments = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
delays = st.timedeltas(timedelta(0), timedelta(days=40))
kinds = st.sampled_from(list(CLOCKS))
promised_days = st.none() | st.dates(date(2020, 1, 1), date(2041, 1, 1)) | moments
openings = st.sampled_from([(time(9), time(16)), (time(10), time(12)), (time(15), time(15, 30))])
calendars = st.builds(Calendar, opening=openings)


def danish(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HOUSE_ZONE)


TUESDAY = danish("2026-03-03T10:00")


@pytest.mark.feature("BRI-07")
@pytest.mark.parametrize(
    ("kind", "normal", "urgent"),
    [
        (ClockKind.DRAFT_IDLE, "2026-03-10T16:00", "2026-03-03T14:00"),
        (ClockKind.UNSEEN, "2026-03-04T16:00", "2026-03-03T12:00"),
        (ClockKind.NO_ANSWER, "2026-03-05T16:00", "2026-03-03T14:00"),
        (ClockKind.GRACE_OVER, "2026-03-09T16:00", "2026-03-04T16:00"),
        (ClockKind.HARD_STOP, "2026-03-17T16:00", "2026-03-06T16:00"),
        (ClockKind.FIRST_CONTACT, "2026-03-10T16:00", "2026-03-04T16:00"),
        (ClockKind.FIRST_CONTACT_LATE, "2026-03-10T16:00", "2026-03-04T16:00"),
        (ClockKind.WAITLIST_CHECK, "2026-03-31T16:00", "2026-03-10T16:00"),
        (ClockKind.CHOOSE_NEXT, "2026-03-05T16:00", "2026-03-03T14:00"),
    ],
)
def test_each_clock_has_its_length(kind, normal, urgent):
    found = [
        rules.start_clock(kind, now=TUESDAY, sent_at=TUESDAY, urgent=hurry).due_at for hurry in (False, True)
    ]

    assert found == [danish(normal), danish(urgent)]


def test_the_silent_partner_is_asked_three_times_and_then_the_deadline_closes():
    rings = [rules.clock_after_send(sent_at=TUESDAY, urgent=False)]
    rings += [following(rings[-1])]
    rings += [following(rings[-1])]
    rings += [following(rings[-1])]
    rings += [following(rings[-1])]

    assert [(one.kind, one.due_at.date().isoformat()) for one in rings] == [
        ("unseen", "2026-03-04"),
        ("no_answer", "2026-03-05"),
        ("grace_over", "2026-03-09"),
        ("hard_stop", "2026-03-17"),
        ("choose_next", "2026-03-19"),
    ]


def following(plan, late=timedelta(0)):
    return rules.next_clock(plan.kind, now=plan.due_at + late, ring_count=1, sent_at=TUESDAY)


def test_after_a_week_without_power_the_partner_still_gets_every_reminder():
    late = danish("2026-03-25T08:00")

    reminder = rules.next_clock(ClockKind.UNSEEN, now=late, ring_count=1, sent_at=TUESDAY)
    grace = following(reminder)

    assert [reminder.kind, reminder.due_at] == [ClockKind.NO_ANSWER, danish("2026-03-25T16:00")]
    assert [grace.kind, grace.due_at] == [ClockKind.GRACE_OVER, danish("2026-03-26T16:00")]


def test_opening_a_letter_answers_the_unseen_clock():
    wednesday = danish("2026-03-04T11:00")

    clock = rules.clock_after_opening(ClockKind.UNSEEN, sent_at=TUESDAY, now=wednesday, urgent=False)

    assert clock == rules.ClockPlan(ClockKind.NO_ANSWER, danish("2026-03-05T16:00"), Party.CONTACT)


@pytest.mark.parametrize("running", [ClockKind.NO_ANSWER, ClockKind.GRACE_OVER, ClockKind.HARD_STOP])
def test_opening_late_wins_no_new_reminder(running):
    assert rules.clock_after_opening(running, sent_at=TUESDAY, now=TUESDAY, urgent=False) is None


def test_what_was_handed_over_in_person_is_seen_already():
    assert rules.clock_after_send(sent_at=TUESDAY, urgent=False, seen=True).kind is ClockKind.NO_ANSWER


@pytest.mark.parametrize(
    ("promised", "asked"),
    [
        (date(2026, 3, 12), "2026-03-12T16:00"),
        (date(2026, 3, 14), "2026-03-16T16:00"),  # a Saturday
        (date(2026, 3, 3), "2026-03-03T16:00"),  # today
        (date(2026, 3, 2), "2026-03-03T16:00"),  # a slip of the pen
        (danish("2026-03-12T10:00"), "2026-03-12T16:00"),
        (danish("2026-03-12T16:30"), "2026-03-13T16:00"),  # not before it was held
        (None, "2026-03-10T16:00"),
    ],
)
def test_whether_they_met_is_asked_when_the_meeting_is_over(promised, asked):
    clock = rules.clock_after_accept(now=TUESDAY, urgent=False, promised_on=promised)

    assert (clock.kind, clock.due_at) == (ClockKind.FIRST_CONTACT, danish(asked))


def test_on_the_waiting_list_the_partner_is_asked_now_and_then():
    clock = rules.clock_after_accept(now=TUESDAY, urgent=False, waitlisted=True)

    assert (clock.kind, clock.owner_role) == (ClockKind.WAITLIST_CHECK, Party.CONTACT)


def test_a_clock_that_rings_again_counts_its_rings_and_another_begins_anew():
    again = rules.next_clock(ClockKind.CHOOSE_NEXT, now=TUESDAY, ring_count=3)
    other = rules.next_clock(ClockKind.FIRST_CONTACT, now=TUESDAY, ring_count=3)

    assert (again.ring_count, other.ring_count) == (3, 0)


@pytest.mark.feature("BRI-07")
@pytest.mark.parametrize(
    ("kind", "ring", "told"),
    [
        (ClockKind.DRAFT_IDLE, 1, ["owner"]),
        (ClockKind.DRAFT_IDLE, 2, ["owner", "leader"]),
        (ClockKind.UNSEEN, 1, ["owner", "contact"]),
        (ClockKind.NO_ANSWER, 1, ["contact", "owner"]),
        (ClockKind.GRACE_OVER, 1, ["coordinator", "leader", "owner"]),
        (ClockKind.HARD_STOP, 1, ["owner", "contact", "resident"]),
        (ClockKind.FIRST_CONTACT, 1, ["contact", "resident"]),
        (ClockKind.FIRST_CONTACT_LATE, 1, ["owner", "coordinator"]),
        (ClockKind.FIRST_CONTACT_LATE, 3, ["owner", "coordinator", "leader"]),
        (ClockKind.WAITLIST_CHECK, 1, ["contact"]),
        (ClockKind.WAITLIST_CHECK, 2, ["contact", "resident"]),
        (ClockKind.WAITLIST_CHECK, 3, ["contact"]),
        (ClockKind.WAITLIST_CHECK, 4, ["contact", "resident"]),
        (ClockKind.CHOOSE_NEXT, 2, ["owner", "leader"]),
    ],
)
def test_a_ring_is_heard_by_named_people(kind, ring, told):
    assert list(rules.told_at_ring(kind, ring)) == told


@pytest.mark.parametrize(
    ("role", "contact", "coordinator", "owner"),
    [
        (Party.OWNER, "Sanne", "Birgit", "Maja"),
        (Party.CONTACT, "Sanne", None, "Sanne"),
        (Party.CONTACT, None, "Birgit", "Maja"),
        (Party.COORDINATOR, "Sanne", "Birgit", "Birgit"),
        (Party.COORDINATOR, "Sanne", None, "Maja"),
    ],
)
def test_where_a_partner_has_named_nobody_the_clock_is_the_bridge_owners(role, contact, coordinator, owner):
    assert rules.who_owns(role, owner="Maja", contact=contact, coordinator=coordinator) == owner


def test_a_clock_that_counts_from_sending_wants_to_know_when_that_was():
    with pytest.raises(ValueError, match="sending"):
        rules.start_clock(ClockKind.NO_ANSWER, now=TUESDAY)


def test_only_the_hard_stop_closes_anything_by_itself():
    assert [kind for kind, rule in CLOCKS.items() if rule.on_ring is RingAct.END_NO_RESPONSE] == ["hard_stop"]


def test_every_clock_is_followed_by_one_that_fits_where_the_leg_then_is():
    followers = [(rule.runs_on, CLOCKS[rule.then]) for rule in CLOCKS.values()]

    assert all(now & then.runs_on or not then.runs_on for now, then in followers)


@pytest.mark.parametrize(
    ("kind", "state", "waitlisted", "fits"),
    [
        (ClockKind.FIRST_CONTACT, LegState.ACCEPTED, False, True),
        (ClockKind.FIRST_CONTACT, LegState.ACCEPTED, True, False),
        (ClockKind.WAITLIST_CHECK, LegState.ACCEPTED, True, True),
        (ClockKind.WAITLIST_CHECK, LegState.ACCEPTED, False, False),
        (ClockKind.NO_ANSWER, LegState.REQUESTED, False, True),
        (ClockKind.NO_ANSWER, LegState.ACCEPTED, False, False),
        (ClockKind.CHOOSE_NEXT, LegState.REJECTED, False, False),
    ],
)
def test_a_clock_fits_one_state(kind, state, waitlisted, fits):
    assert rules.clock_fits(kind, state, waitlisted=waitlisted) is fits


@given(st.lists(st.sampled_from(list(LegState))), st.booleans())
def test_the_bridge_has_a_clock_of_its_own_when_it_is_open_and_no_leg_is_live(legs, closed):
    assert rules.bridge_owes_a_clock(legs, closed=closed) is (not closed and set(legs).isdisjoint(LIVE))


@pytest.mark.feature("BRI-07")
@given(moments, st.booleans(), calendars)
def test_the_four_clocks_of_an_unanswered_leg_ring_in_order(sent_at, urgent, calendar):
    due = [
        rules.start_clock(kind, now=sent_at, sent_at=sent_at, urgent=urgent, calendar=calendar).due_at
        for kind in LADDER
    ]

    assert due == sorted(due)


@pytest.mark.feature("BRI-07")
@given(kinds, moments, delays, st.booleans(), promised_days, st.integers(1, 9), calendars)
def test_no_clock_is_set_in_the_past_or_on_a_closed_day(
    kind, sent_at, delay, urgent, promised, rings, calendar
):
    now = sent_at + delay
    facts = {"now": now, "sent_at": sent_at, "urgent": urgent, "promised_on": promised, "calendar": calendar}

    plans = [rules.start_clock(kind, **facts), rules.next_clock(kind, ring_count=rings, **facts)]

    assert all(plan.due_at > now and is_working_day(local_day(plan.due_at)) for plan in plans)
    assert all(plan.owner_role in {Party.OWNER, Party.CONTACT, Party.COORDINATOR} for plan in plans)


@given(moments, st.booleans(), st.lists(delays, min_size=4, max_size=4))
def test_rings_that_come_late_still_come_in_order_and_end_the_waiting(sent_at, urgent, late):
    first = rules.clock_after_send(sent_at=sent_at, urgent=urgent)
    second = _rung(first, late[0], sent_at, urgent)
    third = _rung(second, late[1], sent_at, urgent)
    fourth = _rung(third, late[2], sent_at, urgent)
    last = _rung(fourth, late[3], sent_at, urgent)

    plans = [first, second, third, fourth, last]
    assert [plan.kind for plan in plans] == [*LADDER, ClockKind.CHOOSE_NEXT]
    assert [plan.due_at for plan in plans] == sorted({plan.due_at for plan in plans})


def _rung(plan, late, sent_at, urgent):
    return rules.next_clock(plan.kind, now=plan.due_at + late, ring_count=1, sent_at=sent_at, urgent=urgent)
