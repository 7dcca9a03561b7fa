"""Every change to a resident, a need or the timeline. Each writes its line in the trail."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Q

from brobygger.accounts.models import Membership
from brobygger.foundation import audit
from brobygger.foundation.actor import SYSTEM, Actor
from brobygger.foundation.cards import Hand
from brobygger.foundation.days import local_day
from brobygger.foundation.fields import Stale
from brobygger.offers.terms import Theme
from brobygger.residents import permissions, rules
from brobygger.residents.former import keep, save_keeping, unsaved
from brobygger.residents.models import Need, Note, Relation, Resident
from brobygger.residents.terms import NeedOutcome, NoteChannel, RelationKind, Voice, WayToReach

MOST_SHOWN = 999  # new offers of one need


class NeedLacksNextStep(Exception):  # noqa: N818 - a sentence
    """An open need has an owner, a next step and a date; this one would lack one of them."""


class NotYourNote(Exception):  # noqa: N818 - a sentence
    """A note is corrected by whoever wrote it; what a bridge or somebody else has said is not."""


class NeedIsClosed(Exception):  # noqa: N818 - a sentence
    """Nothing more can happen to a closed need."""


@transaction.atomic
def register_resident(
    *, by: Membership, at: datetime, name: str, reach_by: WayToReach, reach_at: str, **optional: Any
) -> Resident:
    """Write a person down: a name or alias and one way of contact; all else may stay unasked (RES-01).

    Whoever registers is that person's worker from the same day.
    """
    resident = Resident.objects.create(
        name=name, reach_by=reach_by, reach_at=reach_at, made_at=at, **optional
    )
    Relation.objects.create(worker=by, resident=resident, kind=RelationKind.WORKER, since=local_day(at))
    audit.record("resident:registered", about=resident, by=by.actor, at=at)
    return resident


@transaction.atomic
def give_to_worker(*, resident: Resident, worker: Membership, by: Membership, at: datetime) -> None:
    """Let a worker follow a resident from today. Whoever does already stays as it is."""
    today = local_day(at)
    holds = Q(until=None) | Q(until__gt=today)
    if not Relation.objects.filter(holds, worker=worker, resident=resident, since__lte=today).exists():
        Relation.objects.create(worker=worker, resident=resident, kind=RelationKind.WORKER, since=today)
        audit.record("resident:given", about=resident, by=by.actor, at=at, worker=str(worker.pk))


@transaction.atomic
def change_resident(
    *, resident: Resident, seen: int, by: Membership, at: datetime, **changes: Any
) -> Resident:
    """Save changed facts, if the version that was seen still stands; otherwise `foundation.fields.Stale`.

    The trail names the fields and not what stood in them: it outlives the person's own record.
    """
    save_keeping(resident, seen=seen, by=by, at=at, **changes)
    audit.record("resident:changed", about=resident, by=by.actor, at=at, fields=sorted(changes))
    return resident


@transaction.atomic
def add_note(
    *,
    resident: Resident,
    text: str,
    by: Membership | None,
    at: datetime,
    need: Need | None = None,
    voice: Voice = Voice.US,
    by_name: str = "",
    channel: str = "",
    link: str = "",
    seconds: int | None = None,
) -> Note:
    """Write one entry on the timeline. Rooms above call this for what they do (`by=None`: nobody of ours).

    `by_name` is who is named as the speaker, the member's own name if left out. A talk through a channel
    between us and the resident moves the date of last contact, never backwards.
    """
    note = Note.objects.create(
        resident=resident,
        need=need,
        voice=voice,
        by=by,
        by_name=by_name or (by.name if by else SYSTEM.name),
        channel=channel,
        text=text,
        link=link,
        seconds=seconds,
        at=at,
    )
    if rules.counts_as_contact(voice=voice, channel=channel):
        _spoken_with(resident, local_day(at))
    audit.record("note:written", about=note, by=by.actor if by else SYSTEM, at=at, resident=str(resident.pk))
    return note


@transaction.atomic
def keep_unsaved(*, newer: Stale, told: Mapping[str, Any], by: Membership, at: datetime) -> None:
    """Another was faster: what this person wanted to save is listed, whatever they choose afterwards."""
    texts = unsaved(newer.current, told)
    keep(newer.current, texts, by=by, at=at, was_saved=False)
    audit.record("resident:conflict", about=newer.current, by=by.actor, at=at, fields=sorted(texts))


@transaction.atomic
def correct_note(*, note: Note, seen: int, text: str, by: Membership, at: datetime) -> Note:
    """Write a note's text anew; the old one stays readable under it. `fields.Stale` if another was faster."""
    if not permissions.may_correct(by, note):
        raise NotYourNote(note.pk)
    save_keeping(note, seen=seen, by=by, at=at, text=text)
    audit.record("note:corrected", about=note, by=by.actor, at=at, resident=str(note.resident_id))
    return note


