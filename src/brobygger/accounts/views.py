"""The entrance: in a demo one press, and the mailboxes of those who come by link."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brobygger.accounts import mailboxes, reads
from brobygger.accounts.middleware import enter
from brobygger.accounts.permissions import may_enter_by_one_press
from brobygger.accounts.returning import way_back
from brobygger.foundation import installation

AFTER_ENTERING = "/i-dag/"


@require_http_methods(["GET", "HEAD", "POST"])
def entrance(request: HttpRequest) -> HttpResponse:
    """Show who can be entered as, or sign one of them in. In a live house, say what is not built yet."""
    is_open = may_enter_by_one_press(request)
    if request.method == "POST":
        if not is_open:
            raise Http404
        enter(request, reads.member_of_cast(_wanted(request)))
        return redirect(way_back(request.POST.get("next"), otherwise=AFTER_ENTERING))
    page = {
        "is_open": is_open,
        "is_demo": installation.is_demo(),
        "houses": reads.cast_by_house() if is_open else [],
        "mailboxes": mailboxes.mailboxes() if is_open else [],
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
    request.session.flush()
    response = redirect("/")
    response["Clear-Site-Data"] = '"cache", "storage"'  # the language may stay
    return response


def _wanted(request: HttpRequest) -> UUID:
    try:
        return UUID(request.POST.get("membership", ""))
    except ValueError:
        raise Http404 from None
