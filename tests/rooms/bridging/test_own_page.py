"""The resident's own page: a cover that says nothing, then everything, and a word that counts."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone

from brobygger.bridging import endings, links
from brobygger.bridging.jobs import invite
from brobygger.bridging.models import Bridge, Leg, ResidentLink
from brobygger.bridging.terms import LegOutcome
from brobygger.foundation.outbox import OutboxMessage
from brobygger.foundation.scope import organisation_scope
from brobygger.residents.models import Resident
from tests.people import HOUSE, Cast
from tests.rooms.bridging import stories

A_DAY = timedelta(days=1)
PERSONAL = ("Amir", "fodbold", "Fodbold", "Boldklubben", "+45", "Maja")


@pytest.fixture
def token(cast: Cast) -> str:
    """The resident's link to a bridge that was taken on; they were to meet two days ago."""
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        leg = stories.accepted(stories.sent(cast, at=now - 8 * A_DAY), at=now - 8 * A_DAY)
        return links.make_resident_link(bridge=leg.bridge, address="", expires_at=now + A_DAY, at=now)


@pytest.fixture
def press(client: Client, token: str) -> Callable[..., Any]:
    return lambda page, **fields: client.post(f"/min/{token}/{page}/", {"once": str(uuid4()), **fields})


def bridge() -> Bridge:
    with organisation_scope(HOUSE):
        return Bridge.objects.get()


def leg() -> Leg:
    with organisation_scope(HOUSE):
        return Leg.objects.get()


def verdicts() -> list[str]:
    with organisation_scope(HOUSE):
        words = bridge().words.filter(claim="verdict").order_by("seq")
        return list(words.values_list("verdict", flat=True))


def rows() -> list[Any]:
    """Everything in every table, as the house may read it, as text."""
    with organisation_scope(HOUSE), connection.cursor() as cursor:
        found = []
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f"SELECT t::text FROM {table} t ORDER BY 1")  # noqa: S608
            found.append((table, cursor.fetchall()))
        return found


def done() -> None:
    """The club says that it is done."""
    with organisation_scope(HOUSE):
        found = Leg.objects.select_related("recipient", "contact", "offer").get()
        endings.complete_leg(
            leg=found,
            seen=found.version,
            outcome=LegOutcome.ENROLLED,
            met_at=timezone.now(),
            speaker=stories.TRAINER,
            by=stories.by_link(found),
            at=timezone.now(),
        )


@pytest.mark.feature("PRI-07")
def test_a_look_shows_nothing_of_anybody_and_changes_nothing(client: Client, token: str):
    before = rows()

    shown = "".join(
        getattr(client, verb)(f"/min/{token}/{page}").content.decode()
        for verb in ("get", "head", "options")
        for page in ("", "vis/", "svar/", "stop/")
    )

    assert rows() == before
    assert not [word for word in PERSONAL if word in shown]


def test_a_press_shows_what_we_do_and_who_knows_what(press: Callable[..., Any]):
    page = press("vis").content.decode()

    told = ["Hej Amir", "Min søn taler ikke om andet end fodbold.", "Boldklubben", "Fornavn", "Maja fra"]
    assert [word for word in told if word not in page] == []


def test_a_token_nobody_made_is_not_there(client: Client, cast: Cast):
    assert client.get("/min/hemmelig/").status_code == 404


def test_a_link_past_its_day_says_only_that_it_is_over(press: Callable[..., Any], token: str):
    with organisation_scope(HOUSE):
        ResidentLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    page = press("vis")

    assert page.status_code == 410
    assert not [word for word in PERSONAL if word in page.content.decode()]


@pytest.mark.feature("BRI-06")
def test_the_residents_own_answer_closes_the_loop(press: Callable[..., Any]):
    done()

    thanks = press("svar", svar="got_help_full", text="Han elsker det.")

    assert (thanks.status_code, bridge().verdict, bridge().closed_at is not None) == (
        200,
        "got_help_full",
        True,
    )
    assert not [word for word in PERSONAL if word in thanks.content.decode()]


