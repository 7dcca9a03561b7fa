"""One offer's page: the seven questions that anybody asks (OFF-01), each with an answer or left open."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from uuid import UUID

from django.utils.translation import gettext as _

from brobygger.engine.fit import spoken
from brobygger.engine.fit.values import OfferFacts
from brobygger.offers import lines, rules
from brobygger.offers.besides import NOTHING, Beside
from brobygger.offers.lines import NO_BADGE, Badge
from brobygger.offers.models import Location, Offer, Phone, Schedule
from brobygger.offers.terms import QueueKind, Theme


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is. `hours` are (weekday, "9–12, 13–17"), only where the place itself tells them.

    `middle` is where to look on the map ("722000,6179000"); empty where nobody has told, or nobody may know.
    """

    name: str
    address: str
    way_there: str
    access: str
    hours: tuple[tuple[str, str], ...]
    is_protected: bool = False
    middle: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One of the seven. Without texts and pairs nobody has told us, and the page says so."""

    heading: str
    texts: tuple[str, ...] = ()
    pairs: tuple[tuple[str, str], ...] = ()
    places: tuple[Place, ...] = ()

    @property
    def is_answered(self) -> bool:
        return bool(self.texts or self.pairs or self.places)


@dataclass(frozen=True, slots=True)
class Number:
    """A telephone number as written, and as a machine dials it."""

    written: str
    dialled: str
    about: str


@dataclass(frozen=True, slots=True)
class OfferPage:
    offer_id: UUID
    name: str
    alternate_name: str
    is_fictional: bool
    is_withdrawn: bool
    organisation_id: UUID
    organisation: str
    badge: Badge
    closed: str
    is_unclear: bool
    questions: tuple[Question, ...]
    numbers: tuple[Number, ...]
    email: str
    website: str
    source: str
    licence: str

    @property
    def has_hours(self) -> bool:
        """Whether any weekday is told, so that a calendar file has something to say."""
        return any(question.pairs or any(p.hours for p in question.places) for question in self.questions)

    @property
    def web(self) -> str:
        """The website as a link, if it is one; what else may stand there is only shown."""
        return self.website if self.website.startswith(("http://", "https://")) else ""


def of(
    offer: Offer,
    facts: OfferFacts | None,
    locations: Sequence[Location],
    hours: Sequence[Schedule],
    phones: Sequence[Phone],
    beside: Beside = NOTHING,
    *,
    on: date,
) -> OfferPage:
    """Put together what was read. `facts` is None for an offer that has been withdrawn."""
    known = facts or OfferFacts(id=offer.pk)
    organisation = offer.organisation
    return OfferPage(
        offer_id=offer.pk,
        name=offer.name,
        alternate_name=offer.alternate_name,
        is_fictional=offer.is_fictional,
        is_withdrawn=facts is None,
        organisation_id=offer.organisation_id,
        organisation=organisation.name,
        badge=lines.badge(known, on=on) if facts else NO_BADGE,
        closed=lines.when_closed(known, on=on) if facts else "",
        is_unclear=offer.unclear_since is not None,
        questions=_questions(offer, known, locations, hours, beside),
        numbers=numbers(phones, organisation.name),
        email=offer.email or organisation.email,
        website=offer.website or organisation.website,
        source=offer.source or organisation.source,
        licence=offer.licence or organisation.licence,
    )


def _middle(location: Location) -> str:
    return "" if location.easting is None else f"{location.easting},{location.northing}"


def place(location: Location) -> str:
    """A place in one line: "Bane 2, Smedetoften 4". Where people are in hiding, never more than its name."""
    named = location.name or location.alternate_name
    if location.is_protected:
        return ", ".join(part for part in (named, _("adressen er beskyttet")) if part)
    return ", ".join(part for part in (named, location.address or location.city) if part)


def _questions(
    offer: Offer,
    facts: OfferFacts,
    locations: Sequence[Location],
    hours: Sequence[Schedule],
    beside: Beside,
) -> tuple[Question, ...]:
    of_location = _weeks(hours)
    own = of_location.pop(None, ())
    agreed = (_("Tiden aftales."),) if offer.by_arrangement else ()
    themes = [_(Theme(code).label) for code in offer.themes if code in set(Theme)]
    about = (_("Handler om %(themes)s.") % {"themes": _listed(themes)},) if themes else ()
    price = lines.price(facts)
    return (
        Question(_("For hvem er det?"), _told(offer.eligibility_description, lines.who(facts), *beside.who)),
        Question(_("Hvad er det?"), _told(*_alert(offer), offer.description, *about)),
        Question(_("Hvor er det?"), places=_places(locations, of_location if not own else {}, beside.access)),
        Question(_("Hvornår er det?"), _told(*agreed, *_when(facts, own), *beside.when), own),
        Question(_("Hvad koster det?"), _told(price, offer.fees_description, *beside.cost)),
        Question(_("Hvilket sprog taler man?"), _told(lines.languages(facts), offer.interpretation_services)),
        Question(
            _("Hvordan kommer man med?"),
            _told(offer.application_process, _wait(offer), _queue(offer), *beside.how),
        ),
    )


def _told(*texts: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _when(facts: OfferFacts, own: Sequence[tuple[str, str]]) -> list[str]:
    """Only where the week is not told in full below: the opening hours of the place, in one line."""
    return [] if own or not facts.slots else [lines.times(facts)]


def _alert(offer: Offer) -> list[str]:
    return [_("Bemærk: %(what)s") % {"what": offer.alert}] if offer.alert else []


def _wait(offer: Offer) -> str:
    return _("Ventetid: %(wait)s") % {"wait": offer.wait_time} if offer.wait_time else ""


def _queue(offer: Offer) -> str:
    """The rule by which places are given to those who wait, where there is one."""
    if offer.queue == QueueKind.OWN_RULE:
        return _("Når der er fuldt, bliver man skrevet op. Pladserne fordeles sådan: %(rule)s") % {
            "rule": offer.queue_rule
        }
    if offer.has_queue:
        return _("Når der er fuldt, bliver man skrevet op efter den dag, man spurgte.")
    return ""


def _listed(words: Sequence[str]) -> str:
    return lines.read(spoken.all_of(words))


def _places(
    locations: Sequence[Location],
    hours: Mapping[UUID | None, tuple[tuple[str, str], ...]],
    said: Mapping[UUID, Sequence[str]],
) -> tuple[Place, ...]:
    access = {None: "", True: _("Trappefri adgang"), False: _("Der er trapper")}
    return tuple(
        Place(
            name=location.name or location.alternate_name,
            address=", ".join(
                part
                for part in (location.address, f"{location.postal_code} {location.city}".strip())
                if part and part not in location.address[1:] and not location.is_protected
            ),
            way_there="" if location.is_protected else location.transportation,
            access=". ".join(filter(None, [access[location.is_step_free], *said.get(location.pk, ())])),
            hours=hours.get(location.pk, ()),
            is_protected=location.is_protected,
            middle="" if location.is_protected else _middle(location),
        )
        for location in locations
    )


def _weeks(hours: Sequence[Schedule]) -> dict[UUID | None, tuple[tuple[str, str], ...]]:
    """The week of each place, and under None that of the offer itself: (weekday, hours) in order."""
    weeks = defaultdict[UUID | None, dict[int, list[Schedule]]](lambda: defaultdict(list))
    for row in hours:
        weeks[row.location_id][row.weekday].append(row)
    return {
        key: tuple((_day(weekday), _hours(rows)) for weekday, rows in sorted(week.items()))
        for key, week in weeks.items()
    }


def _day(weekday: int) -> str:
    return lines.said(_(spoken.WEEKDAYS[weekday]))


def _hours(rows: Sequence[Schedule]) -> str:
    told = [_span(row.opens_at, row.closes_at) for row in rows if row.opens_at and row.closes_at]
    notes = dict.fromkeys(row.description for row in rows if row.description)
    return ", ".join([*dict.fromkeys(told or [_("lukket")]), *notes])


def _span(opens: time, closes: time) -> str:
    """As it was written; what makes no sense is shown with a doubt."""
    span = f"{lines.clock(opens)}–{lines.clock(closes)}"
    is_understood = any(rules.slots_between(0, opens, closes))
    return span if is_understood else _("%(span)s (spørg, om det er rigtigt)") % {"span": span}


def numbers(phones: Sequence[Phone], organisation: str) -> tuple[Number, ...]:
    """Each number once, the offer's own first, then its places', then the organisation's."""
    nearest = sorted(phones, key=lambda one: (one.offer_id is None, one.location_id is None))
    found: dict[str, Number] = {}
    for phone in nearest:
        dialled = rules.dialled(phone.number)
        about = phone.description or ("" if phone.offer_id or phone.location_id else organisation)
        written = phone.number
        if phone.extension:  # "lokal" is Danish for a telephone extension
            written = _("%(number)s lokal %(extension)s") % {"number": written, "extension": phone.extension}
        found.setdefault(dialled or phone.number, Number(written, dialled, about))
    return tuple(found.values())
