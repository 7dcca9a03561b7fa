"""Between the first proof and the last: what a browser session remembers of somebody who is not in yet.

Nothing here opens a scope or a page about anybody. Each stage must be reached within a quarter of an hour.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from brobygger.accounts.models import Invitation, Membership, User
from brobygger.accounts.rules import UNDERWAY
from brobygger.accounts.terms import InvitationPurpose

KEY, LINK = "underway", "link"


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link that this browser has used up just now."""

    member: Membership
    purpose: InvitationPurpose


@dataclass(frozen=True, slots=True)
class Underway:
    """Somebody whose password was right. `proven_at` is set once the second proof was too."""

    user: User
    link: Link | None
    wanted: str
    proven_at: datetime | None
    codes: tuple[str, ...]

    def may_enrol(self) -> bool:
        """A first second proof takes a link from the house: a stolen password alone must not make one."""
        wants = {InvitationPurpose.JOIN, InvitationPurpose.FACTOR}
        return self.link is not None and self.link.purpose in wants


def remember_link(request: HttpRequest, invitation: Invitation) -> None:
    request.session.flush()
    request.session[LINK] = {
        "member": str(invitation.membership_id),
        "purpose": str(invitation.purpose),
        "since": timezone.now().isoformat(),
    }


def link_of(request: HttpRequest) -> Link | None:
    told = _recent(request, LINK)
    if told is None:
        return None
    member = Membership.objects.select_related("user").filter(pk=told["member"], user__is_active=True).first()
    return Link(member, InvitationPurpose(told["purpose"])) if member else None


def begin(request: HttpRequest, user: User, *, wanted: str) -> None:
    """The password was right. A new token; the link comes along if it is this person's."""
    link = request.session.get(LINK) if _is_of(link_of(request), user) else None
    request.session.flush()
    if link:
        request.session[LINK] = link
    request.session[KEY] = {
        "user": str(user.pk),
        "hash": user.get_session_auth_hash(),
        "since": timezone.now().isoformat(),
        "wanted": wanted,
    }


def go_on(request: HttpRequest, **told: Any) -> None:
    """Write down what was reached: `proven_at`, `codes`."""
    request.session[KEY] = request.session[KEY] | told


def underway(request: HttpRequest) -> Underway | None:
    """Who is on the way in, if it is not too long ago and the password is still the same."""
    told = _recent(request, KEY)
    if told is None:
        return None
    user = User.objects.filter(pk=told["user"], is_active=True).first()
    if user is None or not constant_time_compare(told["hash"], user.get_session_auth_hash()):
        return None
    link, proven_at = link_of(request), told.get("proven_at")
    return Underway(
        user=user,
        link=link if _is_of(link, user) else None,
        wanted=told["wanted"],
        proven_at=datetime.fromisoformat(proven_at) if proven_at else None,
        codes=tuple(told.get("codes", ())),
    )


def _is_of(link: Link | None, user: User) -> bool:
    return link is not None and link.member.user_id == user.pk


def _recent(request: HttpRequest, key: str) -> dict[str, Any] | None:
    """What the session remembers under this key, unless it is too long ago."""
    told: dict[str, Any] | None = request.session.get(key)
    if told is None or timezone.now() - datetime.fromisoformat(told["since"]) >= UNDERWAY:
        return None
    return told
