"""Who there is to enter as. Read before any scope is open, so it asks for names and roles only."""

from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.http import Http404

from brobygger.accounts.models import Membership
from brobygger.accounts.permissions import CAST, is_of_the_cast
from brobygger.accounts.terms import Role

ORDER = list(Role)


@dataclass(frozen=True, slots=True)
class Enterable:
    """A member of the cast: name and role."""

    membership_id: UUID
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class CastOfHouse:
    house: str
    people: tuple[Enterable, ...]


def cast_by_house() -> list[CastOfHouse]:
    """The members of the cast, the house with most of them first. One query."""
    rows = Membership.objects.filter(is_active=True, user__is_active=True, user__email__endswith=CAST)
    members = sorted(rows, key=lambda one: (str(one.organisation_id), ORDER.index(Role(one.role)), one.name))
    houses = [list(group) for _key, group in groupby(members, key=lambda one: one.organisation_id)]
    return [_house(house) for house in sorted(houses, key=len, reverse=True)]


def member_of_cast(membership_id: UUID) -> Membership:
    """The member of the cast to sign in, or Http404. One query."""
    member = Membership.objects.select_related("user").filter(pk=membership_id).first()
    if member is None or not is_of_the_cast(member):
        raise Http404
    return member


def _house(members: list[Membership]) -> CastOfHouse:
    people = tuple(Enterable(one.pk, one.name, Role(one.role)) for one in members)
    return CastOfHouse(members[0].house_name, people)
