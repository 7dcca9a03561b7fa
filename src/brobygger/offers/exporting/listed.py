"""The offers as one reads them in a list: a line each, with the words of the pages."""

from collections.abc import Iterator
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from brobygger.offers import reads
from brobygger.offers.models import Offer, Phone
from brobygger.offers.rules import dialled

A_CHUNK = 500


def headings() -> list[str]:
    return [
        _("Tilbud"), _("Organisation"), _("Hvad"), _("Hvor"), _("Hvornår"), _("Pris"), _("Sprog"), _("Alder"),
        _("Plads"), _("Telefon"), _("E-mail"), _("Hjemmeside"), _("Kilde"), _("Licens"),
    ]  # fmt: skip


def rows(keeper: UUID | None) -> Iterator[list[str]]:
    """By name. A cell is empty where nobody has told us."""
    today = timezone.localdate()
    packed = reads.directory(today)
    kept = Offer.objects.filter(withdrawn_at=None)
    kept = kept.filter(keeper_id=keeper) if keeper else kept
    keys = list(kept.order_by("name", "id").values_list("pk", flat=True))
    for begin in range(0, len(keys), A_CHUNK):
        chunk = keys[begin : begin + A_CHUNK]
        shown = reads.offer_rows(chunk, packed, on=today)
        offers = Offer.objects.select_related("organisation").in_bulk(chunk)
        numbers = _numbers(chunk)
        for key in chunk:
            if row := shown.get(key):
                offer = offers[key]
                yield [
                    row.name, row.organisation, offer.description, row.place, row.times, row.price,
                    row.languages, row.ages, row.badge.text, numbers.get(key, ""),
                    offer.email or offer.organisation.email, offer.website or offer.organisation.website,
                    offer.source, offer.licence,
                ]  # fmt: skip


def _numbers(keys: list[UUID]) -> dict[UUID, str]:
    """The first number of each offer, as it was written."""
    told = Phone.objects.filter(offer__in=keys, withdrawn_at=None).order_by("-number", "-id")
    return {one.offer_id: one.number for one in told if one.offer_id and dialled(one.number)}
