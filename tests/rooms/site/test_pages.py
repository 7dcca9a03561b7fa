"""The roof: front page, the day, language, and the pages that say what went wrong."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brobygger.accounts.terms import Role
from brobygger.foundation import installation
from brobygger.foundation.installation import InstallationKind
from brobygger.foundation.scope import organisation_scope
from brobygger.offers.terms import Theme
from brobygger.residents import actions
from brobygger.residents.models import Need
from tests.people import HOUSE, Cast, member

MOST, SIGN_IN_AND_SCOPE = 12, 3


@pytest.fixture
def maja(as_member: Callable[..., Client], cast: Cast) -> Client:
    return as_member(cast.maja)


def due(cast: Cast, days: int) -> None:
    """Amir's need has its date so many days from now."""
    with organisation_scope(HOUSE):
        Need.objects.filter(pk=cast.need.pk).update(next_step_on=timezone.localdate() + timedelta(days=days))


def test_the_front_page_says_what_this_is_and_searches_offers(client: Client, db):
    page = client.get("/").content.decode()

    assert "Fra et behov til hjælp, der passer" in page
    assert 'action="/tilbud/"' in page
    assert "Gå ind i øveudgaven" not in page


def test_in_a_demo_the_front_page_shows_the_way_in(client: Client, db):
    installation._known.append(InstallationKind.DEMO)

    assert "Gå ind i øveudgaven" in client.get("/").content.decode()


def test_a_member_goes_from_the_front_page_straight_to_the_day(maja: Client):
    assert maja.get("/").url == "/i-dag/"


@pytest.mark.feature("SIT-07")
def test_the_day_begins_with_what_waits_for_me(maja: Client, cast: Cast):
    due(cast, 0)

    page = maja.get("/i-dag/").content.decode()

    assert "Venter på dig i dag" in page
    assert page.count("Find en klub") == 1


@pytest.mark.feature("SIT-07")
def test_a_day_with_nothing_says_so_calmly(as_member, cast: Cast):
    page = as_member(cast.ole).get("/i-dag/").content.decode()

    assert "Ingen venter på dig" in page
    assert "Amir" not in page


def test_what_is_due_later_waits_its_turn(maja: Client, cast: Cast):
    due(cast, 3)

    page = maja.get("/i-dag/").content.decode()

    assert "Ingen venter på dig" in page
    assert "De næste dage" in page


def test_what_is_late_with_others_is_shown_to_the_leader_by_owner(as_member, cast: Cast):
    due(cast, -2)

    page = as_member(cast.torben).get("/i-dag/").content.decode()

    assert "Forfaldne hos andre" in page
    assert "2\xa0dage over" in page


def test_a_worker_is_not_shown_what_is_late_with_others(maja: Client, cast: Cast):
    due(cast, -2)
    with organisation_scope(HOUSE):
        Need.objects.filter(pk=cast.need.pk).update(owner=cast.torben)

    assert "Forfaldne hos andre" not in maja.get("/i-dag/").content.decode()


def test_a_volunteer_has_a_day_without_residents_names(as_member, cast: Cast):
    page = as_member(member(HOUSE, "Yusuf", Role.VOLUNTEER)).get("/i-dag/").content.decode()

    assert "Ingen venter på dig" in page
    assert "Amir" not in page
    assert "Gem notat" not in page


def test_a_stranger_is_shown_the_entrance_instead_of_a_day(client: Client, db):
    assert client.get("/i-dag/").url == "/ind/?next=/i-dag/"


def test_the_day_asks_no_more_than_twelve_times(maja: Client, cast: Cast):
    with organisation_scope(HOUSE):
        for number in range(20):
            actions.state_need(
                resident=cast.inger,
                words=f"Behov {number}",
                theme=Theme.LEISURE,
                owner=cast.maja,
                next_step="Ring",
                next_step_on=timezone.localdate() + timedelta(days=number % 4 - 2),
                by=cast.maja,
                at=timezone.now(),
            )

    with CaptureQueriesContext(connection) as asked:
        maja.get("/i-dag/")

    queries = [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(queries) <= MOST + SIGN_IN_AND_SCOPE, queries


@pytest.mark.feature("SIT-01")
def test_the_language_is_kept_and_one_stays_where_one_was(client: Client, db):
    answer = client.post("/sprog/", {"language": "en", "next": "/tilbud/"})

    assert answer.url == "/tilbud/"
    assert client.get("/").headers["Content-Language"] == "en"


@pytest.mark.parametrize("wanted", ["https://evil.example", "//evil.example", ""])
def test_a_change_of_language_leads_nowhere_else(client: Client, db, wanted):
    assert client.post("/sprog/", {"language": "en", "next": wanted}).url == "/"


def test_a_language_we_do_not_have_changes_nothing(client: Client, db):
    client.post("/sprog/", {"language": "xx"})

    assert client.get("/").headers["Content-Language"] == "da"


@pytest.mark.parametrize("address", ["/tilgaengelighed/", "/om-data/"])
def test_the_pages_about_the_house_are_open(client: Client, db, address):
    assert client.get(address).status_code == 200


def test_what_is_not_there_is_said_kindly(client: Client, db):
    answer = client.get("/findes-ikke/")

    assert answer.status_code == 404
    assert "Brobygger" in answer.content.decode()


def test_a_page_that_breaks_says_so_without_asking_the_database(client: Client, db, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr(installation, "kind", lambda: 1 / 0)

    answer = client.get("/")

    assert answer.status_code == 500
    assert "Brobygger" in answer.content.decode()
