"""Messages that leave the house. Written in the act's transaction, sent afterwards by a job.

A message never has content: no name, no theme, no offer (PRI-07). It says that something waits and
where; the link itself is made when it is sent, so that no secret ever stands in the table.

An adapter gives the gateway our key, the message's id, so that one sent again after a lost answer or a crash
is still one message. Where a gateway takes no key, such a message may come twice (PROMISES P11).
"""

import logging
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q, QuerySet
from django.utils import timezone

from brobygger.engine.words import Term
from brobygger.engine.words import gettext_noop as _
from brobygger.foundation.fields import TermField
from brobygger.foundation.jobs import later
from brobygger.foundation.scope import OrganisationScoped, organisation_scope
from brobygger.foundation.sockets import carriers

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 2, 4, 8, 15, 30))  # the last one goes on
MAX_STUMBLES = 5  # of our own making; a gateway that is busy is asked until the message is too old
FORGOTTEN_AFTER = timedelta(minutes=5)  # what has neither left nor been tried by then gets a new job
LATE_AFTER = timedelta(minutes=10)  # what waits longer than this is shown as not reached
log = logging.getLogger(__name__)


class MessageState(Term):
    WAITING = "waiting", _("venter på at blive sendt")
    SENT = "sent", _("sendt")
    STOPPED = "stopped", _("standset, før den blev sendt")
    FAILED = "failed", _("kom ikke frem")
    EXPIRED = "expired", _("blev for gammel til at sende")


class OutboxMessage(OrganisationScoped):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    about_kind = models.CharField(max_length=60)
    about_id = models.UUIDField()
    what = models.CharField(max_length=40)
    channel = models.CharField(max_length=10)
    to = models.CharField(max_length=254)
    language = models.CharField(max_length=5, default="da")
    state = TermField(MessageState, default=MessageState.WAITING)
    made_at = models.DateTimeField()
    use_by = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=200, default="")

    class Meta:
        app_label = "foundation"
        indexes = [
            models.Index(
                name="messages_waiting",
                fields=["organisation_id", "made_at"],
                condition=models.Q(state=MessageState.WAITING),
            )
        ]


def stop(*, about_kind: str, about_id: UUID) -> int:
    """Stop what still waits about one thing, in the transaction of whoever ends it. Returns how many."""
    waiting = OutboxMessage.objects.filter(
        about_kind=about_kind, about_id=about_id, state=MessageState.WAITING
    )
    return waiting.update(state=MessageState.STOPPED)


def was_sent(*, about_kind: str, about_id: UUID) -> bool:
    """Whether anybody has heard of this thing from us."""
    return OutboxMessage.objects.filter(
        about_kind=about_kind, about_id=about_id, state=MessageState.SENT
    ).exists()


About = TypeVar("About", bound=models.Model)


def send_about(
    rows: QuerySet[About],
    message_id: UUID,
    *,
    kind: str,
    may_leave: Callable[[OutboxMessage, About], bool],
    letter: Callable[[OutboxMessage, About], tuple[str, str]],
    at: datetime,
) -> bool:
    """Send what waits about one of these rows, which is locked before its message, as whoever stops it does.

    `may_leave` is asked under both locks; `letter` gives subject and text, and is asked only then. False if
    the message was sent, stopped, or may not leave any more.
    """
    waiting = OutboxMessage.objects.filter(pk=message_id, about_kind=kind, state=MessageState.WAITING)
    about = list(waiting.values_list("about_id", flat=True))
    thing = rows.select_for_update(of=("self",)).filter(pk__in=about).first()
    row = waiting.select_for_update().first()
    if row is None or thing is None:
        return False
    if at >= row.use_by or not may_leave(row, thing):
        OutboxMessage.objects.filter(pk=row.pk).update(state=MessageState.STOPPED)
        return False
    subject, text = letter(row, thing)
    deliver(row, subject=subject, text=text, at=at)
    return bool(row.state == MessageState.SENT)


def deliver(message: OutboxMessage, *, subject: str, text: str, at: datetime) -> None:
    """Hand one message to its adapter and mark it sent. Caller holds the row's lock and commits.

    An address that can never be written to is a final error: FAILED, with the reason. With any other error
    it goes on waiting and is tried again after a pause, until it is too old: the gateway may have been busy,
    or have sent it and lost its answer; our key tells it that it is the same message.
    """
    message.attempts += 1
    try:
        ADAPTERS[settings.BROBYGGER_OUTBOX](message, " ".join(subject.split()), text)
        message.state, message.sent_at, message.error = MessageState.SENT, at, ""
    except NoSuchAddress as error:
        message.state, message.error = MessageState.FAILED, str(error)[:200]
    except Exception as error:  # whatever a gateway may throw
        _wait_again(message, error, at)
    message.save(update_fields=["state", "sent_at", "attempts", "error", "next_try_at"])


