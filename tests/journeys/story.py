"""The story of issue 2, told once: from a need to a partner's answer.

Every step finds its way by what a form field is called and where a press leads, never by words, so that
it can be told in any language and by any hand.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from math import cos, sin, tau

from playwright.sync_api import Locator, Page, expect

from brobygger.foundation.days import local_day
from tests.journeys.hands import Hand

See = Callable[[Page, str], None]
Pairs = list[tuple[str, str]]
STROKE_STEPS = 90


def today() -> date:
    return local_day(datetime.now(UTC))


@dataclass(frozen=True)
class Told:
    """What this resident says. Of all this only what is ticked at the consent may be seen by the club."""

    name: str = "Bilal Nielsen"
    reach: str = "00 00 00 00"
    words: str = "Bilal taler ikke om andet end fodbold. Jeg ved ikke, hvem jeg skal ringe til."
    note: str = "Talte med hans mor i opgangen. Der er meget om ørerne lige nu."
    next_step: str = "Find en klub sammen med Bilal"
    message: str = "Han er lidt genert de første gange."
    theme: str = "leisure"
    next_on: date = field(default_factory=lambda: today() + timedelta(days=9))
    facts: dict[str, str] = field(
        default_factory=lambda: {
            "birth_year": str(today().year - 9),
            "max_minutes": "20",
            "max_price": "20",
        }
    )
    home: str = "Smedetoften"
    times: tuple[str, ...] = ("1-afternoon", "1-evening", "3-afternoon")

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


@dataclass
class Walk:
    """Somebody at work in a browser: where, with which hand, and what is looked at on every page."""

    page: Page
    hand: Hand
    see: See

    def go(self, path: str) -> None:
        self.hand.press(self.page.locator(f"a[href='{path}']:visible").first)
        self.page.wait_for_url(f"**{path}")

    def main(self, selector: str) -> Locator:
        return self.page.locator(f"main {selector}")

    def save(self, form: str = "form.form[method=post]") -> None:
        """Press the one filled button: the act that ends the task."""
        self.hand.press(self.main(f"{form} button.btn--go"))
        self.page.wait_for_load_state()

    def menu(self, path: str) -> None:
        """The main menu: at the top of a wide window, under the thumb on a phone."""
        self.hand.press(self.page.locator(f"nav a[href='{path}']:visible").first)
        self.page.wait_for_url(f"**{path}")


def enter(walk: Walk, url: str, name: str, *, language: str = "da") -> None:
    """From the front page through the entrance to the day, in the language asked for."""
    walk.page.goto(f"{url}/")
    if walk.page.locator("html").get_attribute("lang") != language:
        walk.hand.press(walk.page.locator(f"button[name=language][value={language}]"))
    expect(walk.page.locator("html")).to_have_attribute("lang", language)
    walk.see(walk.page, "front")
    walk.hand.press(walk.main("a[href='/ind/']"))
    walk.page.wait_for_url("**/ind/")
    walk.see(walk.page, "entrance")
    walk.hand.press(walk.main("button.outcome").filter(has=walk.page.locator("b", has_text=name)))
    walk.page.wait_for_url("**/i-dag/")
    walk.see(walk.page, "today")


def step_in(page: Page, url: str, name: str) -> None:
    """Straight to somebody's day, where the way in is not what is looked at."""
    page.goto(f"{url}/ind/")
    page.locator("main button.outcome").filter(has=page.locator("b", has_text=name)).click()
    page.wait_for_url("**/i-dag/")


def register(walk: Walk, told: Told) -> None:
    """Two fields must be filled in; the rest is what helps us find something that fits."""
    hand = walk.hand
    walk.menu("/beboere/")
    walk.see(walk.page, "residents")
    walk.go("/beboere/ny/")
    hand.write(walk.main("[name=name]"), told.name)
    hand.write(walk.main("[name=reach_at]"), told.reach)
    hand.press(walk.main("form summary"))
    hand.choose(walk.main("[name=home]"), told.home)
    hand.write(walk.main("[name=birth_year]"), told.facts["birth_year"])
    hand.tick(walk.main("[name=languages][value=da]"))
    for name in ("max_minutes", "max_price"):
        hand.write(walk.main(f"[name={name}]"), told.facts[name])
    for time in told.times:
        hand.tick(walk.main(f"[name=free_times][value='{time}']"))
    walk.see(walk.page, "resident_new")
    walk.save()
    expect(walk.main("h1")).to_contain_text(told.name)
    walk.see(walk.page, "resident_empty")


