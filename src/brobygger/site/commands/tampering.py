"""`brobygger drill D6`: somebody with every right tampers with the trail, and what the chain costs.

The tampering is the superuser's, past every trigger. The cost is measured in turns with the chain switched
off: for what a look at a resident asks of the database, which is what the promise is about, and for one bare
line of the trail and nothing else, which is the worst that can be asked.
"""

import hashlib
import os
import statistics
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from uuid import UUID, uuid4

import django
import psycopg

from brobygger.site.commands.drilling import SUPERUSER, Verdict, run_apart

CLIENTS, HOUSES, LINES = 8, 68, 40
COST_LIMIT = 0.25
Act = Callable[[psycopg.Connection, UUID], None]
INSERT = """INSERT INTO foundation_auditrow
    (organisation_id, id, act, about_kind, about_ids, by_kind, by_id, facts, at)
    VALUES (%s, gen_random_uuid(), 'resident:seen', 'resident', '[]', 'member', %s, '{}', now())"""
# What a page about one resident asks besides; the tables are empty, so it is less than at work.
READS = [
    f"SELECT * FROM {table} WHERE id = %s"  # noqa: S608 - our own names
    for table in ("accounts_membership", "residents_resident", "residents_relation", "residents_need")
] + [
    f"SELECT * FROM {table} WHERE resident_id = %s ORDER BY id LIMIT 50"  # noqa: S608
    for table in ("residents_need", "residents_note", "residents_relation", "privacy_consent")
]
TAMPERS = {
    "ret": "UPDATE foundation_auditrow SET by_id = NULL WHERE id = %(line)s",
    "slet": """WITH gone AS (DELETE FROM foundation_auditrow WHERE id = %(line)s)
        DELETE FROM foundation_auditlink WHERE id = %(line)s""",
    "skær halen af": """WITH tail AS (DELETE FROM foundation_auditlink
        WHERE organisation_id = %(house)s AND seq >= 20 RETURNING id)
        DELETE FROM foundation_auditrow WHERE id IN (SELECT id FROM tail)""",
    "byt om": """UPDATE foundation_auditrow a SET at = b.at, facts = b.facts, by_id = b.by_id
        FROM foundation_auditrow b WHERE (a.id, b.id) IN ((%(line)s, %(next)s), (%(next)s, %(line)s))""",
    "skriv det hele om": "UPDATE foundation_auditrow SET by_id = NULL WHERE id = %(line)s",
}
HIDDEN_WITHOUT_HEADS = {"skær halen af", "skriv det hele om"}


def run(home: Path) -> int:
    del home
    return run_apart("tampering")


def drill(verdict: Verdict, *, seconds: float) -> None:
    """Both halves. `seconds` is how long each of the measured turns takes; 0 leaves them out."""
    found = [how for how in TAMPERS if _is_found(how, with_head=True)]
    verdict.promise(found == list(TAMPERS), f"{len(found)} af {len(TAMPERS)} slags fusk fundet")
    missed = {how for how in TAMPERS if not _is_found(how, with_head=False)}
    sentence = f"uden aftryk uden for databasen ses {len(missed)} ikke ({', '.join(sorted(missed))})"
    verdict.control(missed == HIDDEN_WITHOUT_HEADS, sentence)
    if seconds:
        _cost(verdict, seconds)


def _is_found(how: str, *, with_head: bool) -> bool:
    """In a new house with its own chain: keep the head, tamper, look."""
    from brobygger.foundation import chain
    from brobygger.foundation.chain import AuditLink
    from brobygger.foundation.scope import organisation_scope

    house = uuid4()
    _write(house, LINES)
    with organisation_scope(house):
        head = chain.head()
        line, following = (
            AuditLink.objects.filter(seq__in=(20, 21)).order_by("seq").values_list("pk", flat=True)
        )
    with psycopg.connect(os.environ[SUPERUSER]) as db:
        db.execute("SET session_replication_role = replica")
        db.execute(TAMPERS[how].encode(), {"house": house, "line": line, "next": following})
        if how == "skriv det hele om":
            _link_anew(db, house, chain.WORDS)
    with organisation_scope(house):
        return chain.first_break([head] if head and with_head else []) is not None


