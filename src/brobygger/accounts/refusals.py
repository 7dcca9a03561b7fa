"""A page that somebody may not see is written down: who asked for which (PROMISES 2.11)."""

from uuid import UUID

from django.http import HttpRequest
from django.utils import timezone

from brobygger.accounts.models import Membership
from brobygger.foundation import audit

REFUSALS = frozenset({403, 404})


def remember(request: HttpRequest, status: int, member: Membership) -> None:
    """Keep a refusal of one of our own pages for `audit.write_refusals`. Needs the page's open scope.

    Not there and not yours are one answer, so both are kept. An address of no page at all is a slip of the
    finger, and is not.
    """
    page = request.resolver_match
    if status not in REFUSALS or page is None:
        return
    keys = [value for value in page.kwargs.values() if isinstance(value, UUID)]
    facts = {"status": status, "method": request.method}
    audit.refused(
        "page:refused", kind=page.view_name[:60], ids=keys, by=member.actor, at=timezone.now(), **facts
    )
