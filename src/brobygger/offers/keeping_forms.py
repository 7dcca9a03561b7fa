"""What a keeper can say about an offer, in four short forms. What is left empty has not been told.

Each form knows what stands (`stands`) and turns its answers into what is told (`told`), leaving out what did
not change, so that two who correct different things at once do not overwrite each other.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.dates import WEEKDAYS
from django.utils.text import capfirst, format_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from brobygger.engine.words import Language
from brobygger.offers import lines, rules
from brobygger.offers.hours import Span, spans_in
from brobygger.offers.keeping import Told
from brobygger.offers.models import Location, Offer, Schedule
from brobygger.offers.terms import CapacityKind, OfferStatus, OnlyFor, QueueKind, Theme

ORE, MOST_FREE = 100, 999
EVERY_LANGUAGE = "*"
KRONER = re.compile(r"(\d{1,6})(?:[.,](\d{1,2}))?")


class KeepingForm(forms.Form):
    """One part of an offer. `columns` are fields that are saved as they are written."""

    use_required_attribute = False
    title: ClassVar[Any]
    columns: ClassVar[tuple[str, ...]] = ()

    def __init__(self, *args: Any, offer: Offer, **options: Any) -> None:
        self.offer = offer
        super().__init__(*args, **options)
        self.initial = self.stands()

    def stands(self) -> dict[str, Any]:
        """What stands in the directory, as the form shows it."""
        return {name: getattr(self.offer, name) for name in self.columns}

    def leaving(self, data: QueryDict, names: Iterable[str]) -> QueryDict:
        """What was sent, with what stands in place of the answers to these fields."""
        sent, stands = data.copy(), self.stands()
        for name in names:
            value = stands[name]
            told = value if isinstance(value, list) else [] if value in (None, False) else [value]
            sent.setlist(name, [str(one) for one in told])
        return sent

    def told(self, said: Mapping[str, Any]) -> Told:
        """What `said` (cleaned answers) changes of what stands."""
        return Told({name: said[name] for name in self.columns if said[name] != getattr(self.offer, name)})


def _text(label: Any, most: int, *, rows: int = 0, hint: Any = "") -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows}) if rows else None
    return forms.CharField(label=label, max_length=most, required=False, widget=widget, help_text=hint)


class TextsForm(KeepingForm):
    title = lazy("Navn og tekster")
    columns = ("name", "description", "eligibility_description", "application_process", "website", "email")

    name = forms.CharField(
        label=lazy("Hvad hedder det?"),
        max_length=255,
        error_messages={"required": lazy("Skriv, hvad tilbuddet hedder.")},
    )
    themes = forms.MultipleChoiceField(
        label=lazy("Hvad hjælper det med?"),
        choices=[(theme.value, lazy(theme.label)) for theme in Theme],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=lazy("Det er det, andre søger på."),
    )
    description = _text(lazy("Hvad er det?"), 5000, rows=5)
    eligibility_description = _text(lazy("For hvem er det?"), 2000, rows=3)
    application_process = _text(lazy("Hvordan kommer man med?"), 2000, rows=3)
    website = _text(lazy("Hjemmeside"), 500)
    email = forms.EmailField(
        label=lazy("E-mail"),
        required=False,
        error_messages={"invalid": lazy("Det ligner ikke en e-mail. Skriv den som navn@eksempel.dk.")},
    )

    def stands(self) -> dict[str, Any]:
        return super().stands() | {"themes": list(self.offer.themes)}

    def told(self, said: Mapping[str, Any]) -> Told:
        """Themes of others' vocabularies, which are not on the list, stay."""
        others = [theme for theme in self.offer.themes if theme not in set(Theme)]
        themes = [*said["themes"], *others]
        fields = super().told(said).fields
        return Told({**fields, "themes": themes} if set(themes) != set(self.offer.themes) else fields)


