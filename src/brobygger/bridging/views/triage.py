"""Our pages of the other way: what partners ask of us, the leader's answer, the talk."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from brobygger.accounts.requests import MemberRequest, resident_page
from brobygger.bridging import ask_cards, asked, asking, cards, inward, permissions, triage
from brobygger.bridging.ask_forms import (
    NEW,
    ContactForm,
    GiveUpForm,
    MayTellForm,
    NotUsForm,
    SaidYesForm,
    TakeOnForm,
)
from brobygger.bridging.ask_record import tries_in
from brobygger.bridging.asks import Ask, AskLink
from brobygger.bridging.refusing import NotYours, Refused
from brobygger.bridging.terms import Channel, EndReason, LegState, RejectReason
from brobygger.foundation import installation, spoken
from brobygger.offers.terms import Theme
from brobygger.partners import standing_links
from brobygger.partners.models import Contact, Organisation
from brobygger.privacy.actions import give_consent
from brobygger.privacy.terms import DataKind
from brobygger.residents import actions as residents
from brobygger.residents import reads as people
from brobygger.residents.models import Resident

CONSENT_LASTS = timedelta(days=180)
MOST_FOUND = 8


@require_safe
@resident_page
def asks(request: MemberRequest) -> HttpResponse:
    """What partners have asked of us, the one that rings first on top."""
    now = timezone.now()
    context = {
        "open": [ask_cards.ask_card(one, now=now) for one in asked.open_asks(request.member)],
        "closed": [ask_cards.ask_card(one, now=now) for one in asked.closed_asks(request.member)],
        "may_triage": permissions.may_triage(request.member),
    }
    return render(request, "bridging/asks.html", context)


def ask_page(view: Callable[[MemberRequest, Ask], HttpResponse]) -> Callable[..., HttpResponse]:
    """A page about one ask. What cannot be done with it now is told kindly on the ask itself."""

    @wraps(view)
    def page(request: MemberRequest, ask_id: UUID) -> HttpResponse:
        ask = asked.ask_for(request.member, ask_id)
        try:
            with transaction.atomic():
                return view(request, ask)
        except inward.AskIsElsewhere:
            messages.warning(request, _("Noget er ændret imens. Se, hvordan det står nu, og vælg igen."))
        except Refused as no:
            messages.warning(request, cards.refusal(no.refused, today=timezone.localdate()))
        except NotYours:
            messages.warning(request, _("Det er lederen, der siger ja eller nej til en forespørgsel."))
        return redirect("bridging:ask", ask_id)

    return resident_page(page)


@require_safe
@ask_page
def one(request: MemberRequest, ask: Ask) -> HttpResponse:
    return _show(request, ask)


def _show(request: MemberRequest, ask: Ask, contact: ContactForm | None = None) -> HttpResponse:
    now = timezone.now()
    context = {
        "card": ask_cards.ask_card(ask, now=now),
        "talk": ask_cards.conversation(ask, now=now),
        "contact": contact or _contact_form(ask),
        "may_triage": permissions.may_triage(request.member),
    }
    return render(request, "bridging/ask.html", context, status=422 if contact else 200)


@ask_page
def answer(request: MemberRequest, ask: Ask) -> HttpResponse:
    """The leader's page: who it is and who goes, or why it is not for us."""
    _may_triage(request, ask)
    search = request.GET.get("find", ask.who).strip()
    form = _take_on_form(request, search, initial={"name": ask.who[:120], "reach_at": ask.reach})
    return _answer_page(request, ask, form, NotUsForm(), search)


def _may_triage(request: MemberRequest, ask: Ask) -> None:
    if not permissions.may_triage(request.member):
        raise NotYours(ask.owner.name)
    inward.after(LegState(ask.state), inward.AskAct.TAKE_ON)


def _take_on_form(request: MemberRequest, search: str, data: Any = None, **options: Any) -> TakeOnForm:
    """Whoever the leader may see and may be meant; searched within reach, like everywhere else."""
    found = people.named(request.member, search, on=timezone.localdate())[:MOST_FOUND]
    known = [(str(one.resident_id), f"{one.name} ({one.reach_at})") for one in found]
    return TakeOnForm(data, known=known, workers=people.colleagues(request.member), **options)


