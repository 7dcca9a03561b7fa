"""What every page must be, whoever looks at it: readable, reachable, quiet, and no wider than its window."""

import re
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

import polib
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import ConsoleMessage, Page, Request

from brobygger.bridging.terms import ClockKind
from tests.start_database import ROOT

AXE = Axe()
RULES = {
    "resultTypes": ["violations"],
    "rules": {"target-size": {"enabled": True}, "color-contrast": {"enabled": False}},  # see `axe_faults`
}
ASK_AXE = "rules => axe.run('html', rules).then(({violations}) => violations)"
SMALLEST = 43.5  # 44 px, less what rounding may take
# A bridge writes these as the next step of a need, and there they stay in the words they were written in.
KEPT_AS_WRITTEN = {kind.asks for kind in ClockKind}
READABLE: set[str] = set()  # the inks that axe has measured and let pass in this process
TAB_PICTURE = "/static/brobygger/mark.svg"
ENGLISH = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"

# What one presses or fills in. A radio or tick is as large as its label; links in running text are apart.
SMALL_ACTS = """smallest => [...document.querySelectorAll(
    'button, summary, select, textarea, canvas, input:not([type=hidden]), a.btn, .tabs a, .top__nav a')]
  .map(act => act.closest('label') || act)
  .filter(act => act.checkVisibility({checkVisibilityCSS: true}))
  .map(act => [act, act.getBoundingClientRect()])
  .filter(([, box]) => box.width > 0 && (box.height < smallest || box.width < smallest))
  .map(([act, box]) => `${box.width.toFixed()} x ${box.height.toFixed()}: ${act.outerHTML.slice(0, 99)}`)"""

# Every kind of ink that is seen on the page: how a text is written, and on what, down to the paper.
INKS = """() => {
  const paper = new Map([[document, '']]);
  const under = part => {
    if (!paper.has(part)) {
      const {backgroundColor, backgroundImage, opacity, filter, position} = getComputedStyle(part);
      const own = [part.localName, backgroundColor, backgroundImage, opacity, filter, position].join(' ');
      paper.set(part, `${own} / ${under(part.parentNode)}`);
    }
    return paper.get(part);
  };
  const is_text = node => node.nodeType === Node.TEXT_NODE && node.data.trim();
  const has_text = part => [...part.childNodes].some(is_text);
  const field = 'input:not([type=radio], [type=checkbox]), select, textarea';
  const is_written = part => has_text(part) || part.matches(field);
  const is_on_paper = ({right, bottom}) => right + scrollX > 0 && bottom + scrollY > 0;
  const is_seen = part => part.checkVisibility({checkVisibilityCSS: true, opacityProperty: true})
    && is_on_paper(part.getBoundingClientRect());
  const ink = part => {
    const {color, fontSize, fontWeight, textShadow} = getComputedStyle(part);
    return [color, fontSize, fontWeight, textShadow, under(part)].join(' ');
  };
  const written = [...document.querySelectorAll('body, body *')].filter(is_written).filter(is_seen);
  window.inks = new Map(written.map(part => [ink(part), part]));
  return [...window.inks.keys()];
}"""
# What axe says of the contrast of these inks: the pale ones, and those that it has measured and let pass.
MEASURE = """async inks => {
  inks.forEach((ink, at) => window.inks.get(ink).setAttribute('data-ink', at));
  const only = {runOnly: ['color-contrast'], resultTypes: ['violations', 'passes'], elementRef: true};
  const {violations, passes} = await axe.run('[data-ink]', only);
  const parts = passes.flatMap(({nodes}) => nodes.map(({element}) => element));
  const passed = parts.filter(part => part.dataset.ink).map(part => inks[part.dataset.ink]);
  document.querySelectorAll('[data-ink]').forEach(part => part.removeAttribute('data-ink'));
  const plain = ({target, html}) => ({target, html});
  return [violations.map(({id, nodes}) => ({id, nodes: nodes.map(plain)})), passed];
}"""

