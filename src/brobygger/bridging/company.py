"""What whoever goes along may know: when, where, a first name, a language, and what the resident wishes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from brobygger.accounts.models import Membership
from brobygger.accounts.terms import Role
from brobygger.bridging.models import Accompaniment, Leg
from brobygger.bridging.terms import CompanyState
from brobygger.foundation import audit

GO_ALONG = (Role.WORKER, Role.LEADER, Role.VOLUNTEER)


@dataclass(frozen=True, slots=True)
class Outing:
    """One time to go along, as the companion sees it, and nothing else of the bridge."""

    company: Accompaniment
    first_name: str
    speaks: str
    recipient: str

    @property
    def state(self) -> CompanyState:
        return CompanyState(self.company.state)


def outings_of(viewer: Membership, *, now: datetime) -> list[Outing]:
    """Where the viewer is asked to go along, or has just been, the next one on top. One query."""
    shown = _shown_to(viewer, now).order_by("meet_at")
    found = [_outing(company) for company in shown]
    audit.saw("resident", [one.leg.subject_id for one in shown])
    return found


def outing_for(viewer: Membership, company_id: UUID, *, now: datetime) -> Outing:
    """One of them, or 404: also when three days have passed since the meeting."""
    company = _shown_to(viewer, now).filter(pk=company_id).first()
    if company is None:
        raise Http404
    audit.saw("resident", [company.leg.subject_id])
    return _outing(company)


def company_of(leg: Leg) -> Accompaniment | None:
    """Who goes along on this leg, or last did. One query."""
    found = leg.company.select_related("companion", "offered_by")
    return found.order_by("offered_at").last()


def may_go_along(viewer: Membership) -> list[Membership]:
    """Who of the house can be asked to go along. One query."""
    house = Membership.objects.filter(organisation_id=viewer.organisation_id, is_active=True)
    return list(house.filter(role__in=GO_ALONG).order_by("name"))


def _shown_to(viewer: Membership, now: datetime) -> QuerySet[Accompaniment]:
    theirs = Accompaniment.objects.filter(companion=viewer, access_until__gt=now)
    return theirs.select_related("leg__recipient", "leg__bridge__need__resident")


def _outing(company: Accompaniment) -> Outing:
    need = company.leg.bridge.need
    resident = need.resident if need else None
    return Outing(
        company=company,
        first_name=resident.first_name if resident else "",
        speaks=resident.speaks if resident else "",
        recipient=company.leg.recipient.name,
    )
