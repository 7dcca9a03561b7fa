"""What the pages ask for until resident and recipient have met: a date, company, and how it went."""

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from brobygger.bridging.forms import DayForm, _choice
from brobygger.bridging.terms import Channel, CompanyWish

WHO = _("Vælg, hvem der har sagt det.")
HOW = _("Vælg, hvordan du fik det at vide.")
NOON = time(12)


SPOKEN = [
    (Channel.PHONE, _("I telefonen")),
    (Channel.IN_PERSON, _("Ansigt til ansigt")),
    (Channel.PAPER, _("På papir")),
]


def heard() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Hvordan fik du det at vide?"),
        choices=SPOKEN,
        widget=forms.RadioSelect,
        error_messages={"required": HOW},
    )


class MeetingForm(DayForm):
    """When they meet for the first time."""

    text = forms.CharField(
        label=_("Noget, der er godt at vide"),
        help_text=_("For eksempel hvor de mødes. %(who)s kan læse det her."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, recipient: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        text = self.fields["text"]
        text.help_text = str(text.help_text) % {"who": recipient}


class PlaceForm(MeetingForm):
    """The recipient has a place now: from which day, and whose word it is."""

    who = forms.CharField(
        label=_("Hvem sagde det?"),
        max_length=80,
        help_text=_("Navn eller funktion, for eksempel træner."),
        error_messages={"required": _("Skriv, hvem der sagde det.")},
    )
    how = heard()


class TalkedForm(forms.Form):
    """What came of a talk after meetings that came to nothing."""

    how = heard()
    text = forms.CharField(
        label=_("Hvad blev I enige om?"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv, hvad I blev enige om.")},
    )


class CompanyForm(forms.Form):
    """Skal nogen gå med? Either one of us, or somebody the resident knows."""

    wish = forms.ChoiceField(
        label=_("Skal nogen gå med?"),
        choices=[
            (CompanyWish.YES, _("Ja, det vil beboeren gerne")),
            (CompanyWish.NO, _("Nej tak")),
            (CompanyWish.LATER, _("Spørg senere")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg det, beboeren har svaret.")},
    )
    companion = forms.ChoiceField(label=_("Hvem går med?"), required=False)
    own_person = forms.CharField(
        label=_("Eller en, beboeren selv kender"),
        help_text=_("Fornavnet er nok."),
        max_length=120,
        required=False,
    )
    day = forms.DateField(
        label=_("Hvilken dag?"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    hour = forms.TimeField(
        label=_("Hvornår mødes de to?"), widget=forms.TimeInput(attrs={"type": "time"}), required=False
    )
    meet_where = forms.CharField(
        label=_("Hvor mødes de to?"), help_text=_("For eksempel ved port 12."), max_length=200, required=False
    )
    wishes = forms.CharField(
        label=_("Det må der gerne siges, og det skal der ikke siges"),
        help_text=_("Den, der går med, læser det her. Skriv kun det, beboeren har sagt ja til."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def __init__(self, *args: Any, members: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choice(self, "companion").choices = [("", _("vælg")), *members]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("wish") != CompanyWish.YES:
            return data
        given = [name for name in ("companion", "own_person") if data.get(name)]
        if not given:
            self.add_error("companion", _("Vælg, hvem der går med, eller skriv et navn."))
        elif len(given) > 1:
            self.add_error("own_person", _("Vælg én: enten fra listen eller et navn."))
        if not data.get("meet_where", "").strip():
            self.add_error("meet_where", _("Skriv, hvor de to mødes."))
        asked = DayForm(self.data)
        if not asked.is_valid():
            for name in set(asked.errors) - set(self.errors):
                self.add_error(name, list(asked.errors[name]))
        return data | {"meet_at": asked.cleaned_data.get("when")}


class MetForm(forms.Form):
    """Whether they have met, and whose word it is. The word of one of the three is enough (BRIDGES 8)."""

    svar = forms.ChoiceField(
        label=_("Har de mødt hinanden?"),
        choices=[("ja", _("Ja, de har mødt hinanden")), ("nej", _("Nej, mødet blev ikke til noget"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg det, der skete.")},
    )
    day = forms.DateField(
        label=_("Hvilken dag, hvis det var ja"),
        widget=forms.DateInput(attrs={"type": "date"}),
        required=False,
    )
    who = forms.ChoiceField(
        label=_("Hvem siger det?"), widget=forms.RadioSelect, error_messages={"required": WHO}
    )
    how = heard()
    text = forms.CharField(label=_("Et par ord"), max_length=300, required=False)

    def __init__(self, *args: Any, voices: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choice(self, "who").choices = voices

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("svar") == "ja":
            needs_a_past_day(self, data)
        return data


class DayItWasForm(forms.Form):
    """The recipient's or the companion's own word for when they met."""

    day = forms.DateField(
        label=_("Hvilken dag?"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Skriv, hvilken dag I mødtes.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("day"):
            needs_a_past_day(self, data)
        return data


def needs_a_past_day(form: forms.Form, data: dict[str, Any]) -> None:
    """`happened_at` from a day that has been; an error at the field where it has not."""
    day: date | None = data.get("day")
    if day is None:
        if "day" not in form.errors:
            form.add_error("day", _("Skriv, hvilken dag det var."))
    elif day > timezone.localdate():
        form.add_error("day", _("Den dag er ikke kommet endnu."))
    else:
        data["happened_at"] = moment_of(day, now=timezone.now())


def moment_of(day: date, *, now: datetime) -> datetime:
    """A day without an hour as a moment: noon, but never later than now."""
    return min(timezone.make_aware(datetime.combine(day, NOON)), now)


class TriedForm(forms.Form):
    """An attempt to get hold of the resident that came to nothing."""

    how = forms.ChoiceField(
        label=_("Hvordan prøvede du?"),
        choices=[
            (Channel.PHONE, _("Ringede")),
            (Channel.SMS, _("Skrev en sms")),
            (Channel.EMAIL, _("Skrev en mail")),
            (Channel.IN_PERSON, _("Gik forbi")),
            (Channel.PAPER, _("Lagde en seddel")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvordan du prøvede.")},
    )
    text = forms.CharField(label=_("Et par ord"), max_length=300, required=False)
