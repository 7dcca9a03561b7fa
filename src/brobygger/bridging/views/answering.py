"""The recipient's pages, behind a link and without an account (BRIDGES 10).

A GET shows a neutral cover and nothing else, whoever or whatever follows the link. A press ("Vis") reveals;
another press, in which a person must choose, answers. No answer is the default, so a machine that submits
forms without choosing gets 422. After the end the link says that it is over.
"""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from brobygger.bridging import answers, cards, queueing, reads, record, rules
from brobygger.bridging.actions import Refused
from brobygger.bridging.answers import Yes
from brobygger.bridging.forms import NoForm, YesForm, can_be_waited_for
from brobygger.bridging.links import Way
from brobygger.bridging.models import Leg
from brobygger.bridging.terms import Direction, LegState, RejectReason
from brobygger.bridging.views import following, linked
from brobygger.bridging.views.linked import behind_link
from brobygger.foundation import languages, spoken
from brobygger.foundation.once import answer_of, answer_once
from brobygger.foundation.scope import answer_scope, organisation_scope
from brobygger.offers.actions import NoPlaceLeft
from brobygger.offers.models import Schedule

DAYS_OFFERED = 2


@require_safe
@behind_link
def cover(request: HttpRequest, token: str, way: Way) -> HttpResponse:
    """Our name, the code, what happens next. No personal data, no change, not even "opened"."""
    with answer_scope(way.recipient, way.leg):
        leg = Leg.objects.get()
    with organisation_scope(way.organisation):
        house = reads.house_of(leg)
    context = {"token": token, "code": leg.code, "house": house, "until": way.expires_at}
    return render(request, "bridging/answer_cover.html", context)


@languages.draws_again
@require_POST
@behind_link
def show(request: HttpRequest, token: str, way: Way) -> HttpResponse:
    """The press "Vis": what it is about, for this recipient alone. Said once as "åbnet"."""
    leg = _checked(way)
    with organisation_scope(way.organisation):
        return _question(request, token, way, leg)


@languages.draws_again
@require_POST
@behind_link
def answer(request: HttpRequest, token: str, way: Way) -> HttpResponse:
    """The recipient's choice. The same choice again gives the same page; the key is link and choice."""
    choice = request.POST.get("svar", "")
    leg = _checked(way)
    with organisation_scope(way.organisation):
        if languages.asked_for(request):
            return _in_another_language(request, token, way, leg, choice)
        if choice == "anden":
            return linked.more(request, token, leg, _yes_form(leg), "anden-dag", heading=WHICH_DAY)
        if choice == "nej":
            return linked.more(request, token, leg, _no_form(leg), "nej-fordi", heading=CANNOT)
        if choice in following.QUESTIONS:
            return following.ask(request, token, leg, choice)
        if choice not in ANSWERS | following.ANSWERS and not choice.startswith("ja:"):
            return _question(request, token, way, leg, status=422)
        return _answer(request, token, way, leg, choice)


ANSWERS = {"anden-dag", "venteliste", "modtaget", "nej-fordi"}
WHICH_DAY, CANNOT = gettext_lazy("Hvilken dag passer?"), gettext_lazy("Nej, det kan vi ikke")


def _in_another_language(request: HttpRequest, token: str, way: Way, leg: Leg, choice: str) -> HttpResponse:
    """The page that is being read, once more. Nothing is answered by it, and what was typed stays."""
    if answer_of(linked.key(request, way)):
        return linked.thanks(request, leg)
    again = following.again(request, token, leg, choice)
    if again is not None:
        return again
    if leg.state == LegState.REQUESTED and choice in {"anden", "anden-dag"}:
        typed = request.POST if choice == "anden-dag" else None
        return linked.more(request, token, leg, _yes_form(leg, typed), "anden-dag", heading=WHICH_DAY)
    if leg.state == LegState.REQUESTED and choice in {"nej", "nej-fordi"}:
        typed = request.POST if choice == "nej-fordi" else None
        return linked.more(request, token, leg, _no_form(leg, typed), "nej-fordi", heading=CANNOT)
    return _question(request, token, way, leg)


def _answer(request: HttpRequest, token: str, way: Way, leg: Leg, choice: str) -> HttpResponse:
    """What is refused is undone, so the question that is shown instead stands outside of it."""
    key = linked.key(request, way)
    try:
        return answer_once(request, key, lambda: _chosen(request, token, way, leg, choice), same=str(key))
    except NoPlaceLeft:
        return _question(request, token, way, leg, full=True, status=409)
    except rules.NotAllowed:
        return _already(request, leg)
    except Refused:
        return _question(request, token, way, leg, stale=True, status=409)
    except answers.Incomplete:
        return _question(request, token, way, leg, status=422)


