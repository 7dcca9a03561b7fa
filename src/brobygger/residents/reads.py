"""Every question about residents. Viewer first: who asks decides what there is."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Literal
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.http import Http404
from django.utils import timezone

from brobygger.accounts.models import Membership
from brobygger.foundation import audit
from brobygger.foundation.cards import TodayCard
from brobygger.foundation.kept import said_anew
from brobygger.offers.models import Neighbourhood
from brobygger.partners.models import Organisation
from brobygger.privacy.reads import ledger
from brobygger.residents import cards, permissions
from brobygger.residents.cards import ConsentCard, ResidentCard, ResidentRow
from brobygger.residents.former import of_notes
from brobygger.residents.models import Need, Note, Relation, Resident
from brobygger.residents.rules import digits, folded, in_danish_order
from brobygger.residents.searching import Known, found

Order = Literal["name", "contact"]
ROWS_A_PAGE, NOTES_A_PAGE, NAMES_AT_HAND = 25, 10, 60
OPEN = Q(closed_at=None)
DIGITS_OF_A_NUMBER = 8
LONG_AGO, A_WEEK = date.min, timedelta(days=7)


def residents_of(
    viewer: Membership, *, search: str = "", page: int = 1, on: date, order: Order = "name"
) -> Page[ResidentRow]:
    """One page of the residents within reach, by name or longest without contact. Two queries (leader: 3).

    All within reach are read (name, number, last contact) and searched here, because the search forgives
    spelling and the database sorts neither æ, ø nor å. A house has hundreds of residents or a few thousand.
    """
    people = sorted(found(_known(viewer, on), search), key=_by_contact if order == "contact" else _by_name)
    paginator = Paginator(people, ROWS_A_PAGE)
    shown = paginator.get_page(page)
    audit.saw("resident_name", [one.resident_id for one in shown])
    ask = _whom_to_ask(viewer, on, [one.resident_id for one in shown])
    return Page(_rows(list(shown), ask), shown.number, paginator)  # type: ignore[arg-type]


def names_at_hand(viewer: Membership, *, on: date) -> list[str]:
    """The names of the residents the viewer last spoke with, to choose from while writing. One query."""
    mine = _current(on).filter(worker=viewer).values("resident")
    newest = Resident.objects.filter(pk__in=mine).order_by(F("last_contact_on").desc(nulls_last=True), "name")
    rows = list(newest.values_list("pk", "name")[:NAMES_AT_HAND])
    audit.saw("resident_name", [key for key, _name in rows])
    return sorted((name for _key, name in rows), key=in_danish_order)


def named(viewer: Membership, text: str, *, on: date) -> list[Known]:
    """Who may be meant by a name or number as typed: the exact name alone if it is there. One query."""
    people = found(_known(viewer, on), text) if text.strip() else []
    exact = [one for one in people if one.name.casefold() == text.strip().casefold()]
    return sorted(exact or people, key=_by_name)


def resident_for(viewer: Membership, resident_id: UUID, *, on: date | None = None) -> Resident:
    """The one resident to show or act upon, or Http404. One query, and a line in the trail.

    `on` is the day whose relations count; left out, it is today.
    """
    rows = reachable(viewer, on=on or timezone.localdate()).filter(pk=resident_id)
    resident = rows.select_related("home").first()
    if resident is None:
        raise Http404
    audit.saw("resident", [resident.pk])
    return resident


def heard_from(viewer: Membership, resident_id: UUID, *, on: date) -> Resident:
    """A resident whose word to take a yes back this member has heard, or Http404 (BRI-17). One query.

    Whatever the role: whoever has a relation to that person today, and the leader.
    """
    met = Resident.objects.filter(pk__in=_current(on).filter(worker=viewer).values("resident"))
    rows = Resident.objects.all() if permissions.may_reach_whole_house(viewer) else met
    resident = rows.filter(pk=resident_id).first()
    if resident is None:
        raise Http404
    audit.saw("resident", [resident.pk])
    return resident


def who_says(first_name: str, number: str) -> Resident | None:
    """The one resident of the house with this first name and number, for whoever follows nobody. One query.

    For acting on a word only: the caller shows the same whether there is one or not.
    """
    wanted, said = digits(number)[-DIGITS_OF_A_NUMBER:], folded(first_name).split()
    if len(wanted) < DIGITS_OF_A_NUMBER or not said:
        return None
    rows = Resident.objects.values_list("pk", "name", "reach_at")
    found = [
        key for key, name, at in rows if digits(at).endswith(wanted) and folded(name).split()[:1] == said[:1]
    ]
    return Resident.objects.get(pk=found[0]) if len(found) == 1 else None


def note_for(viewer: Membership, note_id: UUID, *, on: date | None = None) -> Note:
    """A note the viewer may correct, with its resident, or Http404. One query, and a line in the trail."""
    within_reach = reachable(viewer, on=on or timezone.localdate()).values("pk")
    note = Note.objects.filter(pk=note_id, resident__in=within_reach).select_related("resident").first()
    if note is None or not permissions.may_correct(viewer, note):
        raise Http404
    audit.saw("resident", [note.resident_id])
    return note


def need_for(viewer: Membership, need_id: UUID, *, on: date | None = None) -> Need:
    """The one need with its resident and owner, or Http404. One query, and a line in the trail."""
    within_reach = reachable(viewer, on=on or timezone.localdate()).values("pk")
    rows = Need.objects.filter(pk=need_id, resident__in=within_reach)
    need = rows.select_related("resident__home", "owner").first()
    if need is None:
        raise Http404
    audit.saw("resident", [need.resident_id])
    return need


def resident_card(
    viewer: Membership, resident_id: UUID, now: datetime, *, notes_page: int = 1
) -> ResidentCard:
    """Everything on a resident's page, or Http404. Six queries, of which one for each list on it."""
    today = timezone.localdate(now)
    resident = resident_for(viewer, resident_id, on=today)
    needs = [cards.need_card(need) for need in _needs(resident)]
    notes, has_older = _notes(resident, notes_page)
    return ResidentCard(
        resident=resident,
        open_needs=tuple(need for need in needs if need.is_open),
        closed_needs=tuple(need for need in needs if not need.is_open),
        events=tuple(_events(viewer, notes, now)),
        notes_page=notes_page,
        has_older=has_older,
        consents=_consents(resident, today),
    )


