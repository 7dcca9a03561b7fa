"""Two entries put together, kept apart, or taken apart again (OFF-07). Only what one house keeps itself.

The one that goes is withdrawn and otherwise left as it is: its address leads to the other, and another import
of its source does not bring it back, for the database holds it out as long as the verdict stands.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import Http404

from brobygger.accounts.models import Membership
from brobygger.engine.duplicates import Reason
from brobygger.foundation import audit
from brobygger.offers.models import Offer
from brobygger.offers.terms import Sameness
from brobygger.offers.verdicts import Verdict


class NoLongerBoth(Exception):
    """One of the two has left the directory since the page was drawn, perhaps into the other."""


@transaction.atomic
def merge_offers(
    *, kept: UUID, gone: UUID, reasons: Sequence[Reason], by: Membership, at: datetime
) -> Verdict:
    """Let one entry stand for both."""
    pair = _locked(kept, gone, by)
    verdict = Verdict.objects.create(
        kept=pair[kept], gone=pair[gone], said=Sameness.SAME, reasons=list(reasons), at=at
    )
    Offer.objects.filter(pk=gone).update(withdrawn_at=at)
    audit.record("offer:merged", about=pair[gone], by=by.actor, at=at, kept=str(kept))
    return verdict


@transaction.atomic
def keep_apart(*, kept: UUID, gone: UUID, reasons: Sequence[Reason], by: Membership, at: datetime) -> Verdict:
    """Say that they are not the same, so that nobody is asked again."""
    pair = _locked(kept, gone, by)
    verdict = Verdict.objects.create(
        kept=pair[kept], gone=pair[gone], said=Sameness.APART, reasons=list(reasons), at=at
    )
    audit.record("offer:kept_apart", about=pair[gone], by=by.actor, at=at, other=str(kept))
    return verdict


@transaction.atomic
def take_back(*, verdict_id: UUID, by: Membership, at: datetime) -> Verdict:
    """Undo what was said. What had gone is in the directory again, as it was."""
    mine = Verdict.objects.select_for_update().filter(keeper_id=by.organisation_id, taken_back_at=None)
    verdict = mine.filter(pk=verdict_id).first()
    if verdict is None:
        raise Http404
    Verdict.objects.filter(pk=verdict.pk).update(taken_back_at=at)
    if verdict.said == Sameness.SAME:
        Offer.objects.filter(pk=verdict.gone_id).update(withdrawn_at=None)
    audit.record("offer:split", about=verdict.gone, by=by.actor, at=at, kept=str(verdict.kept_id))
    return verdict


def _locked(one: UUID, other: UUID, by: Membership) -> dict[UUID, Offer]:
    """Both, in one order for everybody, so that two who merge at once never wait in a ring."""
    mine = Offer.objects.select_for_update().filter(keeper_id=by.organisation_id)
    pair = {row.pk: row for row in mine.filter(pk__in=[one, other]).order_by("pk")}
    if len(pair) != 2:
        raise Http404
    if any(row.withdrawn_at for row in pair.values()):
        raise NoLongerBoth
    return pair
