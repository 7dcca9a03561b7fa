"""Working days and open hours, with the examples that were computed by hand."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brobygger.foundation.days import (
    CLOSING,
    DANISH,
    HOUSE_ZONE,
    OPENING_HOURS,
    ClosedDays,
    add_working_days,
    day_of,
    due_at,
    due_in_hours,
    due_on,
    is_working_day,
    local_day,
    public_holidays,
    working_day_on_or_after,
)

days = st.dates(date(2000, 1, 1), date(2060, 12, 31))
FIRST, LAST = datetime(2000, 1, 1), datetime(2060, 12, 31)  # noqa: DTZ001 - the zone is added below
moments = st.datetimes(FIRST, LAST, timezones=st.just(UTC))
quarters_of_hours = moments.map(lambda at: at.replace(minute=at.minute // 15 * 15, second=0, microsecond=0))
counts = st.integers(min_value=0, max_value=25)
closings = st.times(time(0, 0), time(23, 59)).map(lambda hour: hour.replace(second=0, microsecond=0))
openings = st.tuples(st.integers(0, 11), st.integers(12, 23)).map(lambda two: (time(two[0]), time(two[1])))


def danish(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=HOUSE_ZONE)


@pytest.mark.parametrize(
    ("sent", "working_days", "due"),
    [
        ("2026-12-23T11:00", 2, "2026-12-29T16:00"),  # over Christmas
        ("2027-03-24T11:00", 2, "2027-03-31T16:00"),  # over Easter, and summer time begins on the 28th
        ("2026-12-22T11:00", 10, "2027-01-11T16:00"),  # over the turn of the year
        ("2023-05-04T11:00", 1, "2023-05-08T16:00"),  # store bededag was still a holiday
        ("2024-04-25T11:00", 1, "2024-04-26T16:00"),  # and was no longer
        ("2026-06-04T11:00", 1, "2026-06-08T16:00"),  # constitution day
        ("2026-03-06T23:59", 1, "2026-03-09T16:00"),  # late on a Friday
    ],
)
def test_working_days_skip_what_denmark_keeps_closed(sent, working_days, due):
    assert due_at(danish(sent), working_days=working_days) == danish(due)


def test_half_past_midnight_in_denmark_is_counted_from_the_danish_day():
    early_on_monday = datetime(2026, 3, 1, 23, 30, tzinfo=UTC)

    assert due_at(early_on_monday, working_days=1) == danish("2026-03-03T16:00")


def test_the_closing_hour_is_the_one_on_the_wall_in_summer_and_winter():
    winter = due_at(danish("2027-03-24T11:00"), working_days=0)
    summer = due_at(danish("2027-03-24T11:00"), working_days=1)

    assert (winter.astimezone(UTC).hour, summer.astimezone(UTC).hour) == (15, 14)


@pytest.mark.parametrize(
    ("asked", "hours", "due"),
    [
        ("2026-03-03T10:15", 4, "2026-03-03T14:15"),
        ("2026-03-03T12:00", 4, "2026-03-03T16:00"),  # ends as the door closes
        ("2026-03-03T12:01", 4, "2026-03-04T09:01"),
        ("2026-03-06T15:00", 4, "2026-03-09T12:00"),  # Friday afternoon goes on on Monday
        ("2026-03-07T12:00", 2, "2026-03-09T11:00"),  # Saturday
        ("2026-03-03T06:00", 2, "2026-03-03T11:00"),  # before the door opens
        ("2026-03-03T20:00", 2, "2026-03-04T11:00"),
        ("2026-12-23T15:00", 2, "2026-12-28T10:00"),
        ("2026-03-03T09:00", 15, "2026-03-05T10:00"),
        ("2027-03-24T15:30", 1, "2027-03-30T09:30"),  # Easter lies between, and summer time
    ],
)
def test_urgent_hours_run_only_while_the_door_is_open(asked, hours, due):
    assert due_in_hours(danish(asked), hours) == danish(due)


def test_the_house_can_close_a_day_of_its_own_and_open_another():
    closed = ClosedDays(extra=frozenset({date(2026, 3, 3)}), open_anyway=frozenset({date(2026, 3, 7)}))

    found = [add_working_days(date(2026, 3, 2), n, closed) for n in (1, 4, 5)]

    assert found == [date(2026, 3, 4), date(2026, 3, 7), date(2026, 3, 9)]


def test_a_house_can_work_on_the_days_closed_by_custom():
    no_custom = ClosedDays(yearly=frozenset())

    assert is_working_day(date(2026, 12, 24), no_custom)
    assert not is_working_day(date(2026, 12, 24))


def test_the_great_prayer_day_left_the_calendar_after_2023():
    assert (len(public_holidays(2023)), len(public_holidays(2024))) == (11, 10)


def test_an_agreed_day_that_is_closed_moves_to_the_next_open_one():
    assert due_on(date(2026, 4, 2)) == danish("2026-04-07T16:00")


def test_a_day_with_an_hour_is_still_that_day():
    assert day_of(datetime(2026, 3, 1, 23, 30, tzinfo=UTC)) == day_of(date(2026, 3, 2)) == date(2026, 3, 2)


@pytest.mark.parametrize(
    "refused",
    [
        lambda: add_working_days(date(2026, 3, 2), -1),
        lambda: due_at(datetime(2026, 3, 2, 12), working_days=1),  # noqa: DTZ001
        lambda: due_in_hours(danish("2026-03-02T12:00"), 0),
        lambda: due_in_hours(danish("2026-03-02T12:00"), 1, opening=(time(9), time(9))),
    ],
    ids=["backwards", "no zone", "no hours", "never open"],
)
def test_what_cannot_be_counted_is_refused(refused):
    with pytest.raises(ValueError, match=r"."):
        refused()


@given(days, counts)
def test_the_nth_working_day_is_open_and_has_n_open_days_behind_it(day, n):
    found = add_working_days(day, n)

    between = (day + timedelta(days=ahead) for ahead in range(1, (found - day).days + 1))
    assert is_working_day(found)
    assert n == 0 or sum(map(is_working_day, between)) == n


@given(days, counts, counts)
def test_working_days_add_up(day, some, more):
    start = working_day_on_or_after(day)

    assert add_working_days(add_working_days(start, some), more) == add_working_days(start, some + more)


@given(moments, counts, closings)
def test_a_deadline_is_ahead_on_an_open_day_at_the_hour_on_the_wall(moment, n, closing):
    due = due_at(moment, working_days=n, closing=closing)

    assert due > moment
    assert is_working_day(local_day(due))
    assert due.time() == closing
    assert n == 0 or local_day(due) == add_working_days(local_day(moment), n)


@given(moments, st.timedeltas(timedelta(0), timedelta(days=9)), counts)
def test_a_later_start_never_gives_an_earlier_deadline(moment, later, n):
    assert due_at(moment, working_days=n) <= due_at(moment + later, working_days=n)


@given(moments, st.integers(1, 40), openings)
def test_open_hours_end_inside_the_opening_hours_of_an_open_day(moment, hours, opening):
    due = due_in_hours(moment, hours, opening=opening)

    assert due > moment
    assert is_working_day(local_day(due))
    assert opening[0] < due.time() <= opening[1]


@given(quarters_of_hours, st.integers(1, 12))
def test_so_many_hours_are_open_between_start_and_end(start, hours):
    end = due_in_hours(start, hours)

    quarters = range(int((end - start) / timedelta(minutes=15)))
    assert sum(_is_open(start + n * timedelta(minutes=15)) for n in quarters) == 4 * hours


def _is_open(moment: datetime) -> bool:
    on_the_wall = moment.astimezone(HOUSE_ZONE)
    return on_the_wall.date() not in DANISH and OPENING_HOURS[0] <= on_the_wall.time() < CLOSING
