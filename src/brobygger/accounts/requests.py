"""What a view behind the door really gets. Each page says which right it takes; a test walks them all."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import quote, urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from brobygger.accounts.models import Membership, Session
from brobygger.accounts.permissions import may
from brobygger.accounts.rights import Right
from brobygger.accounts.sessions import is_fresh

P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in at a house, whose scope is open."""

    member: Membership
    stay: Session


Page = Callable[Concatenate[MemberRequest, P], HttpResponse]
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def right_page(right: Right) -> Callable[[Page[P]], View[P]]:
    """Only for members whose role has this right; to the others the page does not exist.

    Who is not signed in is shown the entrance and comes back afterwards.
    """

    def guarded(view: Page[P]) -> View[P]:
        @wraps(view)
        def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            member = getattr(request, "member", None)
            if member is None:
                return redirect(f"/ind/?next={quote(request.path)}")
            if not may(member, right):
                raise Http404
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        page.right = right  # type: ignore[attr-defined]
        return page

    return guarded


def member_page(view: Page[P]) -> View[P]:
    """For everybody who is signed in."""
    return right_page(Right.ENTER)(view)


def resident_page(view: Page[P]) -> View[P]:
    """For those whose role ever reaches residents."""
    return right_page(Right.REACH_RESIDENTS)(view)


def proven_page(view: Page[P]) -> Page[P]:
    """What is grave asks for a second proof given within the last quarter of an hour (ASVS 7.5.1).

    Stands under the page's right. Whoever pressed comes back to the page with the press on it.
    """

    @wraps(view)
    def page(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not is_fresh(request.stay, now=timezone.now()):
            return redirect(f"/ind/igen/?next={quote(_page_of(request))}")
        return view(request, *args, **kwargs)

    return page


def _page_of(request: HttpRequest) -> str:
    """The page somebody is on: what is looked at, or where the press stood."""
    if request.method != "POST":
        return request.path
    return urlsplit(request.headers.get("Referer", "")).path or "/min-adgang/"
