"""The scope opens one house at a time, restores the former one, and fails closed."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from brobygger.foundation.audit import AuditRow, saw
from brobygger.foundation.scope import answer_scope, organisation_scope
from brobygger.residents.models import Need, Resident
from tests.people import CLUB, ELSEWHERE, HOUSE, NOW, TODAY, Cast


def test_a_nested_scope_gives_the_former_one_back(in_house: Cast):
    with organisation_scope(ELSEWHERE):
        seen_elsewhere = Resident.objects.count()

    assert (seen_elsewhere, Resident.objects.count()) == (0, 2)


def test_a_failed_nested_scope_gives_the_former_one_back_too(in_house: Cast):
    with pytest.raises(ValueError), organisation_scope(ELSEWHERE):
        raise ValueError

    assert Resident.objects.count() == 2


def test_without_a_scope_nothing_is_seen_or_written(cast: Cast):
    assert not Resident.objects.exists()
    with pytest.raises(DatabaseError), transaction.atomic():
        Resident.objects.create(name="Nogen", reach_at="døren", made_at=NOW)


def test_a_key_of_another_house_is_refused(in_house: Cast):
    with organisation_scope(ELSEWHERE), transaction.atomic():
        Need.objects.create(
            resident_id=in_house.amir.pk,
            words="x",
            theme="leisure",
            owner=in_house.ole,
            next_step="x",
            next_step_on=TODAY,
            opened_at=NOW,
        )

        with pytest.raises(IntegrityError, match="residents_need_policy"), transaction.atomic():
            connection.check_constraints()
        transaction.set_rollback(True)


def test_a_partners_link_opens_no_ordinary_table(cast: Cast):
    with answer_scope(CLUB, CLUB):
        assert not Resident.objects.exists()


def test_looks_are_written_when_the_scope_closes(cast: Cast):
    with organisation_scope(HOUSE, member=cast.maja.pk):
        saw("resident", [cast.inger.pk])

    with organisation_scope(HOUSE):
        row = AuditRow.objects.get()
        assert (row.act, row.about_ids, row.by_id) == ("resident:seen", [str(cast.inger.pk)], cast.maja.pk)
