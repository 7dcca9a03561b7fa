"""The words of messages that leave the house. No name, theme or offer: only that something waits (PRI-07)."""

from django.utils import translation
from django.utils.translation import gettext as _

from brobygger.bridging.models import Leg
from brobygger.bridging.telling import CONSENT_WITHDRAWN, WITHDRAWN
from brobygger.engine.words import gettext_noop
from brobygger.foundation.days import local_day
from brobygger.foundation.outbox import OutboxMessage
from brobygger.foundation.spoken import spoken_day


def write(message: OutboxMessage, leg: Leg, address: str) -> tuple[str, str]:
    """Subject and text of one message, in its language. `address` is empty where nothing is to be opened."""
    with translation.override(message.language):
        subject = _("Kode %(code)s fra %(house)s") % {"code": leg.code, "house": _house(leg)}
        if message.what == WITHDRAWN:
            return subject, _("Det, vi spurgte om, er trukket tilbage. I skal ikke gøre mere.")
        if message.what == CONSENT_WITHDRAWN:
            return subject, _(
                "Samtykket er trukket tilbage. Adgangen er lukket. "
                "Det, I selv har journaliseret, følger jeres egne regler."
            )
        first = FIRST_LINES[message.what]
        lines = [
            _(first),
            address,
            _("Linket virker til %(day)s. Det tager et minut, og I skal ikke oprette jer.")
            % {"day": spoken_day(local_day(message.use_by), today=local_day(message.made_at))},
            _("Der står intet om nogen i denne besked."),
        ]
        return subject, "\n\n".join(lines)


def _house(leg: Leg) -> str:
    return leg.bridge.owner.house_name


FIRST_LINES = {
    "asked": gettext_noop("Vi har et spørgsmål til jer. Læs det, og svar her:"),
    "reminded": gettext_noop("I har et spørgsmål liggende fra os. Læs det, og svar her:"),
}
