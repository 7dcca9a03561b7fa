"""Messages that leave the house. Written in the act's transaction, sent afterwards by a job.

A message never has content: no name, no theme, no offer (PRI-07). It says that something waits and
where; the link itself is made when it is sent, so that no secret ever stands in the table.
"""

import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.db import models

from brobygger.engine.words import Term
from brobygger.engine.words import gettext_noop as _
from brobygger.foundation.fields import TermField
from brobygger.foundation.scope import OrganisationScoped


class MessageState(Term):
    WAITING = "waiting", _("venter på at blive sendt")
    SENT = "sent", _("sendt")
    STOPPED = "stopped", _("standset, før den blev sendt")
    FAILED = "failed", _("kom ikke frem")


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


def deliver(message: OutboxMessage, *, subject: str, text: str, at: datetime) -> None:
    """Hand one message to its adapter and mark it sent. Caller holds the row's lock and commits.

    An address that can never be written to is a final error: FAILED, with the reason. Other errors raise.
    """
    try:
        ADAPTERS[settings.BROBYGGER_OUTBOX](message, " ".join(subject.split()), text)
        message.state, message.sent_at = MessageState.SENT, at
    except NoSuchAddress as error:
        message.state, message.error = MessageState.FAILED, str(error)[:200]
    message.attempts += 1
    message.save(update_fields=["state", "sent_at", "attempts", "error"])


def folder() -> Path:
    return Path(settings.BROBYGGER_HOME) / "outbox"


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
