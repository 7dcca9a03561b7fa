"""Makes the pictures of docs/screenshots: `BROBYGGER_SCREENSHOTS=1 ./test tests/journeys/test_pictures.py`.

The sample estate is built from a seed and dated from today, so the pictures tell the same each time, under
other dates.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys import pictures, story, to_the_end
from tests.journeys.conftest import Browse
from tests.journeys.furnish import TRAINER
from tests.journeys.hands import Mouse
from tests.journeys.looking import Eyes
from tests.journeys.running import House, link_in
from tests.journeys.story import Told, Walk
from tests.journeys.test_story import answer_yes, build_and_send, see_the_answer

# What the story calls a page, and what its picture is called.
NAMES = {
    "front": "forside",
    "today": "idag",
    "residents": "beboere",
    "resident": "beboer",
    "need_new": "behov",
    "suggestions": "forslag",
    "consent": "samtykke",
    "send": "send",
    "bridge_accepted": "bro",
    "cover": "svar-omslag",
    "question": "svar",
    "thanks": "svar-tak",
    "offers": "tilbud",
    "company": "foelgeskab",
    "companion": "gaa-med",
    "met": "moedt",
    "how_it_goes": "svar-hvordan-gaar-det",
    "what_came_of_it": "svar-klaret",
    "bridge_done": "bro-spoerg",
    "own_cover": "egen-side-omslag",
    "own": "egen-side",
    "bridge_closed": "bro-moedt",
}


class Camera(Eyes):
    """Takes a picture of what it knows by name, instead of judging it."""

    def __init__(self, place: Path) -> None:
        super().__init__()
        self.place = place

    def __call__(self, page: Page, name: str) -> None:
        page.wait_for_load_state()
        if name in NAMES and page.viewport_size:
            pictures.take(page, self.place / f"{NAMES[name]}-{page.viewport_size['width']}.png")


@pytest.mark.browser
@pytest.mark.skipif(pictures.wanted() is None, reason="BROBYGGER_SCREENSHOTS asks for pictures")
@pytest.mark.parametrize("width", [1280, 390])
def test_the_pictures_are_taken(house: House, browse: Browse, width: int):
    place = pictures.wanted()
    assert place is not None
    camera, before = Camera(place), len(house.letters_to(TRAINER))

    def hand(on: Page) -> Mouse:
        return Mouse(on, touch=width < 640)

    page, theirs, yusufs, own = (browse(width=width) for _who in range(4))
    walk, partner = Walk(page, hand(page), camera), hand(theirs)

    build_and_send(walk, house, Told(), draw=True)
    link = link_in(house.letter_to(TRAINER, after=before))
    answer_yes(theirs, partner, link, Told(), camera)
    see_the_answer(walk)
    bridge = story.bridge_id(walk)
    to_the_end.ask_yusuf_along(walk)
    story.step_in(yusufs, house.url, "Yusuf")
    to_the_end.say_that_one_goes_along(yusufs, hand(yusufs), house, bridge, camera)
    to_the_end.write_that_they_met(walk)
    to_the_end.say_that_it_is_done(theirs, partner, link, camera)
    page.goto(f"{house.url}/broer/{bridge}/")
    camera(page, "bridge_done")
    mine = to_the_end.give_a_page_of_their_own(walk)
    to_the_end.answer_as_the_resident(own, hand(own), mine, camera, language="ar")
    page.goto(f"{house.url}/broer/{bridge}/")
    camera(page, "bridge_closed")
    page.goto(f"{house.url}/tilbud/")
    camera(page, "offers")

    taken = {picture.name for picture in place.glob(f"*-{width}.png")}
    assert taken >= {f"{name}-{width}.png" for name in NAMES.values()}
