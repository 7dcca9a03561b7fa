"""Quick exit in a real browser: elsewhere at once, Back leads nowhere, and no cookie of ours is left."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Browse
from tests.journeys.letters import Asked, unanswered
from tests.journeys.looking import Eyes
from tests.journeys.running import House

pytestmark = [pytest.mark.browser, pytest.mark.feature("SIT-04")]

ELSEWHERE = "https://www.dmi.dk/"


@pytest.fixture(scope="module")
def questions(house: House) -> Iterator[Asked]:
    return unanswered(house)


@pytest.fixture
def shown(browse: Browse, questions: Iterator[Asked]) -> Page:
    """A question that a partner has open on a telephone, in a world where the weather is at home."""
    return _open(browse(width=390), next(questions))


def _open(page: Page, asked: Asked) -> Page:
    page.route(f"{ELSEWHERE}**", lambda route: route.fulfill(body="<title>Vejret</title><h1>Vejret</h1>"))
    page.goto(asked.link)
    page.locator("main form button").click()
    expect(page.locator("form.outcomes")).to_be_visible()
    return page


def press(page: Page) -> None:
    page.locator("form[data-quick-exit] button").click()


def escape_three_times(page: Page) -> None:
    for _time in range(3):
        page.keyboard.press("Escape")


@pytest.mark.parametrize("leave", [press, escape_three_times])
def test_one_is_elsewhere_and_back_does_not_return(shown: Page, leave: Callable[[Page], None], eyes: Eyes):
    eyes.allowed = ["left the house", "net::ERR_ABORTED"]
    leave(shown)
    shown.wait_for_url(ELSEWHERE)

    with shown.expect_event("framenavigated", lambda frame: frame.url == ELSEWHERE):
        shown.evaluate("setTimeout(() => history.back())")
    expect(shown.locator("h1")).to_have_text("Vejret")
    assert not eyes.faults


def test_the_link_opens_again_for_whoever_follows_it_anew(shown: Page):
    link = shown.url.removesuffix("vis/")
    press(shown)
    shown.wait_for_url(ELSEWHERE)

    shown.goto(link)
    expect(shown.locator("main form button")).to_be_visible()


def test_no_cookie_is_left(shown: Page):
    assert shown.context.cookies()
    press(shown)
    shown.wait_for_url(ELSEWHERE)
    shown.wait_for_timeout(500)

    assert shown.context.cookies() == []


def test_escape_twice_leads_nowhere(shown: Page):
    shown.keyboard.press("Escape")
    shown.keyboard.press("Escape")
    shown.wait_for_timeout(300)

    assert "/svar/" in shown.url


def test_without_scripts_one_press_is_enough(browse: Browse, questions: Iterator[Asked]):
    page = _open(browse(width=390, script=False), next(questions))
    press(page)
    page.wait_for_url(ELSEWHERE)

    assert page.context.cookies() == []
