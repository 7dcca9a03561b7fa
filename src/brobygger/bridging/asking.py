"""A partner's standing way to ask us, and the asking itself (BRIDGES 9 and 10, FOUNDATION 5).

Whoever holds the link never writes across the bank: after the link has been checked, `ask` runs as an act
of ours in the home's scope. It looks nobody up, so that known and unknown persons cannot be told apart.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from brobygger.accounts.models import Membership
from brobygger.bridging.ask_record import leader_of, say, start_clock
from brobygger.bridging.ask_terms import AskBasis
from brobygger.bridging.asks import Ask, AskLink
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, Channel, Claim, LegState
from brobygger.foundation import audit
from brobygger.foundation.actor import Actor
from brobygger.partners import standing_links
from brobygger.partners.models import Contact
from brobygger.partners.standing_links import StandingWay

ASK_LINK = AskLink.kind


@dataclass(frozen=True, slots=True)
class Asked:
    """What a partner tells us, in its own words, and the ground it does so on."""

    who: str
    reach: str
    wanted: str
    basis: AskBasis
    basis_named: str
    told_resident: str
    is_urgent: bool


def order_ask_link(*, contact: Contact, by: Membership, at: datetime) -> AskLink:
    """Give a verified contact a way to ask us, by a message without content. An older one stops at once."""
    return standing_links.order(AskLink, contact=contact, by=by, at=at)


def revoke_ask_link(*, link: AskLink, by: Membership, at: datetime) -> None:
    """Take a way to ask back. What has been asked through it stays with us, with its clock."""
    standing_links.revoke(link, by=by, at=at)


@transaction.atomic
def ask(*, way: StandingWay, told: Asked, by: Actor, at: datetime) -> Ask:
    """T01 and T02 in one: a partner asks. The leader answers for it until somebody has taken it on."""
    link = AskLink.objects.select_related("made_by", "contact").get(pk=way.link)
    one = Ask(
        partner_id=way.partner,
        contact=link.contact,
        code=_fresh_code(),
        who=told.who,
        reach=told.reach,
        wanted=told.wanted,
        basis=told.basis,
        basis_named=told.basis_named,
        told_resident=told.told_resident,
        is_urgent=told.is_urgent,
        owner=leader_of(way.organisation) or link.made_by,
        asked_at=at,
    )
    start_clock(one, LegState.REQUESTED, at=at)
    one.save()
    say(one, Claim.SENT, Speaker(ActorRole.AUTHOR, str(link.contact), Channel.LINK), at=at)
    audit.record("ask:received", about=one, by=by, at=at, partner=str(way.partner))
    return one


def _fresh_code() -> str:
    """A code to say in the telephone: no meaning, never used before in this house."""
    tries = 0
    while True:
        least = 10 ** (4 + tries // 5)
        code = f"F-{secrets.randbelow(9 * least) + least}"
        if not Ask.objects.filter(code=code).exists():
            return code
        tries += 1
