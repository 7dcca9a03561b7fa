"""Amounts, times and lists as one says them; what another language writes otherwise is its own phrase."""

from collections.abc import Iterable, Sequence
from datetime import date

from brobygger.engine.fit.values import Gender
from brobygger.engine.words import Language, Phrase, Word
from brobygger.engine.words import gettext_noop as _

WEEKDAYS = (
    _("mandag"),
    _("tirsdag"),
    _("onsdag"),
    _("torsdag"),
    _("fredag"),
    _("lørdag"),
    _("søndag"),
)
DATES = (
    _("%(day)s. januar"),
    _("%(day)s. februar"),
    _("%(day)s. marts"),
    _("%(day)s. april"),
    _("%(day)s. maj"),
    _("%(day)s. juni"),
    _("%(day)s. juli"),
    _("%(day)s. august"),
    _("%(day)s. september"),
    _("%(day)s. oktober"),
    _("%(day)s. november"),
    _("%(day)s. december"),
)
TOO_FAR_TO_WALK = 45  # minutes; beyond it the distance is told instead
SLOTS_TOLD = 3


def all_of(words: Sequence[Word]) -> Word:
    """
    >>> all_of(["gæld", "børn", "sprog"]).text()
    'gæld, børn og sprog'
    """
    *first, last = words
    return Phrase(_("%(first)s og %(last)s"), {"first": commas(first), "last": last}) if first else last


def commas(words: Sequence[Word]) -> Word:
    *before, last = words
    return Phrase(_("%(first)s, %(last)s"), {"first": commas(before), "last": last}) if before else last


def languages(codes: Iterable[str]) -> Word:
    """
    >>> languages(["ar", "da", "tlh"]).text()
    'arabisk, dansk og tlh'
    """
    return all_of([Phrase(Language(code).label) if code in set(Language) else code for code in codes])


def genders(codes: Iterable[str]) -> Word:
    return all_of([Phrase(Gender(code).label) for code in codes])


def day(iso: str) -> Phrase:
    """
    >>> day("2026-01-07").text()
    '7. januar'
    """
    when = date.fromisoformat(iso)
    return Phrase(DATES[when.month - 1], {"day": when.day})


def day_and_year(iso: str) -> Phrase:
    return Phrase(_("%(day)s %(year)s"), {"day": day(iso), "year": date.fromisoformat(iso).year})


def money(ore: int) -> Phrase:
    """
    >>> money(5000).text(), money(1250).text()
    ('50 kr.', '12,50 kr.')
    """
    kroner, rest = divmod(ore, 100)
    if not rest:
        return Phrase(_("%(kroner)s kr."), {"kroner": kroner})
    return Phrase(_("%(kroner)s,%(ore)s kr."), {"kroner": kroner, "ore": f"{rest:02}"})


def minutes(count: int) -> Phrase:
    return Phrase(_("1 minut") if count == 1 else _("%(minutes)s minutter"), {"minutes": count})


def way(count: int, metres: int) -> Phrase:
    """
    >>> way(9, 500).text(), way(69, 4210).text()
    ('9 minutters gang', '4,2 km')
    """
    if count == 0:
        return Phrase(_("Lige ved døren"))
    if count == 1:
        return Phrase(_("1 minuts gang"))
    if count <= TOO_FAR_TO_WALK:
        return Phrase(_("%(minutes)s minutters gang"), {"minutes": count})
    whole, tenth = divmod((metres + 50) // 100, 10)
    return Phrase(_("%(whole)s,%(tenth)s km"), {"whole": whole, "tenth": tenth})


def free_places(count: int) -> Phrase:
    return Phrase(_("1 ledig plads") if count == 1 else _("%(free)s ledige pladser"), {"free": count})


def age_span(from_: int, until: int | None) -> Phrase:
    """
    >>> age_span(13, 18).text(), age_span(18, None).text(), age_span(0, 18).text()
    ('13–17 år', 'fra 18 år', 'til og med 17 år')
    """
    if until is None:
        return Phrase(_("fra %(from)s år"), {"from": from_})
    if from_ <= 0:
        return Phrase(_("til og med %(last)s år"), {"last": until - 1})
    return Phrase(_("%(from)s–%(last)s år"), {"from": from_, "last": until - 1})


def slots(told: Iterable[Sequence[int]]) -> Word:
    """Times of the week, each (weekday, from, until) in minutes; like days in a row are told together.

    >>> slots([(0, 540, 960), (1, 540, 960), (2, 540, 960), (3, 570, 660)]).text()
    'mandag–onsdag kl. 9–16 og torsdag kl. 9.30–11'
    """
    runs: list[list[int]] = []  # first day, last day, from, until
    for weekday, from_, until in sorted(tuple(slot) for slot in told):
        run = next((run for run in runs if run[1:] == [weekday - 1, from_, until]), None)
        if run:
            run[1] = weekday
        else:
            runs.append([weekday, weekday, from_, until])
    phrases = [_run(*run) for run in runs[:SLOTS_TOLD]]
    if len(runs) > SLOTS_TOLD:
        return Phrase(_("%(slots)s med flere"), {"slots": commas(phrases)})
    return all_of(phrases)


def _run(first: int, last: int, from_: int, until: int) -> Phrase:
    days: Word = Phrase(WEEKDAYS[first])
    if last > first:
        days = Phrase(_("%(first)s–%(last)s"), {"first": days, "last": Phrase(WEEKDAYS[last])})
    clock = {"days": days, "from": _clock(from_), "until": _clock(until)}
    return Phrase(_("%(days)s kl. %(from)s–%(until)s"), clock)


def _clock(minutes_: int) -> Word:
    hour, minute = divmod(minutes_, 60)
    if not minute:  # a sentence too: there are languages that write "16:00"
        return Phrase(_("%(hour)s"), {"hour": hour})
    return Phrase(_("%(hour)s.%(minute)s"), {"hour": hour, "minute": f"{minute:02}"})
