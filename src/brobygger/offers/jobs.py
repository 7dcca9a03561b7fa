"""What offers does by itself: hands partners their listing links, and reads the files that were handed in."""

from uuid import UUID

from django.utils import timezone

from brobygger.accounts.models import Membership
from brobygger.foundation import outbox
from brobygger.foundation.jobs import job, periodic
from brobygger.offers import apart, listing, orders


@job(name="offers.hand_out")
def hand_out(*, organisation: str, message: str) -> None:
    """Send a partner its listing link, if it has not been taken back meanwhile."""
    with outbox.tried(UUID(organisation), message):
        listing.hand_out(UUID(message), now=timezone.now())


@job(name="offers.work")
def work(*, organisation: str, order: str) -> None:
    """Read one file in a process of its own, and tell how far it has come."""
    apart.read(UUID(organisation), UUID(order))


@periodic(cron="* * * * *")
@job(name="offers.go_on", pass_context=False)
def go_on(timestamp: int) -> None:
    """Ask again for the files that were being read when the machine or the worker stopped."""
    for organisation in Membership.objects.values_list("organisation_id", flat=True).distinct():
        orders.ask_again(organisation, at=timezone.now())
