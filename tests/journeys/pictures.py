"""Pictures of the pages for docs/screenshots, made by a journey when BROBYGGER_SCREENSHOTS is set.

`1` writes them to docs/screenshots, anything else is the folder to write to.
"""

import os
from pathlib import Path

from playwright.sync_api import Page

from tests.start_database import ROOT

TALLEST = 2000  # px; more would only make the picture heavy
PLACE = ROOT / "docs" / "screenshots"


def wanted() -> Path | None:
    """The folder to write to, or None where no pictures are asked for."""
    asked = os.environ.get("BROBYGGER_SCREENSHOTS", "")
    return (PLACE if asked == "1" else Path(asked)) if asked else None


def take(page: Page, picture: Path) -> None:
    """The page in a window as tall as itself, so that what is fixed to the window stands at its end."""
    window = page.viewport_size
    assert window is not None
    picture.parent.mkdir(parents=True, exist_ok=True)
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": window["width"], "height": max(window["height"], height)})
    page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
    page.screenshot(path=picture, animations="disabled")
    page.set_viewport_size(window)