class PeopleForm(KeepingForm):
    """For whom, at what price, in which languages, and how one gets through the door."""

    title = lazy("For hvem, pris og sprog")
    columns = ("minimum_age", "maximum_age", "only_for", "price", "fees_description", "languages")

    minimum_age = forms.IntegerField(
        label=lazy("Fra hvilken alder?"),
        min_value=0,
        max_value=120,
        required=False,
        help_text=lazy("Skriv 0, hvis alle aldre kan være med."),
    )
    maximum_age = forms.IntegerField(
        label=lazy("Til og med hvilken alder?"), min_value=0, max_value=120, required=False
    )
    only_for = forms.ChoiceField(
        label=lazy("Er det kun for nogen?"),
        choices=[(one.value, lazy(one.label)) for one in OnlyFor],
        required=False,
    )
    price = forms.CharField(
        label=lazy("Kroner pr. gang"),
        max_length=12,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        help_text=lazy("Skriv 0, hvis det er gratis."),
    )
    fees_description = _text(lazy("Mere om prisen"), 500)
    languages = forms.MultipleChoiceField(
        label=lazy("Hvilke sprog taler man?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, offer: Offer, places: Sequence[Location], **options: Any) -> None:
        self.places = {f"access_{place.pk}": place for place in places}
        super().__init__(*args, offer=offer, **options)
        unlisted = sorted(set(offer.languages or []) - {language.value for language in Language})
        self.fields["languages"].choices = [  # type: ignore[attr-defined]
            (EVERY_LANGUAGE, _("alle sprog")),
            *((language.value, _(language.label)) for language in Language),
            *((code, code) for code in unlisted),
        ]
        for name, place in self.places.items():
            self.fields[name] = _access(place)

    def stands(self) -> dict[str, Any]:
        price, languages = self.offer.price, self.offer.languages
        return super().stands() | {
            "price": "" if price is None else _kroner(price),
            "languages": [EVERY_LANGUAGE] if languages == [] else languages or [],
            **{name: _yes_no(place.is_step_free) for name, place in self.places.items()},
        }

    def clean_price(self) -> int | None:
        """Written in kroner, kept in øre."""
        text = self.cleaned_data["price"].strip()
        found = KRONER.fullmatch(text)
        if text and not found:
            raise ValidationError(_("Skriv prisen med tal, for eksempel 50 eller 12,50."))
        return int(found[1]) * ORE + int((found[2] or "0").ljust(2, "0")) if found else None

    def clean_languages(self) -> list[str] | None:
        told: list[str] = self.cleaned_data["languages"]
        return [] if EVERY_LANGUAGE in told else told or None

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        least, most = given.get("minimum_age"), given.get("maximum_age")
        if least is not None and most is not None and most < least:
            self.add_error("maximum_age", _("Den sidste alder skal være mindst lige så høj som den første."))
        return given

    def told(self, said: Mapping[str, Any]) -> Told:
        answers = {"": None, "yes": True, "no": False}
        return Told(
            super().told(said).fields,
            access={
                place.pk: answers[said[name]]
                for name, place in self.places.items()
                if answers[said[name]] != place.is_step_free
            },
        )


class TimesForm(KeepingForm):
    """The week, and when it begins, ends or rests. A day that is left empty has not been told."""

    title = lazy("Tider, pauser og sæson")
    columns = ("by_arrangement", "opens_on", "closes_on")

    by_arrangement = forms.BooleanField(label=lazy("Tiden aftales fra gang til gang"), required=False)
    is_paused = forms.BooleanField(
        label=lazy("Tilbuddet holder pause"),
        required=False,
        help_text=lazy("Det bliver stående i kataloget, men ingen kan sendes hertil."),
    )
    opens_on = forms.DateField(
        label=lazy("Åbner den"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=lazy("Første dag efter en pause eller en ferie."),
    )
    closes_on = forms.DateField(
        label=lazy("Lukker den"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text=lazy("Første dag, der er lukket."),
    )

    def __init__(self, *args: Any, offer: Offer, hours: Iterable[Schedule], **options: Any) -> None:
        told = list(hours)
        self.are_own = any(row.offer_id for row in told)
        self.week = _week_of([row for row in told if row.offer_id or not self.are_own])
        super().__init__(*args, offer=offer, **options)
        for weekday, name in WEEKDAYS.items():
            self.fields[f"day_{weekday}"] = forms.CharField(
                label=capfirst(str(name)),
                max_length=120,
                required=False,
                widget=forms.TextInput(attrs={"placeholder": "16-17.30"}),
            )
        self.order_fields([f"day_{weekday}" for weekday in WEEKDAYS])

    def stands(self) -> dict[str, Any]:
        days = {f"day_{weekday}": _said(self.week.get(weekday)) for weekday in WEEKDAYS}
        return super().stands() | days | {"is_paused": self.offer.status == OfferStatus.PAUSED}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for weekday in WEEKDAYS:
            text = given.get(f"day_{weekday}") or ""
            spans = _spans(text)
            if text and (spans is None or not all(any(rules.slots_between(0, *span)) for span in spans)):
                self.add_error(f"day_{weekday}", _("Skriv tiden som 16-17.30, eller skriv lukket."))
        return given

    def told(self, said: Mapping[str, Any]) -> Told:
        """Only the days that changed; all of them where the hours so far were those of the place."""
        fields = dict(super().told(said).fields)
        was_paused = self.offer.status == OfferStatus.PAUSED
        if said["is_paused"] != was_paused:
            fields["status"] = OfferStatus.PAUSED if said["is_paused"] else OfferStatus.ACTIVE
        week = {day: _spans(said[f"day_{day}"]) for day in WEEKDAYS}
        changed = {day: spans for day, spans in week.items() if spans != self.week.get(day)}
        if changed and not self.are_own:
            changed = {day: spans for day, spans in week.items() if spans is not None}
        return Told(fields, hours=changed)


class RoomForm(KeepingForm):
    """Whether there is room. It is said anew each time: an old figure is worse than none."""

    title = lazy("Plads og venteliste")
    columns = ("capacity_kind", "next_places_on", "wait_time", "queue", "queue_rule")

    capacity_kind = forms.ChoiceField(
        label=lazy("Er der plads?"),
        choices=[(kind.value, lazy(kind.label)) for kind in CapacityKind],
        widget=forms.RadioSelect,
    )
    free = forms.IntegerField(
        label=lazy("Hvor mange pladser er ledige lige nu?"),
        min_value=0,
        max_value=MOST_FREE,
        required=False,
        help_text=lazy("Kun når der er ledige pladser at tælle. Vi tæller ned, når I tager imod gennem os."),
    )
    next_places_on = forms.DateField(
        label=lazy("Hvornår kommer der pladser igen?"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    wait_time = _text(lazy("Hvor lang er ventetiden?"), 200, hint=lazy("For eksempel: cirka to måneder."))

    queue = forms.ChoiceField(
        label=lazy("Hvad sker der, når der er fuldt?"),
        choices=[(kind.value, lazy(kind.label)) for kind in QueueKind],
        required=False,
        widget=forms.RadioSelect,
    )
    queue_rule = _text(
        lazy("Hvordan fordeler I så pladserne?"), 200, hint=lazy("Kun når det ikke går efter dato.")
    )

    def stands(self) -> dict[str, Any]:
        counts = self.offer.capacity_kind == CapacityKind.PLACES
        return super().stands() | {"free": self.offer.free_places if counts else None}

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        if given.get("capacity_kind") == CapacityKind.PLACES and given.get("free") is None:
            self.add_error("free", _("Skriv, hvor mange pladser der er."))
        if given.get("queue") == QueueKind.OWN_RULE and not given.get("queue_rule"):
            self.add_error("queue_rule", _("Skriv reglen, så den, der venter, kan læse den."))
        return given

    def told(self, said: Mapping[str, Any]) -> Told:
        return Told(super().told(said).fields, free=said["free"])


PARTS: dict[str, type[KeepingForm]] = {
    "tekster": TextsForm,
    "hvem": PeopleForm,
    "tider": TimesForm,
    "plads": RoomForm,
}


def _access(place: Location) -> forms.ChoiceField:
    name = place.name or place.alternate_name or place.address
    return forms.ChoiceField(
        label=format_lazy("{}: {}", lazy("Trappefri adgang"), name) if name else lazy("Trappefri adgang"),
        choices=[("", lazy("ikke oplyst")), ("yes", lazy("ja")), ("no", lazy("nej"))],
        required=False,
    )


def _yes_no(answer: bool | None) -> str:
    return "" if answer is None else ("yes" if answer else "no")


def _kroner(ore: int) -> str:
    """
    >>> _kroner(5000), _kroner(1250)
    ('50', '12,50')
    """
    kroner, rest = divmod(ore, ORE)
    return f"{kroner},{rest:02}" if rest else str(kroner)


def _week_of(hours: Iterable[Schedule]) -> dict[int, tuple[Span, ...]]:
    """weekday -> the spans that stand; an empty tuple: said to be closed."""
    week = defaultdict[int, list[Span]](list)
    for row in hours:
        week[row.weekday] += [(row.opens_at, row.closes_at)] if row.opens_at and row.closes_at else []
    return {weekday: tuple(sorted(set(spans))) for weekday, spans in week.items()}


def _said(spans: tuple[Span, ...] | None) -> str:
    if spans is None:
        return ""
    told = [f"{lines.clock(opens)}-{lines.clock(closes)}" for opens, closes in spans]
    return ", ".join(told) or _("lukket")


def _spans(text: str) -> tuple[Span, ...] | None:
    """The reverse of `_said`. None: not told, or not to be read."""
    if not text:
        return None
    return () if text.strip().casefold() == _("lukket") else spans_in(text)
