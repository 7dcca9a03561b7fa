"""The resident's own word: "Fik du den hjælp, du kom efter?" It closes the loop, and nobody else's does.

The recipient closes its leg; where the two disagree both words stand, and the owner has a day to settle it.
"""

from datetime import datetime

from django.db import transaction

from brobygger.accounts.models import Membership
from brobygger.bridging import closing, rules, telling
from brobygger.bridging.closing import NextStep
from brobygger.bridging.models import Bridge, Clock
from brobygger.bridging.refusing import check, right
from brobygger.bridging.sentences import Refusal
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, Channel, Claim, ClockKind, Settlement
from brobygger.foundation import audit
from brobygger.foundation.actor import SYSTEM, Actor
from brobygger.foundation.days import local_day
from brobygger.residents import actions as residents
from brobygger.residents.terms import NeedOutcome, Voice


@transaction.atomic
def tell_verdict(
    *,
    bridge: Bridge,
    verdict: NeedOutcome,
    speaker: Speaker,
    by: Actor,
    at: datetime,
    text: str = "",
    then: NextStep | None = None,
) -> Bridge:
    """Write down how it went, said by the resident, or (marked as such) by us. The earlier word is kept.

    With live legs the bridge stays open until they are settled. `then` is the need's next step where the
    need is not met; without it the owner has two working days to choose one.
    """
    if bridge.need_id is not None:
        telling.hold_need(bridge.need_id)
    bridge = telling.lock_bridge(bridge.pk)
    if speaker.told_by is not None:
        right(speaker.told_by, bridge)
    check(None if bridge.wants_a_verdict else rules.Refused(Refusal.NO_VERDICT_HERE))
    _write_down(bridge, verdict, speaker, by=by, at=at, text=text, then=then)
    return bridge


def _write_down(
    bridge: Bridge,
    verdict: NeedOutcome,
    speaker: Speaker,
    *,
    by: Actor,
    at: datetime,
    text: str = "",
    then: NextStep | None = None,
) -> None:
    """The word and all that follows from it, under the bridge's lock."""
    before = NeedOutcome(bridge.verdict) if bridge.verdict else None
    telling.word(bridge, Claim.VERDICT, speaker, at=at, verdict=verdict, text=text)
    bridge.verdict = verdict
    bridge.save(update_fields=["verdict"])
    audit.record("bridge:verdict", about=bridge, by=by, at=at, verdict=verdict)
    _note(bridge, f"Fik du den hjælp, du kom efter? {verdict.label}. {text}", speaker, at)
    if bridge.closed_at is not None:
        _said_anew(bridge, verdict, before, bridge.closed_at, by=by, at=at)
    elif not closing.has_live_legs(bridge):
        closing.settle(bridge, by=by, at=at, then=then)
    telling.show_on_need(bridge, at=at)


