"""The words of messages that leave the house. No name, theme or offer: only that something waits (PRI-07)."""

from django.utils import translation
from django.utils.translation import gettext as _

from brobygger.bridging.models import Leg
from brobygger.bridging.telling import CONSENT_WITHDRAWN, ENDED, IN_ERROR, WITHDRAWN
from brobygger.engine.words import gettext_noop
from brobygger.foundation.days import local_day
from brobygger.foundation.outbox import OutboxMessage
from brobygger.foundation.spoken import spoken_day


def write(message: OutboxMessage, leg: Leg, address: str) -> tuple[str, str]:
    """Subject and text of one message, in its language. `address` is empty where nothing is to be opened."""
    with translation.override(message.language):
        subject = _("Kode %(code)s fra %(house)s") % {"code": leg.code, "house": _house(leg)}
        if message.what in LAST_LINES:
            return subject, _(LAST_LINES[message.what])
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
    "news": gettext_noop("Der er nyt om det, vi har spurgt jer om. Læs det her:"),
    "reminded": gettext_noop("I har et spørgsmål liggende fra os. Læs det, og svar her:"),
}
LAST_LINES = {
    WITHDRAWN: gettext_noop("Det, vi spurgte om, er trukket tilbage. I skal ikke gøre mere."),
    CONSENT_WITHDRAWN: gettext_noop(
        "Samtykket er trukket tilbage. Adgangen er lukket. "
        "Det, I selv har journaliseret, følger jeres egne regler."
    ),
    ENDED: gettext_noop("Det, vi spurgte om, er skrevet som afsluttet. Ring, hvis det ikke passer."),
    IN_ERROR: gettext_noop("Det, vi sendte, var en fejl. Slet det, I har fået fra os med den kode."),
}
