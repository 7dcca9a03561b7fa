"""The worker's pages of a bridge: build, let the resident sign, see exactly what is sent, send, withdraw."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from brobygger.accounts.requests import MemberRequest, resident_page
from brobygger.bridging import (
    actions,
    cards,
    company,
    company_cards,
    permissions,
    presses,
    queueing,
    reads,
    record,
    rules,
    voices,
)
from brobygger.bridging.forms import ConsentForm, WayInForm, WithdrawForm
from brobygger.bridging.models import Bridge, Leg
from brobygger.bridging.sentences import Refusal
from brobygger.bridging.terms import CompanyState, DecidedBy, EndReason, LegState
from brobygger.foundation import audit, spoken
from brobygger.offers.equals import nearest_equals
from brobygger.offers.models import Offer
from brobygger.offers.reads import OfferRow
from brobygger.partners.actions import verify_contact
from brobygger.partners.models import Organisation
from brobygger.partners.terms import ContactChannel
from brobygger.privacy.actions import give_consent
from brobygger.privacy.terms import DataKind
from brobygger.residents.reads import need_for

CONSENT_LASTS = timedelta(days=180)
SHOWN, CHOSEN = "shown", "forslag"


@resident_page
def bridges(request: MemberRequest) -> HttpResponse:
    now = timezone.now()
    found = reads.open_bridges(request.member)
    gaps = reads.consent_gaps(found, on=timezone.localdate(now))
    return render(
        request,
        "bridging/bridges.html",
        {
            "open": [cards.bridge_card(one, now=now, gaps=gaps) for one in found],
            "closed": [cards.bridge_card(one, now=now) for one in reads.closed_bridges(request.member)],
            "sees_all": permissions.may_see_all(request.member),
        },
    )


@resident_page
def bridge(request: MemberRequest, bridge_id: UUID) -> HttpResponse:
    now = timezone.now()
    found = reads.bridge_for(request.member, bridge_id)
    statements = reads.statements_of(found)
    gaps = reads.consent_gaps([found], on=timezone.localdate(now))
    card = cards.bridge_card(found, now=now, gaps=gaps)
    waits = card.lead is not None and card.lead.leg.state == LegState.REQUESTED
    lead = card.lead.leg if card.lead else None
    along = company.company_of(lead) if lead and lead.accepted_at else None
    along = None if along and along.state == CompanyState.CANCELLED else along
    context = {
        "card": card,
        "presses": presses.presses(found, lead, reads.first_clock(found), along, now=now),
        "line": queueing.in_line(lead) if lead else None,
        "company": along,
        "company_name": company_cards.name_of(along) if along else "",
        "phones": reads.phones_of(card.lead.leg) if card.lead and waits else [],
        "talk": voices.conversation(statements, reads.words_of(found), now=now),
        "resident": found.need.resident if found.need else None,
        "need": found.need,
    }
    return render(request, "bridging/bridge.html", context)


@resident_page
@require_POST
def build(request: MemberRequest) -> HttpResponse:
    """Begin a bridge from a choice that the suggestions page has signed."""
    try:
        told = signing.loads(request.POST.get("forslag", ""), salt=CHOSEN, max_age=24 * 60 * 60)
    except signing.BadSignature:
        messages.warning(request, _("Forslaget var for gammelt. Vælg igen, så I ser det, som det er nu."))
        return redirect("residents:list")
    need = need_for(request.member, UUID(told["need"]))
    because = request.POST.get("because", "").strip()
    if not told["was_suggested"] and not because:
        messages.warning(request, _("Skriv én linje om, hvorfor I vælger netop det."))
        return redirect("matching:suggestions", need.pk)
    try:
        leg = actions.build_bridge(
            need=need, choice=_choice(told, because), by=request.member, at=timezone.now()
        )
    except actions.Refused as no:
        messages.warning(request, cards.refusal(no.refused, today=timezone.localdate()))
        return redirect("matching:suggestions", need.pk)
    except actions.NotYours as no:
        who = request.member.actor
        audit.refused("bridge:refused", kind="residents.Need", ids=[need.pk], by=who, at=timezone.now())
        messages.warning(
            request, _("%(who)s bygger allerede bro til det behov. Tal sammen først.") % {"who": no.owner}
        )
        return redirect("matching:suggestions", need.pk)
    return redirect("bridging:consent", leg.bridge_id)


def _choice(told: dict[str, Any], because: str) -> actions.Choice:
    offer = get_object_or_404(Offer, pk=told["offer"]) if told["offer"] else None
    recipient = offer.organisation if offer else get_object_or_404(Organisation, pk=told["recipient"])
    return actions.Choice(
        recipient=recipient,
        offer=offer,
        offer_name=told["offer_name"],
        was_suggested=told["was_suggested"],
        because=because[:300],
        reasons=told["reasons"],
        facts_used=told["facts_used"],
    )


def draft_page(view: Callable[[MemberRequest, Leg], HttpResponse]) -> Callable[..., HttpResponse]:
    """A page about the draft of a bridge. Where there is none any more, the bridge itself is shown."""

    @wraps(view)
    def page(request: MemberRequest, bridge_id: UUID) -> HttpResponse:
        try:
            return view(request, reads.leg_for(request.member, bridge_id))
        except rules.NotAllowed as no:
            messages.warning(request, cards.refusal(no.refused, today=timezone.localdate()))
            return redirect("bridging:one", bridge_id)

    return resident_page(page)


@draft_page
def consent(request: MemberRequest, leg: Leg) -> HttpResponse:
    """What they may be told, our words to them, and the resident's signature, all on one page."""
    today = timezone.localdate()
    known = _known(leg, today)
    covered = reads.covered(leg, on=today)
    first = {"kinds": leg.draft.kinds or sorted(covered), "message": leg.draft.message}
    form = ConsentForm(request.POST or None, known=known, covered=covered, initial=first)
    if request.method == "POST" and form.is_valid():
        if not form.is_covered:
            _sign(request, leg, form, today)
        actions.prepare_leg(
            leg=leg,
            kinds=form.chosen,
            message=form.cleaned_data["message"],
            by=request.member,
            at=timezone.now(),
        )
        return redirect("bridging:send", leg.bridge_id)
    context = _leg_context(leg) | {
        "form": form,
        "statement": wording(leg, today),
        "covered": [_(DataKind(kind).label) for kind in sorted(covered)],
    }
    return render(request, "bridging/consent.html", context, status=422 if form.errors else 200)


