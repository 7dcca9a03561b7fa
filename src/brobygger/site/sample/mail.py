"""Send at its own time what the stories put in the outbox, so that mailboxes hold links that work."""

from datetime import datetime

from django.conf import settings

from brobygger.bridging import letters, links
from brobygger.bridging.models import Bridge, Leg
from brobygger.foundation import outbox
from brobygger.foundation.outbox import MessageState, OutboxMessage


class Post:
    """Carries while the stories are lived, and hands over when they are done: files are not rolled back."""

    def __init__(self, now: datetime) -> None:
        self._now = now
        self._carried: list[tuple[OutboxMessage, str, str]] = []

    def carry(self, leg: Leg, bridge: Bridge) -> None:
        """Mark what waits as sent when it was made. The letter itself is kept while its link still works."""
        leg.bridge = bridge
        waiting = OutboxMessage.objects.filter(about_id=leg.pk, state=MessageState.WAITING)
        for message in waiting.order_by("made_at"):
            if message.use_by > self._now:
                self._carried.append((message, *letters.write(message, leg, _address(message, leg))))
            message.state, message.sent_at, message.attempts = MessageState.SENT, message.made_at, 1
            message.save(update_fields=["state", "sent_at", "attempts"])

    def hand_over(self) -> int:
        """Put the letters in their boxes; how many."""
        for message, subject, text in self._carried:
            outbox.ADAPTERS[settings.BROBYGGER_OUTBOX](message, subject, text)
        return len(self._carried)


def _address(message: OutboxMessage, leg: Leg) -> str:
    if message.what == "withdrawn":
        return ""
    token = links.make_link(leg=leg, address=message.to, expires_at=message.use_by, at=message.made_at)
    return f"{settings.BROBYGGER_PUBLIC_URL}/svar/{token}/"
