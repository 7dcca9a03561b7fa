"""Who may move a bridge. The right is asked for in the act, for pages, links and jobs alike."""

from brobygger.accounts.models import Membership
from brobygger.accounts.terms import Role
from brobygger.bridging.models import Bridge


def may_move(member: Membership, bridge: Bridge) -> bool:
    """The owner, and the leader of the house: a bridge must never wait for one person's holiday."""
    return bool(member.pk == bridge.owner_id or member.role == Role.LEADER)


def may_see_all(member: Membership) -> bool:
    """A leader answers for every clock of the house."""
    return bool(member.role == Role.LEADER)
