"""Reasons and changes in plain Danish: short, no blame, and *spørg* where nobody knows.

Every sentence is a `Phrase`, so that the page can translate it. "Beboeren" stands for the resident: a reason
is kept with a bridge and must not carry a name.
"""

from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from brobygger.engine.fit import spoken
from brobygger.engine.fit.changes import SmallestChange
from brobygger.engine.fit.constraints import Plain, Reason, Standing
from brobygger.engine.fit.whatif import WhatIf
from brobygger.engine.words import Phrase, Word
from brobygger.engine.words import gettext_noop as _

Names: TypeAlias = Callable[[str, str], Word]  # ("theme" or "area", code) -> its name


def code_itself(_kind: str, code: str) -> Word:
    return code


FITS = {
    "need:within": _("Handler om %(themes)s"),
    "need:any": _("Tager imod alt"),
    "distance:none": _("Man skal ingen steder hen"),
    "distance:walk": "%(way)s",
    "distance:limit": _("%(way)s. Beboeren vil højst gå %(max_minutes)s"),
    "times:agreed": _("Tiden aftales"),
    "times:held": _("Holdes %(slots)s, når beboeren kan"),
    "times:open": _("Åbent %(slots)s, når beboeren kan"),
    "age:within": _("Aldersgrænse: %(ages)s. Beboeren er %(age)s"),
    "language:within": _("Foregår på %(languages)s"),
    "step_free:within": _("Trappefri adgang"),
    "group:within": _("Kun for %(genders)s"),
    "area:within": _("For dem, der bor i %(areas)s"),
    "price:free": _("Gratis"),
    "price:limit": _("%(price)s pr. gang. Beboeren kan højst betale %(max_price)s"),
    "places:free": "%(free)s",
    "places:open_door": _("Kom bare. Man skal ikke skrives op"),
    "places:talk_first": _("I taler sammen først"),
    "places:from": _("Plads fra %(day)s. Det kan beboeren vente på"),
    "open:from": _("Åbner %(day)s. Det kan beboeren vente på"),
}
ASK = {
    "need:unknown": _("Spørg: hvad kan de hjælpe med?"),
    "distance:unknown": _("Spørg: hvor foregår det?"),
    "times:unknown": _("Spørg: hvornår foregår det?"),
    "age:unknown": _("Spørg: er der en aldersgrænse?"),
    "age:whose": _("Spørg: aldersgrænsen er %(ages)s. Passer det?"),
    "language:unknown": _("Spørg: hvilket sprog foregår det på?"),
    "language:whose": _("Spørg: det foregår på %(languages)s. Går det?"),
    "step_free:unknown": _("Spørg: er der trappefri adgang?"),
    "step_free:whose": _("Spørg: der er trapper. Går det?"),
    "group:unknown": _("Spørg: er det for alle?"),
    "group:whose": _("Spørg: det er kun for %(genders)s. Passer det?"),
    "area:unknown": _("Spørg: skal man bo et bestemt sted?"),
    "area:whose": _("Spørg: det er for dem, der bor i %(areas)s. Passer det?"),
    "price:unknown": _("Spørg: hvad koster det?"),
    "places:unknown": _("Spørg: er der plads?"),
    "places:unconfirmed": _("Spørg: er der plads? Ikke bekræftet siden %(confirmed)s"),
    "places:how_long": _("Spørg: hvor lang er ventelisten?"),
    "places:from": _("Spørg: plads fra %(day)s. Kan beboeren vente?"),
    "open:from": _("Spørg: åbner først %(day)s. Kan beboeren vente?"),
}
AGAINST = {
    "need:outside": _("Handler om noget andet: %(themes)s"),
    "distance:limit": _("%(way)s. Beboeren vil højst gå %(max_minutes)s"),
    "times:held": _("Holdes %(slots)s, når beboeren ikke kan"),
    "times:open": _("Åbent %(slots)s, når beboeren ikke kan"),
    "age:outside": _("Aldersgrænse: %(ages)s. Beboeren er %(age)s"),
    "language:outside": _("Foregår kun på %(languages)s"),
    "step_free:outside": _("Ingen trappefri adgang"),
    "group:outside": _("Kun for %(genders)s"),
    "area:outside": _("Kun for dem, der bor i %(areas)s"),
    "price:limit": _("%(price)s pr. gang. Beboeren kan højst betale %(max_price)s"),
    "places:full": _("Ingen plads nu, og ingen venteliste"),
    "places:waiting_list": _("Ingen plads nu, men en venteliste"),
    "places:from": _("Ingen plads før %(day)s"),
    "open:from": _("Åbner først %(day)s"),
    "open:paused": _("Holder pause"),
    "open:ended": _("Sluttede %(ended)s"),
}
SENTENCES = {Standing.FITS: FITS, Standing.ASK: ASK, Standing.AGAINST: AGAINST}

