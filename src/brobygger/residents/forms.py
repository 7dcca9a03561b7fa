"""What can be written about residents. Two fields are asked for; what is unknown stays unknown."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from brobygger.accounts.models import Membership
from brobygger.engine.words import Language
from brobygger.foundation.days import add_working_days, working_day_on_or_after
from brobygger.foundation.spoken import spoken_day
from brobygger.offers.models import Neighbourhood
from brobygger.offers.terms import Theme
from brobygger.residents.models import Need, Resident
from brobygger.residents.reaching import as_reachable, guessed_way
from brobygger.residents.rules import clipped, looks_like_cpr, only_one, week_slot
from brobygger.residents.terms import Gender, NeedOutcome, NoteChannel, TimeOfWeek, WayToReach
from brobygger.residents.writing import Timed

OLDEST, ORE = 1900, 100
NOT_ASKED = ("", lazy("ikke spurgt"))
A_WEEK = timedelta(days=7)


def refuse_cpr(text: str) -> None:
    if looks_like_cpr(text):
        raise ValidationError(
            lazy("Det ligner et CPR-nummer. Det skal ikke stå her. Er det noget andet, så del tallet op.")
        )


def named_choices(terms: Any) -> list[tuple[str, Any]]:
    """The members of a term with labels that are translated when they are read."""
    return [(term.value, lazy(term.label)) for term in terms]


def text_field(label: Any, missing: Any, *, most: int, **options: Any) -> forms.CharField:
    return forms.CharField(
        label=label,
        max_length=most,
        validators=[refuse_cpr],
        error_messages={
            "required": missing,
            "max_length": lazy("Der er plads til %(limit_value)d tegn. Her står %(show_value)d."),
        },
        **options,
    )


class HouseForm(forms.Form):
    """A form of the house: says what is missing itself, so that the browser need not in its own language."""

    use_required_attribute = False


class ResidentForm(HouseForm):
    """A resident: name or alias, one way of contact, and what helps us find something that fits."""

    name = text_field(lazy("Navn eller kaldenavn"), lazy("Skriv et navn eller et kaldenavn."), most=120)
    reach_at = text_field(
        lazy("Telefon eller anden vej"),
        lazy("Skriv et nummer eller en anden vej, så vi kan komme i kontakt."),
        most=200,
        help_text=lazy("Et nummer, en e-mail, en dør, eller en, vi kan gå igennem."),
    )
    reach_by = forms.ChoiceField(
        label=lazy("Slags kontakt"),
        choices=[("", lazy("som det ser ud")), *named_choices(WayToReach)],
        required=False,
    )
    is_alias = forms.BooleanField(label=lazy("Det er et kaldenavn"), required=False)
    reach_rules = text_field(
        lazy("Hvornår og hvordan"),
        "",
        most=300,
        required=False,
        help_text=lazy("For eksempel: ring mellem 9 og 13, og læg ingen besked."),
    )
    birth_year = forms.IntegerField(
        label=lazy("Født i år"),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": "4"}),
        error_messages={"invalid": lazy("Skriv årstallet med fire tal, for eksempel 1987.")},
    )
    home = forms.ModelChoiceField(
        label=lazy("Bor i nærheden af"),
        queryset=Neighbourhood.objects.none(),
        required=False,
        empty_label=lazy("ikke spurgt"),
        help_text=lazy("Et sted at måle fra. Vi behøver ingen adresse."),
    )
    speaks = forms.ChoiceField(
        label=lazy("Vil helst tale"), choices=[NOT_ASKED, *named_choices(Language)], required=False
    )
    languages = forms.MultipleChoiceField(
        label=lazy("Kan klare sig på"),
        choices=named_choices(Language),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=lazy("Uden kryds: ikke spurgt."),
    )
    max_minutes = forms.IntegerField(
        label=lazy("Højst så mange minutters gang"),
        required=False,
        min_value=1,
        max_value=240,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "invalid": lazy("Skriv antallet af minutter med tal, for eksempel 20."),
            "min_value": lazy("Mindst ét minut. Er der ikke spurgt, så lad feltet stå tomt."),
            "max_value": lazy("Højst 240 minutter. Er der ingen grænse, så lad feltet stå tomt."),
        },
    )
    max_price = forms.IntegerField(
        label=lazy("Højst så mange kroner pr. gang"),
        required=False,
        min_value=0,
        max_value=100_000,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        help_text=lazy("0 betyder: det skal være gratis."),
        error_messages={
            "invalid": lazy("Skriv hele kroner med tal, for eksempel 50."),
            "min_value": lazy("Skriv 0, hvis det skal være gratis."),
            "max_value": lazy("Det er et stort beløb. Er der ingen grænse, så lad feltet stå tomt."),
        },
    )
    needs_step_free = forms.TypedChoiceField(
        label=lazy("Skal der være trappefrit?"),
        choices=[NOT_ASKED, ("yes", lazy("ja")), ("no", lazy("nej"))],
        coerce=lambda answer: answer == "yes",
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    free_times = forms.MultipleChoiceField(
        label=lazy("Har tid"),
        choices=[
            (week_slot(weekday, part), format_lazy("{} {}", name, lazy(part.label)))
            for weekday, name in WEEKDAYS.items()
            for part in TimeOfWeek
        ],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=lazy("Uden kryds: ikke spurgt."),
    )
    gender = forms.ChoiceField(
        label=lazy("Køn"),
        choices=[NOT_ASKED, *named_choices(Gender)],
        required=False,
        help_text=lazy("Kun hvis tilbuddet kun er for kvinder eller mænd."),
    )

    def __init__(self, *args: Any, places: QuerySet[Neighbourhood], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today
        home: forms.ModelChoiceField[Neighbourhood] = self.fields["home"]  # type: ignore[assignment]
        home.queryset = places
        self._keep_unlisted_languages()

    def _keep_unlisted_languages(self) -> None:
        """A code that is not on our list shows as it is, so that saving does not lose it."""
        field: forms.MultipleChoiceField = self.fields["languages"]  # type: ignore[assignment]
        unlisted = set(self.initial.get("languages") or []) - {language.value for language in Language}
        field.choices = [*named_choices(Language), *((code, code) for code in sorted(unlisted))]

    def clean_birth_year(self) -> int | None:
        year: int | None = self.cleaned_data["birth_year"]
        if year is not None and not OLDEST <= year <= self.today.year:
            raise ValidationError(_("Skriv et år mellem 1900 og i år."))
        return year

    def clean_max_price(self) -> int | None:
        """Written in kroner, kept in øre."""
        price: int | None = self.cleaned_data["max_price"]
        return None if price is None else price * ORE

    def clean_languages(self) -> list[str] | None:
        return self.cleaned_data["languages"] or None

    def clean_free_times(self) -> list[str] | None:
        return self.cleaned_data["free_times"] or None

    def clean(self) -> dict[str, Any]:
        """Look at the way of contact as what it is said to be, or looks like."""
        given = super().clean() or {}
        if given.get("reach_at"):
            way = WayToReach(given.get("reach_by") or guessed_way(given["reach_at"]))
            try:
                given["reach_at"] = as_reachable(way, given["reach_at"])
            except ValidationError as wrong:
                self.add_error("reach_at", wrong)
            given["reach_by"] = way
        return given

    def week(self) -> Iterator[tuple[str, list[Any]]]:
        """The 21 ticks as seven lines of three."""
        ticks = list(self["free_times"])
        for weekday, name in WEEKDAYS.items():
            yield capfirst(str(name)), ticks[weekday * 3 : weekday * 3 + 3]

    def parts_of_day(self) -> list[str]:
        """The hours alone: three columns must fit on a telephone, and each tick says the rest."""
        return [_(part.label).partition("(")[2].rstrip(")") for part in TimeOfWeek]

    def opens_details(self) -> bool:
        """Whether something below the fold must be seen: it is filled in, or wrong."""
        below = [name for name in self.fields if name not in {"name", "reach_at", "reach_by"}]
        return any(name in self.errors or self[name].value() not in (None, "", [], False) for name in below)


def resident_initial(resident: Resident) -> dict[str, Any]:
    """A resident's facts as the form shows them."""
    asked = resident.needs_step_free
    shown = {name: getattr(resident, name) for name in ResidentForm.base_fields}
    return shown | {
        "home": resident.home_id,
        "max_price": None if resident.max_price is None else resident.max_price // ORE,
        "needs_step_free": "" if asked is None else ("yes" if asked else "no"),
    }


