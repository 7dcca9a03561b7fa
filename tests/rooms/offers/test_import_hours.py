"""Opening hours as people write them."""

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brobygger.offers import hours


def told(text: str) -> dict[int, list[str]]:
    """{weekday: ["09:00-17:00"]}, for comparing."""
    return {
        day.weekday: [f"{opens:%H:%M}-{closes:%H:%M}" for opens, closes in day.spans]
        for day in hours.week_in(text).days
    }


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("Sunday: Closed Monday: 9:00-17:00", {6: [], 0: ["09:00-17:00"]}),
        ("Tuesday: 8:30-12:00 , 13:00-17:00", {1: ["08:30-12:00", "13:00-17:00"]}),
        ("Wednesday: 9am-5pm", {2: ["09:00-17:00"]}),
        ("Thursday 9 a.m. to noon", {3: ["09:00-12:00"]}),
        ("Fri 1-5pm", {4: ["13:00-17:00"]}),
        ("Friday: 10:00 AM - 2", {4: ["10:00-14:00"]}),
        ("Sat: 24 hours", {5: ["00:00-23:59"]}),
        ("Monday: 16:00-24:00", {0: ["16:00-23:59"]}),
        ("mandag kl. 9.00 – 15.30", {0: ["09:00-15:30"]}),
        ("Man-ons kl. 10-14", {0: ["10:00-14:00"], 1: ["10:00-14:00"], 2: ["10:00-14:00"]}),
        ("lør-man 10-12", {5: ["10:00-12:00"], 6: ["10:00-12:00"], 0: ["10:00-12:00"]}),
        ("Tirsdag og torsdag: 17-19", {1: ["17:00-19:00"], 3: ["17:00-19:00"]}),
        ("Torsdage kl. 17-19", {3: ["17:00-19:00"]}),
        ("kl. 9-16 fredag", {4: ["09:00-16:00"]}),
        ("Weekend lukket", {5: [], 6: []}),
        ("Friday: 22:00-02:00", {4: ["22:00-02:00"]}),
    ],
)
def test_days_and_times_are_read(text, week):
    assert told(text) == week
    assert hours.week_in(text).left == ()


def test_open_round_the_clock_is_every_day():
    assert told("Døgnåbent") == {day: ["00:00-23:59"] for day in range(7)}


@pytest.mark.parametrize(
    "text",
    [
        "Ring og hør",
        "Tirsdag i lige uger kl. 10-12",
        "Monday: by appointment",
        "Monday: 25:00-26:00",
        "Monday: 9:00-",
        "Monday: 9:75-10:00",
    ],
)
def test_what_is_in_doubt_is_handed_back_as_it_was_written(text):
    week = hours.week_in(text)

    assert week.days == ()
    assert week.left == (text,)


def test_one_unreadable_day_does_not_spoil_the_others():
    week = hours.week_in("Monday: 9:00-17:00 Tuesday: maybe Friday: closed")

    assert [day.weekday for day in week.days] == [0, 4]
    assert week.left == ("Tuesday: maybe",)


def test_closing_before_opening_is_told_apart():
    assert hours.is_odd((time(10), time(4)))
    assert not hours.is_odd((time(10), time(16)))


@given(st.text(max_size=300))
def test_no_text_is_too_strange_to_be_read(text):
    week = hours.week_in(text)

    assert all(0 <= day.weekday <= 6 for day in week.days)
    assert week.days or week.left or not text.strip(" \t\n.,;|") or hours.week_in(text).days == ()


@given(st.text(alphabet="MonTueday man-fre:.,;/ 0123456789apm", max_size=80))
def test_what_looks_like_hours_is_read_or_handed_back(text):
    for day in hours.week_in(text).days:
        assert all(len(span) == 2 for span in day.spans)
