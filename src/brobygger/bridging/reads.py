"""Questions about bridges. Viewer first; what a viewer may not see answers as if it were not there."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, Q
from django.http import Http404

from brobygger.accounts.models import Membership
from brobygger.bridging import permissions, rules
from brobygger.bridging.holding import IS_LIVE
from brobygger.bridging.models import RUNNING, Bridge, BridgeStatement, Clock, Leg, LegSnapshot, Statement
from brobygger.bridging.terms import (
    ActorRole,
    BridgeKind,
    ClockKind,
    LegOutcome,
    LegState,
    Party,
    TransitionCode,
)
from brobygger.engine.words import Language
from brobygger.engine.words import gettext_noop as _
from brobygger.foundation import audit
from brobygger.offers.models import Offer, Phone
from brobygger.offers.terms import CapacityKind, OfferStatus
from brobygger.partners.models import Organisation
from brobygger.partners.terms import CARRIES_LINKS
from brobygger.privacy.reads import lines_of, lines_to
from brobygger.privacy.rules import Line, valid_categories
from brobygger.privacy.terms import DataKind, Direction
from brobygger.residents.models import Resident
from brobygger.residents.terms import NeedOutcome

# --- before sending: what goes to whom, and on what ground ---


@dataclass(frozen=True, slots=True)
class Preview:
    """Exactly what the recipient will be told, and why it cannot be sent if it cannot.

    `shared` is a list of {kind, label, value}, in a fixed order; values as they will be read.
    """

    shared: list[dict[str, str]]
    message: str
    refusal: rules.Refused | None


def what_is_sent(leg: Leg, *, on: date) -> Preview:
    """Made anew from the resident as it stands; the confirm page and the sending both ask here."""
    draft, need = leg.draft, leg.bridge.need
    assert need is not None  # noqa: S101 - a person bridge has a need, by constraint
    values = what_we_know(need.resident, need.words, on=on)
    shared = [item for item in values if item["kind"] in draft.kinds]
    refusal = (
        rules.still_wanted(need_is_open=need.closed_at is None)
        or consent_refusal(leg, shared, on=on)
        or _offer_refusal(leg, on)
        or _reach_refusal(leg)
        or rules.alive(resident_is_here=True, recipient_is_active=_is_active(leg.recipient, on))
    )
    return Preview(shared, draft.message, refusal)


def what_we_know(resident: Resident, words: str, *, on: date) -> list[dict[str, str]]:
    """What could be shared about this resident: only what we know, each kind by itself."""
    known: dict[DataKind, str] = {
        DataKind.FIRST_NAME: resident.first_name,
        DataKind.FULL_NAME: "" if resident.is_alias else resident.name,
        DataKind.AGE: _age(resident, on),
        DataKind.CONTACT: resident.reach_at,
        DataKind.LANGUAGE: _language(resident.speaks),
        DataKind.NEED: words,
        DataKind.STEP_FREE: _("ja") if resident.needs_step_free else "",
    }
    return [{"kind": kind, "label": kind.label, "value": value} for kind, value in known.items() if value]


def _language(code: str) -> str:
    return Language(code).label if code in set(Language) else code


def _age(resident: Resident, on: date) -> str:
    return "" if resident.birth_year is None else str(on.year - resident.birth_year)


def consent_refusal(leg: Leg, shared: Iterable[dict[str, str]], *, on: date) -> rules.Refused | None:
    return rules.consent_covers(
        lines_to(leg.subject_id, leg.recipient_id),
        recipient=leg.recipient_id,
        categories=[DataKind(item["kind"]) for item in shared],
        on=on,
    )


def covered(leg: Leg, *, on: date) -> frozenset[str]:
    """The kinds of data this recipient may get on a written basis that day."""
    lines = lines_to(leg.subject_id, leg.recipient_id)
    return valid_categories(lines, recipient=leg.recipient_id, direction=Direction.GIVE, on=on)


def may_answer_back(leg: Leg, *, on: date) -> bool:
    """The return path is a line of its own: "give" does not allow "get"."""
    lines = lines_to(leg.subject_id, leg.recipient_id)
    return bool(valid_categories(lines, recipient=leg.recipient_id, direction=Direction.GET, on=on))


def _offer_refusal(leg: Leg, on: date) -> rules.Refused | None:
    offer = leg.offer
    if offer is None:
        return None
    facts = rules.OfferFacts(
        status=OfferStatus.CLOSED if offer.withdrawn_at else OfferStatus(offer.status),
        capacity=CapacityKind(offer.capacity_kind),
        free_places=offer.free_places,
        opens_on=offer.opens_on,
        closes_on=offer.closes_on,
        next_places_on=offer.next_places_on,
        has_queue=offer.has_queue,
    )
    return rules.offer_open(facts, on=on)


def joins_a_line(leg: Leg) -> bool:
    """Whether sending now means being written up: the offer is full and keeps a line."""
    offer = leg.offer
    if offer is None or not offer.has_queue:
        return False
    return offer.capacity_kind != CapacityKind.PLACES or not offer.free_places


def _reach_refusal(leg: Leg) -> rules.Refused | None:
    contact = leg.contact
    by_links = contact is not None and contact.channel in CARRIES_LINKS
    by_hand = contact is not None and not by_links
    return rules.reachable(verified_channels=int(by_links), by_hand=by_hand)


def _is_active(recipient: Organisation, on: date) -> bool:
    return recipient.until is None or on < recipient.until


def live_legs_to(resident_id: UUID, recipient: Organisation, offer: Offer | None) -> int:
    """Live legs of one person to the same offer (or, outside the directory, to the same organisation)."""
    same = Q(offer=offer) if offer is not None else Q(offer=None, recipient=recipient)
    return Leg.objects.filter(IS_LIVE, same, subject_id=resident_id).count()


# --- the bridges themselves ---

WITH_LEGS = Prefetch(
    "legs",
    Leg.objects.select_related("recipient", "contact", "offer", "draft", "reasons", "snapshot").order_by(
        "ended_at", "made_at"
    ),
)
WITH_CLOCKS = Prefetch(
    "clocks",
    Clock.objects.filter(RUNNING).select_related("owner", "contact__partner", "watcher").order_by("due_at"),
)


def _reachable(viewer: Membership) -> Q:
    return Q() if permissions.may_see_all(viewer) else Q(owner=viewer)


def bridge_for(viewer: Membership, bridge_id: UUID) -> Bridge:
    """One bridge with its legs and running clocks, or 404. Three queries."""
    if not viewer.meets_residents:
        raise Http404
    found = Bridge.objects.filter(_reachable(viewer), pk=bridge_id).select_related("need__resident", "owner")
    bridge = found.prefetch_related(WITH_LEGS, WITH_CLOCKS).first()
    if bridge is None:
        raise Http404
    if bridge.need is not None:
        audit.saw("resident", [bridge.need.resident_id])
    return bridge


def leg_for(viewer: Membership, bridge_id: UUID) -> Leg:
    """The draft of a bridge (the leg to be sent), of several the one chosen last.

    404 where the viewer sees no bridge; `rules.NotAllowed` where it has no draft (any more).
    """
    bridge = bridge_for(viewer, bridge_id)
    newest_first = sorted(bridge.legs.all(), key=lambda leg: leg.made_at, reverse=True)
    for leg in newest_first:
        if leg.state == LegState.DRAFT:
            leg.bridge = bridge
            return leg
    raise rules.NotAllowed(LegState(newest_first[0].state), TransitionCode.SEND, ActorRole.WORKER)


def open_bridges(viewer: Membership) -> list[Bridge]:
    """The viewer's open bridges (a leader's: the house's), the one whose clock rings first on top."""
    return _seen(_open(viewer))


