"""What a view behind the door really gets."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect

from brobygger.accounts.models import Membership

P = ParamSpec("P")


class MemberRequest(HttpRequest):
    """A request of somebody who is signed in at a house, whose scope is open."""

    member: Membership


Page = Callable[Concatenate[MemberRequest, P], HttpResponse]


def member_page(view: Page[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Only for members. Others are shown the entrance and come back afterwards."""

    @wraps(view)
    def page(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if getattr(request, "member", None) is None:
            return redirect(f"/ind/?next={request.path}")
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return page


def resident_page(view: Page[P]) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Only for members whose role ever reaches residents; to the others the page does not exist."""

    @member_page
    @wraps(view)
    def page(request: MemberRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.member.meets_residents:
            raise Http404
        return view(request, *args, **kwargs)

    return page
