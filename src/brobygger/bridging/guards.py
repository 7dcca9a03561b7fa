"""Guards on plain values: None when all is well, else a sentence that says what to do about it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from brobygger.bridging.phrases import Blank, SayDay, phrase
from brobygger.bridging.terms import Refusal
from brobygger.engine.words import Phrase

NOTHING: Mapping[str, Blank] = MappingProxyType({})
GIVE, ORAL, CONSENT = "give", "oral", "consent"
PAUSED, CLOSED = "paused", "closed"


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal, and what stands in the blanks of its sentence."""

    why: Refusal
    blanks: Mapping[str, Blank] = field(default=NOTHING)

    def phrase(self, say_day: SayDay) -> Phrase:
        return phrase(self.why, self.blanks, say_day)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentLine:
    """One line of the consent ledger. `from_` counts, `until` does not.

    `recipient` is any key the caller also asks with. A basis other than consent (duty, vital interest)
    needs no signature, so its `form` does not matter.
    """

    recipient: object
    categories: frozenset[str]
    direction: str
    form: str
    from_: date
    until: date | None = None
    withdrawn: bool = False
    basis: str = CONSENT

    def has_begun(self, on: date) -> bool:
        return self.from_ <= on

    def has_expired(self, on: date) -> bool:
        return self.until is not None and self.until <= on

    def is_valid(self, on: date) -> bool:
        return self.has_begun(on) and not self.has_expired(on) and not self.withdrawn

    @property
    def is_written(self) -> bool:
        return self.form != ORAL or self.basis != CONSENT


def consent_covers(
    lines: Iterable[ConsentLine],
    *,
    recipient: object,
    categories: Collection[str],
    direction: str = GIVE,
    on: date,
) -> Refused | None:
    """May these kinds of data pass between the resident and this recipient on that day?

    Handing over takes the written tier; a leg without personal data (`categories` empty) takes any yes.
    Several lines may cover it together. Giving never allows getting back.
    """
    ours = [line for line in lines if line.recipient == recipient and line.direction == direction]
    valid = [line for line in ours if line.is_valid(on)]
    wanted = frozenset(categories)
    if not wanted:
        return None if valid else _why_none(ours, on)
    if wanted <= _kinds(line for line in valid if line.is_written):
        return None
    if wanted <= _kinds(valid):
        return Refused(Refusal.CONSENT_ORAL_ONLY)
    return Refused(Refusal.CONSENT_TOO_NARROW) if valid else _why_none(ours, on)


def _kinds(lines: Iterable[ConsentLine]) -> frozenset[str]:
    return frozenset().union(*(line.categories for line in lines))


def _why_none(lines: Collection[ConsentLine], on: date) -> Refused:
    if any(line.withdrawn for line in lines):
        return Refused(Refusal.CONSENT_WITHDRAWN)
    if any(line.has_expired(on) for line in lines):
        return Refused(Refusal.CONSENT_EXPIRED)
    return Refused(Refusal.NO_CONSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFacts:
    """What decides whether an offer can be asked. `free_places` None means that nobody counts places;
    `takes_queue` that a full offer keeps a waiting list."""

    status: str
    opens_on: date | None = None
    free_places: int | None = None
    takes_queue: bool = False
    next_place_on: date | None = None


def offer_open(offer: OfferFacts, *, on: date) -> Refused | None:
    """Can this offer be asked that day? One with a reopening date ahead cannot, whatever its status."""
    if offer.status == CLOSED:
        return Refused(Refusal.OFFER_CLOSED)
    if offer.opens_on is not None and on < offer.opens_on:
        return Refused(Refusal.OFFER_OPENS_LATER, {"opens_on": offer.opens_on})
    if offer.status == PAUSED:
        return Refused(Refusal.OFFER_PAUSED)
    if offer.free_places != 0 or offer.takes_queue:
        return None
    if offer.next_place_on is not None:
        return Refused(Refusal.OFFER_FULL_UNTIL, {"next_place_on": offer.next_place_on})
    return Refused(Refusal.OFFER_FULL)


def reachable(*, verified_channels: int, by_hand: bool) -> Refused | None:
    """A verified way to the recipient, or one marked phone or paper only: then the owner rings."""
    return None if verified_channels or by_hand else Refused(Refusal.UNREACHABLE)


def alive(*, resident_is_here: bool, recipient_is_active: bool) -> Refused | None:
    """The resident has not died, moved away or been erased, and the recipient still works."""
    if not resident_is_here:
        return Refused(Refusal.RESIDENT_GONE)
    return None if recipient_is_active else Refused(Refusal.RECIPIENT_INACTIVE)


def only_one(*, other_live_legs: int) -> Refused | None:
    """No second live leg for the same resident and offer. The database holds it too."""
    return Refused(Refusal.ALREADY_ASKED) if other_live_legs else None


def same_version(*, seen: int, current: int) -> Refused | None:
    return None if seen == current else Refused(Refusal.STALE)
