from datetime import date, datetime

import pytest
from django.utils import translation

from brobygger.foundation.spoken import clock, overdue, spoken, spoken_day, spoken_short

TUESDAY = date(2026, 11, 24)
TUESDAY_MORNING = datetime(2026, 11, 24, 9, 12)  # noqa: DTZ001 — moments arrive in the reader's own zone


@pytest.fixture(autouse=True)
def _in_danish():
    with translation.override("da"):
        yield


def moment(month: int, day: int, hour: int, minute: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (moment(11, 24, 16, 30), "i dag kl.\xa016.30"),
        (moment(11, 24, 0, 5), "i dag kl.\xa00.05"),
        (moment(11, 25, 16, 0), "i morgen kl.\xa016"),
        (moment(11, 23, 15, 40), "i går kl.\xa015.40"),
        (moment(11, 22, 23, 59), "for 2\xa0dage siden"),
        (moment(11, 19, 11, 5), "for 5\xa0dage siden"),
        (moment(11, 26, 16, 30), "torsdag den 26.\xa0november kl.\xa016.30"),
        (moment(1, 7, 10, 0, year=2027), "torsdag den 7.\xa0januar\xa02027 kl.\xa010"),
    ],
)
def test_a_moment_is_said_as_people_say_it(at, words):
    assert spoken(at, now=TUESDAY_MORNING) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 11), "for 13\xa0dage siden"),
        (date(2026, 11, 10), "for 2\xa0uger siden"),
        (date(2026, 9, 30), "for 7\xa0uger siden"),
        (date(2026, 9, 29), "den 29.\xa0september"),
        (date(2025, 11, 24), "den 24.\xa0november\xa02025"),
        (date(2026, 12, 31), "torsdag den 31.\xa0december"),
    ],
)
def test_a_day_is_counted_while_it_is_near_and_named_when_it_is_far(day, words):
    assert spoken_day(day, today=TUESDAY) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 23), "i går"),
        (date(2026, 11, 17), "for 7\xa0dage siden"),
        (date(2026, 11, 16), "16.\xa0nov."),
        (date(2026, 11, 26), "26.\xa0nov."),
        (date(2025, 10, 2), "2.\xa0okt.\xa02025"),
    ],
)
def test_where_there_is_little_room_the_month_is_short(day, words):
    assert spoken_short(day, today=TUESDAY) == words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 11, 22), "2\xa0dage over"),
        (date(2026, 11, 23), "1\xa0dag over"),
        (TUESDAY, ""),
        (date(2026, 11, 25), ""),
    ],
)
def test_only_what_is_past_is_overdue(day, words):
    assert overdue(day, today=TUESDAY) == words


def test_midnight_is_the_day_that_begins():
    assert spoken(moment(11, 25, 0, 0), now=moment(11, 24, 23, 59)) == "i morgen kl.\xa00"


def test_no_space_inside_a_clock_or_a_date_lets_the_line_break():
    assert " " not in clock(TUESDAY_MORNING)
    assert spoken_short(date(2026, 1, 2), today=TUESDAY).split(" ") == ["2.\xa0jan."]
