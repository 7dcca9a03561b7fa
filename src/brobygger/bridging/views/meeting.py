"""The worker's pages until resident and recipient have met: the date, the company, and how it went."""

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygger.accounts.requests import MemberRequest
from brobygger.bridging import companions, company_cards, endings, meetings, reads
from brobygger.bridging import company as who_goes_along
from brobygger.bridging.forms.meeting import (
    CompanyForm,
    MeetingForm,
    MetForm,
    PlaceForm,
    TalkedForm,
    TriedForm,
)
from brobygger.bridging.models import Leg
from brobygger.bridging.terms import ActorRole, Channel, CompanyWish, LegState
from brobygger.bridging.views.writing_down import (
    act_page,
    done,
    first_name,
    in_their_words,
    is_given,
    leg_page,
    version,
)

REQUESTED, ACCEPTED, IN_PROGRESS = LegState.REQUESTED, LegState.ACCEPTED, LegState.IN_PROGRESS


@leg_page(ACCEPTED)
def meeting(request: MemberRequest, leg: Leg) -> HttpResponse:
    """When they meet for the first time, or the next day after one that came to nothing."""
    form = MeetingForm(request.POST or None, recipient=leg.recipient.name)
    if is_given(request, form):
        told, member = form.cleaned_data, request.member
        meetings.plan_meeting(
            leg=leg,
            when=told["when"],
            text=told["text"],
            speaker=in_their_words(request, ActorRole.WORKER, member.name, Channel.SCREEN),
            by=member.actor,
            at=timezone.now(),
        )
        return done(request, leg, _("Mødet er skrevet ned."))
    who = {"who": leg.recipient.name, "name": first_name(leg)}
    return act_page(
        request,
        leg,
        form,
        heading=_("Hvornår mødes de?"),
        lead=_("Aftal dagen med %(who)s og med %(name)s først.") % who,
        press=_("Gem mødet"),
        phones=reads.phones_of(leg),
    )


@leg_page(ACCEPTED)
def place(request: MemberRequest, leg: Leg) -> HttpResponse:
    """The recipient has a place now, and says from which day (T04b)."""
    form = PlaceForm(request.POST or None, recipient=leg.recipient.name)
    if is_given(request, form):
        told = form.cleaned_data
        endings.give_place(
            leg=leg,
            seen=version(request),
            when=told["when"],
            text=told["text"],
            speaker=in_their_words(request, ActorRole.RECIPIENT, told["who"], told["how"]),
            by=request.member.actor,
            at=timezone.now(),
        )
        return done(request, leg, _("Pladsen er skrevet ned."))
    return act_page(
        request,
        leg,
        form,
        heading=_("De har en plads nu"),
        lead=_("Skriv, hvornår de mødes første gang."),
        press=_("Gem mødet"),
        phones=reads.phones_of(leg),
    )


@leg_page(REQUESTED, ACCEPTED, IN_PROGRESS)
def met(request: MemberRequest, leg: Leg) -> HttpResponse:
    """Whether they have met. One of the three says it; the statement keeps whose word it is."""
    form = MetForm(request.POST or None, voices=_voices(leg))
    if is_given(request, form):
        return _write_met(request, leg, form)
    return act_page(
        request,
        leg,
        form,
        heading=_("Har de mødt hinanden?"),
        lead=_("Det er nok, at én af dem siger det."),
        press=_("Skriv det ned"),
    )


def _write_met(request: MemberRequest, leg: Leg, form: MetForm) -> HttpResponse:
    told, now = form.cleaned_data, timezone.now()
    role = ActorRole(told["who"])
    speaker = in_their_words(request, role, _name_of(leg, role), told["how"])
    if told["svar"] == "ja":
        say = meetings.confirm_meeting if leg.state == IN_PROGRESS else meetings.tell_first_meeting
        say(
            leg=leg,
            happened_at=told["happened_at"],
            speaker=speaker,
            text=told["text"],
            by=request.member.actor,
            at=now,
        )
        return done(request, leg, _("Godt. De har mødt hinanden."))
    words: dict[str, Any] = {"speaker": speaker, "text": told["text"], "by": request.member.actor, "at": now}
    if leg.state == IN_PROGRESS:
        meetings.contest_meeting(leg=leg, **words)
        return done(request, leg, _("Det er skrevet ned. Tal med dem begge."))
    meetings.tell_missed_meeting(leg=leg, **words)
    return done(request, leg, _("Det er skrevet ned. Nu skal I finde en ny dag."))


