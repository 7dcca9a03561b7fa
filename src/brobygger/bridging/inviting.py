"""The resident's own way in: a link in a message without content, or one the worker hands over (PRI-07).

Nobody can tell from a number whose eyes are on it. So the worker says each time whether it is safe to write
there; what the resident has said about being reached stands beside the question.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from brobygger.accounts.models import Membership
from brobygger.bridging import telling
from brobygger.bridging.models import Bridge, ResidentLink
from brobygger.bridging.refusing import right
from brobygger.foundation import audit, languages, outbox, tokens
from brobygger.foundation.jobs import later
from brobygger.foundation.outbox import OutboxMessage
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
    link.token_hash = tokens.digest(token_of(link))
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
    return tokens.made_for(OWN_LINK, link.pk)


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
    links = ResidentLink.objects.select_related("bridge__owner", "bridge__need__resident")
    return outbox.send_about(
        links, message_id, kind=OWN_LINK, may_leave=_still_reached_there, letter=letter, at=now
    )


def _still_reached_there(row: OutboxMessage, link: ResidentLink) -> bool:
    resident = link.bridge.need.resident if link.bridge.need else None
    is_there = resident is not None and (resident.reach_by, resident.reach_at) == (row.channel, row.to)
    return link.revoked_at is None and is_there


def letter(row: OutboxMessage, link: ResidentLink) -> tuple[str, str]:
    """Subject and text in the resident's language. Whoever reads it by mistake learns nothing of anybody."""
    with translation.override(row.language):
        lines = [_("Her er din side hos os:"), address_of(link), _("Ring til os, hvis du er i tvivl.")]
        return _("Besked fra %(house)s") % {"house": link.bridge.owner.house_name}, "\n\n".join(lines)
