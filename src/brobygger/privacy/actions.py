from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from brobygger.accounts.models import Membership
from brobygger.foundation import audit
from brobygger.privacy.models import Consent
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
