"""The other way in a browser: a school asks us to make contact, and reads whether that was done, no more."""

import re
import time
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from brobygger.site.sample.frame import HOUSE
from tests.journeys import story
from tests.journeys.conftest import Browse
from tests.journeys.hands import Hand, Keyboard, Mouse
from tests.journeys.looking import Eyes
from tests.journeys.running import House
from tests.journeys.story import Walk

pytestmark = pytest.mark.browser

SANNE = "sanne@bispetoftens-skole.invalid"
SCHOOL = "SELECT partner_id, id FROM partners_contact WHERE address = %s"
CUT = "SELECT 1 FROM bridging_asklink WHERE contact_id = %s AND revoked_at IS NULL AND token_hash <> ''"
LINK = re.compile(r"https?://\S+/spoerg/\S+/")
CODE = re.compile(r"F-\d+")
TOLD = {
    "who": "Zeno Fiktiv",
    "reach": "mor på 00 24 09 99",
    "wanted": "Om der er noget at lave efter skole.",
    "basis_named": "mundtligt ja til mødet i dag",
    "told_resident": "At huset ringer en af dagene.",
}
WORDS = "Jeg vil gerne spille skak."


def give_a_link(walk: Walk, house: House) -> str:
    """The leader gives Sanne a way to ask; the letter says nothing else."""
    ((school, contact),) = house.asked(SCHOOL, SANNE, house=HOUSE)
    before = len(house.letters_to(SANNE))
    walk.page.goto(f"{house.url}/partnere/{school}/")
    walk.hand.press(walk.main(f"a[href='/partnere/{school}/spoergelink/']"))
    walk.page.wait_for_url("**/spoergelink/")
    walk.see(walk.page, "ask_links")
    walk.hand.press(walk.main(f"form:has([value='{contact}']) button[value=giv]"))
    expect(walk.main(f"form:has([value='{contact}']) button[value=stop]")).to_be_visible()
    letter = house.letter_to(SANNE, after=before)
    found = LINK.search(letter)
    assert found is not None
    assert not [word for word in TOLD.values() if word in letter]
    wait_for_commit(house, contact)
    return found[0]


def wait_for_commit(house: House, contact: object) -> None:
    """A letter lies in its box a moment before the link in it is committed; a mail takes longer than that."""
    for _ in range(200):
        if house.asked(CUT, contact, house=HOUSE):
            return
        time.sleep(0.05)
    raise AssertionError("the link was never committed")


def ask(page: Page, hand: Hand, link: str, see: story.See) -> str:
    """Sanne asks, in a browser that has never been here. Gives the code."""
    page.goto(link)
    see(page, "ask_cover")
    hand.press(page.locator("main form button"))
    expect(page.locator("[name=who]")).to_be_visible()
    see(page, "ask_form")
    for name, text in TOLD.items():
        hand.write(page.locator(f"[name={name}]"), text)
    hand.tick(page.locator("[name=basis][value=consent]"))
    hand.tick(page.locator("[name=is_urgent][value=nej]"))
    hand.press(page.locator("main form:has([name=who]) button"))
    expect(page.locator("[name=who]")).to_have_count(0)
    see(page, "ask_thanks")
    found = CODE.search(page.locator("h1").inner_text())
    assert found is not None
    return found[0]


def as_read(page: Page, hand: Hand, link: str) -> str:
    """All that Sanne reads of what she has asked."""
    page.goto(link)
    hand.press(page.locator("main form button"))
    expect(page.locator("[name=who]")).to_be_visible()
    return page.locator("main ul.rows").inner_text()


def take_on(walk: Walk, house: House, key: str) -> None:
    """The leader looks whether we know the person, says that we do not, and asks Maja to go."""
    walk.page.goto(f"{house.url}/forespoergsler/")
    walk.see(walk.page, "asks")
    walk.hand.press(walk.main(f"a[href='/forespoergsler/{key}/']"))
    walk.page.wait_for_url(f"**/{key}/")
    walk.see(walk.page, "ask_new")
    walk.hand.press(walk.main("a.btn--go"))
    walk.page.wait_for_url("**/svar/")
    walk.see(walk.page, "ask_answer")
    walk.hand.tick(walk.main("[name=whom][value=ny]"))
    walk.hand.choose(walk.main("[name=worker]"), "Maja")
    walk.hand.press(walk.main("form:has([name=whom]) button.btn--go"))
    expect(walk.main("[name=channel]").first).to_be_visible()


def talk_and_hear_yes(walk: Walk, key: str) -> None:
    """Maja tries once, then they talk, the resident signs and says yes."""
    for what, said in (("forsoegt", 3), ("talt", 4)):
        walk.see(walk.page, f"ask_before_{what}")
        walk.hand.tick(walk.main("[name=channel][value=phone]"))
        walk.hand.press(walk.main(f"[name=what][value={what}]"))
        expect(walk.main(".say")).to_have_count(said)
    walk.hand.press(walk.main(f"a[href$='/{key}/maa-fortaelle/']"))
    walk.page.wait_for_url("**/maa-fortaelle/")
    walk.see(walk.page, "ask_may_tell")
    walk.hand.write(walk.main("[name=signed_name]"), "Zeno")
    walk.hand.press(walk.main("form button.btn--go"))
    expect(walk.main("[name=signed_name]")).to_have_count(0)
    walk.see(walk.page, "ask_talked")
    walk.hand.press(walk.main(f"a[href$='/{key}/ja-tak/']"))
    walk.page.wait_for_url("**/ja-tak/")
    walk.see(walk.page, "ask_yes")
    walk.hand.write(walk.main("[name=words]"), WORDS)
    walk.hand.choose(walk.main("[name=theme]"), "leisure")
    walk.hand.press(walk.main("form button.btn--go"))
    walk.page.wait_for_url("**/forslag/**")


def row(house: House, code: str) -> dict[str, Any]:
    columns = ("id", "state", "outcome", "need_id")
    query = f"SELECT {', '.join(columns)} FROM bridging_ask WHERE code = %s"
    ((*values,),) = house.asked(query, code, house=HOUSE)
    return dict(zip(columns, values, strict=True))


@pytest.mark.feature("BRI-02", "SIT-02", "SIT-03")
@pytest.mark.parametrize(("width", "by_keyboard"), [(390, False), (1280, True)])
def test_a_schools_request_to_its_end(
    house: House, browse: Browse, eyes: Eyes, width: int, by_keyboard: bool
):
    ours, theirs = browse(width=width), browse(width=width)
    mine, hers = (
        Keyboard(page) if by_keyboard else Mouse(page, touch=width < 640) for page in (ours, theirs)
    )
    torben = Walk(ours, mine, eyes)
    story.enter(torben, house.url, "Torben")

    link = give_a_link(torben, house)
    code = ask(theirs, hers, link, eyes)
    key = str(row(house, code)["id"])
    waiting = as_read(theirs, hers, link)
    take_on(torben, house, key)
    taken = as_read(theirs, hers, link)
    talk_and_hear_yes(torben, key)
    done = as_read(theirs, hers, link)
    eyes(theirs, "ask_list")

    assert f"{code}: venter på os" in waiting
    assert f"{code}: venter på os" in taken
    assert f"{code}: udført" in done
    assert not [word for word in (*TOLD.values(), WORDS, "Maja") if word in waiting + taken + done]
    ended = row(house, code)
    assert (ended["state"], ended["outcome"]) == ("completed", "person_yes")
    assert ended["need_id"] is not None
    assert not eyes.faults