def open_needs(resident: Resident) -> QuerySet[Need]:
    """The open needs of a resident already fetched for the viewer. One query when it is read."""
    return Need.objects.filter(OPEN, resident=resident).order_by("next_step_on", "opened_at")


def needs_of_own(viewer: Membership, *, on: date) -> list[Need]:
    """The open needs of residents whom the viewer follows, whoever leads: by date asked. One query."""
    if not permissions.may_reach_residents(viewer):
        return []
    mine = _current(on).filter(worker=viewer).values("resident")
    rows = Need.objects.filter(OPEN, resident__in=mine).select_related("resident__home")
    return list(rows.order_by("opened_at", "pk"))


def my_needs_with_date(viewer: Membership, until: date) -> list[Need]:
    """The viewer's own open needs with a next step up to and with a day, oldest first. One query.

    An owner keeps the need also after the relation has ended, so that nothing falls between two people.
    """
    rows = Need.objects.filter(OPEN, owner=viewer, next_step_on__lte=until).select_related("resident")
    needs = list(rows.order_by("next_step_on", "opened_at"))
    audit.saw("resident_name", {need.resident_id for need in needs})
    return needs


def today_cards_of(viewer: Membership, now: datetime) -> list[TodayCard]:
    """What I dag shows of the viewer's needs, a week ahead. One query.

    A need that a bridge carries is left out: the bridge shows it, with the clock that really runs.
    """
    if not permissions.may_reach_residents(viewer):
        return []
    needs = my_needs_with_date(viewer, timezone.localdate(now) + A_WEEK)
    return [cards.today_card(need, owner=viewer.name) for need in needs if not need.way_link]


def late_elsewhere(viewer: Membership, *, on: date) -> list[Need]:
    """For a leader: needs of others whose date is past, by owner's name, then date. One query, or none."""
    if not permissions.may_reach_whole_house(viewer):
        return []
    rows = Need.objects.filter(OPEN, next_step_on__lt=on, way_link="").exclude(owner=viewer)
    needs = list(rows.select_related("resident", "owner").order_by("owner__name", "next_step_on"))
    audit.saw("resident_name", {need.resident_id for need in needs})
    return needs


def places(viewer: Membership) -> QuerySet[Neighbourhood]:
    """The named places of the viewer's house, to measure from. One query when it is read."""
    kept = Neighbourhood.objects.filter(keeper_id=viewer.organisation_id, withdrawn_at=None)
    return kept.order_by("name")


