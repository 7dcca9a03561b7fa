"""Somebody goes along: asked, agreed, held or missed, and after three days sees nothing more."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.http import Http404

from brobygger.accounts.models import Membership
from brobygger.accounts.terms import Role
from brobygger.bridging import actions, companions, company, meetings
from brobygger.bridging.models import Accompaniment, Leg, LegDraft
from brobygger.bridging.refusing import NotYours, Refused
from brobygger.bridging.sentences import Refusal
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, Channel, CompanyWish, DecidedBy, EndReason
from tests.people import HOUSE, NOW, Cast, member
from tests.rooms.bridging import stories

MEETING = NOW + timedelta(days=6)


@pytest.fixture
def yusuf(in_house: Cast) -> Membership:
    return member(HOUSE, "Yusuf", Role.VOLUNTEER)


def offered(leg: Leg, cast: Cast, **who: object) -> Accompaniment:
    return companions.offer_company(
        leg=leg, meet_at=MEETING, meet_where="ved døren", wishes="ikke om skolen", by=cast.maja, at=NOW, **who
    )


def along(who: Membership) -> Speaker:
    return Speaker(ActorRole.COMPANION, who.name, Channel.IN_PERSON)


def agreed(leg: Leg, cast: Cast, yusuf: Membership) -> Accompaniment:
    return companions.agree_company(company=offered(leg, cast, companion=yusuf), by=yusuf, at=NOW)


def test_the_answer_to_whether_somebody_goes_along_is_kept(in_house: Cast):
    leg = stories.sent(in_house)

    companions.ask_company(leg=leg, wish=CompanyWish.LATER, by=in_house.maja, at=NOW)

    assert LegDraft.objects.get(leg=leg).company == "later"


@pytest.mark.feature("BRI-15")
def test_the_companion_knows_when_where_a_first_name_and_the_wishes(in_house: Cast, yusuf: Membership):
    offered(stories.accepted(stories.sent(in_house)), in_house, companion=yusuf)

    [outing] = company.outings_of(yusuf, now=NOW)

    assert (outing.first_name, outing.recipient, outing.company.wishes) == (
        "Amir",
        "Boldklubben",
        "ikke om skolen",
    )


@pytest.mark.feature("BRI-15")
@pytest.mark.parametrize(("days", "sees"), [(2, True), (4, False)])
def test_three_days_after_the_meeting_the_companion_sees_nothing(
    in_house: Cast, yusuf: Membership, days, sees
):
    leg = stories.accepted(stories.sent(in_house))
    agreed(leg, in_house, yusuf)
    stories.met(leg, at=MEETING)

    seen = company.outings_of(yusuf, now=MEETING + timedelta(days=days))

    assert bool(seen) is sees


def test_nobody_else_sees_where_somebody_goes_along(in_house: Cast, yusuf: Membership):
    outing = offered(stories.accepted(stories.sent(in_house)), in_house, companion=yusuf)

    with pytest.raises(Http404):
        company.outing_for(in_house.ole, outing.pk, now=NOW)


@pytest.mark.feature("BRI-15")
def test_whoever_goes_along_may_say_that_they_met(in_house: Cast, yusuf: Membership):
    leg = stories.accepted(stories.sent(in_house))
    outing = agreed(leg, in_house, yusuf)

    meetings.tell_first_meeting(
        leg=leg, happened_at=MEETING, speaker=along(yusuf), by=yusuf.actor, at=MEETING
    )

    outing.refresh_from_db()
    assert (stories.latest(leg).state, outing.state) == ("in_progress", "held")


def test_another_volunteer_may_not(in_house: Cast, yusuf: Membership):
    leg = stories.accepted(stories.sent(in_house))

    with pytest.raises(NotYours):
        meetings.tell_first_meeting(leg=leg, happened_at=NOW, speaker=along(yusuf), by=yusuf.actor, at=NOW)


def test_a_missed_meeting_is_missed_company(in_house: Cast, yusuf: Membership):
    leg = stories.accepted(stories.sent(in_house))
    outing = agreed(leg, in_house, yusuf)

    meetings.tell_missed_meeting(leg=leg, speaker=along(yusuf), by=yusuf.actor, at=MEETING)

    outing.refresh_from_db()
    assert outing.state == "missed"


def test_another_day_is_another_question(in_house: Cast, yusuf: Membership):
    leg = stories.accepted(stories.sent(in_house))
    outing = agreed(leg, in_house, yusuf)

    later = MEETING + timedelta(days=1)
    meetings.plan_meeting(leg=leg, when=later, speaker=stories.TRAINER, by=stories.by_link(leg), at=NOW)

    outing.refresh_from_db()
    assert (outing.state, outing.meet_at) == ("offered", later)


def test_the_residents_own_person_has_agreed_already(in_house: Cast):
    outing = offered(stories.accepted(stories.sent(in_house)), in_house, own_person="Naboen Ali")

    assert (outing.state, outing.companion) == ("agreed", None)


def test_one_goes_along_at_a_time(in_house: Cast, yusuf: Membership):
    leg = stories.accepted(stories.sent(in_house))
    offered(leg, in_house, companion=yusuf)

    with pytest.raises(Refused) as refused:
        offered(leg, in_house, own_person="Naboen Ali")

    assert refused.value.refused.why is Refusal.COMPANY_IS_FOUND


def test_nobody_goes_along_to_what_is_over(in_house: Cast, yusuf: Membership):
    leg = stories.accepted(stories.sent(in_house))
    agreed(leg, in_house, yusuf)

    actions.withdraw_leg(
        leg=leg, decided_by=DecidedBy.RESIDENT, reason=EndReason.PERSON_DECLINED, by=in_house.maja, at=NOW
    )

    assert company.outings_of(yusuf, now=NOW + timedelta(seconds=1)) == []


def test_cancelled_company_is_out_of_sight_at_once(in_house: Cast, yusuf: Membership):
    outing = offered(stories.accepted(stories.sent(in_house)), in_house, companion=yusuf)

    companions.cancel_company(company=outing, by=yusuf, at=NOW)

    assert company.outings_of(yusuf, now=NOW) == []


@pytest.mark.parametrize("changes", [{"own_person": "Ali"}, {"state": "held"}, {"ended_at": NOW}])
def test_the_database_keeps_company_in_order(in_house: Cast, yusuf: Membership, changes):
    offered(stories.accepted(stories.sent(in_house)), in_house, companion=yusuf)

    with pytest.raises(IntegrityError), transaction.atomic():
        Accompaniment.objects.update(**changes)
