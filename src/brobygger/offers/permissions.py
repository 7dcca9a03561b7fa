"""Who may keep an offer: the house that wrote it down, and the organisation whose own it is (OFF-02)."""

from django.db.models import Q

from brobygger.accounts.models import Membership
from brobygger.accounts.permissions import may
from brobygger.accounts.rights import Right


def may_keep(member: Membership) -> Q:
    """The offers a member may change, as a condition; none for a role that keeps no offers."""
    if not may(member, Right.KEEP_OFFERS):
        return Q(pk__in=[])
    own = Q(organisation_id=member.organisation_id)
    return own | Q(keeper_id=member.organisation_id) if keeps_directory(member) else own


def keeps_directory(member: Membership) -> bool:
    """Whether a member keeps all that the house wrote down, and hands out links: who works in the house.

    A partner with a place in somebody else's house keeps that house's own offers and no other partner's.
    """
    return may(member, Right.KEEP_OFFERS) and member.meets_residents
