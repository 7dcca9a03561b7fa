"""Quick exit without a browser: what the press ends, and that nothing can stand in its way."""

from collections.abc import Callable

import pytest
from django.conf import settings
from django.test import Client

from tests.people import Cast

pytestmark = pytest.mark.feature("SIT-04")


@pytest.fixture
def maja(as_member: Callable[..., Client], cast: Cast) -> Client:
    return as_member(cast.maja)


@pytest.mark.asvs("7.4.1", "14.3.1")
def test_one_press_ends_the_session_and_makes_the_browser_forget(maja: Client):
    left = maja.post("/forlad/")

    assert left.headers["Clear-Site-Data"] == '"cookies", "cache"'
    assert left.headers["Cache-Control"] == "no-store"
    assert left.headers["Refresh"] == f"0; url={settings.NEUTRAL_PLACE}"
    assert maja.get("/beboere/").url.startswith("/ind/")


def test_the_page_between_says_nothing_of_us(client: Client, db: None):
    page = client.post("/forlad/").content.decode()

    assert "Brobygger" not in page
    assert f'href="{settings.NEUTRAL_PLACE}"' in page


def test_it_asks_for_no_token_so_that_an_old_page_can_be_left(cast: Cast):
    assert Client(enforce_csrf_checks=True).post("/forlad/").status_code == 200


def test_another_site_cannot_press_it_for_somebody(maja: Client):
    left = maja.post("/forlad/", headers={"Sec-Fetch-Site": "cross-site"})

    assert "Clear-Site-Data" not in left.headers
    assert maja.get("/beboere/").status_code == 200


def test_a_look_at_its_address_ends_nothing(maja: Client):
    assert maja.get("/forlad/").status_code == 405
    assert maja.get("/beboere/").status_code == 200


@pytest.mark.parametrize("path", ["/svar/x/", "/findes-ikke/"])
def test_pages_without_navigation_have_it_at_the_top_and_say_what_stays(client: Client, db: None, path: str):
    page = client.get(path).content.decode()

    assert page.index("data-quick-exit") < page.index("<main")
    assert "Browserens historik husker stadig" in page


def test_it_goes_where_the_operator_says(client: Client, db: None, settings):
    settings.NEUTRAL_PLACE = "https://neutral.invalid/"

    assert client.post("/forlad/").headers["Refresh"].endswith("https://neutral.invalid/")
    assert 'data-to="https://neutral.invalid/"' in client.get("/findes-ikke/").content.decode()
