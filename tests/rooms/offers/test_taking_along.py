"""What one takes along from an offer's page: the calendar file, the code to share, the place on a map."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from brobygger.foundation.scope import organisation_scope
from brobygger.offers import maps, reads
from brobygger.offers.maps import Point
from brobygger.offers.models import Location, Offer, OfferAtLocation, Schedule
from tests.people import HOUSE, Cast

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 24, 12, tzinfo=ZoneInfo("Europe/Copenhagen"))  # a Tuesday


def agenda(offer: Offer) -> list[str]:
    text = reads.agenda(offer.pk, at=NOON, address="http://localhost/tilbud/").as_text()
    return text.replace("\r\n ", "").split("\r\n")


@pytest.mark.feature("OFF-01")
def test_the_calendar_file_repeats_every_week_in_danish_time(cast: Cast):
    lines = agenda(cast.football)

    assert "DTSTART;TZID=Europe/Copenhagen:20261130T160000" in lines
    assert "DTEND;TZID=Europe/Copenhagen:20261130T170000" in lines
    assert "RRULE:FREQ=WEEKLY;BYDAY=MO" in lines
    assert f"SUMMARY:{cast.football.name}" in lines
    assert lines[0] == "BEGIN:VCALENDAR"
    assert lines[-2:] == ["END:VCALENDAR", ""]


def test_a_season_begins_and_ends_in_the_calendar_too(cast: Cast):
    with organisation_scope(HOUSE):
        Offer.objects.filter(pk=cast.football.pk).update(
            opens_on=date(2027, 1, 6), closes_on=date(2027, 6, 1)
        )

    lines = agenda(cast.football)

    assert "DTSTART;TZID=Europe/Copenhagen:20270111T160000" in lines
    assert "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270531T225959Z" in lines


def test_what_closes_after_midnight_ends_the_next_day(cast: Cast):
    with organisation_scope(HOUSE):
        Schedule.objects.update(opens_at="22:00", closes_at="02:00")

    assert "DTEND;TZID=Europe/Copenhagen:20261201T020000" in agenda(cast.football)


def test_an_offer_without_hours_has_no_calendar_file_and_no_link_to_one(client, cast: Cast):
    with organisation_scope(HOUSE):
        Schedule.objects.update(withdrawn_at=timezone.now())

    assert client.get(f"/tilbud/{cast.football.pk}/kalender.ics").status_code == 404
    assert "kalender.ics" not in client.get(f"/tilbud/{cast.football.pk}/").content.decode()


def test_the_file_comes_as_a_calendar(client, cast: Cast):
    answer = client.get(f"/tilbud/{cast.football.pk}/kalender.ics")

    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert answer["Content-Disposition"].startswith("attachment")
    assert all(len(line) <= 75 for line in answer.content.split(b"\r\n"))


def test_the_page_carries_a_code_with_its_own_address(client, cast: Cast):
    page = client.get(f"/tilbud/{cast.football.pk}/")

    assert page.context["address"].endswith(f"/tilbud/{cast.football.pk}/")
    assert 'src="data:image/svg+xml' in page.content.decode()


@pytest.mark.feature("OFF-01")
def test_where_people_are_in_hiding_no_page_shows_more_than_a_town(client, cast: Cast):
    with organisation_scope(HOUSE):
        shelter = Offer.objects.create(organisation=cast.club, name="Krisecenter Lygten", price=0)
        place = Location.objects.create(
            organisation=cast.club, name="Huset", city="Skjulby", is_protected=True, is_step_free=True
        )
        OfferAtLocation.objects.create(offer=shelter, location=place)
        Schedule.objects.create(offer=shelter, weekday=0, opens_at="9:00", closes_at="12:00")

    page = client.get(f"/tilbud/{shelter.pk}/").content.decode()
    chart = client.get("/tilbud/kort/", {"q": "lygten"})
    calendar = client.get(f"/tilbud/{shelter.pk}/kalender.ics").content.decode()

    assert "Adressen er beskyttet og vises ikke." in page
    assert "udsnit=" not in page
    assert "Skjulby" not in page + calendar + client.get("/tilbud/", {"q": "lygten"}).content.decode()
    assert (chart.context["chart"].places, chart.context["chart"].nowhere) == ((), 1)
    assert "adressen er beskyttet" in calendar


@pytest.mark.feature("OFF-01")
def test_the_map_numbers_what_was_found_and_the_list_says_the_same(client, cast: Cast):
    answer = client.get("/tilbud/kort/", {"q": "fodbold"})
    page = answer.content.decode()

    assert [place.offers[0].name for place in answer.context["chart"].places] == [cast.football.name]
    assert 'href="#sted-1"' in page
    assert 'id="sted-1"' in page


def test_the_map_keeps_the_questions_when_one_turns_back_to_the_list(client, cast: Cast):
    page = client.get("/tilbud/kort/", {"q": "fodbold", "gratis": "on"}).content.decode()

    assert re.search(r'href="/tilbud/\?q=fodbold&(amp;)?gratis=on"', page)


@pytest.mark.parametrize(
    "part", ["", "her", "1,2,3", "0,0,1", "99999999,99999999,99999999", "1,2,3,4", "-5,1,1", "٣,٣,٣"]
)
def test_no_part_of_the_land_breaks_the_map(client, cast: Cast, part):
    assert client.get("/tilbud/kort/", {"udsnit": part}).status_code == 200


def test_near_places_are_one_until_one_looks_closer():
    points = [Point(722_000, 6_179_000, 1), Point(722_100, 6_179_000, 2), Point(730_000, 6_179_000, 3)]

    first, last = maps.spots(points, maps.around(points))

    assert (first.offers, last.offers) == ((1, 2), (3,))
    assert last.closer is None
    assert [spot.offers for spot in maps.spots(points, first.closer)] == [(1,), (2,)]


def test_a_paused_offer_stays_on_the_map_with_its_opening_day(client, cast: Cast):
    day = timezone.localdate() + timedelta(days=60)
    with organisation_scope(HOUSE):
        Offer.objects.filter(pk=cast.football.pk).update(opens_on=day)

    assert "Åbner" in client.get("/tilbud/kort/").content.decode()
