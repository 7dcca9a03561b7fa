"""Who may keep an offer: the house that wrote it down, and the organisation whose own it is (OFF-02)."""

from django.db.models import Q

from brobygger.accounts.models import Membership
from brobygger.accounts.permissions import may
from brobygger.accounts.rights import Right


def may_keep(member: Membership) -> Q:
    """The offers a member may change, as a condition; none for a role that keeps no offers."""
    if not may(member, Right.KEEP_OFFERS):
        return Q(pk__in=[])
    return Q(keeper_id=member.organisation_id) | Q(organisation_id=member.organisation_id)
