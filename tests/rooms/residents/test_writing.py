"""What documentation costs: seconds per note for the house, never for one person (RES-04)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client

from brobygger.accounts.terms import Role
from brobygger.foundation.scope import organisation_scope
from brobygger.residents.actions import add_note
from brobygger.residents.models import Note
from brobygger.residents.writing import LOOKED_BACK, writing_time
from tests.people import ELSEWHERE, HOUSE, NOW, Cast, member


def timed(cast: Cast, writers: int, *seconds: int) -> None:
    """Notes that took so many seconds, shared between so many writers."""
    hands = [cast.maja, cast.torben, *(member(HOUSE, f"Bo{n}", Role.WORKER) for n in range(writers - 2))]
    for n, one in enumerate(seconds):
        add_note(resident=cast.inger, text="x", by=hands[n % writers], at=NOW, seconds=one)


@pytest.mark.feature("RES-04")
def test_half_of_the_notes_took_at_most_the_median(in_house: Cast):
    timed(in_house, 3, 10, 20, 25, 40, 300)

    assert writing_time(now=NOW).median == 25


@pytest.mark.feature("RES-04")
def test_of_two_writers_there_is_no_figure(in_house: Cast):
    timed(in_house, 2, 10, 20, 25, 40, 300)

    assert writing_time(now=NOW).median is None


def test_of_four_notes_there_is_no_figure(in_house: Cast):
    timed(in_house, 3, 10, 20, 25, 40)

    assert writing_time(now=NOW).median is None


def test_older_notes_and_other_houses_do_not_count(in_house: Cast):
    timed(in_house, 3, 10, 20, 25, 40, 300)

    with organisation_scope(ELSEWHERE):
        elsewhere = writing_time(now=NOW).notes

    assert (elsewhere, writing_time(now=NOW + LOOKED_BACK + timedelta(seconds=1)).notes) == (0, 0)


@pytest.mark.parametrize(
    ("told", "kept"), [("12", 12), ("", None), ("0", None), ("99999", None), ("½", None)]
)
def test_what_a_browser_says_is_kept_or_left_out_and_never_stops_a_note(
    as_member: Callable[..., Client], cast: Cast, told: str, kept: int | None
):
    written = {"once": str(uuid4()), "text": "Talte i opgangen.", "seconds": told}

    answer = as_member(cast.maja).post(f"/beboere/{cast.inger.pk}/notat/", written)

    with organisation_scope(HOUSE):
        assert (answer.status_code, Note.objects.get().seconds) == (302, kept)


@pytest.mark.parametrize(("who", "status"), [("torben", 200), ("maja", 404), ("ole", 404)])
def test_the_page_is_the_leaders(as_member: Callable[..., Client], cast: Cast, who: str, status: int):
    assert as_member(getattr(cast, who)).get("/skrivetid/").status_code == status
