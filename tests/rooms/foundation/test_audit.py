"""Who did or saw what is written down in the same transaction, and never changed (PROMISES P4)."""

import json
import os
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from brobygger.accounts.models import Membership
from brobygger.accounts.terms import Role
from brobygger.foundation import audit
from brobygger.foundation.audit import AuditRow
from brobygger.foundation.scope import organisation_scope
from brobygger.offers.terms import Theme
from brobygger.residents import actions
from brobygger.residents.terms import NeedOutcome, NoteChannel, WayToReach
from tests.people import ELSEWHERE, HOUSE, NOW, TODAY, Cast, member

pytestmark = [pytest.mark.urls("tests.rooms.foundation.pages"), pytest.mark.feature("PRI-06")]
AsMember = Callable[[Membership], Client]


def looks() -> list[AuditRow]:
    with organisation_scope(HOUSE):
        return list(AuditRow.objects.filter(act="residents.Resident:seen"))


def test_a_page_that_shows_persons_leaves_a_row_with_who_saw_whom(cast: Cast, as_member: AsMember):
    as_member(cast.maja).get("/vis-alle/")

    (row,) = looks()
    assert row.about_ids == sorted([str(cast.inger.pk), str(cast.amir.pk)])
    assert row.by_id == cast.maja.pk


def test_a_page_that_shows_nobody_leaves_no_row(cast: Cast, as_member: AsMember):
    as_member(cast.ole).get("/vis-alle/")

    with organisation_scope(ELSEWHERE):
        assert not AuditRow.objects.exists()


@pytest.mark.asvs("16.5.3")
def test_if_the_look_cannot_be_written_the_page_is_not_shown(
    cast: Cast, as_member: AsMember, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: Any, **__: Any) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(AuditRow.objects, "bulk_create", full)
    client = as_member(cast.maja)
    client.raise_request_exception = False

    answer = client.get("/vis-alle/")

    assert answer.status_code == 500
    assert "Inger" not in answer.content.decode()


def test_if_the_database_refuses_the_look_the_page_is_not_shown(
    cast: Cast, as_member: AsMember, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(audit, "sorted", lambda _: None, raising=False)  # about_ids may not be null
    client = as_member(cast.maja)
    client.raise_request_exception = False

    answer = client.get("/vis-alle/")

    assert answer.status_code == 500
    assert "Inger" not in answer.content.decode()


@pytest.mark.parametrize(
    "right",
    [
        "INSERT ON foundation_auditrow FROM brobygger_app",
        "INSERT ON foundation_auditlink FROM brobygger_owner",
    ],
)
def test_if_the_database_takes_no_more_lines_no_page_of_a_resident_is_shown(
    lasting_cast: Cast, as_member: AsMember, right: str
):
    """The first fails while the page is made; the second at commit, when the page is finished."""
    client = as_member(lasting_cast.maja)
    client.raise_request_exception = False
    path = f"/beboere/{lasting_cast.inger.pk}/"
    before = client.get(path)

    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute(f"REVOKE {right}".encode())
        try:
            answer = client.get(path)
        finally:
            owner.execute(f"GRANT {right.replace(' FROM ', ' TO ')}".encode())

    assert "Inger" in before.content.decode()
    assert (answer.status_code, "Inger" in answer.content.decode()) == (500, False)


def test_looks_and_acts_are_gone_together(cast: Cast):
    with organisation_scope(HOUSE, member=cast.maja.pk):
        audit.saw("residents.Resident", [cast.inger.pk])
        audit.record("x", about=cast.inger, by=cast.maja.actor, at=NOW)
        transaction.set_rollback(True)

    with organisation_scope(HOUSE):
        assert not AuditRow.objects.exists()


def test_looks_of_a_nested_scope_are_written_in_its_own_house(cast: Cast):
    with organisation_scope(HOUSE, member=cast.maja.pk), organisation_scope(ELSEWHERE, member=cast.ole.pk):
        audit.saw("residents.Resident", [cast.inger.pk])

    assert looks() == []
    with organisation_scope(ELSEWHERE):
        assert AuditRow.objects.count() == 1


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.asvs("16.3.2", "16.3.3")
def test_a_refused_page_leaves_a_line_that_outlives_its_rollback(
    cast: Cast, as_member: AsMember, once: Callable[..., dict[str, Any]], method: str
):
    answer = getattr(as_member(cast.ole), method)(f"/beboere/{cast.inger.pk}/ret/", once())

    with organisation_scope(ELSEWHERE):
        row = AuditRow.objects.get(act="page:refused")
    assert answer.status_code == 404
    assert (row.by_id, row.about_ids) == (cast.ole.pk, [str(cast.inger.pk)])
    assert row.facts == {"status": 404, "method": method.upper()}


def test_an_address_of_no_page_is_a_slip_of_the_finger(cast: Cast, as_member: AsMember):
    as_member(cast.ole).get("/beboer/")

    with organisation_scope(ELSEWHERE):
        assert not AuditRow.objects.exists()


def test_a_page_that_a_role_may_not_see_is_a_refusal_too(cast: Cast, as_member: AsMember):
    board = member(HOUSE, "Karen", Role.BOARD)

    as_member(board).get("/beboere/")

    with organisation_scope(HOUSE):
        assert AuditRow.objects.get(act="page:refused").by_id == board.pk


def test_if_a_refusal_cannot_be_written_the_answer_is_a_failure(
    cast: Cast, as_member: AsMember, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: Any, **__: Any) -> None:
        raise DatabaseError("the disk is full")

    monkeypatch.setattr(AuditRow.objects, "bulk_create", full)
    client = as_member(cast.ole)
    client.raise_request_exception = False

    assert client.get(f"/beboere/{cast.inger.pk}/").status_code == 500


@pytest.mark.parametrize(
    "verb", ["UPDATE foundation_auditrow SET act = 'x'", "DELETE FROM foundation_auditrow"]
)
@pytest.mark.asvs("16.4.2")
def test_the_application_cannot_change_the_trail(in_house: Cast, verb: str):
    audit.record("x", about=in_house.inger, by=in_house.maja.actor, at=NOW)

    with (
        pytest.raises(DatabaseError, match="permission denied"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(verb)


@pytest.mark.feature("PRI-05")
@pytest.mark.asvs("16.2.5")
def test_the_trail_names_keys_and_never_what_was_said(in_house: Cast):
    """Each act upon a resident leaves a row; none of them repeats a word of what was written."""
    facts: dict[str, Any] = {"by": in_house.maja, "at": NOW}
    person = actions.register_resident(
        name="KANARIE Hansen", reach_by=WayToReach.PHONE, reach_at="KANARIE 12", **facts
    )
    person = actions.change_resident(resident=person, seen=1, reach_rules="KANARIE kun aften", **facts)
    actions.write_contact_note(resident=person, text="KANARIE sagde", channel=NoteChannel.DOOR, **facts)
    need = actions.state_need(
        resident=person, words="KANARIE vil", theme=Theme.DEBT, owner=in_house.maja,
        next_step="KANARIE ring", next_step_on=TODAY, **facts,
    )  # fmt: skip
    need = actions.change_next_step(
        need=need, seen=need.version, next_step="KANARIE mød", next_step_on=TODAY + timedelta(days=1), **facts
    )
    actions.close_need(need=need, outcome=NeedOutcome.UNKNOWN, **facts)

    rows = list(AuditRow.objects.values())
    assert len(rows) >= 6
    assert "KANARIE" not in json.dumps(rows, default=str)
