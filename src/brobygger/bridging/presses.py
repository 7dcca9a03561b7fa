"""What a worker can do with a bridge now: a few clear presses, and the rarer ones behind a fold.

Nothing is decided here. A press leads to a page, and the act asks the rules again.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygger.bridging.models import Accompaniment, Bridge, Clock, Leg
from brobygger.bridging.terms import ClockKind, LegState
from brobygger.partners.terms import CARRIES_LINKS

MISSES = 3  # after so many a talk comes before the next date
A_NEW_DAY_IS_OWED = frozenset({ClockKind.MEETING_MISSED, ClockKind.FIRST_CONTACT_LATE})


@dataclass(frozen=True, slots=True)
class Press:
    """One press: the words on it and where it leads. `is_main` for the one that moves the bridge on."""

    words: str
    href: str
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Presses:
    """`near` are few and always shown; `rarer` stand behind a fold."""

    near: tuple[Press, ...] = ()
    rarer: tuple[Press, ...] = ()


@dataclass(frozen=True, slots=True)
class Standing:
    """What the presses depend on. `leg` leads, or ended last; `clock` rings first."""

    bridge: Bridge
    leg: Leg | None
    clock: Clock | None
    company: Accompaniment | None
    now: datetime

    @property
    def name(self) -> str:
        return self.bridge.need.resident.first_name if self.bridge.need else ""

    @property
    def kind(self) -> ClockKind | None:
        return ClockKind(self.clock.kind) if self.clock else None

    def press(self, words: str, page: str, *, is_main: bool = False) -> Press:
        href = reverse(f"bridging:{page}", args=[self.bridge.pk])
        return Press(words, f"{href}?kode={self.leg.code}" if self.leg else href, is_main)


def presses(
    bridge: Bridge, leg: Leg | None, clock: Clock | None, company: Accompaniment | None, *, now: datetime
) -> Presses:
    """By the state of the leading leg; for a bridge without a live leg by the clock that runs on itself."""
    at = Standing(bridge, leg, clock, company, now)
    if bridge.closed_at is not None:
        return Presses((at.press(_("%(name)s siger noget andet nu") % {"name": at.name}, "verdict"),))
    if leg is None or not leg.is_live:
        return _without_live_leg(at)
    found = _by_state(at, LegState(leg.state))
    if leg.state == LegState.DRAFT:
        return found
    return Presses(found.near, (*found.rarer, _own_page(at)))


def _own_page(at: Standing) -> Press:
    return at.press(_("Giv %(name)s sin egen side") % {"name": at.name}, "invite")


def _by_state(at: Standing, state: LegState) -> Presses:
    made = {
        LegState.DRAFT: _draft,
        LegState.REQUESTED: _requested,
        LegState.ACCEPTED: _accepted,
        LegState.IN_PROGRESS: _under_way,
    }.get(state)
    return made(at) if made else Presses((), tuple(_endings(at)))


def _draft(at: Standing) -> Presses:
    send = at.press(_("Gør klar og send"), "send", is_main=True)
    return Presses((send, at.press(_("Drop den"), "withdraw")))


def _requested(at: Standing) -> Presses:
    answered = at.press(_("De har svaret os"), "told")
    met = at.press(_("De har allerede mødt hinanden"), "met")
    return Presses((answered,), (met, at.press(_("Træk tilbage"), "withdraw")))


def _accepted(at: Standing) -> Presses:
    near: list[Press] = []
    leg = at.leg
    plan, met = at.press(_("Aftal en ny dag"), "meeting"), at.press(_("Mødtes de?"), "met")
    if leg is not None and leg.waitlisted_at is not None:
        near = [at.press(_("De har en plads nu"), "place", is_main=True)]
    elif leg is None or leg.promised_at is None:
        near = [at.press(_("Skriv, hvornår de mødes"), "meeting", is_main=True)]
    elif leg.missed_meetings >= MISSES:
        near = [at.press(_("Tal med %(name)s") % {"name": at.name}, "talked", is_main=True), met]
    elif at.kind in A_NEW_DAY_IS_OWED:
        near = [at.press(_("Aftal en ny dag"), "meeting", is_main=True), met]
    elif timezone.localdate(leg.promised_at) <= timezone.localdate(at.now):
        near = [at.press(_("Mødtes de?"), "met", is_main=True), plan]
    else:
        near = [plan]
    if at.company is None and (leg is None or leg.waitlisted_at is None):
        near.append(at.press(_("Skal nogen gå med?"), "company"))
    rarer = [met] if met not in near and not any(one.is_main for one in near) else []
    return Presses(tuple(near), (*rarer, *_endings(at)))


def _under_way(at: Standing) -> Presses:
    if at.kind is ClockKind.MEETING_DOUBTED:
        asked = at.press(_("Skriv, hvad de siger om mødet"), "met", is_main=True)
        return Presses((asked,), (at.press(_("Det er klaret"), "end"), *_endings(at)))
    ask = at.press(_("Skriv, hvad %(name)s siger") % {"name": at.name}, "verdict")
    doubt = at.press(_("De har ikke mødt hinanden"), "met")
    return Presses((at.press(_("Det er klaret"), "end"), ask), (doubt, *_endings(at)))


def may_close_for_them(leg: Leg, clock: Clock | None) -> bool:
    """Whether our own eyes or the resident's word may stand in for the recipient's (T12): they have
    telephone or paper only, or have been asked without answering."""
    by_hand = leg.contact is None or leg.contact.channel not in CARRIES_LINKS
    return by_hand or (clock is not None and clock.kind == ClockKind.QUIET_LATE)


def _endings(at: Standing) -> Iterator[Press]:
    leg = at.leg
    yield at.press(_("Jeg fik ikke fat i %(name)s") % {"name": at.name}, "tried")
    if leg and leg.state == LegState.ACCEPTED and leg.waitlisted_at is None:
        yield at.press(_("Det er klaret"), "end")
    if leg and leg.recipient.is_authority:
        yield at.press(_("De må ikke sige mere"), "silence")
    yield at.press(_("Det lykkedes ikke"), "failed")
    yield at.press(_("Træk tilbage"), "withdraw")


def _without_live_leg(at: Standing) -> Presses:
    said = _("Skriv, hvad %(name)s siger") % {"name": at.name}
    other = _suggestions(at)
    again = (at.press(_("Prøv samme sted igen"), "again"),) if at.leg else ()
    if at.kind is ClockKind.ASK_RESIDENT:
        tried = at.press(_("Jeg fik ikke fat i %(name)s") % {"name": at.name}, "not_reached")
        return Presses((at.press(said, "verdict", is_main=True), tried), (*other, *again, _own_page(at)))
    if at.kind is ClockKind.SETTLE_CONFLICT:
        settle = at.press(_("Vælg, hvad I gør nu"), "settle", is_main=True)
        return Presses((settle, *other, *again), (at.press(said, "verdict"),))
    return Presses((*other, _talk(at)), (*again, at.press(said, "verdict")))


def _suggestions(at: Standing) -> tuple[Press, ...]:
    if at.bridge.need_id is None:
        return ()
    href = reverse("matching:suggestions", args=[at.bridge.need_id])
    return (Press(_("Find noget andet"), href, at.kind is ClockKind.CHOOSE_NEXT),)


def _talk(at: Standing) -> Press:
    need = at.bridge.need
    href = reverse("residents:one", args=[need.resident_id]) if need else ""
    return Press(_("Tal med %(name)s") % {"name": at.name}, href)