def _spoken_with(resident: Resident, day: date) -> None:
    earlier = Q(last_contact_on=None) | Q(last_contact_on__lt=day)
    if Resident.objects.filter(earlier, pk=resident.pk).update(last_contact_on=day):
        resident.last_contact_on = day


@transaction.atomic
def write_contact_note(
    *,
    resident: Resident,
    text: str,
    channel: NoteChannel | str,
    by: Membership,
    at: datetime,
    need: Need | None = None,
    next_step: str = "",
    next_step_on: date | None = None,
    seconds: int | None = None,
) -> Note:
    """Write what was said, and in the same press what happens next with the need it was about.

    Raises NeedLacksNextStep if a next step is given without a need to carry it or without a day.
    """
    note = add_note(resident=resident, text=text, channel=channel, by=by, at=at, need=need, seconds=seconds)
    if next_step:
        if need is None or next_step_on is None:
            raise NeedLacksNextStep(resident.pk)
        move_need(need=need, next_step=next_step, next_step_on=next_step_on, by=by, at=at)
    return note


@transaction.atomic
def state_need(
    *,
    resident: Resident,
    words: str,
    theme: Theme,
    owner: Membership | None,
    next_step: str,
    next_step_on: date | None,
    by: Membership,
    at: datetime,
) -> Need:
    """Write a need in the resident's own words; NeedLacksNextStep without owner, step or day (RES-03)."""
    _refuse_without_next_step(owner.pk if owner else None, next_step, next_step_on)
    need = Need.objects.create(
        resident=resident,
        words=words,
        theme=theme,
        owner=owner,
        next_step=next_step,
        next_step_on=next_step_on,
        opened_at=at,
    )
    audit.record("need:stated", about=need, by=by.actor, at=at, resident=str(resident.pk))
    return need


@transaction.atomic
def change_next_step(
    *,
    need: Need,
    seen: int,
    next_step: str,
    next_step_on: date,
    owner: Membership | None = None,
    by: Membership,
    at: datetime,
) -> Need:
    """Say what happens next, when, and (if given) by whom. `fields.Stale` if another was faster."""
    keeper = owner.pk if owner else need.owner_id
    _refuse_without_next_step(keeper, next_step, next_step_on)
    if need.closed_at is not None:
        raise NeedIsClosed(need.pk)
    save_keeping(
        need,
        seen=seen,
        by=by,
        at=at,
        next_step=next_step,
        next_step_on=next_step_on,
        owner_id=keeper,
    )
    audit.record("need:next_step", about=need, by=by.actor, at=at, on=next_step_on.isoformat())
    return need