def test_seven_answers_look_alike_and_none_is_chosen(press: Callable[..., Any]):
    done()

    page = press("vis").content.decode()

    assert page.count('name="svar" value=') == 7
    assert "checked" not in page
    assert press("svar").status_code == 422
    assert verdicts() == []


def test_the_same_press_twice_is_one_answer_and_one_page(client: Client, token: str):
    done()
    form = {"once": str(uuid4()), "svar": "got_help_full"}

    first, second = (client.post(f"/min/{token}/svar/", form) for _press in range(2))

    assert (first.content, len(verdicts())) == (second.content, 1)


@pytest.mark.feature("BRI-06")
def test_an_answer_can_be_changed_and_changed_back(press: Callable[..., Any]):
    done()

    for answer in ("got_help_full", "not_helped", "got_help_full"):
        press("svar", svar=answer)

    assert verdicts() == ["got_help_full", "not_helped", "got_help_full"]


@pytest.mark.feature("BRI-15")
def test_the_resident_says_that_they_met(press: Callable[..., Any]):
    assert "Har I mødt hinanden?" in press("vis").content.decode()

    press("svar", svar="moedt")

    assert leg().state == "in_progress"


@pytest.mark.feature("BRI-17")
def test_one_press_asks_and_the_next_one_stops(press: Callable[..., Any]):
    asked = press("stop", kode=leg().code)
    before = leg().state
    stopped = press("stop", kode=leg().code, ja="ja")

    assert (asked.status_code, before, stopped.status_code) == (200, "accepted", 200)
    assert (leg().state, leg().reason) == ("cancelled", "consent_withdrawn")


def test_another_language_reads_the_answer_page_and_answers_nothing(press: Callable[..., Any]):
    done()

    page = press("svar", svar="got_help_full", laes_paa="en")

    assert (page.status_code, verdicts()) == (200, [])


def test_the_page_asks_at_most_twelve_questions(
    press: Callable[..., Any], django_assert_max_num_queries: Any
):
    link_scope_and_trail = 1 + 3 + 3
    with django_assert_max_num_queries(12 + link_scope_and_trail):
        press("vis")


# --- how the link gets there ---


@pytest.fixture
def maja(as_member: Callable[..., Client], cast: Cast) -> Client:
    return as_member(cast.maja)


def invited(maja: Client, way: str) -> Any:
    return maja.post(f"/broer/{bridge().pk}/egen-side/", {"once": str(uuid4()), "way": way})


@pytest.mark.feature("PRI-07")
def test_the_message_to_the_resident_says_nothing_about_anybody(
    maja: Client, token: str, cast: Cast, settings: Any, tmp_path: Path
):
    settings.BROBYGGER_HOME = str(tmp_path)
    with organisation_scope(HOUSE):
        Resident.objects.filter(pk=cast.amir.pk).update(reach_by="sms", speaks="da")
    invited(maja, "write")
    with organisation_scope(HOUSE):
        message = OutboxMessage.objects.get(what="own_page")

    invite(organisation=str(HOUSE), message=str(message.pk))

    (letter,) = tmp_path.rglob("*.txt")
    text = letter.read_text().replace(f"Til: {cast.amir.reach_at}", "")
    assert not [word for word in PERSONAL if word in text]
    address = text.partition("/min/")[2].split("/")[0]
    assert maja.get(f"/min/{address}/").status_code == 200


def test_nobody_writes_where_the_resident_is_reached_at_the_door(maja: Client, token: str, cast: Cast):
    with organisation_scope(HOUSE):
        Resident.objects.filter(pk=cast.amir.pk).update(reach_by="door")

    assert invited(maja, "write").status_code == 422


def test_a_link_given_by_hand_stands_on_the_workers_page_and_ends_the_earlier_one(
    client: Client, maja: Client, token: str
):
    page = maja.get(invited(maja, "hand").url).content.decode()

    address = page.partition("/min/")[2].split("/")[0]
    assert client.get(f"/min/{address}/").status_code == 200
    assert client.get(f"/min/{token}/").status_code == 410


def test_ole_gives_nobody_a_page(as_member: Callable[..., Client], token: str, cast: Cast):
    assert as_member(cast.ole).get(f"/broer/{bridge().pk}/egen-side/").status_code == 404
