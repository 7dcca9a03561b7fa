"""The trail is a chain: five ways of tampering are found, and nobody waits for the chain while working."""

import hashlib
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from uuid import UUID, uuid4

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from brobygger.foundation import audit, chain, heads
from brobygger.foundation.audit import AuditRow
from brobygger.foundation.chain import AuditLink, Break, Fault, Head
from brobygger.foundation.scope import organisation_scope
from brobygger.privacy.erasing import forget
from brobygger.residents.models import Resident
from brobygger.site import jobs
from tests.people import ELSEWHERE, HOUSE, NOW, Cast

pytestmark = pytest.mark.feature("PRI-06")


def write(cast: Cast, count: int = 1, house: UUID = HOUSE) -> None:
    """That many lines, each in a transaction of its own."""
    for number in range(count):
        with organisation_scope(house):
            audit.record("resident:changed", about=cast.inger, by=cast.maja.actor, at=NOW, fields=[number])


def head_of(house: UUID) -> Head | None:
    with organisation_scope(house):
        return chain.head()


def broken(*published: Head | None) -> Break | None:
    with organisation_scope(HOUSE):
        return chain.first_break(filter(None, published))


def test_every_line_has_its_place_when_it_is_committed(lasting_cast: Cast):
    write(lasting_cast, 3)
    write(lasting_cast, 2, ELSEWHERE)

    head = head_of(HOUSE)
    other = head_of(ELSEWHERE)
    assert (head and head.seq, other and other.seq, broken(head)) == (3, 2, None)


def test_several_lines_of_one_act_stand_in_the_order_they_were_written(lasting_cast: Cast):
    with organisation_scope(HOUSE, member=lasting_cast.maja.pk):
        audit.record("need:stated", about=lasting_cast.need, by=lasting_cast.maja.actor, at=NOW)
        audit.record("note:written", about=lasting_cast.need, by=lasting_cast.maja.actor, at=NOW)
        audit.saw("resident", [lasting_cast.amir.pk])

    with organisation_scope(HOUSE):
        acts = dict(AuditRow.objects.values_list("pk", "act"))
        said = [acts[key] for key in AuditLink.objects.order_by("seq").values_list("pk", flat=True)]
    assert said == ["need:stated", "note:written", "resident:seen"]


def test_what_is_rolled_back_takes_no_place(lasting_cast: Cast):
    write(lasting_cast)
    with organisation_scope(HOUSE):
        audit.record("x", about=lasting_cast.inger, by=lasting_cast.maja.actor, at=NOW)
        transaction.set_rollback(True)
    write(lasting_cast)

    head = head_of(HOUSE)
    assert (head and head.seq, broken(head)) == (2, None)


def test_eight_at_once_get_each_a_place_and_one_chain(lasting_cast: Cast):
    """Each also locks a row that the others' lines hang on, in the other order: nobody waits in a ring."""

    def work(number: int) -> None:
        try:
            for _turn in range(6):
                with organisation_scope(HOUSE, member=lasting_cast.maja.pk):
                    people = [lasting_cast.inger.pk, lasting_cast.amir.pk][:: 1 if number % 2 else -1]
                    audit.record("x", about=lasting_cast.inger, by=lasting_cast.maja.actor, at=NOW)
                    lasting_cast.need.__class__.objects.filter(resident_id=people[0]).update(version=number)
                    Resident.objects.select_for_update().get(pk=lasting_cast.inger.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(work, range(8)))

    head = head_of(HOUSE)
    assert (head and head.seq, broken(head)) == (48, None)


def test_whoever_is_about_to_commit_waits_for_no_row_while_holding_the_chain(lasting_cast: Cast):
    """A foreign key is checked at commit and waits for who has its row; by then the chain must be free."""
    with ThreadPoolExecutor(1) as other, organisation_scope(HOUSE):
        Resident.objects.select_for_update().get(pk=lasting_cast.amir.pk)
        audit.record("x", about=lasting_cast.amir, by=lasting_cast.maja.actor, at=NOW)
        later = other.submit(_state_a_need, lasting_cast)
        _wait_for_one_that_waits()
    later.result(timeout=20)

    head = head_of(HOUSE)
    assert (head and head.seq, broken(head)) == (2, None)


def _state_a_need(cast: Cast) -> None:
    """First the line, then the key to the locked row: in one round they would lock each other."""
    try:
        with organisation_scope(HOUSE):
            audit.record("y", about=cast.amir, by=cast.maja.actor, at=NOW)
            need = cast.need.__class__.objects.get(pk=cast.need.pk)
            need.pk, need._state.adding = uuid4(), True
            need.save()
    finally:
        connection.close()


def _wait_for_one_that_waits() -> None:
    question = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    with connection.cursor() as cursor:
        for _turn in range(2_000):
            cursor.execute(f"SELECT pg_stat_clear_snapshot(), pg_sleep(0.005); {question}")
            cursor.nextset()
            if cursor.fetchone() != (0,):
                return
    raise AssertionError("nobody waited")