def _answer_page(
    request: MemberRequest, ask: Ask, form: TakeOnForm, no: NotUsForm, search: str
) -> HttpResponse:
    context = {
        "card": ask_cards.ask_card(ask, now=timezone.now()),
        "form": form,
        "no": no,
        "search": search,
    }
    return render(
        request, "bridging/ask_answer.html", context, status=422 if form.errors or no.errors else 200
    )


@require_POST
@ask_page
def take_on(request: MemberRequest, ask: Ask) -> HttpResponse:
    _may_triage(request, ask)
    search = request.POST.get("find", ask.who).strip()
    form = _take_on_form(request, search, request.POST)
    if not form.is_valid():
        return _answer_page(request, ask, form, NotUsForm(), search)
    worker = form.cleaned_data["worker"]
    triage.take_on(
        ask=ask,
        seen=_version(request),
        resident=_whom(request, form.cleaned_data),
        worker=worker,
        by=request.member,
        at=timezone.now(),
    )
    messages.success(request, _("%(who)s tager kontakt.") % {"who": worker.name})
    return redirect("bridging:ask", ask.pk)


def _whom(request: MemberRequest, given: dict[str, Any]) -> Resident:
    if given["whom"] != NEW:
        return people.resident_for(request.member, UUID(given["whom"]))
    return residents.register_resident(
        by=request.member,
        at=timezone.now(),
        name=given["name"],
        reach_by=given["reach_by"],
        reach_at=given["reach_at"],
        is_fictional=installation.is_demo(),
    )


@require_POST
@ask_page
def decline(request: MemberRequest, ask: Ask) -> HttpResponse:
    _may_triage(request, ask)
    no = NotUsForm(request.POST)
    if not no.is_valid():
        return _answer_page(request, ask, _take_on_form(request, ask.who), no, ask.who)
    triage.decline_ask(
        ask=ask,
        seen=_version(request),
        reason=RejectReason(no.cleaned_data["reason"]),
        by=request.member,
        at=timezone.now(),
    )
    messages.success(request, _("Der er svaret nej. De kan læse grunden."))
    return redirect("bridging:ask", ask.pk)


@require_POST
@ask_page
def contact(request: MemberRequest, ask: Ask) -> HttpResponse:
    """We tried, or we talked: the same two fields, two buttons that look alike."""
    form = _contact_form(ask, request.POST)
    what = request.POST.get("what", "")
    if not form.is_valid() or what not in {"talt", "forsoegt"}:
        return _show(request, ask, form)
    channel, now = Channel(form.cleaned_data["channel"]), timezone.now()
    if what == "talt":
        on = form.cleaned_data["on"]
        triage.tell_talk(ask=ask, seen=_version(request), channel=channel, on=on, by=request.member, at=now)
    else:
        triage.tell_try(ask=ask, channel=channel, by=request.member, at=now)
    return redirect("bridging:ask", ask.pk)


def _contact_form(ask: Ask, data: Any = None) -> ContactForm:
    return ContactForm(data, today=timezone.localdate(), asked_on=timezone.localdate(ask.asked_at))


@ask_page
def said_yes(request: MemberRequest, ask: Ask) -> HttpResponse:
    """The resident wants help: their own words become a need, and the search for something begins."""
    inward.after(LegState(ask.state), inward.AskAct.SAY_YES)
    form = SaidYesForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        need = triage.tell_yes(
            ask=ask,
            seen=_version(request),
            words=form.cleaned_data["words"],
            theme=Theme(form.cleaned_data["theme"]),
            by=request.member,
            at=timezone.now(),
        )
        return redirect("matching:suggestions", need.pk)
    context = {"card": ask_cards.ask_card(ask, now=timezone.now()), "form": form}
    return render(request, "bridging/ask_yes.html", context, status=422 if form.errors else 200)


@require_POST
@ask_page
def said_no(request: MemberRequest, ask: Ask) -> HttpResponse:
    triage.tell_no(ask=ask, seen=_version(request), by=request.member, at=timezone.now())
    messages.success(request, _("Skrevet ned. De, der spurgte, læser kun: udført."))
    return redirect("bridging:ask", ask.pk)


