"""The recipient of a leg, signed in or with a link, sees what was sent and changes nothing.

A partner's answer is an act of ours in the home's scope, after the right on that leg has been checked
(FOUNDATION 4); what is tried here is everything that would pass that by.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from uuid import uuid4

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from brobygger.accounts.models import Membership
from brobygger.bridging.models import AnswerLink, Bridge, Clock, Leg, LegReasons, LegSnapshot, Statement
from brobygger.foundation.scope import answer_scope, organisation_scope
from brobygger.offers.models import Offer, Phone
from brobygger.residents.models import Need, Note, Resident
from tests.house.world import World
from tests.people import CLUB, ELSEWHERE, HOUSE, NOW

WAYS = {
    "by account": lambda leg: organisation_scope(CLUB),
    "by link": lambda leg: answer_scope(CLUB, leg.pk),
}


@pytest.fixture(params=WAYS)
def way_in(request: pytest.FixtureRequest) -> Callable[[Leg], AbstractContextManager]:
    return WAYS[request.param]


@pytest.fixture
def leg(world: World, way_in: Callable[[Leg], AbstractContextManager]) -> Iterator[Leg]:
    """The leg our house sent to the club, as the club stands before it."""
    leg = world.houses[HOUSE].legs["club"]
    with way_in(leg):
        yield leg


def test_the_recipient_reads_what_was_sent(leg: Leg):
    told = LegSnapshot.objects.get(leg=leg)

    assert told.shared[0]["value"] == "Amir"


@pytest.mark.parametrize("model", [LegReasons, Clock, AnswerLink, Bridge, Need, Note, Resident])
def test_the_recipient_sees_nothing_of_the_house_itself(leg: Leg, model: type):
    assert not model.objects.exists()


def test_the_recipient_does_not_see_a_draft(leg: Leg, world: World):
    draft = world.houses[HOUSE].legs["draft"]

    assert not Leg.objects.filter(pk=draft.pk).exists()
    assert not Statement.objects.filter(leg_id=draft.pk).exists()


def test_after_the_access_has_ended_the_recipient_reads_no_more(leg: Leg, world: World):
    assert not LegSnapshot.objects.filter(leg_id=world.houses[HOUSE].legs["club, over"].pk).exists()


def test_a_link_opens_its_own_leg_only(world: World):
    with answer_scope(CLUB, world.houses[HOUSE].legs["club"].pk):
        assert [leg.code for leg in Leg.objects.all()] == ["B-1"]


def test_the_reasons_are_not_rewritten(leg: Leg):
    with pytest.raises(ProgrammingError, match="permission denied"):
        LegReasons.objects.filter(leg=leg).update(at=NOW)


def test_what_was_sent_is_not_rewritten(leg: Leg):
    assert LegSnapshot.objects.filter(leg=leg).update(message="") == 0


def test_the_row_is_not_given_away(leg: Leg):
    assert Leg.objects.filter(pk=leg.pk).update(recipient_id=ELSEWHERE) == 0
    assert Leg.objects.update(organisation_id=CLUB) == 0


def test_the_state_is_not_changed(leg: Leg):
    assert Leg.objects.filter(pk=leg.pk).update(state="accepted", promised_at=NOW) == 0


def test_nothing_is_said_in_the_name_of_the_house(leg: Leg):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Statement.objects.create(
            organisation_id=HOUSE, recipient_id=CLUB, leg=leg, seq=9, claim="accepted", actor_role="R",
            actor_name="x", channel="link", at=NOW,
        )  # fmt: skip


def test_no_leg_is_put_into_the_house(leg: Leg):
    with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
        Leg.objects.create(
            organisation_id=HOUSE, recipient_id=CLUB, bridge_id=leg.bridge_id, subject_id=uuid4(),
            offer_name="x", code="B-9", made_at=NOW,
        )  # fmt: skip


@pytest.mark.parametrize("model", [Leg, LegSnapshot, Statement])
def test_nothing_is_deleted(leg: Leg, model: type):
    with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
        model.objects.filter(organisation_id=HOUSE)._raw_delete("default")


def test_the_home_itself_cannot_give_the_row_away(world: World):
    with organisation_scope(HOUSE), pytest.raises(IntegrityError, match="banks"), transaction.atomic():
        Leg.objects.update(recipient_id=ELSEWHERE)


def test_the_home_itself_cannot_reword_what_was_sent(world: World):
    with (
        organisation_scope(HOUSE),
        pytest.raises(DatabaseError, match="emptied, not rewritten"),
        transaction.atomic(),
    ):
        LegSnapshot.objects.update(message="noget andet")


def test_a_house_hangs_nothing_on_anothers_offer(world: World):
    with organisation_scope(ELSEWHERE):
        Phone.objects.create(
            offer=Offer.objects.get(keeper_id=HOUSE, withdrawn_at=None), number="+45 00 00 00 00"
        )

    with pytest.raises(IntegrityError, match="offers_phone_policy_offer"), transaction.atomic():
        connection.check_constraints()


def test_a_house_makes_nobody_a_member_of_another(world: World):
    with organisation_scope(ELSEWHERE):
        assert Membership.objects.filter(organisation_id=HOUSE).update(is_active=False) == 0