def wording(leg: Leg, today: date) -> str:
    """What the resident signs, in the language of the page. Kept word for word with the consent."""
    until = spoken.spoken_day(today + CONSENT_LASTS, today=today)
    words = _(
        "Jeg siger ja til, at %(house)s giver %(recipient)s det, der er sat kryds ved, "
        "så jeg kan få hjælp med %(what)s. Mit ja gælder til %(until)s. "
        "Jeg kan altid trække det tilbage ved at sige det til en medarbejder."
    )
    return words % {
        "house": leg.bridge.owner.house_name,
        "recipient": leg.recipient.name,
        "what": leg.offer_name,
        "until": until,
    }


def _sign(request: MemberRequest, leg: Leg, form: ConsentForm, today: date) -> None:
    told = form.cleaned_data
    kinds = ", ".join(_(kind.label) for kind in form.chosen)
    give_consent(
        resident_id=leg.subject_id,
        recipient_id=leg.recipient_id,
        give=form.chosen,
        may_answer=told["may_answer"],
        purpose=leg.offer_name,
        wording=f"{wording(leg, today)} ({kinds})",
        language=translation.get_language() or "da",
        signed_name=told["signed_name"].strip(),
        signature=told["signature"],
        valid_until=today + CONSENT_LASTS,
        by=request.member,
        at=timezone.now(),
    )


def _known(leg: Leg, today: date) -> list[dict[str, str]]:
    need = leg.bridge.need
    return reads.what_we_know(need.resident, need.words, on=today) if need else []


def _leg_context(leg: Leg) -> dict[str, Any]:
    need = leg.bridge.need
    return {"leg": leg, "bridge": leg.bridge, "need": need, "resident": need.resident if need else None}


@draft_page
def way_in(request: MemberRequest, leg: Leg) -> HttpResponse:
    """Nobody has checked how to reach them: ring, hear, write it down, go on."""
    first = {"channel": ContactChannel.EMAIL if leg.recipient.email else "", "address": leg.recipient.email}
    form = WayInForm(request.POST or None, initial=first)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        contact = verify_contact(
            partner=leg.recipient,
            function=told["function"],
            channel=ContactChannel(told["channel"]),
            address=told["address"],
            speaks=told["speaks"],
            by=request.member,
            at=timezone.now(),
        )
        actions.choose_way_in(leg=leg, contact=contact, by=request.member, at=timezone.now())
        return redirect("bridging:send", leg.bridge_id)
    context = _leg_context(leg) | {"form": form, "phones": reads.phones_of(leg)}
    return render(request, "bridging/way_in.html", context, status=422 if form.errors else 200)


