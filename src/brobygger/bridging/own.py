"""What the resident sees of a bridge on a page of their own: in plain words, and all that was told of them.

The page is written to be read by anybody (LIX at most 35), so it has sentences of its own.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygger.bridging import cards, meetings, queueing, reads, rules
from brobygger.bridging.models import Accompaniment, Bridge, BridgeStatement, Leg
from brobygger.bridging.terms import ActorRole, Claim, ClockKind, LegOutcome, LegState
from brobygger.engine.words import gettext_noop
from brobygger.foundation import audit, spoken
from brobygger.foundation.actor import Actor
from brobygger.privacy.terms import DataKind
from brobygger.residents.terms import NeedOutcome

ASKED_BY = frozenset({ClockKind.ASK_RESIDENT, ClockKind.SETTLE_CONFLICT, ClockKind.QUIET_LATE})
# The seven answers to "Fik du den hjælp, du kom efter?", as people say them (BRIDGES 6).
ANSWERS = {
    NeedOutcome.GOT_HELP_FULL: gettext_noop("Ja, helt"),
    NeedOutcome.GOT_HELP_PARTLY: gettext_noop("Ja, noget af den"),
    NeedOutcome.ENROLLED_ONGOING: gettext_noop("Jeg er i gang"),
    NeedOutcome.NOT_HELPED: gettext_noop("Nej"),
    NeedOutcome.SOLVED_OTHERWISE: gettext_noop("Det løste sig på en anden måde"),
    NeedOutcome.CHANGED_MIND: gettext_noop("Jeg vil ikke alligevel"),
    NeedOutcome.UNKNOWN: gettext_noop("Det ved jeg ikke"),
}


# To the resident the page says "du".
IN_THEIR_WORDS: dict[str, str] = {
    DataKind.NEED: gettext_noop("det, du selv har sagt"),
    DataKind.FULL_NAME: gettext_noop("hele dit navn"),
    DataKind.CONTACT: gettext_noop("hvor de kan ringe eller skrive til dig"),
}


@dataclass(frozen=True, slots=True)
class Knows:
    """One recipient: what they got about the resident, when, and whether it can be stopped now."""

    who: str
    what: list[str]
    on: datetime
    code: str
    is_over: bool
    may_stop: bool


@dataclass(frozen=True, slots=True)
class OwnCard:
    """One bridge as its resident sees it. `meeting` is a moment that lies ahead, else None."""

    name: str
    house: str
    worker: str
    phone: str
    words: str
    at: int
    held: bool
    steps: list[tuple[str, str]]
    sentence: str
    recipient: str
    meeting: datetime | None
    company: str
    knows: list[Knows]
    answer: str
    is_asked: bool
    asks_if_met: bool
    may_doubt: bool
    may_answer: bool


def own_card(bridge_id: UUID, *, now: datetime) -> OwnCard:
    """Everything on the resident's page. Needs the house's scope; the link has said whose bridge it is."""
    bridge = bridge_of(bridge_id)
    today = timezone.localdate(now)
    legs = cards.leading_first(bridge.legs.all())
    sent = [leg for leg in legs if leg.sent_at]
    lead = next(iter(sent), None)
    words = _newest_answer(bridge)
    need = bridge.need
    return OwnCard(
        name=need.resident.first_name if need else "",
        house=bridge.owner.house_name,
        worker=bridge.owner.name,
        phone=reads.house_phone(lead) if lead else "",
        words=need.words if need else "",
        at=_at(bridge, lead),
        held=lead is not None and bridge.closed_at is None and rules.is_stopped(LegState(lead.state)),
        steps=_steps(bridge, lead, today),
        sentence=_sentence(bridge, lead, now),
        recipient=lead.recipient.name if lead else "",
        meeting=_meeting(lead, now),
        company=_company(lead, now) if lead else "",
        knows=[_knows(leg) for leg in sent],
        answer=_answer(words, today),
        is_asked=_is_asked(bridge),
        asks_if_met=_asks_if_met(lead, now),
        may_doubt=_may_doubt(lead),
        may_answer=lead is not None,
    )


def bridge_of(bridge_id: UUID) -> Bridge:
    """The bridge with its legs and clocks. Three queries; the caller holds its link."""
    found = Bridge.objects.select_related("need__resident", "owner")
    return found.prefetch_related(reads.WITH_LEGS, reads.WITH_CLOCKS).get(pk=bridge_id)


def leading_leg(bridge: Bridge) -> Leg | None:
    """The leg the page speaks of: it has left the house, and leads or ended last."""
    return next((leg for leg in cards.leading_first(bridge.legs.all()) if leg.sent_at), None)


@transaction.atomic
def look(bridge: Bridge, *, by: Actor, at: datetime) -> None:
    """The resident has pressed "Vis": a line in the trail, and no statement."""
    audit.record("bridge:shown_to_resident", about=bridge, by=by, at=at)


def _newest_answer(bridge: Bridge) -> BridgeStatement | None:
    return bridge.words.filter(claim=Claim.VERDICT).order_by("seq").last()


def _is_asked(bridge: Bridge) -> bool:
    clocks = bridge.clocks.all() if bridge.closed_at is None else []
    return any(ClockKind(clock.kind) in ASKED_BY for clock in clocks)


def _at(bridge: Bridge, lead: Leg | None) -> int:
    if lead is None:
        return 0
    helped = bridge.verdict in cards.HELPED
    return rules.step(LegState(lead.state), reached=cards.reached(lead), helped=helped)


def _steps(bridge: Bridge, lead: Leg | None, today: date) -> list[tuple[str, str]]:
    def day(at: datetime | None) -> str:
        return spoken.spoken_short(timezone.localdate(at), today=today) if at else ""

    met = lead.first_met_at or lead.promised_at if lead else None
    return [
        (_("Du sagde det"), day(bridge.need.opened_at) if bridge.need else ""),
        (_("Vi spurgte"), day(lead.sent_at) if lead else ""),
        (_("De sagde ja"), day(lead.accepted_at) if lead else ""),
        (_("I mødtes"), day(met)),
        (_("Det hjalp"), ""),
    ]


def _meeting(lead: Leg | None, now: datetime) -> datetime | None:
    if lead is None or lead.state != LegState.ACCEPTED or lead.promised_at is None:
        return None
    return lead.promised_at if lead.promised_at > now else None


def _asks_if_met(lead: Leg | None, now: datetime) -> bool:
    if lead is None or lead.state != LegState.ACCEPTED or lead.promised_at is None:
        return False
    return lead.promised_at <= now


def _may_doubt(lead: Leg | None) -> bool:
    """Somebody else has said that they met; whoever was to be there may say that it is not so."""
    if lead is None or lead.state != LegState.IN_PROGRESS:
        return False
    return meetings.who_said_they_met(lead) is not ActorRole.RESIDENT


def _company(lead: Leg, now: datetime) -> str:
    """Who goes along, and where the two meet. One query."""
    found = Accompaniment.objects.filter(leg=lead, ended_at=None).select_related("companion").first()
    if found is None:
        return ""
    who = found.companion.name if found.companion else found.own_person
    when = spoken.spoken(timezone.localtime(found.meet_at), now=timezone.localtime(now))
    return _("%(who)s går med dig. I mødes %(when)s. Sted: %(where)s.") % {
        "who": who,
        "when": when,
        "where": found.meet_where,
    }


def _knows(leg: Leg) -> Knows:
    snapshot = leg.snapshot
    return Knows(
        who=leg.recipient.name,
        what=[_(IN_THEIR_WORDS.get(item["kind"], item["label"])) for item in snapshot.shared],
        on=snapshot.at,
        code=leg.code,
        is_over=snapshot.access_ended_at is not None,
        may_stop=leg.is_live,
    )


def _answer(words: BridgeStatement | None, today: date) -> str:
    if words is None:
        return ""
    day = spoken.spoken_day(timezone.localdate(words.at), today=today)
    answer = _(ANSWERS[NeedOutcome(words.verdict)])
    return _("Du svarede %(day)s: %(answer)s.") % {"day": day, "answer": answer}


def _sentence(bridge: Bridge, lead: Leg | None, now: datetime) -> str:
    """Where it stands, in one or two short sentences."""
    if lead is None:
        return _("Vi har ikke spurgt nogen endnu.") if bridge.closed_at is None else _("Det er slut.")
    who = {"who": lead.recipient.name}
    if lead.state == LegState.ACCEPTED:
        return _accepted(lead, now) % who
    if lead.outcome == LegOutcome.LAWFUL_SILENCE:
        return _("%(who)s må ikke fortælle os mere. Vi spørger dig i stedet.") % who
    return _(SENTENCES[LegState(lead.state)]) % who


def _accepted(lead: Leg, now: datetime) -> str:
    if lead.waitlisted_at is not None:
        line = queueing.in_line(lead)
        written_up = _("%(who)s har skrevet dig på en venteliste.")
        place = _("Du er %(place)s.") % {"place": line.said} if line else ""
        return f"{written_up} {place.replace('%', '%%')}".strip()  # the name is filled in afterwards
    if lead.promised_at is None:
        return _("%(who)s har fået at vide, at du gerne vil have hjælp.")
    if lead.promised_at > now:
        return _("%(who)s har sagt ja.")
    return _("%(who)s har sagt ja. Har I mødt hinanden?")


SENTENCES = {
    LegState.DRAFT: gettext_noop("Vi har ikke spurgt nogen endnu."),
    LegState.REQUESTED: gettext_noop("Vi har spurgt %(who)s. De har ikke svaret endnu."),
    LegState.IN_PROGRESS: gettext_noop("Du er i gang hos %(who)s."),
    LegState.ON_HOLD: gettext_noop("Det venter lige nu hos %(who)s."),
    LegState.REJECTED: gettext_noop("%(who)s kunne ikke. Vi finder noget andet sammen med dig."),
    LegState.COMPLETED: gettext_noop("%(who)s er færdige. Nu vil vi gerne høre fra dig."),
    LegState.FAILED: gettext_noop("Det lykkedes ikke hos %(who)s. Vi finder noget andet sammen med dig."),
    LegState.CANCELLED: gettext_noop("Det hos %(who)s er stoppet."),
    LegState.ENTERED_IN_ERROR: gettext_noop("Det hos %(who)s var en fejl. Det er taget væk."),
}


def labelled_answers() -> list[tuple[str, str]]:
    """The answers in their order, in the language of the page."""
    return [(code.value, _(text)) for code, text in ANSWERS.items()]
