"""Several people act on several bridges, each as the pages let them; numbers say who does what.

The same acts serve the random histories and those of many at once. An act that is refused
is an answer too; anything else that is raised is a fault.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F

from brobygger.accounts.models import Membership
from brobygger.bridging import (
    actions,
    answers,
    companions,
    endings,
    meetings,
    queueing,
    reads,
    reopening,
    ringing,
    rules,
    verdicts,
    withdrawing,
)
from brobygger.bridging.answers import Yes
from brobygger.bridging.models import Accompaniment, Bridge, Clock, Leg
from brobygger.bridging.refusing import Incomplete, NotYours, Refused
from brobygger.bridging.telling import Speaker, as_said
from brobygger.bridging.terms import (
    ActorRole,
    Channel,
    ClockKind,
    CompanyWish,
    DecidedBy,
    EndReason,
    Evidence,
    LegOutcome,
    LegState,
    RejectReason,
    Settlement,
)
from brobygger.foundation.days import local_day
from brobygger.offers.actions import NoPlaceLeft
from brobygger.offers.models import Offer
from brobygger.privacy.actions import give_consent
from brobygger.privacy.terms import Direction
from brobygger.residents.models import Need, Resident
from brobygger.residents.terms import NeedOutcome
from tests.people import NOW, Cast, football_offer, resident
from tests.rooms.bridging import stories

REFUSALS = (Refused, NotYours, Incomplete, rules.NotAllowed, NoPlaceLeft, actions.NotWhatWasShown)
DRAFT, REQUESTED, ACCEPTED = LegState.DRAFT, LegState.REQUESTED, LegState.ACCEPTED
IN_PROGRESS, ENDED = LegState.IN_PROGRESS, None
CHANNELS = (Channel.PHONE, Channel.IN_PERSON, Channel.SMS)


@dataclass
class Town:
    """The house, its people and what time it is. Rows are read anew for each act."""

    cast: Cast
    needs: list[Need]
    offers: list[Offer]
    now: datetime = NOW
    refused: int = 0
    done: dict[str, int] = field(default_factory=dict)

    def act(self, a: int, b: int, c: int) -> None:
        """One act, chosen by three numbers: on which leg, which act, and how it is done."""
        legs = list(Leg.objects.order_by("made_at", "code"))
        leg = legs[a % len(legs)] if legs else None
        state = leg.state_term if leg and leg.is_live else ENDED
        some = LIKELY[state] if b % 11 else list(ACTS)  # now and then whatever comes to mind
        name = some[b % len(some)] if leg else "build"
        try:
            ACTS[name](self, leg, c)
        except REFUSALS:
            self.refused += 1
        else:
            self.done[name] = self.done.get(name, 0) + 1

    def ring_what_is_due(self) -> None:
        for clock in ringing.due_clocks(now=self.now):
            ringing.ring(clock=clock, at=self.now)

    def by(self, c: int) -> Membership:
        return self.cast.torben if c % 5 == 0 else self.cast.maja

    def speaker(self, c: int, roles: str = "CRW") -> Speaker:
        """Whose words; half the time somebody writes them down for them."""
        role = ActorRole(roles[c % len(roles)])
        told_by = self.by(c) if role is ActorRole.WORKER or c % 2 else None
        return Speaker(role, role.name.lower(), CHANNELS[c % 3], told_by=told_by)


def furnish(cast: Cast) -> Town:
    """Three needs of two residents, and two offers with few places."""
    other = resident("Beboer To", cast.maja)
    needs = [cast.need, _need(cast, cast.amir), _need(cast, other)]
    Offer.objects.filter(pk=cast.football.pk).update(places_total=3, capacity_kind="places")
    return Town(cast, needs, [cast.football, football_offer(cast.club, places_total=2)])


def _need(cast: Cast, person: Resident) -> Need:
    return Need.objects.create(
        resident=person,
        words="Vil gerne spille.",
        theme="leisure",
        owner=cast.maja,
        next_step="x",
        next_step_on=NOW.date(),
        opened_at=NOW,
    )


def _said(town: Town, leg: Leg, c: int, roles: str = "CRW") -> dict[str, Any]:
    by = stories.by_link(leg)
    return {"leg": leg, "speaker": town.speaker(c, roles), "by": by, "at": town.now}


def _seen(leg: Leg, c: int) -> int:
    return leg.version - (1 if c % 13 == 0 else 0)


def build(town: Town, leg: Leg | None, c: int) -> None:
    need = Need.objects.get(pk=town.needs[c % 3].pk)
    offer = town.offers[c % 2]
    choice = stories.choice(town.cast, offer=offer, offer_name=offer.name)
    actions.build_bridge(need=need, choice=choice, by=town.by(c), at=town.now)


def prepare(town: Town, leg: Leg, c: int) -> None:
    actions.prepare_leg(leg=leg, kinds=stories.KINDS, message="", by=town.by(c), at=town.now)


def send(town: Town, leg: Leg, c: int) -> None:
    shown = reads.what_is_sent(leg, on=local_day(town.now)).shared
    actions.send_leg(leg=leg, seen=_seen(leg, c), shared=shown, by=town.by(c), at=town.now)


def say_yes_to_sharing(town: Town, leg: Leg | None, c: int) -> None:
    need = town.needs[c % 3]
    give_consent(
        resident_id=need.resident_id,
        recipient_id=town.cast.club.pk,
        give=stories.KINDS,
        may_answer=c % 2 == 0,
        purpose="fodbold",
        wording="Klubben må få fornavn og behov.",
        language="da",
        signed_name="A",
        signature=None,
        valid_until=local_day(town.now) + timedelta(days=180),
        by=town.cast.maja,
        at=town.now,
    )


def take_it_back(town: Town, leg: Leg | None, c: int) -> None:
    need = town.needs[c % 3]
    withdrawing.withdraw_consent(
        resident=Resident.objects.get(pk=need.resident_id),
        recipient=None if c % 2 else town.cast.club,
        directions=(Direction.GET,) if c % 7 == 0 else withdrawing.BOTH_WAYS,
        speaker=Speaker(ActorRole.RESIDENT, "Amir", Channel.PHONE, told_by=town.cast.maja),
        by=town.cast.maja.actor,
        at=town.now,
    )


def opened(town: Town, leg: Leg, c: int) -> None:
    stories.opened(leg, at=town.now)


def accept(town: Town, leg: Leg, c: int) -> None:
    queue = c % 4 == 0
    answer = Yes(waitlisted=True) if queue else Yes(when=town.now + timedelta(days=c))
    said = _said(town, leg, c, "C")
    answers.accept_leg(seen=_seen(leg, c), answer=answer, **said)


def decline(town: Town, leg: Leg, c: int) -> None:
    reason = list(RejectReason)[c % 6]
    answers.decline_leg(seen=_seen(leg, c), reason=reason, text="x" * (c % 2), **_said(town, leg, c, "C"))


def withdraw(town: Town, leg: Leg, c: int) -> None:
    residents_own = c % 2 == 0
    actions.withdraw_leg(
        leg=leg,
        decided_by=DecidedBy.RESIDENT if residents_own else DecidedBy.US,
        reason=EndReason.PERSON_DECLINED if residents_own else EndReason.SUPERSEDED,
        close_need=residents_own and c % 4 == 0,
        seen=_seen(leg, c),
        by=town.by(c),
        at=town.now,
    )


def plan(town: Town, leg: Leg, c: int) -> None:
    meetings.plan_meeting(when=town.now + timedelta(days=c), **_said(town, leg, c))


def meet(town: Town, leg: Leg, c: int) -> None:
    said = _said(town, leg, c, "CRR")
    meetings.tell_first_meeting(happened_at=town.now - timedelta(hours=c % 3), **said)


def miss(town: Town, leg: Leg, c: int) -> None:
    meetings.tell_missed_meeting(**_said(town, leg, c))


def think(town: Town, leg: Leg, c: int) -> None:
    meetings.tell_thinking(**_said(town, leg, c, "R"))


def check_in(town: Town, leg: Leg, c: int) -> None:
    meetings.check_in(**_said(town, leg, c))


def doubt(town: Town, leg: Leg, c: int) -> None:
    meetings.contest_meeting(**_said(town, leg, c, "CR"))


def try_to_reach(town: Town, leg: Leg, c: int) -> None:
    meetings.tried_contact(**_said(town, leg, c, "WC"))


def give_place(town: Town, leg: Leg, c: int) -> None:
    endings.give_place(seen=_seen(leg, c), when=town.now + timedelta(days=c), **_said(town, leg, c, "C"))


def complete(town: Town, leg: Leg, c: int) -> None:
    endings.complete_leg(
        seen=_seen(leg, c),
        outcome=list(LegOutcome)[c % 4],
        evidence=(Evidence.RESIDENT, Evidence.WORKER_OBSERVATION)[c % 2],
        met_at=town.now if c % 3 else None,
        **_said(town, leg, c, "CCW"),
    )


def fail(town: Town, leg: Leg, c: int) -> None:
    reason = rules.fail_reasons(ActorRole.WORKER)[c % 3]
    endings.fail_leg(seen=_seen(leg, c), reason=reason, **_said(town, leg, c, "CW"))


def silence(town: Town, leg: Leg, c: int) -> None:
    endings.close_in_silence(seen=_seen(leg, c), ground="tavshedspligt", **_said(town, leg, c, "CW"))


def call_it_an_error(town: Town, leg: Leg, c: int) -> None:
    endings.enter_leg_in_error(leg=leg, reason="forkert", by=town.by(c), at=town.now)


def try_again(town: Town, leg: Leg, c: int) -> None:
    reopening.reopen_leg(leg=leg, by=town.by(c), at=town.now)


def have_the_word(town: Town, leg: Leg, c: int) -> None:
    speaker = town.speaker(c, "RRW")
    bridge = Bridge.objects.get(pk=leg.bridge_id)
    verdict = list(NeedOutcome)[c % len(NeedOutcome)]
    verdicts.tell_verdict(
        bridge=bridge, verdict=verdict, speaker=speaker, by=town.cast.maja.actor, at=town.now
    )


def settle(town: Town, leg: Leg, c: int) -> None:
    bridge = Bridge.objects.get(pk=leg.bridge_id)
    how = list(Settlement)[c % 2]
    verdicts.settle_conflict(bridge=bridge, how=how, text="talt", by=town.by(c), at=town.now)


def ask(town: Town, leg: Leg, c: int) -> None:
    bridge = Bridge.objects.get(pk=leg.bridge_id)
    verdicts.tried_to_ask(bridge=bridge, channel=CHANNELS[c % 3], by=town.by(c), at=town.now)


def go_along(town: Town, leg: Leg, c: int) -> None:
    companions.ask_company(leg=leg, wish=CompanyWish.YES, by=town.by(c), at=town.now)
    companions.offer_company(
        leg=leg,
        companion=town.cast.torben if c % 2 else None,
        own_person="" if c % 2 else "Nabo",
        meet_at=town.now + timedelta(days=c),
        meet_where="ved døren",
        by=town.by(c),
        at=town.now,
    )


def not_go_along(town: Town, leg: Leg, c: int) -> None:
    company = Accompaniment.objects.filter(leg=leg).order_by("offered_at").last()
    if company is not None:
        act = companions.agree_company if c % 2 else companions.cancel_company
        act(company=company, by=town.by(c), at=town.now)


def a_clock_rings(town: Town, leg: Leg, c: int) -> None:
    for clock in Clock.objects.filter(bridge=leg.bridge_id, ended_at=None):
        ringing.ring(clock=clock, at=clock.due_at)


ACTS: dict[str, Callable[[Town, Any, int], None]] = {
    act.__name__: act
    for act in (
        build,
        prepare,
        send,
        say_yes_to_sharing,
        take_it_back,
        opened,
        accept,
        decline,
        withdraw,
        plan,
        meet,
        miss,
        think,
        check_in,
        doubt,
        try_to_reach,
        give_place,
        complete,
        fail,
        silence,
        call_it_an_error,
        try_again,
        have_the_word,
        settle,
        ask,
        go_along,
        not_go_along,
    )
}
LIKELY: dict[LegState | None, list[str]] = {
    DRAFT: ["say_yes_to_sharing", "prepare", "send", "send", "send", "build", "withdraw"],
    REQUESTED: ["opened", "accept", "accept", "accept", "decline", "meet", "build", "take_it_back"],
    ACCEPTED: [
        "meet",
        "plan",
        "miss",
        "think",
        "give_place",
        "try_to_reach",
        "try_to_reach",
        "complete",
        "complete",
        "fail",
        "go_along",
        "not_go_along",
        "have_the_word",
        "withdraw",
    ],
    IN_PROGRESS: [
        "check_in",
        "doubt",
        "complete",
        "complete",
        "fail",
        "try_to_reach",
        "have_the_word",
        "withdraw",
    ],
    ENDED: [
        "have_the_word",
        "settle",
        "ask",
        "ask",
        "ask",
        "try_again",
        "build",
        "build",
        "call_it_an_error",
    ],
}


# -- what always holds --


def what_is_wrong(town: Town) -> list[str]:
    """Everything that does not hold now, as sentences; none is the only good answer."""
    wrong: list[str] = []
    bridges = list(
        Bridge.objects.select_related("need__resident", "owner").prefetch_related(
            reads.WITH_LEGS, reads.WITH_CLOCKS, "legs__statements"
        )
    )
    for bridge in bridges:
        wrong += _of_the_bridge(bridge, town.now)
        for leg in bridge.legs.all():
            wrong += _of_the_leg(bridge, leg)
    wrong += _of_the_needs(bridges)
    wrong += _of_the_places() + _of_the_lines()
    return wrong


def _of_the_bridge(bridge: Bridge, now: datetime) -> list[str]:
    legs, clocks = list(bridge.legs.all()), list(bridge.clocks.all())
    facts, leg_facts = reads.facts_of(bridge)
    why = rules.why_open(facts, leg_facts, today=local_day(now))
    own = [clock for clock in clocks if clock.leg_id is None]
    is_open, is_live = bridge.closed_at is None, any(leg.is_live for leg in legs)
    found = {
        "an open bridge has one why, a closed one none": (why is not None) is is_open,
        "a bridge has its own clock when it is open and nothing is live": len(own)
        == int(is_open and not is_live),
        "a closed bridge has the resident's word, or never was": is_open
        or bridge.is_void
        or bridge.verdict != "",
        "a closed bridge has nothing live": is_open or not is_live,
        "every clock is an active person's": all(_is_active(clock) for clock in clocks),
        "a bridge has a state": bool(rules.bridge_state(facts, leg_facts)),
    }
    return [f"not so: {what} ({bridge.pk})" for what, holds in found.items() if not holds]


def _is_active(clock: Clock) -> bool:
    contact = clock.contact
    theirs = contact is not None and contact.is_active and contact.verified_on is not None
    ours = clock.owner is not None and clock.owner.is_active
    return (theirs or ours) and clock.watcher.is_active


def _of_the_leg(bridge: Bridge, leg: Leg) -> list[str]:
    clocks = [clock for clock in bridge.clocks.all() if clock.leg_id == leg.pk]
    said = rules.fold(map(as_said, sorted(leg.statements.all(), key=lambda one: one.seq)))
    stored = (leg.state, leg.version, leg.reason, leg.outcome, leg.evidence, leg.tries, leg.missed_meetings)
    folded = (
        said.state,
        said.version,
        said.reason or "",
        said.outcome or "",
        said.evidence or "",
        said.tries,
        said.missed,
    )
    waits = leg.waitlisted_at is not None
    found = {
        "a live leg has one clock and an ended one none": len(clocks) == int(leg.is_live),
        "its clock fits where it stands": all(
            rules.clock_fits(ClockKind(clock.kind), leg.state_term, waitlisted=waits) for clock in clocks
        ),
        "the stored leg is what was said": stored == folded,
        "what is done has outcome and evidence": leg.state != "completed"
        or bool(leg.outcome and leg.evidence),
    }
    return [f"not so: {what} ({leg.code}, {leg.state})" for what, holds in found.items() if not holds]


def _of_the_needs(bridges: list[Bridge]) -> list[str]:
    wrong = []
    for need in Need.objects.filter(closed_at=None):
        if not (need.owner_id and need.next_step and need.next_step_on):
            wrong.append(f"an open need lacks owner, step or day ({need.words})")
        carried = [one for one in bridges if one.need_id == need.pk and one.closed_at is None]
        for bridge in carried:
            first = min(clock.due_at for clock in bridge.clocks.all())
            if local_day(first) != need.next_step_on:
                wrong.append(f"the need says {need.next_step_on} and its clock {first}")
    closed = [one for one in bridges if one.closed_at is None and one.need and one.need.closed_at]
    return wrong + [f"an open bridge carries a closed need ({one.pk})" for one in closed]


def _of_the_lines() -> list[str]:
    """Whoever waits for one offer stands in one line, numbered from 1 without a gap, by the day of asking."""
    waiting = Leg.objects.filter(waitlisted_at__isnull=False, state__in=queueing.STANDS, offer__isnull=False)
    lines: dict[Any, list[Leg]] = {}
    for leg in waiting.order_by("sent_at", "pk"):
        lines.setdefault(leg.offer_id, []).append(leg)
    told = queueing.numbers([leg.pk for line in lines.values() for leg in line])
    return [
        f"{leg.code} is number {told.get(leg.pk)} in line and should be {number}"
        for line in lines.values()
        for number, leg in enumerate(line, 1)
        if told.get(leg.pk) != number
    ]


def _of_the_places() -> list[str]:
    over = Offer.objects.filter(places_total__isnull=False, places_taken__gt=F("places_total"))
    return [f"more places taken than there are ({offer.name})" for offer in over]