# What would have to be so. Each completes "Ville passe, hvis …" and "Hvis …, passer …".
CONDITIONS = {
    "distance": _("turen må være %(way)s"),
    "times:held": _("%(slots)s kunne lade sig gøre"),
    "times:open": _("der var en halv time %(slots)s"),
    "language": _("en, der taler %(languages)s, kunne gå med"),
    "price": _("prisen må være %(price)s"),
    "wait:day": _("der kan ventes til %(day)s"),
    "wait:unknown": _("der kan ventes, uden at vi ved hvor længe"),
    "offer:age": _("tilbuddet flyttede sin aldersgrænse"),
    "offer:step_free": _("der kom trappefri adgang"),
    "offer:group": _("tilbuddet også var for andre end %(genders)s"),
    "offer:area": _("tilbuddet også var for andre områder"),
    "offer:places": _("der blev en plads"),
    "offer:open": _("tilbuddet var åbent"),
}

Values: TypeAlias = Mapping[str, Any]

# What may stand in a blank, made from a reason's plain values.
BLANKS: Mapping[str, Callable[[Values, Names], Word]] = {
    "age": lambda values, _names: values["age"],
    "ages": lambda values, _names: spoken.age_span(values["from"], values.get("until")),
    "areas": lambda values, names: spoken.all_of([names("area", code) for code in values["areas"]]),
    "confirmed": lambda values, _names: spoken.day_and_year(values["confirmed"]),
    "day": lambda values, _names: spoken.day(values["day"]),
    "ended": lambda values, _names: spoken.day_and_year(values["day"]),
    "free": lambda values, _names: spoken.free_places(values["free"]),
    "genders": lambda values, _names: spoken.genders(values["genders"]),
    "languages": lambda values, _names: spoken.languages(values["languages"]),
    "max_minutes": lambda values, _names: spoken.minutes(values["limit"]),
    "max_price": lambda values, _names: spoken.money(values["limit"]),
    "price": lambda values, _names: spoken.money(values["price"]),
    "slots": lambda values, _names: spoken.slots(values["slots"]),
    "themes": lambda values, names: spoken.all_of([names("theme", code) for code in values["themes"]]),
    "way": lambda values, _names: spoken.way(values["minutes"], values["metres"]),
}


def of_reason(reason: Reason, names: Names = code_itself) -> Phrase:
    """The sentence beside the tick, the question mark or the cross."""
    return _fill(SENTENCES[reason.standing][reason.says], reason.values, names)


def of_change(change: SmallestChange) -> Phrase:
    """The line under a near miss."""
    return Phrase(_("Ville passe, hvis %(condition)s"), {"condition": _condition(change)})


def of_what_if(what_if: WhatIf) -> Phrase:
    one = _("Hvis %(condition)s, passer 1 tilbud mere")
    more = _("Hvis %(condition)s, passer %(more)s tilbud mere")
    values: dict[str, Word] = {"condition": _condition(what_if.change), "more": what_if.more}
    return Phrase(one if what_if.more == 1 else more, values)


def _condition(change: SmallestChange) -> Phrase:
    return _fill(CONDITIONS[change.says], change.values, code_itself)


def _fill(template: str, values: Mapping[str, Plain], names: Names) -> Phrase:
    blanks = {name: blank for name, blank in BLANKS.items() if f"%({name})s" in template}
    return Phrase(template, {name: blank(values, names) for name, blank in blanks.items()})
