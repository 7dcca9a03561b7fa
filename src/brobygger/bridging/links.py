"""Links of those without account, kept as a hash: a partner's to one leg, a resident's to one bridge."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from brobygger.bridging.models import AnswerLink, Bridge, Leg, ResidentLink
from brobygger.foundation import tokens


@dataclass(frozen=True, slots=True)
class Way:
    """What a token opens: this recipient's part of this one leg, for this one purpose."""

    link: UUID
    organisation: UUID
    recipient: UUID
    leg: UUID
    purpose: str
    expires_at: datetime
    revoked_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


def make_link(*, leg: Leg, address: str, expires_at: datetime, at: datetime) -> str:
    """Make a link and give its token (256 bits), the only time it exists outside the message."""
    token = tokens.fresh()
    AnswerLink.objects.create(
        leg=leg,
        recipient_id=leg.recipient_id,
        token_hash=tokens.digest(token),
        address=address,
        made_at=at,
        expires_at=expires_at,
    )
    return token


def way_of(token: str) -> Way | None:
    """Ask the one function that may look across houses. Needs no scope and opens none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bridging_link(%s)", [tokens.digest(token)])
        row = cursor.fetchone()
    return Way(*row) if row else None


@dataclass(frozen=True, slots=True)
class ResidentWay:
    """What a resident's token opens: this one bridge."""

    link: UUID
    organisation: UUID
    bridge: UUID
    expires_at: datetime
    revoked_at: datetime | None

    def is_open(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


def make_resident_link(*, bridge: Bridge, address: str, expires_at: datetime, at: datetime) -> str:
    """Make a resident's link to one bridge and give its token, the only time it exists. An empty address
    means that it was shown or handed over. Earlier links to the same bridge are revoked."""
    token = tokens.fresh()
    bridge.resident_links.filter(revoked_at=None).update(revoked_at=at)
    ResidentLink.objects.create(
        bridge=bridge, token_hash=tokens.digest(token), address=address, made_at=at, expires_at=expires_at
    )
    return token


def resident_way_of(token: str) -> ResidentWay | None:
    """Ask the one function that may look across houses. Needs no scope and opens none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM bridging_resident_link(%s)", [tokens.digest(token)])
        row = cursor.fetchone()
    return ResidentWay(*row) if row else None