@dataclass(frozen=True, slots=True)
class DayOfBridges:
    """What a day has of bridges: those to keep an eye on, the one whose clock rings first on top; and how
    many live legs, of all the viewer reaches, our messages have not got through to (`unreached` has them)."""

    bridges: list[Bridge]
    unreached: int


def bridges_of_the_day(viewer: Membership) -> DayOfBridges:
    """One's own; for the leader also those a clock has told of, and those whose owner has left."""
    found = _open(viewer)
    legs = [leg for bridge in found for leg in bridge.legs.all()]
    return DayOfBridges(
        bridges=_seen(bridge for bridge in found if _is_of_the_day(bridge, viewer)),
        unreached=sum(leg.is_live and leg.undelivered_at is not None for leg in legs),
    )


def _is_of_the_day(bridge: Bridge, viewer: Membership) -> bool:
    return (
        bridge.owner_id == viewer.pk
        or not bridge.owner.is_active
        or any(
            rules.has_heard(Party.LEADER, ClockKind(one.kind), one.ring_count) for one in bridge.clocks.all()
        )
    )


def _open(viewer: Membership) -> list[Bridge]:
    found = Bridge.objects.filter(_reachable(viewer), closed_at=None).select_related(
        "need__resident", "owner"
    )
    bridges = found.prefetch_related(WITH_LEGS, WITH_CLOCKS)
    return sorted(bridges, key=lambda bridge: bridge.clocks.all()[0].due_at)


