"""Looks that nothing explains are shown to the leader, in plain words; explained ones are not."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from brobygger.accounts.models import Membership
from brobygger.accounts.terms import Duty, Role
from brobygger.foundation import audit
from brobygger.foundation.scope import organisation_scope
from brobygger.residents import looking
from brobygger.residents.models import Relation
from tests.people import HOUSE, Cast, member

pytestmark = pytest.mark.feature("PRI-06")
AsMember = Callable[[Membership], Client]


@pytest.fixture
def karen(cast: Cast) -> Membership:
    """A worker who follows nobody, and has looked at Inger."""
    karen = member(HOUSE, "Karen", Role.WORKER)
    look(karen, cast)
    return karen


def look(who: Membership, cast: Cast, kind: str = "resident") -> None:
    with organisation_scope(HOUSE, member=who.pk):
        audit.saw(kind, [cast.inger.pk])


def told(cast: Cast, *, names_too: bool = False) -> list[tuple[str, str, int]]:
    with organisation_scope(HOUSE, member=cast.torben.pk):
        since = timezone.now() - timedelta(days=7)
        lines, _count = looking.unexplained(cast.torben, since=since, names_too=names_too)
    return [(line.who, line.resident, line.times) for line in lines]


def test_a_look_without_a_reason_is_told_with_how_often(cast: Cast, karen: Membership):
    look(karen, cast)

    assert told(cast) == [("Karen", "Inger", 2)]


def test_whoever_follows_the_resident_needs_no_explanation(cast: Cast):
    followed_since_yesterday(cast)
    look(cast.maja, cast)

    assert told(cast) == []


def followed_since_yesterday(cast: Cast) -> None:
    with organisation_scope(HOUSE):
        Relation.objects.update(since=timezone.localdate() - timedelta(days=1))


def test_a_relation_that_is_over_explains_nothing(cast: Cast):
    with organisation_scope(HOUSE):
        today = timezone.localdate()
        Relation.objects.update(since=today - timedelta(days=9), until=today)
    look(cast.maja, cast)

    assert told(cast) == [("Maja", "Inger", 1)]


def test_the_watch_explains(cast: Cast, karen: Membership):
    with organisation_scope(HOUSE):
        Membership.objects.filter(pk=karen.pk).update(duties=[Duty.DUTY_WORKER])

    assert told(cast) == []


def test_names_on_lists_are_told_when_asked_for(cast: Cast):
    karen = member(HOUSE, "Karen", Role.WORKER)
    look(karen, cast, "resident_name")

    assert told(cast) == []
    assert told(cast, names_too=True) == [("Karen", "Inger", 1)]


def test_the_leader_reads_it_and_nobody_else(cast: Cast, karen: Membership, as_member: AsMember):
    page = as_member(cast.torben).get("/opslag/").content.decode()

    assert "set af Karen én gang" in page
    assert as_member(cast.maja).get("/opslag/").status_code == 404
    assert "Inger" not in as_member(cast.ole).get("/opslag/").content.decode()


def test_the_leaders_own_looks_are_told_too(cast: Cast, as_member: AsMember):
    as_member(cast.torben).get(f"/beboere/{cast.inger.pk}/")

    assert told(cast) == [("Torben", "Inger", 1)]


def test_who_has_seen_one_resident_is_read_with_the_reason(cast: Cast, karen: Membership):
    followed_since_yesterday(cast)
    look(cast.maja, cast)

    with organisation_scope(HOUSE, member=cast.torben.pk):
        since = timezone.now() - timedelta(days=7)
        seen = looking.who_has_seen(cast.torben, cast.inger, since=since)
    assert {(one.who, one.why) for one in seen} == {("Maja", "følger beboeren"), ("Karen", "")}
