"""What the pages ask for when a bridge ends: what came of it, who says so, and the resident's own word."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from brobygger.bridging import rules
from brobygger.bridging.forms import _choice
from brobygger.bridging.forms.meeting import SPOKEN, heard, needs_a_past_day
from brobygger.bridging.terms import Channel, EndReason, Evidence, Settlement
from brobygger.residents.terms import NeedOutcome


def _outcome() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("Hvad kom der ud af det?"),
        choices=[(one.value, capfirst(_(one.label))) for one in rules.OUTCOMES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg det, der passer bedst.")},
    )


class OutcomeForm(forms.Form):
    """The recipient's own word for what came of it, and, unless it is known, which day they met.

    Without a way back (`may_tell`) nothing is written in.
    """

    outcome = _outcome()
    day = forms.DateField(
        label=_("Hvilken dag mødtes I?"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    text = forms.CharField(label=_("Et par ord"), max_length=300, required=False)

    def __init__(self, *args: Any, may_tell: bool, has_met: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_met = has_met
        if not may_tell:
            del self.fields["text"]
        if has_met:
            del self.fields["day"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.has_met:
            needs_a_past_day(self, data)
        return data


class EndForm(forms.Form):
    """What came of it, and who says so. Only where the recipient cannot or does not say it themself
    (`ours`) may the resident's word or our own eyes stand in for theirs."""

    outcome = _outcome()
    evidence = forms.ChoiceField(
        label=_("Hvem siger det?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvem der siger det.")},
    )
    how = heard()
    day = forms.DateField(
        label=_("Hvilken dag mødtes de?"), widget=forms.DateInput(attrs={"type": "date"}), required=False
    )
    text = forms.CharField(label=_("Et par ord"), max_length=300, required=False)

    def __init__(
        self, *args: Any, recipient: str, resident: str, ours: bool, has_met: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.has_met = has_met
        voices = [(Evidence.PROVIDER.value, recipient)]
        if ours:
            voices.append((Evidence.RESIDENT.value, resident))
            voices.append((Evidence.WORKER_OBSERVATION.value, str(_("Jeg har selv set det"))))
        _choice(self, "evidence").choices = voices
        if has_met:
            del self.fields["day"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not self.has_met:
            needs_a_past_day(self, data)
        return data


class AgainForm(forms.Form):
    """Why it is worth trying the same place once more."""

    because = forms.CharField(
        label=_("Hvorfor prøver I igen?"),
        help_text=_("Én linje er nok."),
        max_length=300,
        error_messages={"required": _("Skriv én linje om, hvorfor I prøver igen.")},
    )


class FailForm(forms.Form):
    """Why it did not succeed."""

    reason = forms.ChoiceField(
        label=_("Hvad er grunden?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg den grund, der passer bedst.")},
    )
    text = forms.CharField(label=_("Et par ord"), max_length=300, required=False)

    def __init__(
        self, *args: Any, reasons: tuple[EndReason, ...], may_tell: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.may_tell = may_tell
        _choice(self, "reason").choices = [(one.value, capfirst(_(one.label))) for one in reasons]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        needs_words = data.get("reason") == EndReason.OTHER
        if needs_words and not data.get("text", "").strip():
            self.add_error("text", _("Skriv et par ord om, hvad der skete."))
        if not self.may_tell and not needs_words:
            data["text"] = ""
        return data


class SilenceForm(forms.Form):
    """Why an authority that has our question may say no more; and, where nobody has written it down yet,
    who confirmed that they have it."""

    who = forms.CharField(
        label=_("Hvem har bekræftet, at de har fået det?"),
        max_length=80,
        help_text=_("Navn eller funktion."),
        error_messages={"required": _("Skriv, hvem der har bekræftet det. Ellers er der bare ikke svaret.")},
    )
    how = heard()
    ground = forms.CharField(
        label=_("Hvorfor må de ikke svare?"),
        help_text=_("For eksempel: De har tavshedspligt, og beboeren har ikke sagt ja til, at de svarer."),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Skriv grunden. Ellers ligner det, at der bare ikke er svaret.")},
    )

    def __init__(self, *args: Any, is_acknowledged: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_acknowledged:
            del self.fields["who"], self.fields["how"]


OUR_VIEW = "ours"


class VerdictForm(forms.Form):
    """The resident's own answer, told to a worker. The answers are buttons, and none of them is chosen."""

    how = forms.ChoiceField(
        label=_("Hvordan fik du svaret?"),
        choices=[
            *SPOKEN[:2],
            (Channel.SMS, _("På sms")),
            (OUR_VIEW, _("Ikke fra beboeren. Det er min egen vurdering")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvordan du fik svaret.")},
    )
    text = forms.CharField(
        label=_("Med beboerens egne ord"),
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    svar = forms.ChoiceField(
        label=_("Svaret"),
        choices=[(one.value, one.label) for one in NeedOutcome],
        widget=forms.HiddenInput,
        error_messages={"required": _("Tryk på det svar, beboeren gav.")},
    )


class OwnVerdictForm(forms.Form):
    """The resident's own answer, by the resident's own hand."""

    svar = forms.ChoiceField(
        choices=[(one.value, one.label) for one in NeedOutcome],
        error_messages={"required": _("Tryk på det, der passer.")},
    )
    text = forms.CharField(max_length=300, required=False)


class InviteForm(forms.Form):
    """By which way the resident gets the link. Writing is only offered where it can be done, and never chosen
    beforehand: somebody else may read along."""

    way = forms.ChoiceField(
        label=_("Hvordan skal beboeren have linket?"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvordan. Læser andre med, så giv det selv.")},
    )

    def __init__(self, *args: Any, reach_at: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        write = str(_("Skriv til %(where)s. Kun beboeren læser med dér")) % {"where": reach_at}
        hand = ("hand", _("Jeg giver det selv"))
        _choice(self, "way").choices = [("write", write), hand] if reach_at else [hand]


class SettleForm(forms.Form):
    """What we do when the recipient says done and the resident says no."""

    way = forms.ChoiceField(
        label=_("Hvad gør I nu?"),
        choices=[
            (Settlement.TALK_MORE, _("Vi taler mere sammen")),
            (Settlement.CLOSE_AS_SAID, _("Vi lukker, som beboeren siger")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("Vælg, hvad I gør nu.")},
    )
    text = forms.CharField(label=_("Et par ord"), max_length=300, required=False)
