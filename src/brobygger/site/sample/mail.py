"""Send at its own time what the stories put in the outbox, so that mailboxes hold links that work."""

from datetime import datetime

from django.conf import settings

from brobygger.bridging import letters, links
from brobygger.bridging.models import Bridge, Leg
from brobygger.foundation import outbox
from brobygger.foundation.outbox import MessageState, OutboxMessage


def carry(leg: Leg, bridge: Bridge, *, now: datetime) -> None:
    """What is too old for its link to work is only marked as sent: whoever got it has thrown it away."""
    leg.bridge = bridge
    waiting = OutboxMessage.objects.filter(about_id=leg.pk, state=MessageState.WAITING)
    for message in waiting.order_by("made_at"):
        if message.use_by > now:
            _deliver(message, leg)
        else:
            message.state, message.sent_at, message.attempts = MessageState.SENT, message.made_at, 1
            message.save(update_fields=["state", "sent_at", "attempts"])


def _deliver(message: OutboxMessage, leg: Leg) -> None:
    address = ""
    if message.what != "withdrawn":
        token = links.make_link(leg=leg, address=message.to, expires_at=message.use_by, at=message.made_at)
        address = f"{settings.BROBYGGER_PUBLIC_URL}/svar/{token}/"
    subject, text = letters.write(message, leg, address)
    outbox.deliver(message, subject=subject, text=text, at=message.made_at)
