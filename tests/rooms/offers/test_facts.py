"""The directory as fit wants it."""

import contextlib
from dataclasses import replace
from datetime import date, time

import pytest
from django.db import transaction

from brobygger.engine.fit.values import AgeSpan, Gender, Places, PlacesKind, Slot
from brobygger.engine.quantities import Money, Point
from brobygger.foundation.scope import organisation_scope
from brobygger.offers.facts import directory, offer_facts, read_model
from brobygger.offers.models import Location, Offer, OfferAtLocation, Schedule
from brobygger.offers.terms import CapacityKind, OfferStatus, OnlyFor
from tests.people import CLUB, HOUSE, TODAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts(cast: Cast):
    """`facts(price=0)` makes an offer in the house's scope and tells what fit is told about it."""

    def told(**fields):
        with organisation_scope(HOUSE):
            offer = Offer.objects.create(**{"organisation_id": CLUB, "name": "Værksted"} | fields)
        return next(one for one in offer_facts(TODAY) if one.id == offer.pk)

    return told


def hours(weekday: int, opens: str | None, closes: str | None, **of: object) -> None:
    with organisation_scope(HOUSE):
        Schedule.objects.create(weekday=weekday, opens_at=opens, closes_at=closes, **of)


def current(offer: Offer):
    return next(one for one in offer_facts(TODAY) if one.id == offer.pk)


def test_what_nobody_has_told_stays_unknown(facts):
    told = facts()

    known = (told.themes, told.points, told.slots, told.ages, told.languages, told.step_free)
    assert known == (None,) * 6
    assert (told.areas, told.price, told.places) == (None,) * 3


def test_an_empty_list_means_no_restriction(facts):
    told = facts(languages=[], areas=[], minimum_age=0, price=0)

    assert (told.languages, told.areas) == (frozenset(), frozenset())
    assert told.ages == AgeSpan()
    assert told.price == Money(0)


def test_the_last_year_of_an_age_limit_counts_with(cast):
    assert current(cast.football).ages == AgeSpan(6, 13)


def test_the_nearest_of_several_places_is_left_to_the_engine(cast):
    with organisation_scope(HOUSE):
        hall = Location.objects.create(organisation_id=CLUB, easting=1, northing=2)
        OfferAtLocation.objects.create(offer=cast.football, location=hall)

    assert set(current(cast.football).points) == {Point(722_600, 6_179_000), Point(1, 2)}


def test_an_offer_without_hours_of_its_own_has_those_of_its_place(cast):
    told = current(cast.football)

    assert told.slots == (Slot(0, 16 * 60, 17 * 60),)
    assert told.come_and_go


def test_its_own_hours_come_first_and_say_when_one_must_be_there(cast):
    hours(2, "18:00", "19:00", offer=cast.football)

    told = current(cast.football)
    assert told.slots == (Slot(2, 18 * 60, 19 * 60),)
    assert not told.come_and_go


def test_opening_hours_that_touch_are_one(cast):
    place = cast.football.at.get().location
    hours(0, "17:00", "19:00", location=place)

    assert current(cast.football).slots == (Slot(0, 16 * 60, 19 * 60),)


def test_a_closed_day_has_no_slot_and_only_closed_days_mean_that_one_must_ask(cast):
    hours(2, None, None, offer=cast.football)

    assert current(cast.football).slots is None


def test_time_by_arrangement_is_known_and_free(facts):
    assert facts(by_arrangement=True).slots == ()


def test_a_night_runs_into_the_next_day(facts, cast):
    hours(6, time(22).isoformat(), time(2).isoformat(), offer=cast.football)

    assert current(cast.football).slots == (Slot(0, 0, 120), Slot(6, 1320, 1440))


def test_an_hour_that_makes_no_sense_is_asked_about(cast):
    hours(2, "09:00", "05:00", offer=cast.football)

    assert current(cast.football).slots is None


def test_only_what_holds_for_every_place_holds_for_the_offer(cast):
    with organisation_scope(HOUSE):
        cellar = Location.objects.create(organisation_id=CLUB, is_step_free=False)
        OfferAtLocation.objects.create(offer=cast.football, location=cellar)

    assert current(cast.football).step_free is None


def test_an_area_that_is_not_a_postal_code_is_asked_about(facts):
    assert facts(areas=["2400"]).areas == {"2400"}
    assert facts(areas=["2400", "0101"]).areas is None


def test_the_last_place_taken_means_full(facts):
    told = facts(
        capacity_kind=CapacityKind.PLACES,
        places_total=4,
        places_taken=4,
        next_places_on=date(2027, 1, 7),
        capacity_confirmed_on=TODAY,
    )

    assert told.places == Places(PlacesKind.FULL, next_on=date(2027, 1, 7), confirmed_on=TODAY)


