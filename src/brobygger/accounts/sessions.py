"""A session: opened after two proofs, ended by its owner, by a leader, by rest, or by twelve hours."""

from datetime import datetime, timedelta
from uuid import UUID

from brobygger.accounts.models import Membership, Session, User
from brobygger.accounts.rules import FRESH, IDLE_DEMO, IDLE_LIVE, is_over
from brobygger.foundation import audit, installation
from brobygger.foundation.scope import organisation_scope

SEEN_EVERY = timedelta(minutes=1)  # so that a page does not write for every look


def idle_limit() -> timedelta:
    """How long a session rests before it ends. A demo is left lying about while one reads."""
    return IDLE_DEMO if installation.is_demo() else IDLE_LIVE


def open_session(*, by: Membership, browser: str, proven_at: datetime, at: datetime) -> Session:
    """Begin a stay in one house. The caller has seen two proofs."""
    with organisation_scope(by.organisation_id, member=by.pk):
        audit.record("member:signed_in", about=by, by=by.actor, at=at)
    return Session.objects.create(
        membership=by, browser=browser, opened_at=at, seen_at=at, proven_at=proven_at
    )


def live_session(session_id: UUID, *, now: datetime) -> Session | None:
    """The session, if it and everything it rests on still holds. One query, and a second once a minute."""
    found = Session.objects.select_related("membership__user").filter(
        pk=session_id,
        ended_at=None,
        membership__is_active=True,
        membership__user__is_active=True,
    )
    session = found.first()
    if session is None:
        return None
    if is_over(opened_at=session.opened_at, seen_at=session.seen_at, now=now, idle=idle_limit()):
        end_sessions([session.pk], at=now)
        return None
    if now - session.seen_at >= SEEN_EVERY:
        Session.objects.filter(pk=session.pk, seen_at__lt=now).update(seen_at=now)
    return session


def is_fresh(session: Session, *, now: datetime) -> bool:
    return now - session.proven_at < FRESH


def prove_again(*, session: Session, at: datetime) -> None:
    """A second proof was given once more."""
    Session.objects.filter(pk=session.pk).update(proven_at=at)
    session.proven_at = at


def own_sessions(user: User, *, now: datetime) -> list[Session]:
    """Where this person is signed in now, the one used last first."""
    open_now = Session.objects.select_related("membership").filter(membership__user=user, ended_at=None)
    idle = idle_limit()
    return [
        one
        for one in open_now.order_by("-seen_at")
        if not is_over(opened_at=one.opened_at, seen_at=one.seen_at, now=now, idle=idle)
    ]


def end_sessions(session_ids: list[UUID], *, at: datetime) -> int:
    return Session.objects.filter(pk__in=session_ids, ended_at=None).update(ended_at=at)


def end_all(user: User, *, at: datetime, but: UUID | None = None) -> int:
    """End every session of a person, in every house; `but` is the one that asked for it."""
    open_now = Session.objects.filter(membership__user=user, ended_at=None)
    return (open_now.exclude(pk=but) if but else open_now).update(ended_at=at)
