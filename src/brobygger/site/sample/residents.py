"""Invented residents: many facts told, many never asked about, as it is in a house."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from random import Random
from typing import Any

from brobygger.accounts.models import Membership
from brobygger.offers.models import Neighbourhood
from brobygger.residents.models import Relation, Resident
from brobygger.residents.rules import week_slot
from brobygger.residents.terms import Gender, RelationKind, TimeOfWeek, WayToReach
from brobygger.site.sample.frame import Frame, key
from brobygger.site.sample.names import Named, Names
from brobygger.site.sample.people import HELLE, JONAS, MAJA, RUTH, SAMUEL, TORBEN, YUSUF, Team

HOW_MANY = {MAJA: 44, RUTH: 50, JONAS: 49, HELLE: 46, SAMUEL: 45, TORBEN: 4}
NUMBER = "+45 00 {:02} {:02} {:02}"  # no Danish number begins with a nought
ALIASES = ("Kaptajnen", "Mumi", "Frøken Sort", "Tømrer-Kaj", "Solstrålen", "Chefen", "Bedste", "Lille B.")
RULES = (
    "Ring helst mellem 9 og 13. Læg ingen besked.",
    "Skriv først, så bliver der ringet op.",
    "Bank tre gange.",
    "Ikke om fredagen.",
    "Sønnen tager tit telefonen. Sig kun, hvem du er.",
    "Lad den ringe længe.",
)
DOORS = ("Opgang 4, anden sal, bank på", "Stuen til venstre, altid efter frokost", "Døren med kransen")


class Stage(StrEnum):
    """Where in life somebody is, as the tables of needs say it."""

    YOUNG = "young"
    PARENT = "parent"
    ADULT = "adult"
    OLD = "old"


AGES = {Stage.YOUNG: (15, 24), Stage.PARENT: (26, 48), Stage.ADULT: (30, 66), Stage.OLD: (67, 91)}
STAGES = [Stage.YOUNG] * 3 + [Stage.PARENT] * 7 + [Stage.ADULT] * 6 + [Stage.OLD] * 6


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A resident, the worker who knows that person, and what only the table of needs asks about."""

    short: str
    resident: Resident
    worker: Membership
    stage: Stage
    gender: Gender


def neighbours(frame: Frame, team: Team, near: Mapping[str, Neighbourhood]) -> list[Neighbour]:
    """The residents, the two of the cast first. Nothing is saved yet: see `save`."""
    names = Names(frame.chance("names"))
    invented = [
        _invented(frame, n, worker, names, list(near.values()))
        for n, worker in enumerate(team[who] for who, count in HOW_MANY.items() for _ in range(count))
    ]
    return [*_of_the_cast(frame, team[MAJA], near["Smedetoften"]), *invented]


def save(frame: Frame, people: list[Neighbour], team: Team) -> None:
    """Needs the house's scope, and that nothing about them changes afterwards."""
    Resident.objects.bulk_create(one.resident for one in people)
    Relation.objects.bulk_create(_relation(one, one.worker, RelationKind.WORKER) for one in people)
    chance = frame.chance("relations")
    workers = [team[name] for name in (MAJA, RUTH, JONAS, HELLE, SAMUEL)]
    away = chance.sample(people[2:], 24)
    Relation.objects.bulk_create(
        _relation(one, chance.choice(workers), RelationKind.SUBSTITUTE) for one in away[:12]
    )
    Relation.objects.bulk_create(
        _relation(one, team[YUSUF], RelationKind.COMPANION) for one in [people[0], *away[12:17]]
    )
    Relation.objects.bulk_create(_moved_on(one, chance.choice(workers)) for one in away[17:])


def _relation(one: Neighbour, worker: Membership, kind: RelationKind) -> Relation:
    since = one.resident.made_at.date()
    return Relation(
        id=key("relation", one.short, kind), worker=worker, resident=one.resident, kind=kind, since=since
    )


def _moved_on(one: Neighbour, worker: Membership) -> Relation:
    """Somebody who knew this person before: the reason to see has ended."""
    since = one.resident.made_at.date()
    return Relation(
        id=key("relation", one.short, "before"),
        worker=worker,
        resident=one.resident,
        since=since,
        until=since + timedelta(days=40),
    )


