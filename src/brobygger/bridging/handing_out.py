"""The one message of the other way: a partner's standing link, cut as it leaves, with no content besides."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from brobygger.bridging.asks import AskLink
from brobygger.foundation.outbox import OutboxMessage
from brobygger.partners import standing_links


def hand_out(message_id: UUID, *, now: datetime) -> bool:
    """Send one link, if it has not been taken back meanwhile."""
    return standing_links.send(AskLink, message_id, letter=letter, now=now)


def letter(row: OutboxMessage, link: AskLink) -> tuple[str, str]:
    """Subject and text, in the message's language. Whoever reads it by mistake learns about nobody."""
    with translation.override(row.language):
        lines = [
            _("Her er jeres eget link. Med det kan I bede os tage kontakt til en, I møder:"),
            f"{settings.BROBYGGER_PUBLIC_URL}/spoerg/{standing_links.cut_key(link)}/",
            _("Linket virker, til det bliver lukket. Giv det ikke videre."),
            _("Der står intet om nogen i denne besked."),
        ]
        return _("Et link fra %(house)s") % {"house": link.made_by.house_name}, "\n\n".join(lines)
