"""The taxonomies and their terms, and which rows have them."""

from django.db.models import Q

from brobygger.offers import marks
from brobygger.offers.hsds import flat
from brobygger.offers.hsds.flat import FACTS, THEMES, Object
from brobygger.offers.terms import Theme


def taxonomies() -> list[Object]:
    return [THEMES, FACTS]


def taxonomy_terms() -> list[Object]:
    return list(flat.OWN_TERMS.values())


def having(entity: str, term: str, taxonomy: str) -> Q:
    """The condition that a row of one kind has a term, or any term of a taxonomy. Empty: is not asked."""
    asked = [one for one in flat.OWN_TERMS.values() if _is_meant(one, term, taxonomy)]
    found = Q(pk__in=[])
    for one in asked:
        found |= _has(entity, one)
    return found


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
