"""A resident takes a yes back (BRIDGES 13): the ledger, and in the same transaction whatever rests on it.

No version is compared and no role is asked for: whoever hears the word writes it down, and nobody can
refuse, delay or undo it. What a recipient has read already cannot be called back; the pages say so.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from brobygger.bridging import actions, closing, reads, telling
from brobygger.bridging.models import Leg, LegSnapshot
from brobygger.bridging.telling import CONSENT_WITHDRAWN, LEG, Speaker
from brobygger.bridging.terms import Direction as Way
from brobygger.bridging.terms import EndReason
from brobygger.foundation import audit, outbox
from brobygger.foundation.actor import Actor
from brobygger.foundation.days import local_day
from brobygger.partners.models import Organisation
from brobygger.privacy.actions import hold_consents, take_consent_back
from brobygger.privacy.models import Consent
from brobygger.privacy.terms import ConsentForm, DataKind, Direction
from brobygger.residents import actions as residents
from brobygger.residents.models import Resident
from brobygger.residents.terms import Voice

BOTH_WAYS = (Direction.GIVE, Direction.GET)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """What a withdrawal did: whose yes ended, which legs stopped, and whom a person must tell by voice."""

    recipients: tuple[Organisation, ...]
    stopped: tuple[Leg, ...]
    to_be_told: tuple[Organisation, ...]


@transaction.atomic
def withdraw_consent(
    *,
    resident: Resident,
    recipient: Organisation | None = None,
    kinds: Collection[DataKind] | None = None,
    directions: Collection[Direction] = BOTH_WAYS,
    speaker: Speaker,
    by: Actor,
    at: datetime,
    form: ConsentForm = ConsentForm.ORAL,
    wording: str = "",
    language: str = "da",
) -> Withdrawn:
    """Take back what a resident has said yes to, and stop at once what rests on it.

    `recipient=None` means all of them; `kinds=None` everything they may have, else only those kinds and
    then only for giving. `directions=(Direction.GET,)` takes back that they may answer us: their leg lives.
    `speaker` is the resident, or whoever speaks for her, with `told_by` who wrote it down (None: herself).
    Saying it twice is no error; the second time nothing is left to stop and nobody is told again.
    """
    hold_consents(resident.pk, changing=True)
    if kinds is not None:
        directions = (Direction.GIVE,)
    legs = _locked_legs(resident, recipient)
    ended = {
        who: frozenset[str]().union(
            *(
                take_consent_back(
                    resident_id=resident.pk,
                    recipient_id=who,
                    direction=direction,
                    kinds=kinds,
                    form=form,
                    wording=wording,
                    language=language,
                    witness=speaker.told_by,
                    by=by,
                    at=at,
                )
                for direction in directions
            )
        )
        for who in _recipients(resident, recipient)
    }
    gone = [leg for leg in legs if Direction.GIVE in directions and _rests_on(leg, kinds, at)]
    stopped = [leg for leg in gone if leg.is_live]
    for leg in stopped:
        actions.end_leg(leg, speaker, reason=EndReason.CONSENT_WITHDRAWN, text="", at=at)
        closing.bridge_goes_on(leg, by=by, at=at)
    for leg in gone:
        if leg not in stopped:
            _close_access(leg, at)
    names = Organisation.objects.in_bulk([who for who, what in ended.items() if what])
    _note(resident, list(names.values()), speaker, at)
    audit.record("consent:word_taken", about=resident, by=by, at=at, legs=[str(leg.pk) for leg in stopped])
    return Withdrawn(tuple(names.values()), tuple(stopped), _by_voice(gone))


def _recipients(resident: Resident, recipient: Organisation | None) -> list[UUID]:
    if recipient is not None:
        return [recipient.pk]
    lines = Consent.objects.filter(resident_id=resident.pk).order_by("recipient_id")
    return list(lines.values_list("recipient_id", flat=True).distinct())


def _locked_legs(resident: Resident, recipient: Organisation | None) -> list[Leg]:
    """Every leg of ours about this resident to them, locked bridge by bridge as everywhere (BRIDGES 14)."""
    of_hers = Leg.objects.filter(subject_id=resident.pk).exclude(direction=Way.IN)
    if recipient is not None:
        of_hers = of_hers.filter(recipient=recipient)
    return [telling.lock(key) for key in of_hers.order_by("bridge_id", "pk").values_list("pk", flat=True)]


def _rests_on(leg: Leg, kinds: Collection[DataKind] | None, at: datetime) -> bool:
    """Whether this leg, or the access to what it told, stands on a yes that is now gone.

    A draft for which nobody has been asked rests on nothing: it waits, and cannot be sent.
    """
    if not leg.is_live and not _is_still_open(leg):
        return False
    told = reads.kinds_of(leg)
    if kinds is not None and not set(kinds) & set(told):
        return False
    if leg.sent_at is None and not Consent.objects.filter(
        resident_id=leg.subject_id, recipient_id=leg.recipient_id
    ):
        return False
    shared = [{"kind": str(kind)} for kind in told]
    return reads.consent_refusal(leg, shared, on=local_day(at)) is not None


def _is_still_open(leg: Leg) -> bool:
    return LegSnapshot.objects.filter(leg=leg, access_ended_at=None).exists()


def _close_access(leg: Leg, at: datetime) -> None:
    """A leg that is over already, whose words the recipient could still read until now."""
    outbox.stop(about_kind=LEG, about_id=leg.pk)
    leg.links.filter(revoked_at=None).update(revoked_at=at)
    LegSnapshot.objects.filter(leg=leg, access_ended_at=None).update(access_ended_at=at)
    if outbox.was_sent(about_kind=LEG, about_id=leg.pk):
        actions.knock(leg, what=CONSENT_WITHDRAWN, at=at)


def _by_voice(gone: list[Leg]) -> tuple[Organisation, ...]:
    """Those who know of it and whom no message reaches: a person of ours rings them."""
    deaf = {
        leg.recipient_id: leg.recipient
        for leg in gone
        if leg.sent_at is not None and not telling.can_be_written_to(leg)
    }
    return tuple(deaf.values())


def _note(resident: Resident, names: list[Organisation], speaker: Speaker, at: datetime) -> None:
    if not names:
        return
    residents.add_note(
        resident=resident,
        text="Har taget sit ja tilbage: " + ", ".join(sorted(one.name for one in names)) + ".",
        voice=Voice.YOU,
        by=speaker.told_by,
        by_name=speaker.name,
        link=f"/beboere/{resident.pk}/samtykke/",
        at=at,
    )