class WithDay(forms.Form):
    """A day as people say it: tomorrow, in a week, or a date one chooses. A date that is written counts."""

    when = forms.ChoiceField(
        label=lazy("Hvornår"),
        widget=forms.RadioSelect,
        error_messages={"required": lazy("Vælg en dag.")},
    )
    on = forms.DateField(
        label=lazy("Dato"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"invalid": lazy("Skriv datoen som 2026-12-24, eller vælg den i kalenderen.")},
    )

    def offer_days(self, today: date) -> None:
        self.today = today
        self.days = {"next": add_working_days(today, 1), "week": working_day_on_or_after(today + A_WEEK)}
        later = _("om en uge, %(day)s") % {"day": spoken_day(self.days["week"], today=today)}
        choices = [("next", spoken_day(self.days["next"], today=today)), ("week", later)]
        field: forms.ChoiceField = self.fields["when"]  # type: ignore[assignment]
        field.choices = [*choices, ("date", _("en dato, du vælger"))]

    def clean_on(self) -> date | None:
        on: date | None = self.cleaned_data["on"]
        if on is not None and on < self.today:
            raise ValidationError(_("Den dag er gået. Vælg i dag eller en dag, der kommer."))
        return on

    def chosen_day(self) -> date | None:
        """The day that was meant; None and an error at the field if a date was announced and not given."""
        on: date | None = self.cleaned_data.get("on")
        when = self.cleaned_data.get("when") or ""
        if on is None and when == "date" and "on" not in self.errors:
            self.add_error("on", _("Vælg en dato, eller vælg en af de andre dage."))
        return on or self.days.get(when)


