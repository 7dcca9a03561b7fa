"""The letters that lie in the demo's mailboxes, as somebody who answers them by link."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from brobygger.site.sample.frame import HOUSE
from tests.journeys.running import LINK, House

CODE = re.compile(r"B-\d+")
STANDING = "SELECT state, version, seen_at IS NOT NULL FROM bridging_leg WHERE code = %s"
SAID = "SELECT s.claim FROM bridging_statement s JOIN bridging_leg l ON l.id = s.leg_id WHERE l.code = %s"


@dataclass(frozen=True)
class Asked:
    """One open question to a partner: the code of its leg, and the link in the letter."""

    code: str
    link: str


@dataclass(frozen=True)
class Standing:
    """What the database says of a leg: where it stands, whether it was opened, and what was said of it."""

    state: str
    version: int
    is_opened: bool
    claims: tuple[str, ...]


def unanswered(house: House) -> Iterator[Asked]:
    """Every question of the sample that nobody has answered or opened, each once."""
    seen = set[str]()
    for letter in sorted((house.home / "outbox").glob("*/*.txt"), reverse=True):
        text = letter.read_text(encoding="utf-8")
        code, link = CODE.search(text), LINK.search(text)
        if code is None or link is None or code[0] in seen:
            continue
        seen.add(code[0])
        now = standing(house, code[0])
        if now.state == "requested" and not now.is_opened:
            yield Asked(code[0], link[0])


def standing(house: House, code: str) -> Standing:
    ((state, version, is_opened),) = house.asked(STANDING, code, house=HOUSE)
    claims: list[tuple[Any, ...]] = house.asked(f"{SAID} ORDER BY s.seq", code, house=HOUSE)
    return Standing(state, version, is_opened, tuple(claim for (claim,) in claims))
