"""What the pages of a bridge ask for."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from brobygger.bridging import cards
from brobygger.bridging.given import Given
from brobygger.bridging.terms import Channel, DecidedBy, EndReason, RejectReason
from brobygger.foundation.signature import read_strokes
from brobygger.partners.terms import ContactChannel
from brobygger.privacy.terms import DataKind


def _choice(form: forms.Form, name: str) -> forms.ChoiceField:
    """The field whose choices are only known when the page is made."""
    field = form.fields[name]
    assert isinstance(field, forms.ChoiceField)
    return field


NOT_SIGNED = _("Beboeren skal skrive sit navn, før noget kan sendes.")


class ConsentForm(forms.Form):
    """What may be given, and the resident's own signature for it.

    Ticked beforehand is only what this resident has agreed to before, with this very recipient.
    """

    use_required_attribute = False

    kinds = forms.MultipleChoiceField(
        label=_("Det må de få at vide"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Sæt kryds ved mindst én ting, eller lad være med at sende.")},
    )
    message = forms.CharField(
        label=_("Noget, de bør vide på forhånd"),
        help_text=_("Skriv det sammen. Det sendes, som det står."),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    may_answer = forms.BooleanField(label=_("De må fortælle os, hvordan det går"), required=False)
    signed_name = forms.CharField(label=_("Navn"), max_length=200, error_messages={"required": NOT_SIGNED})
    signature = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, *args: Any, known: list[dict[str, str]], covered: frozenset[str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.covered = covered
        _choice(self, "kinds").choices = [
            (item["kind"], capfirst(": ".join(cards.shared_line(item)))) for item in known
        ]
        self.fields["signed_name"].help_text = _("Beboeren skriver selv sit navn.")
        self.fields["signed_name"].required = not covered

    def clean_signature(self) -> Any | None:
        try:
            return read_strokes(self.cleaned_data["signature"])
        except ValueError:
            return None  # the written name is the signature; the drawing only goes along

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.is_covered and data.get("signed_name", " ") == "":
            self.add_error("signed_name", NOT_SIGNED)
        return data

    @property
    def is_covered(self) -> bool:
        """Everything ticked has been agreed to before, in writing."""
        return set(self.cleaned_data.get("kinds", [])) <= self.covered

    @property
    def chosen(self) -> list[DataKind]:
        return [DataKind(kind) for kind in self.cleaned_data["kinds"]]


WITHDRAWALS = (
    EndReason.PERSON_DECLINED,
    EndReason.PERSON_MOVED,
    EndReason.SUPERSEDED,
    EndReason.DUPLICATE,
    EndReason.OTHER,
)


class WithdrawForm(forms.Form):
    decided_by = forms.ChoiceField(
        label=_("Hvem har besluttet det?"),
        choices=[(DecidedBy.RESIDENT, _("Beboeren")), (DecidedBy.US, _("Os"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvem der har besluttet det.")},
    )
    reason = forms.ChoiceField(
        label=_("Hvorfor?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg den grund, der passer bedst.")},
    )
    text = forms.CharField(label=_("Et par ord"), max_length=300, required=False)
    close_need = forms.BooleanField(
        label=_("Beboeren vil slet ikke have hjælp til det her mere"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choice(self, "reason").choices = [(one.value, capfirst(_(one.label))) for one in WITHDRAWALS]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("reason") == EndReason.OTHER and not data.get("text", "").strip():
            self.add_error("text", _("Skriv et par ord om, hvad der skete."))
        if data.get("close_need") and data.get("decided_by") != DecidedBy.RESIDENT:
            self.add_error("close_need", _("Kun beboeren kan sige, at der ikke er brug for hjælp mere."))
        if data.get("decided_by") == DecidedBy.RESIDENT and data.get("reason") not in BY_RESIDENT:
            self.add_error("reason", _("Den grund er vores. Vælg en, beboeren selv kan have."))
        return data


HEARD = (Channel.IN_PERSON, Channel.PHONE, Channel.PAPER)
HOW = _("Hvordan sagde beboeren det?")


def _heard() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=HOW,
        choices=[(one.value, _(one.label)) for one in HEARD],
        initial=Channel.IN_PERSON,
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvordan beboeren sagde det.")},
    )


class TakeBackForm(forms.Form):
    """What the resident takes back: "recipient:kind" for each tick, or everything."""

    use_required_attribute = False

    what = forms.MultipleChoiceField(required=False)
    how = _heard()

    def __init__(self, *args: Any, given: list[Given], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choice(self, "what").choices = [
            (f"{one.recipient.pk}:{part}", part) for one in given for part in (*one.kinds, "answer")
        ]

    @property
    def takes_all(self) -> bool:
        return self.is_bound and "everything" in self.data

    def ticked(self, one: Given) -> frozenset[str]:
        """The parts ticked with one recipient: kinds of data, and "answer"."""
        pairs = (tick.partition(":") for tick in self.cleaned_data["what"])
        return frozenset(part for who, _colon, part in pairs if who == str(one.recipient.pk))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.takes_all and not data.get("what"):
            self.add_error("what", _("Sæt kryds ved det, der tages tilbage, eller tag alt tilbage."))
        return data


class WordForm(forms.Form):
    """Who says it, when the one who hears it does not know the person."""

    use_required_attribute = False

    name = forms.CharField(
        label=_("Fornavn"), max_length=120, error_messages={"required": _("Skriv fornavnet.")}
    )
    number = forms.CharField(
        label=_("Telefon"),
        max_length=40,
        help_text=_("Det nummer, huset plejer at bruge. Spørg personen."),
        error_messages={"required": _("Skriv nummeret.")},
    )
    how = _heard()


BY_RESIDENT = {EndReason.PERSON_DECLINED, EndReason.SUPERSEDED, EndReason.OTHER}


class WayInForm(forms.Form):
    """A way in to the recipient that somebody has checked."""

    function = forms.CharField(
        label=_("Hvem er det hos dem?"),
        max_length=120,
        help_text=_("For eksempel træner."),
        error_messages={"required": _("Skriv, hvem vi skal spørge efter.")},
    )
    channel = forms.ChoiceField(
        label=_("Hvordan når vi dem?"),
        choices=[(one.value, capfirst(_(one.label))) for one in ContactChannel],
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvordan vi når dem.")},
    )
    address = forms.CharField(
        label=_("E-mail, nummer eller adresse"),
        max_length=254,
        error_messages={"required": _("Skriv det, de kan nås på.")},
    )
    speaks = forms.ChoiceField(
        label=_("Hvilket sprog skriver vi til dem på?"), choices=settings.LANGUAGES, required=False
    )
    verified = forms.BooleanField(
        label=_("Jeg har talt med dem, og det er rigtigt"),
        error_messages={"required": _("Ring først, og hør, om det er rigtigt. Ellers når broen ikke frem.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        address = data.get("address", "")
        if data.get("channel") == ContactChannel.EMAIL:
            try:
                forms.EmailField().clean(address)
            except forms.ValidationError:
                self.add_error("address", _("Det ligner ikke en e-mail. Der skal være et @ og et punktum."))
        elif (
            data.get("channel") in {ContactChannel.SMS, ContactChannel.PHONE}
            and sum(map(str.isdigit, address)) < 8
        ):
            self.add_error("address", _("Der mangler tal i nummeret."))
        return data


A_YEAR = timedelta(days=366)


def can_be_waited_for(when: datetime, *, now: datetime) -> bool:
    """A first meeting lies ahead, and not so far that it must be a slip of the finger."""
    return now < when < now + A_YEAR


class DayForm(forms.Form):
    """A day and an hour that lie ahead, local Danish time; together they are `when`."""

    day = forms.DateField(
        label=_("Dag"),
        widget=forms.DateInput(attrs={"type": "date"}),
        error_messages={"required": _("Vælg en dag. Så ved beboeren, hvornår det er.")},
    )
    hour = forms.TimeField(
        label=_("Klokkeslæt"),
        widget=forms.TimeInput(attrs={"type": "time"}),
        error_messages={"required": _("Skriv et klokkeslæt, for eksempel 16.30.")},
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if "day" in data and "hour" in data:
            data["when"] = timezone.make_aware(datetime.combine(data["day"], data["hour"]))
            now = timezone.now()
            if data["when"] <= now:
                self.add_error("day", _("Den dag er gået. Vælg en, der kommer."))
            elif not can_be_waited_for(data["when"], now=now):
                self.add_error("day", _("Det er mere end et år ude i fremtiden. Vælg en dag før."))
        return data


class YesForm(DayForm):
    """Another day than those offered.

    Without the resident's yes to a way back (`may_tell`) there is nothing to write in.
    """

    text = forms.CharField(label=_("Noget, de skal vide"), max_length=300, required=False)

    def __init__(self, *args: Any, may_tell: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_tell:
            del self.fields["text"]


class NoForm(forms.Form):
    """Without the resident's yes to a way back (`may_tell`) only what a reason cannot do without is kept."""

    reason = forms.ChoiceField(
        label=_("Hvad er grunden?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg en grund, så vi kan finde noget andet.")},
    )
    text = forms.CharField(
        label=_("Et par ord"),
        help_text=_("Ved »Uden for målgruppen«, »Mangler oplysning« og »Andet« skal der stå noget."),
        max_length=300,
        required=False,
    )

    def __init__(self, *args: Any, reasons: tuple[RejectReason, ...], may_tell: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.may_tell = may_tell
        _choice(self, "reason").choices = [(one.value, capfirst(_(one.label))) for one in reasons]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("reason") in NEEDS_WORDS and not data.get("text", "").strip():
            self.add_error("text", NEEDS_WORDS[data["reason"]])
        if not self.may_tell and data.get("reason") not in NEEDS_WORDS:
            data["text"] = ""
        return data


NEEDS_WORDS = {
    RejectReason.NOT_ELIGIBLE.value: _("Skriv, hvilken betingelse der ikke passer."),
    RejectReason.MISSING_INFO.value: _("Skriv, hvad I mangler at vide."),
    RejectReason.OTHER.value: _("Skriv et par ord."),
}


class ToldForm(forms.Form):
    """An answer given to a worker: whose words, how they came, and the answer. Nothing is preselected."""

    who = forms.CharField(
        label=_("Hvem sagde det?"),
        max_length=80,
        help_text=_("Navn eller funktion, for eksempel træner."),
        error_messages={"required": _("Skriv, hvem der svarede.")},
    )
    how = forms.ChoiceField(
        label=_("Hvordan kom svaret?"),
        choices=[
            (Channel.PHONE, _("I telefonen")),
            (Channel.PAPER, _("På papir")),
            (Channel.IN_PERSON, _("Ansigt til ansigt")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvordan svaret kom.")},
    )
    svar = forms.ChoiceField(
        label=_("Hvad svarede de?"),
        choices=[
            ("ja", _("Ja, på en dag")),
            ("venteliste", _("Ja, men først venteliste")),
            ("nej", _("Nej, det kan vi ikke")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg det, de svarede.")},
    )
    day = forms.DateField(
        label=_("Dag, hvis det var ja"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    hour = forms.TimeField(
        label=_("Klokkeslæt"), widget=forms.TimeInput(attrs={"type": "time"}), required=False
    )
    reason = forms.ChoiceField(label=_("Grund, hvis det var nej"), required=False)
    text = forms.CharField(label=_("Et par ord"), max_length=300, required=False)

    def __init__(self, *args: Any, reasons: tuple[RejectReason, ...], may_tell: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reasons, self.may_tell = reasons, may_tell
        named = [(one.value, capfirst(_(one.label))) for one in reasons]
        _choice(self, "reason").choices = [("", _("vælg")), *named]

    def clean(self) -> dict[str, Any]:
        """The same demands as on the recipient's own page: one form asks the other."""
        data = super().clean() or {}
        asked = {
            "ja": YesForm(self.data, may_tell=self.may_tell),
            "nej": NoForm(self.data, reasons=self.reasons, may_tell=self.may_tell),
        }.get(data.get("svar", ""))
        if asked is not None and not asked.is_valid():
            for name in set(asked.errors) & set(self.fields) - set(self.errors):
                self.add_error(name, list(asked.errors[name]))
        elif asked is not None:
            data |= {"text": "", **asked.cleaned_data}
        elif not self.may_tell:
            data["text"] = ""
        return data