def colleagues(viewer: Membership) -> QuerySet[Membership]:
    """Who may own a need in the viewer's house. One query when it is read."""
    house = Membership.objects.filter(organisation_id=viewer.organisation_id, is_active=True)
    return house.filter(role__in=sorted(permissions.ROLES_THAT_OWN)).order_by("name")


def reachable(viewer: Membership, *, on: date) -> QuerySet[Resident]:
    """The residents whom the viewer has a reason to see on that day. A query to narrow, not yet asked."""
    if not permissions.may_reach_residents(viewer):
        return Resident.objects.none()
    if permissions.may_reach_whole_house(viewer):
        return Resident.objects.all()
    return Resident.objects.filter(pk__in=_current(on).filter(worker=viewer).values("resident"))


def _current(on: date) -> QuerySet[Relation]:
    """Relations that hold on a day; the twin of `rules.holds`."""
    return Relation.objects.filter(Q(until=None) | Q(until__gt=on), since__lte=on)


def _known(viewer: Membership, on: date) -> list[Known]:
    rows = reachable(viewer, on=on).values_list("pk", "name", "reach_at", "last_contact_on")
    return [Known(*row) for row in rows]


def _by_name(one: Known) -> tuple[str, UUID]:
    return in_danish_order(one.name), one.resident_id


def _by_contact(one: Known) -> tuple[date, str]:
    return one.last_contact_on or LONG_AGO, in_danish_order(one.name)


def _whom_to_ask(viewer: Membership, on: date, residents: list[UUID]) -> dict[UUID, str]:
    """For a leader: who follows those whom the leader does not, to be asked first (FOUNDATION 8)."""
    if not permissions.may_reach_whole_house(viewer):
        return {}
    found: dict[UUID, list[Membership]] = {}
    for one in _current(on).filter(resident__in=residents).select_related("worker").order_by("worker__name"):
        found.setdefault(one.resident_id, []).append(one.worker)
    return {
        resident: ", ".join(worker.name for worker in workers)
        for resident, workers in found.items()
        if viewer not in workers
    }


def _rows(shown: list[Known], ask: dict[UUID, str]) -> list[ResidentRow]:
    nearest = Need.objects.filter(OPEN, resident=OuterRef("pk")).order_by("next_step_on", "opened_at")
    rows = Resident.objects.filter(pk__in=[one.resident_id for one in shown]).annotate(
        open_needs=Count("needs", filter=Q(needs__closed_at=None)),
        nearest_step=Subquery(nearest.values("next_step")[:1]),
        nearest_on=Subquery(nearest.values("next_step_on")[:1]),
    )
    by_key = {row.pk: row for row in rows}
    return [
        _row(by_key[one.resident_id], ask.get(one.resident_id, ""))
        for one in shown
        if one.resident_id in by_key
    ]


def _row(row: Resident, ask: str) -> ResidentRow:
    return ResidentRow(
        resident_id=row.pk,
        name=row.name,
        is_fictional=row.is_fictional,
        last_contact_on=row.last_contact_on,
        open_needs=row.open_needs,  # type: ignore[attr-defined]
        next_step=said_anew(row.nearest_step or ""),  # type: ignore[attr-defined]
        next_step_on=row.nearest_on,  # type: ignore[attr-defined]
        ask=ask,
    )


def _needs(resident: Resident) -> QuerySet[Need]:
    rows = Need.objects.filter(resident=resident).select_related("owner")
    return rows.order_by(F("closed_at").desc(nulls_first=True), "next_step_on", "opened_at")


def _notes(resident: Resident, page: int) -> tuple[list[Note], bool]:
    """One more than the page holds is read, to know whether there are older ones without counting them."""
    start = (page - 1) * NOTES_A_PAGE
    rows = Note.objects.filter(resident=resident).order_by("-at", "-pk")[start : start + NOTES_A_PAGE + 1]
    notes = list(rows)
    return notes[:NOTES_A_PAGE], len(notes) > NOTES_A_PAGE


def _events(viewer: Membership, notes: list[Note], now: datetime) -> Iterator[cards.Event]:
    texts = of_notes(notes)
    for note in notes:
        may = permissions.may_correct(viewer, note)
        yield cards.event(note, now=now, former=texts.get(note.pk, ()), may_correct=may)


def _consents(resident: Resident, today: date) -> tuple[ConsentCard, ...]:
    lines = ledger(resident.pk)
    recipients = {line.recipient_id for line in lines}
    names = dict(Organisation.objects.filter(pk__in=recipients).values_list("pk", "name")) if lines else {}
    return cards.consent_cards(lines, names, on=today)
