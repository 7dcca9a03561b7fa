"""Plain values that travel through sockets: what is drawn on I dag and in the navigation."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Hand(StrEnum):
    """Whose hand it is in: our bank, the other bank, the resident, or nobody until a date."""

    US = "us"
    THEM = "them"
    YOU = "you"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class TodayCard:
    """One thing with a date: when, about whom, what, and the one press that moves it on.

    `day` is a local date; `at` is given only if there is an hour. `step` 0-4 draws a small span.
    """

    key: str
    day: date
    title: str
    text: str
    href: str
    hand: Hand
    whose: str
    at: datetime | None = None
    press: str = ""
    step: int | None = None


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """An entry of the main menu. `label` is Danish and translated when drawn; `roles` empty = all members."""

    order: int
    label: str
    url_name: str
    icon: str
    path: str
    roles: frozenset[str] = frozenset()
