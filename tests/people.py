"""The cast (FOUNDATION 20) in two houses. Ole works in the other one and must see nothing."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

from brobygger.accounts.models import Membership, User
from brobygger.accounts.terms import Role
from brobygger.foundation.scope import organisation_scope
from brobygger.offers.models import Location, Neighbourhood, Offer, OfferAtLocation, Schedule
from brobygger.offers.terms import CapacityKind, Theme
from brobygger.partners.models import Contact, Organisation
from brobygger.partners.terms import ContactChannel, OrganisationKind
from brobygger.residents.models import Need, Relation, Resident

HOUSE, ELSEWHERE, CLUB = UUID(int=1), UUID(int=2), UUID(int=3)
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 24)


@dataclass(frozen=True)
class Cast:
    """Everybody a test may need, made in one go."""

    maja: Membership
    torben: Membership
    ole: Membership
    inger: Resident
    amir: Resident
    need: Need
    club: Organisation
    trainer: Contact
    football: Offer


def member(organisation: UUID, name: str, role: Role) -> Membership:
    user = User.objects.create(email=f"{name.lower()}-{uuid4().hex[:6]}@example.invalid")
    with organisation_scope(organisation):
        return Membership.objects.create(
            organisation_id=organisation, house_name="Beboerhuset", user=user, name=name, role=role
        )


def organisation(key: UUID, name: str, kind: OrganisationKind) -> Organisation:
    """An organisation that keeps itself."""
    with organisation_scope(key):
        return Organisation.objects.create(id=key, name=name, kind=kind)


def resident(name: str, worker: Membership, **facts: object) -> Resident:
    """A resident and the worker's relation to that person. Needs an open scope."""
    person = Resident.objects.create(
        name=name, reach_at="+45 00 00 00 00", made_at=NOW, is_fictional=True, **facts
    )
    Relation.objects.create(worker=worker, resident=person, since=TODAY)
    return person


def football_offer(club: Organisation, **facts: object) -> Offer:
    """Monday 16-17 at a pitch 600 metres away, ages 6-12, free, two places. Needs the house's scope."""
    offer = Offer.objects.create(
        **{
            "organisation": club,
            "name": "Fodbold for drenge og piger",
            "themes": [Theme.LEISURE],
            "minimum_age": 6,
            "maximum_age": 12,
            "languages": ["da"],
            "price": 0,
            "capacity_kind": CapacityKind.PLACES,
            "places_total": 2,
            "capacity_confirmed_on": TODAY,
            "is_fictional": True,
        }
        | facts
    )
    pitch = Location.objects.create(
        organisation=club, name="Bane 2", easting=722_600, northing=6_179_000, is_step_free=True
    )
    OfferAtLocation.objects.create(offer=offer, location=pitch)
    Schedule.objects.create(location=pitch, weekday=0, opens_at="16:00", closes_at="17:00")
    return offer


def build_cast() -> Cast:
    organisation(HOUSE, "Beboerhuset", OrganisationKind.HOUSE)
    organisation(ELSEWHERE, "Et andet hus", OrganisationKind.HOUSE)
    club = organisation(CLUB, "Boldklubben", OrganisationKind.ASSOCIATION)
    maja, torben = member(HOUSE, "Maja", Role.WORKER), member(HOUSE, "Torben", Role.LEADER)
    ole = member(ELSEWHERE, "Ole", Role.WORKER)
    with organisation_scope(HOUSE):
        home = Neighbourhood.objects.create(name="Smedetoften", easting=722_000, northing=6_179_000)
        inger = resident("Inger", maja)
        amir = resident("Amir", maja, home=home, birth_year=2017, max_minutes=20, languages=["da", "ar"])
        need = Need.objects.create(
            resident=amir,
            words="Min søn taler ikke om andet end fodbold.",
            theme=Theme.LEISURE,
            owner=maja,
            next_step="Find en klub",
            next_step_on=TODAY,
            opened_at=NOW,
        )
        trainer = Contact.objects.create(
            partner=club,
            function="træner",
            channel=ContactChannel.EMAIL,
            address="traener@boldklub.invalid",
            verified_on=TODAY,
        )
        football = football_offer(club)
    return Cast(maja, torben, ole, inger, amir, need, club, trainer, football)
