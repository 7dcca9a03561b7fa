"""How many open needs gain and lose an offer by a change of it, told before it is saved (MAT-06)."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from brobygger.accounts.models import Membership
from brobygger.engine.fit.values import OfferFacts
from brobygger.matching.effects import effect
from brobygger.statistics import door


def preview(viewer: Membership, before: OfferFacts | None, after: OfferFacts | None, on: date) -> list[str]:
    """Two sentences; none for whoever meets no residents. The few are not told apart from nobody."""
    if not viewer.meets_residents:
        return []
    found = effect(before, after, on=on)
    return [
        _("Åbne behov, det kommer til at passe til: %(count)s.") % {"count": _count(found.gained)},
        _("Åbne behov, det ikke længere passer til: %(count)s.") % {"count": _count(found.lost)},
    ]


def _count(needs: Iterable[tuple[UUID, UUID]]) -> str:
    """The number of needs, where they are those of enough persons to be spoken of."""
    told = list(needs)
    persons = len({resident for _need, resident in told})
    return str(len(told)) if door.is_enough(persons) else door.few(persons)
