"""How the day is laid out: the one next thing, who else waits, the rest, and where others owe an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.utils import timezone
from django.utils.dates import MONTHS, WEEKDAYS
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from brobygger.foundation.cards import Hand, TodayCard
from brobygger.foundation.days import HOUSE_ZONE
from brobygger.foundation.spoken import clock, overdue, spoken_short

MORNING, EVENING, NIGHT = 10, 18, 4
END_OF_DAY, A_WEEK = time(23, 59), 7


@dataclass(frozen=True, slots=True)
class Line:
    """A card with its time as spoken: `late` is "2 dage over", or nothing."""

    card: TodayCard
    when: str
    late: str


@dataclass(frozen=True, slots=True)
class Day:
    """Every card once. `first` and `waiting` are ours to do; `rest` is today, `soon` the days after."""

    first: Line | None
    waiting: tuple[Line, ...]
    rest: tuple[Line, ...]
    soon: tuple[Line, ...]
    theirs: tuple[Line, ...]

    @property
    def waiting_on_me(self) -> int:
        return len(self.waiting) + (self.first is not None)

    @property
    def is_quiet(self) -> bool:
        return self.first is None


def laid_out(cards: Iterable[TodayCard], *, now: datetime) -> Day:
    """Sort cards into the parts of the day. Two cards with one key are one card (SIT-07)."""
    today = timezone.localdate(now)
    once = {card.key: card for card in cards}
    lines = [_line(card, now) for card in sorted(once.values(), key=_urgency)]
    ours = [line for line in lines if line.card.hand is Hand.US and line.card.day <= today]
    others = [line for line in lines if line.card.hand is not Hand.THEM and line not in ours]
    return Day(
        first=ours[0] if ours else None,
        waiting=tuple(ours[1:]),
        rest=tuple(line for line in others if line.card.day <= today),
        soon=tuple(line for line in others if line.card.day > today),
        theirs=tuple(line for line in lines if line.card.hand is Hand.THEM),
    )


def greeting(name: str, *, now: datetime) -> str:
    hour = timezone.localtime(now).hour
    if NIGHT <= hour < MORNING:
        return _("Godmorgen, %(name)s") % {"name": name}
    if MORNING <= hour < EVENING:
        return _("Goddag, %(name)s") % {"name": name}
    return _("Godaften, %(name)s") % {"name": name}


def how_the_day_is(day: Day, *, today: date) -> str:
    """One or two sentences: which day it is, how many wait for me, how many owe us an answer."""
    parts = [
        _("%(weekday)s den %(day)d. %(month)s.")
        % {
            "weekday": capfirst(str(WEEKDAYS[today.weekday()])),
            "day": today.day,
            "month": MONTHS[today.month],
        }
    ]
    mine, theirs = day.waiting_on_me, len(day.theirs)
    if mine:
        parts.append(
            ngettext("Én ting venter på dig.", "%(count)d ting venter på dig.", mine) % {"count": mine}
        )
    if theirs:
        parts.append(
            ngettext("Et svar mangler fra andre.", "%(count)d svar mangler fra andre.", theirs)
            % {"count": theirs}
        )
    return " ".join(parts)


def waits_until(line: Line, *, now: datetime) -> str:
    """The line above the one next thing: until when it waits for me, or for how long it has."""
    if line.late:
        return _("Venter på dig: %(late)s") % {"late": line.late}
    if line.card.at:
        return _("Venter på dig inden %(when)s") % {"when": line.when}
    return _("Venter på dig i dag")


def _urgency(card: TodayCard) -> tuple[datetime, str]:
    """By due moment; what is due on a day without an hour comes last that day."""
    end = datetime.combine(card.day, END_OF_DAY, HOUSE_ZONE)
    return card.at or end, card.key


def _line(card: TodayCard, now: datetime) -> Line:
    today = timezone.localdate(now)
    if card.at and card.day == today:
        when = clock(timezone.localtime(card.at))
    elif card.at and card.day > today:
        when = f"{_named(card.day, today)} {clock(timezone.localtime(card.at))}"
    else:
        when = _named(card.day, today)
    return Line(card, when, overdue(card.day, today=today))


def _named(day: date, today: date) -> str:
    """A day within a week of today by its name, for there is little room beside a card."""
    if 1 < abs((day - today).days) < A_WEEK:
        return str(WEEKDAYS[day.weekday()])
    return spoken_short(day, today=today)
