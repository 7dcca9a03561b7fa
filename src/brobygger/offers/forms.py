from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from brobygger.engine.quantities import Point
from brobygger.engine.words import Language
from brobygger.offers.facets import Facets
from brobygger.offers.finding import Wanted
from brobygger.offers.lost import Choice
from brobygger.offers.models import Neighbourhood
from brobygger.offers.terms import PartOfDay, Theme

WEEKDAYS = (_("mandag"), _("tirsdag"), _("onsdag"), _("torsdag"), _("fredag"), _("lørdag"), _("søndag"))
ANY = ("", _("alle"))


def _terms(terms: type[Theme] | type[PartOfDay] | type[Language]) -> list[tuple[str, object]]:
    return [ANY, *((term.value, _(term.label)) for term in terms)]


def _with(label: object, many: int) -> str:
    return gettext("%(label)s (%(many)s)") % {"label": label, "many": many}


class FindForm(forms.Form):
    """What one looks for. It is sent with GET, so that a search can be kept and passed on."""

    q = forms.CharField(label=_("Hvad leder du efter?"), max_length=200, required=False)
    emne = forms.ChoiceField(label=_("Emne"), choices=_terms(Theme), required=False)
    naer = forms.ChoiceField(label=_("Nær ved"), required=False)
    dag = forms.TypedChoiceField(
        label=_("Dag"), choices=[ANY, *enumerate(WEEKDAYS)], coerce=int, empty_value=None, required=False
    )
    tid = forms.ChoiceField(label=_("Tid på dagen"), choices=_terms(PartOfDay), required=False)
    alder = forms.IntegerField(
        label=_("Alder"),
        min_value=0,
        max_value=120,
        required=False,
        error_messages={"invalid": _("Skriv alderen som et tal, for eksempel 9.")},
    )
    sprog = forms.ChoiceField(label=_("Sprog"), choices=_terms(Language), required=False)
    gratis = forms.BooleanField(label=_("Kun gratis"), required=False)
    trappefri = forms.BooleanField(label=_("Kun uden trapper"), required=False)

    def __init__(self, *args: Any, neighbourhoods: Sequence[Neighbourhood], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {str(place.pk): place for place in neighbourhoods}
        choices = [ANY, *((key, place.name) for key, place in self.places.items())]
        self.fields["naer"].choices = choices  # type: ignore[attr-defined]

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but words is asked for."""
        return any(self.data.get(name) for name in self.fields if name != "q")

    def asked(self) -> dict[str, Choice]:
        """What was asked for, by the name of the field."""
        told = {}
        for name, field in self.fields.items():
            said = self.cleaned_data.get(name)
            if said not in (None, "", False):
                labels = {str(value): str(label) for value, label in getattr(field, "choices", ())}
                value = "on" if said is True else str(said)
                shown = f"{field.label}: {value}" if name == "alder" else labels.get(value, value)
                told[name] = Choice(value, str(field.label) if said is True else shown)
        return told

    def count(self, counts: Facets) -> None:
        """Tell at each choice how many offers it would leave, given the other filters."""
        by_name = {"emne": counts.emne, "dag": counts.dag, "tid": counts.tid, "sprog": counts.sprog}
        for name, told in by_name.items():
            field: Any = self.fields[name]
            field.choices = [
                (value, _with(label, told.get(str(value), 0)) if value != "" else label)
                for value, label in field.choices
            ]
        for name, many in (("gratis", counts.gratis), ("trappefri", counts.trappefri)):
            self[name].label = self.fields[name].label = _with(self.fields[name].label, many)

    def wanted(self) -> Wanted:
        """What the fields ask for; a field that could not be read asks for nothing."""
        said = self.cleaned_data
        near = self.places.get(said.get("naer") or "")
        return Wanted(
            words=said.get("q") or "",
            theme=Theme(said["emne"]) if said.get("emne") else None,
            weekday=said.get("dag"),
            part=PartOfDay(said["tid"]) if said.get("tid") else None,
            age=said.get("alder"),
            is_free=bool(said.get("gratis")),
            language=said.get("sprog") or "",
            is_step_free=bool(said.get("trappefri")),
            near=Point(near.easting, near.northing) if near else None,
        )
