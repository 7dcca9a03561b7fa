"""A partner without account: a cover, a press, a choice. Nothing that only looks changes anything."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.utils import timezone

from brobygger.bridging import links, ringing
from brobygger.bridging.jobs import dispatch
from brobygger.bridging.models import AnswerLink, Clock, Leg, Statement
from brobygger.bridging.terms import Claim
from brobygger.foundation.audit import AuditRow
from brobygger.foundation.outbox import MessageState, OutboxMessage
from brobygger.foundation.scope import organisation_scope
from brobygger.offers.models import OfferAtLocation
from brobygger.privacy.models import Consent
from brobygger.privacy.terms import ConsentAct
from tests.people import HOUSE, Cast
from tests.rooms.bridging import stories

PERSONAL = ("Amir", "fodbold", "Fodbold", "genert", "+45")


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
    """Everything in every table, as the house may read it, as text."""
    with organisation_scope(HOUSE), connection.cursor() as cursor:
        found = []
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")  # noqa: S608
            found.append((table, cursor.fetchall()))
        return found


@pytest.mark.slow
@pytest.mark.feature("BRI-09")
@pytest.mark.asvs("3.5.3")
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


def test_names_longer_than_a_column_stop_nobody_from_answering(
    client: Client, asked: tuple[Leg, str], yes: Callable[[], Any], cast: Cast
):
    leg, token = asked
    with organisation_scope(HOUSE):
        Leg.objects.update(contact=None, seen_at=None)
    with organisation_scope(cast.club.keeper_id):
        type(cast.club).objects.filter(pk=cast.club.pk).update(name="Foreningen " + "for børn " * 27)

    shown = client.post(f"/svar/{token}/vis/")
    answered = yes()

    assert (shown.status_code, answered.status_code, state(leg).state) == (200, 200, "accepted")


@pytest.mark.parametrize(
    "answer",
    [
        {"svar": "ja:9999-12-31T23:59:59+00:00"},
        {"svar": "anden-dag", "day": "9999-12-31", "hour": "23:59"},
        {"svar": "anden-dag", "day": "2206-05-04", "hour": "16:00"},
    ],
)
def test_a_day_nobody_could_wait_for_is_asked_again(
    client: Client, asked: tuple[Leg, str], answer: dict[str, str]
):
    leg, token = asked

    page = client.post(f"/svar/{token}/svar/", answer | {"version": str(leg.version)})

    assert (page.status_code, state(leg).state) == (422, "requested")


def test_the_same_no_again_gives_the_same_page_and_anything_else_is_over(
    client: Client, asked: tuple[Leg, str]
):
    leg, token = asked
    no = {"svar": "nej-fordi", "reason": "no_capacity", "version": leg.version}
    first = client.post(f"/svar/{token}/svar/", no)

    again = client.post(f"/svar/{token}/svar/", no)
    other = client.post(f"/svar/{token}/svar/", no | {"reason": "safety"})

    assert (again.status_code, again.content, other.status_code) == (200, first.content, 410)


def test_another_browser_gets_a_form_of_its_own(asked: tuple[Leg, str]):
    leg, token = asked
    choice = {"svar": "anden", "version": leg.version}
    browsers = [Client(enforce_csrf_checks=True) for _ in range(2)]
    for browser in browsers:
        key = browser.get(f"/svar/{token}/").context["csrf_token"]
        page = browser.post(f"/svar/{token}/svar/", choice | {"csrfmiddlewaretoken": str(key)})

    form = {"csrfmiddlewaretoken": field(page, "csrfmiddlewaretoken"), "svar": "anden-dag", "version": "1"}
    answer = browsers[1].post(f"/svar/{token}/svar/", form)

    assert answer.status_code == 422


def field(page: Any, name: str) -> str:
    """The value of the first hidden field of that name."""
    return page.content.decode().partition(f'name="{name}" value="')[2].partition('"')[0]


def test_whatever_press_reveals_it_says_opened_and_is_in_the_trail(client: Client, asked: tuple[Leg, str]):
    leg, token = asked

    page = client.post(f"/svar/{token}/svar/", {"version": leg.version})

    assert "taler ikke om andet" in page.content.decode()
    assert state(leg).seen_at is not None
    with organisation_scope(HOUSE):
        assert AuditRow.objects.filter(act="leg:shown", by_kind="link").count() == 1


def test_after_the_consent_has_run_out_nothing_is_shown(client: Client, asked: tuple[Leg, str], cast: Cast):
    _leg, token = asked
    withdraw(Consent.objects.filter(direction="give"))

    page = client.post(f"/svar/{token}/vis/")

    assert page.status_code == 410
    assert not [word for word in PERSONAL if word in page.content.decode()]


def withdraw(lines: QuerySet[Consent]) -> None:
    """A new line that takes the newest of these back."""
    with organisation_scope(HOUSE):
        line = lines.latest("at")
        line.pk, line.act, line.at = uuid4(), ConsentAct.WITHDRAWN, timezone.now()
        line.save(force_insert=True)


def test_without_a_way_back_they_answer_yes_or_no_and_tell_nothing_more(
    client: Client, asked: tuple[Leg, str], cast: Cast
):
    leg, token = asked
    withdraw(Consent.objects.filter(direction="get"))
    day = timezone.localdate() + timedelta(days=3)
    told = {
        "svar": "anden-dag",
        "day": str(day),
        "hour": "16:00",
        "text": "Han græd.",
        "version": leg.version,
    }

    form = client.post(f"/svar/{token}/svar/", {"svar": "anden", "version": leg.version})
    client.post(f"/svar/{token}/svar/", told)

    assert 'name="text"' not in form.content.decode()
    with organisation_scope(HOUSE):
        assert Statement.objects.get(claim=Claim.ACCEPTED).text == ""


def test_the_recipient_reads_nothing_of_how_the_house_works_inside(
    client: Client, asked: tuple[Leg, str], cast: Cast
):
    leg, token = asked
    with organisation_scope(HOUSE):
        for _step in range(3):
            clock = Clock.objects.get(leg=leg, ended_at=None)
            ringing.ring(clock=clock, at=clock.due_at)

    page = client.post(f"/svar/{token}/vis/").content.decode()

    assert not [word for word in ("lederen", "Maja") if word in page]
    assert "Beboerhuset" in page


def test_times_at_a_place_the_offer_has_left_are_not_offered(
    client: Client, asked: tuple[Leg, str], cast: Cast
):
    _leg, token = asked
    with organisation_scope(HOUSE):
        OfferAtLocation.objects.update(withdrawn_at=timezone.now())

    page = client.post(f"/svar/{token}/vis/")

    assert page.context["days"] == []
