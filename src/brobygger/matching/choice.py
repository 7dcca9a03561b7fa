"""What the worker chose, frozen and signed, so that bridging gets exactly what was on the screen (MAT-07).

Bridging is a neighbour and is not imported: the page carries this text in a hidden field named `forslag`.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.core import signing

from brobygger.matching.person import Fact

SALT = "forslag"


def signed(
    *,
    need: UUID,
    offer: UUID | None,
    recipient: UUID,
    offer_name: str,
    was_suggested: bool,
    reasons: Iterable[tuple[str, str]],
    facts: Mapping[str, str],
    at: datetime,
) -> str:
    """A choice as one text. `reasons` are (standing, sentence); `facts` what was used, label by label."""
    return signing.dumps(
        {
            "need": str(need),
            "offer": str(offer) if offer else None,
            "recipient": str(recipient),
            "offer_name": offer_name,
            "was_suggested": was_suggested,
            "reasons": [{"standing": standing, "text": text} for standing, text in reasons],
            "facts_used": dict(facts),
            "at": at.isoformat(),
        },
        salt=SALT,
        compress=True,
    )


def used(facts: Iterable[Fact], *, supposed: str) -> dict[str, str]:
    """The ticked facts; what was only supposed says so ("20 minutter (prøvet)")."""
    return {
        fact.label: f"{fact.value} ({supposed})" if fact.is_tried else fact.value
        for fact in facts
        if fact.is_ticked
    }
