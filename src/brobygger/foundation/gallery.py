"""The live gallery at /house/parts/: every part of a page in every state, with what it asks for.

A part is explained where it is drawn: the comment at the top of its template is read and shown here.
"""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import get_template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from brobygger.foundation.icons import ICONS

# fmt: off
EXPLAINED = [
    "banks", "course", "crumb", "empty", "errors", "facts", "field", "figures", "former", "hand", "known",
    "languages", "late", "means", "messages", "mini", "next", "notice", "offer", "outcome", "pages", "row",
    "say", "signature", "signed", "span", "timeline", "turn", "why", "words",
]
# fmt: on
SCRIBBLE = [[60, 260, 140, 90, 200, 270, 250, 170, 330, 180], [390, 250, 470, 140, 520, 250, 700, 200]]


class SampleForm(forms.Form):
    """One field of each shape. A telephone number that is too short shows what an error looks like."""

    name = forms.CharField(label=lazy("Navn eller kaldenavn"))
    phone = forms.CharField(
        label=lazy("Telefon"), help_text=lazy("Vi ringer kun mellem 9 og 17."), required=False
    )
    theme = forms.ChoiceField(
        label=lazy("Tema"), choices=[("", lazy("Vælg et tema")), ("leisure", lazy("Fritid"))]
    )
    company = forms.ChoiceField(
        label=lazy("Skal nogen gå med?"),
        choices=[("yes", lazy("Ja")), ("no", lazy("Nej")), ("later", lazy("Spørg senere"))],
        widget=forms.RadioSelect,
    )
    due_on = forms.DateField(
        label=lazy("Hvornår"), required=False, widget=forms.DateInput(attrs={"type": "date"})
    )
    told = forms.CharField(
        label=lazy("Hvad skete der?"),
        widget=forms.Textarea(attrs={"rows": 3, "data-draft": "gallery"}),
    )
    agreed = forms.BooleanField(label=lazy("Vi har talt det igennem"))

    def clean_phone(self) -> str:
        phone: str = self.cleaned_data["phone"]
        if phone and len(phone.replace(" ", "")) < 8:
            raise forms.ValidationError(_("Der mangler to tal i nummeret."))
        return phone


class SampleSignature(forms.Form):
    """A name, which is enough, and the drawing, which is welcome."""

    typed = forms.CharField(label=lazy("Skriv dit navn"))
    strokes = forms.CharField(widget=forms.HiddenInput, required=False)


def parts(request: HttpRequest) -> HttpResponse:
    """Show every part. Nothing here is about anyone, and nothing is saved."""
    now = timezone.now()
    wrong = {"wrong-name": "Inger", "wrong-phone": "00 00 00", "wrong-told": _("Vi talte om i morgen.")}
    return render(
        request,
        "foundation/parts.html",
        {
            "how": {name: explanation(name) for name in EXPLAINED},
            "icons": sorted(ICONS),
            "form": SampleForm(auto_id="ok_%s", use_required_attribute=False),
            "wrong": SampleForm(wrong, prefix="wrong", use_required_attribute=False),
            "sign": SampleSignature(use_required_attribute=False),
            "scribble": SCRIBBLE,
            "page": Paginator(range(140), 10).page(_wanted_page(request)),
            "moments": [now + timedelta(days=days) for days in (-400, -40, -5, -1, 0, 1, 2, 60)],
            "day": timezone.localdate(),
            "late_day": timezone.localdate() - timedelta(days=2),
            "steps": _steps(),
            **_lists(),
        },
    )


def explanation(name: str) -> str:
    """The comment a part begins with, without its marks."""
    source: str = get_template(f"parts/{name}.html").template.source  # type: ignore[attr-defined]
    marks = ("{% comment %}", "{% endcomment %}") if source.startswith("{% comment") else ("{#", "#}")
    return source.split(marks[0], 1)[1].split(marks[1], 1)[0].strip()


def _wanted_page(request: HttpRequest) -> int:
    wanted = request.GET.get("page", "2")
    return int(wanted) if wanted.isdecimal() and 1 <= int(wanted) <= 14 else 2


def _steps() -> list[tuple[str, str]]:
    names = [_("Behov"), _("Sendt"), _("Taget imod"), _("Første møde"), _("Hjulpet")]
    when = [_("2. okt."), _("5. okt."), _("i går"), _("i morgen kl. 16.30"), _("når Amir siger det")]
    return list(zip(names, when, strict=True))


def _sheet() -> dict[str, Any]:
    """As the door of statistics gives it. None: withheld."""
    some = [
        ("ar", _("arabisk"), 8, _("uden tilbud 67 % (ukendt 8 %, n=12)"), True),
        ("rest", _("andre"), None, _("uden tilbud tilbageholdt (ukendt tilbageholdt, n=7)"), False),
        ("", _("alle"), 12, _("uden tilbud 24 % (ukendt 20 %, n=50)"), False),
    ]
    lines = [
        {"key": key, "name": name, "cells": [(_("intet tilbud"), count)], "rate": rate, "is_worse": is_worse}
        for key, name, count, rate, is_worse in some
    ]
    return {"key": "language", "name": _("sprog"), "heads": [_("intet tilbud")], "lines": lines}


def _lists() -> dict[str, Any]:
    former = {"when": _("i dag kl. 9.14"), "by": "Maja", "was_saved": True, "text": _("Yusuf går måske med.")}
    return {
        "facts": [(_("Mødested"), _("port 12, kl. 16.10")), (_("Går med"), "Yusuf"), (_("Tomt"), "")],
        "fits": [
            ("fits", _("Onsdag passer: Amir har fri")),
            ("fits", _("9 minutters gang")),
            ("ask", _("Spørg: er der plads lige nu? Bekræftet sidst i august")),
        ],
        "near": [("against", _("Ingen plads nu"))],
        "sheet": _sheet(),
        "told": [_("Fornavn og alder"), _("Majas telefonnummer")],
        "kept": [_("adresse"), _("efternavn")],
        "events": [
            {
                "side": "us",
                "when": _("i dag kl. 9.12"),
                "by": "Maja",
                "text": _("Yusuf går med."),
                "former": [former],
            },
            {"side": "them", "when": _("i går"), "by": _("træneren"), "text": _("Tog imod.")},
            {"side": "you", "when": _("for 8 dage siden"), "by": "Amir", "quote": _("Onsdag er bedst.")},
        ],
    }
