"""Guards on plain values: None when all is well, else a sentence that says what to do about it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from uuid import UUID

from brobygger.bridging.phrases import Blank, SayDay, phrase
from brobygger.bridging.sentences import Refusal
from brobygger.bridging.terms import Channel
from brobygger.engine.words import Phrase
from brobygger.foundation.days import local_day
from brobygger.offers.rules import season
from brobygger.offers.terms import CapacityKind, OfferStatus
from brobygger.privacy.rules import Line, valid_categories
from brobygger.privacy.terms import ConsentAct, DataKind, Direction


@dataclass(frozen=True, slots=True)
class Refused:
    """A refusal, and what stands in the blanks of its sentence."""

    why: Refusal
    blanks: Mapping[str, Blank] = field(default_factory=dict)

    def phrase(self, say_day: SayDay) -> Phrase:
        return phrase(self.why, self.blanks, say_day)


def consent_covers(
    ledger: Sequence[Line],
    *,
    recipient: UUID,
    categories: Collection[DataKind],
    direction: Direction = Direction.GIVE,
    on: date,
) -> Refused | None:
    """May these kinds of data pass between the resident and this recipient on that day?

    Handing over takes the written tier; a leg without personal data (`categories` empty) takes any yes.
    Several lines may cover it together. Giving never allows getting back.
    """
    wanted = frozenset(categories)
    any_form, written = (
        valid_categories(ledger, recipient=recipient, direction=direction, on=on, written=must)
        for must in (False, True)
    )
    if not any_form:
        return _why_none(
            [line for line in ledger if (line.recipient, line.direction) == (recipient, direction)]
        )
    if not_covered := wanted - any_form:
        return Refused(Refusal.CONSENT_TOO_NARROW, {"kinds": tuple(sorted(not_covered))})
    return None if wanted <= written else Refused(Refusal.CONSENT_ORAL_ONLY)


def _why_none(lines: Sequence[Line]) -> Refused:
    """Nothing is valid: because it was taken back, because it ran out, or because nobody asked."""
    if any(line.act is ConsentAct.WITHDRAWN for line in lines):
        return Refused(Refusal.CONSENT_WITHDRAWN)
    return Refused(Refusal.CONSENT_EXPIRED if lines else Refusal.NO_CONSENT)


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferFacts:
    """What decides whether an offer can be asked. `free_places` None means that nobody counts them."""

    status: OfferStatus = OfferStatus.ACTIVE
    capacity: CapacityKind = CapacityKind.UNKNOWN
    free_places: int | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    next_places_on: date | None = None
    has_queue: bool = False

    @property
    def is_full(self) -> bool:
        """Without a place and without a queue. A waiting list can always be joined."""
        counted_out = self.free_places is not None and self.free_places < 1
        is_out = self.capacity is CapacityKind.FULL or (self.capacity is CapacityKind.PLACES and counted_out)
        return is_out and not self.has_queue


def offer_open(offer: OfferFacts, *, on: date) -> Refused | None:
    """Can this offer be asked that day? One with an opening date ahead cannot, whatever else it says.

    The summer's rest counts as `offers.rules.season` has it: until it begins the offer is open.
    """
    opens_on, closes_on = season(on=on, opens_on=offer.opens_on, closes_on=offer.closes_on)
    if offer.status is OfferStatus.CLOSED:
        return Refused(Refusal.OFFER_CLOSED)
    if opens_on is not None and on < opens_on:
        return Refused(Refusal.OFFER_OPENS_LATER, {"opens_on": opens_on})
    if closes_on is not None and closes_on <= on:
        return Refused(Refusal.OFFER_CLOSED)
    if offer.status is OfferStatus.PAUSED:
        return Refused(Refusal.OFFER_PAUSED)
    if not offer.is_full:
        return None
    if offer.next_places_on is not None and on < offer.next_places_on:
        return Refused(Refusal.OFFER_FULL_UNTIL, {"next_places_on": offer.next_places_on})
    return Refused(Refusal.OFFER_FULL)


def reachable(*, verified_channels: int, by_hand: bool) -> Refused | None:
    """A verified way to the recipient, or one marked phone or paper only: then the owner rings."""
    return None if verified_channels or by_hand else Refused(Refusal.UNREACHABLE)


def alive(*, resident_is_here: bool, recipient_is_active: bool) -> Refused | None:
    """The resident has not died, moved away or been erased, and the recipient still works."""
    if not resident_is_here:
        return Refused(Refusal.RESIDENT_GONE)
    return None if recipient_is_active else Refused(Refusal.RECIPIENT_INACTIVE)


def still_wanted(*, need_is_open: bool) -> Refused | None:
    """No bridge is built to a need that has been closed meanwhile."""
    return None if need_is_open else Refused(Refusal.NEED_CLOSED)


def only_one(*, other_live_legs: int) -> Refused | None:
    """No second live leg for the same resident and offer. The database holds it too."""
    return Refused(Refusal.ALREADY_ASKED) if other_live_legs else None


@dataclass(frozen=True, slots=True)
class Attempt:
    """Somebody tried to get hold of the resident, that day, that way."""

    on: date
    channel: Channel


TRIES, WAYS_OF_TRYING, DAYS_OF_TRYING, MISSES = 3, 2, 2, 3
AN_ERROR_IS_NEW = timedelta(hours=24)


def tried_enough(attempts: Collection[Attempt]) -> Refused | None:
    """Nobody is given up after one telephone call: three times, two ways, two days."""
    ways, days = ({one.channel for one in attempts}, {one.on for one in attempts})
    enough = len(attempts) >= TRIES and len(ways) >= WAYS_OF_TRYING and len(days) >= DAYS_OF_TRYING
    return None if enough else Refused(Refusal.TRY_MORE)


def asked_enough(attempts: Collection[Attempt]) -> bool:
    """Only after three tries in two ways is it unknown how it went; time alone never says so."""
    return len(attempts) >= TRIES and len({one.channel for one in attempts}) >= WAYS_OF_TRYING


def silent(*, by_hand: bool, quiet_has_rung: bool) -> Refused | None:
    """We may close for a recipient who has telephone or paper only, or has been asked without answering."""
    return None if by_hand or quiet_has_rung else Refused(Refusal.THEY_CAN_SAY_IT)


def acknowledged_by_an_authority(*, is_authority: bool, acknowledged: bool) -> Refused | None:
    """Lawful silence is an authority's, and never inferred from time that has passed."""
    if not is_authority:
        return Refused(Refusal.NOT_AN_AUTHORITY)
    return None if acknowledged else Refused(Refusal.NOT_ACKNOWLEDGED)


def happened_in_time(happened_at: datetime, *, sent_at: datetime | None, now: datetime) -> Refused | None:
    """A meeting that has been held was not held tomorrow, nor on a day before anybody was asked."""
    if happened_at > now:
        return Refused(Refusal.NOT_YET)
    if sent_at is not None and local_day(happened_at) < local_day(sent_at):
        return Refused(Refusal.BEFORE_IT_WAS_SENT)
    return None


def talked_over(*, missed: int) -> Refused | None:
    """After the third meeting that came to nothing a talk comes before the next date."""
    return Refused(Refusal.TALK_IT_OVER) if missed >= MISSES else None


def unseen_and_new(*, seen: bool, made_at: datetime, now: datetime) -> Refused | None:
    """The author's own correction: within a day, and while nobody at the other bank has read it."""
    is_new = not seen and now - made_at <= AN_ERROR_IS_NEW
    return None if is_new else Refused(Refusal.SEEN_ALREADY)


def same_version(*, seen: int, current: int) -> Refused | None:
    return None if seen == current else Refused(Refusal.STALE)
