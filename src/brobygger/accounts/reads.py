"""Who there is to enter as, which houses are somebody's, and who is in a house."""

from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.http import Http404

from brobygger.accounts.models import Factor, Invitation, Membership, User
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
class MemberLine:
    """A colleague in the list: whether the second proof stands, and whether a link waits to be used."""

    member: Membership
    has_factor: bool
    has_link: bool


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


def places_of(user: User) -> list[Membership]:
    """The houses this person may enter. One query."""
    open_places = Membership.objects.select_related("user").filter(user=user, is_active=True)
    return list(open_places.order_by("house_name", "pk"))


def members_of(viewer: Membership, *, at: datetime) -> list[MemberLine]:
    """Everybody with a place in the viewer's house, those who are there first. Three queries."""
    house = Membership.objects.select_related("user").filter(organisation_id=viewer.organisation_id)
    here = Membership.objects.filter(organisation_id=viewer.organisation_id).values("user_id")
    proven = set(Factor.objects.filter(ended_at=None, user__in=here).values_list("user_id", flat=True))
    waiting = Invitation.objects.filter(
        organisation_id=viewer.organisation_id, used_at=None, expires_at__gt=at
    )
    invited = set(waiting.values_list("membership_id", flat=True))
    lines = [
        MemberLine(one, has_factor=one.user_id in proven, has_link=one.pk in invited)
        for one in house.order_by("-is_active", "name", "pk")
    ]
    return [line for line in lines if line.member.is_active or line.has_link]


def member_of_house(viewer: Membership, membership_id: UUID) -> Membership:
    """A colleague in the viewer's own house, or Http404."""
    found = Membership.objects.select_related("user").filter(
        pk=membership_id, organisation_id=viewer.organisation_id
    )
    member = found.first()
    if member is None:
        raise Http404
    return member


def _house(members: list[Membership]) -> CastOfHouse:
    people = tuple(Enterable(one.pk, one.name, Role(one.role)) for one in members)
    return CastOfHouse(members[0].house_name, people)
