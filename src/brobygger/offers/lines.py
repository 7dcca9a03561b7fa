"""One offer in words: the short lines of a list, and the badge that says whether there is room.

Everything is told in the reader's language. An empty text means that nobody has told us.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum

from django.utils.translation import gettext as _

from brobygger.engine.fit import spoken
from brobygger.engine.fit.constraints import CONFIRMED_FOR, Constraint
from brobygger.engine.fit.values import OfferFacts, Places, PlacesKind
from brobygger.engine.words import Phrase, Word, gettext_noop


class Tone(StrEnum):
    """How a badge is drawn: sky where there is room, plain otherwise."""

    SKY = "sky"
    PLAIN = ""


@dataclass(frozen=True, slots=True)
class Badge:
    """What a worker sees before sending (OFF-03). `doubt` = since when nobody has confirmed it."""

    text: str
    tone: Tone = Tone.PLAIN
    doubt: str = ""


ASKED = {
    Constraint.NEED: gettext_noop("hvad det handler om"),
    Constraint.DISTANCE: gettext_noop("sted"),
    Constraint.TIMES: gettext_noop("tid"),
    Constraint.AGE: gettext_noop("alder"),
    Constraint.LANGUAGE: gettext_noop("sprog"),
    Constraint.PRICE: gettext_noop("pris"),
    Constraint.STEP_FREE: gettext_noop("trapper"),
}
TOO_MANY_PLACES = 3
NO_BADGE = Badge("")
OPEN_DOOR, TALK_FIRST = gettext_noop("Kom bare"), gettext_noop("Samtale først")
FULL, WAITING_LIST = gettext_noop("Fuldt"), gettext_noop("Venteliste")
FULL_UNTIL, LIST_UNTIL = gettext_noop("Fuldt til %(day)s"), gettext_noop("Venteliste til %(day)s")


def said(word: Word) -> str:
    """Read a phrase of the engine aloud, beginning as a sentence does."""
    text = read(word)
    return text[:1].upper() + text[1:]


def times(offer: OfferFacts) -> str:
    """Such as "Tirsdag kl. 10–12", "Tiden aftales", or nothing."""
    if offer.slots is None:
        return ""
    if not offer.slots:
        return _("Tiden aftales")
    return said(spoken.slots([(slot.weekday, slot.from_, slot.until) for slot in offer.slots]))


def price(offer: OfferFacts) -> str:
    """Such as "Gratis", "50 kr. pr. gang", or nothing."""
    if offer.price is None:
        return ""
    if offer.price.ore == 0:
        return _("Gratis")
    return _("%(price)s pr. gang") % {"price": spoken.money(offer.price.ore).text(_)}


def ages(offer: OfferFacts) -> str:
    """Such as "6–12 år", "alle aldre", or nothing."""
    if offer.ages is None:
        return ""
    if offer.ages.is_for_everyone:
        return _("alle aldre")
    return spoken.age_span(offer.ages.from_, offer.ages.until).text(_)


def languages(offer: OfferFacts) -> str:
    if offer.languages is None:
        return ""
    return said(spoken.languages(sorted(offer.languages))) if offer.languages else _("Alle sprog")


def who(offer: OfferFacts) -> str:
    """The limits the offer sets for people: "Kun for kvinder, 18–25 år, bor i 2400"; or nothing known."""
    limits = [ages(offer)]
    if offer.genders:
        limits.insert(0, _("kun for %(genders)s") % {"genders": read(spoken.genders(sorted(offer.genders)))})
    if offer.areas:
        limits.append(_("bor i %(areas)s") % {"areas": read(spoken.all_of(sorted(offer.areas)))})
    told = _(", ").join(limit for limit in limits if limit)
    return told[:1].upper() + told[1:]


def places(told: Sequence[str]) -> str:
    """The first place, and how many more there are."""
    if len(told) < TOO_MANY_PLACES:
        return read(spoken.all_of(told)) if told else ""
    more = {"place": told[0], "more": len(told) - 1}
    return _("%(place)s og %(more)s andre steder") % more


def clock(at: time) -> str:
    """
    >>> clock(time(9)), clock(time(9, 30))
    ('9', '9.30')
    """
    if not at.minute:  # a text too: there are languages that write "16:00"
        return _("%(hour)s") % {"hour": at.hour}
    return _("%(hour)s.%(minute)s") % {"hour": at.hour, "minute": f"{at.minute:02}"}


def not_told(unknown: Constraint) -> str:
    """What nobody has told, as a list of words."""
    return read(spoken.all_of([Phrase(ASKED[one]) for one in unknown])) if unknown else ""


def badge(offer: OfferFacts, *, on: date) -> Badge:
    """Whether one can go there at all, and if so, whether there is room."""
    closed = when_closed(offer, on=on)
    if closed:
        return Badge(closed)
    return _room(offer.places, on=on) if offer.places else NO_BADGE


def when_closed(offer: OfferFacts, *, on: date) -> str:
    """Such as "Åbner 10. august", "Holder pause" or "Lukket"; nothing for an offer that is open.

    To such an offer nobody can be sent, but it stays visible (OFF-03).
    """
    if offer.opens_on and offer.opens_on > on:
        return _("Åbner %(day)s") % {"day": spoken.day(offer.opens_on.isoformat()).text(_)}
    if offer.paused:
        return _("Holder pause")
    if offer.closes_on and offer.closes_on <= on:
        return _("Lukket")
    return ""


def _room(places: Places, *, on: date) -> Badge:
    if places.kind == PlacesKind.OPEN_DOOR:
        return Badge(_(OPEN_DOOR), Tone.SKY)
    if places.kind == PlacesKind.TALK_FIRST:  # a talk decides, so there is no number to confirm
        return Badge(_(TALK_FIRST))
    if places.next_on and places.next_on > on:
        template = FULL_UNTIL if places.kind == PlacesKind.FULL else LIST_UNTIL
        return Badge(_(template) % {"day": spoken.day(places.next_on.isoformat()).text(_)})
    doubt = _doubt(places, on=on)
    if places.kind == PlacesKind.FREE:
        return Badge(spoken.free_places(places.free).text(_), Tone.PLAIN if doubt else Tone.SKY, doubt)
    return Badge(_(FULL if places.kind == PlacesKind.FULL else WAITING_LIST), doubt=doubt)


def _doubt(places: Places, *, on: date) -> str:
    if places.confirmed_on is None:
        return _("ikke bekræftet")
    if places.confirmed_on >= on - CONFIRMED_FOR and places.next_on is None:
        return ""
    day = spoken.day_and_year(places.confirmed_on.isoformat()).text(_)
    return _("ikke bekræftet siden %(day)s") % {"day": day}


def read(word: Word) -> str:
    return word.text(_) if isinstance(word, Phrase) else str(word)