def write_note(walk: Walk, told: Told) -> None:
    """One field must be filled in."""
    walk.hand.write(walk.main("#notat [name=text]"), told.note)
    walk.hand.choose(walk.main("#notat [name=channel]"), "door")
    walk.save("#notat form")
    expect(walk.main(".line")).to_contain_text(told.note)


def state_need(walk: Walk, told: Told) -> None:
    """The need in the resident's own words, with a theme, the next step and a day. Who writes it owns it."""
    hand = walk.hand
    hand.press(walk.main("a[href$='/behov/nyt/']"))
    hand.write(walk.main("[name=words]"), told.words)
    hand.choose(walk.main("[name=theme]"), told.theme)
    hand.write(walk.main("[name=next_step]"), told.next_step)
    hand.tick(walk.main("[name=when][value=date]"))
    hand.pick_day(walk.main("[name=on]"), told.next_on)
    expect(walk.main("[name=owner]")).not_to_have_value("")
    walk.see(walk.page, "need_new")
    walk.save()
    expect(walk.main(".need .words")).to_contain_text(told.words)
    walk.see(walk.page, "resident")


def find_offers(walk: Walk) -> None:
    walk.hand.press(walk.main(".need a[href^='/forslag/']").first)
    walk.page.wait_for_url("**/forslag/**")
    walk.see(walk.page, "suggestions")


def unfold_near_misses(walk: Walk) -> None:
    """What nearly fits lies folded under what does."""
    walk.hand.press(walk.main("section[aria-labelledby=near] details > summary").first)


def offer(walk: Walk, name: str) -> Locator:
    """One offer of the suggestions, by its own name."""
    return walk.main(".offer").filter(has=walk.page.locator("h3", has_text=name))


def choose(walk: Walk, name: str) -> None:
    walk.hand.press(offer(walk, name).locator("form[action='/broer/ny/'] button"))
    walk.page.wait_for_url("**/samtykke/")


def sign(walk: Walk, told: Told, *kinds: str, draw: bool = False) -> None:
    """The resident goes through the page and signs it on the worker's screen."""
    hand = walk.hand
    for kind in kinds:
        hand.tick(walk.main(f"[name=kinds][value={kind}]"))
    hand.write(walk.main("[name=message]"), told.message)
    hand.tick(walk.main("[name=may_answer]"))
    hand.write(walk.main("[name=signed_name]"), told.name)
    if draw:
        draw_a_name(walk.page, walk.main("canvas[data-sign]"))
    walk.see(walk.page, "consent")
    walk.save()
    walk.page.wait_for_url("**/send/")


def draw_a_name(page: Page, canvas: Locator) -> None:
    """One stroke of a pen that runs on in loops, as a hand does."""
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box is not None
    for step in range(STROKE_STEPS):
        along, turn = step / STROKE_STEPS, step / STROKE_STEPS * 7 * tau
        x = 0.1 + 0.7 * along - 0.045 * sin(turn)
        y = 0.6 - 0.26 * (1 - 0.55 * along) * cos(turn)
        page.mouse.move(box["x"] + box["width"] * x, box["y"] + box["height"] * y)
        if step == 0:
            page.mouse.down()
    page.mouse.up()


def pairs(facts: Locator) -> Pairs:
    """The names and values of a list of facts, as they are read."""
    names, values = facts.locator("dt").all_inner_texts(), facts.locator("dd").all_inner_texts()
    return list(zip(names, values, strict=True))


def send(walk: Walk) -> Pairs:
    """Look at what will leave the house, and send it. Gives what the page said would be read."""
    shown = pairs(walk.main(".sheet .facts").last)
    walk.see(walk.page, "send")
    walk.save()
    expect(walk.main(".state")).to_be_visible()
    walk.see(walk.page, "bridge_sent")
    return shown


def bridge_id(walk: Walk) -> str:
    return walk.page.url.rstrip("/").rsplit("/", 1)[1]
