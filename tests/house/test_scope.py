"""The scope opens one house at a time, restores the former one, and fails closed."""

import re
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from brobygger.foundation.audit import AuditRow, saw
from brobygger.foundation.scope import answer_scope, organisation_scope
from brobygger.residents.models import Need, Resident
from tests.house.floors import SOURCE
from tests.people import CLUB, ELSEWHERE, HOUSE, NOW, TODAY, Cast

OPENS = re.compile(r"\b(?:organisation|answer)_scope\(")
OPENERS = {
    "foundation/scope.py": "defines them",
    "accounts/middleware.py": "the house of the member who is signed in",
    "accounts/actions.py": "the house of whoever uses a link of that house",
    "accounts/sessions.py": "the house that somebody signs in to, for its trail",
    "bridging/jobs.py": "a job opens the house that asked for it",
    "bridging/views/linked.py": "the answer once given to the same press",
    "bridging/views/own_page.py": "a resident's link: its own bridge's house",
    "bridging/views/answering.py": "a link's own leg; then, its right checked, an act in the home's scope",
    "bridging/views/asking.py": "a standing link's house, its right checked, to ask and to read one's codes",
    "matching/jobs.py": "each house's own open needs",
    "offers/jobs.py": "each house's own dead addresses",
    "offers/keeping.py": "whoever keeps an offer, its right checked, at the offer's keeper",
    "offers/desk_views.py": "a listing link's house, to keep its partner's offers",
    "offers/actions.py": "one counter of an offer, a way back and a place in hiding, at the keeper's",
    "offers/history_views.py": "whoever keeps an offer, its right checked, at its keeper's",
    "offers/importing/running.py": "the house that imports",
    "offers/importing/undoing.py": "the house that takes its import back",
    "offers/orders.py": "the house that handed the file in; read by a job in a process of its own",
    "foundation/audit.py": "what was refused, in the house where it was",
    "foundation/outbox.py": "one attempt at a message, in the house that sends it",
    "foundation/heads.py": "a house's chain is followed",
    "site/commands/inside.py": "each house is told that its directory leaves; each chain's head is kept",
    "site/commands/crowding.py": "a drill, in a database of its own",
    "site/commands/posting.py": "a drill, in a database of its own",
    "site/commands/tampering.py": "a drill, in a database of its own",
    "site/jobs.py": "each house's own nightly work",
    "site/sample/__init__.py": "the invented house",
    "site/sample/elsewhere.py": "the stranger's house",
}


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


def test_a_link_opened_inside_a_house_closes_the_house(in_house: Cast):
    with answer_scope(CLUB, CLUB):
        assert not Resident.objects.exists()

    assert Resident.objects.count() == 2


def test_after_a_commit_the_same_connection_is_nobodys(lasting_cast: Cast):
    with organisation_scope(HOUSE):
        assert Resident.objects.count() == 2

    assert Resident.objects.count() == 0


def test_twenty_threads_on_a_few_connections_see_their_own_house_only(lasting_cast: Cast):
    def count(house: UUID) -> tuple[UUID, int, int]:
        try:
            with organisation_scope(house):
                inside = Resident.objects.count()
            return house, inside, Resident.objects.count()
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as threads:
        seen = set(threads.map(count, [HOUSE, ELSEWHERE] * 60))

    assert seen == {(HOUSE, 2, 0), (ELSEWHERE, 0, 0)}


def test_only_these_modules_open_a_scope():
    """Whoever opens one decides whose rows are seen; each has its reason."""
    openers = {
        str(file.relative_to(SOURCE))
        for file in SOURCE.rglob("*.py")
        if OPENS.search(file.read_text()) and "migrations" not in file.parts
    }

    assert openers - set(OPENERS) == set()


def test_only_the_scope_and_triggers_tell_the_database_whose_rows_are_open():
    telling = {
        str(file.relative_to(SOURCE)) for file in SOURCE.rglob("*.py") if "set_config" in file.read_text()
    }

    assert telling == {
        "foundation/scope.py",
        "foundation/migrations/0004_the_trail_is_chained.py",
        "site/commands/tampering.py",  # a drill, in a database of its own
        "foundation/migrations/0006_heads_are_locked_in_one_row.py",
        "bridging/migrations/0002_diagram_clocks_and_links.py",
        "bridging/migrations/0004_the_end_holds.py",
    }


def test_looks_are_written_when_the_scope_closes(cast: Cast):
    with organisation_scope(HOUSE, member=cast.maja.pk):
        saw("resident", [cast.inger.pk])

    with organisation_scope(HOUSE):
        row = AuditRow.objects.get()
        assert (row.act, row.about_ids, row.by_id) == ("resident:seen", [str(cast.inger.pk)], cast.maja.pk)
