"""What the pages show of whoever goes along (følgeskab). No query is made here."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from brobygger.bridging.company import Outing
from brobygger.bridging.models import Accompaniment
from brobygger.bridging.terms import CompanyState
from brobygger.engine.words import Language
from brobygger.foundation.cards import Hand, TodayCard


@dataclass(frozen=True, slots=True)
class CompanionCard:
    """All that a companion gets to know: first name, when, where, language, wishes. Nothing else."""

    key: UUID
    name: str
    when: datetime
    facts: list[tuple[str, str]]
    wishes: str
    state: CompanyState
    is_past: bool

    @property
    def is_offered(self) -> bool:
        return self.state is CompanyState.OFFERED

    @property
    def told(self) -> str:
        return {
            CompanyState.HELD: _("I mødtes. Tak, fordi du gik med."),
            CompanyState.MISSED: _("Det blev ikke til noget. Tak, fordi du sagde det."),
            CompanyState.CANCELLED: _("Det er aflyst."),
        }.get(self.state, "")


def card(outing: Outing, *, now: datetime) -> CompanionCard:
    company, speaks = outing.company, outing.speaks
    language = _(Language(speaks).label) if speaks in set(Language) else speaks
    return CompanionCard(
        key=company.pk,
        name=outing.first_name,
        when=company.meet_at,
        facts=[(_("I mødes"), company.meet_where), (_("Taler"), language)],
        wishes=company.wishes,
        state=outing.state,
        is_past=company.meet_at <= now,
    )


def today_card(one: CompanionCard) -> TodayCard:
    """The day, and afterwards how it went."""
    if one.is_offered:
        text, press = _("Kan du gå med?"), _("Svar")
    elif one.is_past:
        text, press = _("Hvordan gik det?"), _("Sig det")
    else:
        text, press = _("Du går med."), _("Se, hvor I mødes")
    return TodayCard(
        key=f"company:{one.key}",
        day=timezone.localdate(one.when),
        at=one.when,
        title=_("Gå med %(name)s") % {"name": one.name},
        text=text,
        href=f"/foelg/{one.key}/",
        hand=Hand.US,
        whose=_("dig"),
        press=press,
    )


def name_of(company: Accompaniment | None) -> str:
    if company is None:
        return _("følgeskabet")
    return company.companion.name if company.companion else company.own_person
