"""Handing a file in, and saying what its columns mean."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from brobygger.offers.importing import guessing
from brobygger.offers.importing.guessing import BY_CODE, MEANINGS, Preview
from brobygger.offers.orders import BIGGEST

SHOWN = 3  # cells of a column shown beside its choice


class FileForm(forms.Form):
    """One file, what the directory is called, and on what terms it may be used."""

    use_required_attribute = False

    file = forms.FileField(
        label=lazy("Filen"),
        help_text=lazy(
            "Excel, CSV, JSON eller en zip-fil med HSDS, højst 20 MB. Større kataloger hentes ind på maskinen"
            " selv med brobygger offers import."
        ),
        error_messages={
            "required": lazy("Vælg en fil."),
            "empty": lazy("Filen er tom. Vælg en anden."),
        },
    )
    called = forms.CharField(
        label=lazy("Hvad skal kataloget kendes på?"),
        help_text=lazy(
            "Næste gang, du henter det ind under samme navn, bliver tilbuddene rettet og ikke fordoblet."
        ),
        max_length=80,
        required=False,
    )
    licence = forms.CharField(
        label=lazy("Hvad må det bruges til?"),
        help_text=lazy("Licensen, som afsenderen har givet, for eksempel CC0 eller »kun her i huset«."),
        max_length=200,
        required=False,
    )

    def clean_file(self) -> Any:
        given = self.cleaned_data["file"]
        if given.size > BIGGEST:
            raise forms.ValidationError(
                _("Filen er større end 20 MB. Del den, eller bed den, der passer maskinen, hente den ind.")
            )
        return given


class ColumnsForm(forms.Form):
    """One choice for each column, with a guess; and a name if the choices are to be used again."""

    use_required_attribute = False

    def __init__(self, *args: Any, seen: Preview, kept: Mapping[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seen = seen
        guess = guessing.guessed(seen.headings, seen.rows) | {
            heading: code for heading, code in kept.items() if heading in seen.headings
        }
        choices = [("", _("brug den ikke")), *((one.code, _(one.label)) for one in MEANINGS)]
        for place, heading in enumerate(seen.headings):
            self.fields[f"c{place}"] = forms.ChoiceField(
                label=heading,
                choices=choices,
                required=False,
                initial=guess.get(heading, ""),
                help_text=" · ".join(_cells(seen.rows, place)),
            )
        self.fields["keep_as"] = forms.CharField(
            label=_("Gem valgene til næste gang under navnet"), max_length=100, required=False
        )

    def clean(self) -> dict[str, Any]:
        chosen = self.chosen()
        lacking = [_(BY_CODE[code].label) for code in guessing.missing(chosen)]
        if lacking:
            raise forms.ValidationError(_("Vælg, hvor der står: %s.") % ", ".join(lacking))
        twice = [_(BY_CODE[code].label) for code in guessing.told_twice(chosen)]
        if twice:
            raise forms.ValidationError(_("Kun én kolonne kan være: %s.") % ", ".join(twice))
        return self.cleaned_data

    def chosen(self) -> dict[str, str]:
        """Heading -> code, of the columns that are used."""
        told = ((heading, self.cleaned_data.get(f"c{place}", "")) for place, heading in self._columns())
        return {heading: code for heading, code in told if code}

    def columns(self) -> list[forms.BoundField]:
        return [self[f"c{place}"] for place, _heading in self._columns()]

    def _columns(self) -> list[tuple[int, str]]:
        return list(enumerate(self.seen.headings))


def _cells(rows: Sequence[Sequence[str]], place: int) -> list[str]:
    told = [row[place][:60] for row in rows if place < len(row) and row[place]]
    return list(dict.fromkeys(told))[:SHOWN]
