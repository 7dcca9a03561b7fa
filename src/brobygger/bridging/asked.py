"""Questions about asks. At home the viewer comes first; to the partner all asks look alike."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q
from django.http import Http404
from django.utils import timezone

from brobygger.accounts.models import Membership
from brobygger.bridging import inward, permissions
from brobygger.bridging.ask_record import tries_in
from brobygger.bridging.ask_terms import ToldOutcome, ToPartner, WhyAskOpen, WhyNot
from brobygger.bridging.asks import ASK_IS_LIVE, Ask, AskLink, AskStatement
from brobygger.bridging.terms import ClockKind, LegState
from brobygger.foundation import audit
from brobygger.partners import standing_links
from brobygger.partners.standing_links import Door
from brobygger.privacy.models import Consent
from brobygger.privacy.reads import plain_line
from brobygger.privacy.rules import Line, valid_categories
from brobygger.privacy.terms import DataKind, Direction

WHOSE = ("partner", "contact", "owner", "resident")
CLOSED_SHOWN, LINES_SHOWN = 50, 100
MORE_IS_READ_FOR = timedelta(days=30)
WITH_STATEMENTS = Prefetch("statements", AskStatement.objects.select_related("told_by").order_by("seq"))


# --- at home ---


def _within_reach(viewer: Membership) -> Q:
    return Q() if permissions.may_triage(viewer) else Q(owner=viewer)


def ask_for(viewer: Membership, ask_id: UUID) -> Ask:
    """One ask with what was said about it, or 404. Two queries, and a line in the trail."""
    if not viewer.meets_residents:
        raise Http404
    rows = Ask.objects.filter(_within_reach(viewer), pk=ask_id)
    found = rows.select_related(*WHOSE, "need")
    ask = found.prefetch_related(WITH_STATEMENTS).first()
    if ask is None:
        raise Http404
    _saw([ask])
    return ask


def open_asks(viewer: Membership) -> list[Ask]:
    """The viewer's open asks (a leader's: the house's), the one that rings first on top. Two queries."""
    if not viewer.meets_residents:
        return []
    rows = Ask.objects.filter(_within_reach(viewer), ASK_IS_LIVE).select_related(*WHOSE)
    return _saw(list(rows.prefetch_related(WITH_STATEMENTS).order_by("due_at")))


def closed_asks(viewer: Membership) -> list[Ask]:
    rows = Ask.objects.filter(_within_reach(viewer), ~ASK_IS_LIVE).select_related(*WHOSE)
    return _saw(list(rows.order_by("-ended_at")[:CLOSED_SHOWN]))


def asks_of_the_day(viewer: Membership) -> list[Ask]:
    """One's own; for a leader also what waits for an answer, what the clock has told of, and what is left
    behind by whoever is no longer here. Two queries."""
    return [
        ask
        for ask in open_asks(viewer)
        if ask.owner_id == viewer.pk
        or ask.state == LegState.REQUESTED
        or not ask.owner.is_active
        or inward.leader_hears(ClockKind(ask.clock_kind), ask.ring_count)
    ]


def why_open(ask: Ask) -> WhyAskOpen | None:
    """No query after the statements have been fetched."""
    return inward.why_ask_open(LegState(ask.state), tries_in(ask.statements.all()))


def _saw(asks: list[Ask]) -> list[Ask]:
    audit.saw("ask", [ask.pk for ask in asks])
    audit.saw("resident", [ask.resident_id for ask in asks if ask.resident_id is not None])
    return asks


def doors_of(partner_id: UUID) -> list[Door[AskLink]]:
    """Whom at a partner we may give a way to ask us. Two queries."""
    return standing_links.doors_of(AskLink, partner_id)


# --- to the partner ---


@dataclass(frozen=True, slots=True)
class PartnerLine:
    """All that a partner reads about one of its asks. `more` only where the resident has signed for it."""

    code: str
    asked_at: datetime
    said: ToPartner
    due_at: datetime | None
    done_at: datetime | None
    why_not: WhyNot | None
    more: ToldOutcome | None


def lines_to(contact_id: UUID, *, now: datetime) -> list[PartnerLine]:
    """What a contact has asked, newest first. Always two queries, whoever the asks are about."""
    mine = Ask.objects.filter(contact=contact_id)
    consents = defaultdict[UUID, list[Line]](list)
    about = mine.filter(resident__isnull=False).values("resident")
    for row in Consent.objects.filter(resident_id__in=about).order_by("at"):
        consents[row.resident_id].append(plain_line(row))
    rows = mine.order_by("-asked_at", "-pk")[:LINES_SHOWN]
    return [_line(ask, consents.get(ask.resident_id, []) if ask.resident_id else [], now) for ask in rows]


def _line(ask: Ask, consents: list[Line], now: datetime) -> PartnerLine:
    state = LegState(ask.state)
    return PartnerLine(
        code=ask.code,
        asked_at=ask.asked_at,
        said=inward.to_partner(state),
        due_at=ask.due_at if inward.to_partner(state) is ToPartner.WAITING else None,
        done_at=ask.talked_at,
        why_not=WhyNot(ask.reason) if state is LegState.REJECTED else None,
        more=_more(ask, consents, now),
    )


def _more(ask: Ask, consents: list[Line], now: datetime) -> ToldOutcome | None:
    if not ask.outcome or ask.ended_at is None or now > ask.ended_at + MORE_IS_READ_FOR:
        return None
    return ToldOutcome(ask.outcome) if may_be_told(ask, consents, now) else None


def may_be_told(ask: Ask, consents: list[Line], now: datetime) -> bool:
    """Whether the resident has signed that this partner may hear what came of it, and still means it."""
    kinds = valid_categories(
        consents, recipient=ask.partner_id, direction=Direction.GIVE, on=timezone.localdate(now)
    )
    return DataKind.OUTCOME in kinds
