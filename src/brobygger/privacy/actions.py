from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from brobygger.accounts.models import Membership
from brobygger.foundation import audit
from brobygger.foundation.actor import Actor
from brobygger.foundation.days import local_day
from brobygger.privacy.models import Consent
from brobygger.privacy.reads import lines_to
from brobygger.privacy.rules import can_be_taken_back
from brobygger.privacy.terms import ConsentAct, ConsentForm, DataKind, Direction


@transaction.atomic
def give_consent(
    *,
    resident_id: UUID,
    recipient_id: UUID,
    give: Sequence[DataKind],
    may_answer: bool,
    purpose: str,
    wording: str,
    language: str,
    signed_name: str,
    signature: Any | None,
    valid_until: date,
    by: Membership,
    at: datetime,
    form: ConsentForm = ConsentForm.SCREEN,
) -> list[Consent]:
    """Write what the resident has agreed to: one line for giving, one of its own for getting back."""
    directions: list[tuple[Direction, list[str]]] = [(Direction.GIVE, [str(kind) for kind in give])]
    if may_answer:
        directions.append((Direction.GET, ["answer"]))
    lines = [
        Consent.objects.create(
            resident_id=resident_id,
            recipient_id=recipient_id,
            act=ConsentAct.GIVEN,
            direction=direction,
            categories=categories,
            purpose=purpose,
            form=form,
            wording=wording,
            language=language,
            signed_name=signed_name,
            signature=signature,
            witness=by,
            at=at,
            valid_until=valid_until,
        )
        for direction, categories in directions
    ]
    audit.record("consent:given", about=lines[0], by=by.actor, at=at, recipient=str(recipient_id))
    return lines


def hold_consents(resident_id: UUID, *, changing: bool = False) -> None:
    """Let nobody take back this resident's yes between our question about it and our commit.

    Senders hold it together; whoever takes a yes back holds it alone. Taken before any other lock, so
    that a sending is either whole before a withdrawal, which then finds and stops it, or asks after it.
    """
    shared = "" if changing else "_shared"
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT pg_advisory_xact_lock{shared}(hashtextextended(%s, 0))",  # noqa: S608 - one of two words
            [f"consents of {resident_id}"],
        )


@transaction.atomic
def take_consent_back(
    *,
    resident_id: UUID,
    recipient_id: UUID,
    direction: Direction,
    kinds: Collection[DataKind] | None = None,
    form: ConsentForm,
    wording: str,
    language: str,
    witness: Membership | None,
    by: Actor,
    at: datetime,
) -> frozenset[str]:
    """Write that a yes is taken back, wholly or for some kinds of data; returns the kinds it ended.

    What follows for bridges under way is `bridging.withdrawing`, which everybody calls. The line is put
    after every line there is: a yes signed while the withdrawal waited for its turn was given before it.
    """
    held = can_be_taken_back(lines_to(resident_id, recipient_id), recipient=recipient_id, direction=direction)
    ended = held if kinds is None else held & frozenset(kinds)
    if ended:
        moment = _after_every_line(resident_id, at)
        line = Consent.objects.create(
            resident_id=resident_id,
            recipient_id=recipient_id,
            act=ConsentAct.WITHDRAWN,
            direction=direction,
            categories=sorted(str(kind) for kind in ended),
            purpose="",
            form=form,
            wording=wording,
            language=language,
            witness=witness,
            at=moment,
            valid_until=local_day(moment),
        )
        audit.record("consent:withdrawn", about=line, by=by, at=at, recipient=str(recipient_id))
    return ended


def _after_every_line(resident_id: UUID, at: datetime) -> datetime:
    newest = Consent.objects.filter(resident_id=resident_id).order_by("-at").values_list("at", flat=True)
    last = newest.first()
    return at if last is None else max(at, last + timedelta(microseconds=1))
