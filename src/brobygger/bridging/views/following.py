"""What a recipient says after taking it on, by the same link: a place, a meeting, how it goes, the end."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from brobygger.bridging import endings, meetings, reads, rules
from brobygger.bridging.forms import YesForm
from brobygger.bridging.forms.ending import FailForm, OutcomeForm
from brobygger.bridging.forms.meeting import DayItWasForm
from brobygger.bridging.links import Way
from brobygger.bridging.models import Leg
from brobygger.bridging.terms import ActorRole, EndReason, LegOutcome, LegState
from brobygger.bridging.views import linked
from brobygger.foundation.actor import Actor

PLACE, MET, MISSED, NOT_MET = "plads", "moedt", "ej-moedt", "ikke-moedt"
STILL, DONE, FAILED = "stadig", "klaret", "lykkedes-ikke"
# What opens a second page: the answer that page then sends, and its heading.
QUESTIONS = {
    PLACE: ("plads-dag", gettext_lazy("Hvilken dag kan I mødes?")),
    MET: ("moedt-dag", gettext_lazy("Hvilken dag mødtes I?")),
    DONE: ("klaret-med", gettext_lazy("Hvad kom der ud af det?")),
    FAILED: ("lykkedes-ikke-fordi", gettext_lazy("Hvorfor kan det ikke lykkes?")),
}
HEADINGS = dict(QUESTIONS.values())
ANSWERS = {*HEADINGS, MISSED, NOT_MET, STILL}


def choices(leg: Leg) -> list[tuple[str, str, str]]:
    """The answers that fit where the leg stands: value, words, and what happens then."""
    if leg.state == LegState.IN_PROGRESS:
        doubt = [] if meetings.who_said_they_met(leg) is ActorRole.RECIPIENT else [_not_met()]
        return [_still(), _done(), *doubt, _failed()]
    if leg.state != LegState.ACCEPTED:
        return []
    if leg.waitlisted_at is not None:
        return [(PLACE, _("Der er en plads nu"), _("I vælger en dag.")), _failed()]
    met = (MET, _("Vi har mødt hinanden"), _("I skriver, hvilken dag det var."))
    missed = (MISSED, _("Mødet blev ikke til noget"), _("Vi finder en ny dag sammen med beboeren."))
    return [met, missed, _done(), _failed()]


def _still() -> tuple[str, str, str]:
    return (STILL, _("Det er stadig i gang"), _("Så spørger vi først igen om nogle uger."))


def _not_met() -> tuple[str, str, str]:
    return (
        NOT_MET,
        _("Vi har ikke mødt hinanden endnu"),
        _("Så spørger vi beboeren. Begge ord bliver stående."),
    )


def _done() -> tuple[str, str, str]:
    return (DONE, _("Det er klaret"), _("I skriver, hvad der kom ud af det. Så er det slut hos jer."))


def _failed() -> tuple[str, str, str]:
    return (FAILED, _("Det kan ikke lykkes"), _("I vælger en grund. Så finder vi noget andet."))


def _form(leg: Leg, answer: str, data: Any = None) -> forms.Form:
    may_tell = reads.may_answer_back(leg, on=timezone.localdate())
    made: dict[str, Callable[[], forms.Form]] = {
        "plads-dag": lambda: YesForm(data, may_tell=may_tell),
        "moedt-dag": lambda: DayItWasForm(data),
        "klaret-med": lambda: OutcomeForm(data, may_tell=may_tell, has_met=leg.state == LegState.IN_PROGRESS),
        "lykkedes-ikke-fordi": lambda: FailForm(
            data, may_tell=may_tell, reasons=rules.fail_reasons(ActorRole.RECIPIENT)
        ),
    }
    return made[answer]()


def ask(request: HttpRequest, token: str, leg: Leg, choice: str) -> HttpResponse:
    """The second page: which day, what came of it, or why not. Nothing is chosen on it."""
    answer, heading = QUESTIONS[choice]
    return linked.more(request, token, leg, _form(leg, answer), answer, heading=heading)


def again(request: HttpRequest, token: str, leg: Leg, choice: str) -> HttpResponse | None:
    """The second page in another language, with what was typed; None where that is not being read."""
    if choice in QUESTIONS:
        return ask(request, token, leg, choice)
    if choice not in HEADINGS:
        return None
    form = _form(leg, choice, request.POST)
    return linked.more(request, token, leg, form, choice, heading=HEADINGS[choice])


def said(request: HttpRequest, token: str, way: Way, leg: Leg, answer: str) -> HttpResponse:
    """Write down what was chosen; the page that thanks says nothing about anybody."""
    given: dict[str, Any] = {}
    if answer in HEADINGS:
        form = _form(leg, answer, request.POST)
        if not form.is_valid():
            return linked.more(request, token, leg, form, answer, heading=HEADINGS[answer], status=422)
        given = form.cleaned_data
    _write(answer, given, leg=leg, seen=linked.seen(request), by=linked.actor(way, leg))
    return linked.thanks(request, leg)


def _write(answer: str, given: dict[str, Any], *, leg: Leg, seen: int, by: Actor) -> None:
    words: dict[str, Any] = {"leg": leg, "speaker": linked.speaker(leg), "by": by, "at": timezone.now()}
    text = given.get("text", "")
    if answer == "plads-dag":
        endings.give_place(seen=seen, when=given["when"], text=text, **words)
    elif answer == "moedt-dag":
        meetings.tell_first_meeting(happened_at=given["happened_at"], **words)
    elif answer == MISSED:
        meetings.tell_missed_meeting(**words)
    elif answer == NOT_MET:
        meetings.contest_meeting(**words)
    elif answer == STILL:
        meetings.check_in(**words)
    elif answer == "klaret-med":
        outcome, met_at = LegOutcome(given["outcome"]), given.get("happened_at")
        endings.complete_leg(seen=seen, outcome=outcome, met_at=met_at, text=text, **words)
    else:
        endings.fail_leg(seen=seen, reason=EndReason(given["reason"]), text=text, **words)
