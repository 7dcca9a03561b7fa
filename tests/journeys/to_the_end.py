"""The second half of the story: somebody goes along, they meet, it is done, and the resident closes it."""

from uuid import UUID

from playwright.sync_api import Page, expect

from brobygger.site.sample.frame import HOUSE
from tests.journeys import story
from tests.journeys.hands import Hand
from tests.journeys.looking import Eyes
from tests.journeys.running import House
from tests.journeys.story import Walk

COMPANY = (
    "SELECT id FROM bridging_accompaniment a JOIN bridging_leg l ON l.id = a.leg_id WHERE l.bridge_id = %s"
)
BRIDGE = "SELECT closed_at IS NOT NULL, verdict FROM bridging_bridge WHERE id = %s"


def ask_yusuf_along(walk: Walk) -> None:
    """Skal nogen gå med? Yes, and Yusuf is asked."""
    walk.hand.press(walk.main("a[href*='/foelgeskab/']"))
    walk.hand.tick(walk.main("[name=wish][value=yes]"))
    companion = walk.main("[name=companion]")
    yusuf = companion.locator("option", has_text="Yusuf").get_attribute("value")
    walk.hand.choose(companion, str(yusuf))
    walk.hand.write(walk.main("[name=meet_where]"), "Ved port 12")
    walk.see(walk.page, "company")
    walk.save()


def say_that_one_goes_along(page: Page, hand: Hand, house: House, bridge: str, see: Eyes) -> None:
    """Yusuf reads first name, day and place, and says yes."""
    key: UUID
    ((key,),) = house.asked(COMPANY.replace("SELECT id", "SELECT a.id"), bridge, house=HOUSE)
    page.goto(f"{house.url}/foelg/{key}/")
    see(page, "companion")
    hand.press(page.locator("button[name=svar][value=kan]"))
    expect(page.locator("button[name=svar][value=kan]")).to_have_count(0)
    see(page, "companion_agreed")


def write_that_they_met(walk: Walk) -> None:
    """The resident says so in the telephone."""
    opened = walk.page.url
    page = walk.main("a[href*='/moedt/']")
    if not page.first.is_visible():
        walk.hand.press(walk.main("details summary").first)
    walk.hand.press(page.first)
    walk.hand.tick(walk.main("[name=svar][value=ja]"))
    walk.hand.pick_day(walk.main("[name=day]"), story.today())
    walk.hand.tick(walk.main("[name=who][value=R]"))
    walk.hand.tick(walk.main("[name=how][value=phone]"))
    walk.see(walk.page, "met")
    walk.save()
    walk.page.wait_for_url(opened.split("?")[0])
    walk.see(walk.page, "bridge_met")


def say_that_it_is_done(page: Page, hand: Hand, link: str, see: Eyes) -> None:
    """The partner, by the same link, and nothing is chosen beforehand."""
    page.goto(link)
    hand.press(page.locator("main form button").first)
    see(page, "how_it_goes")
    hand.press(page.locator("button[name=svar][value=klaret]"))
    hand.tick(page.locator("[name=outcome][value=enrolled]"))
    see(page, "what_came_of_it")
    hand.press(page.locator("main form button.btn--go"))
    expect(page.locator("[name=outcome]")).to_have_count(0)
    see(page, "thanks_done")


def answer_as_the_resident(page: Page, hand: Hand, link: str, see: Eyes, *, language: str) -> None:
    """On a page of one's own, in one's own language: did you get the help you came for?"""
    page.goto(link)
    see(page, "own_cover")
    if page.locator("html").get_attribute("lang") != language:
        hand.press(page.locator(f"button[name=language][value={language}]"))
    expect(page.locator("html")).to_have_attribute("lang", language)
    hand.press(page.locator("main form button.btn--go"))
    see(page, "own")
    hand.press(page.locator("button[name=svar][value=enrolled_ongoing]").first)
    see(page, "own_thanks")


def outcome(house: House, bridge: str) -> tuple[bool, str]:
    ((closed, verdict),) = house.asked(BRIDGE, bridge, house=HOUSE)
    return bool(closed), str(verdict)
