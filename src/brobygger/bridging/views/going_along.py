"""The companion's page: one card, and afterwards one press. Gone three days after the meeting."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygger.accounts.requests import MemberRequest, member_page
from brobygger.bridging import cards, companions, company, company_cards, meetings, rules
from brobygger.bridging.company import Outing
from brobygger.bridging.models import Accompaniment
from brobygger.bridging.refusing import NotYours, Refused
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, Channel


@member_page
def along(request: MemberRequest, company_id: UUID) -> HttpResponse:
    """First name, when, where, language and wishes; nothing else of the resident or the bridge."""
    now = timezone.now()
    outing = company.outing_for(request.member, company_id, now=now)
    if request.method == "POST":
        return _told(request, outing)
    return render(request, "bridging/companion.html", {"card": company_cards.card(outing, now=now)})


def _told(request: MemberRequest, outing: Outing) -> HttpResponse:
    mine = outing.company
    try:
        words = _write(request, mine, request.POST.get("svar", ""))
    except (Refused, rules.NotAllowed) as no:
        messages.warning(request, cards.refusal(no.refused, today=timezone.localdate()))
    except NotYours:
        messages.warning(request, _("Det er ikke aftalt mere."))
    else:
        if words == "":
            context = {"card": company_cards.card(outing, now=timezone.now()), "unchosen": True}
            return render(request, "bridging/companion.html", context, status=422)
        messages.success(request, words)
        if request.POST["svar"] == "kan-ikke":
            return redirect("today")
    return redirect("bridging:along", mine.pk)


def _write(request: MemberRequest, mine: Accompaniment, answer: str) -> str:
    """The words that thank for it; empty where nothing was chosen."""
    member, now = request.member, timezone.now()
    speaker = Speaker(ActorRole.COMPANION, member.name, Channel.SCREEN)
    if answer == "kan":
        companions.agree_company(company=mine, by=member, at=now)
        return _("Tak. Du går med.")
    if answer == "kan-ikke":
        companions.cancel_company(company=mine, by=member, at=now)
        return _("Tak for svaret. Så finder vi en anden.")
    if answer == "ja":
        met = min(mine.meet_at, now)
        meetings.tell_first_meeting(leg=mine.leg, happened_at=met, speaker=speaker, by=member.actor, at=now)
        return _("Tak. Det er skrevet ned.")
    if answer == "nej":
        meetings.tell_missed_meeting(leg=mine.leg, speaker=speaker, by=member.actor, at=now)
        return _("Tak. Så finder vi en ny dag.")
    return ""
