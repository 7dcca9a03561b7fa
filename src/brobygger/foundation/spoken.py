"""Moments and days as people say them: "i morgen kl. 16.30", not "25-11-2026 16:30".

Pure but for the language: the present is handed in, and the words come from the active translation.
Moments must already be in the reader's own time zone. Spaces inside a clock or a date do not break.
"""

from datetime import date, datetime

from django.utils.dates import MONTHS, MONTHS_AP, WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

A_WEEK = 7
COUNTED_IN_DAYS = 13
COUNTED_IN_WEEKS = 55
HARD_SPACE = "\xa0"


def spoken(at: datetime, *, now: datetime) -> str:
    """Say a moment. Yesterday, today and all that is to come keep their hour; older moments lose it.

    >>> spoken(datetime(2026, 11, 25, 16, 30), now=datetime(2026, 11, 24, 9))
    'i morgen kl.\\xa016.30'
    """
    day = spoken_day(at.date(), today=now.date())
    if (now.date() - at.date()).days > 1:
        return day
    return _("%(day)s %(clock)s") % {"day": day, "clock": clock(at)}


def spoken_day(day: date, *, today: date) -> str:
    """Say a day. What is past is counted in days, then weeks; what is to come is named.

    >>> spoken_day(date(2026, 11, 26), today=date(2026, 11, 24))
    'torsdag den 26.\\xa0november'
    """
    near = _near_day((day - today).days)
    if near:
        return near
    gone = (today - day).days
    if 0 < gone <= COUNTED_IN_WEEKS:
        return _gone_by(gone)
    named = {"weekday": WEEKDAYS[day.weekday()], "date": _date(day, today=today)}
    if gone > 0:
        return _("den %(date)s") % named
    return _("%(weekday)s den %(date)s") % named


def spoken_short(day: date, *, today: date) -> str:
    """Say a day where there is little room: "i går", "for 5 dage siden", "10. nov." or "10. nov. 2025"."""
    near = _near_day((day - today).days)
    if near:
        return near
    gone = (today - day).days
    if 0 < gone <= A_WEEK:
        return _gone_by(gone)
    return _date(day, today=today, months=MONTHS_AP)


def overdue(day: date, *, today: date) -> str:
    """Say by how many days a day is past: "2 dage over"; an empty text if it is not.

    >>> overdue(date(2026, 11, 22), today=date(2026, 11, 24))
    '2\\xa0dage over'
    """
    days = (today - day).days
    if days <= 0:
        return ""
    return _counted(ngettext("%(count)d dag over", "%(count)d dage over", days), days)


def clock(at: datetime) -> str:
    """Say the hour: "kl. 16.30", and "kl. 16" on the stroke."""
    if at.minute == 0:
        return _unbroken(_("kl. %(hour)d") % {"hour": at.hour})
    return _unbroken(_("kl. %(hour)d.%(minute)02d") % {"hour": at.hour, "minute": at.minute})


def _near_day(days_ahead: int) -> str:
    return {-1: _("i går"), 0: _("i dag"), 1: _("i morgen")}.get(days_ahead, "")


def _gone_by(days: int) -> str:
    if days <= COUNTED_IN_DAYS:
        return _counted(ngettext("for %(count)d dag siden", "for %(count)d dage siden", days), days)
    weeks = days // A_WEEK
    return _counted(ngettext("for %(count)d uge siden", "for %(count)d uger siden", weeks), weeks)


def _date(day: date, *, today: date, months: dict[int, str] = MONTHS) -> str:
    """The year is said only where it is another."""
    parts = {"day": day.day, "month": months[day.month], "year": day.year}
    if day.year == today.year:
        return _unbroken(_("%(day)d. %(month)s") % parts)
    return _unbroken(_("%(day)d. %(month)s %(year)d") % parts)


def _counted(words: str, count: int) -> str:
    """A number and what it counts stay on one line."""
    return (words % {"count": count}).replace(f"{count} ", f"{count}{HARD_SPACE}")


def _unbroken(words: str) -> str:
    # Put in here, not in the texts to translate: the tool that collects them loses escaped spaces.
    return words.replace(" ", HARD_SPACE)
