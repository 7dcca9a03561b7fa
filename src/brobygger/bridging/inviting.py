"""The resident's own way in: a link in a message without content, or one the worker hands over (PRI-07).

Nobody can tell from a number whose eyes are on it. So the worker says each time whether it is safe to write
there; what the resident has said about being reached stands beside the question.
"""

from base64 import urlsafe_b64encode
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from brobygger.accounts.models import Membership
from brobygger.bridging import telling
from brobygger.bridging.links import digest
from brobygger.bridging.models import Bridge, ResidentLink
from brobygger.bridging.refusing import right
from brobygger.foundation import audit, languages, outbox
from brobygger.foundation.jobs import later
from brobygger.foundation.outbox import MessageState, OutboxMessage
from brobygger.residents.models import Resident
from brobygger.residents.terms import WayToReach

OWN_LINK = "bridging.ResidentLink"
LIVES, MAY_BE_SENT_FOR = timedelta(days=30), timedelta(days=2)
WRITTEN_TO = frozenset({WayToReach.SMS, WayToReach.EMAIL})


@transaction.atomic
def invite_resident(*, bridge: Bridge, write: bool, by: Membership, at: datetime) -> ResidentLink:
    """Make the resident's link to this bridge; earlier ones end. `write`: send it by sms or mail, which is
    for the worker to judge safe; else it is shown to the worker, to hand over."""
    bridge = telling.lock_bridge(bridge.pk)
    right(by, bridge)
    resident = bridge.need.resident if bridge.need else None
    writes = write and resident is not None and can_be_written_to(resident)
    take_back(bridge, at=at)
    link = ResidentLink(bridge=bridge, made_at=at, expires_at=at + LIVES)
    link.address = resident.reach_at if resident and writes else ""
    link.token_hash = digest(token_of(link))
    link.save(force_insert=True)
    if resident is not None and writes:
        _send_later(link, resident, at)
    audit.record("resident:invited", about=bridge, by=by.actor, at=at, by_message=writes)
    return link


def can_be_written_to(resident: Resident) -> bool:
    return WayToReach(resident.reach_by) in WRITTEN_TO


def take_back(bridge: Bridge, *, at: datetime) -> None:
    """The links that stand open, and the messages that have not left yet."""
    for link in bridge.resident_links.filter(revoked_at=None):
        outbox.stop(about_kind=OWN_LINK, about_id=link.pk)
    bridge.resident_links.filter(revoked_at=None).update(revoked_at=at)


def token_of(link: ResidentLink) -> str:
    """The token (256 bits), made from the house's secret and the link's random key, so that it stands in no
    table and a message that is tried again carries the same one."""
    made = salted_hmac(OWN_LINK, str(link.pk), algorithm="sha256").digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


def address_of(link: ResidentLink) -> str:
    return f"{settings.BROBYGGER_PUBLIC_URL}/min/{token_of(link)}/"


def _send_later(link: ResidentLink, resident: Resident, at: datetime) -> None:
    message = OutboxMessage.objects.create(
        about_kind=OWN_LINK,
        about_id=link.pk,
        what="own_page",
        channel=resident.reach_by,
        to=resident.reach_at,
        language=languages.of_a_reader(resident.speaks),
        made_at=at,
        use_by=at + MAY_BE_SENT_FOR,
    )
    later("bridging.invite", organisation=str(link.organisation_id), message=str(message.pk))


def send_invitation(message_id: UUID, *, now: datetime) -> bool:
    """Send one. False if it was sent, stopped or taken back, or the resident is reached elsewhere now."""
    waiting = OutboxMessage.objects.filter(pk=message_id, about_kind=OWN_LINK, state=MessageState.WAITING)
    about = list(waiting.values_list("about_id", flat=True))
    links = ResidentLink.objects.select_for_update(of=("self",))
    link = links.select_related("bridge__owner", "bridge__need__resident").filter(pk__in=about).first()
    row = waiting.select_for_update().first()
    if row is None or link is None:
        return False
    if now >= row.use_by or link.revoked_at is not None or not _still_reached_there(row, link.bridge):
        OutboxMessage.objects.filter(pk=row.pk).update(state=MessageState.STOPPED)
        return False
    subject, text = letter(row, link)
    outbox.deliver(row, subject=subject, text=text, at=now)
    return bool(row.state == MessageState.SENT)


def _still_reached_there(row: OutboxMessage, bridge: Bridge) -> bool:
    resident = bridge.need.resident if bridge.need else None
    return resident is not None and (resident.reach_by, resident.reach_at) == (row.channel, row.to)


def letter(row: OutboxMessage, link: ResidentLink) -> tuple[str, str]:
    """Subject and text in the resident's language. Whoever reads it by mistake learns nothing of anybody."""
    with translation.override(row.language):
        lines = [_("Her er din side hos os:"), address_of(link), _("Ring til os, hvis du er i tvivl.")]
        return _("Besked fra %(house)s") % {"house": link.bridge.owner.house_name}, "\n\n".join(lines)
