"""A word to anybody of ours is enough: the pages on which a yes is taken back."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from brobygger.accounts.terms import Role
from brobygger.bridging.models import Leg
from brobygger.foundation.scope import organisation_scope
from brobygger.residents.models import Relation, Resident
from brobygger.residents.terms import RelationKind
from tests.people import HOUSE, TODAY, Cast, member
from tests.rooms.bridging import stories

pytestmark = pytest.mark.feature("BRI-17")


@pytest.fixture
def asked(cast: Cast) -> Leg:
    with organisation_scope(HOUSE, member=cast.maja.pk):
        return stories.sent(cast, at=timezone.now())


@pytest.fixture
def page(cast: Cast, asked: Leg) -> str:
    return f"/beboere/{cast.amir.pk}/samtykke/"


def state(asked: Leg) -> str:
    with organisation_scope(HOUSE):
        return Leg.objects.get(pk=asked.pk).state


def test_each_part_of_the_yes_can_be_ticked_alone(as_member, cast: Cast, page: str, once):
    shown = as_member(cast.maja).get(page).content.decode()

    assert f'value="{cast.club.pk}:first_name"' in shown
    assert f'value="{cast.club.pk}:answer"' in shown
    assert "ikke åbnet det hos os" in shown


def test_the_page_says_what_cannot_be_called_back(as_member, cast: Cast, page: str, asked: Leg):
    with organisation_scope(HOUSE):
        stories.opened(asked)

    shown = as_member(cast.maja).get(page).content.decode()

    assert "Det kan vi ikke kalde hjem." in shown


def test_one_press_takes_everything_back(as_member, cast: Cast, page: str, asked: Leg, once):
    answer = as_member(cast.maja).post(page, once(everything="1", how="phone"), follow=True)

    assert state(asked) == "cancelled"
    assert "Én bro er stoppet" in answer.content.decode()
    assert "har ikke sagt ja til noget lige nu" in answer.content.decode()


def test_a_tick_at_the_way_back_lets_the_bridge_live(as_member, cast: Cast, page: str, asked: Leg, once):
    as_member(cast.maja).post(page, once(what=[f"{cast.club.pk}:answer"], how="phone"))

    shown = as_member(cast.maja).get(page).content.decode()

    assert state(asked) == "requested"
    assert f"{cast.club.pk}:answer" not in shown


def test_all_kinds_ticked_stop_the_bridge(as_member, cast: Cast, page: str, asked: Leg, once):
    ticks = [f"{cast.club.pk}:{kind}" for kind in stories.KINDS]

    as_member(cast.maja).post(page, once(what=ticks, how="in_person"))

    assert state(asked) == "cancelled"


def test_no_tick_is_asked_about(as_member, cast: Cast, page: str, asked: Leg, once):
    answer = as_member(cast.maja).post(page, once(how="in_person"))

    assert (answer.status_code, state(asked)) == (422, "requested")


@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.WORKER, Role.LEADER, Role.BOARD, Role.PARTNER])
def test_no_role_can_refuse_whoever_has_a_relation_writes_it_down(
    as_member: Callable[..., Client], cast: Cast, page: str, asked: Leg, once: Callable[..., Any], role: Role
):
    hearer = member(HOUSE, "Yusuf", role)
    with organisation_scope(HOUSE):
        Relation.objects.create(worker=hearer, resident=cast.amir, kind=RelationKind.COMPANION, since=TODAY)

    as_member(hearer).post(page, once(everything="1", how="in_person"))

    assert state(asked) == "cancelled"


def test_a_volunteer_reads_the_first_name_only(as_member, cast: Cast, page: str):
    yusuf = member(HOUSE, "Yusuf", Role.VOLUNTEER)
    with organisation_scope(HOUSE):
        Resident.objects.filter(pk=cast.amir.pk).update(name="Amir Hassan")
        Relation.objects.create(worker=yusuf, resident=cast.amir, kind=RelationKind.COMPANION, since=TODAY)

    shown = as_member(yusuf).get(page).content.decode()

    assert ("Amir" in shown, "Hassan" in shown) == (True, False)


@pytest.mark.parametrize("role", list(Role))
def test_any_role_can_write_down_the_word_of_somebody_they_do_not_follow(
    as_member, cast: Cast, asked: Leg, once, role: Role
):
    with organisation_scope(HOUSE):
        Resident.objects.filter(pk=cast.amir.pk).update(reach_at="+45 12 34 56 78")
    hearer = as_member(member(HOUSE, "Bent", role))

    hearer.post("/taget-tilbage/", once(name="amir", number="12345678", how="in_person"))

    assert state(asked) == "cancelled"


def test_the_answer_is_the_same_whether_we_know_the_person_or_not(as_member, cast: Cast, asked: Leg, once):
    with organisation_scope(HOUSE):
        Resident.objects.filter(pk=cast.amir.pk).update(reach_at="+45 12 34 56 78")
    yusuf = as_member(member(HOUSE, "Yusuf", Role.VOLUNTEER))

    known, unknown = (
        yusuf.post("/taget-tilbage/", once(name=name, number="12345678", how="phone"))
        for name in ("Amir", "Bo")
    )

    assert known.status_code == unknown.status_code == 200
    assert "Tak, det er skrevet ned" in known.content.decode()
    assert known.content.decode().count("Amir") == unknown.content.decode().count("Amir")


def test_another_house_hears_nothing(as_member, cast: Cast, page: str, asked: Leg, once):
    answer = as_member(cast.ole).post(page, once(everything="1", how="phone"))

    assert (answer.status_code, state(asked)) == (404, "requested")
