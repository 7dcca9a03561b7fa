"""Which offers fit this one person, and why. It ranks offers; persons are neither ranked nor learned from."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from brobygger.accounts.models import Membership
from brobygger.engine.fit import phrases, spoken
from brobygger.engine.fit.constraints import Constraint, Standing, metres_away, minutes_on_foot
from brobygger.engine.fit.explain import Explanation, explain
from brobygger.engine.fit.ranking import Placed
from brobygger.engine.fit.readmodel import ReadModel
from brobygger.engine.fit.values import OfferFacts, Person
from brobygger.engine.fit.whatif import WhatIf, what_if
from brobygger.engine.words import Phrase, Word, gettext_noop
from brobygger.matching import choice, tries
from brobygger.matching.cards import Opening, Suggestion, Suggestions, Told
from brobygger.matching.person import TICKS, Fact, facts_of, person_of
from brobygger.offers import lines
from brobygger.offers.reaching import NO_REACH, Reach, reaching
from brobygger.offers.reads import OfferRow, offer_rows, read_model
from brobygger.offers.terms import Theme
from brobygger.residents.models import Need, Resident

ABOUT = {
    Constraint.NEED: gettext_noop("emnet"),
    Constraint.DISTANCE: gettext_noop("vejen"),
    Constraint.TIMES: gettext_noop("tiden"),
    Constraint.AGE: gettext_noop("alderen"),
    Constraint.LANGUAGE: gettext_noop("sproget"),
    Constraint.STEP_FREE: gettext_noop("adgangen"),
    Constraint.GROUP: gettext_noop("gruppen"),
    Constraint.AREA: gettext_noop("området"),
    Constraint.PRICE: gettext_noop("prisen"),
    Constraint.PLACES: gettext_noop("pladsen"),
    Constraint.OPEN: gettext_noop("åbningen"),
}
IN_SHORT = (
    (Standing.FITS, gettext_noop("%(things)s passer")),
    (Standing.ASK, gettext_noop("Spørg om %(things)s")),
)
FITS, NEAR, ALL, OPENINGS = 20, 10, 100, 3
NO_TRIES: Mapping[str, str] = {}
IN_THE_WAY = {
    Constraint.DISTANCE: gettext_noop("for lang vej"),
    Constraint.TIMES: gettext_noop("tider, der ikke passer"),
    Constraint.AGE: gettext_noop("en anden alder"),
    Constraint.LANGUAGE: gettext_noop("et andet sprog"),
    Constraint.STEP_FREE: gettext_noop("trapper"),
    Constraint.GROUP: gettext_noop("kun for en anden gruppe"),
    Constraint.AREA: gettext_noop("kun for andre områder"),
    Constraint.PRICE: gettext_noop("prisen"),
    Constraint.PLACES: gettext_noop("ingen plads"),
    Constraint.OPEN: gettext_noop("ikke åbent nu"),
}


@dataclass(frozen=True, slots=True)
class Asking:
    """One need being asked for: with which facts, supposing what, in which directory, and when."""

    need: Need
    person: Person
    facts: tuple[Fact, ...]
    tries: Mapping[str, str]
    packed: ReadModel
    now: datetime

    @property
    def today(self) -> date:
        return self.person.today

    @property
    def facts_used(self) -> dict[str, str]:
        return choice.used(self.facts, supposed=_("prøvet"))


def suggestions(
    viewer: Membership,
    need: Need,
    *,
    unticked: frozenset[str],
    now: datetime,
    tried: Mapping[str, str] = NO_TRIES,
    show_all: bool = False,
) -> Suggestions:
    """Everything on the page of a need that was fetched for this viewer. Five queries, eight after a change.

    `unticked` are names of `person.TICKS` the resident wants left out; `tried` are changes as `tries.read`
    gives them. With `show_all` all that fit are listed, and those that do not.
    """
    del viewer  # the right was asked when the need was fetched
    asking = asking_for(need, unticked=unticked, tried=tried, now=now)
    fits, near, others = (ALL, ALL, ALL) if show_all else (FITS, NEAR, 0)
    ranking = asking.packed.rank(asking.person, fits=fits, near=near, others=others)
    rows = offer_rows(_keys(ranking.fits, ranking.near, ranking.others), asking.packed, on=asking.today)
    reaches = reaching(rows.values())
    return Suggestions(
        need_id=need.pk,
        resident_id=need.resident_id,
        resident=need.resident.name,
        words=need.words,
        theme=_(Theme(need.theme).label),
        facts=asking.facts,
        fits=_explained(asking, ranking.fits, rows, reaches),
        near=_explained(asking, ranking.near, rows, reaches),
        others=_explained(asking, ranking.others, rows, reaches),
        fits_in_all=ranking.fits_in_all,
        near_in_all=ranking.near_in_all,
        others_in_all=ranking.others_in_all,
        in_the_way=_in_the_way(ranking.in_the_way),
        openings=_openings(asking),
        is_closed=need.closed_at is not None,
    )


def asking_for(
    need: Need, *, unticked: frozenset[str] = frozenset(), tried: Mapping[str, str] = NO_TRIES, now: datetime
) -> Asking:
    """The need with the facts that may be used. One query, or four after a change of the directory."""
    today = timezone.localdate(now)
    told = person_of(need, on=today)
    left_out = [fact for name in unticked for fact in TICKS.get(name, ())]
    person = tries.supposed(told.without(*left_out), tried)
    facts = facts_of(need.resident, told, ticked=person, tried=tried)
    return Asking(need, person, facts, tried, read_model(today), now)


def explained(asking: Asking, offers: Sequence[UUID]) -> list[Suggestion]:
    """Any offers at all, each with what fits, what to ask and what is in the way. Two queries."""
    rows = offer_rows(offers, asking.packed, on=asking.today)
    return [_suggestion(asking, rows[key], NO_REACH) for key in offers if key in rows]


def outside_the_directory(asking: Asking, *, recipient: UUID, title: str) -> str:
    """A signed choice of something no directory lists, at an organisation of the register (MAT-03)."""
    if asking.need.closed_at:
        return ""
    return choice.signed(
        need=asking.need.pk,
        offer=None,
        recipient=recipient,
        offer_name=title,
        was_suggested=False,
        reasons=(),
        facts=asking.facts_used,
        at=asking.now,
    )


def reader_of(resident: Resident) -> str:
    """The language to hand something over in: what they speak, else what they manage in without Danish."""
    managed = sorted(resident.languages or ())
    return resident.speaks or ("" if "da" in managed else next(iter(managed), ""))


def _keys(*placed: Iterable[Placed]) -> list[UUID]:
    return [one.offer for some in placed for one in some if isinstance(one.offer, UUID)]


def _explained(
    asking: Asking, placed: Iterable[Placed], rows: Mapping[UUID, OfferRow], reaches: Mapping[UUID, Reach]
) -> tuple[Suggestion, ...]:
    return tuple(_suggestion(asking, rows[key], reaches[key]) for key in _keys(placed) if key in rows)


def _suggestion(asking: Asking, row: OfferRow, reach: Reach) -> Suggestion:
    offer = asking.packed.offers[row.offer_id]
    found = explain(asking.person, offer)
    told = tuple(
        Told(
            reason.standing,
            lines.said(phrases.of_reason(reason, _name)),
            reason.facts,
            reason.fields,
            ABOUT[reason.constraint],
        )
        for reason in found.reasons
    )
    is_fit = not found.placed.against
    return Suggestion(
        row=row,
        is_fit=is_fit,
        penalty=found.placed.penalty,
        way=_way(asking.person, offer),
        reasons=told,
        choice="" if row.closed or asking.need.closed_at else _signed(asking, row, told, is_fit),
        could=_could(found),
        tries=_tries(asking, found),
        reach=reach,
        short=_in_short(told),
    )


def _in_short(told: Sequence[Told]) -> tuple[tuple[str, str], ...]:
    """What fits and what to ask about, a line each: "Emnet, vejen og alderen passer"."""
    found = []
    for standing, template in IN_SHORT:
        things = [Phrase(one.about) for one in told if one.standing == standing]
        if things:
            found.append((str(standing), lines.said(Phrase(template, {"things": spoken.all_of(things)}))))
    return tuple(found)


def _signed(asking: Asking, row: OfferRow, told: Iterable[Told], is_fit: bool) -> str:
    return choice.signed(
        need=asking.need.pk,
        offer=row.offer_id,
        recipient=row.organisation_id,
        offer_name=row.name,
        was_suggested=is_fit,
        reasons=[(reason.standing, reason.text) for reason in told],
        facts=asking.facts_used,
        at=asking.now,
    )


def _way(person: Person, offer: OfferFacts) -> str:
    metres = metres_away(person, offer)
    return "" if metres is None else lines.said(spoken.way(minutes_on_foot(metres), metres))


def _could(found: Explanation) -> str:
    """The line "Ville passe, hvis …", for a near miss."""
    if found.change is None:
        return ""
    return lines.said(phrases.of_change(found.change)).rstrip(".") + "."


def _tries(asking: Asking, found: Explanation) -> tuple[str, ...]:
    """The changes tried so far and this one."""
    if found.change is None or found.change.is_up_to_the_offer:
        return ()
    fact, text = tries.written(found.change)
    return tuple({**asking.tries, fact: text}.values())


def _openings(asking: Asking) -> tuple[Opening, ...]:
    """The changes on the resident's side that would open most."""
    found = what_if(asking.person, asking.packed)[:OPENINGS]
    return tuple(_opening(asking, one) for one in found if one.more)


def _opening(asking: Asking, one: WhatIf) -> Opening:
    fact, text = tries.written(one.change)
    return Opening(lines.said(phrases.of_what_if(one)), tuple({**asking.tries, fact: text}.values()))


def _in_the_way(counts: Mapping[Constraint, int]) -> tuple[tuple[str, int], ...]:
    """What stands in the way of how many, most first."""
    told = [(_(IN_THE_WAY[one]), count) for one, count in counts.items() if count and one in IN_THE_WAY]
    return tuple(sorted(told, key=lambda pair: -pair[1]))


def _name(kind: str, code: str) -> Word:
    return Phrase(Theme(code).label) if kind == "theme" and code in set(Theme) else code
