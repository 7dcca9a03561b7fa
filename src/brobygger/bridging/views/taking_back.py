"""A word to anybody of ours: the resident takes a yes back, wholly or in part (BRI-17).

Whoever hears it writes it down: every role, and nobody is asked whether it may be. Somebody whom the
resident has never met writes a name and a number; that page says the same whether we know the person or not.
"""

from collections.abc import Iterable
from uuid import UUID

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from brobygger.accounts.requests import MemberRequest, member_page
from brobygger.bridging import given
from brobygger.bridging.forms import TakeBackForm, WordForm
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, Channel
from brobygger.bridging.withdrawing import Withdrawn, withdraw_consent
from brobygger.privacy.terms import Direction
from brobygger.residents import reads as residents
from brobygger.residents.models import Resident

PAGE = ["GET", "HEAD", "POST"]


@require_http_methods(PAGE)
@member_page
def take_back(request: MemberRequest, resident_id: UUID) -> HttpResponse:
    """What stands, with a tick for each part; or everything by one press."""
    resident = residents.heard_from(request.member, resident_id, on=timezone.localdate())
    stands = given.what_stands(resident)
    form = TakeBackForm(request.POST or None, given=stands)
    if request.method == "POST" and form.is_valid():
        _say(request, _take_back(request, resident, form, stands))
        return redirect("bridging:take_back", resident.pk)
    context = {
        "form": form,
        "given": stands,
        "resident": resident,
        "name": resident.name if request.member.meets_residents else resident.first_name,
    }
    return render(request, "bridging/take_back.html", context, status=422 if form.errors else 200)


@transaction.atomic
def _take_back(
    request: MemberRequest, resident: Resident, form: TakeBackForm, stands: list[given.Given]
) -> list[Withdrawn]:
    channel = Channel(form.cleaned_data["how"])
    if form.takes_all:
        return [_withdraw(request, resident, channel)]
    return [
        done
        for one in stands
        if form.ticked(one)
        for done in _part(request, resident, channel, one, form.ticked(one))
    ]


def _part(
    request: MemberRequest, resident: Resident, channel: Channel, one: given.Given, ticked: frozenset[str]
) -> Iterable[Withdrawn]:
    """One recipient's ticks: all of them, some kinds of data, or that they may answer."""
    kinds = [kind for kind in one.kinds if kind in ticked]
    if kinds:
        whole = len(kinds) == len(one.kinds)
        yield _withdraw(
            request,
            resident,
            channel,
            recipient=one.recipient,
            kinds=None if whole else kinds,
            directions=(Direction.GIVE,),
        )
    if "answer" in ticked:
        yield _withdraw(request, resident, channel, recipient=one.recipient, directions=(Direction.GET,))


def _withdraw(request: MemberRequest, resident: Resident, channel: Channel, **what: object) -> Withdrawn:
    return withdraw_consent(
        resident=resident,
        speaker=Speaker(ActorRole.RESIDENT, resident.first_name, channel, told_by=request.member),
        by=request.member.actor,
        at=timezone.now(),
        wording=_("Beboeren har taget sit ja tilbage."),
        language=translation.get_language() or "da",
        **what,  # type: ignore[arg-type]
    )


def _say(request: MemberRequest, done: list[Withdrawn]) -> None:
    stopped = sum(len(one.stopped) for one in done)
    told = _("Det er taget tilbage.")
    if stopped:
        told += " " + ngettext(
            "Én bro er stoppet, og behovet står stadig åbent.",
            "%(count)s broer er stoppet, og behovene står stadig åbne.",
            stopped,
        ) % {"count": stopped}
    messages.success(request, told)
    for name in sorted({who.name for one in done for who in one.to_be_told}):
        messages.warning(
            request,
            _("%(who)s kan ikke nås på skrift. Ring og sig, at det er trukket tilbage.") % {"who": name},
        )


@require_http_methods(PAGE)
@member_page
def word(request: MemberRequest) -> HttpResponse:
    """Somebody whom this member does not follow says it. The answer is the same for known and unknown."""
    form = WordForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        resident = residents.who_says(told["name"], told["number"])
        if resident is not None:
            _withdraw(request, resident, Channel(told["how"]))
        return render(request, "bridging/word_taken.html")
    return render(request, "bridging/word.html", {"form": form}, status=422 if form.errors else 200)
