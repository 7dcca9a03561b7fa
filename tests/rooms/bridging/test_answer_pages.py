"""A partner without account: a cover, a press, a choice. Nothing that only looks changes anything."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from brobygger.bridging import links
from brobygger.bridging.jobs import dispatch
from brobygger.bridging.models import AnswerLink, Leg, Statement
from brobygger.bridging.terms import Claim
from brobygger.foundation.outbox import MessageState, OutboxMessage
from brobygger.foundation.scope import organisation_scope
from tests.people import HOUSE, Cast
from tests.rooms.bridging import stories

PERSONAL = ("Amir", "fodbold", "Fodbold", "genert", "+45")
TABLES = (
    "bridging_leg",
    "bridging_statement",
    "bridging_clock",
    "bridging_answerlink",
    "foundation_auditrow",
)


@pytest.fixture
def asked(cast: Cast) -> tuple[Leg, str]:
    """A leg that has been sent, and the token of its link."""
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        leg = stories.sent(cast, at=now)
        token = links.make_link(leg=leg, address="x", expires_at=now + timedelta(days=14), at=now)
    return leg, token


def state(leg: Leg) -> Leg:
    with organisation_scope(HOUSE):
        return Leg.objects.get(pk=leg.pk)


def rows() -> list[Any]:
    """Everything in the tables a link could touch, as text."""
    with organisation_scope(HOUSE), connection.cursor() as cursor:
        found = []
        for table in TABLES:
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")  # noqa: S608
            found.append(cursor.fetchall())
        return found


@pytest.mark.feature("BRI-09")
def test_a_thousand_looks_change_nothing_and_show_nothing_personal(client: Client, asked: tuple[Leg, str]):
    _leg, token = asked
    before = rows()

    shown = "".join(
        getattr(client, ("get", "head", "options")[n % 3])(
            f"/svar/{token}/{('', 'vis/', 'svar/')[n % 9 // 3]}"
        ).content.decode()
        for n in range(1000)
    )

    assert rows() == before
    assert not [word for word in PERSONAL if word in shown]


@pytest.mark.feature("BRI-09")
def test_pressing_show_reveals_and_says_opened(client: Client, asked: tuple[Leg, str]):
    leg, token = asked

    page = client.post(f"/svar/{token}/vis/")

    assert page.status_code == 200
    assert "Min søn taler ikke om andet end fodbold." in page.content.decode()
    assert state(leg).seen_at is not None


@pytest.mark.feature("BRI-09")
def test_a_machine_that_submits_without_choosing_answers_nothing(client: Client, asked: tuple[Leg, str]):
    leg, token = asked

    page = client.post(f"/svar/{token}/svar/", {"version": leg.version})

    assert page.status_code == 422
    assert state(leg).state == "requested"


@pytest.fixture
def yes(client: Client, asked: tuple[Leg, str]) -> Callable[[], Any]:
    """Open the leg and say yes to a day, as a person would."""
    leg, token = asked
    client.post(f"/svar/{token}/vis/")
    seen = state(leg).version
    day = (timezone.now() + timedelta(days=3)).isoformat()
    return lambda: client.post(f"/svar/{token}/svar/", {"svar": f"ja:{day}", "version": seen})


@pytest.mark.feature("BRI-09")
def test_the_same_yes_twice_is_one_yes_and_one_page(asked: tuple[Leg, str], yes: Callable[[], Any]):
    leg, _token = asked

    first, second = yes(), yes()

    with organisation_scope(HOUSE):
        said = Statement.objects.filter(leg=leg, claim=Claim.ACCEPTED).count()
    assert (first.status_code, second.status_code, said) == (200, 200, 1)
    assert first.content == second.content


def test_another_answer_after_the_first_is_told_kindly(
    client: Client, asked: tuple[Leg, str], yes: Callable[[], Any]
):
    _leg, token = asked
    yes()

    late = client.post(f"/svar/{token}/svar/", {"svar": "venteliste", "version": 1})

    assert late.status_code == 409
    assert "allerede svaret" in late.content.decode()


@pytest.mark.feature("BRI-04")
def test_a_no_asks_for_the_reason_and_none_is_chosen(client: Client, asked: tuple[Leg, str]):
    leg, token = asked

    page = client.post(f"/svar/{token}/svar/", {"svar": "nej", "version": leg.version}).content.decode()

    assert 'type="radio"' in page
    assert "checked" not in page
    assert state(leg).state == "requested"


@pytest.mark.feature("BRI-04")
def test_a_no_with_a_reason_ends_the_leg_and_the_link(client: Client, asked: tuple[Leg, str]):
    leg, token = asked
    choice = {"svar": "nej-fordi", "reason": "no_capacity", "version": leg.version}

    page = client.post(f"/svar/{token}/svar/", choice)

    assert page.status_code == 200
    assert (state(leg).state, state(leg).decided_by) == ("rejected", "recipient")
    assert client.get(f"/svar/{token}/").status_code == 410


def test_a_token_nobody_made_is_not_there(client: Client, cast: Cast):
    assert client.get("/svar/hemmelig/").status_code == 404


def test_a_link_past_its_day_says_only_that_it_is_over(client: Client, asked: tuple[Leg, str]):
    _leg, token = asked
    with organisation_scope(HOUSE):
        AnswerLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    page = client.post(f"/svar/{token}/vis/")

    assert page.status_code == 410
    assert not [word for word in PERSONAL if word in page.content.decode()]


def test_a_full_offer_keeps_the_question_open(
    client: Client, asked: tuple[Leg, str], yes: Callable[[], Any], cast
):
    leg, _token = asked
    with organisation_scope(HOUSE):
        type(cast.football).objects.filter(pk=cast.football.pk).update(places_taken=2)

    page = yes()

    assert page.status_code == 409
    assert state(leg).state == "requested"


@pytest.mark.feature("PRI-07")
def test_the_message_that_leaves_says_nothing_about_anybody(asked: tuple[Leg, str], settings, tmp_path):
    settings.BROBYGGER_HOME = str(tmp_path)
    with organisation_scope(HOUSE):
        message = OutboxMessage.objects.get(what="asked")

    dispatch(organisation=str(HOUSE), message=str(message.pk))

    (letter,) = (tmp_path / "outbox" / "traener@boldklub.invalid").glob("*.txt")
    text = letter.read_text()
    assert "/svar/" in text
    assert not [word for word in (*PERSONAL, "Boldklubben") if word in text]


@pytest.mark.feature("BRI-17")
def test_a_message_on_its_way_is_stopped_when_the_bridge_is(
    asked: tuple[Leg, str], cast: Cast, settings, tmp_path
):
    from brobygger.bridging.actions import withdraw_leg
    from brobygger.bridging.terms import DecidedBy, EndReason

    settings.BROBYGGER_HOME = str(tmp_path)
    leg, _token = asked
    with organisation_scope(HOUSE):
        message = OutboxMessage.objects.get(what="asked")
        withdraw_leg(
            leg=leg,
            decided_by=DecidedBy.RESIDENT,
            reason=EndReason.PERSON_DECLINED,
            by=cast.maja,
            at=timezone.now(),
        )

    dispatch(organisation=str(HOUSE), message=str(message.pk))

    with organisation_scope(HOUSE):
        assert OutboxMessage.objects.get(pk=message.pk).state == MessageState.STOPPED
    assert not list(tmp_path.rglob("*.txt"))
