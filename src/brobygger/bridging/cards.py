"""What the pages show of a bridge, as frozen values made from what `reads` fetched. No query is made here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from brobygger.accounts.models import Membership
from brobygger.bridging import rules
from brobygger.bridging.models import Bridge, Clock, Leg, Statement
from brobygger.bridging.reads import facts_of, leg_facts
from brobygger.bridging.terms import (
    ActorRole,
    Channel,
    Claim,
    ClockKind,
    DecidedBy,
    EndReason,
    Evidence,
    LegOutcome,
    LegState,
    Party,
    RejectReason,
)
from brobygger.foundation import spoken
from brobygger.foundation.cards import Hand
from brobygger.foundation.kept import said_anew
from brobygger.privacy.terms import NEVER_SENT, DataKind
from brobygger.residents.terms import NeedOutcome

SIDES = {
    ActorRole.RECIPIENT: "them",
    ActorRole.RESIDENT: "you",
    ActorRole.SYSTEM: "clock",
}
HANDS = {
    Party.RECIPIENT: Hand.THEM,
    Party.CONTACT: Hand.THEM,
    Party.COORDINATOR: Hand.THEM,
    Party.RESIDENT: Hand.YOU,
}


@dataclass(frozen=True, slots=True)
class Said:
    """One voice of the conversation; `day` heads a group of them."""

    side: str
    by: str
    when: str
    strong: str
    text: str
    day: str


@dataclass(frozen=True, slots=True)
class Deadline:
    """The running clock in words: what it asks, when it rings, whose it is, who follows along."""

    what: str
    asks: str
    when: str
    whose: str
    watcher: str
    hand: Hand
    is_late: bool


@dataclass(frozen=True, slots=True)
class LegCard:
    """One recipient's part, for the bridge page."""

    leg: Leg
    title: str
    state: str
    at: int
    held: bool
    steps: list[tuple[str, str]]
    told: list[str]
    kept: list[str]
    reasons: list[tuple[str, str]]
    because: str
    chosen_on: datetime | None
    ended: str


@dataclass(frozen=True, slots=True)
class BridgeCard:
    """A bridge as one answer to: where does it stand, why, whose hand is it in, and by when."""

    bridge: Bridge
    title: str
    quote: str
    is_fictional: bool
    state: str
    why: str
    who: str
    hand: Hand
    deadline: Deadline | None
    lead: LegCard | None
    beside: list[LegCard]
    before: list[LegCard]

    @property
    def is_open(self) -> bool:
        return self.bridge.closed_at is None


def bridge_card(bridge: Bridge, *, now: datetime, gaps: frozenset[UUID] = frozenset()) -> BridgeCard:
    """`gaps` from `reads.consent_gaps`."""
    today = timezone.localdate(now)
    facts, legs = facts_of(bridge, gaps=gaps)
    why = rules.why_open(facts, legs, today=today)
    in_order = leading_first(bridge.legs.all())
    lead, others = (in_order[0], in_order[1:]) if in_order else (None, [])
    clock = next(iter(bridge.clocks.all()), None) if facts.closed is False else None
    need = bridge.need
    return BridgeCard(
        bridge=bridge,
        title=_title(bridge, lead),
        quote=need.words if need else "",
        is_fictional=bool(need and need.resident.is_fictional),
        state=_(rules.bridge_state(facts, legs).label),
        why=why.phrase(lambda day: _say_day(day, today)).text(_) if why else "",
        who=_who(why, bridge, lead) if why else "",
        hand=_hand(why),
        deadline=deadline(clock, now=now) if clock else None,
        lead=leg_card(lead, today=today, helped=bridge.verdict in HELPED) if lead else None,
        beside=[leg_card(leg, today=today) for leg in others if leg.is_live],
        before=[leg_card(leg, today=today) for leg in others if not leg.is_live],
    )


def leading_first(legs: Iterable[Leg]) -> list[Leg]:
    """The live leg that has come furthest on top; then the others, the newest first."""
    legs = list(legs)
    live = [leg for leg in legs if leg.is_live]
    lead = rules.leading_leg([leg_facts(leg, None) for leg in live])
    first = next((leg for leg in live if leg_facts(leg, None) == lead), None)
    rest = sorted((leg for leg in legs if leg is not first), key=lambda leg: leg.made_at, reverse=True)
    return [first, *rest] if first else rest


