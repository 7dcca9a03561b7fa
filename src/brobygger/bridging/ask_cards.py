"""What our pages show of an ask, as frozen values made from what `asked` fetched. No query is made here."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from brobygger.bridging import asked, inward
from brobygger.bridging.ask_terms import AskBasis, WhyNot
from brobygger.bridging.asks import Ask, AskStatement
from brobygger.bridging.cards import Said
from brobygger.bridging.terms import Channel, Claim, EndReason, LegOutcome, LegState
from brobygger.engine.words import gettext_noop
from brobygger.foundation import spoken
from brobygger.foundation.cards import Hand, TodayCard

# What the running clock asks of us, by the state it runs in.
ASKS = {
    LegState.REQUESTED: gettext_noop("Tag imod, eller sig nej med en grund."),
    LegState.ACCEPTED: gettext_noop("Tag kontakt til beboeren."),
    LegState.IN_PROGRESS: gettext_noop("Skriv, om beboeren vil have hjælp."),
}
# Our own words for the claims of the common diagram: here the other bank asks and we answer.
CLAIMS = {
    Claim.SENT: gettext_noop("Bad os tage kontakt"),
    Claim.FIRST_MEETING_HELD: gettext_noop("Vi har talt sammen"),
    Claim.TRIED_CONTACT: gettext_noop("Forsøgt at få kontakt"),
    Claim.REJECTED: gettext_noop("Svaret nej"),
}
SIDES = {Claim.SENT: "them", Claim.COMPLETED: "you", Claim.CLOCK_RANG: "clock", Claim.CANCELLED: "clock"}


@dataclass(frozen=True, slots=True)
class AskCard:
    """One ask as we see it. `read_there` is what the partner reads of it now."""

    ask: Ask
    title: str
    why: str
    state: str
    asks: str
    when: str
    is_late: bool
    read_there: str
    facts: list[tuple[str, str]]

    @property
    def is_open(self) -> bool:
        return self.ask.is_live


def ask_card(ask: Ask, *, now: datetime) -> AskCard:
    state = LegState(ask.state)
    why = asked.why_open(ask) if ask.is_live else None
    due = ask.due_at
    return AskCard(
        ask=ask,
        title=_("%(partner)s om %(who)s") % {"partner": ask.partner.name, "who": _who(ask)},
        why=_(why.label) if why else "",
        state=_state(ask, state),
        asks=_(ASKS[state]) if state in ASKS else "",
        when=spoken.spoken(timezone.localtime(due), now=timezone.localtime(now)) if due else "",
        is_late=due is not None and due < now,
        read_there=_(inward.to_partner(state).label),
        facts=_facts(ask),
    )


def _who(ask: Ask) -> str:
    return ask.resident.name if ask.resident is not None else ask.who


def _state(ask: Ask, state: LegState) -> str:
    """How it ended, in one line; of an open one, what it is."""
    if state is LegState.COMPLETED:
        yes = ask.outcome == LegOutcome.PERSON_YES
        return _("Beboeren vil gerne have hjælp") if yes else _("Beboeren ønsker ikke hjælp fra os")
    if state is LegState.REJECTED:
        return _("Vi sagde nej. %(why)s") % {"why": _(WhyNot(ask.reason).label)}
    if ask.reason:
        return _("Stoppet: %(why)s") % {"why": _(EndReason(ask.reason).label)}
    return _(state.label)


def _facts(ask: Ask) -> list[tuple[str, str]]:
    return [
        (_("Hvem"), ask.who),
        (_("Hvordan vi får fat i dem"), ask.reach),
        (_("Deres grundlag"), f"{_(AskBasis(ask.basis).label)}. {ask.basis_named}"),
        (_("Det har de sagt om os"), ask.told_resident),
        (_("Spurgt af"), f"{ask.contact}, {ask.partner.name}"),
    ]


def conversation(ask: Ask, *, now: datetime) -> list[Said]:
    """The statements as voices, the newest on top."""
    return [_said(one, ask, now) for one in reversed(ask.statements.all())]


def _said(one: AskStatement, ask: Ask, now: datetime) -> Said:
    claim, local = Claim(one.claim), timezone.localtime(one.at)
    is_clock = SIDES.get(claim) == "clock"
    words = _(CLAIMS.get(claim, claim.label))
    if claim is Claim.COMPLETED:
        words = _state(ask, LegState.COMPLETED)
    by = f"{one.actor_name}, {ask.partner.name}" if claim is Claim.SENT else one.actor_name
    return Said(
        side=SIDES.get(claim, "us"),
        by=by,
        when=spoken.clock(local) if is_clock else f"{spoken.clock(local)}, {_(Channel(one.channel).label)}",
        strong="" if is_clock else f"{words}.",
        text=one.text or words if is_clock else one.text,
        day=capfirst(spoken.spoken_day(local.date(), today=timezone.localdate(now))),
    )


def today_card(ask: Ask, *, now: datetime) -> TodayCard:
    """One ask on I dag."""
    card = ask_card(ask, now=now)
    assert ask.due_at is not None  # noqa: S101 - a live ask has a clock, by constraint
    return TodayCard(
        key=f"ask:{ask.pk}",
        day=timezone.localdate(ask.due_at),
        at=ask.due_at,
        title=card.title,
        text=f"{card.why}. {card.asks}",
        href=f"/forespoergsler/{ask.pk}/",
        hand=Hand.US,
        whose=ask.owner.name,
        press=_("Se forespørgslen"),
    )