def _seen(bridges: Iterable[Bridge]) -> list[Bridge]:
    """The same, with a look at each resident in the trail."""
    shown = list(bridges)
    audit.saw("resident", [bridge.need.resident_id for bridge in shown if bridge.need is not None])
    return shown


def closed_bridges(viewer: Membership, *, limit: int = 50) -> list[Bridge]:
    found = Bridge.objects.filter(_reachable(viewer), closed_at__isnull=False).select_related(
        "need__resident"
    )
    return _seen(found.prefetch_related(WITH_LEGS).order_by("-closed_at")[:limit])


def statements_of(bridge: Bridge) -> list[Statement]:
    """Everything said on every leg of a bridge, oldest first. One query."""
    found = Statement.objects.filter(leg__bridge=bridge).select_related("told_by", "leg", "recipient")
    return list(found.order_by("at", "seq"))


def words_of(bridge: Bridge) -> list[BridgeStatement]:
    """What has been said about the bridge as a whole, above all the resident's word. One query."""
    return list(bridge.words.select_related("told_by").order_by("seq"))


def consent_gaps(bridges: Iterable[Bridge], *, on: date) -> frozenset[UUID]:
    """The live legs with a yes missing: to what they tell or would tell, or to the recipient's answering
    once they are sent. One query."""
    live = [leg for bridge in bridges for leg in bridge.legs.all() if leg.is_live]
    lines = lines_of({leg.subject_id for leg in live})
    return frozenset(leg.pk for leg in live if _is_missing_a_yes(leg, lines[leg.subject_id], on))


def _is_missing_a_yes(leg: Leg, lines: Sequence[Line], on: date) -> bool:
    to = leg.recipient_id
    if rules.consent_covers(lines, recipient=to, categories=kinds_of(leg), on=on):
        return True
    way_back = valid_categories(lines, recipient=to, direction=Direction.GET, on=on)
    return leg.sent_at is not None and not way_back


def kinds_of(leg: Leg) -> list[DataKind]:
    """The kinds of data a leg has told, or, while it is a draft, would tell."""
    told = leg.draft.kinds if leg.sent_at is None else [one["kind"] for one in leg.snapshot.shared]
    return [DataKind(kind) for kind in told]


def facts_of(
    bridge: Bridge, *, gaps: frozenset[UUID] = frozenset()
) -> tuple[rules.BridgeFacts, list[rules.LegFacts]]:
    """The plain facts from which state and "why open" are computed. No query after `bridge_for`.

    `gaps` from `consent_gaps`.
    """
    clocks = {clock.leg_id: clock for clock in bridge.clocks.all()} if bridge.closed_at is None else {}
    own = clocks.get(None)
    verdict = NeedOutcome(bridge.verdict) if bridge.verdict else None
    legs = [
        leg_facts(leg, clocks.get(leg.pk), gaps=gaps) for leg in sorted(bridge.legs.all(), key=_ended_first)
    ]
    return (
        rules.BridgeFacts(
            kind=BridgeKind(bridge.kind),
            closed=bridge.closed_at is not None,
            verdict=verdict,
            need_withdrawn=verdict is NeedOutcome.CHANGED_MIND,
            clock=ClockKind(own.kind) if own else None,
            statements_disagree=rules.disagree(verdict, legs),
        ),
        legs,
    )


