"""What this room holds about one resident: handed out, and forgotten."""

from uuid import UUID

from django.db.models import QuerySet

from brobygger.foundation.policies import ERASED
from brobygger.privacy.erasing import dash, exporter_of
from brobygger.residents.models import FormerText, Need, Note, Relation, Resident

FORGOTTEN = {
    "name": ERASED,
    "reach_at": ERASED,
    "reach_rules": "",
    "speaks": "",
    "birth_year": None,
    "gender": "",
    "home": None,
    "max_minutes": None,
    "max_price": None,
    "languages": None,
    "needs_step_free": None,
    "free_times": None,
    "last_contact_on": None,
}


def _resident(resident_id: UUID) -> QuerySet[Resident]:
    return Resident.objects.filter(pk=resident_id)


def _relations(resident_id: UUID) -> QuerySet[Relation]:
    return Relation.objects.filter(resident=resident_id)


def _needs(resident_id: UUID) -> QuerySet[Need]:
    return Need.objects.filter(resident=resident_id)


def _notes(resident_id: UUID) -> QuerySet[Note]:
    return Note.objects.filter(resident=resident_id)


def _former_texts(resident_id: UUID) -> QuerySet[FormerText]:
    return FormerText.objects.filter(resident=resident_id)


def _forget_former_texts(resident_id: UUID) -> int:
    return _former_texts(resident_id).update(text=ERASED)


def _forget_resident(resident_id: UUID) -> int:
    return _resident(resident_id).update(**FORGOTTEN)


def _forget_needs(resident_id: UUID) -> int:
    dash(_needs(resident_id), "next_step")
    return _needs(resident_id).update(words=ERASED, way_words="", way_whose="", way_link="")


def _forget_notes(resident_id: UUID) -> int:
    """The name goes where the resident spoke; a worker's name stays on what a worker wrote."""
    dash(_notes(resident_id).filter(by=None), "by_name")
    return _notes(resident_id).update(text=ERASED, link="", seconds=None)


ERASERS = {
    "residents.Resident": _forget_resident,
    "residents.Need": _forget_needs,
    "residents.Note": _forget_notes,
    "residents.FormerText": _forget_former_texts,
}
EXPORTERS = {
    "residents.Resident": exporter_of(_resident),
    "residents.Relation": exporter_of(_relations),
    "residents.Need": exporter_of(_needs),
    "residents.Note": exporter_of(_notes),
    "residents.FormerText": exporter_of(_former_texts),
}
