"""Looks at residents that nothing explains: for the leader to ask about, not to judge by (PROMISES 2.13).

A look is explained by a relation on that day, by a bridge that was open, by the duty to answer for all.
"""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import QuerySet

from brobygger.accounts.models import Membership
from brobygger.accounts.terms import Duty
from brobygger.engine.words import gettext_noop as _
from brobygger.foundation import audit
from brobygger.foundation.looks import NAMED, OPENED, Look, looks
from brobygger.privacy.sockets import explanations
from brobygger.residents.models import Relation, Resident

MOST = 200


@dataclass(frozen=True, slots=True)
class Seen:
    """One line: who looked at whom, on which day, how often, and why, if something explains it."""

    who: str
    resident_id: UUID
    resident: str
    is_fictional: bool
    day: date
    times: int
    why: str


def explained_by_relations(found: list[Look]) -> dict[Look, str]:
    """Those who followed the resident that day, and those who have the watch."""
    wanted = {one.resident for one in found}
    spans: dict[tuple[UUID, UUID], list[tuple[date, date | None]]] = {}
    rows = Relation.objects.filter(resident__in=wanted)
    for who, whom, since, until in rows.values_list("worker_id", "resident_id", "since", "until"):
        spans.setdefault((who, whom), []).append((since, until))
    on_watch = set(_members(found).filter(duties__contains=[Duty.DUTY_WORKER]).values_list("pk", flat=True))
    told = {one: _("har vagten") for one in found if one.member in on_watch}
    for one in found:
        known = spans.get((one.member, one.resident), [])
        if any(since <= one.day and (until is None or one.day < until) for since, until in known):
            told[one] = _("følger beboeren")
    return told


def unexplained(viewer: Membership, *, since: datetime, names_too: bool) -> tuple[list[Seen], int]:
    """What nothing explains since a moment, newest first, at most 200; and how many looks there were."""
    del viewer  # the leader's page: the house is the scope's
    found = looks([OPENED, NAMED] if names_too else [OPENED], since=since)
    why = _why(found)
    return _lines([one for one in found if one not in why][:MOST], {}), len(found)


def who_has_seen(viewer: Membership, resident: Resident, *, since: datetime) -> list[Seen]:
    """Everybody who has opened one resident's page, explained or not, the newest first."""
    del viewer
    found = looks([OPENED], since=since, resident=resident.pk)
    return _lines(found, _why(found))


def _why(found: list[Look]) -> dict[Look, str]:
    told: dict[Look, str] = {}
    for _name, explain in explanations:
        told |= explain([one for one in found if one not in told])
    return told


def _lines(found: list[Look], why: dict[Look, str]) -> list[Seen]:
    members = dict(_members(found).values_list("pk", "name"))
    people = Resident.objects.in_bulk({one.resident for one in found})
    audit.saw("resident_name", people)
    return [
        Seen(
            who=members.get(one.member, ""),
            resident_id=one.resident,
            resident=people[one.resident].name,
            is_fictional=people[one.resident].is_fictional,
            day=one.day,
            times=one.times,
            why=why.get(one, ""),
        )
        for one in found
        if one.resident in people
    ]


def _members(found: list[Look]) -> QuerySet[Membership]:
    return Membership.objects.filter(pk__in={one.member for one in found})
