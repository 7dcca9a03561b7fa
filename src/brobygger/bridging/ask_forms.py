"""What the pages of the other way ask for: the partner's, and ours."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from brobygger.accounts.models import Membership
from brobygger.bridging import inward, rules
from brobygger.bridging.ask_terms import AskBasis, WhyNot
from brobygger.bridging.asking import Asked
from brobygger.bridging.terms import Channel
from brobygger.foundation.signature import read_strokes
from brobygger.offers.terms import Theme
from brobygger.residents.reaching import as_reachable, guessed_way
from brobygger.residents.rules import looks_like_cpr
from brobygger.residents.terms import WayToReach

NEW = "ny"
WAYS_WE_TRY = (Channel.PHONE, Channel.IN_PERSON, Channel.PAPER)


def refuse_cpr(text: str) -> None:
    if looks_like_cpr(text):
        raise ValidationError(
            _("Det ligner et CPR-nummer. Det skal ikke stå her. Er det noget andet, så del tallet op.")
        )


def _text(label: Any, missing: Any, *, most: int, rows: int = 0, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput()
    messages = {"required": missing, "max_length": _("Der er plads til %(limit_value)d tegn.")}
    return forms.CharField(
        label=label,
        max_length=most,
        widget=widget,
        validators=[refuse_cpr],
        error_messages=messages,
        **options,
    )


def _pick(label: Any, missing: Any, choices: Iterable[tuple[str, Any]], **options: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=list(choices),
        widget=forms.RadioSelect,
        error_messages={"required": missing, "invalid_choice": missing},
        **options,
    )


class AskForm(forms.Form):
    """A partner asks us to make contact. Nothing is chosen beforehand, the ground least of all."""

    use_required_attribute = False

    who = _text(
        _("Hvem skal vi kontakte?"),
        _("Skriv navnet, som I kender det."),
        most=200,
        help_text=_("Et navn. Aldrig et CPR-nummer."),
    )
    reach = _text(
        _("Hvordan kan vi få fat i dem?"),
        _("Skriv et nummer eller en anden vej, som de selv har sagt god for."),
        most=200,
    )
    wanted = _text(
        _("Hvad skal vi tilbyde en snak om?"),
        _("Skriv, hvad I har talt med dem om."),
        most=1000,
        rows=4,
        help_text=_("Kun det, vi har brug for. Vi holder ikke øje med nogen, og vi overtaler ikke."),
    )
    basis = _pick(
        _("Hvorfor må I fortælle os det?"),
        _("Vælg jeres grundlag. Uden det kan vi ikke tage imod."),
        ((one.value, _(one.label)) for one in AskBasis),
    )
    basis_named = _text(
        _("Hvornår og hvordan sagde de ja, eller hvilken paragraf er det?"),
        _("Nævn grundlaget, for eksempel: mundtligt ja til mødet 24. november."),
        most=200,
    )
    told_resident = _text(
        _("Hvad har I sagt til dem om os?"),
        _("Skriv, hvad I har sagt. Har I ikke sagt noget, så skriv det."),
        most=500,
        rows=2,
    )
    is_urgent = _pick(
        _("Haster det?"),
        _("Vælg ja eller nej."),
        [("nej", _("Nej, nogle dage er fint")), ("ja", _("Ja, det kan ikke vente til i morgen"))],
    )

    def told(self) -> Asked:
        said = self.cleaned_data
        return Asked(
            who=said["who"],
            reach=said["reach"],
            wanted=said["wanted"],
            basis=AskBasis(said["basis"]),
            basis_named=said["basis_named"],
            told_resident=said["told_resident"],
            is_urgent=said["is_urgent"] == "ja",
        )


class TakeOnForm(forms.Form):
    """Who makes the contact, and who it is about: one we know, or somebody new. Neither is preselected."""

    use_required_attribute = False

    whom = _pick(_("Hvem er det?"), _("Vælg, hvem det er, eller skriv en ny beboer op."), [])
    name = _text(_("Navn eller kaldenavn"), "", most=120, required=False)
    reach_at = _text(_("Telefon eller anden vej"), "", most=200, required=False)
    worker = forms.ModelChoiceField(
        label=_("Hvem tager kontakt?"),
        queryset=Membership.objects.none(),
        empty_label=_("vælg"),
        error_messages={"required": _("Vælg, hvem der tager kontakt.")},
    )

    def __init__(
        self, *args: Any, known: list[tuple[str, str]], workers: QuerySet[Membership], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        whom: forms.ChoiceField = self.fields["whom"]  # type: ignore[assignment]
        whom.choices = [*known, (NEW, _("En, vi ikke kender endnu"))]
        worker: forms.ModelChoiceField[Membership] = self.fields["worker"]  # type: ignore[assignment]
        worker.queryset = workers

    def clean(self) -> dict[str, Any]:
        """A new resident needs a name and a way that can be used; one we know has both."""
        given = super().clean() or {}
        if given.get("whom") != NEW:
            return given
        if not given.get("name"):
            self.add_error("name", _("Skriv et navn eller et kaldenavn."))
        if not given.get("reach_at"):
            self.add_error("reach_at", _("Skriv et nummer eller en anden vej, så vi kan komme i kontakt."))
        else:
            self._look_at_the_way(given)
        return given

    def _look_at_the_way(self, given: dict[str, Any]) -> None:
        way = guessed_way(given["reach_at"])
        try:
            given["reach_at"] = as_reachable(way, given["reach_at"])
        except ValidationError:
            way = WayToReach.THROUGH  # the partner's words, kept as they are until somebody has talked
        given["reach_by"] = way


class NotUsForm(forms.Form):
    """Why we say no: a sentence about ourselves, shown as the partner will read it."""

    use_required_attribute = False

    reason = _pick(
        _("Det får de at vide"),
        _("Vælg den grund, der passer."),
        ((one.value, _(WhyNot(one.value).label)) for one in rules.REASONS_TO_A_PARTNER),
    )


class ContactForm(forms.Form):
    """How we tried, or talked, and on which day."""

    use_required_attribute = False

    channel = _pick(
        _("Hvordan?"),
        _("Vælg, hvordan."),
        ((one.value, capfirst(_(one.label))) for one in WAYS_WE_TRY),
    )
    on = forms.DateField(
        label=_("Hvornår?"),
        required=False,
        help_text=_("Tomt betyder i dag."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("Skriv datoen som 2026-12-24, eller vælg den i kalenderen.")},
    )

    def __init__(self, *args: Any, today: date, asked_on: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today, self.asked_on = today, asked_on

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"] or self.today
        if on > self.today:
            raise ValidationError(_("Den dag er ikke kommet endnu."))
        if on < self.asked_on:
            raise ValidationError(_("Da havde de ikke spurgt os endnu."))
        return on


class SaidYesForm(forms.Form):
    """What the resident wants, in the resident's own words."""

    use_required_attribute = False

    words = _text(
        _("Behovet, med beboerens egne ord"),
        _("Skriv det, som beboeren selv sagde det."),
        most=1000,
        rows=4,
    )
    theme = forms.ChoiceField(
        label=_("Hvad handler det om?"),
        choices=[("", _("vælg")), *((one.value, _(one.label)) for one in Theme)],
        error_messages={"required": _("Vælg det, der ligger nærmest.")},
    )


class GiveUpForm(forms.Form):
    use_required_attribute = False

    reason = _pick(
        _("Hvorfor stopper vi?"),
        _("Vælg den grund, der passer."),
        ((one.value, capfirst(_(one.label))) for one in inward.GIVEN_UP),
    )


class MayTellForm(forms.Form):
    """The resident's own signature for telling the partner what came of it."""

    use_required_attribute = False

    signed_name = _text(
        _("Navn"),
        _("Beboeren skal skrive sit navn, før vi må fortælle noget."),
        most=200,
        help_text=_("Beboeren skriver selv sit navn."),
    )
    signature = forms.CharField(required=False, widget=forms.HiddenInput)

    def clean_signature(self) -> Any | None:
        try:
            return read_strokes(self.cleaned_data["signature"])
        except ValueError:
            return None  # the written name is the signature; the drawing only goes along