def _voices(leg: Leg) -> list[tuple[str, str]]:
    """Who can say that they met; the recipient only after taking it on."""
    recipient = [(ActorRole.RECIPIENT.value, leg.recipient.name)] if leg.state != REQUESTED else []
    resident = (ActorRole.RESIDENT.value, first_name(leg))
    return [resident, *recipient, (ActorRole.COMPANION.value, _("Den, der gik med"))]


def _name_of(leg: Leg, role: ActorRole) -> str:
    if role is ActorRole.RESIDENT:
        return first_name(leg)
    return (
        leg.recipient.name
        if role is ActorRole.RECIPIENT
        else company_cards.name_of(who_goes_along.company_of(leg))
    )


@leg_page(ACCEPTED)
def company(request: MemberRequest, leg: Leg) -> HttpResponse:
    """Skal nogen gå med? The resident's answer, and who it is."""
    people = {str(one.pk): one for one in who_goes_along.may_go_along(request.member)}
    members = [(key, f"{one.name}, {_(one.role_label)}") for key, one in people.items()]
    form = CompanyForm(request.POST or None, members=members, initial=_as_promised(leg))
    if is_given(request, form):
        told, now = form.cleaned_data, timezone.now()
        wish = CompanyWish(told["wish"])
        companions.ask_company(leg=leg, wish=wish, by=request.member, at=now)
        if wish is CompanyWish.YES:
            companions.offer_company(
                leg=leg,
                meet_at=told["meet_at"],
                meet_where=told["meet_where"],
                wishes=told["wishes"],
                companion=people.get(told["companion"]),
                own_person=told["own_person"],
                by=request.member,
                at=now,
            )
        return done(request, leg, _("Det er skrevet ned."))
    return act_page(
        request,
        leg,
        form,
        heading=_("Skal nogen gå med?"),
        lead=_("Spørg %(name)s. Den, der går med, får fornavn, sprog og det, du skriver her. Ikke andet.")
        % {"name": first_name(leg)},
        press=_("Gem"),
    )


@require_POST
@leg_page(ACCEPTED)
def company_off(request: MemberRequest, leg: Leg) -> HttpResponse:
    """The companion cannot, or the resident would rather not: that person's page is gone at once."""
    found = who_goes_along.company_of(leg)
    if found is not None:
        companions.cancel_company(company=found, by=request.member, at=timezone.now())
    return done(request, leg, _("Følgeskabet er aflyst."))


def _as_promised(leg: Leg) -> dict[str, Any]:
    if leg.promised_at is None:
        return {}
    when = timezone.localtime(leg.promised_at)
    return {"day": when.date().isoformat(), "hour": when.strftime("%H:%M")}  # as the browser's fields want it


@leg_page(ACCEPTED, IN_PROGRESS)
def tried(request: MemberRequest, leg: Leg) -> HttpResponse:
    """An attempt to get hold of the resident. Three, on two ways and two days, before anybody gives up."""
    form = TriedForm(request.POST or None)
    if is_given(request, form):
        told, member = form.cleaned_data, request.member
        meetings.tried_contact(
            leg=leg,
            text=told["text"],
            speaker=in_their_words(request, ActorRole.WORKER, member.name, told["how"]),
            by=member.actor,
            at=timezone.now(),
        )
        return done(request, leg, _("Forsøget er skrevet ned."))
    return act_page(request, leg, form, **tried_words(first_name(leg)))


def tried_words(name: str) -> dict[str, str]:
    return {
        "heading": _("Du fik ikke fat i %(name)s") % {"name": name},
        "lead": _("Prøv på mindst to måder og to forskellige dage."),
        "press": _("Skriv forsøget ned"),
    }


@leg_page(ACCEPTED)
def talked(request: MemberRequest, leg: Leg) -> HttpResponse:
    """After meetings that came to nothing a talk comes before the next date (BRIDGES 8)."""
    form = TalkedForm(request.POST or None)
    if is_given(request, form):
        told = form.cleaned_data
        meetings.tell_thinking(
            leg=leg,
            text=told["text"],
            speaker=in_their_words(request, ActorRole.RESIDENT, first_name(leg), told["how"]),
            by=request.member.actor,
            at=timezone.now(),
        )
        return done(request, leg, _("Det er skrevet ned. Nu kan I aftale en ny dag."))
    return act_page(
        request,
        leg,
        form,
        heading=_("Tal med %(name)s") % {"name": first_name(leg)},
        lead=_("Mødet er gået i vasken flere gange. Passer dagen, stedet og tilbuddet?"),
        press=_("Skriv det ned"),
    )
