"""A running demo for the whole session, and a browser for each file.

The browser is not kept longer: while playwright's loop runs in this thread, Django refuses the ORM, and
the tests of the other folders need it.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from brobygger.site.commands import browser as browsers
from tests.journeys.looking import Eyes
from tests.journeys.running import House, running

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
NOT_RUN = "NOT RUN: there is no Chromium here. On Debian: apt-get install chromium"
LOCALES = {"da": "da-DK", "en": "en-GB"}


class Browse(Protocol):
    """Opens a page in a browser of its own, as somebody has it on their own machine."""

    def __call__(
        self, *, width: int = 1280, language: str = "da", dark: bool = False, script: bool = True
    ) -> Page: ...


@pytest.fixture(scope="session")
def chromium() -> str:
    found = browsers.chromium()
    if found is None and os.environ.get("CI"):
        pytest.fail(NOT_RUN)
    if found is None:
        pytest.skip(NOT_RUN)
    return found


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def house(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The demo with its sample estate. Journeys share it; each brings a resident of its own."""
    home: Path = tmp_path_factory.mktemp("house")
    with running(home, "tests.journeys.furnish:make_room") as demo:
        yield demo


@pytest.fixture
def eyes() -> Eyes:
    return Eyes()


@pytest.fixture
def browse(browser: Browser, eyes: Eyes) -> Iterator[Browse]:
    """`browse(width=390)` gives a page without cookies, at which `eyes` listens."""
    opened: list[BrowserContext] = []

    def browse(*, width: int = 1280, language: str = "da", dark: bool = False, script: bool = True) -> Page:
        is_phone = width < 640
        context = browser.new_context(
            viewport={"width": width, "height": 844 if is_phone else 900},
            has_touch=is_phone,
            locale=LOCALES[language],
            timezone_id="Europe/Copenhagen",
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            java_script_enabled=script,
        )
        context.set_default_timeout(10_000)
        opened.append(context)
        return eyes.listen(context.new_page())

    yield browse
    for context in opened:
        context.close()
