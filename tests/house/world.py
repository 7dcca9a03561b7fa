"""Two furnished houses: at least one row of every table in each, and bridges between banks.

Each house has four legs: two sent to the club (the access to the second is over), one draft to the club
that has not left the house, and one sent to the neighbour house.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import time, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from brobygger.accounts.models import Factor, Invitation, Membership, Session
from brobygger.accounts.terms import FactorKind, InvitationPurpose, Role
from brobygger.bridging.ask_terms import AskBasis
from brobygger.bridging.asks import Ask, AskLink, AskStatement
from brobygger.bridging.models import (
    Accompaniment,
    AnswerLink,
    Bridge,
    BridgeStatement,
    Clock,
    Leg,
    LegDraft,
    LegReasons,
    LegSnapshot,
    ResidentLink,
    Statement,
)
from brobygger.bridging.terms import Channel, Claim, ClockKind, LegState
from brobygger.foundation import audit
from brobygger.foundation.once import OnceRow
from brobygger.foundation.outbox import OutboxMessage
from brobygger.foundation.scope import KeeperWritten, OrganisationScoped, organisation_scope
from brobygger.matching.models import KnownOffers
from brobygger.offers import details
from brobygger.offers.history import ListingChange, ListingSave
from brobygger.offers.listing import ListingLink
from brobygger.offers.models import (
    ImportRun,
    Location,
    Neighbourhood,
    Offer,
    OfferAtLocation,
    Phone,
    Schedule,
)
from brobygger.offers.runs import ColumnMapping, ImportOrder, ImportTrace
from brobygger.offers.tasks import StewardTask, TaskKind
from brobygger.offers.terms import OrderState, Sameness, Theme
from brobygger.offers.verdicts import Verdict
from brobygger.partners.models import Contact, Organisation, Partnership, PartnershipMember
from brobygger.partners.terms import ContactChannel, OrganisationKind
from brobygger.privacy.models import Consent
from brobygger.privacy.terms import ConsentAct, ConsentForm
from brobygger.privacy.terms import Direction as ConsentDirection
from brobygger.residents.models import FormerText, Need, Note, Resident
from brobygger.statistics.models import WhyNot
from brobygger.statistics.terms import Heard
from tests.people import CLUB, ELSEWHERE, HOUSE, NOW, TODAY, member, organisation, resident

LATER = NOW + timedelta(days=3)


@dataclass(frozen=True)
class House:
    """One furnished house. `legs` are named after where they lead."""

    key: UUID
    worker: Membership
    person: Resident
    legs: dict[str, Leg]
    ask: Ask
    note: UUID  # written by the worker
    company: UUID
    order: UUID  # a file with offers that was handed in
    run: UUID  # an import of offers


@dataclass(frozen=True)
class World:
    houses: dict[UUID, House]
    # table -> its rows as PostgreSQL says them in JSON, whoever they belong to
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def build_world() -> World:
    """Furnish both houses. Committed if the caller is not in a transaction."""
    organisation(HOUSE, "Beboerhuset", OrganisationKind.HOUSE)
    organisation(ELSEWHERE, "Et andet hus", OrganisationKind.HOUSE)
    organisation(CLUB, "Boldklubben", OrganisationKind.ASSOCIATION)
    club = Organisation.objects.get(pk=CLUB)
    houses = {
        HOUSE: furnish(HOUSE, member(HOUSE, "Maja", Role.WORKER), club, neighbour=ELSEWHERE),
        ELSEWHERE: furnish(ELSEWHERE, member(ELSEWHERE, "Ole", Role.WORKER), club, neighbour=HOUSE),
    }
    return World(houses, {model._meta.db_table: list(_all_rows(model)) for model in owned_models()})


def furnish(key: UUID, worker: Membership, club: Organisation, *, neighbour: UUID) -> House:
    with organisation_scope(key, member=worker.pk):
        offer = _directory(club)
        order = _taking_in(worker)
        contact = _partners(club)
        person = resident("Amir", worker)
        legs = {
            "club": _leg(_bridge(person, worker), club, offer, contact, "B-1"),
            "club, over": _leg(_bridge(person, worker), club, None, contact, "B-2", over=True),
            "neighbour": _leg(
                _bridge(person, worker), Organisation.objects.get(pk=neighbour), None, None, "B-3"
            ),
            "draft": _draft(_bridge(person, worker), club, contact, "B-4", subject_id=uuid4()),
        }
        ask = _ask(contact, person, worker)
        _consent(person, club, worker)
        company = _to_the_end(legs["club"], worker)
        _plumbing(legs["club"], worker)
        note = Note.objects.filter(resident=person).values_list("pk", flat=True)[0]
        _signed_in(worker)
        Invitation.objects.create(
            organisation_id=key, membership=worker, purpose=InvitationPurpose.JOIN, token_digest=uuid4().hex,
            made_by=worker, made_at=NOW, expires_at=LATER,
        )  # fmt: skip
        run = ImportRun.objects.get(keeper_id=key)
    return House(key, worker, person, legs, ask, note, company, order.pk, run.pk)


def _signed_in(worker: Membership) -> None:
    Factor.objects.create(
        user=worker.user, kind=FactorKind.PASSKEY, name="nøgle", credential_id=uuid4().hex, made_at=NOW
    )
    now = timezone.now()  # a session of the past is over
    Session.objects.create(membership=worker, browser="", opened_at=now, seen_at=now, proven_at=now)


def _directory(club: Organisation) -> Offer:
    Neighbourhood.objects.create(name="Kvarteret", easting=1, northing=1)
    offer = Offer.objects.create(organisation=club, name="Fodbold", themes=[Theme.LEISURE])
    place = Location.objects.create(organisation=club, name="Bane 2")
    OfferAtLocation.objects.create(offer=offer, location=place)
    Phone.objects.create(offer=offer, number="+45 00 00 00 00")
    Schedule.objects.create(offer=offer, weekday=0, opens_at=time(16), closes_at=time(17))
    _details(offer, place)
    ListingChange.objects.create(entity="offers.Offer", row=offer.pk, offer=offer, is_new=True)
    ListingSave.objects.create(act="offer:changed", by_kind="system", at=NOW)
    double = Offer.objects.create(organisation=club, name="Fodbold", withdrawn_at=NOW)
    Verdict.objects.create(kept=offer, gone=double, said=Sameness.SAME, at=NOW)
    run = ImportRun.objects.create(source="x", at=NOW, rows_in=0, rows_saved=0, rows_reported=0)
    ImportTrace.objects.create(run=run, number=1, model="offers.Offer")
    return offer


def _details(offer: Offer, place: Location) -> None:
    unit, taxonomy = (
        details.Unit.objects.create(name="plads"),
        details.Taxonomy.objects.create(name="Egne ord"),
    )
    term = details.TaxonomyTerm.objects.create(taxonomy=taxonomy, name="bold")
    details.Program.objects.create(organisation=offer.organisation, name="Ungdom")
    details.ContactPoint.objects.create(offer=offer, title="træner")
    details.Address.objects.create(location=place, address_1="Banevej 2")
    details.CostOption.objects.create(offer=offer, amount=0)
    details.RequiredDocument.objects.create(offer=offer, document="støvler")
    details.Funding.objects.create(offer=offer, funder="kontingent")
    details.SpokenLanguage.objects.create(offer=offer, code="da")
    details.Accessibility.objects.create(location=place, description="rampe")
    details.ServiceArea.objects.create(offer=offer, name="kvarteret")
    details.ServiceCapacity.objects.create(offer=offer, unit=unit, available=1)
    details.OrganisationIdentifier.objects.create(
        organisation=offer.organisation, identifier_type="CVR", identifier="00000000"
    )
    details.WebAddress.objects.create(offer=offer, url="https://boldklub.invalid/")
    details.ToldSchedule.objects.create(offer=offer, freq="MONTHLY")
    details.Attribute.objects.create(entity="service", row=offer.pk, term=term)
    details.Metadata.objects.create(entity="service", row=offer.pk, field_name="name")


def _taking_in(worker: Membership) -> ImportOrder:
    order = ImportOrder.objects.create(
        name="x.csv",
        size=0,
        digest="",
        source="x",
        said_at=NOW,
        at=NOW,
        asked_by=worker,
        state=OrderState.COLUMNS,
        tried={"preview": {"file": "x.csv", "headings": ["x"], "rows": []}},
    )
    ColumnMapping.objects.create(name="x", at=NOW, saved_by=worker)
    return order


def _partners(club: Organisation) -> Contact:
    circle = Partnership.objects.create(name="Kredsen", anchored_in=club)
    PartnershipMember.objects.create(partnership=circle, member=club)
    return Contact.objects.create(
        partner=club, function="træner", channel=ContactChannel.EMAIL, address="traener@boldklub.invalid"
    )


def _bridge(person: Resident, worker: Membership) -> Bridge:
    need = Need.objects.create(
        resident=person,
        words="fodbold",
        theme=Theme.LEISURE,
        owner=worker,
        next_step="ring",
        next_step_on=TODAY,
        opened_at=NOW,
    )
    note = Note.objects.create(
        resident=person, need=need, by=worker, by_name=worker.name, text="talt sammen", at=NOW
    )
    FormerText.objects.create(
        resident=person, note=note, field="text", text="talt smamen", was_saved=True, by=worker,
        by_name=worker.name, at=NOW,
    )  # fmt: skip
    KnownOffers.objects.create(need=need, known=[], at=NOW)
    return Bridge.objects.create(need=need, owner=worker, opened_at=NOW)


def _draft(bridge: Bridge, recipient: Organisation, contact: Contact | None, code: str, **facts: Any) -> Leg:
    leg = Leg.objects.create(
        **{
            "bridge": bridge,
            "recipient": recipient,
            "contact": contact,
            "subject_id": bridge.need.resident_id,
            "offer_name": "Fodbold",
            "code": code,
            "made_at": NOW,
        }
        | facts
    )
    LegDraft.objects.create(leg=leg)
    LegReasons.objects.create(leg=leg, was_suggested=True, at=NOW)
    Clock.objects.create(
        bridge=bridge, leg=leg, kind=ClockKind.NO_ANSWER, owner=bridge.owner, watcher=bridge.owner,
        set_at=NOW, due_at=LATER,
    )  # fmt: skip
    Statement.objects.create(
        recipient=recipient, leg=leg, seq=1, claim=Claim.NOTE, actor_role="W", actor_name="Maja",
        channel=Channel.SCREEN, at=NOW,
    )  # fmt: skip
    return leg


def _leg(
    bridge: Bridge,
    recipient: Organisation,
    offer: Offer | None,
    contact: Contact | None,
    code: str,
    *,
    over: bool = False,
) -> Leg:
    leg = _draft(bridge, recipient, contact, code, offer=offer, state=LegState.REQUESTED, sent_at=NOW)
    LegSnapshot.objects.create(
        recipient=recipient,
        leg=leg,
        shared=[{"kind": "first_name", "label": "fornavn", "value": "Amir"}],
        at=NOW,
        access_ended_at=NOW if over else None,
    )
    AnswerLink.objects.create(
        leg=leg, recipient_id=recipient.pk, token_hash=uuid4().hex, address="traener@boldklub.invalid",
        made_at=NOW, expires_at=LATER,
    )  # fmt: skip
    return leg


def _ask(contact: Contact, person: Resident, worker: Membership) -> Ask:
    """The club has asked about the resident, and the worker has taken it on; it keeps its own offers."""
    ListingLink.objects.create(
        partner=contact.partner, contact=contact, token_hash=uuid4().hex, made_by=worker, made_at=NOW
    )
    AskLink.objects.create(
        partner=contact.partner, contact=contact, token_hash=uuid4().hex, made_by=worker, made_at=NOW
    )
    StewardTask.objects.create(
        kind=TaskKind.BOUNCED, partner=contact.partner, contact=contact, message=uuid4(), owner=worker,
        made_at=NOW, due_on=TODAY,
    )  # fmt: skip
    ask = Ask.objects.create(
        partner=contact.partner, contact=contact, code="F-1", who="Amir", reach="døren", wanted="en snak",
        basis=AskBasis.CONSENT, basis_named="mundtligt", told_resident="at vi ringer",
        state=LegState.ACCEPTED, version=2, owner=worker, resident=person,
        clock_kind=ClockKind.FIRST_CONTACT, due_at=LATER, asked_at=NOW,
    )  # fmt: skip
    AskStatement.objects.create(
        ask=ask, seq=1, claim=Claim.SENT, actor_role="A", actor_name="Sanne", channel=Channel.LINK, at=NOW
    )
    return ask


def _consent(person: Resident, club: Organisation, worker: Membership) -> None:
    Consent.objects.create(
        resident_id=person.pk,
        recipient_id=club.pk,
        act=ConsentAct.GIVEN,
        direction=ConsentDirection.GIVE,
        categories=["first_name"],
        purpose="at spille fodbold",
        form=ConsentForm.SCREEN,
        wording="Vi må give dit fornavn videre.",
        language="da",
        signed_name="Amir",
        witness=worker,
        at=NOW,
        valid_until=LATER.date(),
    )


def _to_the_end(leg: Leg, worker: Membership) -> UUID:
    """Somebody goes along, the resident's own way in, and the resident's word."""
    company = Accompaniment.objects.create(
        leg=leg, companion=worker, meet_at=LATER, meet_where="ved døren", wishes="ingen skole",
        offered_by=worker, offered_at=NOW, access_until=LATER,
    )  # fmt: skip
    ResidentLink.objects.create(
        bridge=leg.bridge, token_hash=uuid4().hex, address="+45 00 00 00 00", made_at=NOW, expires_at=LATER
    )
    BridgeStatement.objects.create(
        bridge=leg.bridge, seq=1, claim=Claim.NOTE, actor_role="R", actor_name="Amir", told_by=worker,
        channel=Channel.PHONE, text="det går", at=NOW,
    )  # fmt: skip
    return company.pk


def _plumbing(leg: Leg, worker: Membership) -> None:
    audit.record("leg:sent", about=leg, by=worker.actor, at=NOW)
    WhyNot.objects.create(
        recipient=leg.recipient, heard=Heard.NO, reason="other", year=2026, persons=5, counted_on=TODAY
    )  # fmt: skip
    OnceRow.objects.create(fingerprint="f", status=302, location="/broer/", at=NOW)
    OutboxMessage.objects.create(
        about_kind="bridging.Leg", about_id=leg.pk, what="ask", channel="email",
        to="traener@boldklub.invalid", made_at=NOW, use_by=LATER,
    )  # fmt: skip


def owned_models() -> list[type[models.Model]]:
    """The models whose rows belong to somebody."""
    owners = (OrganisationScoped, KeeperWritten, Membership, Invitation)
    return [model for model in apps.get_models(include_auto_created=True) if issubclass(model, owners)]


def _all_rows(model: type[models.Model]) -> Iterator[dict[str, Any]]:
    """Every row once, read house by house; public rows are seen from everywhere."""
    seen: dict[str, dict[str, Any]] = {}
    for key in (HOUSE, ELSEWHERE, CLUB):
        with organisation_scope(key), connection.cursor() as cursor:
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{model._meta.db_table}" t')
            for (text,) in cursor.fetchall():
                row = json.loads(text)
                seen[row["id"]] = row
    yield from seen.values()
