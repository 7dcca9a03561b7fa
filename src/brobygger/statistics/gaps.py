"""The gap table: whom the directory has nothing for, by need, area, language, sex and age (MAT-08)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count
from django.http import Http404
from django.utils.translation import gettext as _

from brobygger.accounts.models import Membership
from brobygger.engine.disclosure.values import HOUSE_RULE, Dimension, Table
from brobygger.engine.fit import spoken
from brobygger.engine.fit.constraints import Constraint
from brobygger.engine.fit.layout import Columns
from brobygger.engine.fit.values import OfferFacts
from brobygger.engine.words import gettext_noop
from brobygger.matching.gaps import Judged, judged, offers_in_the_way
from brobygger.matching.terms import Standing
from brobygger.offers import lines
from brobygger.offers.models import Neighbourhood
from brobygger.offers.reads import OfferRow, offer_rows
from brobygger.offers.terms import Theme
from brobygger.residents.models import Resident
from brobygger.residents.terms import Gender
from brobygger.statistics import rules
from brobygger.statistics.door import EVERYBODY, Asked, Sheet, sheets
from brobygger.statistics.terms import REST, SOME, UNKNOWN, AgeGroup, By

STANDING = "standing"
SHARE = Asked(label=gettext_noop("uden tilbud"), counted=Standing.NONE, unknown=Standing.ASK)
WORST = (Standing.NONE, Standing.ASK)
SHOWN_STANDINGS = (*WORST, Standing.FEW, Standing.MORE, SOME)
SOME_OFFER = gettext_noop("et eller flere")
SHOWN_OFFERS = 12
ORDERS: Mapping[str, Sequence[str]] = {
    By.THEME: list(Theme),
    By.GENDER: list(Gender),
    By.AGE: list(AgeGroup),
    By.LANGUAGE: ["da"],
}
IN_THE_WAY = {
    Constraint.DISTANCE: gettext_noop("Vejen er for lang"),
    Constraint.TIMES: gettext_noop("Tiden passer ikke"),
    Constraint.AGE: gettext_noop("Aldersgrænsen"),
    Constraint.LANGUAGE: gettext_noop("Sproget"),
    Constraint.STEP_FREE: gettext_noop("Trapper"),
    Constraint.GROUP: gettext_noop("Kun for en anden gruppe"),
    Constraint.AREA: gettext_noop("Kun for andre områder"),
    Constraint.PRICE: gettext_noop("Prisen"),
    Constraint.PLACES: gettext_noop("Ingen plads"),
    Constraint.OPEN: gettext_noop("Ikke åbent nu"),
}
RULE_OF: Mapping[Constraint, Callable[[OfferFacts, OfferRow], str]] = {
    Constraint.DISTANCE: lambda _facts, row: row.place,
    Constraint.TIMES: lambda _facts, row: row.times,
    Constraint.AGE: lambda _facts, row: row.ages,
    Constraint.LANGUAGE: lambda _facts, row: row.languages,
    Constraint.STEP_FREE: lambda _facts, _row: _("Ingen trappefri adgang"),
    Constraint.GROUP: lambda facts, _row: lines.who(facts),
    Constraint.AREA: lambda facts, _row: lines.who(facts),
    Constraint.PRICE: lambda _facts, row: row.price,
    Constraint.PLACES: lambda _facts, row: row.badge.text,
    Constraint.OPEN: lambda _facts, row: row.closed,
}


@dataclass(frozen=True, slots=True)
class Gaps:
    """What the leader sees: one sheet for each thing residents are told apart by."""

    sheets: tuple[Sheet, ...]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One constraint, and offers whose own rule keeps it in the way of at least five of a group."""

    name: str
    offers: tuple[tuple[UUID, str, str], ...]  # key, name, rule
    more: int


@dataclass(frozen=True, slots=True)
class Behind:
    """What lies behind one line of a gap table. It counts offers and no persons."""

    by: str
    group: str
    rate: str
    obstacles: tuple[Obstacle, ...]


def gaps(viewer: Membership, *, on: date) -> Gaps:
    """Four queries, seven after a change of the directory."""
    return Gaps(_Counted.of(viewer, on=on).sheets())


