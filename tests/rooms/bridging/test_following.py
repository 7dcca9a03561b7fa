"""What a recipient says by the same link after taking it on: nothing is chosen beforehand, twice is once."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from brobygger.bridging import links
from brobygger.bridging.answers import Yes
from brobygger.bridging.models import Leg, Statement
from brobygger.foundation.scope import organisation_scope
from tests.people import HOUSE, Cast
from tests.rooms.bridging import stories

A_DAY = timedelta(days=1)


def taken_on(cast: Cast, answer: Yes | None = None) -> str:
    """A leg taken on eight days ago, and the token of its link."""
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        leg = stories.accepted(stories.sent(cast, at=now - 8 * A_DAY), at=now - 8 * A_DAY, answer=answer)
        return links.make_link(leg=leg, address="x", expires_at=now + A_DAY, at=now)


@pytest.fixture
def say(client: Client, cast: Cast) -> Callable[..., Any]:
    token = taken_on(cast)
    return lambda page="svar", **fields: client.post(
        f"/svar/{token}/{page}/", {"once": str(uuid4()), "version": leg().version, **fields}
    )


def leg() -> Leg:
    with organisation_scope(HOUSE):
        return Leg.objects.get()


def claims() -> list[str]:
    with organisation_scope(HOUSE):
        return list(Statement.objects.order_by("seq").values_list("claim", flat=True))


def today() -> str:
    return str(timezone.localdate())


@pytest.mark.feature("BRI-15")
def test_the_same_link_says_that_they_met(say: Callable[..., Any]):
    asked = say(svar="moedt")
    before = leg().state
    thanks = say(svar="moedt-dag", day=today())

    assert (asked.status_code, before, thanks.status_code) == (200, "accepted", 200)
    assert leg().state == "in_progress"


@pytest.mark.feature("BRI-05")
def test_done_asks_what_came_of_it_and_nothing_is_chosen(say: Callable[..., Any]):
    page = say(svar="klaret").content.decode()
    without = say(svar="klaret-med", day=today())

    assert 'type="radio"' in page
    assert "checked" not in page
    assert (without.status_code, leg().state) == (422, "accepted")


@pytest.mark.feature("BRI-05")
def test_done_with_an_outcome_ends_the_leg_and_the_link(client: Client, say: Callable[..., Any]):
    done = {"svar": "klaret-med", "outcome": "enrolled", "day": today(), "version": leg().version}

    first = say(**done)
    again = say(**done)
    other = say(svar="stadig")

    assert (leg().state, leg().outcome, leg().evidence) == ("completed", "enrolled", "provider")
    assert (first.content, other.status_code) == (again.content, 410)


def test_what_cannot_succeed_has_a_reason(say: Callable[..., Any]):
    without = say(svar="lykkedes-ikke-fordi")
    say(svar="lykkedes-ikke-fordi", reason="person_declined")

    assert (without.status_code, leg().state, leg().decided_by) == (422, "failed", "resident")


def test_a_meeting_that_came_to_nothing_ends_nothing(say: Callable[..., Any]):
    page = say(svar="ej-moedt")

    assert (page.status_code, leg().state, claims()[-1]) == (200, "accepted", "first_meeting_missed")


def test_still_under_way_can_be_said_again_another_month(client: Client, say: Callable[..., Any]):
    say(svar="moedt-dag", day=today())
    say(svar="stadig")
    say(svar="stadig")
    same = {"svar": "stadig", "once": str(uuid4())}
    say(**same)
    say(**same)

    assert claims().count("check_in") == 3


def test_a_place_from_the_waiting_list_carries_a_day(client: Client, cast: Cast):
    token = taken_on(cast, Yes(waitlisted=True))
    ahead = timezone.localdate() + A_DAY
    day = {"svar": "plads-dag", "day": str(ahead), "hour": "16:00", "version": leg().version}

    assert "Der er en plads nu" in client.post(f"/svar/{token}/vis/").content.decode()
    client.post(f"/svar/{token}/svar/", day)

    assert (leg().waitlisted_at, timezone.localdate(leg().promised_at)) == (None, ahead)


def test_another_language_reads_the_second_page_and_says_nothing(say: Callable[..., Any]):
    page = say(svar="moedt-dag", day=today(), laes_paa="en")

    assert (page.status_code, leg().state) == (200, "accepted")


def test_the_page_offers_only_what_fits(say: Callable[..., Any]):
    before = say("vis").content.decode()
    say(svar="moedt-dag", day=today())
    after = say("vis").content.decode()

    assert ('value="moedt"' in before, 'value="stadig"' in before) == (True, False)
    assert ('value="moedt"' in after, 'value="stadig"' in after) == (False, True)