def _ended_first(leg: Leg) -> tuple[bool, datetime]:
    return (leg.ended_at is None, leg.ended_at or leg.made_at)


def leg_facts(leg: Leg, clock: Clock | None, *, gaps: frozenset[UUID] = frozenset()) -> rules.LegFacts:
    return rules.LegFacts(
        state=LegState(leg.state),
        consent_gap=leg.pk in gaps,
        clock_due_at=clock.due_at if clock else None,
        undeliverable=leg.undelivered_at is not None,
        by_hand=leg.contact is not None and leg.contact.channel not in CARRIES_LINKS,
        seen=leg.seen_at is not None,
        waitlisted=leg.waitlisted_at is not None,
        promised_on=leg.promised_at,
        attempts_all_missed=leg.tries > 0,
        person_thinking=leg.is_thinking,
        quiet_has_rung=clock is not None and clock.kind == ClockKind.QUIET_LATE,
        meeting_doubted=clock is not None and clock.kind == ClockKind.MEETING_DOUBTED,
        outcome=LegOutcome(leg.outcome) if leg.outcome else None,
    )


def first_clock(bridge: Bridge) -> Clock | None:
    """The clock that rings first, of what has been fetched; none where the bridge is closed."""
    return next(iter(bridge.clocks.all()), None) if bridge.closed_at is None else None


def phones_of(leg: Leg) -> list[str]:
    """Numbers to ring a recipient on, from the public directory: the offer's before the organisation's."""
    numbers = Phone.objects.filter(withdrawn_at=None)
    of_offer = Q(offer=leg.offer) if leg.offer_id else Q(pk=None)
    found = numbers.filter(of_offer | Q(organisation=leg.recipient)).order_by("offer")
    return list(dict.fromkeys(found.values_list("number", flat=True)))[:3]


# --- the recipient's side ---


@dataclass(frozen=True, slots=True)
class AnswerCard:
    """What a recipient sees after "Vis": its own leg, what was shared and said, and the deadline."""

    leg: Leg
    shared: list[dict[str, str]]
    message: str
    house: str
    worker_role: str
    statements: list[Statement]
    clock: Clock | None


def may_still_be_read(leg: Leg, *, on: date) -> bool:
    """Whether access stands: it has not ended, and the resident's yes to what was sent still holds."""
    snapshot = LegSnapshot.objects.get(leg=leg)
    return snapshot.access_ended_at is None and consent_refusal(leg, snapshot.shared, on=on) is None


def answer_card(leg: Leg) -> AnswerCard:
    """The card of one leg. The right was asked for in the answer scope."""
    fresh = Leg.objects.select_related("recipient", "offer", "snapshot", "bridge__owner").get(pk=leg.pk)
    statements = fresh.statements.select_related("told_by", "recipient").order_by("at", "seq")
    clock = Clock.objects.filter(RUNNING, leg=fresh).select_related("owner", "contact__partner", "watcher")
    return AnswerCard(
        leg=fresh,
        shared=fresh.snapshot.shared,
        message=fresh.snapshot.message,
        house=fresh.bridge.owner.house_name,
        worker_role=fresh.bridge.owner.role_label,
        statements=list(statements),
        clock=clock.first(),
    )


def house_phone(leg: Leg) -> str:
    """The house's public number, for whoever answered wrongly; empty where it has none. One query."""
    found = Phone.objects.filter(organisation=leg.organisation_id, withdrawn_at=None).order_by("pk")
    return found.values_list("number", flat=True).first() or ""


def house_of(leg: Leg) -> str:
    """The name of the house that asks, as its members know it."""
    return Bridge.objects.values_list("owner__house_name", flat=True).get(pk=leg.bridge_id)
