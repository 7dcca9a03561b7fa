"""The package does not fit: counted by offer and reason, never by person, and told from five on (BRI-20)."""

from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction

from brobygger.bridging.models import Bridge, Clock, Leg
from brobygger.bridging.terms import ClockKind, DecidedBy, LegState, RejectReason
from brobygger.foundation.scope import organisation_scope
from brobygger.offers.models import Offer
from brobygger.offers.terms import Theme
from brobygger.residents.models import Need
from brobygger.statistics.counting import count_why_nots
from brobygger.statistics.models import WhyNot
from tests.people import ELSEWHERE, HOUSE, NOW, Cast
from tests.rooms.statistics.many import residents
from tests.rooms.statistics.test_gaps import offered

pytestmark = [pytest.mark.django_db, pytest.mark.feature("BRI-20")]


def counted() -> set[tuple[str, str, int]]:
    """(offer, reason, persons) after a night."""
    with organisation_scope(HOUSE):
        count_why_nots(NOW)
        rows = WhyNot.objects.select_related("offer")
        return {(row.offer.name if row.offer else "", row.reason, row.persons) for row in rows}


def speak_only(cast: Cast, language: str, how_many: int) -> None:
    with organisation_scope(HOUSE):
        if not Offer.objects.filter(name="Gæld i kirken").exists():
            offered(cast, "Gæld i kirken")
        residents(cast, how_many, theme=Theme.DEBT, languages=[language])


def say_no(cast: Cast, to: list[UUID], reason: RejectReason) -> None:
    with organisation_scope(HOUSE):
        bridge, is_new = Bridge.objects.get_or_create(need=cast.need, owner=cast.maja, opened_at=NOW)
        if is_new:
            Clock.objects.create(
                bridge=bridge,
                kind=ClockKind.CHOOSE_NEXT,
                owner=cast.maja,
                watcher=cast.maja,
                set_at=NOW,
                due_at=NOW,
            )
        for n, subject in enumerate(to):
            Leg.objects.create(
                bridge=bridge,
                recipient=cast.club,
                subject_id=subject,
                offer=cast.football,
                offer_name=cast.football.name,
                code=f"B-{reason.value[:3]}{n}",
                made_at=NOW,
                sent_at=NOW,
                state=LegState.REJECTED,
                ended_at=NOW,
                decided_by=DecidedBy.RECIPIENT,
                reason=reason,
            )


def test_a_rule_that_alone_stops_five_is_counted(cast: Cast):
    speak_only(cast, "ar", 5)

    assert counted() == {("Gæld i kirken", "language", 5)}


@pytest.mark.slow
def test_a_rule_that_stops_four_is_not_even_kept(cast: Cast):
    speak_only(cast, "ar", 4)

    assert counted() == set()


@pytest.mark.slow
def test_two_rules_in_the_way_are_no_near_miss(cast: Cast):
    speak_only(cast, "ar", 5)
    with organisation_scope(HOUSE):
        Offer.objects.filter(name="Gæld i kirken").update(only_for="women")
        cast.amir.__class__.objects.exclude(pk=cast.amir.pk).update(gender="man")

    assert counted() == set()


@pytest.mark.slow
def test_a_number_does_not_fall_when_needs_are_closed(cast: Cast):
    speak_only(cast, "ar", 6)
    before = counted()
    with organisation_scope(HOUSE):
        Need.objects.update(closed_at=NOW, outcome="unknown")

    assert before == counted() == {("Gæld i kirken", "language", 6)}


@pytest.mark.slow
def test_noes_are_counted_by_different_residents(cast: Cast):
    one, *others = (uuid4() for _ in range(5))
    say_no(cast, [one, one, *others], RejectReason.NOT_ELIGIBLE)

    assert counted() == {(cast.football.name, "not_eligible", 5)}


@pytest.mark.slow
def test_who_is_there_already_was_not_told_no(cast: Cast):
    say_no(cast, [uuid4() for _ in range(6)], RejectReason.ALREADY_ENROLLED)

    assert counted() == set()


@pytest.mark.slow
@pytest.mark.feature("STA-01")
def test_a_leader_reads_of_five_and_of_no_fewer(as_member: Any, cast: Cast):
    say_no(cast, [uuid4() for _ in range(5)], RejectReason.NOT_ELIGIBLE)
    say_no(cast, [uuid4() for _ in range(4)], RejectReason.WRONG_SERVICE)
    counted()

    page = as_member(cast.torben).get("/tal/nej/").content.decode()

    assert "Uden for målgruppen" in page
    assert "5 beboere" in page
    assert "Ikke det, vi gør" not in page


@pytest.mark.slow
def test_the_page_is_for_leaders_and_another_house_sees_nothing(as_member: Any, cast: Cast):
    say_no(cast, [uuid4() for _ in range(5)], RejectReason.NOT_ELIGIBLE)
    counted()

    assert as_member(cast.maja).get("/tal/nej/").status_code == 404
    with organisation_scope(ELSEWHERE):
        assert not WhyNot.objects.exists()


def test_a_why_not_has_no_column_that_leads_to_a_person():
    """What is kept for the later signal cannot be traced back, whatever is added to it."""
    columns = {field.name for field in WhyNot._meta.concrete_fields}

    assert columns == {
        "id", "organisation_id", "recipient", "offer", "heard", "reason", "year", "persons", "counted_on",
    }  # fmt: skip


@pytest.mark.slow
def test_one_reason_has_one_number_a_year(in_house: Cast):
    about = {"recipient": in_house.club, "heard": "no", "reason": "other", "year": 2026, "counted_on": NOW}
    WhyNot.objects.create(**about, persons=5)

    with pytest.raises(IntegrityError, match="one_number_for_each_reason_and_year"), transaction.atomic():
        WhyNot.objects.create(**about, persons=6)
