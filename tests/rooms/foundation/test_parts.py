"""The parts of a page draw what they are given, and refuse what they do not know."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import Context, RequestContext, Template
from django.template.loader import render_to_string
from django.utils import timezone, translation

from brobygger.foundation import gallery
from brobygger.foundation.icons import ICONS, TURNS

PARTS = Path(gallery.__file__).parent / "templates" / "parts"
ONLY_FOR_THE_FRAME = {"field_wrong", "gone", "mark", "quick_exit", "sprite"}


@pytest.fixture(autouse=True)
def _in_danish():
    with translation.override("da"):
        yield


class Note(forms.Form):
    told = forms.CharField(label="Hvad skete der?", help_text="Kort er godt.")
    place = forms.CharField(label="Hvor", required=False)
    company = forms.ChoiceField(label="Går nogen med?", choices=[("y", "Ja")], widget=forms.RadioSelect)
    agreed = forms.BooleanField(label="Aftalt")
    hidden = forms.CharField(widget=forms.HiddenInput, required=False)


def drawn(part: str, **inputs: object) -> str:
    return render_to_string(f"parts/{part}.html", inputs)


def said(source: str, **inputs: object) -> str:
    return Template("{% load house %}" + source).render(Context(inputs))


def test_each_drawing_of_once_gives_another_key():
    keys = set(re.findall(r'value="([0-9a-f-]{36})"', said("{% once %}{% once %}{% once %}")))

    assert len(keys) == 3


@pytest.mark.parametrize("name", sorted(ICONS))
def test_every_sign_is_hidden_from_screen_readers(name):
    assert 'aria-hidden="true"' in said("{% icon name %}", name=name)


def test_an_unknown_sign_is_refused_with_a_sentence():
    with pytest.raises(LookupError, match="no sign named 'unicorn'"):
        said("{% icon 'unicorn' %}")


def test_a_sign_that_points_turns_with_the_page():
    assert set(ICONS) >= TURNS
    assert "icon--turn" in said("{% icon 'arrow-left' %}")
    assert "icon--turn" not in said("{% icon 'phone' %}")


def test_a_field_that_may_stay_empty_says_so_and_the_other_does_not():
    form = Note()

    assert "(må gerne stå tomt)" in drawn("field", field=form["place"])
    assert "(må gerne stå tomt)" not in drawn("field", field=form["told"])


def test_hint_and_error_are_tied_to_the_field():
    html = drawn("field", field=Note({})["told"])

    assert 'aria-describedby="id_told_helptext id_told_error"' in html
    assert 'aria-invalid="true"' in html
    assert 'id="id_told_helptext"' in html
    assert 'id="id_told_error"' in html


def test_choices_stand_in_a_group_with_a_legend():
    html = drawn("field", field=Note({})["company"])

    assert "<fieldset" in html
    assert "<legend>Går nogen med?" in html
    assert 'id="id_company_error"' in html


def test_the_summary_of_errors_leads_to_each_field():
    html = drawn("errors", form=Note({"told": "Vi talte."}))

    assert re.findall(r'href="#(\w+)"', html) == ["id_company", "id_agreed"]
    assert "2 ting mangler" in html


def test_a_form_without_errors_draws_no_summary():
    assert "notice" not in drawn("errors", form=Note())


@pytest.mark.parametrize("at", range(5))
def test_the_list_of_a_span_marks_the_step_reached(at):
    html = drawn("span", at=at, steps=[(str(n), "") for n in range(5)])

    assert html.index('aria-current="step"') < html.index(f"<b>{at}</b>")
    assert html.count('aria-current="step"') == 1
    assert html.count('class="todo"') == 4 - at


def test_a_small_span_says_in_words_how_far_the_bridge_is():
    assert 'aria-label="Taget imod: 2 af 4 skridt"' in drawn("mini", at=2)


def test_a_hand_always_has_a_form_and_a_word():
    assert 'class="hand hand--them">Hos klubben<' in drawn("hand", hand="them", word="Hos klubben")


def test_own_words_are_quoted_and_never_taken_as_markup():
    html = drawn("words", text="<b>Nej</b>")

    assert "»&lt;b&gt;Nej&lt;/b&gt;«" in html


def test_nothing_is_drawn_for_words_nobody_said():
    assert "blockquote" not in drawn("words", text="")


def test_reasons_have_a_sign_and_what_is_unknown_says_ask():
    html = drawn(
        "why", reasons=[("fits", "4 minutters gang"), ("ask", "Spørg: er der plads?"), ("against", "Fuldt")]
    )

    assert "Spørg: er der plads?" in html
    assert re.findall(r'<li class="(\w+)"', html) == ["ok", "ask", "not"]


def test_what_was_not_told_is_named_too():
    assert "Ikke adresse" in drawn("known", heading="Det ved klubben", told=["Fornavn"], kept=["adresse"])


def test_a_row_without_step_draws_no_span():
    assert "<svg" not in drawn("row", name="Inger", url="/x/", at=None)


def test_a_row_at_step_nought_draws_its_span():
    assert "at-0" in drawn("row", name="Inger", url="/x/", at=0)


def test_turning_a_page_keeps_what_was_asked(rf, db):
    request = rf.get("/tilbud/?tema=fritid&side=1")
    page = Paginator(range(100), 10).page(5)

    html = Template('{% include "parts/pages.html" with page=page only %}').render(
        RequestContext(request, {"page": page})
    )

    assert "?tema=fritid&amp;side=1&amp;page=6" in html
    assert '<span aria-current="page">5</span>' in html


def test_one_page_needs_no_turning():
    assert "nav" not in drawn("pages", page=Paginator([1], 10).page(1))


def test_a_moment_is_spoken_in_the_readers_own_zone(monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: datetime(2026, 11, 24, 22, tzinfo=UTC))
    half_past_midnight = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)

    assert said("{{ at|spoken }}", at=half_past_midnight) == "i morgen kl.\xa00.30"
    assert said("{{ at|spoken_day }}", at=half_past_midnight) == "i morgen"


def test_nothing_is_spoken_for_nothing():
    assert said("{{ at|spoken }}{{ at|spoken_day }}{{ at|spoken_short }}{{ at|overdue }}", at=None) == ""


def test_a_part_can_be_explained_in_its_own_words():
    assert gallery.explanation("hand").startswith("Whose hand it is in.")
    assert "%}" not in gallery.explanation("row")


def test_the_gallery_explains_every_part():
    parts = {path.stem for path in PARTS.glob("*.html")}

    assert parts - ONLY_FOR_THE_FRAME == set(gallery.EXPLAINED)


def test_the_gallery_draws_every_part(client, db):
    html = client.get("/house/parts/").content.decode()

    assert html.count("data-sign=") == 1
    assert all(f"<summary>{name}.html</summary>" in html for name in gallery.EXPLAINED)
