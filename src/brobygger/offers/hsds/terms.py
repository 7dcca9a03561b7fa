"""The taxonomies and their terms, ours and those that came with a directory, and which rows have them."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q, QuerySet

from brobygger.offers import marks
from brobygger.offers.details import Attribute, Taxonomy, TaxonomyTerm
from brobygger.offers.hsds import beside
from brobygger.offers.hsds.flat import FACTS, OWN_TERMS, THEMES, Object
from brobygger.offers.terms import Theme

OWN_TAXONOMIES = (THEMES, FACTS)


def taxonomies() -> QuerySet[Taxonomy]:
    """Those of others; ours are `OWN_TAXONOMIES`."""
    return Taxonomy.objects.filter(withdrawn_at=None)


def taxonomy_terms() -> QuerySet[TaxonomyTerm]:
    """Those of others; ours are `flat.OWN_TERMS`."""
    return TaxonomyTerm.objects.filter(withdrawn_at=None)


def objects(entity: str, keys: Sequence[UUID]) -> list[Object]:
    """These taxonomies or terms of others, in this order. One query."""
    found = beside.by_key(entity, map(str, keys))
    return [found[str(key)] for key in keys if str(key) in found]


def having(entity: str, term: str, taxonomy: str) -> Q:
    """The condition that a row of one kind has a term, or any term of a taxonomy. Empty: is not asked."""
    found = _of_others(entity, term, taxonomy)
    for one in OWN_TERMS.values():
        if _is_meant(one, term, taxonomy):
            found |= _has(entity, one)
    return found


def _of_others(entity: str, term: str, taxonomy: str) -> Q:
    meant = taxonomy_terms()
    if term:
        meant = meant.filter(pk__in=_keys(term))
    if taxonomy:
        meant = meant.filter(taxonomy__in=_keys(taxonomy))
    hung = Attribute.objects.filter(entity=entity, term__in=meant.values("pk"), withdrawn_at=None)
    return Q(pk__in=hung.values("row"))


def _keys(told: str) -> list[UUID]:
    try:
        return [UUID(told)]
    except ValueError:
        return []


def _is_meant(one: Object, term: str, taxonomy: str) -> bool:
    return (not term or one["id"] == term) and (not taxonomy or one["taxonomy_id"] == taxonomy)


def _has(entity: str, term: Object) -> Q:
    """Our own terms stand as fields: a theme in the list of themes, a fact where it is not the usual one."""
    if term["taxonomy_id"] == THEMES["id"]:
        return Q(themes__contains=[Theme(term["code"])]) if entity == "service" else Q(pk__in=[])
    for mark in marks.marks_of(entity):
        if mark.term == term["code"]:
            return ~_is_usual(mark)
    return Q(pk__in=[])


def _is_usual(mark: marks.Mark) -> Q:
    return Q(**{f"{mark.field}__isnull": True}) if mark.usual is None else Q(**{mark.field: mark.usual})
