"""What the pages of matching show: frozen values, and no more."""

from dataclasses import dataclass
from uuid import UUID

from brobygger.matching.person import Fact
from brobygger.offers.reaching import NO_REACH, Reach
from brobygger.offers.reads import OfferRow


@dataclass(frozen=True, slots=True)
class Told:
    """One reason in words, with the resident's facts and the offer's fields it rests on (MAT-01)."""

    standing: str
    text: str
    facts: tuple[str, ...]
    fields: tuple[str, ...]
    about: str = ""  # in one word: "vejen"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One offer for this need. `choice` is what a press sends on; empty where nobody can be sent.

    `could` says what would make it fit, and `tries` are the changes to try for that ("what if"); a change
    that only the offer can make has none.
    """

    row: OfferRow
    is_fit: bool
    penalty: int
    way: str
    reasons: tuple[Told, ...]
    choice: str
    could: str = ""
    tries: tuple[str, ...] = ()
    reach: Reach = NO_REACH
    short: tuple[tuple[str, str], ...] = ()  # the reasons in two lines, as `parts/why.html` draws them

    @property
    def line(self) -> str:
        """How far, when, at what price and where, as short sentences on one line."""
        return " ".join(f"{told.rstrip('.')}." for told in (self.way, self.row.line) if told)

    @property
    def key(self) -> str:
        """Asks for a line of why where the offer was not suggested, and names its field."""
        return "" if self.is_fit else str(self.row.offer_id)

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """The reasons as `parts/why.html` draws them."""
        return [(reason.standing, reason.text) for reason in self.reasons]

    @property
    def against(self) -> list[tuple[str, str]]:
        return [pair for pair in self.pairs if pair[0] == "against"]

    @property
    def not_against(self) -> list[tuple[str, str]]:
        return [pair for pair in self.pairs if pair[0] != "against"]

    @property
    def has_questions(self) -> bool:
        return any(reason.standing == "ask" for reason in self.reasons)


@dataclass(frozen=True, slots=True)
class Opening:
    """One change on the resident's side, and how many more offers would fit."""

    text: str
    tries: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The whole page of one need."""

    need_id: UUID
    resident_id: UUID
    resident: str
    words: str
    theme: str
    facts: tuple[Fact, ...]
    fits: tuple[Suggestion, ...]
    near: tuple[Suggestion, ...]
    others: tuple[Suggestion, ...]
    fits_in_all: int
    near_in_all: int
    others_in_all: int
    in_the_way: tuple[tuple[str, int], ...]
    openings: tuple[Opening, ...]
    is_closed: bool

    @property
    def tried(self) -> list[Fact]:
        return [fact for fact in self.facts if fact.is_tried]

    @property
    def not_fitting(self) -> int:
        return self.near_in_all + self.others_in_all

    @property
    def not_shown(self) -> int:
        """How many that do not fit are still to be asked for: near misses stand on the page already."""
        return self.not_fitting - len(self.near) - len(self.others)

    def named(self, offers: list[UUID]) -> list[Suggestion]:
        """These of the shown offers, in the order asked for."""
        shown = {each.row.offer_id: each for each in (*self.fits, *self.near, *self.others)}
        return [shown[key] for key in offers if key in shown]