def _title(bridge: Bridge, lead: Leg | None) -> str:
    name = bridge.need.resident.first_name if bridge.need else _("Bro")
    return _("%(name)s til %(where)s") % {"name": name, "where": lead.offer_name} if lead else name


def _say_day(day: date, today: date) -> str:
    if isinstance(day, datetime):
        return spoken.spoken(timezone.localtime(day), now=timezone.localtime())
    return spoken.spoken_day(day, today=today)


def refusal(refused: rules.Refused, *, today: date) -> str:
    """A guard's no in the reader's language: what is missing and what to do."""
    return refused.phrase(lambda day: _say_day(day, today)).text(_)


def _who(why: rules.Why, bridge: Bridge, lead: Leg | None) -> str:
    names = {
        Party.OWNER: bridge.owner.name,
        Party.AUTHOR: bridge.owner.name,
        Party.RESIDENT: bridge.need.resident.first_name if bridge.need else "",
        Party.STEWARD: _(Party.STEWARD.label),
    }
    recipient = lead.recipient.name if lead else ""
    if not why.who:
        until = _say_day(why.until, timezone.localdate()) if why.until else ""
        return _("Ingen før %(day)s") % {"day": until} if until else _("Ingen lige nu")
    return _(" eller ").join(names.get(party) or recipient for party in why.who)


def _hand(why: rules.Why | None) -> Hand:
    if why is None or not why.who:
        return Hand.NONE
    return HANDS.get(why.who[0], Hand.US)


def deadline(clock: Clock, *, now: datetime, house: str = "") -> Deadline:
    """`house` is given for what the other bank reads: there our people are called by their house."""
    kind = ClockKind(clock.kind)
    partner = clock.contact
    return Deadline(
        what=_(kind.label),
        asks=_(kind.asks),
        when=spoken.spoken(timezone.localtime(clock.due_at), now=timezone.localtime(now)),
        whose=f"{partner}, {partner.partner.name}" if partner else house or _name_of(clock.owner),
        watcher=clock.watcher.name,
        hand=Hand.THEM if partner else Hand.US,
        is_late=clock.due_at < now,
    )


def _name_of(member: Membership | None) -> str:
    return member.name if member else ""


# The far bank fills only when the resident says that it helped.
HELPED = frozenset({NeedOutcome.GOT_HELP_FULL, NeedOutcome.GOT_HELP_PARTLY, NeedOutcome.ENROLLED_ONGOING})


def leg_card(leg: Leg, *, today: date, helped: bool = False) -> LegCard:
    state = LegState(leg.state)
    snapshot = getattr(leg, "snapshot", None)
    told = [_(item["label"]) for item in snapshot.shared] if snapshot else []
    given = {item["kind"] for item in snapshot.shared} if snapshot else set()
    reasons = getattr(leg, "reasons", None)
    return LegCard(
        leg=leg,
        title=leg.offer_name,
        state=_(state.label),
        at=rules.step(state, reached=reached(leg), helped=helped),
        held=rules.is_stopped(state),
        steps=_steps(leg, today),
        told=told,
        kept=kept_back(given) if snapshot else [],
        reasons=[(one["standing"], one["text"]) for one in reasons.reasons] if reasons else [],
        because=reasons.chosen_because if reasons else "",
        chosen_on=reasons.at if reasons else None,
        ended=_ended(leg) if leg.ended_at else "",
    )


def shared_line(item: Mapping[str, str]) -> tuple[str, str]:
    """What is shared and what it says. Our own words are translated; names and what people said are not."""
    is_ours = item["kind"] in {DataKind.LANGUAGE, DataKind.STEP_FREE}
    return _(item["label"]), _(item["value"]) if is_ours else item["value"]


def kept_back(given: Iterable[str]) -> list[str]:
    """What the other bank does not get, in words: what was not ticked, and what is never sent."""
    ticked = set(given)
    return [_(kind.label) for kind in DataKind if kind not in {*ticked, DataKind.OUTCOME}] + [
        _(word) for word in NEVER_SENT
    ]


def reached(leg: Leg) -> LegState:
    if leg.first_met_at:
        return LegState.IN_PROGRESS
    if leg.accepted_at:
        return LegState.ACCEPTED
    return LegState.REQUESTED if leg.sent_at else LegState.DRAFT


