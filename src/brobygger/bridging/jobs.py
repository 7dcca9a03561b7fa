"""What bridging does by itself: sends what waits in the outbox, and rings its clocks."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import F
from django.utils import timezone

from brobygger.accounts.models import Membership
from brobygger.bridging import letters, links, reads, ringing, telling
from brobygger.bridging.models import Leg
from brobygger.foundation import outbox
from brobygger.foundation.days import local_day
from brobygger.foundation.jobs import job, later, periodic
from brobygger.foundation.outbox import MessageState, OutboxMessage
from brobygger.foundation.scope import organisation_scope

MAX_ATTEMPTS = 5


@job(name="bridging.dispatch", retry=MAX_ATTEMPTS)
def dispatch(*, organisation: str, message: str) -> None:
    """Send one message, if it may still leave. Consent and state are asked for again under the leg's lock."""
    with organisation_scope(UUID(organisation)):
        waiting = OutboxMessage.objects.select_for_update().filter(pk=message, state=MessageState.WAITING)
        row = waiting.first()
        if row is not None:
            _send(row)


def _send(row: OutboxMessage) -> None:
    now = timezone.now()
    leg = telling.lock(row.about_id)
    if now >= row.use_by or not _may_leave(row, leg, now):
        OutboxMessage.objects.filter(pk=row.pk).update(state=MessageState.STOPPED)
        return
    address = ""
    if row.what != "withdrawn":
        token = links.make_link(leg=leg, address=row.to, expires_at=row.use_by, at=now)
        address = f"{settings.BROBYGGER_PUBLIC_URL}/svar/{token}/"
    subject, text = letters.write(row, leg, address)
    outbox.deliver(row, subject=subject, text=text, at=now)


def _may_leave(row: OutboxMessage, leg: Leg, now: datetime) -> bool:
    """A word that it is over may always leave; a question only while it is live and consented to."""
    if row.what == "withdrawn":
        return True
    if not leg.is_live or leg.sent_at is None:
        return False
    return reads.consent_refusal(leg, leg.snapshot.shared, on=local_day(now)) is None


@periodic(cron="* * * * *")
@job(name="bridging.every_minute", pass_context=False)
def every_minute(timestamp: int) -> None:
    """Ring what is due and send again what the queue forgot, house by house, each in its own scope."""
    for organisation in Membership.objects.values_list("organisation_id", flat=True).distinct():
        ring_clocks(organisation)
        sweep(organisation)


def ring_clocks(organisation: UUID) -> int:
    """Each clock in a transaction of its own: one that fails does not silence the others."""
    now = timezone.now()
    with organisation_scope(organisation):
        due = ringing.due_clocks(now=now)
    rung = 0
    for clock in due:
        with organisation_scope(organisation):
            rung += ringing.ring(clock=clock, at=now)
    return rung


def sweep(organisation: UUID) -> None:
    """A message whose job was lost gets another one; one that has failed too often is said to have failed."""
    a_while_ago = timezone.now() - timedelta(minutes=5)
    with organisation_scope(organisation):
        forgotten = OutboxMessage.objects.filter(state=MessageState.WAITING, made_at__lt=a_while_ago)
        forgotten.filter(attempts__gte=MAX_ATTEMPTS).update(state=MessageState.FAILED)
        for pk in forgotten.filter(attempts__lt=MAX_ATTEMPTS).values_list("pk", flat=True):
            later("bridging.dispatch", organisation=str(organisation), message=str(pk))
        forgotten.update(attempts=F("attempts") + 1)
