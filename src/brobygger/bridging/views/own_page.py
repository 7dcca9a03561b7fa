"""The resident's own page, behind a link and without an account: what we do, and who knows what.

As with a partner's link a GET shows a cover that says nothing about anybody; a press reveals. An answer is a
press of its own, with nothing chosen beforehand, and the page that thanks says nothing either.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid5

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from brobygger.bridging import links, meetings, own, rules, verdicts, withdrawing
from brobygger.bridging.forms.ending import OwnVerdictForm
from brobygger.bridging.links import ResidentWay
from brobygger.bridging.models import Bridge, Leg
from brobygger.bridging.refusing import Refused
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, Channel
from brobygger.foundation import languages
from brobygger.foundation.actor import Actor
from brobygger.foundation.once import answer_once
from brobygger.foundation.scope import organisation_scope
from brobygger.privacy.terms import ConsentForm
from brobygger.residents.terms import NeedOutcome

Page = Callable[[HttpRequest, str, ResidentWay], HttpResponse]
DETAILS = ("once", "svar", "text", "kode")


def behind_own_link(view: Page) -> Callable[..., HttpResponse]:
    """Find what the token opens. A token nobody made is not there; a dead one is over, and says only that."""

    @wraps(view)
    @never_cache
    def page(request: HttpRequest, token: str) -> HttpResponse:
        way = links.resident_way_of(token)
        if way is None:
            raise Http404
        if not way.is_open(timezone.now()):
            response = render(request, "bridging/own_over.html", status=410)
        else:
            with organisation_scope(way.organisation):
                response = view(request, token, way)
        response["Referrer-Policy"] = "strict-origin"  # as behind a partner's link
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return page


@require_safe
@behind_own_link
def cover(request: HttpRequest, token: str, way: ResidentWay) -> HttpResponse:
    """Nothing about anybody, and no change: somebody else may hold the telephone."""
    house = Bridge.objects.values_list("owner__house_name", flat=True).get(pk=way.bridge)
    return render(request, "bridging/own_cover.html", {"token": token, "house": house})


@languages.draws_again
@require_POST
@behind_own_link
def show(request: HttpRequest, token: str, way: ResidentWay) -> HttpResponse:
    """The press "Vis"."""
    return _page(request, token, way)


def _page(request: HttpRequest, token: str, way: ResidentWay, *, status: int = 200) -> HttpResponse:
    now = timezone.now()
    own.look(own.bridge_of(way.bridge), by=_actor(way), at=now)
    context = {
        "token": token,
        "card": own.own_card(way.bridge, now=now),
        "answers": own.labelled_answers(),
        "unchosen": status == 422,
    }
    return render(request, "bridging/own.html", context, status=status)


@languages.draws_again
@require_POST
@behind_own_link
def answer(request: HttpRequest, token: str, way: ResidentWay) -> HttpResponse:
    """How it went, or whether they have met. A press without a choice says nothing (422)."""
    if languages.asked_for(request):
        return _page(request, token, way)
    form = OwnVerdictForm(request.POST)
    if request.POST.get("svar") in MET:
        return _once(request, token, way, lambda: _say_met(request, token, way))
    if not form.is_valid():
        return _page(request, token, way, status=422)
    return _once(request, token, way, lambda: _say(request, token, way, form))


MET = {"moedt", "ej-moedt", "ikke-moedt"}


def _once(
    request: HttpRequest, token: str, way: ResidentWay, act: Callable[[], HttpResponse]
) -> HttpResponse:
    """The same press again gives the same page; another press may change the answer back."""
    key = uuid5(way.link, "\0".join(request.POST.get(name, "") for name in DETAILS))
    try:
        return answer_once(request, key, act, same=str(key))
    except (Refused, rules.NotAllowed):
        return _page(request, token, way, status=409)


def _say(request: HttpRequest, token: str, way: ResidentWay, form: OwnVerdictForm) -> HttpResponse:
    bridge = own.bridge_of(way.bridge)
    verdicts.tell_verdict(
        bridge=bridge,
        verdict=NeedOutcome(form.cleaned_data["svar"]),
        speaker=_speaker(bridge),
        by=_actor(way),
        at=timezone.now(),
        text=form.cleaned_data["text"],
    )
    return _thanks(request, token, _("Tak for dit svar"), _("Du kan altid ændre det her på siden."))


def _say_met(request: HttpRequest, token: str, way: ResidentWay) -> HttpResponse:
    bridge, now = own.bridge_of(way.bridge), timezone.now()
    leg = own.leading_leg(bridge)
    if leg is None:
        raise Http404
    words: dict[str, Any] = {"leg": leg, "speaker": _speaker(bridge), "by": _actor(way), "at": now}
    if request.POST["svar"] == "moedt":
        meetings.tell_first_meeting(happened_at=min(leg.promised_at or now, now), **words)
    elif request.POST["svar"] == "ikke-moedt":
        meetings.contest_meeting(**words)
    else:
        meetings.tell_missed_meeting(**words)
    return _thanks(request, token, _("Tak for dit svar"), _("Vi taler snart med dig."))


@languages.draws_again
@require_POST
@behind_own_link
def stop(request: HttpRequest, token: str, way: ResidentWay) -> HttpResponse:
    """First what stops and what cannot be called back; then, by a press of its own, it stops (BRI-17)."""
    bridge = own.bridge_of(way.bridge)
    leg = next((one for one in bridge.legs.all() if one.code == request.POST.get("kode")), None)
    if leg is None or leg.sent_at is None:
        return _page(request, token, way, status=409)
    if request.POST.get("ja") != "ja" or languages.asked_for(request):
        context = {
            "token": token,
            "code": leg.code,
            "who": leg.recipient.name,
            "was_read": leg.seen_at is not None,
        }
        return render(request, "bridging/own_stop.html", context)
    return _once(request, token, way, lambda: _stop(request, token, way, bridge, leg))


def _stop(request: HttpRequest, token: str, way: ResidentWay, bridge: Bridge, leg: Leg) -> HttpResponse:
    need = bridge.need
    if need is None:
        raise Http404
    withdrawing.withdraw_consent(
        resident=need.resident,
        recipient=leg.recipient,
        speaker=_speaker(bridge),
        by=_actor(way),
        at=timezone.now(),
        form=ConsentForm.PAGE,
        language=translation.get_language() or "da",
    )
    return _thanks(request, token, _("Det er stoppet"), _("De får at vide, at dit ja er trukket tilbage."))


def _thanks(request: HttpRequest, token: str, heading: str, text: str) -> HttpResponse:
    context = {"token": token, "heading": heading, "text": text}
    return render(request, "bridging/own_thanks.html", context)


def _speaker(bridge: Bridge) -> Speaker:
    name = bridge.need.resident.first_name if bridge.need else ""
    return Speaker(ActorRole.RESIDENT, name, Channel.LINK)


def _actor(way: ResidentWay) -> Actor:
    return Actor("link", UUID(str(way.link)), _("beboeren"))
