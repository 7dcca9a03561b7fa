"""What a resident has told, as fit wants it and in words, fact by fact, so that each can be left out.

Nothing is guessed: a fact nobody has asked for is None, and the offers' questions about it become "spørg".
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from brobygger.engine.fit import spoken
from brobygger.engine.fit.values import HALF_HOURS, Gender, Person, Slot, WeekTimes
from brobygger.engine.quantities import Money, Point
from brobygger.engine.words import Word, gettext_noop
from brobygger.offers import lines
from brobygger.offers.rules import PARTS, are_postal
from brobygger.offers.terms import PartOfDay
from brobygger.residents.models import Need, Resident

# One tick on the page and the facts of a `Person` that go with it. Without the home there is no area either.
TICKS: Mapping[str, tuple[str, ...]] = {
    "home": ("home", "areas"),
    "max_minutes": ("max_minutes",),
    "times": ("times",),
    "age": ("age",),
    "languages": ("languages",),
    "needs_step_free": ("needs_step_free",),
    "gender": ("gender",),
    "max_price": ("max_price",),
    "wait_until": ("wait_until",),
}
LABELS = {
    "home": gettext_noop("Bor nær"),
    "max_minutes": gettext_noop("Vil gå højst"),
    "times": gettext_noop("Har tid"),
    "age": gettext_noop("Alder"),
    "languages": gettext_noop("Klarer sig på"),
    "needs_step_free": gettext_noop("Trapper"),
    "gender": gettext_noop("Køn"),
    "max_price": gettext_noop("Kan betale højst"),
    "wait_until": gettext_noop("Kan vente til"),
}
WORDS_FOR_GENDER = {
    Gender.WOMAN: gettext_noop("kvinde"),
    Gender.MAN: gettext_noop("mand"),
    Gender.OTHER: gettext_noop("andet"),
}


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing the resident has told, in words. `is_tried`: said only to see what would happen."""

    name: str
    label: str
    value: str
    is_ticked: bool
    is_tried: bool = False


def person_of(need: Need, *, on: date) -> Person:
    """The facts of one need and its resident, as of a day."""
    resident = need.resident
    home = resident.home
    is_area_known = home is not None and are_postal([home.postal_code])
    return Person(
        today=on,
        themes=frozenset({need.theme}),
        home=Point(home.easting, home.northing) if home else None,
        max_minutes=resident.max_minutes,
        times=_times(resident.free_times or ()),
        age=None if resident.birth_year is None else age_in(resident.birth_year, on=on),
        languages=frozenset(resident.languages) if resident.languages else None,
        needs_step_free=resident.needs_step_free,
        gender=Gender(resident.gender) if resident.gender else None,
        areas=frozenset({home.postal_code}) if home and is_area_known else None,
        max_price=None if resident.max_price is None else Money(resident.max_price),
    )


def age_in(birth_year: int, *, on: date) -> int:
    """The age a person reaches in the year of that day. We ask for no birthday.

    >>> age_in(2017, on=date(2026, 1, 1))
    9
    """
    return max(0, on.year - birth_year)


def facts_of(resident: Resident, person: Person, *, ticked: Person, tried: Iterable[str]) -> tuple[Fact, ...]:
    """Each fact known of `person`, ticked if it still stands in `ticked`. `tried` are only supposed."""
    supposed = set(tried)
    told = ((name, _value(name, resident, ticked if name in supposed else person)) for name in TICKS)
    return tuple(
        Fact(name, _(LABELS[name]), value, getattr(ticked, name) is not None, name in supposed)
        for name, value in told
        if value
    )


def _times(told: Iterable[str]) -> WeekTimes | None:
    """From "0-afternoon", as residents say it; None if they have said nothing."""
    slots = []
    for one in told:
        weekday, part = one.split("-")
        slots.append(Slot(int(weekday), *PARTS[PartOfDay(part)]))
    return WeekTimes.of(slots) if slots else None


def _value(name: str, resident: Resident, person: Person) -> str:
    if getattr(person, name) is None:
        return ""
    if name == "home":
        return resident.home.name if resident.home else ""
    return lines.read(VALUES[name](person))


def _say_times(person: Person) -> Word:
    """Like hours on several days together: "mandag–fredag kl. 8–17"."""
    days = defaultdict[tuple[int, int], list[tuple[int, int, int]]](list)
    for slot in _runs(person.times or WeekTimes()):
        days[slot.from_, slot.until].append((slot.weekday, slot.from_, slot.until))
    return spoken.all_of([spoken.slots(some) for some in days.values()]) if days else ""


def _runs(times: WeekTimes) -> Iterable[Slot]:
    for weekday in range(7):
        bits, start = times.day(weekday), None
        for half_hour in range(HALF_HOURS + 1):
            is_free = bool(bits >> half_hour & 1)
            if is_free and start is None:
                start = half_hour
            elif not is_free and start is not None:
                yield Slot(weekday, start * 30, half_hour * 30)
                start = None


def _say_steps(person: Person) -> Word:
    return _("skal være uden") if person.needs_step_free else _("er i orden")


def _say_price(person: Person) -> Word:
    ore = person.max_price.ore if person.max_price else 0
    if not ore:
        return _("kun det, der er gratis")
    return _("%(price)s pr. gang") % {"price": lines.read(spoken.money(ore))}


def _say_wait(person: Person) -> Word:
    return spoken.day_and_year(person.wait_until.isoformat()) if person.wait_until else ""


VALUES: Mapping[str, Callable[[Person], Word]] = {
    "max_minutes": lambda person: spoken.minutes(person.max_minutes or 0),
    "times": _say_times,
    "age": lambda person: _("%(age)s år") % {"age": person.age},
    "languages": lambda person: spoken.languages(sorted(person.languages or ())),
    "needs_step_free": _say_steps,
    "gender": lambda person: _(WORDS_FOR_GENDER[person.gender]) if person.gender else "",
    "max_price": _say_price,
    "wait_until": _say_wait,
}
