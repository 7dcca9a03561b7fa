"""Somebody goes along (følgeskab): asked, agreed, and over three days after the meeting at the latest."""

from datetime import datetime, timedelta

from django.db import transaction

from brobygger.accounts.models import Membership
from brobygger.bridging import permissions, rules, telling
from brobygger.bridging.models import Accompaniment, Leg, LegDraft
from brobygger.bridging.refusing import NotYours, check, right
from brobygger.bridging.sentences import Refusal
from brobygger.bridging.terms import CompanyState, CompanyWish
from brobygger.foundation import audit

ACCESS_LASTS = timedelta(days=3)
OVER = {CompanyState.HELD, CompanyState.MISSED, CompanyState.CANCELLED}


@transaction.atomic
def ask_company(*, leg: Leg, wish: CompanyWish, by: Membership, at: datetime) -> None:
    """Write down the resident's answer to "skal nogen gå med?"."""
    leg = telling.lock(leg.pk)
    right(by, leg.bridge)
    LegDraft.objects.filter(leg=leg).update(company=wish)
    audit.record("company:asked", about=leg, by=by.actor, at=at, wish=wish)


@transaction.atomic
def offer_company(
    *,
    leg: Leg,
    meet_at: datetime,
    meet_where: str,
    wishes: str = "",
    companion: Membership | None = None,
    own_person: str = "",
    by: Membership,
    at: datetime,
) -> Accompaniment:
    """Ask a member of the house to go along, or write down the resident's own person by name.

    Whoever goes along themself, and the resident's own person, have agreed already.
    """
    leg = telling.lock(leg.pk)
    right(by, leg.bridge)
    check(None if leg.is_live else rules.Refused(Refusal.NOT_NOW, {"state": leg.state_term}))
    check(rules.Refused(Refusal.COMPANY_IS_FOUND) if leg.company.filter(ended_at=None).exists() else None)
    check(rules.Refused(Refusal.NOT_AHEAD) if meet_at < at else None)
    agreed = companion is None or companion.pk == by.pk
    company = Accompaniment.objects.create(
        leg=leg,
        companion=companion,
        own_person=own_person,
        meet_at=meet_at,
        meet_where=meet_where,
        wishes=wishes,
        state=CompanyState.AGREED if agreed else CompanyState.OFFERED,
        offered_by=by,
        offered_at=at,
        answered_at=at if agreed else None,
        access_until=meet_at + ACCESS_LASTS,
    )
    audit.record("company:offered", about=company, by=by.actor, at=at, leg=str(leg.pk))
    return company


@transaction.atomic
def agree_company(*, company: Accompaniment, by: Membership, at: datetime) -> Accompaniment:
    """The companion says yes; the owner may write it down."""
    company = _lock(company, by)
    if company.state != CompanyState.OFFERED:
        raise_not_now(company)
    company.state, company.answered_at = CompanyState.AGREED, at
    company.save(update_fields=["state", "answered_at"])
    audit.record("company:agreed", about=company, by=by.actor, at=at)
    return company


@transaction.atomic
def cancel_company(*, company: Accompaniment, by: Membership, at: datetime) -> Accompaniment:
    """The companion cannot, or the resident would rather not: access ends at once."""
    company = _lock(company, by)
    if CompanyState(company.state) in OVER:
        raise_not_now(company)
    _over(company, CompanyState.CANCELLED, at, access_until=at)
    audit.record("company:cancelled", about=company, by=by.actor, at=at)
    return company


def meeting_was_held(leg: Leg, *, at: datetime) -> None:
    """Whoever had agreed to go along has gone along, as far as anybody has said."""
    _end_company(leg, CompanyState.HELD, at)


def meeting_was_missed(leg: Leg, *, at: datetime) -> None:
    _end_company(leg, CompanyState.MISSED, at)


def meeting_was_moved(leg: Leg, *, to: datetime) -> None:
    """Another day is another question: the companion is asked again."""
    for company in leg.company.filter(ended_at=None):
        is_own = company.companion_id is None
        company.meet_at, company.access_until = to, to + ACCESS_LASTS
        company.state = CompanyState.AGREED if is_own else CompanyState.OFFERED
        company.answered_at = company.answered_at if is_own else None
        company.save(update_fields=["meet_at", "access_until", "state", "answered_at"])


def leg_has_ended(leg: Leg, *, at: datetime) -> None:
    """Nobody goes along to what is over."""
    for company in leg.company.filter(ended_at=None):
        _over(company, CompanyState.CANCELLED, at, access_until=at)


def _end_company(leg: Leg, state: CompanyState, at: datetime) -> None:
    for company in leg.company.filter(ended_at=None):
        agreed = company.state == CompanyState.AGREED
        _over(
            company,
            state if agreed else CompanyState.CANCELLED,
            at,
            access_until=at + ACCESS_LASTS if agreed else at,
        )


def _over(company: Accompaniment, state: CompanyState, at: datetime, *, access_until: datetime) -> None:
    company.state, company.ended_at = state, at
    company.access_until = min(company.access_until, access_until)
    company.save(update_fields=["state", "ended_at", "access_until"])


def _lock(company: Accompaniment, by: Membership) -> Accompaniment:
    """Bridge and leg before company, and the right of the companion or of whoever may move the bridge."""
    leg = telling.lock(company.leg_id)
    company = Accompaniment.objects.select_for_update().get(pk=company.pk)
    if company.companion_id != by.pk and not permissions.may_move(by, leg.bridge):
        raise NotYours(leg.bridge.owner.name)
    return company


def raise_not_now(company: Accompaniment) -> None:
    state = CompanyState(company.state)
    check(rules.Refused(Refusal.COMPANY_NOT_NOW, {"company": state}))
