"""What a resident has told, in words. What we have not asked is named too, and never taken for a no."""

from collections.abc import Iterable

from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from brobygger.engine.words import Language
from brobygger.residents.models import Resident
from brobygger.residents.rules import week_slot
from brobygger.residents.terms import Gender, TimeOfWeek

LANGUAGES = {language.value: language.label for language in Language}
ORE = 100


def told(resident: Resident) -> list[tuple[str, str]]:
    """(what, answer) for each fact; the answer is empty where we have not asked."""
    return [
        (_("Født"), str(resident.birth_year or "")),
        (_("Bor nær"), resident.home.name if resident.home else ""),
        (_("Klarer sig på"), languages(resident.languages or ())),
        (_("Vil gå højst"), _minutes(resident.max_minutes)),
        (_("Kan betale"), _price(resident.max_price)),
        (_("Trappefrit"), _yes_no(resident.needs_step_free)),
        (_("Har tid"), _times(resident.free_times or ())),
        (_("Køn"), _(Gender(resident.gender).label) if resident.gender else ""),
    ]


def languages(codes: Iterable[str]) -> str:
    """Names of languages; a code that is not on our list shows as it is."""
    return ", ".join(_(LANGUAGES[code]) if code in LANGUAGES else code for code in codes)


def _minutes(most: int | None) -> str:
    return "" if most is None else _("%(count)d minutter") % {"count": most}


def _price(most: int | None) -> str:
    if most is None:
        return ""
    return _("%(kroner)d kr. pr. gang") % {"kroner": most // ORE} if most else _("kun det, der er gratis")


def _yes_no(answer: bool | None) -> str:
    return "" if answer is None else (_("ja") if answer else _("nej"))


def _times(slots: Iterable[str]) -> str:
    """The ticked parts of the week, a weekday at a time: "mandag formiddag, aften; fredag aften"."""
    free = set(slots)
    days = []
    for weekday, name in WEEKDAYS.items():
        parts = [_part(part) for part in TimeOfWeek if week_slot(weekday, part) in free]
        if parts:
            days.append(f"{name} {', '.join(parts)}")
    return "; ".join(days)


def _part(part: TimeOfWeek) -> str:
    """Without the hours, which stand in the form."""
    return _(part.label).partition(" (")[0]
