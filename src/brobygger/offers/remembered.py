"""What a listing said before, save by save, as its keeper reads it."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from brobygger.accounts.models import Membership
from brobygger.engine.fit import spoken
from brobygger.engine.words import gettext_noop
from brobygger.offers.history import ListingChange, ListingSave
from brobygger.offers.models import Offer, OfferAtLocation
from brobygger.offers.terms import CapacityKind, OfferStatus, OnlyFor, Theme

MOST = 500  # changes on one page
WHAT = {
    "offers.Offer": gettext_noop("Tilbuddet"),
    "offers.Location": gettext_noop("Stedet"),
    "offers.OfferAtLocation": gettext_noop("Tilbuddet på stedet"),
    "offers.Phone": gettext_noop("Telefon"),
    "offers.Schedule": gettext_noop("Åbningstid"),
    "offers.ToldSchedule": gettext_noop("Tid med kildens ord"),
    "offers.ContactPoint": gettext_noop("Hvem man spørger"),
    "offers.Address": gettext_noop("Adresse"),
    "offers.Accessibility": gettext_noop("Adgang"),
    "offers.SpokenLanguage": gettext_noop("Sprog"),
    "offers.CostOption": gettext_noop("Pris"),
    "offers.ServiceArea": gettext_noop("Område"),
    "offers.RequiredDocument": gettext_noop("Medbring"),
    "offers.Funding": gettext_noop("Bevilling"),
    "offers.ServiceCapacity": gettext_noop("Pladser"),
    "offers.WebAddress": gettext_noop("Hjemmeside"),
}
FIELDS = {
    "name": gettext_noop("navn"),
    "alternate_name": gettext_noop("også kaldet"),
    "description": gettext_noop("beskrivelse"),
    "website": gettext_noop("hjemmeside"),
    "url": gettext_noop("hjemmeside"),
    "email": gettext_noop("e-mail"),
    "application_process": gettext_noop("sådan kommer man med"),
    "fees_description": gettext_noop("om prisen"),
    "wait_time": gettext_noop("ventetid"),
    "eligibility_description": gettext_noop("for hvem"),
    "alert": gettext_noop("bemærk"),
    "interpretation_services": gettext_noop("tolkning"),
    "status": gettext_noop("åbent eller lukket"),
    "themes": gettext_noop("emner"),
    "minimum_age": gettext_noop("laveste alder"),
    "maximum_age": gettext_noop("højeste alder"),
    "only_for": gettext_noop("kun for"),
    "languages": gettext_noop("sprog"),
    "areas": gettext_noop("områder"),
    "price": gettext_noop("pris pr. gang"),
    "amount": gettext_noop("beløb"),
    "by_arrangement": gettext_noop("tiden aftales"),
    "capacity_kind": gettext_noop("plads"),
    "places_total": gettext_noop("pladser i alt"),
    "capacity_confirmed_on": gettext_noop("bekræftet"),
    "next_places_on": gettext_noop("næste pladser"),
    "opens_on": gettext_noop("begynder"),
    "closes_on": gettext_noop("slutter"),
    "withdrawn_at": gettext_noop("i kataloget"),
    "number": gettext_noop("nummer"),
    "weekday": gettext_noop("ugedag"),
    "opens_at": gettext_noop("åbner"),
    "closes_at": gettext_noop("lukker"),
    "address": gettext_noop("adresse"),
    "address_1": gettext_noop("adresse"),
    "postal_code": gettext_noop("postnummer"),
    "city": gettext_noop("by"),
    "transportation": gettext_noop("vejen derhen"),
    "is_step_free": gettext_noop("trappefri"),
    "is_protected": gettext_noop("beskyttet adresse"),
    "document": gettext_noop("papir"),
    "title": gettext_noop("funktion"),
}
TERMS = {"status": OfferStatus, "capacity_kind": CapacityKind, "only_for": OnlyFor}


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that changed. Both sides are empty where a row was added."""

    what: str
    field: str
    before: str
    after: str
    is_new: bool = False


