"""Opens the signed-in member's scope for one page, and shuts it."""

from collections.abc import Callable
from datetime import datetime
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from brobygger.accounts import refusals, sessions
from brobygger.accounts.models import Membership, Session
from brobygger.foundation import audit
from brobygger.foundation.scope import organisation_scope

MEMBERSHIP_KEY = "membership"
STAY_KEY = "stay"


def enter(request: HttpRequest, membership: Membership, *, proven_at: datetime | None = None) -> Session:
    """Sign this person in at this house. A new token, so that an old one cannot be fixed upon her."""
    now = timezone.now()
    request.session.flush()
    rotate_token(request)
    stay = sessions.open_session(
        by=membership, browser=browser_of(request), proven_at=proven_at or now, at=now
    )
    request.session[MEMBERSHIP_KEY] = str(membership.pk)
    request.session[STAY_KEY] = str(stay.pk)
    request.session[HASH_SESSION_KEY] = membership.user.get_session_auth_hash()
    return stay


def signed_in(request: HttpRequest) -> Session | None:
    """The session this browser holds, if person, place and password are still the same. One query."""
    key = request.session.get(STAY_KEY)
    stay = sessions.live_session(UUID(key), now=timezone.now()) if key else None
    if stay is None:
        return None
    proof = request.session.get(HASH_SESSION_KEY, "")
    mine = stay.membership.user.get_session_auth_hash()
    return stay if constant_time_compare(proof, mine) else None


def browser_of(request: HttpRequest) -> str:
    """What a browser calls itself, in two words people know."""
    told = request.headers.get("User-Agent", "")
    names = {"Edg": "Edge", "OPR": "Opera", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
    places = {"iPhone": "iPhone", "iPad": "iPad", "Android": "Android", "Windows": "Windows", "Mac OS": "Mac"}
    name = next((name for sign, name in names.items() if sign in told), "")
    place = next(
        (place for sign, place in places.items() if sign in told), "Linux" if "Linux" in told else ""
    )
    return ", ".join(word for word in (name, place) if word)


class MemberMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The scope meets a finished answer, so a page that failed after writing must be undone here."""
        stay = signed_in(request)
        member = stay.membership if stay else None
        request.stay, request.member = stay, member  # type: ignore[attr-defined]
        if member is None:
            return self.get_response(request)
        with organisation_scope(member.organisation_id, member=member.pk) as opened:
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            refusals.remember(request, response.status_code, member)
        audit.write_refusals(opened)
        return response
