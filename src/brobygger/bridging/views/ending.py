"""The worker's pages of an end: what came of it, why not, lawful silence, and trying once more."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygger.accounts.requests import MemberRequest
from brobygger.bridging import endings, meetings, presses, reads, reopening, rules
from brobygger.bridging.forms.ending import AgainForm, EndForm, FailForm, SilenceForm
from brobygger.bridging.models import Clock, Leg
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, Channel, EndReason, Evidence, LegOutcome, LegState
from brobygger.bridging.views.writing_down import (
    act_page,
    done,
    first_name,
    in_their_words,
    is_given,
    leg_page,
    version,
)

ACCEPTED, IN_PROGRESS = LegState.ACCEPTED, LegState.IN_PROGRESS
ENDED = (LegState.COMPLETED, LegState.FAILED, LegState.REJECTED, LegState.CANCELLED)
WHOSE_WORD = {
    Evidence.PROVIDER: ActorRole.RECIPIENT,
    Evidence.RESIDENT: ActorRole.RESIDENT,
    Evidence.WORKER_OBSERVATION: ActorRole.COMPANION,
}


@leg_page(ACCEPTED, IN_PROGRESS)
def end(request: MemberRequest, leg: Leg) -> HttpResponse:
    """It is done: the recipient says so to us (T11), or cannot say so and we know it otherwise (T12)."""
    form = EndForm(
        request.POST or None,
        recipient=leg.recipient.name,
        resident=first_name(leg),
        ours=presses.may_close_for_them(leg, clock_of(leg)),
        has_met=leg.state == IN_PROGRESS,
    )
    if is_given(request, form):
        _write_end(request, leg, form)
        return done(request, leg, _("Det er skrevet ned. Spørg nu %(name)s.") % {"name": first_name(leg)})
    return act_page(
        request,
        leg,
        form,
        heading=_("Hvad kom der ud af det?"),
        lead=_("Bagefter spørger I %(name)s selv, om det hjalp.") % {"name": first_name(leg)},
        press=_("Det er klaret"),
        phones=reads.phones_of(leg),
    )


def clock_of(leg: Leg) -> Clock | None:
    """The leg's running clock, of what the page has fetched."""
    return next((one for one in leg.bridge.clocks.all() if one.leg_id == leg.pk), None)


def _write_end(request: MemberRequest, leg: Leg, form: EndForm) -> None:
    told, member, now = form.cleaned_data, request.member, timezone.now()
    evidence = Evidence(told["evidence"])
    theirs = evidence is Evidence.PROVIDER
    names = {Evidence.PROVIDER: leg.recipient.name, Evidence.RESIDENT: first_name(leg)}
    voice = in_their_words(request, WHOSE_WORD[evidence], names.get(evidence, member.name), told["how"])
    seen = version(request)
    if leg.state == ACCEPTED and not theirs:
        met = meetings.tell_first_meeting(
            leg=leg, happened_at=told["happened_at"], speaker=voice, by=member.actor, at=now
        )
        seen += met.version - leg.version  # the step just taken by the same press
    endings.complete_leg(
        leg=leg,
        seen=seen,
        outcome=LegOutcome(told["outcome"]),
        evidence=evidence,
        met_at=told.get("happened_at"),
        speaker=voice if theirs else _ours(request),
        by=member.actor,
        at=now,
        text=told["text"],
    )


def _ours(request: MemberRequest) -> Speaker:
    return in_their_words(request, ActorRole.WORKER, request.member.name, Channel.SCREEN)


@leg_page(ACCEPTED, IN_PROGRESS)
def failed(request: MemberRequest, leg: Leg) -> HttpResponse:
    """It could not be done, and why (T14)."""
    form = FailForm(request.POST or None, reasons=rules.fail_reasons(ActorRole.WORKER))
    if is_given(request, form):
        endings.fail_leg(
            leg=leg,
            seen=version(request),
            reason=EndReason(form.cleaned_data["reason"]),
            text=form.cleaned_data["text"],
            speaker=_ours(request),
            by=request.member.actor,
            at=timezone.now(),
        )
        return done(request, leg, _("Det er skrevet ned. Vælg nu næste skridt."))
    return act_page(
        request,
        leg,
        form,
        heading=_("Det lykkedes ikke"),
        lead=_("%(who)s får at vide, at det er slut. De får ikke grunden.") % {"who": leg.recipient.name},
        press=_("Slut broen"),
    )


@leg_page(ACCEPTED, IN_PROGRESS)
def silence(request: MemberRequest, leg: Leg) -> HttpResponse:
    """An authority that has our question may say no more, and that is lawful (T13)."""
    form = SilenceForm(request.POST or None, is_acknowledged=leg.acknowledged_at is not None)
    if is_given(request, form):
        _write_silence(request, leg, form)
        return done(request, leg, _("Det er lukket uden svar. Spørg %(name)s.") % {"name": first_name(leg)})
    return act_page(
        request,
        leg,
        form,
        heading=_("%(who)s må ikke sige mere") % {"who": leg.recipient.name},
        lead=_("Så spørger I dem ikke mere. I spørger stadig %(name)s.") % {"name": first_name(leg)},
        press=_("Luk uden svar"),
    )


def _write_silence(request: MemberRequest, leg: Leg, form: SilenceForm) -> None:
    told, by, now = form.cleaned_data, request.member.actor, timezone.now()
    if "who" in told:
        voice = in_their_words(request, ActorRole.RECIPIENT, told["who"], told["how"])
        endings.acknowledge_leg(leg=leg, speaker=voice, by=by, at=now)
    endings.close_in_silence(
        leg=leg, seen=version(request), ground=told["ground"], speaker=_ours(request), by=by, at=now
    )


@leg_page(*ENDED)
def again(request: MemberRequest, leg: Leg) -> HttpResponse:
    """Once more to the same place: a new leg that says which one it replaces. The ended one stays."""
    form = AgainForm(request.POST or None)
    if is_given(request, form):
        because = form.cleaned_data["because"]
        draft = reopening.reopen_leg(leg=leg, because=because, by=request.member, at=timezone.now())
        return redirect("bridging:consent", draft.bridge_id)
    return act_page(
        request,
        leg,
        form,
        heading=_("Prøv %(who)s igen") % {"who": leg.recipient.name},
        lead=_("Det, der er slut, bliver stående. I begynder forfra, og %(name)s siger ja igen.")
        % {"name": first_name(leg)},
        press=_("Prøv igen"),
    )
