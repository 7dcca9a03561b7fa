"""What offers does by itself: hands partners their listing links."""

from uuid import UUID

from django.utils import timezone

from brobygger.foundation import outbox
from brobygger.foundation.jobs import job
from brobygger.offers import listing


@job(name="offers.hand_out")
def hand_out(*, organisation: str, message: str) -> None:
    """Send a partner its listing link, if it has not been taken back meanwhile."""
    with outbox.tried(UUID(organisation), message):
        listing.hand_out(UUID(message), now=timezone.now())
