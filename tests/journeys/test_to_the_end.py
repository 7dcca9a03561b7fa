"""The whole story in a browser: need, fit, consent, send, answer, go along, meet, and the resident's word."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page

from tests.journeys import story, to_the_end
from tests.journeys.conftest import Browse
from tests.journeys.furnish import TRAINER
from tests.journeys.hands import Hand, Keyboard, Mouse
from tests.journeys.looking import Eyes
from tests.journeys.running import House, link_in
from tests.journeys.story import Told, Walk
from tests.journeys.test_story import answer_yes, build_and_send, see_the_answer

pytestmark = pytest.mark.browser


@pytest.mark.feature("BRI-05", "BRI-06", "BRI-15", "SIT-01", "SIT-02", "SIT-03")
@pytest.mark.parametrize(
    ("width", "language", "theirs", "by_keyboard"),
    [(390, "da", "ar", False), (1280, "en", "da", False), (1280, "da", "en", True)],
)
def test_from_a_need_to_the_residents_own_word(
    house: House,
    browse: Browse,
    eyes: Eyes,
    width: int,
    language: str,
    theirs: str,
    by_keyboard: bool,
):
    """The worker in one language, the resident in another: Danish, English and Arabic between them."""
    eyes.language, eyes.with_axe = language, not by_keyboard
    told, before = replace(Told(), name=f"Bilal Ende{width}{theirs}"), len(house.letters_to(TRAINER))
    page, partners, yusufs, own = (browse(width=width, language=language) for _who in range(4))
    walk = Walk(page, hand_of(page, width, by_keyboard), eyes)
    partner = hand_of(partners, width, by_keyboard)

    build_and_send(walk, house, told, language=language)
    link = link_in(house.letter_to(TRAINER, after=before))
    answer_yes(partners, partner, link, told, eyes)
    see_the_answer(walk)
    bridge = story.bridge_id(walk)
    to_the_end.ask_yusuf_along(walk)
    story.step_in(yusufs, house.url, "Yusuf")
    to_the_end.say_that_one_goes_along(yusufs, hand_of(yusufs, width, by_keyboard), house, bridge, eyes)
    to_the_end.write_that_they_met(walk)
    to_the_end.say_that_it_is_done(partners, partner, link, eyes)
    walk.page.goto(f"{house.url}/broer/{bridge}/")
    walk.see(walk.page, "bridge_done")
    mine = to_the_end.give_a_page_of_their_own(walk)
    eyes.language = theirs
    to_the_end.answer_as_the_resident(own, hand_of(own, width, by_keyboard), mine, eyes, language=theirs)
    eyes.language = language
    walk.page.goto(f"{house.url}/broer/{bridge}/")
    walk.see(walk.page, "bridge_closed")

    assert to_the_end.outcome(house, bridge) == (True, "enrolled_ongoing")
    assert not eyes.faults


def hand_of(page: Page, width: int, by_keyboard: bool) -> Hand:
    return Keyboard(page) if by_keyboard else Mouse(page, touch=width < 640)