TOO_WIDE = """() => {
  const root = document.documentElement;
  if (root.scrollWidth <= root.clientWidth) return [];
  return [...document.querySelectorAll('body *')]
    .filter(part => part.getBoundingClientRect().right > root.clientWidth + 1)
    .map(part => `${part.outerHTML.slice(0, 120)} ends at ${Math.round(part.getBoundingClientRect().right)}`)
    .slice(-3).concat(`${root.scrollWidth} px wide in ${root.clientWidth}`);
}"""


class Eyes:
    """Looks at every page of a journey and hears its complaints. `faults` is empty where all is well."""

    def __init__(self) -> None:
        self.with_axe, self.language = True, "da"
        self.faults: list[str] = []
        self.allowed: list[str] = []

    def __call__(self, page: Page, name: str) -> None:
        """Look at one page, called `name` in what is told."""
        page.wait_for_load_state()
        found = faults(page) if self.with_axe else [*too_wide(page), *too_small(page)]
        if self.language != "da":
            found += [f"in Danish: {text}" for text in left_in_danish(page)]
        self.faults += [f"{name}: {told}" for told in found]

    def listen(self, page: Page) -> Page:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self._hear(f"script: {error}"))
        page.on("requestfailed", self._failed)
        page.on("request", self._request)
        return page

    def _hear(self, told: str) -> None:
        if not any(re.search(pattern, told) for pattern in self.allowed):
            self.faults.append(told)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self._hear(f"{message.type}: {message.text}")

    def _failed(self, request: Request) -> None:
        """The tab's own picture is fetched when a page has been drawn, and let go when the page is left."""
        let_go = request.failure == "net::ERR_ABORTED" and urlsplit(request.url).path == TAB_PICTURE
        if not let_go:
            self._hear(f"{request.url} failed: {request.failure}")

    def _request(self, request: Request) -> None:
        if urlsplit(request.url).hostname not in {"localhost", "127.0.0.1", None}:
            self._hear(f"left the house: {request.url}")


def faults(page: Page) -> list[str]:
    """Everything wrong with the page as it stands: axe, width, sizes, one heading."""
    headings = page.evaluate("document.querySelectorAll('h1').length")
    wrong = [] if headings == 1 else [f"{headings} h1 on the page"]
    return [*axe_faults(page), *too_wide(page), *too_small(page), *wrong]


def axe_faults(page: Page) -> list[str]:
    """What axe finds. Contrast is three quarters of its time: an ink that it has let pass is not measured
    again, and any other, also one it could not judge, is measured wherever it stands."""
    page.evaluate(AXE.axe_script)
    told = page.evaluate(ASK_AXE, RULES)
    if new := sorted(set(page.evaluate(INKS)) - READABLE):
        pale, passed = page.evaluate(MEASURE, new)
        told += pale
        READABLE.update(passed)
    return [
        f"axe {each['id']}: {node['target']} {node['html'][:160]}" for each in told for node in each["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways."""
    return [f"too wide: {part}" for part in page.evaluate(TOO_WIDE)]


def too_wide_at(page: Page, *widths: int) -> list[str]:
    """The same in windows of other widths. The window is put back."""
    before, told = page.viewport_size, []
    assert before is not None
    for width in widths:
        page.set_viewport_size({"width": width, "height": before["height"]})
        told += too_wide(page)
    page.set_viewport_size(before)
    return told


def too_small(page: Page) -> list[str]:
    return [f"too small: {told}" for told in page.evaluate(SMALL_ACTS, SMALLEST)]


def left_in_danish(page: Page) -> list[str]:
    """Danish sentences of the interface that stand on a page in English."""
    shown = " ".join(page.locator("body").inner_text().split())
    return [text for text in danish_only(ENGLISH) if text in shown]


@cache
def danish_only(source: Path) -> list[str]:
    """Danish sentences whose English differs, too long to stand in somebody's own words by chance."""
    if not source.exists():
        return []
    entries = [entry for entry in polib.pofile(str(source)) if entry.translated() and not entry.msgid_plural]
    texts = {entry.msgid for entry in entries if entry.msgid != entry.msgstr} - KEPT_AS_WRITTEN
    return sorted(text for text in texts if len(text.split()) > 2 and not re.search(r"[%\n\xa0]", text))
