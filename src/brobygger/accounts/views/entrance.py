"""The entrance: in a demo one press, and the mailboxes of those who come by link."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brobygger.accounts import mailboxes, reads, sessions
from brobygger.accounts.middleware import enter
from brobygger.accounts.permissions import may_enter_by_one_press
from brobygger.accounts.returning import way_back

AFTER_ENTERING = "/i-dag/"


@require_http_methods(["GET", "HEAD", "POST"])
def entrance(request: HttpRequest) -> HttpResponse:
    """Show who can be entered as, or sign one of them in. A live house asks for two proofs instead."""
    is_open = may_enter_by_one_press(request)
    if request.method != "POST" and not is_open:
        wanted = urlencode({"next": way_back(request.GET.get("next"), otherwise=AFTER_ENTERING)})
        return redirect(f"{reverse('sign_in')}?{wanted}")
    if request.method == "POST":
        if not is_open:
            raise Http404
        enter(request, reads.member_of_cast(_wanted(request)))
        return redirect(way_back(request.POST.get("next"), otherwise=AFTER_ENTERING))
    page = {
        "houses": reads.cast_by_house(),
        "mailboxes": mailboxes.mailboxes(),
        "next": way_back(request.GET.get("next"), otherwise=""),
    }
    return render(request, "accounts/entrance.html", page)


@require_safe
def mailbox(request: HttpRequest, address: str) -> HttpResponse:
    """What a partner without account has received. Only in a demo, on this machine."""
    letters = mailboxes.letters(address) if may_enter_by_one_press(request) else None
    if letters is None:
        raise Http404
    return render(request, "accounts/mailbox.html", {"address": address, "letters": letters})


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session here and in the database, and have the browser forget what it kept of us."""
    if stay := getattr(request, "stay", None):
        sessions.end_sessions([stay.pk], at=timezone.now())
    request.session.flush()
    response = redirect("/")
    response["Clear-Site-Data"] = '"cache", "storage"'  # the language may stay
    return response


def _wanted(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("membership", ""))
    except ValueError:
        raise Http404 from None
