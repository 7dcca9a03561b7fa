"""Issue 2 in a browser: from a need to a partner's answer, at two sizes, in two languages, light and dark."""

from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from brobygger.site.sample.frame import HOUSE
from tests.journeys import story
from tests.journeys.conftest import Browse
from tests.journeys.furnish import FOOTBALL, TRAINER
from tests.journeys.hands import Hand, Keyboard, Mouse
from tests.journeys.looking import Eyes
from tests.journeys.running import House, link_in
from tests.journeys.story import Pairs, Told, Walk

pytestmark = pytest.mark.browser

GIVEN = ("first_name", "age", "need")


def build_and_send(
    walk: Walk, house: House, told: Told, *, language: str = "da", draw: bool = False
) -> Pairs:
    """The worker's half. Gives what the confirm page said would be read."""
    story.enter(walk, house.url, "Maja", language=language)
    story.register(walk, told)
    story.write_note(walk, told)
    story.state_need(walk, told)
    story.find_offers(walk)
    expect(story.offer(walk, FOOTBALL).locator(".why .ok").first).to_be_visible()
    story.unfold_near_misses(walk)
    expect(walk.main(".offer .could").first).to_be_visible()
    expect(walk.main(".offer .why .ask").first).to_be_visible()
    story.choose(walk, FOOTBALL)
    story.sign(walk, told, *GIVEN, draw=draw)
    return story.send(walk)


def answer_yes(page: Page, hand: Hand, link: str, told: Told, eyes: Eyes) -> Pairs:
    """The partner's half, in a browser that has never been here. Gives what they could read."""
    page.goto(link)
    eyes(page, "cover")
    covered = page.content()
    assert not [word for word in (told.first_name, told.words, told.message, FOOTBALL) if word in covered]
    hand.press(page.locator("main form button"))
    expect(page.locator("form.outcomes")).to_be_visible()
    eyes(page, "question")
    read = story.pairs(page.locator("main .facts").first)
    expect(page.locator("main .words").first).to_contain_text(told.message)
    hand.press(page.locator("button[name=svar][value^='ja:']").first)
    expect(page.locator("form.outcomes")).to_have_count(0)
    eyes(page, "thanks")
    return read


def see_the_answer(walk: Walk) -> None:
    """Back with the worker: taken, by whom and when, why it is still open, who can move it and by when."""
    walk.page.reload()
    who, until = story.pairs(walk.main(".state .facts"))
    assert who[1]
    assert until[1]
    expect(walk.main(".state h2")).not_to_be_empty()
    expect(walk.main(".spine li").nth(2)).to_have_attribute("aria-current", "step")
    expect(walk.main(".say--them .say__by").first).to_contain_text("Boldklubben Bispen")
    walk.see(walk.page, "bridge_accepted")


def state_of(house: House, walk: Walk) -> str:
    query = "SELECT state FROM bridging_leg WHERE bridge_id = %s"
    ((state,),) = house.asked(query, story.bridge_id(walk), house=HOUSE)
    return str(state)


@pytest.mark.feature("BRI-01", "BRI-04", "BRI-07", "SIT-02", "SIT-03", "SIT-07")
@pytest.mark.parametrize(
    ("width", "language", "dark"),
    [(390, "da", False), (1280, "da", True), (390, "en", True), (1280, "en", False)],
)
def test_from_a_need_to_a_partners_answer(
    house: House, browse: Browse, eyes: Eyes, width: int, language: str, dark: bool
):
    """On the phone the worker's browser is Danish, and English is chosen by a press."""
    eyes.language, is_phone = language, width < 640
    told, before = replace(Told(), name=f"Bilal {language}{width}"), len(house.letters_to(TRAINER))
    page = browse(width=width, language="da" if is_phone else language, dark=dark)
    theirs = browse(width=width, language=language, dark=dark)
    walk = Walk(page, Mouse(page, touch=is_phone), eyes)

    shown = build_and_send(walk, house, told, language=language, draw=not is_phone)
    link = link_in(house.letter_to(TRAINER, after=before))
    read = answer_yes(theirs, Mouse(theirs, touch=is_phone), link, told, eyes)
    see_the_answer(walk)

    assert read == shown
    assert state_of(house, walk) == "accepted"
    assert not eyes.faults


@pytest.mark.feature("SIT-03")
def test_the_whole_story_by_keyboard_alone(house: House, browse: Browse, eyes: Eyes):
    eyes.with_axe = False
    told, before = replace(Told(), name="Bilal Tast"), len(house.letters_to(TRAINER))
    page, theirs = browse(), browse()
    walk = Walk(page, Keyboard(page), eyes)

    build_and_send(walk, house, told)
    link = link_in(house.letter_to(TRAINER, after=before))
    answer_yes(theirs, Keyboard(theirs), link, told, eyes)
    see_the_answer(walk)

    assert state_of(house, walk) == "accepted"
    assert not eyes.faults


@pytest.mark.feature("SIT-02")
def test_the_whole_story_without_script(house: House, browse: Browse, eyes: Eyes):
    eyes.with_axe = False
    told, before = replace(Told(), name="Bilal Uden"), len(house.letters_to(TRAINER))
    page, theirs = (browse(width=390, script=False) for _who in range(2))
    walk = Walk(page, Mouse(page, touch=True), eyes)

    build_and_send(walk, house, told)
    link = link_in(house.letter_to(TRAINER, after=before))
    answer_yes(theirs, Mouse(theirs, touch=True), link, told, eyes)
    see_the_answer(walk)

    assert state_of(house, walk) == "accepted"
    assert not eyes.faults
