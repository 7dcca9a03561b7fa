"""What the open feed gives out, page by page. Everybody may read it, so nobody is asked who they are."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from brobygger.offers import doubles
from brobygger.offers import reads as offers
from brobygger.offers.hsds import dated, flat, nested, terms
from brobygger.offers.hsds.flat import Object
from brobygger.offers.models import Location, Offer, OfferAtLocation
from brobygger.partners.models import Organisation

Asked: TypeAlias = dict[str, Any]
A_CHUNK = 200  # objects made at a time for a stream


@dataclass(frozen=True, slots=True)
class Listing:
    """A collection as it was asked for: how many, which keys, and how keys become objects."""

    total: Callable[[], int]
    keys: Callable[[slice], Sequence[Any]]
    objects: Callable[[Sequence[Any]], list[Object]]

    def all(self) -> Iterator[Object]:
        """Every object in turn, made some at a time. The keys are read at once, so nothing comes twice."""
        keys = self.keys(slice(None))
        chunks = (keys[begin : begin + A_CHUNK] for begin in range(0, len(keys), A_CHUNK))
        return (one for chunk in chunks for one in self.objects(chunk))


def services(asked: Asked) -> Listing:
    rows = _services(asked)
    if asked["minimal"]:
        return _listing(rows, asked, nested.services_in_short)
    return _listing(rows, asked, lambda keys: nested.services(keys, full=asked["full"]))


def service_at_locations(asked: Asked) -> Listing:
    rows = OfferAtLocation.objects.filter(
        withdrawn_at=None, location__withdrawn_at=None, offer__in=_services(asked).values("pk")
    )
    if asked["search"]:
        rows = rows.filter(offer__in=_found(asked["search"]))
    if asked["postcode"]:
        rows = _around(rows, asked["postcode"], asked["proximity"])
    return _of_rows(rows, lambda keys: nested.service_at_locations(keys, full=asked["full"]))


def organizations(asked: Asked) -> Listing:
    rows = Organisation.objects.filter(behind())
    for word in asked["search"].split():
        told = Q(name__icontains=word) | Q(alternate_name__icontains=word) | Q(description__icontains=word)
        rows = rows.filter(told)
    if asked["taxonomy_term_id"] or asked["taxonomy_id"]:
        tagged = terms.having("service", asked["taxonomy_term_id"], asked["taxonomy_id"])
        own = terms.having("organization", asked["taxonomy_term_id"], asked["taxonomy_id"])
        rows = rows.filter(
            Q(pk__in=Offer.objects.filter(tagged, withdrawn_at=None).values("organisation")) | own
        )
    full, full_service = asked["full"], asked["full_service"]
    return _of_rows(rows, lambda keys: nested.organizations(keys, full=full, full_service=full_service))


def taxonomies(asked: Asked) -> Listing:
    return _own_first(list(terms.OWN_TAXONOMIES), terms.taxonomies(), "taxonomy", asked)


def taxonomy_terms(asked: Asked) -> Listing:
    own, rows = list(flat.OWN_TERMS.values()), terms.taxonomy_terms()
    if asked["taxonomy_id"]:
        own = [one for one in own if one["taxonomy_id"] == asked["taxonomy_id"]]
        rows = rows.filter(taxonomy__in=_keys([asked["taxonomy_id"]]))
    if asked["parent_id"]:  # none of ours stands under another
        own, rows = [], rows.filter(parent__in=_keys([asked["parent_id"]]))
    if asked["top_only"]:
        rows = rows.exclude(pk__in=terms.taxonomy_terms().exclude(parent=None).values("parent"))
    return _own_first(own, rows, "taxonomy_term", asked)


def service(key: UUID, asked: Asked) -> list[Object]:
    return nested.services(_current(Offer.objects.filter(withdrawn_at=None), key), full=True)


def elsewhere(of: str, key: UUID) -> UUID | None:
    """The service that now stands for one that was put together with it."""
    return doubles.stands_now(key) if of == "services" else None


def service_at_location(key: UUID, asked: Asked) -> list[Object]:
    rows = OfferAtLocation.objects.filter(
        pk=key, withdrawn_at=None, offer__withdrawn_at=None, location__withdrawn_at=None
    )
    return nested.service_at_locations(list(rows.values_list("pk", flat=True)), full=True)


def organization(key: UUID, asked: Asked) -> list[Object]:
    rows = Organisation.objects.filter(behind(), pk=key).values_list("pk", flat=True)
    return nested.organizations(list(rows), full=True, full_service=asked["full_service"])


def taxonomy(key: UUID, asked: Asked) -> list[Object]:
    own = [one for one in terms.OWN_TAXONOMIES if one["id"] == str(key)]
    return own or terms.objects("taxonomy", _current(terms.taxonomies(), key))


def taxonomy_term(key: UUID, asked: Asked) -> list[Object]:
    own = [one for one in flat.OWN_TERMS.values() if one["id"] == str(key)]
    return own or terms.objects("taxonomy_term", _current(terms.taxonomy_terms(), key))


def behind() -> Q:
    """Those that stand behind something in the directory; a house that offers nothing is not in it."""
    kept = Q(withdrawn_at=None)
    offers, places = Offer.objects.filter(kept), Location.objects.filter(kept)
    return Q(pk__in=offers.values("organisation")) | Q(pk__in=places.values("organisation"))


def stamp(of: str, asked: Asked) -> str:
    """Another one whenever anything in the directory has changed, or something else is asked. One query.

    Dates only grow and rows stay, so no two states of the directory have the same sum.
    """
    said = repr((of, sorted(asked.items(), key=str), dated.sum_of_all()))
    return f'W/"{hashlib.sha256(said.encode()).hexdigest()[:32]}"'


def licences() -> list[str]:
    """Under which terms the sources have given what is here. One query."""
    rows = Offer.objects.filter(withdrawn_at=None).exclude(licence="")
    return sorted(set(rows.values_list("licence", flat=True)))


def _services(asked: Asked) -> QuerySet[Offer]:
    rows = Offer.objects.filter(withdrawn_at=None)
    if asked["organization_id"]:
        rows = rows.filter(organisation__in=_keys([asked["organization_id"]]))
    if asked["taxonomy_term_id"] or asked["taxonomy_id"]:
        rows = rows.filter(terms.having("service", asked["taxonomy_term_id"], asked["taxonomy_id"]))
    if asked["modified_after"]:
        rows = rows.filter(pk__in=dated.since(asked["modified_after"]))
    return rows


def _listing(
    rows: QuerySet[Offer], asked: Asked, objects: Callable[[Sequence[UUID]], list[Object]]
) -> Listing:
    """By key, or by how well it answers the words."""
    if not asked["search"]:
        return _of_rows(rows, objects)
    left = set(rows.values_list("pk", flat=True))
    keys = [key for key in _found(asked["search"]) if key in left]
    return Listing(lambda: len(keys), lambda piece: keys[piece], objects)


def _of_rows(rows: QuerySet[Any], objects: Callable[[Sequence[UUID]], list[Object]]) -> Listing:
    keys = rows.order_by("pk").values_list("pk", flat=True)
    return Listing(rows.count, lambda piece: list(keys[piece]), objects)


def _own_first(own: list[Object], rows: QuerySet[Any], entity: str, asked: Asked) -> Listing:
    """What we have as objects, and after it what has come as rows, in the order of their keys."""
    for word in asked["search"].split():
        own = [one for one in own if word.casefold() in _said(one)]
        rows = rows.filter(Q(name__icontains=word) | Q(description__icontains=word))
    keys, count = rows.order_by("pk").values_list("pk", flat=True), len(own)

    def piece_of(piece: slice) -> list[Object | UUID]:
        begin, end = piece.start or 0, piece.stop
        after = slice(max(begin - count, 0), None if end is None else max(end - count, 0))
        return [*own[piece], *keys[after]]

    def objects(found: Sequence[Object | UUID]) -> list[Object]:
        ours = [one for one in found if isinstance(one, dict)]
        return ours + terms.objects(entity, [one for one in found if isinstance(one, UUID)])

    return Listing(lambda: count + rows.count(), piece_of, objects)


def _said(one: Object) -> str:
    return f"{one['name']} {one['description']} {one.get('code', '')}".casefold()


def _found(words: str) -> tuple[UUID, ...]:
    """The services that answer some words, the best first."""
    on = timezone.localdate()
    return offers.find(offers.Wanted(words=words), offers.directory(on), on=on).keys


def _around(rows: QuerySet[OfferAtLocation], postcode: str, metres: int | None) -> QuerySet[OfferAtLocation]:
    """Those that cover a postcode, or lie within so many metres of its middle."""
    if metres is None:
        covered = Q(offer__areas=None) | Q(offer__areas=[]) | Q(offer__areas__contains=[postcode])
        return rows.filter(covered)
    middle = offers.middle_of(postcode)
    if middle is None:
        return rows.none()
    return offers.within(rows, middle, metres)


def _current(rows: QuerySet[Any], key: UUID) -> list[UUID]:
    return list(rows.filter(pk=key).values_list("pk", flat=True))


def _keys(told: list[str]) -> list[UUID]:
    return [key for one in told if (key := key_in(one))]


def key_in(told: str) -> UUID | None:
    """
    >>> key_in("nonsense") is None, key_in("00000000-0000-4000-8000-000000000000") is None
    (True, False)
    """
    try:
        return UUID(told)
    except ValueError:
        return None
