"""What offers does by itself: hands out listing links, reads what was handed in, and finds dead addresses."""

import logging
from uuid import UUID

from django.utils import timezone

from brobygger.accounts.models import Membership
from brobygger.foundation import outbox
from brobygger.foundation.jobs import job, periodic
from brobygger.foundation.scope import organisation_scope
from brobygger.offers import apart, listing, orders, stewarding

log = logging.getLogger(__name__)


@job(name="offers.hand_out")
def hand_out(*, organisation: str, message: str) -> None:
    """Send a partner its listing link, if it has not been taken back meanwhile."""
    with outbox.tried(UUID(organisation), message):
        listing.hand_out(UUID(message), now=timezone.now())


@job(name="offers.work")
def work(*, organisation: str, order: str) -> None:
    """Read one file in a process of its own, and tell how far it has come."""
    apart.read(UUID(organisation), UUID(order))


@job(name="offers.undo")
def undo(*, organisation: str, run: str, member: str) -> None:
    """Take a large import back."""
    orders.undo_asked(UUID(organisation), UUID(run), UUID(member))


@periodic(cron="* * * * *")
@job(name="offers.go_on", pass_context=False)
def go_on(timestamp: int) -> None:
    """Ask again for the files that were being read when the machine or the worker stopped."""
    for organisation in Membership.objects.values_list("organisation_id", flat=True).distinct():
        orders.ask_again(organisation, at=timezone.now())


@periodic(cron="* * * * *")
@job(name="offers.every_minute", pass_context=False)
def every_minute(timestamp: int) -> None:
    """A bounced message is somebody's task within minutes. One house that fails stops no other."""
    now = timezone.now()
    for organisation in Membership.objects.values_list("organisation_id", flat=True).distinct():
        try:
            with organisation_scope(organisation):
                stewarding.find_bounces(now)
        except Exception:
            log.exception("dead addresses of %s could not be looked for", organisation)
