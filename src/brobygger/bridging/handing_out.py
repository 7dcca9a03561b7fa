"""The one message of the other way: a partner's standing link, cut as it leaves, with no content besides."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from brobygger.bridging.asking import ASK_LINK, cut_key
from brobygger.bridging.asks import AskLink
from brobygger.foundation import outbox
from brobygger.foundation.outbox import MessageState, OutboxMessage


def hand_out(message_id: UUID, *, now: datetime) -> bool:
    """Send one link. False if it has been sent, stopped, taken back, or its contact has moved."""
    waiting = OutboxMessage.objects.filter(pk=message_id, about_kind=ASK_LINK, state=MessageState.WAITING)
    about = list(waiting.values_list("about_id", flat=True))
    links = AskLink.objects.select_for_update(of=("self",)).select_related("contact", "made_by")
    link = links.filter(pk__in=about).first()  # before the message, as whoever stops it does
    row = waiting.select_for_update().first()
    if row is None or link is None:
        return False
    if now >= row.use_by or link.revoked_at is not None or not _is_still_the_way_in(row, link):
        OutboxMessage.objects.filter(pk=row.pk).update(state=MessageState.STOPPED)
        return False
    subject, text = letter(row, link, f"{settings.BROBYGGER_PUBLIC_URL}/spoerg/{cut_key(link)}/")
    outbox.deliver(row, subject=subject, text=text, at=now)
    return bool(row.state == MessageState.SENT)


def _is_still_the_way_in(row: OutboxMessage, link: AskLink) -> bool:
    contact = link.contact
    return bool(contact.is_active and contact.verified_on and contact.address == row.to)


def letter(row: OutboxMessage, link: AskLink, address: str) -> tuple[str, str]:
    """Subject and text, in the message's language. Whoever reads it by mistake learns about nobody."""
    with translation.override(row.language):
        lines = [
            _("Her er jeres eget link. Med det kan I bede os tage kontakt til en, I møder:"),
            address,
            _("Linket virker, til det bliver lukket. Giv det ikke videre."),
            _("Der står intet om nogen i denne besked."),
        ]
        return _("Et link fra %(house)s") % {"house": link.made_by.house_name}, "\n\n".join(lines)
