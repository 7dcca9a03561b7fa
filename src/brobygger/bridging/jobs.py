"""What bridging does by itself: sends what waits in the outbox, and rings its clocks."""

import logging
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from brobygger.accounts.models import Membership
from brobygger.bridging import access, handing_out, inviting, letters, links, reads, ringing, telling, triage
from brobygger.bridging.models import Leg
from brobygger.bridging.telling import ASKS_NOTHING
from brobygger.foundation import outbox
from brobygger.foundation.days import local_day
from brobygger.foundation.jobs import job, periodic
from brobygger.foundation.outbox import MessageState, OutboxMessage
from brobygger.foundation.scope import organisation_scope

log = logging.getLogger(__name__)


@job(name="bridging.dispatch")
def dispatch(*, organisation: str, message: str) -> None:
    """Send one message, if it may still leave. Consent and state are asked for again under the leg's lock."""
    with outbox.tried(UUID(organisation), message):
        waiting = OutboxMessage.objects.filter(pk=message, state=MessageState.WAITING)
        about = waiting.values_list("about_id", flat=True).first()
        if about is None:
            return
        leg = telling.lock(about)  # before the message, as whoever stops it does
        row = waiting.select_for_update().first()
        if row is not None:
            _send(row, leg)


def _send(row: OutboxMessage, leg: Leg) -> None:
    now = timezone.now()
    if now >= row.use_by:
        return  # the sweeper says so
    if not _may_leave(row, leg, now):
        OutboxMessage.objects.filter(pk=row.pk).update(state=MessageState.STOPPED)
        return
    if not _is_still_the_way_in(row, leg):
        OutboxMessage.objects.filter(pk=row.pk).update(state=MessageState.STOPPED)
        _came_through(leg, None if row.what in ASKS_NOTHING else now)
        return
    address = ""
    if row.what not in ASKS_NOTHING:
        token = links.make_link(leg=leg, address=row.to, expires_at=row.use_by, at=now)
        address = f"{settings.BROBYGGER_PUBLIC_URL}/svar/{token}/"
    subject, text = letters.write(row, leg, address)
    outbox.deliver(row, subject=subject, text=text, at=now)
    if row.state != MessageState.WAITING:
        _came_through(leg, now if row.state == MessageState.FAILED else None)


def _is_still_the_way_in(row: OutboxMessage, leg: Leg) -> bool:
    """Whoever has left the recipient meanwhile gets no link to somebody's words."""
    contact = telling.contact_of(leg)
    return contact is not None and contact.address == row.to


def _came_through(leg: Leg, undelivered_at: datetime | None) -> None:
    """An address that cannot be written to must not look like a partner who does not answer."""
    leg.undelivered_at = undelivered_at
    leg.save(update_fields=["undelivered_at"])


def _may_leave(row: OutboxMessage, leg: Leg, now: datetime) -> bool:
    """A word that it is over may always leave; a question only while it is live and consented to."""
    if row.what in ASKS_NOTHING:
        return True
    if not leg.is_live or leg.sent_at is None:
        return False
    return reads.consent_refusal(leg, leg.snapshot.shared, on=local_day(now)) is None


@job(name="bridging.hand_out")
def hand_out(*, organisation: str, message: str) -> None:
    """Send a partner its standing link to ask us, if it has not been taken back meanwhile."""
    with outbox.tried(UUID(organisation), message):
        handing_out.hand_out(UUID(message), now=timezone.now())


@job(name="bridging.invite")
def invite(*, organisation: str, message: str) -> None:
    """Send a resident the link to their own page, if it has not been taken back meanwhile."""
    with outbox.tried(UUID(organisation), message):
        inviting.send_invitation(UUID(message), now=timezone.now())


@periodic(cron="* * * * *")
@job(name="bridging.every_minute", pass_context=False)
def every_minute(timestamp: int) -> None:
    """Ring what is due and close what is over, house by house, each in its own scope."""
    for organisation in Membership.objects.values_list("organisation_id", flat=True).distinct():
        ring_clocks(organisation)
        ring_asks(organisation)
        close_what_is_over(organisation)


def close_what_is_over(organisation: UUID) -> None:
    with organisation_scope(organisation):
        access.end_access(now=timezone.now())


def ring_clocks(organisation: UUID) -> int:
    """Each clock in a transaction of its own: one that fails is logged and does not silence the others."""
    now = timezone.now()
    with organisation_scope(organisation):
        due = ringing.due_clocks(now=now)
    rung = 0
    for clock in due:
        try:
            with organisation_scope(organisation):
                rung += ringing.ring(clock=clock, at=now)
        except Exception:
            log.exception("clock %s could not ring", clock.pk)
    return rung


def ring_asks(organisation: UUID) -> int:
    """The clocks of what partners have asked, each in a transaction of its own; and what is old forgotten."""
    now = timezone.now()
    with organisation_scope(organisation):
        due = triage.due_asks(now=now)
        triage.forget_strangers(now=now)
    rung = 0
    for ask in due:
        try:
            with organisation_scope(organisation):
                rung += triage.ring_ask(ask=ask, at=now)
        except Exception:
            log.exception("the clock of ask %s could not ring", ask.pk)
    return rung