@transaction.atomic
def move_need(
    *,
    need: Need,
    next_step: str,
    next_step_on: date,
    at: datetime,
    by: Membership | None = None,
    way: Mapping[str, Any] | None = None,
) -> None:
    """Set the next step, and a bridge's picture (`way_of`), as part of another act, which writes the trail.

    No version is compared, but it rises, so that whoever has it open is told. A step that a person wrote
    is kept among the former texts; one that a bridge wrote is on the bridge. Raises NeedIsClosed.
    """
    _refuse_without_next_step(need.owner_id, next_step, next_step_on)
    step = rules.clipped(next_step, 200)
    locked = Need.objects.select_for_update().filter(pk=need.pk, closed_at=None)
    stood = locked.values("next_step", "way_link", "version").first()
    if stood is None:
        raise NeedIsClosed(need.pk)
    if not stood["way_link"] and stood["next_step"] != step:
        keep(need, {"next_step": stood["next_step"]}, by=by, at=at)
    moved = {"next_step": step, "next_step_on": next_step_on, "version": stood["version"] + 1}
    _write(need, moved | dict(way or {}))


def way_of(*, step: int | None, words: str, hand: Hand, whose: str, link: str) -> dict[str, Any]:
    """The small picture of a bridge as a need's columns: step 0-4, whose hand, the bridge's address.

    `link=""` says that no bridge is running.
    """
    return {
        "way_step": step,
        "way_words": rules.clipped(words, 200),
        "way_hand": hand,
        "way_whose": rules.clipped(whose, 120),
        "way_link": link,
    }


@transaction.atomic
def tell_way(*, need: Need, step: int | None, words: str, hand: Hand, whose: str, link: str) -> None:
    """Draw the picture of the newest bridge on the need. The version stays: no form shows these columns."""
    _write(need, way_of(step=step, words=words, hand=hand, whose=whose, link=link))


def _write(need: Need, columns: Mapping[str, Any]) -> None:
    Need.objects.filter(pk=need.pk).update(**columns)
    for name, value in columns.items():
        setattr(need, name, value)


@transaction.atomic
def close_need(*, need: Need, outcome: NeedOutcome, by: Membership | Actor, at: datetime) -> Need:
    """Close a need with what came of it, as the resident says. Raises NeedIsClosed for the second of two."""
    closed = Need.objects.filter(pk=need.pk, closed_at=None).update(
        closed_at=at, outcome=outcome, version=F("version") + 1
    )
    if not closed:
        raise NeedIsClosed(need.pk)
    need.refresh_from_db(fields=["closed_at", "outcome", "version"])
    actor = by.actor if isinstance(by, Membership) else by
    audit.record("need:closed", about=need, by=actor, at=at, outcome=str(outcome))
    return need


@transaction.atomic
def hear_outcome(*, need: Need, outcome: NeedOutcome) -> None:
    """Write what the resident says came of it, as part of an act that writes the trail. Closes nothing."""
    Need.objects.filter(pk=need.pk).update(outcome=outcome, version=F("version") + 1)
    need.refresh_from_db(fields=["outcome", "version"])


@transaction.atomic
def reopen_need(*, need: Need, next_step: str, next_step_on: date, by: Actor, at: datetime) -> None:
    """The help did not help after all: the need is open again, with an owner, a next step and a day."""
    _refuse_without_next_step(need.owner_id, next_step, next_step_on)
    Need.objects.filter(pk=need.pk).update(
        closed_at=None,
        next_step=rules.clipped(next_step, 200),
        next_step_on=next_step_on,
        version=F("version") + 1,
    )
    need.refresh_from_db(fields=["closed_at", "next_step", "next_step_on", "version"])
    audit.record("need:reopened", about=need, by=by, at=at)


def _refuse_without_next_step(owner: UUID | None, next_step: str, next_step_on: date | None) -> None:
    if not rules.is_complete(owner=owner, next_step=next_step, next_step_on=next_step_on):
        raise NeedLacksNextStep(next_step)


def count_new_offers(*, need_id: UUID, count: int) -> None:
    """Show on the need how many offers have come to fit. No version: nobody wrote it, matching reckons it."""
    Need.objects.filter(pk=need_id).update(new_offers=min(count, MOST_SHOWN))
