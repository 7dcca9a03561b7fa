"""The resident's own word, told to a worker: the answer, the try without one, and two words that disagree."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygger.accounts.requests import MemberRequest
from brobygger.bridging import cards, own, reads, verdicts, voices
from brobygger.bridging.forms.ending import OUR_VIEW, SettleForm, VerdictForm
from brobygger.bridging.forms.meeting import TriedForm
from brobygger.bridging.models import Bridge
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, Channel, Settlement
from brobygger.bridging.views.meeting import tried_words
from brobygger.bridging.views.writing_down import bridge_page, in_their_words, is_given
from brobygger.residents.terms import NeedOutcome, WayToReach


@bridge_page
def verdict(request: MemberRequest, bridge_id: UUID) -> HttpResponse:
    """Fik du den hjælp, du kom efter? Only the resident's word can say that the need is met (BRI-06)."""
    found = reads.bridge_for(request.member, bridge_id)
    form = VerdictForm(request.POST or None)
    if is_given(request, form):
        return _write_verdict(request, found, form)
    context = _about(found) | {"form": form, "answers": own.labelled_answers()}
    return render(request, "bridging/verdict.html", context, status=422 if form.errors else 200)


def _write_verdict(request: MemberRequest, found: Bridge, form: VerdictForm) -> HttpResponse:
    told, name = form.cleaned_data, _name(found)
    verdicts.tell_verdict(
        bridge=found,
        verdict=NeedOutcome(told["svar"]),
        speaker=_whose(request, name, told["how"]),
        by=request.member.actor,
        at=timezone.now(),
        text=told["text"],
    )
    messages.success(request, _("Svaret fra %(name)s er skrevet ned.") % {"name": name})
    return redirect("bridging:one", found.pk)


def _whose(request: MemberRequest, name: str, how: str) -> Speaker:
    """The resident's, or, marked as such, the worker's own view where the resident has not answered."""
    if how == OUR_VIEW:
        return in_their_words(request, ActorRole.WORKER, request.member.name, Channel.SCREEN)
    return in_their_words(request, ActorRole.RESIDENT, name, how)


@bridge_page
def not_reached(request: MemberRequest, bridge_id: UUID) -> HttpResponse:
    """The resident was asked how it went, and nobody answered. After three tries the outcome is unknown."""
    found = reads.bridge_for(request.member, bridge_id)
    form = TriedForm(request.POST or None)
    if is_given(request, form):
        return _write_try(request, found, form)
    context = {"bridge": found, "form": form, "title": _title(found), **tried_words(_name(found))}
    return render(request, "bridging/act.html", context, status=422 if form.errors else 200)


def _write_try(request: MemberRequest, found: Bridge, form: TriedForm) -> HttpResponse:
    told = form.cleaned_data
    verdicts.tried_to_ask(
        bridge=found, channel=Channel(told["how"]), text=told["text"], by=request.member, at=timezone.now()
    )
    messages.success(request, _("Forsøget er skrevet ned."))
    return redirect("bridging:one", found.pk)


@bridge_page
def settle(request: MemberRequest, bridge_id: UUID) -> HttpResponse:
    """The recipient says done, the resident says no: both words stand, and the owner goes on."""
    found = reads.bridge_for(request.member, bridge_id)
    form = SettleForm(request.POST or None)
    if is_given(request, form):
        return _write_settled(request, found, form)
    context = {
        "bridge": found,
        "form": form,
        "title": _title(found),
        "heading": _("To svar, der ikke passer"),
        "lead": _("Tal med %(name)s. Begge svar bliver stående.") % {"name": _name(found)},
        "press": _("Skriv det ned"),
        "talk": two_words(found),
    }
    return render(request, "bridging/act.html", context, status=422 if form.errors else 200)


def _write_settled(request: MemberRequest, found: Bridge, form: SettleForm) -> HttpResponse:
    told = form.cleaned_data
    verdicts.settle_conflict(
        bridge=found, how=Settlement(told["way"]), text=told["text"], by=request.member, at=timezone.now()
    )
    messages.success(request, _("Det er skrevet ned."))
    return redirect("bridging:one", found.pk)


def two_words(found: Bridge) -> list[cards.Said]:
    """The recipient's last word and the resident's, each with name and date. Two queries."""
    now = timezone.now()
    theirs = [cards.said(one, now=now) for one in reads.statements_of(found) if one.outcome]
    residents = [voices.own_word(one, now=now) for one in reads.words_of(found) if one.verdict]
    return [*theirs[-1:], *residents[-1:]]


def _about(found: Bridge) -> dict[str, Any]:
    need = found.need
    resident = need.resident if need else None
    rings = resident is not None and resident.reach_by in {WayToReach.PHONE, WayToReach.SMS}
    return {
        "bridge": found,
        "title": _title(found),
        "name": _name(found),
        "words": need.words if need else "",
        "phone": resident.reach_at if resident and rings else "",
        "talk": two_words(found),
    }


def _title(found: Bridge) -> str:
    legs = cards.leading_first(found.legs.all())
    return legs[0].offer_name if legs else _name(found)


def _name(found: Bridge) -> str:
    return found.need.resident.first_name if found.need else ""
