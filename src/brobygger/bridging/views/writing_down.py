"""What the worker's pages about one leg share: find it, show one form, tell kindly what is refused."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygger.accounts.requests import MemberRequest, resident_page
from brobygger.bridging import actions, answers, cards, reads, rules
from brobygger.bridging.models import Bridge, Leg
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, Channel, LegState

LegPage = Callable[[MemberRequest, Leg], HttpResponse]
BridgePage = Callable[[MemberRequest, UUID], HttpResponse]
REFUSED = "is_refused"  # of a request: it was acted on, and is now only to be shown


def leg_page(*states: LegState) -> Callable[[LegPage], Callable[..., HttpResponse]]:
    """A page about a leg in one of these states: the one whose code is given, else the one that leads.

    Where there is none any more, as after a step back in the browser, the bridge itself is shown.
    """

    def dressed(view: LegPage) -> Callable[..., HttpResponse]:
        @resident_page
        @wraps(view)
        def page(request: MemberRequest, bridge_id: UUID) -> HttpResponse:
            leg = leg_of(reads.bridge_for(request.member, bridge_id), request.GET.get("kode"), states)
            if leg is None:
                return redirect("bridging:one", bridge_id)
            return told_kindly(request, lambda: view(request, leg))

        return page

    return dressed


def bridge_page(view: BridgePage) -> Callable[..., HttpResponse]:
    """A page about a bridge as a whole."""

    @resident_page
    @wraps(view)
    def page(request: MemberRequest, bridge_id: UUID) -> HttpResponse:
        return told_kindly(request, lambda: view(request, bridge_id))

    return page


def leg_of(found: Bridge, code: str | None, states: tuple[LegState, ...]) -> Leg | None:
    legs = [leg for leg in cards.leading_first(found.legs.all()) if leg.state in states]
    leg = next((one for one in legs if code in {None, one.code}), None)
    if leg is not None:
        leg.bridge = found
    return leg


def told_kindly(request: MemberRequest, page: Callable[[], HttpResponse]) -> HttpResponse:
    """The page. If its act is refused it is undone, and the page stands there again with all that was written
    on it and the reason (409): nobody's words are lost to a colleague who was faster."""
    try:
        with transaction.atomic():
            return page()
    except (actions.Refused, rules.NotAllowed) as no:
        messages.warning(request, cards.refusal(no.refused, today=timezone.localdate()))
    except answers.Incomplete:
        messages.warning(request, _("Der mangler noget. Prøv igen."))
    except actions.NotYours as no:
        messages.warning(request, _("Det kan kun %(who)s eller lederen gøre.") % {"who": no.owner})
    setattr(request, REFUSED, True)
    response = page()
    response.status_code = HTTPStatus.CONFLICT
    return response


def is_given(request: MemberRequest, form: forms.Form) -> bool:
    """Whether the form is to be acted on now."""
    return request.method == "POST" and not getattr(request, REFUSED, False) and form.is_valid()


def act_page(request: MemberRequest, leg: Leg, form: forms.Form, **words: Any) -> HttpResponse:
    """`words`: heading, lead and press, and phones where one should ring first."""
    context = {"bridge": leg.bridge, "title": leg.offer_name, "leg": leg, "form": form, **words}
    return render(request, "bridging/act.html", context, status=422 if form.errors else 200)


def done(request: MemberRequest, leg: Leg, words: str) -> HttpResponse:
    messages.success(request, words)
    return redirect("bridging:one", leg.bridge_id)


def version(request: MemberRequest) -> int:
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else -1


def first_name(leg: Leg) -> str:
    return leg.bridge.need.resident.first_name if leg.bridge.need else ""


def in_their_words(request: MemberRequest, role: ActorRole, name: str, how: str) -> Speaker:
    """Somebody else's words, written down by this member: the statement keeps both names."""
    return Speaker(role, name, Channel(how), told_by=request.member)