@draft_page
def send(request: MemberRequest, leg: Leg) -> HttpResponse:
    """The confirm page: exactly what is sent to whom. What is not as shown is not sent."""
    if not leg.draft.kinds:
        return redirect("bridging:consent", leg.bridge_id)
    if request.method == "POST":
        return _send(request, leg)
    today = timezone.localdate()
    preview = reads.what_is_sent(leg, on=today)
    context = _leg_context(leg) | {
        "preview": preview,
        "facts": [cards.shared_line(item) for item in preview.shared],
        "kept": cards.kept_back(item["kind"] for item in preview.shared),
        "refusal": cards.refusal(preview.refusal, today=today) if preview.refusal else "",
        "way_out": _way_out(preview.refusal, leg),
        "shown": signing.dumps(preview.shared, salt=SHOWN, compress=True),
        "answer_back": reads.may_answer_back(leg, on=today),
        "equals": _equals(preview.refusal, leg, today),
        "joins": reads.joins_a_line(leg),
        "record": record.record_for_workers(leg.recipient_id, now=timezone.now()),
    }
    return render(request, "bridging/send.html", context)


def _equals(refusal: rules.Refused | None, leg: Leg, today: date) -> list[OfferRow]:
    """What could be asked instead of an offer that is full, closed or resting."""
    of_the_offer = refusal is not None and refusal.why.startswith("offer_")
    return nearest_equals(leg.offer_id, on=today) if of_the_offer and leg.offer_id else []


def _way_out(refusal: rules.Refused | None, leg: Leg) -> tuple[str, str] | None:
    """Where to go to mend what stands in the way of sending."""
    if refusal is None:
        return None
    why = refusal.why
    if why is Refusal.UNREACHABLE:
        return reverse("bridging:way_in", args=[leg.bridge_id]), _("Skriv, hvordan vi når dem")
    if why.startswith("consent") or why is Refusal.NO_CONSENT:
        return reverse("bridging:consent", args=[leg.bridge_id]), _("Spørg beboeren")
    return reverse("matching:suggestions", args=[leg.bridge.need_id]), _("Vælg et andet tilbud")


def _send(request: MemberRequest, leg: Leg) -> HttpResponse:
    try:
        shown = signing.loads(request.POST.get("shown", ""), salt=SHOWN, max_age=24 * 60 * 60)
        actions.send_leg(leg=leg, seen=_version(request), shared=shown, by=request.member, at=timezone.now())
    except (actions.NotWhatWasShown, signing.BadSignature):
        messages.warning(request, _("Noget er ændret imens. Læs siden igen, før I sender."))
        return redirect("bridging:send", leg.bridge_id)
    except actions.Refused as no:
        messages.warning(request, cards.refusal(no.refused, today=timezone.localdate()))
        return redirect("bridging:send", leg.bridge_id)
    messages.success(request, _("Sendt til %(who)s.") % {"who": leg.recipient.name})
    return redirect("bridging:one", leg.bridge_id)


def _version(request: MemberRequest) -> int:
    seen = request.POST.get("version", "")
    return int(seen) if seen.isdecimal() and len(seen) < 9 else -1


@resident_page
def withdraw(request: MemberRequest, bridge_id: UUID) -> HttpResponse:
    """Stop the leg that leads, or the one whose code is given. Says first what cannot be called back."""
    found = reads.bridge_for(request.member, bridge_id)
    leg = _to_stop(found, request.GET.get("kode"))
    if leg is None:
        return redirect("bridging:one", bridge_id)
    form = WithdrawForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            actions.withdraw_leg(
                leg=leg,
                decided_by=DecidedBy(told["decided_by"]),
                reason=EndReason(told["reason"]),
                text=told["text"],
                close_need=told["close_need"],
                seen=_version(request),
                by=request.member,
                at=timezone.now(),
            )
        except (actions.Refused, rules.NotAllowed) as no:
            messages.warning(request, cards.refusal(no.refused, today=timezone.localdate()))
        else:
            messages.success(request, _("Broen til %(who)s er stoppet.") % {"who": leg.recipient.name})
        return redirect("bridging:one", bridge_id)
    context = _leg_context(leg) | {"form": form, "card": cards.leg_card(leg, today=timezone.localdate())}
    return render(request, "bridging/withdraw.html", context, status=422 if form.errors else 200)


def _to_stop(found: Bridge, code: str | None) -> Leg | None:
    """A live leg of the bridge; None where it has been stopped, as after a step back in the browser."""
    in_order = cards.leading_first(found.legs.all())
    leg = next((one for one in in_order if one.is_live and code in {None, one.code}), None)
    if leg is not None:
        leg.bridge = found
    return leg
