"""What changes in the directory. What its keepers write is in `keeping`."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import IntegrityError, connection, models, transaction
from django.db.models import F

from brobygger.foundation import audit
from brobygger.foundation.actor import Actor
from brobygger.foundation.scope import organisation_scope
from brobygger.offers.details import Address
from brobygger.offers.history import ListingChange
from brobygger.offers.models import Location, Offer
from brobygger.offers.runs import ImportTrace
from brobygger.offers.terms import CapacityKind


class NoPlaceLeft(Exception):
    """The last place went to somebody else."""


class NothingToGoBackTo(Exception):  # noqa: N818 - a sentence
    """This offer was not changed then."""


class NoRoomForWhatWas(Exception):  # noqa: N818 - a sentence
    """More places are taken now than there were in all at that time."""


def take_place(*, offer: Offer) -> None:
    """Take one place, or raise `NoPlaceLeft`. Offers that do not count places always have room.

    The comparison is part of the UPDATE and the row is locked by it until the end of the transaction,
    so the last place is given once (OFF-04). The directory is written by its keeper only, hence the
    short step into the keeper's scope; nothing else happens there.
    """
    if offer.capacity_kind != CapacityKind.PLACES:
        return
    with organisation_scope(offer.keeper_id):
        free = Offer.objects.filter(pk=offer.pk, places_taken__lt=F("places_total"))
        if not free.update(places_taken=F("places_taken") + 1):
            raise NoPlaceLeft(offer.pk)


def give_place_back(*, offer: Offer) -> None:
    """Give one place back when the person who had it no longer comes."""
    if offer.capacity_kind != CapacityKind.PLACES:
        return
    with organisation_scope(offer.keeper_id):
        Offer.objects.filter(pk=offer.pk, places_taken__gt=0).update(places_taken=F("places_taken") - 1)


@transaction.atomic
def roll_back(*, offer: Offer, to: int, by: Actor, at: datetime) -> None:
    """Let an offer and its rows say what they said before the save `to` (`ListingChange.save_id`).

    The caller has asked whether the offer is theirs to keep (`permissions.may_keep`). What was added since is
    withdrawn, nothing is deleted, and the way back is itself a save that one can go back from. Places taken
    stay taken: they are people. Places (locations) are shared by offers and are not touched.
    Raises `NothingToGoBackTo`, or `NoRoomForWhatWas` and changes nothing.
    """
    with organisation_scope(offer.keeper_id):
        Offer.objects.select_for_update().get(pk=offer.pk)
        try:
            with transaction.atomic():
                for model, row, before in _as_it_was(offer, to):
                    if before is None:
                        model._default_manager.filter(pk=row, withdrawn_at=None).update(withdrawn_at=at)
                    else:
                        _put_back(model, row, before)
                Offer.objects.filter(pk=offer.pk).update(version=F("version") + 1)
        except IntegrityError as refused:
            raise NoRoomForWhatWas(offer.pk) from refused
        audit.record("offer:rolled_back", about=offer, by=by, at=at)
    offer.refresh_from_db()


def _as_it_was(offer: Offer, to: int) -> Iterator[tuple[type[models.Model], UUID, dict[str, Any] | None]]:
    """Each row changed since, the offer first, with what its columns said; None: it was not there."""
    of_offer = ListingChange.objects.filter(offer=offer)
    first = of_offer.filter(save_id=to).order_by("number").values_list("number", flat=True).first()
    if first is None:
        raise NothingToGoBackTo(to)
    was: dict[tuple[str, UUID], dict[str, Any] | None] = {}
    for change in of_offer.filter(number__gte=first).order_by("number"):
        key = change.entity, change.row
        if change.is_new:
            was[key] = None
        elif (told := was.setdefault(key, {})) is not None:
            was[key] = {**change.before, **told}
    for (entity, row), before in sorted(was.items(), key=lambda one: one[0][0] != Offer._meta.label):
        yield apps.get_model(entity), row, before


def _put_back(model: type[models.Model], row: UUID, before: dict[str, Any]) -> None:
    """Set columns from JSON, with the database's own reading of it."""
    if not before:
        return
    quote = connection.ops.quote_name
    table = quote(model._meta.db_table)
    columns = ", ".join(f"{quote(name)} = was.{quote(name)}" for name in before)
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {table} SET {columns} FROM jsonb_populate_record(NULL::{table}, %s) was"  # noqa: S608
            f" WHERE {table}.id = %s",
            [json.dumps(before), row],
        )


@transaction.atomic
def hide_place(*, location: Location, by: Actor, at: datetime) -> None:
    """Take everything out of the directory that says where a place is, for good: people are in hiding there.

    Also out of its history, and out of what imports remember. Nothing but a town is left, if one is told.
    """
    with organisation_scope(location.keeper_id):
        blank = dict.fromkeys(("attention", "address_1", "address_2", "region", "postal_code"), "")
        addresses = Address.objects.filter(location=location)
        told = [str(key) for key in (location.pk, *addresses.values_list("pk", flat=True))]
        ImportTrace.objects.filter(changed__has_any_keys=told).update(changed={})
        addresses.update(withdrawn_at=at, **blank)
        nowhere = dict.fromkeys(("address", "postal_code", "transportation"), "")
        Location.objects.filter(pk=location.pk).update(
            is_protected=True, easting=None, northing=None, **nowhere
        )
        audit.record("offer:place_hidden", about=location, by=by, at=at)
    location.refresh_from_db()
