"""The partner's pages of the other way, behind a standing link and without an account (BRIDGES 9 and 10).

A GET shows a neutral cover and nothing else. A press shows the form and what was asked before, by code
alone: no name stands on any page here, and no page differs by whom an ask is about.
"""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from brobygger.bridging import asked, asking
from brobygger.bridging.ask_forms import AskForm
from brobygger.bridging.asks import AskLink
from brobygger.foundation import languages
from brobygger.foundation.actor import Actor
from brobygger.foundation.once import answer_once
from brobygger.foundation.scope import organisation_scope
from brobygger.partners import standing_links
from brobygger.partners.standing_links import StandingWay

Page = Callable[[HttpRequest, str, StandingWay], HttpResponse]


def behind_ask_link(view: Page) -> Callable[..., HttpResponse]:
    """Find what the token opens. A token nobody made is not there; one taken back is over."""

    @wraps(view)
    @never_cache
    def page(request: HttpRequest, token: str) -> HttpResponse:
        way = standing_links.way_of(AskLink, token)
        if way is None:
            raise Http404
        with organisation_scope(way.organisation):
            response = view(request, token, way) if standing_links.is_open(way) else _over(request)
        # Never the address, which is the secret; see the answer links.
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return page


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "bridging/ask_over.html", status=410)


@require_safe
@behind_ask_link
def cover(request: HttpRequest, token: str, way: StandingWay) -> HttpResponse:
    """Who we are and what one can ask. No personal data, no change."""
    return render(request, "bridging/ask_cover.html", {"token": token, "house": _house(way)})


@languages.draws_again
@require_POST
@behind_ask_link
def show(request: HttpRequest, token: str, way: StandingWay) -> HttpResponse:
    """The press: the form, and what this contact has asked before."""
    return _form(request, token, way, AskForm(), status=200)


@languages.draws_again
@require_POST
@behind_ask_link
def ask(request: HttpRequest, token: str, way: StandingWay) -> HttpResponse:
    """The asking. The same press again gives the same code."""
    form = AskForm(request.POST)
    if languages.asked_for(request):
        return _thanked(request, token, way) or _form(request, token, way, form, status=200)
    if not form.is_valid():
        return _form(request, token, way, form, status=422)
    try:
        key = UUID(request.POST.get("once", ""))
    except ValueError:
        return render(request, "400_once.html", status=400)
    return answer_once(request, key, lambda: _asked(request, token, way, form))


def _asked(request: HttpRequest, token: str, way: StandingWay, form: AskForm) -> HttpResponse:
    """The code and what happens now. Says nothing about anybody, so that it may be shown again."""
    by = Actor("link", way.link, _("partner"))
    made = asking.ask(way=way, told=form.told(), by=by, at=timezone.now())
    return _thanks(request, token, way, made.code, made.due_at)


def _thanks(
    request: HttpRequest, token: str, way: StandingWay, code: str, due_at: datetime | None
) -> HttpResponse:
    context = {"token": token, "code": code, "due_at": due_at, "house": _house(way)}
    # In another language the page is found by its code: what was written is not carried on in it.
    return render(request, "bridging/ask_thanks.html", context | {"said_again": [("code", code)]})


def _thanked(request: HttpRequest, token: str, way: StandingWay) -> HttpResponse | None:
    """The thanks for an ask that waits for us, in another language."""
    lines = asked.lines_to(way.contact, now=timezone.now()) if "code" in request.POST else []
    found = next((line for line in lines if line.code == request.POST["code"] and line.due_at), None)
    return _thanks(request, token, way, found.code, found.due_at) if found else None


def _form(request: HttpRequest, token: str, way: StandingWay, form: AskForm, *, status: int) -> HttpResponse:
    now = timezone.now()
    context = {
        "token": token,
        "form": form,
        "house": _house(way),
        "lines": asked.lines_to(way.contact, now=now),
        "now": now,
    }
    return render(request, "bridging/ask_form.html", context, status=status)


def _house(way: StandingWay) -> str:
    """The name of the house, as its members know it."""
    return AskLink.objects.values_list("made_by__house_name", flat=True).get(pk=way.link)
