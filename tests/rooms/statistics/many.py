"""So many residents, each with one open need."""

from typing import Any

from brobygger.residents.models import Need, Resident
from tests.people import NOW, TODAY, Cast


def residents(cast: Cast, how_many: int, *, theme: str, **facts: Any) -> list[Resident]:
    """Needs an open scope."""
    people = Resident.objects.bulk_create(
        Resident(name=f"Fiktiv {n}", reach_at="+45 00 00 00 00", made_at=NOW, is_fictional=True, **facts)
        for n in range(how_many)
    )
    Need.objects.bulk_create(
        Need(
            resident=person,
            words="noget",
            theme=theme,
            owner=cast.maja,
            next_step="ring",
            next_step_on=TODAY,
            opened_at=NOW,
        )
        for person in people
    )
    return people
