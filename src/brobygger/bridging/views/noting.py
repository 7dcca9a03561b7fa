"""A recipient's answer by telephone, on paper or face to face: written down in the recipient's words."""

from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygger.accounts.requests import MemberRequest, resident_page
from brobygger.bridging import actions, answers, cards, reads, rules
from brobygger.bridging.answers import Yes
from brobygger.bridging.forms import ToldForm
from brobygger.bridging.models import Bridge, Leg
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, Channel, Direction, LegState, RejectReason
from brobygger.offers.actions import NoPlaceLeft


@resident_page
def told(request: MemberRequest, bridge_id: UUID) -> HttpResponse:
    """Write down what the recipient said, and who said it. The statement keeps both names (BRIDGES 1)."""
    found = reads.bridge_for(request.member, bridge_id)
    leg = _waiting_for_an_answer(found, request.GET.get("kode"))
    may_tell = reads.may_answer_back(leg, on=timezone.localdate())
    form = ToldForm(
        request.POST or None, reasons=rules.reject_reasons(Direction(leg.direction)), may_tell=may_tell
    )
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                _write_down(request, leg, form)
        except NoPlaceLeft:
            form.add_error("svar", _("Den sidste plads er lige blevet taget. Spørg dem om ventelisten."))
        except (actions.Refused, rules.NotAllowed) as no:
            messages.warning(request, cards.refusal(no.refused, today=timezone.localdate()))
            return redirect("bridging:one", bridge_id)
        else:
            messages.success(request, _("Svaret fra %(who)s er skrevet ned.") % {"who": leg.recipient.name})
            return redirect("bridging:one", bridge_id)
    context = {"form": form, "leg": leg, "bridge": found, "phones": reads.phones_of(leg)}
    return render(request, "bridging/told.html", context, status=422 if form.errors else 200)


def _waiting_for_an_answer(found: Bridge, code: str | None) -> Leg:
    """The leg that has been sent and not answered, or 404."""
    for leg in found.legs.all():
        if leg.state == LegState.REQUESTED and code in {None, leg.code}:
            leg.bridge = found
            return leg
    raise Http404


def _write_down(request: MemberRequest, leg: Leg, form: ToldForm) -> None:
    given, member = form.cleaned_data, request.member
    seen = request.POST.get("version", "")
    speaker = Speaker(ActorRole.RECIPIENT, given["who"], Channel(given["how"]), told_by=member)
    version = int(seen) if seen.isdecimal() and len(seen) < 9 else -1
    if given["svar"] == "nej":
        answers.decline_leg(
            leg=leg,
            seen=version,
            reason=RejectReason(given["reason"]),
            text=given["text"],
            speaker=speaker,
            by=member.actor,
            at=timezone.now(),
        )
        return
    answers.accept_leg(
        leg=leg,
        seen=version,
        answer=Yes(when=given.get("when"), waitlisted=given["svar"] == "venteliste", text=given["text"]),
        speaker=speaker,
        by=member.actor,
        at=timezone.now(),
    )