@dataclass(frozen=True, slots=True)
class Save:
    """What was changed together. `may_go_back`: the offer itself or a row of its own was changed."""

    key: int
    at: datetime
    who: str
    lines: tuple[Line, ...]
    may_go_back: bool


def saves_of(offer: Offer, *, viewer: Membership | None) -> list[Save]:
    """Every save of an offer and its places, the newest first. Four queries, in the keeper's scope.

    Whoever reads it from another house than the keeper's, or through a link (no viewer), is told which house,
    and not who in it.
    """
    ties = OfferAtLocation.objects.filter(offer=offer).values("location")
    changes = ListingChange.objects.filter(Q(offer=offer) | Q(location__in=ties)).order_by("-number")[:MOST]
    together: dict[int, list[ListingChange]] = defaultdict(list)
    for change in changes:
        together[change.save_id].append(change)
    signed = {one.save_id: one for one in ListingSave.objects.filter(save_id__in=list(together))}
    names = _names(signed, viewer)
    return [_save(key, made[::-1], signed.get(key), names, offer) for key, made in together.items()]


def _names(signed: dict[int, ListingSave], viewer: Membership | None) -> dict[UUID, str]:
    if viewer is None:
        return {}
    keys = {one.by_id for one in signed.values() if one.by_kind == "member" and one.by_id}
    known = Membership.objects.filter(pk__in=keys, organisation_id=viewer.organisation_id)
    return {one.pk: one.name for one in known}


def _save(
    key: int, made: list[ListingChange], signed: ListingSave | None, names: dict[UUID, str], offer: Offer
) -> Save:
    made = sorted(made, key=lambda change: change.entity != Offer._meta.label)
    told = tuple(line for change in made for line in _lines(change))
    return Save(
        key=key,
        at=signed.at if signed else made[0].at,
        who=_who(signed, names, offer),
        lines=told,
        may_go_back=any(change.offer_id == offer.pk for change in made),
    )


def _who(signed: ListingSave | None, names: dict[UUID, str], offer: Offer) -> str:
    if signed is None or signed.by_kind == "system":
        return _("Hentet fra %(source)s") % {"source": offer.source} if offer.source else "Brobygger"
    if signed.by_kind == "link":
        return offer.organisation.name
    return names.get(signed.by_id, "") if signed.by_id in names else _("Et andet hus")


def _lines(change: ListingChange) -> Iterator[Line]:
    what = _(WHAT.get(change.entity, "Tilbuddet"))
    if change.is_new:
        yield Line(what, "", "", "", is_new=True)
    for column, after in sorted(change.after.items(), key=lambda one: _place(one[0])):
        if not column.endswith("_id"):
            before = change.before.get(column)
            field = _(FIELDS[column]) if column in FIELDS else column.replace("_", " ")
            yield Line(what, field, _said(column, before), _said(column, after))


def _place(column: str) -> tuple[int, str]:
    known = list(FIELDS)
    return (known.index(column) if column in FIELDS else len(known), column)


def _said(column: str, value: Any) -> str:
    """A value of a column, as one says it."""
    if column == "withdrawn_at":
        return _("nej") if value else _("ja")
    if value is None or value == "":
        return _("ikke oplyst")
    if isinstance(value, bool):
        return _("ja") if value else _("nej")
    if column in TERMS:
        return _(TERMS[column](value).label)
    if column == "themes":
        return ", ".join(_(Theme(one).label) for one in value) or _("ingen")
    if column == "price":
        return spoken.money(value).text(_)
    if column == "weekday":
        return _(spoken.WEEKDAYS[value])
    if isinstance(value, list):
        return ", ".join(map(str, value)) or _("alle")
    return str(value)[:5] if column in {"opens_at", "closes_at"} else str(value)