def _said_anew(
    bridge: Bridge,
    verdict: NeedOutcome,
    before: NeedOutcome | None,
    closed_at: datetime,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """The resident has changed their word about a closed bridge: a no in time opens it again."""
    need = bridge.need
    assert need is not None  # noqa: S101 - a person bridge has a need, by constraint
    if need.bridges.filter(closed_at=None).exists():
        return  # another bridge carries the need now
    is_left = closing.last_ended(bridge) is not None  # of errors alone nothing is left to go on with
    if is_left and rules.reopens(verdict, before=before, closed_at=closed_at, now=at):
        _reopen(bridge, by=by, at=at)
    elif need.closed_at is None and rules.closes_the_need(verdict):
        residents.close_need(need=need, outcome=verdict, by=by, at=at)
    else:
        residents.hear_outcome(need=need, outcome=verdict)


def _reopen(bridge: Bridge, *, by: Actor, at: datetime) -> None:
    last, need = closing.last_ended(bridge), bridge.need
    assert need is not None  # noqa: S101 - a person bridge has a need, by constraint
    bridge.closed_at = None
    bridge.save(update_fields=["closed_at"])
    kind = ClockKind.SETTLE_CONFLICT if closing.is_in_conflict(bridge) else ClockKind.CHOOSE_NEXT
    plan = rules.start_clock(kind, now=at, urgent=last is not None and last.is_urgent)
    telling.set_clock(bridge, None, plan, at=at)
    residents.hear_outcome(need=need, outcome=NeedOutcome.NOT_HELPED)
    if need.closed_at is not None:
        residents.reopen_need(
            need=need,
            next_step=closing.STEP_AFTER_THE_BRIDGE,
            next_step_on=local_day(plan.due_at),
            by=by,
            at=at,
        )
    audit.record("bridge:reopened", about=bridge, by=by, at=at)


@transaction.atomic
def settle_conflict(
    *,
    bridge: Bridge,
    how: Settlement,
    text: str,
    by: Membership,
    at: datetime,
    then: NextStep | None = None,
) -> Bridge:
    """The owner has talked with the resident: they talk on, or the bridge closes as the resident says.

    A new leg settles it too: that is `actions.build_bridge`.
    """
    bridge = telling.lock_bridge(bridge.pk)
    right(by, bridge)
    running = _own_clock(bridge, ClockKind.SETTLE_CONFLICT)
    check(rules.Refused(Refusal.NOTHING_TO_SETTLE) if running is None else None)
    speaker = Speaker(ActorRole.WORKER, by.name, Channel.SCREEN, told_by=by)
    telling.word(bridge, Claim.NOTE, speaker, at=at, text=text)
    _note(bridge, f"{how.label.capitalize()}. {text}", speaker, at)
    audit.record("bridge:settled", about=bridge, by=by.actor, at=at, how=how)
    if how is Settlement.CLOSE_AS_SAID:
        closing.close(bridge, by=by.actor, at=at, then=then)
    else:
        plan = rules.start_clock(ClockKind.SETTLE_CONFLICT, now=at)
        telling.set_clock(bridge, None, plan, at=at)
    telling.show_on_need(bridge, at=at)
    return bridge


@transaction.atomic
def tried_to_ask(*, bridge: Bridge, channel: Channel, by: Membership, at: datetime, text: str = "") -> Bridge:
    """The resident was asked how it went and did not answer. The next try is some days on."""
    bridge = telling.lock_bridge(bridge.pk)
    right(by, bridge)
    running = _own_clock(bridge, ClockKind.ASK_RESIDENT)
    if running is None:
        check(rules.Refused(Refusal.NOT_ASKED_NOW))
        return bridge
    speaker = Speaker(ActorRole.WORKER, by.name, channel, told_by=by)
    telling.word(bridge, Claim.TRIED_CONTACT, speaker, at=at, text=text)
    _note(bridge, f"Spurgt, om det hjalp, uden at få svar: {channel.label}. {text}", speaker, at)
    last = closing.last_ended(bridge)
    plan = rules.start_clock(
        ClockKind.ASK_RESIDENT,
        now=at,
        urgent=last is not None and last.is_urgent,
        again=True,
        ring_count=running.ring_count,
    )
    telling.set_clock(bridge, None, plan, at=at)
    telling.show_on_need(bridge, at=at)
    audit.record("bridge:asked", about=bridge, by=by.actor, at=at, channel=channel)
    return bridge


def give_up_asking(bridge: Bridge, *, at: datetime) -> bool:
    """Called under the bridge's lock when ask_resident rings: after three real tries it is unknown."""
    if not rules.asked_enough(attempts_to_ask(bridge)):
        return False
    nobody = Speaker(ActorRole.SYSTEM, SYSTEM.name, Channel.SCREEN)
    _write_down(bridge, NeedOutcome.UNKNOWN, nobody, by=SYSTEM, at=at)
    return True


def attempts_to_ask(bridge: Bridge) -> list[rules.Attempt]:
    """The tries since the last leg ended: after another leg the question is another."""
    last = closing.last_ended(bridge)
    tried = bridge.words.filter(claim=Claim.TRIED_CONTACT)
    if last is not None and last.ended_at is not None:
        tried = tried.filter(at__gte=last.ended_at)
    return [rules.Attempt(local_day(one.at), Channel(one.channel)) for one in tried]


def _own_clock(bridge: Bridge, kind: ClockKind) -> Clock | None:
    return bridge.clocks.filter(leg=None, ended_at=None, kind=kind).first()


def _note(bridge: Bridge, text: str, speaker: Speaker, at: datetime) -> None:
    if bridge.need is None:
        return
    voices = {ActorRole.RESIDENT: Voice.YOU, ActorRole.SYSTEM: Voice.CLOCK}
    residents.add_note(
        resident=bridge.need.resident,
        need=bridge.need,
        text=text.strip(),
        voice=voices.get(speaker.role, Voice.US),
        by=speaker.told_by,
        by_name=speaker.name,
        at=at,
        link=f"/broer/{bridge.pk}/",
    )
