"""Whoever an offer belongs to keeps it true: changes, creates, withdraws, and takes it back (OFF-02).

The caller has asked whether this is theirs to keep (`permissions.may_keep`, or a listing link). The directory
is written by its keeper only, so each act runs in the keeper's scope, and stands in the keeper's trail.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F

from brobygger.foundation import audit
from brobygger.foundation.actor import Actor
from brobygger.foundation.days import local_day
from brobygger.foundation.fields import save_seen
from brobygger.foundation.scope import organisation_scope
from brobygger.offers import stewarding
from brobygger.offers.hours import Span
from brobygger.offers.models import Location, Offer, OfferAtLocation, Schedule
from brobygger.offers.terms import CapacityKind
from brobygger.partners.models import Organisation


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody says about an offer, and only that.

    `fields` are columns of the offer; `hours` weekday -> spans (none: closed; None: not told any more);
    `access` location -> step-free or not. `free` places are counted from those that are taken by then.
    """

    fields: Mapping[str, Any] = field(default_factory=dict)
    hours: Mapping[int, tuple[Span, ...] | None] = field(default_factory=dict)
    access: Mapping[UUID, bool | None] = field(default_factory=dict)
    free: int | None = None

    @property
    def names(self) -> list[str]:
        """What was said something about, for the trail: names of columns, never what stands in them."""
        parts = {"hours": self.hours, "is_step_free": self.access, "free": self.free is not None}
        return sorted([*self.fields, *(name for name, part in parts.items() if part)])


@transaction.atomic
def change_offer(*, offer: Offer, seen: int, told: Told, by: Actor, at: datetime) -> None:
    """Save what was told, or raise `Stale` if somebody saved a newer version meanwhile."""
    fields = dict(told.fields)
    if told.free is not None:
        fields |= {"places_total": F("places_taken") + told.free}
    with organisation_scope(offer.keeper_id):
        save_seen(offer, seen=seen, **fields)
        for weekday, spans in told.hours.items():
            _tell_hours(offer, weekday, spans, at)
        for location, is_step_free in told.access.items():
            places_of(offer).filter(pk=location).update(is_step_free=is_step_free)
        stewarding.confirm(offer=offer, by=by, at=at)
        audit.record("offer:changed", about=offer, by=by, at=at, fields=told.names)


@transaction.atomic
def confirm_offer(*, offer: Offer, by: Actor, at: datetime) -> None:
    """Say that everything still holds: nothing changes but the day on which somebody said so."""
    with organisation_scope(offer.keeper_id):
        stewarding.confirm(offer=offer, by=by, at=at)
        audit.record("offer:confirmed", about=offer, by=by, at=at)


@transaction.atomic
def confirm_room(*, offer: Offer, seen: int, told: Told, by: Actor, at: datetime) -> None:
    """Say whether there is room. Said today, also where it is what stood there already (OFF-03)."""
    fields = {**told.fields, "capacity_confirmed_on": local_day(at)}
    if fields.get("capacity_kind", offer.capacity_kind) != CapacityKind.PLACES:
        told = Told(fields)
    else:
        told = Told(fields, free=told.free)
    change_offer(offer=offer, seen=seen, told=told, by=by, at=at)


@transaction.atomic
def create_offer(
    *,
    organisation: Organisation,
    keeper: UUID,
    told: Told,
    by: Actor,
    at: datetime,
    is_fictional: bool = False,
) -> Offer:
    """Write a new offer of this organisation into the directory that `keeper` keeps."""
    with organisation_scope(keeper):
        offer = Offer.objects.create(organisation=organisation, is_fictional=is_fictional, **told.fields)
        stewarding.confirm(offer=offer, by=by, at=at)
        audit.record("offer:created", about=offer, by=by, at=at, organisation=str(organisation.pk))
    return offer


@transaction.atomic
def withdraw_offer(*, offer: Offer, by: Actor, at: datetime) -> None:
    """Take an offer out of the directory. Nothing is deleted: bridges lead to it, and it can be put back."""
    with organisation_scope(offer.keeper_id):
        if _set_withdrawn(offer, at):
            audit.record("offer:withdrawn", about=offer, by=by, at=at)


@transaction.atomic
def put_back(*, offer: Offer, by: Actor, at: datetime) -> None:
    """Undo that an offer was taken out."""
    with organisation_scope(offer.keeper_id):
        if _set_withdrawn(offer, None):
            audit.record("offer:put_back", about=offer, by=by, at=at)


def _set_withdrawn(offer: Offer, withdrawn_at: datetime | None) -> bool:
    """The same press twice changes nothing, and stands once in the trail."""
    rows = Offer.objects.filter(pk=offer.pk, withdrawn_at__isnull=withdrawn_at is not None)
    return bool(rows.update(withdrawn_at=withdrawn_at, version=F("version") + 1))


def _tell_hours(offer: Offer, weekday: int, spans: tuple[Span, ...] | None, at: datetime) -> None:
    """Replace one weekday of the offer's own hours. What stood there is withdrawn, never deleted."""
    Schedule.objects.filter(offer=offer, weekday=weekday, withdrawn_at=None).update(withdrawn_at=at)
    if spans is None:
        return
    Schedule.objects.bulk_create(
        Schedule(offer=offer, weekday=weekday, opens_at=opens, closes_at=closes)
        for opens, closes in spans or ((None, None),)
    )


def places_of(offer: Offer) -> Any:
    """The offer's places that are its organisation's own: others' doors are not ours to describe."""
    ties = OfferAtLocation.objects.filter(offer=offer, withdrawn_at=None)
    return Location.objects.filter(
        pk__in=ties.values("location"), organisation=offer.organisation_id, keeper_id=offer.keeper_id
    )