TAMPERS: dict[str, tuple[str, Fault]] = {
    "edit": ("UPDATE foundation_auditrow SET by_id = NULL WHERE id = {third}", Fault.CHANGED),
    "delete": ("DELETE FROM foundation_auditrow WHERE id = {third}", Fault.GONE),
    "delete with its link": (
        "DELETE FROM foundation_auditrow WHERE id = {third};"
        "DELETE FROM foundation_auditlink WHERE id = {third}",
        Fault.GAP,
    ),
    "cut the tail": (
        "DELETE FROM foundation_auditrow WHERE id IN (SELECT id FROM foundation_auditlink WHERE seq >= 3);"
        "DELETE FROM foundation_auditlink WHERE seq >= 3",
        Fault.CUT,
    ),
    "swap": (
        "UPDATE foundation_auditlink SET seq = 99 WHERE seq = 3; UPDATE foundation_auditlink SET seq = 3"
        " WHERE seq = 4; UPDATE foundation_auditlink SET seq = 4 WHERE seq = 99",
        Fault.BROKEN,
    ),
    "slip in": (
        "INSERT INTO foundation_auditrow SELECT organisation_id, gen_random_uuid(), act, about_kind,"
        " about_ids, by_kind, by_id, facts, at FROM foundation_auditrow WHERE id = {third}",
        Fault.UNLINKED,
    ),
    "rewrite": ("UPDATE foundation_auditrow SET by_id = NULL WHERE id = {third}", Fault.REWRITTEN),
}


@pytest.fixture
def tamper(lasting_cast: Cast) -> Callable[[str], Head | None]:
    """`tamper("edit")` does it as the superuser to the third of five lines; gives the head from before."""
    if not os.environ["BROBYGGER_SUPERUSER_URL"]:
        pytest.skip("NOT RUN: only a superuser can tamper; give its BROBYGGER_SUPERUSER_URL")

    def done(how: str) -> Head | None:
        write(lasting_cast, 5)
        head = head_of(HOUSE)
        with organisation_scope(HOUSE):
            third = AuditLink.objects.get(seq=3).pk
        with psycopg.connect(os.environ["BROBYGGER_SUPERUSER_URL"]) as db:
            db.execute("SET session_replication_role = replica")  # no trigger is in the way
            db.execute(TAMPERS[how][0].format(third=f"'{third}'"))
            if how == "rewrite":
                _link_anew(db)
        return head

    return done


def _link_anew(db: psycopg.Connection) -> None:
    """What the cleverest would do: compute the whole chain again, so that it fits in itself."""
    before = b""
    words = chain.WORDS.format("a")
    question = f"""SELECT a.id, sha256(convert_to({words}, 'UTF8')) FROM foundation_auditrow a
        JOIN foundation_auditlink l USING (id) WHERE l.organisation_id = %s ORDER BY l.seq"""
    for key, content in db.execute(question, [HOUSE]).fetchall():
        before = hashlib.sha256(before + content).digest()
        change = "UPDATE foundation_auditlink SET content = %s, digest = %s WHERE id = %s"
        db.execute(change, [content, before, key])


@pytest.mark.parametrize("how", TAMPERS)
def test_tampering_is_found_and_the_first_broken_line_named(tamper: Callable[[str], Head | None], how: str):
    head = tamper(how)

    found = broken(head)

    assert found is not None
    assert found.fault is TAMPERS[how][1]
    assert found.seq == {"rewrite": 5, "slip in": 6}.get(how, 3)


@pytest.mark.parametrize("how", ["cut the tail", "rewrite"])
def test_without_a_published_head_two_ways_stay_hidden(tamper: Callable[[str], Head | None], how: str):
    """The control: a chain alone does not see these, which is why heads go outside."""
    tamper(how)

    assert broken() is None


@pytest.mark.parametrize("table", ["foundation_auditrow", "foundation_auditlink"])
@pytest.mark.parametrize("verb", ["DELETE FROM {}", "UPDATE {} SET id = gen_random_uuid()"])
def test_not_even_the_owner_changes_the_trail(lasting_cast: Cast, table: str, verb: str):
    write(lasting_cast)

    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as db:
        db.execute("SELECT set_config('brobygger.organisation', %s, true)", [str(HOUSE)])
        with pytest.raises(psycopg.errors.IntegrityConstraintViolation, match="only ever added to"):
            db.execute(verb.format(table))


def test_the_application_writes_no_link(in_house: Cast):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        AuditLink.objects.create(pk=uuid4(), content=b"")


@pytest.fixture
def home(settings, tmp_path: Path) -> Path:
    settings.BROBYGGER_HOME = str(tmp_path)
    return tmp_path


def test_a_head_is_kept_outside_once(lasting_cast: Cast, home: Path):
    write(lasting_cast, 2)
    for _day in range(2):
        with organisation_scope(HOUSE):
            heads.publish(NOW)

    (line,) = (home / "heads" / f"{HOUSE}.txt").read_text().splitlines()
    assert line.split()[1] == "2"
    assert heads.published(HOUSE) == [head_of(HOUSE)]


def test_a_chain_grows_on_from_its_published_heads(lasting_cast: Cast, home: Path):
    for _day in range(3):
        write(lasting_cast, 2)
        with organisation_scope(HOUSE):
            heads.publish(NOW)
    write(lasting_cast)

    head, found = heads.checked(HOUSE)
    assert (head and head.seq, len(heads.published(HOUSE)), found) == (7, 3, None)


def test_every_house_has_a_head_of_its_own(lasting_cast: Cast, home: Path):
    write(lasting_cast)
    write(lasting_cast, 2, ELSEWHERE)

    jobs.every_night(0)

    assert [heads.published(house)[0].seq for house in (HOUSE, ELSEWHERE)] == [1, 2]


@pytest.mark.feature("PRI-05")
def test_a_forgotten_person_leaves_the_chain_whole(lasting_cast: Cast, home: Path):
    write(lasting_cast, 2)
    with organisation_scope(HOUSE):
        heads.publish(NOW)
        forget(lasting_cast.inger.pk)

    assert heads.checked(HOUSE)[1] is None