def _link_anew(db: psycopg.Connection, house: UUID, words: str) -> None:
    question = f"""SELECT a.id, {words.format("a")} FROM foundation_auditrow a
        JOIN foundation_auditlink l USING (id) WHERE l.organisation_id = %s ORDER BY l.seq"""  # noqa: S608
    before = b""
    for key, said in db.execute(question.encode(), [house]).fetchall():
        content = hashlib.sha256(said.encode()).digest()
        before = hashlib.sha256(before + content).digest()
        change = "UPDATE foundation_auditlink SET content = %s, digest = %s WHERE id = %s"
        db.execute(change, [content, before, key])


def _write(house: UUID, count: int) -> None:
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as db:
        for _number in range(count):
            _line(db, house)


def _line(db: psycopg.Connection, house: UUID) -> None:
    with db.transaction():
        db.execute("SELECT set_config('brobygger.organisation', %s, true)", [str(house)])
        db.execute(INSERT, [house, uuid4()])


def _look(db: psycopg.Connection, house: UUID) -> None:
    with db.transaction():
        db.execute("SELECT set_config('brobygger.organisation', %s, true)", [str(house)])
        for question in READS:
            db.execute(question.encode(), [house]).fetchall()
        db.execute(INSERT, [house, uuid4()])


def _cost(verdict: Verdict, seconds: float) -> None:
    """Acts a second: without a chain, with one for each of many houses, with one house for all. In turns."""
    houses = [uuid4() for _house in range(HOUSES)]
    line = _compared(verdict, "linjer", _line, houses, seconds)
    look = _compared(verdict, "opslag", _look, houses, seconds)
    verdict.tell(f"på den bare linje koster kæden {line:.0%}")
    verdict.promise(look <= COST_LIMIT, f"på et opslag koster kæden {look:.0%} (højst {COST_LIMIT:.0%})")
    _pace(verdict, houses)


def _compared(verdict: Verdict, what: str, act: Act, houses: list[UUID], seconds: float) -> float:
    """What the chain costs, as a share of the acts a second without it; the median of three rounds."""
    turns: dict[str, list[float]] = {"plain": [], "many": [], "one": []}
    for _round in range(3):
        for name, told in turns.items():
            _switch_chain(on=name != "plain")
            told.append(_rate(act, houses[:1] if name == "one" else houses, seconds))
    plain, many, one = (statistics.median(told) for told in turns.values())
    verdict.tell(
        f"{CLIENTS} klienter, {what}/s: {plain:.0f} uden kæde, {many:.0f} med {HOUSES} huse, {one:.0f} med ét"
    )
    return 1 - many / plain


def _rate(act: Act, houses: list[UUID], seconds: float) -> float:
    done = [0] * CLIENTS
    until = time.monotonic() + seconds

    def work(number: int) -> None:
        with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as db:
            while time.monotonic() < until:
                act(db, houses[(number + done[number] * CLIENTS) % len(houses)])
                done[number] += 1

    _all(threading.Thread(target=work, args=(number,)) for number in range(CLIENTS))
    return sum(done) / seconds


def _all(threads: Iterable[threading.Thread]) -> None:
    started = list(threads)
    for thread in started:
        thread.start()
    for thread in started:
        thread.join()


def _switch_chain(*, on: bool) -> None:
    word = "ENABLE" if on else "DISABLE"
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"], autocommit=True) as db:
        db.execute(f"ALTER TABLE foundation_auditrow {word} TRIGGER link".encode())


def _pace(verdict: Verdict, houses: list[UUID]) -> None:
    """How quickly a chain is followed. Lines written without it are found at the end."""
    from brobygger.foundation import chain
    from brobygger.foundation.scope import organisation_scope

    with organisation_scope(houses[0]):
        began, head = time.monotonic(), chain.head()
        chain.first_break()
        lines = head.seq if head else 0
    verdict.tell(f"{lines} linjer fulgt med {lines / (time.monotonic() - began):.0f} linjer/s")


def main() -> int:
    django.setup()
    verdict = Verdict("D6")
    drill(verdict, seconds=2)
    return verdict.end()
