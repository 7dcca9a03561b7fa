"""Who may do what by role, and who may come in without proof: in a practice edition, at this very machine."""

from ipaddress import ip_address

from django.http import HttpRequest

from brobygger.accounts.models import Membership
from brobygger.accounts.rights import Right, holds
from brobygger.accounts.terms import Role
from brobygger.foundation import installation

CAST = "@demo.invalid"
PASSED_ON = ("HTTP_X_FORWARDED_FOR", "HTTP_FORWARDED", "HTTP_X_REAL_IP")


def may(member: Membership, right: Right) -> bool:
    """Whether this member's role ever does this. `rights` says why."""
    return holds(Role(member.role), right)


def may_enter_by_one_press(request: HttpRequest) -> bool:
    """FOUNDATION 9: only in a demo, and only from the machine it runs on.

    A request that was passed on by somebody else has our own address and is still a stranger's.
    """
    if any(request.META.get(name) for name in PASSED_ON):
        return False
    return installation.is_demo() and is_this_machine(request.META.get("REMOTE_ADDR", ""))


def is_this_machine(address: str) -> bool:
    """Whether a peer's address is this machine's own.

    >>> is_this_machine("127.0.0.1"), is_this_machine("::1"), is_this_machine("192.168.1.4")
    (True, True, False)
    >>> is_this_machine(""), is_this_machine("localhost.example.org")
    (False, False)
    """
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def is_of_the_cast(membership: Membership) -> bool:
    """Only the sample estate makes such addresses; nobody can receive mail at them."""
    return membership.is_active and membership.user.is_active and membership.user.email.endswith(CAST)
