"""When nothing was found: how the question was read, what could be meant, which filter stands in the way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from brobygger.engine.search import Answer
from brobygger.engine.search.readings import nearest
from brobygger.offers import facets, rules
from brobygger.offers.because import Understood, understood
from brobygger.offers.finding import Found, Wanted, find
from brobygger.offers.models import Offer, Phone
from brobygger.partners.models import Organisation

MOST_ASKED = 3


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing that was asked for: as it stands in the address, and as it is shown."""

    value: str
    shown: str


@dataclass(frozen=True, slots=True)
class Step:
    """One filter less: what was chosen, how many offers there are without it, and where they are shown."""

    chosen: str
    many: int
    url: str


@dataclass(frozen=True, slots=True)
class Keeper:
    """Who keeps the directory and can be asked. Texts may be empty."""

    name: str
    number: str
    email: str

    @property
    def dialled(self) -> str:
        return rules.dialled(self.number)


@dataclass(frozen=True, slots=True)
class Lost:
    """`spelled` tells for an unknown word the known one nearest to it."""

    understood: tuple[Understood, ...]
    spelled: Mapping[str, str]
    unknown: tuple[str, ...]
    steps: tuple[Step, ...]
    keepers: tuple[Keeper, ...]


def lost(asked: Mapping[str, Choice], wanted: Wanted, found: Found, *, on: date) -> Lost:
    """What to say where nothing was found. Two queries."""
    answer = found.answer
    unknown = () if answer is None else answer.unknown
    spelled = {word: near for word in unknown if (near := _near(word, answer))}
    return Lost(
        tuple(one for one in understood(answer) if one.meant) if answer else (),
        spelled,
        tuple(word for word in unknown if word not in spelled),
        tuple(sorted(_steps(asked, wanted, found, on), key=lambda step: -step.many)),
        tuple(_keepers()),
    )


def _near(word: str, answer: Answer[UUID] | None) -> str:
    return "" if answer is None else nearest(word, answer.index)


def _steps(asked: Mapping[str, Choice], wanted: Wanted, found: Found, on: date) -> list[Step]:
    less = facets.without(wanted, asked)
    steps = [
        Step(asked[name].shown, len(find(one, found.packed, on=on)), _path(asked, name))
        for name, one in less.items()
    ]
    return [step for step in steps if step.many]


def _path(asked: Mapping[str, Choice], but: str) -> str:
    return "?" + urlencode({name: choice.value for name, choice in asked.items() if name != but})


def _keepers() -> Sequence[Keeper]:
    """Those who keep the most offers, with a number or an address."""
    keys = list(Offer.objects.filter(withdrawn_at=None).values_list("keeper_id", flat=True).distinct()[:20])
    numbers = dict(
        Phone.objects.filter(organisation__in=keys, offer=None, location=None, withdrawn_at=None)
        .order_by("-number", "id")
        .values_list("organisation_id", "number")
    )
    told = [
        Keeper(one.name, numbers.get(one.pk, ""), one.email)
        for one in Organisation.objects.filter(pk__in=keys).order_by("name", "id")
    ]
    return [one for one in told if one.number or one.email][:MOST_ASKED]
