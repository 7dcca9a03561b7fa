"""How to get there, whom to ring, what if, and what a resident takes along on paper or telephone (MAT-01)."""

import re
from typing import Any

import pytest
from django.test import Client

from brobygger.foundation.scope import organisation_scope
from brobygger.offers.models import Location, Phone
from brobygger.residents.models import Resident
from tests.people import HOUSE, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.feature("MAT-01")]


@pytest.fixture
def page(as_member: Any, cast: Cast) -> Any:
    """`page(minutter=30)` is what Maja sees for the need of Amir's son, whose father speaks Arabic."""
    with organisation_scope(HOUSE):
        Resident.objects.filter(pk=cast.amir.pk).update(speaks="ar", max_price=5_000)
        Location.objects.update(
            address="Banevej 4", postal_code="2400", city="København NV", transportation="Bus 5C"
        )
        Phone.objects.create(offer=cast.football, number="+45 12 34 56 78", description="træneren")
    maja = as_member(cast.maja)
    return lambda **asked: maja.get(f"/forslag/{cast.need.pk}/", asked)


def text(answer: Any) -> str:
    return str(answer.content.decode()).replace("\xa0", " ")


@pytest.fixture
def along(client: Client, cast: Cast) -> Any:
    """`along("ar")` is the page to take along, for a stranger."""
    with organisation_scope(HOUSE):
        Phone.objects.create(offer=cast.football, number="+45 12 34 56 78")
    return lambda language, **asked: client.get(f"/med/{language}/{cast.football.pk}/", asked)


@pytest.mark.slow
def test_a_suggestion_tells_the_way_and_whom_to_ring(page: Any):
    shown = text(page())

    for told in ("10 minutters gang", "Bus 5C", 'href="tel:+4512345678"', "træneren"):
        assert told in shown


@pytest.mark.slow
def test_the_map_is_told_where_to_and_never_where_from(page: Any):
    found = re.search(r'href="(https://www\.openstreetmap\.org/[^"]*)"', text(page()))

    assert found
    assert "Banevej+4" in found[1]
    assert "Smedetoften" not in found[1]


def test_a_card_says_in_two_lines_what_fits_and_what_to_ask(page: Any):
    short = page().context["page"].fits[0].short

    assert short == (("fits", "Emnet, vejen, alderen, sproget, prisen og pladsen passer"),)


@pytest.mark.slow
@pytest.mark.feature("MAT-02")
def test_near_misses_are_folded_until_nothing_fits(page: Any, cast: Cast):
    with organisation_scope(HOUSE):
        Resident.objects.filter(pk=cast.amir.pk).update(max_minutes=5)

    assert '<details class="after" open>' in text(page())


@pytest.mark.slow
@pytest.mark.feature("MAT-04")
def test_a_moved_slider_is_a_try(page: Any):
    answer = page(minutter=5, kroner=50)

    assert answer.context["page"].fits == ()
    assert [fact.name for fact in answer.context["page"].tried] == ["max_minutes"]


@pytest.mark.slow
@pytest.mark.feature("MAT-04")
@pytest.mark.parametrize("asked", [{"minutter": 20, "kroner": 50}, {"minutter": "x", "kroner": "-1"}, {}])
def test_a_slider_that_was_not_moved_changes_nothing(page: Any, asked: dict[str, Any]):
    assert page(**asked).context["page"].tried == []


@pytest.mark.slow
def test_what_is_taken_along_is_in_the_residents_language(page: Any, cast: Cast):
    assert f'href="/med/ar/{cast.football.pk}/"' in text(page())


@pytest.mark.slow
@pytest.mark.parametrize(("language", "turned"), [("da", "ltr"), ("en", "ltr"), ("ar", "rtl")])
def test_the_page_to_take_along_speaks_each_language(along: Any, language: str, turned: str):
    shown = text(along(language))

    assert f'<html lang="{language}" dir="{turned}">' in shown
    assert 'href="tel:+4512345678"' in shown


@pytest.mark.slow
def test_a_language_we_do_not_have_has_no_page(along: Any):
    assert along("tlh").status_code == 404


@pytest.mark.slow
def test_small_paper_can_be_chosen(along: Any):
    assert ("paper--a5" in text(along("da")), "paper--a5" in text(along("da", papir="a5"))) == (False, True)


def test_the_page_to_take_along_and_its_address_tell_of_nobody(along: Any, cast: Cast):
    answer = along("da")

    assert str(cast.need.pk) not in answer.request["PATH_INFO"]
    assert [name for name in ("Amir", "Maja", str(cast.amir.pk)) if name in text(answer)] == []
