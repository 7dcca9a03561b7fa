"""Stale listings and dead addresses find a steward: a dated task, until somebody has asked (OFF-08).

Two things become a task: an offer that nobody has confirmed for half a year, and an address at a partner that
could not be written to. Meanwhile the listing reads "kontakt under afklaring". What another source keeps is
confirmed by its next import, unless somebody here has taken it on by confirming it once.
"""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce, TruncDate
from django.utils.timezone import get_default_timezone

from brobygger.accounts.models import Membership
from brobygger.accounts.terms import Duty, Role
from brobygger.foundation import audit
from brobygger.foundation.actor import SYSTEM, Actor
from brobygger.foundation.days import add_working_days, local_day
from brobygger.foundation.outbox import MessageState, OutboxMessage
from brobygger.foundation.scope import current
from brobygger.offers.models import Offer
from brobygger.offers.tasks import StewardTask, TaskKind
from brobygger.partners.actions import verify_contact
from brobygger.partners.models import Contact
from brobygger.partners.terms import ContactChannel

MONTHS_BEFORE_STALE = 6
DAYS_TO_ASK = 5  # working days


def steward_of(house: UUID) -> Membership | None:
    """Who keeps the directory true: the steward, else the leader, else whoever works there. One query."""
    rows = list(Membership.objects.filter(organisation_id=house, is_active=True).order_by("name", "pk"))
    rows = [one for one in rows if one.meets_residents]
    return min(rows, key=lambda one: (Duty.STEWARD not in one.duties, one.role != Role.LEADER), default=None)


def open_tasks() -> QuerySet[StewardTask]:
    """The house's open tasks, what is due first first."""
    rows = StewardTask.objects.filter(done_at=None).select_related("partner", "offer", "contact", "owner")
    return rows.order_by("due_on", "made_at", "pk")


@transaction.atomic
def find_bounces(now: datetime) -> int:
    """A task for each active contact that a message could not be delivered to. Returns how many are new.

    Runs every minute in the house's scope, so that a bounce is on I dag within five. The message's key makes
    it one task, however often this runs.
    """
    failed = OutboxMessage.objects.filter(state=MessageState.FAILED).exclude(
        pk__in=StewardTask.objects.exclude(message=None).values("message")
    )
    told = dict(failed.order_by("-made_at").values_list("to", "pk"))
    if not told:
        return 0
    busy = StewardTask.objects.filter(done_at=None, contact__isnull=False).values("contact")
    contacts = Contact.objects.filter(address__in=told, is_active=True).exclude(pk__in=busy)
    return sum(_bounced(contact, told[contact.address], now) for contact in contacts)


def _bounced(contact: Contact, message: UUID, now: datetime) -> int:
    offers = _kept_here().filter(organisation=contact.partner_id)
    offers.filter(unclear_since=None).update(unclear_since=local_day(now))
    return _make(TaskKind.BOUNCED, contact.partner_id, now, contact=contact, message=message)


@transaction.atomic
def find_stale(now: datetime) -> int:
    """A task for each of the house's offers that nobody has confirmed for half a year. Nightly, in scope."""
    today = local_day(now)
    changed_on = TruncDate("modified_at", tzinfo=get_default_timezone())
    said = _kept_here().alias(last=Coalesce("assured_on", "capacity_confirmed_on", changed_on))
    ours = said.filter(Q(source="") | Q(assured_on__isnull=False), withdrawn_at=None)
    busy = StewardTask.objects.filter(done_at=None, offer__isnull=False).values("offer")
    stale = list(ours.filter(last__lte=half_a_year_before(today)).exclude(pk__in=busy))
    keys = [one.pk for one in stale]
    Offer.objects.filter(pk__in=keys, unclear_since=None).update(unclear_since=today)
    return sum(_make(TaskKind.UNCONFIRMED, one.organisation_id, now, offer=one) for one in stale)


def _kept_here() -> QuerySet[Offer]:
    """The offers that the open house keeps."""
    house = current().organisation
    return Offer.objects.filter(keeper_id=house) if house else Offer.objects.none()


def _make(
    kind: TaskKind,
    partner: UUID,
    now: datetime,
    *,
    offer: Offer | None = None,
    contact: Contact | None = None,
    message: UUID | None = None,
) -> int:
    house = current().organisation
    owner = steward_of(house) if house else None
    if owner is None:  # a house in which nobody works keeps no directory
        return 0
    due_on = add_working_days(local_day(now), DAYS_TO_ASK)
    task = StewardTask.objects.create(
        kind=kind, partner_id=partner, offer=offer, contact=contact, message=message, owner=owner,
        made_at=now, due_on=due_on,
    )  # fmt: skip
    audit.record("steward_task:made", about=task, by=SYSTEM, at=now, kind=kind)
    return 1


def confirm(*, offer: Offer, by: Actor, at: datetime) -> None:
    """Somebody who knows has looked at the listing. In the keeper's scope and the act's transaction."""
    Offer.objects.filter(pk=offer.pk).update(assured_on=local_day(at))
    _done(StewardTask.objects.filter(offer=offer, done_at=None), by=by, at=at)
    _clear(Offer.objects.filter(pk=offer.pk))


@transaction.atomic
def settle(*, task: StewardTask, address: str, by: Membership, at: datetime) -> None:
    """The partner has been reached: at the same address after all, or at a new one, now the way in."""
    old = task.contact
    assert old is not None  # noqa: S101 - a bounce is about a contact, by constraint
    new = address or old.address
    verify_contact(
        partner=task.partner, function=old.function, channel=ContactChannel(old.channel), address=new,
        name=old.name, speaks=old.speaks, by=by, at=at,
    )  # fmt: skip
    if new != old.address:
        Contact.objects.filter(pk=old.pk).update(is_active=False)
    _done(StewardTask.objects.filter(pk=task.pk, done_at=None), by=by.actor, at=at)
    _clear(Offer.objects.filter(organisation=task.partner_id, keeper_id=task.organisation_id))


def _done(tasks: QuerySet[StewardTask], *, by: Actor, at: datetime) -> None:
    for task in tasks.select_for_update():
        StewardTask.objects.filter(pk=task.pk).update(done_at=at)
        audit.record("steward_task:done", about=task, by=by, at=at)


def _clear(offers: QuerySet[Offer]) -> None:
    """No longer unclear, unless another task of the same offer or partner is still open."""
    left = StewardTask.objects.filter(done_at=None)
    bounced = left.filter(kind=TaskKind.BOUNCED).values("partner")
    stale = left.filter(offer__isnull=False).values("offer")
    settled = offers.exclude(pk__in=stale).exclude(organisation__in=bounced)
    settled.filter(unclear_since__isnull=False).update(unclear_since=None)


def half_a_year_before(day: date) -> date:
    """
    >>> half_a_year_before(date(2026, 11, 24)), half_a_year_before(date(2026, 8, 31))
    (datetime.date(2026, 5, 24), datetime.date(2026, 2, 28))
    """
    months = day.year * 12 + day.month - 1 - MONTHS_BEFORE_STALE
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, 28))