def _chosen(request: HttpRequest, token: str, way: Way, leg: Leg, choice: str) -> HttpResponse:
    if choice in following.ANSWERS:
        return following.said(request, token, way, leg, choice)
    if choice == "nej-fordi":
        return _say_no(request, token, way, leg)
    if choice == "anden-dag":
        day = _yes_form(leg, request.POST)
        if not day.is_valid():
            return linked.more(request, token, leg, day, choice, heading=WHICH_DAY, status=422)
        yes = Yes(when=day.cleaned_data["when"], text=day.cleaned_data.get("text", ""))
    elif choice == "venteliste":
        yes = Yes(waitlisted=True)
    elif choice == "modtaget":
        yes = Yes(acknowledged=leg.recipient.is_authority)
    else:
        yes = Yes(when=_moment(choice))
    answers.accept_leg(
        leg=leg,
        seen=linked.seen(request),
        answer=yes,
        speaker=linked.speaker(leg),
        by=linked.actor(way, leg),
        at=timezone.now(),
    )
    return linked.thanks(request, leg)


def _say_no(request: HttpRequest, token: str, way: Way, leg: Leg) -> HttpResponse:
    form = _no_form(leg, request.POST)
    if not form.is_valid():
        return linked.more(request, token, leg, form, "nej-fordi", heading=CANNOT, status=422)
    answers.decline_leg(
        leg=leg,
        seen=linked.seen(request),
        reason=RejectReason(form.cleaned_data["reason"]),
        text=form.cleaned_data["text"],
        speaker=linked.speaker(leg),
        by=linked.actor(way, leg),
        at=timezone.now(),
    )
    return linked.thanks(request, leg)


def _moment(choice: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(choice.removeprefix("ja:"))
    except ValueError:
        return None
    return when if when.tzinfo and can_be_waited_for(when, now=timezone.now()) else None


def _yes_form(leg: Leg, data: Any = None) -> YesForm:
    return YesForm(data, may_tell=reads.may_answer_back(leg, on=timezone.localdate()))


def _no_form(leg: Leg, data: Any = None) -> NoForm:
    return NoForm(
        data,
        reasons=rules.reject_reasons(Direction(leg.direction)),
        may_tell=reads.may_answer_back(leg, on=timezone.localdate()),
    )


def _checked(way: Way) -> Leg:
    """The right on this leg, asked of the database: the recipient's own narrowed scope must show it."""
    with answer_scope(way.recipient, way.leg):
        leg = Leg.objects.select_related("recipient", "offer").filter(pk=way.leg).first()
    if leg is None:
        raise Http404
    return leg


def _question(
    request: HttpRequest,
    token: str,
    way: Way,
    leg: Leg,
    *,
    full: bool = False,
    stale: bool = False,
    status: int = 200,
) -> HttpResponse:
    """What it is about and the answers to choose from. Only ever the answer to a press, and always a look.

    Refused answers come here too, and so does whoever never pressed "Vis".
    """
    now = timezone.now()
    if not reads.may_still_be_read(leg, on=timezone.localdate(now)):
        return linked.over(request)
    answers.open_leg(leg=leg, speaker=linked.speaker(leg), by=linked.actor(way, leg), at=now)
    fresh = reads.answer_card(leg)
    context = {
        "token": token,
        "card": fresh,
        "facts": [cards.shared_line(item) for item in fresh.shared],
        "days": [(f"ja:{day.isoformat()}", _day_words(day, now)) for day in _days(fresh.leg, now)],
        "talk": cards.conversation(fresh.statements, now=now, house=fresh.house),
        "deadline": cards.deadline(fresh.clock, now=now, house=fresh.house) if fresh.clock else None,
        "can_answer": fresh.leg.state == LegState.REQUESTED,
        "going": following.choices(fresh.leg),
        "line": queueing.in_line(fresh.leg),
        "record": record.record_of(fresh.leg.recipient_id, now=now),
        "full": full,
        "stale": stale,
        "unchosen": status == 422,
    }
    return render(request, "bridging/answer_question.html", context, status=status)


def _day_words(day: datetime, now: datetime) -> str:
    return _("Ja, %(day)s") % {"day": spoken.spoken(timezone.localtime(day), now=timezone.localtime(now))}


def _days(leg: Leg, now: datetime) -> list[datetime]:
    """The next times this offer is held, from tomorrow on, as moments to say yes to. Two queries at most."""
    if leg.offer_id is None:
        return []
    held = Schedule.objects.filter(withdrawn_at=None, opens_at__isnull=False)
    there = Q(location__offered__offer=leg.offer_id, location__offered__withdrawn_at=None)
    rows = list(held.filter(offer=leg.offer_id) or held.filter(there, location__withdrawn_at=None))
    today = timezone.localdate(now)
    moments = {
        timezone.make_aware(datetime.combine(today + timedelta(days=ahead), row.opens_at))
        for row in rows
        for ahead in range(1, 15)
        if (today + timedelta(days=ahead)).weekday() == row.weekday and row.opens_at is not None
    }
    return sorted(moments)[:DAYS_OFFERED]


def _already(request: HttpRequest, leg: Leg) -> HttpResponse:
    leg = Leg.objects.select_related("recipient").get(pk=leg.pk)
    context = {"leg": leg, "phone": reads.house_phone(leg), "already": True}
    return render(request, "bridging/answer_thanks.html", context, status=409)