def _steps(leg: Leg, today: date) -> list[tuple[str, str]]:
    def day(at: datetime | None) -> str:
        return spoken.spoken_short(timezone.localdate(at), today=today) if at else ""

    answered = leg.ended_at if leg.state == LegState.REJECTED else None
    answer = (
        (_("Kunne ikke"), day(answered))
        if answered
        else (_("Taget imod"), _("på venteliste") if leg.waitlisted_at else day(leg.accepted_at))
    )
    need = leg.bridge.need
    return [
        (_("Behov"), day(need.opened_at) if need else ""),
        (_("Sendt"), day(leg.sent_at)),
        answer,
        (_("Første møde"), day(leg.first_met_at or leg.promised_at)),
        (_("Hjulpet"), _("når %(name)s siger det") % {"name": need.resident.first_name} if need else ""),
    ]


def _ended(leg: Leg) -> str:
    """One reason and one decider (BRI-04); of what is done, what came of it and who says so (BRI-05)."""
    state = _(LegState(leg.state).label)
    if leg.outcome and leg.evidence:
        words = _("%(state)s: %(outcome)s, %(evidence)s.")
        outcome, evidence = _(LegOutcome(leg.outcome).label), _(Evidence(leg.evidence).label)
        return words % {"state": state, "outcome": outcome, "evidence": evidence}
    if not leg.reason:
        return f"{state}."
    reasons = RejectReason if leg.state == LegState.REJECTED else EndReason
    said = _(reasons(leg.reason).label)
    by = _(DecidedBy(leg.decided_by).label)
    words = _("%(state)s: %(reason)s. Besluttet af %(who)s.")
    return words % {"state": state, "reason": said, "who": by}


def conversation(statements: Sequence[Statement], *, now: datetime, house: str = "") -> list[Said]:
    """The statements as voices, the newest day first and within a day the newest on top.

    `house` is given for what the other bank reads: there our people are called by their house, and the
    resident by no name, since whether the name may be told is a consent of its own.
    """
    return [said(one, now=now, house=house) for one in reversed(statements)]


def said(one: Statement, *, now: datetime, house: str = "") -> Said:
    local = timezone.localtime(one.at)
    claim = Claim(one.claim)
    role = ActorRole(one.actor_role)
    by = _by(one, role, house)
    how = _(Channel(one.channel).label)
    if one.told_by is not None and one.told_by.name != one.actor_name:
        how = _("fortalt til %(name)s") % {"name": house or one.told_by.name}
    return Said(
        side="clock" if claim in QUIET else SIDES.get(role, "us"),
        by=by,
        when=spoken.clock(local) if claim in QUIET else f"{spoken.clock(local)}, {how}",
        strong=_strong(one, claim, now),
        text=_quiet_text(one, claim) if claim in QUIET else one.text,
        day=capfirst(spoken.spoken_day(local.date(), today=timezone.localdate(now))),
    )


def _by(one: Statement, role: ActorRole, house: str) -> str:
    if role is ActorRole.RECIPIENT:
        return f"{one.actor_name}, {one.recipient.name}"
    if not house or role is ActorRole.SYSTEM:
        return one.actor_name
    return _(role.label) if role is ActorRole.RESIDENT else house


QUIET = frozenset({Claim.CLOCK_RANG, Claim.OPENED, Claim.WAITLISTED})


def _quiet_text(one: Statement, claim: Claim) -> str:
    if claim is Claim.OPENED:
        return _("Åbnet af %(who)s.") % {"who": one.recipient.name}
    return said_anew(one.text) or _(claim.label)


def _strong(one: Statement, claim: Claim, now: datetime) -> str:
    words = _(claim.label)
    if one.reason:
        reasons = RejectReason if claim is Claim.REJECTED else EndReason
        words = f"{words}: {_(reasons(one.reason).label)}"
    if one.outcome:
        words = f"{words}: {_(LegOutcome(one.outcome).label)}"
    if claim is Claim.SENT:
        words = _("Sendt til %(who)s") % {"who": one.recipient.name}
    if one.happened_at:
        when = spoken.spoken(timezone.localtime(one.happened_at), now=timezone.localtime(now))
        if claim in {Claim.ACCEPTED, Claim.PLACE_GIVEN}:  # the day was promised, it is not when they said so
            when = f"{_('Første møde')}: {when}"
        words = f"{words}. {when[0].upper()}{when[1:]}"
    return f"{words}."
