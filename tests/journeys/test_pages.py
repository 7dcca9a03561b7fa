"""Every page of the house, as everybody of the cast comes to it by following links."""

import json
import re
from collections import deque
from collections.abc import Iterable, Iterator
from operator import attrgetter

import pytest
from playwright.sync_api import Page

from tests.journeys import looking, story
from tests.journeys.conftest import Browse
from tests.journeys.counting import ROLES, UNLINKED, Visit, kind_of, links
from tests.journeys.looking import Eyes
from tests.journeys.running import House

MOST, TO_SIGN_IN = 12, 3  # a page behind a link signs nobody in and opens two narrow scopes instead
GONE = 410  # what an answer link says when all is over
WIDTHS = (360, 320)
# Pages that are the same for all: looked at as somebody who is not in, and as Maja.
PUBLIC = ("/tilbud/", "/partnere/", "/house/", "/ind/", "/svar/", "/om-data/", "/tilgaengelighed/")
NOT_THERE = "/findes-ikke/"
A_FILE = re.compile(r"\.(csv|ics|json)(\?|$)")  # nothing a browser draws; that it is there is counted above


@pytest.mark.browser
def test_no_link_leads_nowhere_and_no_page_asks_the_database_more_than_twelve_times(house: House):
    """One walk through every page of every role answers both; it is half a minute long."""
    visits = [Visit(**told) for told in json.loads(house.run("tests.journeys.counting:count"))]
    print(*table(visits), sep="\n")

    over = [each for each in visits if each.status == GONE and each.path.startswith(("/svar/", "/spoerg/"))]
    assert not [each for each in visits if each.status not in {200, 302} and each not in over]
    assert not [each for each in visits if each.queries + each.sign_in > MOST + TO_SIGN_IN]
    assert not [each for each in visits if each.queries > MOST]


@pytest.mark.browser
@pytest.mark.feature("SIT-02", "SIT-03")
@pytest.mark.parametrize("role", [role for role in ROLES if role != "Ole"])
def test_every_page_reads_well_and_fits_a_phone(house: House, browse: Browse, eyes: Eyes, role: str):
    """One page of each kind, found by following links: axe, targets, and no sideways scroll at any width."""
    eyes.allowed = [r"status of 404", r"status of 410"]
    page = browse(width=390)
    if role:
        story.step_in(page, house.url, role)

    for kind in crawl(page, house.url, leave_out=PUBLIC if role in {"Torben", "Yusuf"} else ()):
        eyes(page, kind)
        eyes.faults += [f"{kind}: {told}" for told in looking.too_wide_at(page, *WIDTHS)]

    assert not eyes.faults


def crawl(page: Page, url: str, *, leave_out: tuple[str, ...]) -> Iterator[str]:
    """Open the first page of each kind that links lead to, and tell its kind."""
    waiting, seen = deque(["/", *UNLINKED, NOT_THERE]), set[str]()
    while waiting:
        address = waiting.popleft()
        kind = kind_of(address)
        if kind in seen or address.startswith(leave_out) or "&" in kind:  # two questions show nothing new
            continue
        if A_FILE.search(address):
            continue
        page.goto(f"{url}{address}")
        seen |= {kind, kind_of(page.url.removeprefix(url))}
        yield kind
        waiting.extend(links(page.content(), address, ourselves=url))


def table(visits: list[Visit]) -> Iterator[str]:
    """The largest page of each kind for each role."""
    yield f"\n{'role':9}{'page':42}{'kB':>7}{'queries':>9}{'sign-in':>9}"
    for visit in sorted(worst(visits), key=attrgetter("role", "path")):
        size = f"{visit.bytes / 1000:7.1f}{visit.queries:9}{visit.sign_in:9}"
        yield f"{visit.role or 'nobody':9}{visit.path:42}{size}"


def worst(visits: Iterable[Visit]) -> list[Visit]:
    found: dict[tuple[str, str], Visit] = {}
    for visit in visits:
        if visit.status == 200:
            before = found.get((visit.role, visit.path), visit)
            found[visit.role, visit.path] = max(before, visit, key=attrgetter("queries", "bytes"))
    return list(found.values())