def test_groups_are_told_as_the_offer_tells_them(facts):
    assert facts(only_for=OnlyFor.WOMEN).genders == {Gender.WOMAN}
    assert facts().genders == frozenset()


def test_a_summers_rest_leaves_the_day_that_matters(facts):
    told = facts(closes_on=date(2026, 11, 1), opens_on=date(2027, 1, 10), status=OfferStatus.CLOSED)

    assert (told.opens_on, told.closes_on) == (date(2027, 1, 10), None)


def test_a_withdrawn_offer_is_not_in_the_directory(cast):
    with organisation_scope(HOUSE):
        Offer.objects.update(withdrawn_at="2026-11-01T12:00Z")

    assert offer_facts(TODAY) == []


def test_the_directory_is_read_once_while_nothing_changes(cast, django_assert_num_queries):
    first = directory(TODAY)

    with django_assert_num_queries(1):
        again = directory(TODAY)

    assert again is first


def test_a_new_a_changed_and_a_removed_row_are_seen_at_once(cast):
    before = set(directory(TODAY).ids)

    with organisation_scope(HOUSE):
        new = Offer.objects.create(organisation_id=CLUB, name="Nyt")
    assert set(directory(TODAY).ids) == {*before, new.pk}

    with organisation_scope(HOUSE):
        Offer.objects.filter(pk=new.pk).update(price=1)
        Offer.objects.filter(pk=new.pk).update(price=4200)
    assert directory(TODAY).offers[new.pk].price == Money(4200)

    hours(3, "17:00", "19:00", offer=new)
    assert directory(TODAY).offers[new.pk].slots == (Slot(3, 1020, 1140),)

    with organisation_scope(HOUSE):
        Offer.objects.filter(pk=new.pk).update(withdrawn_at="2026-11-01T12:00Z")
    assert set(directory(TODAY).ids) == before


def test_of_a_directory_in_memory_only_what_has_changed_is_read(cast, django_assert_num_queries):
    some = read_model(TODAY)
    for price in (1, 4_200):  # from the second change on it is known of each offer what it was made from
        with organisation_scope(HOUSE):
            Offer.objects.filter(pk=cast.football.pk).update(price=price)
        if price == 1:
            some = read_model(TODAY)

    with django_assert_num_queries(4):
        again = read_model(TODAY)

    assert again.lists.records is some.lists.records
    assert again.offers[cast.football.pk].price == Money(4_200)
    assert {**again.offers, **directory(TODAY).offers} == {told.id: told for told in offer_facts(TODAY)}


def test_what_moves_from_one_offer_to_another_changes_both(cast):
    with organisation_scope(HOUSE):
        one, other = (Offer.objects.create(organisation_id=CLUB, name=name) for name in ("En", "Anden"))
    hours(3, "17:00", "19:00", offer=one)
    read_model(TODAY)
    hours(4, "17:00", "19:00", offer=other)
    read_model(TODAY)

    with organisation_scope(HOUSE):
        Schedule.objects.filter(offer=one).update(offer=other)

    moved = read_model(TODAY).offers
    assert moved[one.pk].slots is None
    assert moved[other.pk].slots == (Slot(3, 1020, 1140), Slot(4, 1020, 1140))


def test_a_place_that_moves_takes_its_offers_along(cast):
    read_model(TODAY)
    hours(3, "17:00", "19:00", offer=cast.football)
    before = read_model(TODAY).offers[cast.football.pk]

    with organisation_scope(HOUSE):
        at = OfferAtLocation.objects.filter(offer=cast.football).values("location")
        Location.objects.filter(pk__in=at).update(easting=1, northing=2)

    after = read_model(TODAY).offers[cast.football.pk]
    assert after == replace(before, points=(Point(1, 2),))


def test_what_was_read_in_a_change_that_is_taken_back_is_forgotten(cast):
    read_model(TODAY)
    hours(3, "17:00", "19:00", offer=cast.football)
    before = read_model(TODAY).offers[cast.football.pk]
    with contextlib.suppress(ZeroDivisionError), transaction.atomic(), organisation_scope(HOUSE):
        Offer.objects.filter(pk=cast.football.pk).update(price=77)
        assert read_model(TODAY).offers[cast.football.pk].price == Money(77)
        raise ZeroDivisionError

    assert read_model(TODAY).offers[cast.football.pk] == before


def test_another_day_is_another_directory(facts):
    told = facts(closes_on=date(2026, 12, 1), opens_on=date(2027, 1, 10))

    assert directory(TODAY).offers[told.id].closes_on == date(2026, 12, 1)
    assert directory(date(2026, 12, 24)).offers[told.id].opens_on == date(2027, 1, 10)
