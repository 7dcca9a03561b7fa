"""How the day is laid out, without a database: moments in, parts of the day out (SIT-07)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from brobygger.foundation.cards import Hand, TodayCard
from brobygger.site.today import greeting, how_the_day_is, laid_out, waits_until

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # nine o'clock in Denmark, a Tuesday
TODAY = date(2026, 11, 24)


def card(key: str, *, days: int = 0, hand: Hand = Hand.US, at: datetime | None = None) -> TodayCard:
    return TodayCard(
        key=key,
        day=TODAY + timedelta(days=days),
        title=key,
        text="",
        href="/",
        hand=hand,
        whose="Maja",
        at=at,
    )


def keys(lines) -> list[str]:
    return [line.card.key for line in lines]


@pytest.mark.feature("SIT-07")
def test_the_one_next_thing_is_what_has_waited_longest():
    day = laid_out([card("i dag"), card("i går", days=-1), card("i morgen", days=1)], now=NOW)

    assert day.first is not None
    assert day.first.card.key == "i går"
    assert (keys(day.waiting), keys(day.soon)) == (["i dag"], ["i morgen"])


def test_an_hour_comes_before_a_day_without_one():
    day = laid_out([card("engang i dag"), card("kl. 10", at=NOW + timedelta(hours=1))], now=NOW)

    assert day.first is not None
    assert (day.first.card.key, day.first.when) == ("kl. 10", "kl.\xa010")


@pytest.mark.feature("SIT-07")
def test_nothing_is_shown_twice_and_nothing_is_left_out():
    hands = [Hand.US, Hand.THEM, Hand.YOU, Hand.NONE]
    cards = [card(f"{hand}{days}", hand=hand, days=days) for hand in hands for days in (-1, 0, 1)]

    day = laid_out([*cards, *cards], now=NOW)

    assert day.first is not None
    shown = [*keys([day.first]), *keys(day.waiting), *keys(day.rest), *keys(day.soon), *keys(day.theirs)]
    assert sorted(shown) == sorted(one.key for one in cards)


def test_where_others_owe_an_answer_one_is_not_asked_to_act():
    day = laid_out([card("klubben", hand=Hand.THEM, days=-3)], now=NOW)

    assert day.is_quiet
    assert keys(day.theirs) == ["klubben"]


def test_a_meeting_today_belongs_to_the_rest_of_the_day():
    day = laid_out([card("mødet", hand=Hand.NONE, at=NOW + timedelta(hours=6))], now=NOW)

    assert [line.when for line in day.rest] == ["kl.\xa015"]


def test_days_are_named_so_that_they_fit_beside_a_card():
    day = laid_out([card("a", days=1), card("b", days=2), card("c", days=8)], now=NOW)

    assert [line.when for line in day.soon] == ["i morgen", "torsdag", "2.\xa0dec."]


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (card("a", days=-2), "Venter på dig: 2\xa0dage over"),
        (card("b", at=NOW + timedelta(minutes=30)), "Venter på dig inden kl.\xa09.30"),
        (card("c"), "Venter på dig i dag"),
    ],
)
def test_the_next_thing_says_until_when_it_waits(one, words):
    first = laid_out([one], now=NOW).first

    assert first is not None
    assert waits_until(first, now=NOW) == words


def test_the_day_is_told_in_a_sentence():
    day = laid_out([card("a"), card("b"), card("c", hand=Hand.THEM)], now=NOW)

    assert how_the_day_is(day, today=TODAY) == (
        "Tirsdag den 24. november. 2 ting venter på dig. Et svar mangler fra andre."
    )


@pytest.mark.parametrize(
    ("hour", "words"),
    [(4, "Godmorgen, Maja"), (12, "Goddag, Maja"), (19, "Godaften, Maja"), (1, "Godaften, Maja")],
)
def test_one_is_greeted_by_the_danish_clock(hour, words):
    assert greeting("Maja", now=datetime(2026, 11, 24, hour, 0, tzinfo=UTC)) == words