class NextStepForm(HouseForm, WithDay):
    """What happens next with a need, when, and who sees to it."""

    next_step = text_field(
        lazy("Næste skridt"),
        lazy("Skriv, hvad der skal ske nu, så ingen glemmer det."),
        most=200,
    )
    owner = forms.ModelChoiceField(
        label=lazy("Hvem holder fast"),
        queryset=Membership.objects.none(),
        empty_label=None,
        error_messages={"required": lazy("Vælg, hvem der holder fast i det.")},
    )
    field_order = ("words", "theme", "next_step", "when", "on", "owner")

    def __init__(self, *args: Any, owners: QuerySet[Membership], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer_days(today)
        owner: forms.ModelChoiceField[Membership] = self.fields["owner"]  # type: ignore[assignment]
        owner.queryset = owners

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        given["next_step_on"] = self.chosen_day()
        return given


def next_step_initial(need: Need, *, today: date) -> dict[str, Any]:
    """A need's next step as the form shows it. A day that is gone is not proposed again."""
    on = need.next_step_on
    day = {"when": "date", "on": on} if on and on >= today else {"when": "next"}
    return {"next_step": need.next_step, "owner": need.owner_id, **day}


class NeedForm(NextStepForm):
    """A need in the resident's own words, and who does what next."""

    words = text_field(
        lazy("Behovet, med beboerens egne ord"),
        lazy("Skriv det, som beboeren selv sagde det."),
        most=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    theme = forms.ChoiceField(
        label=lazy("Hvad handler det om?"),
        choices=[("", lazy("vælg")), *named_choices(Theme)],
        error_messages={"required": lazy("Vælg det, der ligger nærmest.")},
    )


class NeedChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, need: Need) -> str:
        return clipped(need.words, 60)


class SaidForm(HouseForm, Timed):
    """What was said, and how: the part that every note has."""

    text = text_field(
        lazy("Hvad skete der?"),
        lazy("Skriv et par ord om, hvad der skete."),
        most=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    channel = forms.ChoiceField(
        label=lazy("Hvordan talte I?"),
        choices=[("", lazy("ikke en samtale")), *named_choices(NoteChannel)],
        required=False,
    )


class CorrectionForm(HouseForm):
    """A note's text, written anew."""

    text = text_field(
        lazy("Sådan skal der stå"),
        lazy("Skriv et par ord om, hvad der skete."),
        most=4000,
        widget=forms.Textarea(attrs={"rows": 6}),
    )


class NoteForm(SaidForm, WithDay):
    """A note on the timeline. Only the text must be there; a next step belongs to one of the open needs."""

    need = NeedChoice(
        label=lazy("Hvilket behov?"),
        queryset=Need.objects.none(),
        required=False,
        empty_label=lazy("intet bestemt"),
    )
    next_step = text_field(lazy("Næste skridt"), "", most=200, required=False)

    def __init__(self, *args: Any, needs: QuerySet[Need], today: date, draft: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer_days(today)
        self.fields["text"].widget.attrs["data-draft"] = draft
        self.fields["when"].required = False
        field: NeedChoice = self.fields["need"]  # type: ignore[assignment]
        field.queryset = needs

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if not given.get("next_step"):
            return given
        given["next_step_on"] = self.chosen_day() or self.days["next"]
        given["need"] = given.get("need") or self.only_need()
        if given["need"] is None:
            self.add_error("need", _("Vælg det behov, skridtet hører til."))
        return given

    def only_need(self) -> Need | None:
        """With one open need there is no doubt which one a next step belongs to."""
        field: NeedChoice = self.fields["need"]  # type: ignore[assignment]
        needs = {need.pk: need for need in field.queryset or ()}
        one = only_one(needs)
        return needs[one] if one else None


class WhoForm(SaidForm):
    """A note from the day's page, where the resident is named by typing."""

    field_order = ["who"]  # first asked, so first among what is missing

    who = text_field(lazy("Hvem talte du med?"), lazy("Skriv et navn eller et nummer."), most=120)


class OutcomeForm(HouseForm):
    """What came of a need, as the resident says it."""

    outcome = forms.ChoiceField(choices=named_choices(NeedOutcome))
