"""The words of the directory, kept in memory. A changed offer is read again, and nothing else.

What an offer says is known by the row versions of the offer and its organisation, so that only those that
have changed are fetched. One thread renews at a time; the others wait, so that a change is seen at once.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from threading import Lock
from typing import TypeAlias
from uuid import UUID

import numpy as np
from django.db import connection

from brobygger.engine.fit.layout import Columns, Numbers
from brobygger.engine.search import Index, Text
from brobygger.foundation.alphabet import in_danish_order
from brobygger.offers.models import Offer
from brobygger.offers.needs import lexicon

WEIGHTS = {
    "name": 3.0,
    "alternate_name": 2.5,
    "organisation__name": 1.5,
    "description": 1.0,
    "eligibility_description": 0.8,
    "application_process": 0.5,
}
VERSIONS = """
    SELECT o.id, o.xmin::text::bigint, g.xmin::text::bigint
    FROM offers_offer o JOIN partners_organisation g ON g.id = o.organisation_id
    WHERE o.withdrawn_at IS NULL
"""

Version: TypeAlias = tuple[int, int]
Place: TypeAlias = tuple[object, UUID]  # where an offer stands among the others, by name


@dataclass(frozen=True, slots=True)
class Known:
    """The words of one packed directory, kept until it is packed anew."""

    packed: Columns
    versions: dict[UUID, Version]
    texts: dict[UUID, tuple[Place, Text[UUID]]]
    index: Index[UUID]
    rows: Numbers  # for each text its packed row; -1 for an offer that came in between


_known: Known | None = None
_renewing = Lock()


def of(packed: Columns) -> Known:
    """What can be found by words, by name in order. No query while the directory is the same, else two."""
    global _known
    known = _known
    if known is not None and known.packed is packed:
        return known
    with _renewing:
        if _known is None or _known.packed is not packed:
            _known = _renewed(_known, packed)
        return _known


def _renewed(was: Known | None, packed: Columns) -> Known:
    versions = _versions()
    texts = {} if was is None else {key: told for key, told in was.texts.items() if key in versions}
    before = {} if was is None else was.versions
    changed = [key for key, version in versions.items() if before.get(key) != version]
    texts |= _texts(changed, all_of_them=len(changed) == len(versions))
    ordered = [text for _, text in sorted(texts.values(), key=lambda told: told[0])]
    index = Index.of(ordered, lexicon()) if was is None else was.index.renewed(ordered)
    row_of = {key: row for row, key in enumerate(packed.ids)}
    rows = np.fromiter((row_of.get(text.key, -1) for text in ordered), np.int64, len(ordered))
    return Known(packed, versions, texts, index, rows)


def _versions() -> dict[UUID, Version]:
    with connection.cursor() as cursor:
        cursor.execute(VERSIONS)
        return {key: (offer, organisation) for key, offer, organisation in cursor.fetchall()}


def _texts(keys: Iterable[UUID], *, all_of_them: bool) -> dict[UUID, tuple[Place, Text[UUID]]]:
    """What these offers say, and their place by name, so that a tie is decided by it."""
    some = Offer.objects.filter(withdrawn_at=None)
    rows = (some if all_of_them else some.filter(pk__in=keys)).values_list("id", "themes", *WEIGHTS)
    return {
        key: (
            (in_danish_order(texts[0]), key),
            Text(key, tuple(zip(WEIGHTS.values(), texts, strict=True)), tuple(themes)),
        )
        for key, themes, *texts in rows
    }
