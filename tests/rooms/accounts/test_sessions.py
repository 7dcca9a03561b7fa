"""A session ends: by rest, by age, by its owner, by a leader, by a new password. The clock is moved."""

from collections.abc import Callable

import pytest
from django.test import Client

from brobygger.accounts import actions, sessions
from brobygger.accounts.models import Session
from brobygger.foundation import installation
from brobygger.foundation.installation import InstallationKind
from brobygger.foundation.scope import organisation_scope
from tests.people import HOUSE, NOW, Cast
from tests.rooms.accounts.doors import WORDS, Key, come_in

pytestmark = pytest.mark.feature("ACC-01")
NEW = "en ny og meget lang vending om bier"


def is_in(client: Client) -> bool:
    return client.get("/beboere/").status_code == 200


@pytest.mark.asvs("7.3.1")
def test_a_session_at_rest_ends_after_half_an_hour(
    client: Client, maja: Key, move_clock: Callable[..., None]
):
    come_in(client, maja)
    move_clock(minutes=29)
    assert is_in(client)

    move_clock(minutes=30)
    assert not is_in(client)


def test_a_practice_edition_may_rest_a_working_day(
    client: Client, maja: Key, move_clock: Callable[..., None]
):
    installation._known[:] = [InstallationKind.DEMO]
    come_in(client, maja)
    move_clock(hours=7)

    assert is_in(client)


@pytest.mark.asvs("7.3.2")
def test_a_busy_session_ends_after_twelve_hours(client: Client, maja: Key, move_clock: Callable[..., None]):
    come_in(client, maja)
    for _step in range(35):
        move_clock(minutes=20)
        assert is_in(client)

    move_clock(minutes=20)
    assert not is_in(client)


@pytest.mark.asvs("7.2.1", "7.4.1")
def test_an_old_cookie_is_worth_nothing_after_going_out(client: Client, maja: Key):
    come_in(client, maja)
    kept = client.cookies["brobygger"].value
    answer = client.post("/ud/")
    thief = Client()
    thief.cookies["brobygger"] = kept

    assert "storage" in answer.headers["Clear-Site-Data"]
    assert not is_in(thief)
    assert not Session.objects.filter(ended_at=None).exists()


@pytest.mark.asvs("7.4.2")
def test_closing_a_place_ends_every_session_there(client: Client, cast: Cast, maja: Key):
    come_in(client, maja)
    with organisation_scope(HOUSE):
        actions.deactivate_member(member=maja.member, by=cast.torben, at=NOW)

    assert not is_in(client)


@pytest.mark.asvs("6.2.2", "7.4.3")
def test_a_new_password_ends_every_other_session(client: Client, maja: Key, once: Callable[..., dict]):
    elsewhere = Client()
    come_in(elsewhere, maja)
    Session.objects.update(browser="Firefox")
    maja.member.user.factors.update(last_step=0)
    come_in(client, maja)
    answer = client.post("/min-adgang/adgangskode/", once(present=WORDS, new=NEW))

    assert answer.url == "/min-adgang/"
    assert is_in(client)
    assert not is_in(elsewhere)


@pytest.mark.asvs("6.2.3")
def test_the_present_password_is_asked_for(client: Client, maja: Key, once: Callable[..., dict]):
    come_in(client, maja)

    assert client.post("/min-adgang/adgangskode/", once(present="forkert", new=NEW)).status_code == 422


@pytest.mark.asvs("7.5.1")
@pytest.mark.parametrize("page", ["/min-adgang/adgangskode/", "/min-adgang/reservekoder/", "/holdet/ny/"])
def test_what_is_grave_asks_for_a_fresh_proof(
    client: Client, torben: Key, move_clock: Callable[..., None], page: str
):
    come_in(client, torben)
    assert "igen" not in client.get(page).headers.get("Location", "")
    move_clock(minutes=16)

    assert client.get(page).url == f"/ind/igen/?next={page}"


@pytest.mark.asvs("7.2.4")
def test_a_fresh_proof_gives_a_new_token(
    client: Client, maja: Key, move_clock: Callable[..., None], once: Callable[..., dict]
):
    come_in(client, maja)
    move_clock(minutes=20)
    before = client.session.session_key
    answer = client.post("/ind/igen/", once(code=maja.code(), next="/min-adgang/adgangskode/"))

    assert answer.url == "/min-adgang/adgangskode/"
    assert client.session.session_key != before
    assert client.get("/min-adgang/adgangskode/").status_code == 200


@pytest.mark.asvs("7.4.5", "7.5.2")
def test_one_sees_ones_sessions_and_ends_another(client: Client, maja: Key, once: Callable[..., dict]):
    elsewhere = Client()
    come_in(elsewhere, maja)
    maja.member.user.factors.update(last_step=0)
    come_in(client, maja)
    other = Session.objects.earliest("opened_at")

    assert "Log ud her" in client.get("/min-adgang/").content.decode()
    client.post(f"/min-adgang/inde/{other.pk}/luk/", once())
    assert not is_in(elsewhere)
    assert is_in(client)


def test_one_does_not_see_or_end_anothers(client: Client, maja: Key, cast: Cast, once: Callable[..., dict]):
    come_in(client, maja)
    hers = sessions.open_session(by=cast.torben, browser="", proven_at=NOW, at=NOW)

    assert client.post(f"/min-adgang/inde/{hers.pk}/luk/", once()).status_code == 404


def test_the_last_proof_stays(client: Client, maja: Key, once: Callable[..., dict]):
    come_in(client, maja)
    client.post(f"/min-adgang/bevis/{maja.member.user.factors.get().pk}/luk/", once())

    assert maja.member.user.factors.get().ended_at is None


def test_new_codes_are_shown_once(client: Client, maja: Key, once: Callable[..., dict]):
    come_in(client, maja)
    client.post("/min-adgang/reservekoder/", once())

    assert client.get("/min-adgang/reservekoder/").content.decode().count("<code>") == 8
    assert client.get("/min-adgang/reservekoder/").url == "/min-adgang/"
