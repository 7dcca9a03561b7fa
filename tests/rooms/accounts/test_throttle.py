"""How many pages one may ask for: what is turned away, how kindly, and whom it does not touch."""

from collections.abc import Callable, Iterator

import pytest
from django.http import HttpRequest
from django.test import Client, RequestFactory

from brobygger.accounts.throttle import buckets
from brobygger.foundation.throttling import MOST_KEYS, Buckets, network
from tests.people import Cast

pytestmark = pytest.mark.asvs("2.4.1")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def few(settings) -> Iterator[None]:
    """Five pages a minute and two presses, so that a test need not ask 300 times."""
    settings.CALLS_A_MINUTE, settings.PRESSES_A_MINUTE = 5, 2
    buckets.empty()
    yield
    buckets.empty()


def test_of_five_hundred_calls_in_a_minute_the_bucket_holds_its_fill_and_what_drips(clock: Clock):
    found = Buckets(clock)
    through = 0
    for call in range(500):
        clock.now = call * 60 / 500
        through += found.wait("a", 300) == 0

    assert 300 <= through <= 600
    assert found.wait("a", 300) > 0 or through == 500


def test_five_hundred_calls_at_once_are_three_hundred(clock: Clock):
    found = Buckets(clock)

    assert sum(found.wait("a", 300) == 0 for _call in range(500)) == 300


def test_what_is_turned_away_does_not_make_the_wait_longer(clock: Clock):
    found = Buckets(clock)
    waits = [found.wait("a", 60) for _call in range(100)]

    assert waits[60:] == pytest.approx([1.0] * 40)
    clock.now = 1.0
    assert found.wait("a", 60) == 0


def test_one_key_does_not_fill_anothers_bucket(clock: Clock):
    found = Buckets(clock)
    for _call in range(10):
        found.wait("a", 5)

    assert found.wait("b", 5) == 0


def test_a_flood_of_addresses_does_not_fill_the_memory(clock: Clock):
    found = Buckets(clock)
    for number in range(MOST_KEYS + 50):
        found.wait(str(number), 5)

    assert len(found._levels) == MOST_KEYS


def test_too_many_pages_get_a_kind_page_that_says_when(client: Client, db: None, few: None):
    answers = [client.get("/om-data/") for _call in range(7)]

    assert [one.status_code for one in answers] == [200] * 5 + [429] * 2
    assert "Prøv igen om 12 sekunder" in answers[-1].content.decode()
    assert answers[-1].headers["Retry-After"] == "12"
    assert answers[-1].headers["Cache-Control"] == "no-store"


def test_presses_on_links_are_counted_harder(client: Client, db: None, few: None):
    answers = [client.post("/svar/findes-ikke/svar/").status_code for _call in range(4)]

    assert answers == [404, 404, 429, 429]
    assert client.get("/om-data/").status_code == 200


def test_colleagues_behind_one_address_do_not_share(few: None, cast: Cast, as_member: Callable[..., Client]):
    maja = as_member(cast.maja)
    through = [maja.get("/om-data/").status_code for _call in range(6)]
    torben = as_member(cast.torben)

    assert through[-1] == 429
    assert torben.get("/om-data/").status_code == 200


def test_a_member_who_takes_another_cookie_is_the_same_member(
    few: None, cast: Cast, as_member: Callable[..., Client]
):
    for _call in range(3):
        as_member(cast.maja).get("/om-data/")
        as_member(cast.maja).get("/om-data/")

    assert as_member(cast.maja).get("/om-data/").status_code == 429


@pytest.mark.parametrize("name", ["X-Forwarded-For", "X-Real-IP", "Forwarded", "True-Client-IP", "Client-IP"])
@pytest.mark.asvs("4.1.3")
def test_a_made_up_address_gives_no_new_bucket(client: Client, db: None, few: None, name: str):
    answers = [client.get("/om-data/", headers={name: f"192.0.2.{call}"}).status_code for call in range(7)]

    assert answers[-1] == 429


def test_the_way_out_and_the_files_are_never_turned_away(client: Client, db: None, few: None):
    for _call in range(8):
        client.get("/om-data/")

    assert client.post("/forlad/").status_code == 200
    file = client.get("/static/brobygger/site.css")
    assert file.status_code == 200
    file.close()


def test_with_nought_nobody_is_counted(client: Client, db: None, settings, few: None):
    settings.CALLS_A_MINUTE = 0

    assert {client.get("/om-data/").status_code for _call in range(8)} == {200}


def request_from(peer: str, passed_on: str = "") -> HttpRequest:
    told = {"HTTP_X_FORWARDED_FOR": passed_on} if passed_on else {}
    return RequestFactory().get("/", REMOTE_ADDR=peer, **told)


@pytest.mark.asvs("4.1.3", "15.3.4")
def test_only_a_trusted_proxy_is_believed_and_only_on_its_own_peer(settings):
    settings.TRUSTED_PROXIES = {"127.0.0.1"}

    assert network(request_from("127.0.0.1", "203.0.113.9, 198.51.100.4")) == "198.51.100.4"
    assert network(request_from("127.0.0.1", "203.0.113.9, 198.51.100.4, 127.0.0.1")) == "198.51.100.4"
    assert network(request_from("198.51.100.4", "203.0.113.9")) == "198.51.100.4"
    assert network(request_from("127.0.0.1")) == "127.0.0.1"


def test_a_whole_household_is_one_network():
    assert network(request_from("2001:db8::1")) == network(request_from("2001:db8::2"))


@pytest.mark.slow
def test_five_hundred_pages_in_a_minute_are_too_many(client: Client, db: None, settings, few: None):
    settings.CALLS_A_MINUTE = 300
    answers = [client.get("/om-data/").status_code for _call in range(500)]

    assert answers.count(429) > 0
    assert set(answers) == {200, 429}
