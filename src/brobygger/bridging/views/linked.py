"""What every page behind a partner's link shares: what the token opens, whose words they are, and thanks."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID, uuid5

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.cache import never_cache

from brobygger.bridging import links, reads
from brobygger.bridging.links import Way
from brobygger.bridging.models import Leg
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, Channel
from brobygger.foundation import languages
from brobygger.foundation.actor import Actor
from brobygger.foundation.once import answer_of
from brobygger.foundation.scope import organisation_scope

Page = Callable[[HttpRequest, str, Way], HttpResponse]
DETAILS = ("svar", "day", "hour", "reason", "outcome", "text", "version")
SAID_AGAIN = frozenset({"stadig", "ej-moedt"})


def behind_link(view: Page) -> Callable[..., HttpResponse]:
    """Find what the token opens. A token nobody made is not there; a dead one is over, and says only that."""

    @wraps(view)
    @never_cache
    def page(request: HttpRequest, token: str) -> HttpResponse:
        way = links.way_of(token)
        if way is None:
            raise Http404
        if way.is_open(timezone.now()):
            response = view(request, token, way)
        else:
            response = same_again(request, way) or over(request)
        # Never the address, which is the secret. With no-referrer a browser would also hide the origin of the
        # press, and the press would be refused as a stranger's.
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return page


def key(request: HttpRequest, way: Way) -> UUID:
    """Link and choice; of what may be said again another month, at the same version, the press as well."""
    names = (*DETAILS, "once") if request.POST.get("svar") in SAID_AGAIN else DETAILS
    return uuid5(way.link, "\0".join(request.POST.get(name, "") for name in names))


def same_again(request: HttpRequest, way: Way) -> HttpResponse | None:
    """The page that this very answer got, also when it was the answer that ended the link."""
    if request.method != "POST" or "svar" not in request.POST:
        return None
    with organisation_scope(way.organisation):
        first = answer_of(key(request, way))
        if first and languages.asked_for(request):
            return thanks(request, Leg.objects.get(pk=way.leg))
        return first


def over(request: HttpRequest) -> HttpResponse:
    return render(request, "bridging/answer_over.html", status=410)


def seen(request: HttpRequest) -> int:
    version = request.POST.get("version", "")
    return int(version) if version.isdecimal() and len(version) < 9 else -1


def speaker(leg: Leg) -> Speaker:
    name = str(leg.contact) if leg.contact else leg.recipient.name
    return Speaker(ActorRole.RECIPIENT, name, Channel.LINK)


def actor(way: Way, leg: Leg) -> Actor:
    return Actor("link", UUID(str(way.link)), leg.recipient.name)


def more(
    request: HttpRequest,
    token: str,
    leg: Leg,
    form: forms.Form,
    choice: str,
    *,
    heading: str | Promise,
    status: int = 200,
) -> HttpResponse:
    """The second page of an answer that needs a day, a reason or an outcome. `choice` is what it sends."""
    context = {
        "token": token,
        "form": form,
        "choice": choice,
        "heading": heading,
        "version": seen(request),
        "code": leg.code,
    }
    return render(request, "bridging/answer_more.html", context, status=status)


def thanks(request: HttpRequest, leg: Leg) -> HttpResponse:
    """What happens now. Says nothing about anybody, so that it may be shown again."""
    leg = Leg.objects.select_related("recipient").get(pk=leg.pk)
    return render(request, "bridging/answer_thanks.html", {"leg": leg, "phone": reads.house_phone(leg)})
