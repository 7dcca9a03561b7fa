"""Opens the signed-in member's scope for one page, and shuts it."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare

from brobygger.accounts import refusals
from brobygger.accounts.models import Membership
from brobygger.foundation import audit
from brobygger.foundation.scope import organisation_scope

MEMBERSHIP_KEY = "membership"


def enter(request: HttpRequest, membership: Membership) -> None:
    """Sign this person in at this house. A new session, so that an old one cannot be fixed upon her."""
    request.session.flush()
    request.session[MEMBERSHIP_KEY] = str(membership.pk)
    request.session[HASH_SESSION_KEY] = membership.user.get_session_auth_hash()


def signed_in(request: HttpRequest) -> Membership | None:
    """The membership this session was opened for, if person and place are both still active. One query."""
    key = request.session.get(MEMBERSHIP_KEY)
    if not key:
        return None
    found = Membership.objects.select_related("user").filter(
        pk=UUID(key), is_active=True, user__is_active=True
    )
    membership = found.first()
    if membership is None:
        return None
    proof = request.session.get(HASH_SESSION_KEY, "")
    return membership if constant_time_compare(proof, membership.user.get_session_auth_hash()) else None


class MemberMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The scope meets a finished answer, so a page that failed after writing must be undone here."""
        member = signed_in(request)
        request.member = member  # type: ignore[attr-defined]
        if member is None:
            return self.get_response(request)
        with organisation_scope(member.organisation_id, member=member.pk) as opened:
            response = self.get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
            refusals.remember(request, response.status_code, member)
        audit.write_refusals(opened)
        return response
