"""What the pages about residents show: frozen values, and no more than the page needs."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from brobygger.engine.words import gettext_noop
from brobygger.foundation.cards import Hand, TodayCard
from brobygger.foundation.kept import said_anew
from brobygger.foundation.spoken import spoken
from brobygger.privacy.models import Consent
from brobygger.privacy.terms import ConsentAct, ConsentForm, DataKind, Direction
from brobygger.residents.models import FormerText, Need, Note, Resident
from brobygger.residents.terms import NeedOutcome, NoteChannel, Voice


@dataclass(frozen=True, slots=True)
class ResidentRow:
    """One line of the list. `next_step` is that of the open need with the nearest date.

    `ask`: where the viewer only reaches by duty, who follows this person and is to be asked first.
    """

    resident_id: UUID
    name: str
    is_fictional: bool
    last_contact_on: date | None
    open_needs: int
    next_step: str
    next_step_on: date | None
    ask: str = ""


@dataclass(frozen=True, slots=True)
class NeedCard:
    """A need with its next step and the small picture of its bridge (`way_`)."""

    need_id: UUID
    words: str
    theme: str
    owner: str
    next_step: str
    next_step_on: date | None
    closed_on: date | None
    outcome: str
    way_step: int | None
    way_words: str
    way_hand: str
    way_whose: str
    way_link: str
    new_offers: int = 0

    @property
    def is_open(self) -> bool:
        return self.closed_on is None


@dataclass(frozen=True, slots=True)
class FormerLine:
    """A text that does not stand (any more): until when or when, by whom, and what it was a text of."""

    when: str
    by: str
    text: str
    was_saved: bool
    what: str


@dataclass(frozen=True, slots=True)
class Event:
    """One entry of the timeline, as `parts/timeline.html` draws it. A resident's words stand in `quote`.

    `former` are earlier texts of the same entry; `correct` is where the viewer may correct it, or empty.
    """

    side: str
    when: str
    by: str
    text: str = ""
    quote: str = ""
    former: tuple[FormerLine, ...] = ()
    correct: str = ""


@dataclass(frozen=True, slots=True)
class ConsentCard:
    """What a resident has said yes to with one recipient, as it stands today."""

    recipient: str
    may_have: tuple[str, ...]
    may_answer: bool
    form: str
    given_on: date
    valid_until: date


@dataclass(frozen=True, slots=True)
class ResidentCard:
    """The whole page of one resident. `resident` is the row itself, to act upon; all else are copies."""

    resident: Resident
    open_needs: tuple[NeedCard, ...]
    closed_needs: tuple[NeedCard, ...]
    events: tuple[Event, ...]
    notes_page: int
    has_older: bool
    consents: tuple[ConsentCard, ...]


def need_card(need: Need) -> NeedCard:
    return NeedCard(
        need_id=need.pk,
        words=need.words,
        theme=need.get_theme_display(),
        owner=need.owner.name if need.owner else "",
        next_step=said_anew(need.next_step),
        next_step_on=need.next_step_on,
        closed_on=timezone.localdate(need.closed_at) if need.closed_at else None,
        outcome=_(NeedOutcome(need.outcome).label) if need.outcome else "",
        way_step=need.way_step,
        way_words=said_anew(need.way_words),
        way_hand=need.way_hand,
        way_whose=need.way_whose,
        way_link=need.way_link,
        new_offers=need.new_offers,
    )


def today_card(need: Need, *, owner: str) -> TodayCard:
    """An open need of ours that no bridge carries: the next step is what has the date."""
    return TodayCard(
        key=f"need:{need.pk}",
        day=need.next_step_on or date.max,
        title=need.resident.name,
        text=said_anew(need.next_step),
        href=f"{reverse('residents:one', args=[need.resident_id])}#behov-{need.pk}",
        hand=Hand.US,
        whose=owner,
        press=_("Gå til behovet"),
    )


WHAT = {
    "name": gettext_noop("Navn"),
    "reach_at": gettext_noop("Vej til kontakt"),
    "reach_rules": gettext_noop("Hvornår og hvordan"),
    "next_step": gettext_noop("Næste skridt"),
    "text": gettext_noop("Notat"),
}


def former_line(one: FormerText, *, now: datetime) -> FormerLine:
    return FormerLine(
        when=spoken(timezone.localtime(one.at), now=timezone.localtime(now)),
        by=one.by_name,
        text=one.text,
        was_saved=one.was_saved,
        what=_(WHAT[one.field]),
    )


def event(
    note: Note, *, now: datetime, former: Iterable[FormerText] = (), may_correct: bool = False
) -> Event:
    by = [note.by_name, _(NoteChannel(note.channel).label) if note.channel else ""]
    text = said_anew(note.text) if note.voice == Voice.CLOCK else note.text
    is_quote = note.voice == Voice.YOU and not note.link  # what a bridge writes is not what somebody said
    return Event(
        side=note.voice,
        when=spoken(timezone.localtime(note.at), now=timezone.localtime(now)),
        by=", ".join(part for part in by if part),
        text="" if is_quote else text,
        quote=note.text if is_quote else "",
        former=tuple(former_line(one, now=now) for one in former),
        correct=reverse("residents:note_correct", args=[note.pk]) if may_correct else "",
    )


def consent_cards(
    lines: Iterable[Consent], names: Mapping[UUID, str], *, on: date
) -> tuple[ConsentCard, ...]:
    """One card per recipient with a line that still holds; lines as the ledger gives them, newest first."""
    standing: dict[UUID, dict[str, Consent]] = {}
    for line in sorted(lines, key=lambda one: one.at):
        held = standing.setdefault(line.recipient_id, {})
        for kind in line.categories:
            held.pop(f"{line.direction}:{kind}", None)
            if line.act == ConsentAct.GIVEN and line.valid_until >= on:
                held[f"{line.direction}:{kind}"] = line
    return tuple(_consent_card(names.get(who, ""), held) for who, held in standing.items() if held)


def _consent_card(recipient: str, held: Mapping[str, Consent]) -> ConsentCard:
    newest = max(held.values(), key=lambda line: line.at)
    give = f"{Direction.GIVE}:"
    return ConsentCard(
        recipient=recipient,
        may_have=tuple(_(kind.label) for kind in DataKind if f"{give}{kind}" in held),
        may_answer=any(not key.startswith(give) for key in held),
        form=_(ConsentForm(newest.form).label),
        given_on=timezone.localdate(newest.at),
        valid_until=min(line.valid_until for line in held.values()),
    )
