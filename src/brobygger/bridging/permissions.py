"""Who may move a bridge. The right is asked for in the act, for pages, links and jobs alike."""

from brobygger.accounts.models import Membership
from brobygger.accounts.permissions import may
from brobygger.accounts.rights import Right
from brobygger.bridging.asks import Ask
from brobygger.bridging.models import Bridge


def may_move(member: Membership, bridge: Bridge) -> bool:
    """The owner, and the leader of the house: a bridge must never wait for one person's holiday."""
    is_own = member.pk == bridge.owner_id and may(member, Right.MOVE_OWN_BRIDGE)
    return is_own or may(member, Right.MOVE_EVERY_BRIDGE)


def may_see_all(member: Membership) -> bool:
    """A leader answers for every clock of the house."""
    return may(member, Right.MOVE_EVERY_BRIDGE)


def may_triage(member: Membership) -> bool:
    """Whether the house takes on what a partner asks is the leader's to say, and so is who does it."""
    return may(member, Right.TRIAGE_ASK)


def may_answer_ask(member: Membership, ask: Ask) -> bool:
    """Whoever makes the contact, and the leader."""
    return bool(member.pk == ask.owner_id or may(member, Right.TRIAGE_ASK))
