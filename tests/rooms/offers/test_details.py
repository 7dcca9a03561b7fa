"""A field and the rows beside it never say two things."""

from datetime import time

import pytest

from brobygger.foundation.scope import organisation_scope
from brobygger.offers.details import (
    Accessibility,
    Address,
    CostOption,
    ServiceArea,
    ServiceCapacity,
    SpokenLanguage,
    ToldSchedule,
)
from brobygger.offers.models import Location, Offer, Schedule
from brobygger.offers.terms import CapacityKind
from tests.people import CLUB, HOUSE

pytestmark = pytest.mark.feature("OFF-07")


@pytest.fixture
def offer(cast):
    with organisation_scope(HOUSE):
        yield cast.football


@pytest.mark.parametrize(
    ("row", "told", "changed"),
    [
        (CostOption, {"amount": 75}, {"price": 5_000}),
        (SpokenLanguage, {"code": "ar"}, {"languages": ["so"]}),
        (ServiceArea, {"name": "Bispebjerg"}, {"areas": ["2400"]}),
        (
            ServiceCapacity,
            {"available": 3},
            {"capacity_kind": CapacityKind.PLACES, "places_total": 9, "places_taken": 2},
        ),
    ],
)
def test_a_changed_field_withdraws_the_rows_that_told_the_former_value(offer, row, told, changed):
    one = row.objects.create(offer=offer, **told)

    Offer.objects.filter(pk=offer.pk).update(**changed)

    one.refresh_from_db()
    assert one.withdrawn_at is not None


def test_another_field_withdraws_nothing(offer):
    one = CostOption.objects.create(offer=offer, amount=75)

    Offer.objects.filter(pk=offer.pk).update(name="Fodbold for alle")

    one.refresh_from_db()
    assert one.withdrawn_at is None


def test_a_place_that_moves_withdraws_its_address_and_keeps_its_letter_box(offer):
    place = Location.objects.create(organisation_id=CLUB, name="Bane 2", address="Gammelvej 1")
    visited = Address.objects.create(location=place, address_1="Gammelvej 1")
    written_to = Address.objects.create(location=place, address_1="Boks 1", address_type="postal")

    Location.objects.filter(pk=place.pk).update(address="Nyvej 1")

    visited.refresh_from_db()
    written_to.refresh_from_db()
    assert (visited.withdrawn_at is None, written_to.withdrawn_at is None) == (False, True)


def test_a_place_whose_steps_are_gone_withdraws_the_words_about_them(offer):
    place = Location.objects.create(organisation_id=CLUB, name="Bane 2", is_step_free=False)
    one = Accessibility.objects.create(location=place, description="Tre trin")

    Location.objects.filter(pk=place.pk).update(is_step_free=True)

    one.refresh_from_db()
    assert one.withdrawn_at is not None


def test_new_hours_withdraw_the_week_that_was_told(offer):
    week = ToldSchedule.objects.create(offer=offer, byday="MO,TU", freq="WEEKLY", is_weekly=True)
    other = ToldSchedule.objects.create(offer=offer, freq="MONTHLY")

    Schedule.objects.create(offer=offer, weekday=0, opens_at=time(9), closes_at=time(10))

    week.refresh_from_db()
    other.refresh_from_db()
    assert (week.withdrawn_at is None, other.withdrawn_at is None) == (False, True)