def _of_the_cast(frame: Frame, maja: Membership, smedetoften: Neighbourhood) -> list[Neighbour]:
    inger = Resident(
        id=key("resident", "inger"),
        name="Inger M.",
        reach_at=NUMBER.format(24, 81, 1),
        reach_rules="Lad den ringe længe. Hun skal lige rejse sig.",
        speaks="da",
        birth_year=frame.today.year - 81,
        gender=Gender.WOMAN,
        home=smedetoften,
        max_minutes=15,
        languages=["da"],
        needs_step_free=True,
        is_fictional=True,
        made_at=frame.past(220, "10.15"),
    )
    # Amir's own year of birth is left out: what he asks for is for his son, so the age is for them to ask.
    amir = Resident(
        id=key("resident", "amir"),
        name="Amir R.",
        reach_by=WayToReach.SMS,
        reach_at=NUMBER.format(24, 38, 2),
        reach_rules="Sms på arabisk eller let dansk. Han ringer selv, når han har fri.",
        speaks="ar",
        home=smedetoften,
        max_minutes=20,
        max_price=5_000,
        languages=["ar", "da"],
        free_times=[week_slot(day, part) for day in range(5) for part in (TimeOfWeek.AFTERNOON,)],
        is_fictional=True,
        made_at=frame.past(60, "14.40"),
    )
    return [
        Neighbour("inger", inger, maja, Stage.OLD, Gender.WOMAN),
        Neighbour("amir", amir, maja, Stage.PARENT, Gender.MAN),
    ]


def _invented(frame: Frame, n: int, worker: Membership, names: Names, near: list[Neighbourhood]) -> Neighbour:
    short = f"{n:03}"
    chance = frame.chance(f"resident/{short}")
    stage = chance.choice(STAGES)
    named = names.one(is_old=stage is Stage.OLD)
    is_alias = n % 31 == 17
    resident = Resident(
        id=key("resident", short),
        name=ALIASES[n // 31] if is_alias else named.name,
        is_alias=is_alias,
        is_fictional=True,
        made_at=frame.past(chance.randint(90, 420), f"{chance.randint(9, 15)}.{chance.randint(10, 55)}"),
        **_way_to_reach(chance, n),
        **_facts(chance, stage, named, near, frame.today.year),
    )
    return Neighbour(short, resident, worker, stage, named.gender)


def _way_to_reach(chance: Random, n: int) -> dict[str, Any]:
    number = NUMBER.format(*divmod(1_000 + n, 100), chance.randint(10, 99))
    by = chance.choices(list(WAYS), weights=list(WAYS.values()))[0]
    at = {
        WayToReach.EMAIL: f"beboer{n}@beboer.invalid",
        WayToReach.DOOR: chance.choice(DOORS),
        WayToReach.THROUGH: f"Gennem søsteren, {number}",
    }.get(by, number)
    return {"reach_by": by, "reach_at": at, "reach_rules": chance.choice(RULES) if n % 3 == 0 else ""}


WAYS = {
    WayToReach.PHONE: 60,
    WayToReach.SMS: 24,
    WayToReach.DOOR: 7,
    WayToReach.THROUGH: 5,
    WayToReach.EMAIL: 4,
}


def _facts(
    chance: Random, stage: Stage, named: Named, near: list[Neighbourhood], year: int
) -> dict[str, Any]:
    """What this person has told. Parents ask mostly for a child, so their own year is mostly left out."""

    def told(share: float, fact: Any, otherwise: Any = None) -> Any:
        return fact if chance.random() < share else otherwise

    old = stage is Stage.OLD
    return {
        "birth_year": told(0.3 if stage is Stage.PARENT else 0.8, year - chance.randint(*AGES[stage])),
        "gender": told(0.85, named.gender, ""),
        "home": told(0.85, chance.choice(near)),
        "max_minutes": told(0.5, 15 if old else chance.choice([15, 20, 30])),
        "max_price": told(0.4, chance.choice([0, 2_000, 2_000, 5_000])),
        "languages": told(0.65, _languages(chance, named.language)),
        "speaks": told(0.6, named.language, ""),
        "needs_step_free": told(0.7 if old else 0.25, old and chance.random() < 0.5),
        "free_times": told(0.45, _free_times(chance)),
    }


def _languages(chance: Random, own: str) -> list[str]:
    with_danish = own == "da" or chance.random() < 0.75
    return list(dict.fromkeys([own, *(["da"] if with_danish else [])]))


def _free_times(chance: Random) -> list[str]:
    parts = chance.choice(
        [[TimeOfWeek.MORNING], [TimeOfWeek.AFTERNOON], [TimeOfWeek.AFTERNOON, TimeOfWeek.EVENING]]
    )
    days = sorted(chance.sample(range(7), chance.randint(3, 5)))
    return [week_slot(day, part) for day in days for part in parts]