@ask_page
def give_up(request: MemberRequest, ask: Ask) -> HttpResponse:
    """Say that it did not succeed, and how many tries are missing before one may."""
    inward.after(LegState(ask.state), inward.AskAct.GIVE_UP)
    form = GiveUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        reason = EndReason(form.cleaned_data["reason"])
        triage.give_up(ask=ask, seen=_version(request), reason=reason, by=request.member, at=timezone.now())
        return redirect("bridging:ask", ask.pk)
    context = {
        "card": ask_cards.ask_card(ask, now=timezone.now()),
        "form": form,
        "tries": len(tries_in(ask.statements.all())),
    }
    return render(request, "bridging/ask_give_up.html", context, status=422 if form.errors else 200)


@ask_page
def may_tell(request: MemberRequest, ask: Ask) -> HttpResponse:
    """The resident signs that the partner may hear what came of it. Without it they never do."""
    if ask.resident is None or ask.talked_at is None:
        return redirect("bridging:ask", ask.pk)
    form = MayTellForm(request.POST or None)
    statement = _wording(ask)
    if request.method == "POST" and form.is_valid():
        give_consent(
            resident_id=ask.resident.pk,
            recipient_id=ask.partner_id,
            give=[DataKind.OUTCOME],
            may_answer=False,
            purpose=_("svar på forespørgsel %(code)s") % {"code": ask.code},
            wording=statement,
            language=translation.get_language() or "da",
            signed_name=form.cleaned_data["signed_name"].strip(),
            signature=form.cleaned_data["signature"],
            valid_until=timezone.localdate() + CONSENT_LASTS,
            by=request.member,
            at=timezone.now(),
        )
        messages.success(request, _("Skrevet under. Nu kan de læse, hvad der kom ud af det."))
        return redirect("bridging:ask", ask.pk)
    context = {"card": ask_cards.ask_card(ask, now=timezone.now()), "form": form, "statement": statement}
    return render(request, "bridging/ask_may_tell.html", context, status=422 if form.errors else 200)


def _wording(ask: Ask) -> str:
    """What the resident signs, in the language of the page. Kept word for word with the consent."""
    today = timezone.localdate()
    words = _(
        "Jeg siger ja til, at %(house)s fortæller %(partner)s, om jeg tager imod hjælp, og ikke andet. "
        "Mit ja gælder til %(until)s. Jeg kan altid trække det tilbage ved at sige det til en medarbejder."
    )
    until = spoken.spoken_day(today + CONSENT_LASTS, today=today)
    return words % {"house": ask.owner.house_name, "partner": ask.partner.name, "until": until}


@resident_page
def ask_links(request: MemberRequest, partner_id: UUID) -> HttpResponse:
    """Who at a partner may ask us through a link of their own; give one, give a new one, take it back."""
    partner = get_object_or_404(Organisation, pk=partner_id)
    if request.method == "POST":
        _change_link(request, partner)
        return redirect("bridging:ask_links", partner.pk)
    context = {"partner": partner, "doors": asked.doors_of(partner.pk)}
    return render(request, "bridging/ask_links.html", context)


def _change_link(request: MemberRequest, partner: Organisation) -> None:
    contact = _contact(request, partner)
    if request.POST.get("what") == "stop":
        link = AskLink.objects.filter(contact=contact, revoked_at=None).first()
        if link is not None:
            asking.revoke_ask_link(link=link, by=request.member, at=timezone.now())
        messages.success(request, _("Linket er lukket. Det virker ikke mere."))
        return
    try:
        asking.order_ask_link(contact=contact, by=request.member, at=timezone.now())
        messages.success(request, _("Et link er på vej til %(who)s.") % {"who": contact})
    except standing_links.CannotCarryALink:
        messages.warning(request, _("Bekræft en e-mail eller et nummer til sms først."))


def _contact(request: MemberRequest, partner: Organisation) -> Contact:
    try:
        key = UUID(request.POST.get("contact", ""))
    except ValueError:
        raise Http404 from None
    return get_object_or_404(Contact, pk=key, partner=partner)


def _version(request: MemberRequest) -> int:
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else -1