def _wait_again(message: OutboxMessage, error: Exception, at: datetime) -> None:
    message.error = f"{type(error).__name__}: {error}"[:200]
    message.next_try_at = at + PAUSES[min(message.attempts, len(PAUSES)) - 1]


@contextmanager
def tried(organisation: UUID, message: str) -> Iterator[None]:
    """One attempt at a message, in the house's scope. One that breaks before its adapter counts as well.

    What breaks again and again is poison: FAILED, where people see it, and out of the others' way.
    """
    try:
        with organisation_scope(organisation):
            yield
    except Exception as error:
        log.exception("message %s could not be written", message)
        with organisation_scope(organisation):
            _stumble(message, error, timezone.now())
        tell_not_reached(organisation, timezone.now())


def _stumble(message: str, error: Exception, at: datetime) -> None:
    row = OutboxMessage.objects.select_for_update().filter(pk=message, state=MessageState.WAITING).first()
    if row is None:
        return
    row.attempts += 1
    _wait_again(row, error, at)
    if row.attempts >= MAX_STUMBLES:
        row.state = MessageState.FAILED
    row.save(update_fields=["state", "attempts", "error", "next_try_at"])


def not_reached(now: datetime) -> QuerySet[OutboxMessage]:
    """What should have come through and has not: failed, too old, or waiting for longer than it should."""
    late = Q(state=MessageState.WAITING, made_at__lte=now - LATE_AFTER)
    return OutboxMessage.objects.filter(late | Q(state__in=[MessageState.FAILED, MessageState.EXPIRED]))


def sweep(organisation: UUID, now: datetime) -> int:
    """Look through a house's box: a new job for what the queue forgot, an end for what is too old.

    Every minute, so that whoever was not reached is shown within a quarter of an hour. A message that is
    being sent is locked, and left alone. Returns how many got a new job.
    """
    with organisation_scope(organisation):
        waiting = OutboxMessage.objects.filter(state=MessageState.WAITING).select_for_update(skip_locked=True)
        old = list(waiting.filter(use_by__lte=now))
        is_due = Q(next_try_at__lte=now) | Q(next_try_at=None, made_at__lte=now - FORGOTTEN_AFTER)
        due = list(waiting.filter(is_due, use_by__gt=now))
        _update(old, state=MessageState.EXPIRED)
        _update(due, next_try_at=now + FORGOTTEN_AFTER)
        for message in due:
            job = carriers[message.about_kind].job
            later(job, organisation=str(organisation), message=str(message.pk))
    tell_not_reached(organisation, now)
    return len(due)


def _update(messages: list[OutboxMessage], **facts: object) -> None:
    OutboxMessage.objects.filter(pk__in=[one.pk for one in messages]).update(**facts)


def tell_not_reached(organisation: UUID, now: datetime) -> None:
    """Tell each carrier what it has not reached; apart from the box, since carriers take locks of their own.

    What failed or grew old some time ago was told then, and somebody may have found another way since.
    """
    just = now - LATE_AFTER
    is_new = Q(state=MessageState.WAITING) | Q(next_try_at__gte=just) | Q(use_by__gte=just)
    with organisation_scope(organisation):
        messages = list(not_reached(now).filter(is_new))
        for kind, carrier in carriers:
            if found := [one for one in messages if one.about_kind == kind]:
                carrier.gave_up(found, now)


def folder() -> Path:
    return Path(settings.BROBYGGER_HOME) / "outbox"


class NotNow(Exception):  # noqa: N818 - a sentence
    """The gateway is busy: the same message is tried again, with the same key."""


class NoSuchAddress(Exception):  # noqa: N818 - a sentence
    """Nothing can ever be delivered there."""


def _to_file(message: OutboxMessage, subject: str, text: str) -> None:
    """One file a message, named by its id: sent twice after a crash, it is still one message.

    The address names a folder, so one that is a path is refused.
    """
    if message.to in {"", ".", ".."} or any(sign in message.to for sign in "/\\\0\n"):
        raise NoSuchAddress(message.to)
    box = folder() / message.to
    box.mkdir(parents=True, exist_ok=True)
    made = box / f".{message.pk}"
    made.write_text(f"Til: {message.to}\nEmne: {subject}\n\n{text}\n", encoding="utf-8")
    os.replace(made, box / f"{message.made_at:%Y%m%dT%H%M%S}-{message.pk}.txt")


def _to_console(message: OutboxMessage, subject: str, text: str) -> None:
    print(f"--- besked til {message.to} ({message.channel})\n{subject}\n\n{text}\n---", flush=True)


ADAPTERS: dict[str, Callable[[OutboxMessage, str, str], None]] = {"file": _to_file, "console": _to_console}