def behind(viewer: Membership, by: str, group: str, *, on: date) -> Behind:
    """The rules that exclude one group of the gap table, or Http404 where the table has no such line."""
    counted = _Counted.of(viewer, on=on)
    sheet = next((each for each in counted.sheets() if each.key == by), None)
    line = next((each for each in sheet.lines if each.key == group), None) if sheet else None
    if line is None or line.total is None or group in {REST, EVERYBODY}:
        raise Http404
    needs = [need for need, theirs in zip(counted.needs, counted.groups[by], strict=True) if theirs == group]
    found = offers_in_the_way(needs, least=HOUSE_RULE.least)
    return Behind(_(By(by).label), line.name, line.rate, _obstacles(found, counted.packed, on))


@dataclass(frozen=True, slots=True)
class _Counted:
    """The judged needs, and for each thing they are told apart by, the group of each."""

    needs: tuple[Judged, ...]
    groups: Mapping[str, Sequence[str]]
    packed: Columns
    areas: Mapping[str, str]

    @classmethod
    def of(cls, viewer: Membership, *, on: date) -> "_Counted":
        judgement = judged(viewer, on=on)
        names = {str(row.pk): row.name for row in Neighbourhood.objects.all()}
        residents = dict(Resident.objects.values_list("home").annotate(Count("pk")))
        described = rules.areas_described(residents)
        told: dict[str, list[str]] = {
            By.THEME: [need.theme for need in judgement.needs],
            By.AREA: [_area(need.area, described) for need in judgement.needs],
            By.LANGUAGE: [need.language or UNKNOWN for need in judgement.needs],
            By.GENDER: [need.gender or UNKNOWN for need in judgement.needs],
            By.AGE: [rules.age_group(need.age) for need in judgement.needs],
        }
        groups = {by: rules.gathered(some) for by, some in told.items()}
        return cls(judgement.needs, groups, judgement.packed, names)

    def sheets(self) -> tuple[Sheet, ...]:
        """All of them leave together: each counts the same residents, each resident once."""
        longest = max((len(set(groups)) for groups in self.groups.values()), default=0)
        told = rules.coarse(
            [need.standing for need in self.needs], [Standing.FEW, Standing.MORE], SOME, groups=longest
        )
        standing = Dimension(STANDING, tuple(one for one in SHOWN_STANDINGS if one in WORST or one in told))
        tables = [
            Table.of(
                [Dimension(by, tuple(rules.in_order(groups, ORDERS.get(by, ())))), standing],
                list(zip(groups, told, strict=True)),
                wanted=frozenset({Standing.NONE}),
            )
            for by, groups in self.groups.items()
            if set(groups) - {REST, UNKNOWN}  # else it tells nobody from anybody
        ]
        return sheets(tables, SHARE, names=self._name)

    def _name(self, dimension: str, category: str) -> str:
        if dimension == STANDING:
            return _(SOME_OFFER) if category == SOME else _(Standing(category).label)
        if not category:
            return _(By(dimension).label)
        if category in COMMON:
            return _(COMMON[category])
        return self.areas.get(category, category) if dimension == By.AREA else _named(dimension, category)


COMMON = {REST: gettext_noop("andre, med under fem i hver"), UNKNOWN: gettext_noop("ikke oplyst")}


def _named(dimension: str, category: str) -> str:
    if dimension == By.LANGUAGE:
        return lines.read(spoken.languages([category]))
    term = {By.THEME: Theme, By.GENDER: Gender, By.AGE: AgeGroup}[By(dimension)]
    return _(term(category).label) if category in set(term) else category


def _area(area: UUID | None, described: frozenset[UUID]) -> str:
    if area is None:
        return UNKNOWN
    return str(area) if area in described else REST


def _obstacles(found: Mapping[Constraint, Sequence[UUID]], packed: Columns, on: date) -> tuple[Obstacle, ...]:
    wanted = [key for keys in found.values() for key in keys[:SHOWN_OFFERS]]
    rows = offer_rows(list(dict.fromkeys(wanted)), packed, on=on)
    return tuple(
        Obstacle(
            _(IN_THE_WAY[constraint]),
            tuple(
                (key, rows[key].name, RULE_OF[constraint](packed.offers[key], rows[key]))
                for key in keys[:SHOWN_OFFERS]
                if key in rows
            ),
            max(0, len(keys) - SHOWN_OFFERS),
        )
        for constraint, keys in found.items()
        if keys and constraint in IN_THE_WAY
    )
