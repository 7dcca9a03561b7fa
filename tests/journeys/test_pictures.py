"""Makes the pictures of docs/screenshots: `BROBYGGER_SCREENSHOTS=1 ./test tests/journeys/test_pictures.py`.

The sample estate is built from a seed and dated from today, so the pictures tell the same each time, under
other dates.
"""

from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.journeys import pictures
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
    page, theirs = browse(width=width), browse(width=width)
    walk = Walk(page, Mouse(page, touch=width < 640), camera)

    build_and_send(walk, house, Told(), draw=True)
    link = link_in(house.letter_to(TRAINER, after=before))
    answer_yes(theirs, Mouse(theirs, touch=width < 640), link, Told(), camera)
    see_the_answer(walk)
    page.goto(f"{house.url}/tilbud/")
    camera(page, "offers")

    taken = {picture.name for picture in place.glob(f"*-{width}.png")}
    assert taken >= {f"{name}-{width}.png" for name in NAMES.values()}
