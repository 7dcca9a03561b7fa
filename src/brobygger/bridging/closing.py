"""What follows when a leg has ended: another leads, the bridge owes a next step, or the bridge closes."""

from dataclasses import dataclass
from datetime import date, datetime

from brobygger.bridging import companions, reads, rules, telling
from brobygger.bridging.models import Bridge, Leg
from brobygger.bridging.terms import LIVE, BridgeKind, ClockKind, LegOutcome, LegState
from brobygger.engine.words import gettext_noop as _
from brobygger.foundation import audit, outbox
from brobygger.foundation.actor import Actor
from brobygger.foundation.cards import Hand
from brobygger.foundation.days import local_day
from brobygger.offers import actions as offers
from brobygger.residents import actions as residents
from brobygger.residents.terms import NeedOutcome

STEP_AFTER_THE_BRIDGE = _("Vælg næste skridt sammen med beboeren")


@dataclass(frozen=True, slots=True)
class NextStep:
    """What the owner says happens with the need, and when."""

    words: str
    on: date


def let_go(leg: Leg, *, at: datetime) -> None:
    """What every ending of a live leg does: nothing waits to be sent, no clock rings, no link opens."""
    outbox.stop(about_kind=telling.LEG, about_id=leg.pk)
    telling.stop_clock(leg.bridge, leg, at=at)
    leg.links.filter(revoked_at=None).update(revoked_at=at)
    companions.leg_has_ended(leg, at=at)


def give_place_back(leg: Leg) -> None:
    """The place the recipient's yes had taken is free again. Whoever only looks it up has taken none."""
    if leg.place_taken and leg.offer is not None:
        offers.give_place_back(offer=leg.offer)
        leg.place_taken = False


def bridge_goes_on(leg: Leg, *, by: Actor, at: datetime) -> None:
    """A leg has ended. If no other leg is live, the bridge itself owes a next step, or closes."""
    bridge = leg.bridge
    if bridge.closed_at is None and not has_live_legs(bridge):
        settle(bridge, by=by, at=at)
    telling.show_on_need(bridge, at=at)


def has_live_legs(bridge: Bridge) -> bool:
    return bridge.legs.filter(state__in=LIVE).exists()


def last_ended(bridge: Bridge) -> Leg | None:
    """The leg that ended last, without those entered in error."""
    ended = bridge.legs.filter(ended_at__isnull=False).exclude(state=LegState.ENTERED_IN_ERROR)
    return ended.order_by("ended_at", "made_at").last()


def settle(bridge: Bridge, *, by: Actor, at: datetime, then: NextStep | None = None) -> None:
    """An open bridge without a live leg: close it if nothing is left to do, else start its own clock."""
    last = last_ended(bridge)
    if last is None:
        bridge.is_void = True
        close(bridge, by=by, at=at, then=then)
    elif not bridge.wants_a_verdict or (bridge.verdict and not is_in_conflict(bridge)):
        close(bridge, by=by, at=at, then=then)
    else:
        plan = rules.bridge_clock_after(
            ended=LegState(last.state),
            outcome=LegOutcome(last.outcome) if last.outcome else None,
            conflict=is_in_conflict(bridge),
            now=at,
            urgent=last.is_urgent,
        )
        telling.set_clock(bridge, None, plan, at=at)


def is_in_conflict(bridge: Bridge) -> bool:
    """The recipient says done, the resident says no."""
    last = last_ended(bridge)
    verdict = NeedOutcome(bridge.verdict) if bridge.verdict else None
    return last is not None and rules.disagree(verdict, [reads.leg_facts(last, None)])


def close(bridge: Bridge, *, by: Actor, at: datetime, then: NextStep | None = None) -> None:
    """The bridge is over. What the resident said closes the need, or leaves it with a next step."""
    telling.stop_clock(bridge, None, at=at)
    bridge.closed_at = at
    bridge.save(update_fields=["closed_at", "verdict", "is_void"])
    audit.record("bridge:closed", about=bridge, by=by, at=at, verdict=bridge.verdict)
    _tell_the_need(bridge, by=by, at=at, then=then)


def _tell_the_need(bridge: Bridge, *, by: Actor, at: datetime, then: NextStep | None) -> None:
    need = bridge.need
    if need is None or need.closed_at is not None or bridge.kind != BridgeKind.PERSON:
        return
    verdict = NeedOutcome(bridge.verdict) if bridge.verdict else None
    if verdict is not None and rules.closes_the_need(verdict):
        residents.close_need(need=need, outcome=verdict, by=by, at=at)
    else:
        after = then or step_for_the_owner(at)
        residents.move_need(need=need, next_step=after.words, next_step_on=after.on, at=at)
        if verdict is not None:
            residents.hear_outcome(need=need, outcome=verdict)
    residents.tell_way(need=need, step=None, words="", hand=Hand.NONE, whose="", link="")


def step_for_the_owner(at: datetime) -> NextStep:
    """Nobody has said what comes next: it is the owner's, as soon as any other choice would be."""
    due = rules.start_clock(ClockKind.CHOOSE_NEXT, now=at).due_at
    return NextStep(STEP_AFTER_THE_BRIDGE, local_day(due))
