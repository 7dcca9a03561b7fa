"""What the house does by itself at night: every room's daily work, house by house."""

import logging
from uuid import UUID

from django.utils import timezone

from brobygger.accounts.models import Membership
from brobygger.foundation import outbox
from brobygger.foundation.jobs import job, periodic
from brobygger.foundation.scope import organisation_scope
from brobygger.foundation.sockets import daily_jobs
from brobygger.site import head_mail

log = logging.getLogger(__name__)


@periodic(cron="17 3 * * *")
@job(name="site.every_night", pass_context=False)
def every_night(timestamp: int) -> None:
    """Each work of each house in a transaction of its own: one that fails is logged and stops no other."""
    now = timezone.now()
    for organisation in Membership.objects.values_list("organisation_id", flat=True).distinct():
        for name, work in daily_jobs:
            try:
                with organisation_scope(organisation):
                    work(now)
            except Exception:
                log.exception("%s failed for %s", name, organisation)


@job(name="site.send_head")
def send_head(*, organisation: str, message: str) -> None:
    with outbox.tried(UUID(organisation), message):
        head_mail.send(UUID(message), timezone.now())


@periodic(cron="* * * * *")
@job(name="site.every_minute", pass_context=False)
def every_minute(timestamp: int) -> None:
    """Sweep every house's outbox: what the queue forgot, what is too old, who was not reached."""
    now = timezone.now()
    for organisation in Membership.objects.values_list("organisation_id", flat=True).distinct():
        try:
            outbox.sweep(organisation, now)
        except Exception:
            log.exception("the outbox of %s could not be swept", organisation)
