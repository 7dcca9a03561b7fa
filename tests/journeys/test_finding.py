"""A resident finds an offer alone: from the front page, in three languages, on a telephone and on a table."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Browse
from tests.journeys.looking import Eyes
from tests.journeys.running import House

pytestmark = [pytest.mark.browser, pytest.mark.feature("OFF-01")]
ASKED = {"da": "min søn vil spille fodbold", "en": "my son wants to play football", "ar": "كرة القدم لابني"}


def in_language(page: Page, language: str) -> None:
    if page.locator("html").get_attribute("lang") != language:
        page.locator(f'button[name="language"][value="{language}"]').first.click()
    expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize(("language", "width"), [("da", 390), ("en", 1280), ("ar", 390)])
def test_from_the_front_page_to_an_offer(house: House, browse: Browse, eyes: Eyes, language: str, width: int):
    page = browse(width=width)
    page.goto(house.url)
    in_language(page, language)
    page.fill('input[name="q"]', ASKED[language])
    page.locator("form.find button").click()

    first = page.locator(".rows .offer h3 a").first
    expect(first).to_contain_text("odbold")
    eyes(page, "found")
    first.click()
    expect(page.locator("main section h2[id^=q]")).to_have_count(7)
    expect(page.locator('a[href$="kalender.ics"]')).to_be_visible()
    eyes(page, "the offer")
    page.locator('a[href*="/tilbud/kort/"]').first.click()
    expect(page.locator(".chart circle").first).to_be_attached()
    eyes(page, "the map")
    assert not eyes.faults


def test_a_dead_end_has_ways_out(house: House, browse: Browse, eyes: Eyes):
    page = browse(width=390)
    page.goto(f"{house.url}/tilbud/?q=xylofonundervisning&alder=9")
    eyes(page, "nothing found")
    page.locator('.rows a[href^="?alder"]').click()

    expect(page.locator(".rows .offer").first).to_be_visible()
    assert not eyes.faults
