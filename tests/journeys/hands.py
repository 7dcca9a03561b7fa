"""Hands that use a page: a mouse, a finger, or nothing but a keyboard. The same journey is told to each."""

from datetime import date
from typing import Protocol

from playwright.sync_api import Locator, Page, expect

MOST_STEPS = 160

# The focused element, or the label that shows its focus. Seen: an outline, and nothing lying over it.
SHOWS_FOCUS = """() => {
  const here = document.activeElement;
  const shown = [here, here.closest('label'), here.parentElement].filter(Boolean);
  const drawn = shown.some(each => {
    const {outlineStyle, outlineWidth, boxShadow} = getComputedStyle(each);
    return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none';
  });
  const box = here.getBoundingClientRect();
  const top = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  const uncovered = !top || shown.some(each => each.contains(top) || top.contains(each));
  const inside = box.bottom > 0 && box.top < innerHeight;
  return drawn && uncovered && inside ? '' : `focus on ${here.outerHTML.slice(0, 120)}: ` +
    `drawn ${drawn}, uncovered ${uncovered}, inside the window ${inside}`;
}"""


class Hand(Protocol):
    """How somebody acts on a page. Each verb leaves the page settled."""

    def press(self, act: Locator) -> None: ...

    def write(self, field: Locator, text: str) -> None: ...

    def tick(self, box: Locator) -> None: ...

    def choose(self, listed: Locator, value: str) -> None:
        """Choose from a list by what an option is called or stands for."""
        ...

    def pick_day(self, field: Locator, day: date) -> None: ...


class Mouse:
    """A mouse, or a finger where the page has touch."""

    def __init__(self, page: Page, *, touch: bool = False) -> None:
        self.page, self.touch = page, touch

    def press(self, act: Locator) -> None:
        if self.touch:
            act.tap()
        else:
            act.click()

    def write(self, field: Locator, text: str) -> None:
        self.press(field)
        field.fill(text)

    def tick(self, box: Locator) -> None:
        box.check()

    def choose(self, listed: Locator, value: str) -> None:
        listed.select_option(value)

    def pick_day(self, field: Locator, day: date) -> None:
        field.fill(day.isoformat())


class Keyboard:
    """Nothing but keys. Every stop on the way must show where it is."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def press(self, act: Locator) -> None:
        self._reach(act)
        self.page.keyboard.press("Enter")

    def write(self, field: Locator, text: str) -> None:
        self._reach(field)
        self.page.keyboard.type(text)
        expect(field).to_have_value(text)

    def tick(self, box: Locator) -> None:
        """A radio is one stop for its whole group; the arrows go on from there."""
        if box.get_attribute("type") == "radio":
            self._turn_to(box)
        else:
            self._reach(box)
            self.page.keyboard.press("Space")
        expect(box).to_be_checked()

    def choose(self, listed: Locator, value: str) -> None:
        self._reach(listed)
        for _step in range(MOST_STEPS):
            if value in {listed.input_value(), listed.locator("option:checked").inner_text()}:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} is not in the list")

    def pick_day(self, field: Locator, day: date) -> None:
        """The parts of a date in the order the browser asks for them; headless, it may be American."""
        self._reach(field)
        self.page.keyboard.type(f"{day:%d%m%Y}")
        if field.input_value() != day.isoformat():
            self.page.keyboard.press("Shift+Tab")
            self.page.keyboard.press("Shift+Tab")
            self.page.keyboard.type(f"{day:%m%d%Y}")
        expect(field).to_have_value(day.isoformat())

    def _turn_to(self, radio: Locator) -> None:
        name = radio.get_attribute("name")
        self._walk(f"here => here.type === 'radio' && here.name === '{name}'")
        self.page.keyboard.press("Space")
        for _step in range(MOST_STEPS):
            if _is_focused(radio):
                return
            self.page.keyboard.press("ArrowDown")

    def _reach(self, target: Locator) -> None:
        expect(target).to_be_visible()
        for _step in range(MOST_STEPS):
            if _is_focused(target):
                return self._must_show()
            self.page.keyboard.press("Tab")
        raise AssertionError(f"{target} cannot be reached by Tab")

    def _walk(self, is_it: str) -> None:
        for _step in range(MOST_STEPS):
            if self.page.evaluate(f"({is_it})(document.activeElement)"):
                return self._must_show()
            self.page.keyboard.press("Tab")
        raise AssertionError(f"nothing that answers to {is_it} can be reached by Tab")

    def _must_show(self) -> None:
        fault = self.page.evaluate(SHOWS_FOCUS)
        assert not fault, fault


def _is_focused(target: Locator) -> bool:
    return bool(target.evaluate("element => element === document.activeElement"))
