"""The same story with a real directory: 430 services of Illinois, of which much must be asked.

This file comes last of the journeys, for afterwards the house's directory is another.
"""

from datetime import timedelta

import pytest
from playwright.sync_api import Locator, Page, expect

from brobygger.site.sample.frame import HOUSE
from tests.journeys import story
from tests.journeys.conftest import Browse
from tests.journeys.hands import Mouse
from tests.journeys.letters import standing
from tests.journeys.looking import Eyes
from tests.journeys.running import House, link_in
from tests.journeys.story import Told, Walk
from tests.start_database import ROOT

pytestmark = pytest.mark.browser

ILLINOIS = ROOT / "tests" / "data" / "directories" / "ilao-illinois"
INTAKE = "intake@legal-aid.invalid"
TENANT = Told(
    name="Ray",
    words="The landlord wants us out by the first. I do not know if he may do that.",
    next_step="Find somebody who knows the law",
    theme="housing",
    message="He can talk after five.",
    facts=Told().facts | {"birth_year": str(story.today().year - 34)},
)


@pytest.fixture(scope="module")
def imported(house: House) -> set[str]:
    """The names of the offers that the command took in."""
    told = house.command("offers", "import", str(ILLINOIS), "--owner", str(HOUSE))
    names = house.asked("SELECT name FROM offers_offer WHERE source <> ''", house=HOUSE)
    assert "430" in told
    return {name for (name,) in names}


@pytest.mark.feature("OFF-07", "MAT-02", "BRI-01", "BRI-04")
def test_a_need_meets_an_imported_offer_that_nobody_has_written_to_before(
    house: House, browse: Browse, eyes: Eyes, imported: set[str]
):
    page, theirs = browse(), browse()
    walk = Walk(page, Mouse(page), eyes)
    story.step_in(page, house.url, "Maja")
    story.register(walk, TENANT)
    story.state_need(walk, TENANT)
    story.find_offers(walk)

    chosen = first_imported(walk, imported)
    assert chosen.locator(".why .ask").count() > chosen.locator(".why .ok").count()
    walk.hand.press(chosen.locator("form[action='/broer/ny/'] button"))
    page.wait_for_url("**/samtykke/")
    story.sign(walk, TENANT, "first_name", "need")
    write_the_way_in(walk)
    story.send(walk)
    answer_with_a_day(theirs, link_in(house.letter_to(INTAKE)), eyes)

    page.reload()
    expect(walk.main(".spine li").nth(2)).to_have_attribute("aria-current", "step")
    code = house.asked(
        "SELECT code FROM bridging_leg WHERE bridge_id = %s", story.bridge_id(walk), house=HOUSE
    )
    assert standing(house, code[0][0]).claims == ("sent", "opened", "accepted")
    assert not eyes.faults


def first_imported(walk: Walk, imported: set[str]) -> Locator:
    names = walk.main(".offer h3 a").all_inner_texts()
    where = next(place for place, name in enumerate(names) if name in imported)
    return walk.main(".offer").nth(where)


def write_the_way_in(walk: Walk) -> None:
    """The confirm page says what is missing and where to mend it: ring, hear, write it down."""
    walk.see(walk.page, "send_unreachable")
    walk.hand.press(walk.main("[role=alert] a[href$='/vej-ind/']"))
    expect(walk.main("[name=function]")).to_be_visible()
    walk.hand.write(walk.main("[name=function]"), "intake desk")
    walk.hand.tick(walk.main("[name=channel][value=email]"))
    walk.hand.write(walk.main("[name=address]"), INTAKE)
    walk.hand.tick(walk.main("[name=verified]"))
    walk.see(walk.page, "way_in")
    walk.save()
    walk.page.wait_for_url("**/send/")


def answer_with_a_day(page: Page, link: str, eyes: Eyes) -> None:
    """The office's opening hours are offered; they choose another day."""
    page.goto(link)
    page.locator("main form button").click()
    page.locator("button[name=svar][value=anden]").click()
    page.locator("main [name=day]").fill((story.today() + timedelta(days=4)).isoformat())
    page.locator("main [name=hour]").fill("17:15")
    page.locator("main form button.btn--go").click()
    expect(page.locator("main [name=day]")).to_have_count(0)
    eyes(page, "thanks_imported")
