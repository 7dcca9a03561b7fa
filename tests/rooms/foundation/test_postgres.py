"""The embedded database, tried on real processes: killed, orphaned, half-made, shut out, out of disk."""

import contextlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from brobygger.foundation import cluster_place, leftovers
from brobygger.foundation.postgres import Postgres
from brobygger.foundation.trouble import Trouble

pytestmark = pytest.mark.slow  # real processes, or a whole estate built anew

IS_ROOT = os.geteuid() == 0
as_root = pytest.mark.skipif(not IS_ROOT, reason="only root can drop to another user")
START = "import sys; from brobygger.foundation.postgres import Postgres; p = Postgres(sys.argv[1]).start(); "


def ask(url: str, question: str) -> str:
    with psycopg.connect(url, autocommit=True) as connection:
        row = connection.execute(question.encode()).fetchone()
    return str(row[0]) if row else ""


def in_a_child(home: Path, then: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([sys.executable, "-c", START + then, home], capture_output=True, text=True, cwd="/")


def as_somebody(uid: int, home: Path, then: str) -> "subprocess.CompletedProcess[str]":
    """As an ordinary user, with a Python which that user may run (ours may lie in root's own folder)."""
    version = ".".join(map(str, sys.version_info[:2]))
    packages = os.pathsep.join(word for word in sys.path if word.endswith(("site-packages", "src")))
    for python in (sys.executable, f"/usr/bin/python{version}", f"/usr/local/bin/python{version}"):
        with contextlib.suppress(OSError):
            return subprocess.run(
                [python, "-c", START + then, home],
                env={"PATH": os.environ["PATH"], "PYTHONPATH": packages, "PYTHONDONTWRITEBYTECODE": "1"},
                capture_output=True,
                text=True,
                cwd="/",
                user=uid,
                group=uid,
                extra_groups=[],
            )
    pytest.skip(f"no Python {version} here that an ordinary user may run")


def forget(home: Path) -> None:
    """Also what was put elsewhere because the home was closed."""
    record = home / "database-place"
    if record.exists():
        shutil.rmtree(record.read_text().strip())
    shutil.rmtree(home.parent)


@pytest.fixture(scope="module")
def settled() -> Iterator[Path]:
    """A home with a finished cluster, for tests that only start and stop it."""
    folder = Path(tempfile.mkdtemp(prefix="brobygger-test-"))
    folder.chmod(0o755)
    Postgres(folder / "home").start().stop()
    yield folder / "home"
    forget(folder / "home")


@pytest.fixture
def database(settled: Path) -> Iterator[Postgres]:
    with Postgres(settled) as running:
        yield running


@pytest.fixture
def empty() -> Iterator[Path]:
    """A home that does not exist yet, in a folder anybody may pass through."""
    folder = Path(tempfile.mkdtemp(prefix="brobygger-test-"))
    folder.chmod(0o755)
    yield folder / "home"
    forget(folder / "home")


def test_the_server_is_the_one_we_chose(database: Postgres) -> None:
    url = database.superuser_url()

    version = ask(url, "SHOW server_version_num")

    assert version.startswith("18")
    assert ask(url, "SHOW data_checksums") == "on"
    assert ask(url, "SHOW server_encoding") == "UTF8"
    assert ask(url, "SELECT concat(datlocprovider, datlocale) FROM pg_database LIMIT 1") == "bC.UTF-8"


def test_nobody_reaches_the_server_but_through_a_closed_folder(database: Postgres) -> None:
    folder = leftovers.socket_of(database.data)

    listening = ask(database.superuser_url(), "SHOW listen_addresses")

    assert listening == ""
    assert folder is not None
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert len(str(folder)) < 60


@pytest.mark.asvs("13.3.2")
def test_secrets_are_readable_by_us_alone(database: Postgres) -> None:
    kept = database.home / "database-passwords.json"

    mode = stat.S_IMODE(kept.stat().st_mode)

    assert mode == 0o600
    assert (
        ask(
            database.superuser_url(), "SELECT DISTINCT left(rolpassword, 13) FROM pg_authid WHERE rolcanlogin"
        )
        == "SCRAM-SHA-256"
    )


def test_a_wrong_password_is_refused(database: Postgres) -> None:
    wrong = database.urls().app.replace("brobygger_app:", "brobygger_app:x")

    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)


def test_the_running_role_can_neither_pass_row_security_nor_become_who_can(database: Postgres) -> None:
    rights = (
        "SELECT concat_ws(' ', rolsuper, rolbypassrls, rolcreatedb, rolcreaterole, rolreplication,"
        " pg_has_role(oid, 'brobygger_owner', 'MEMBER')) FROM pg_roles WHERE rolname = current_user"
    )

    held = ask(database.urls().app, rights)

    assert held == "f f f f f f"
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(database.urls().app, "CREATE TABLE mine (id int)")
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask(database.urls().app, "SET ROLE brobygger_owner")


def test_the_owner_owns_the_database_and_is_no_superuser(database: Postgres) -> None:
    rights = "SELECT concat_ws(' ', rolsuper, rolbypassrls, rolcreatedb) FROM pg_roles WHERE rolname = user"

    held = ask(database.urls().owner, rights)

    assert held == "f f t"
    assert ask(database.urls().owner, "SHOW lock_timeout") == "4s"
    assert ask(database.urls().owner, "SHOW statement_timeout") == "1min"
    assert ask(database.urls().app, "SHOW statement_timeout") == "30s"
    assert ask(database.urls().app, "SHOW idle_in_transaction_session_timeout") == "1min"


def test_danish_letters_are_letters(database: Postgres) -> None:
    url = database.superuser_url()

    shouted = ask(url, "SELECT upper('rødgrød på ærø') || lower('ÅSE')")

    assert shouted == "RØDGRØD PÅ ÆRØåse"
    assert (
        ask(url, "SELECT to_tsvector('danish', 'Frivillige på Ærøskøbing')::text")
        == "'frivil':1 'ærøskøbing':3"
    )


def test_values_of_people_never_reach_the_log(database: Postgres) -> None:
    begins = database.log.stat().st_size
    with psycopg.connect(database.urls().owner) as connection:
        connection.execute("CREATE TABLE guests (name text PRIMARY KEY)")
    twice = "INSERT INTO guests VALUES ('Inger Fiktiv'), ('Inger Fiktiv') RETURNING 1"
    with pytest.raises(psycopg.errors.UniqueViolation):
        ask(database.urls().owner, twice)

    told = database.log.read_bytes()[begins:].decode()

    assert "unique constraint" in told
    assert "Inger" not in told


def test_killed_three_times_it_is_back_at_once_with_every_row(database: Postgres) -> None:
    with psycopg.connect(database.urls().owner) as connection:
        connection.execute("CREATE TABLE kept (n int)")
    seconds = []

    for n in range(3):
        ask(database.urls().owner, f"INSERT INTO kept VALUES ({n}) RETURNING n")
        os.kill(database.pid() or 0, signal.SIGKILL)
        began = time.monotonic()
        database.start()
        seconds.append(time.monotonic() - began)

    assert ask(database.urls().owner, "SELECT string_agg(n::text, ' ' ORDER BY n) FROM kept") == "0 1 2"
    assert max(seconds) < 10


def test_it_comes_back_while_an_old_backend_is_still_busy(database: Postgres) -> None:
    with psycopg.connect(database.urls().owner) as busy:
        backend = busy.info.backend_pid
        os.kill(backend, signal.SIGSTOP)
        os.kill(database.pid() or 0, signal.SIGKILL)
        wake = subprocess.Popen(["sh", "-c", f"sleep 1; kill -CONT {backend}"])

        database.start()

    wake.wait()
    assert ask(database.urls().app, "SELECT 1") == "1"


def leave_locks(settled: Path, pid: int) -> Postgres:
    """What a crash leaves: both lock files, with a number that now means somebody else."""
    database = Postgres(settled).start()
    lock, socket = database.data / "postmaster.pid", leftovers.socket_of(database.data)
    assert socket is not None
    lines, account = lock.read_text().splitlines(), lock.stat()
    database.stop()
    socket.mkdir(mode=0o700)
    for file, rest in ((lock, lines[1:]), (socket / ".s.PGSQL.5432.lock", [str(database.data), "0", "5432"])):
        file.write_text("\n".join([str(pid), *rest]) + "\n")
        os.chown(file, account.st_uid, account.st_gid)
    os.chown(socket, account.st_uid, account.st_gid)
    return database


def test_a_lock_held_by_a_zombie_is_let_go(settled: Path) -> None:
    zombie = subprocess.Popen(["true"])
    while "Z" not in Path(f"/proc/{zombie.pid}/stat").read_text().rsplit(")")[1]:
        time.sleep(0.01)

    with leave_locks(settled, zombie.pid) as database:
        answer = ask(database.urls().app, "SELECT 1")

    zombie.wait()
    assert answer == "1"


def test_a_lock_whose_number_was_given_to_a_stranger_is_let_go(settled: Path) -> None:
    with leave_locks(settled, os.getpid()) as database:
        answer = ask(database.urls().app, "SELECT 1")

    assert answer == "1"


def test_a_lock_whose_number_was_given_to_another_cluster_is_let_go(settled: Path, empty: Path) -> None:
    with Postgres(empty) as other, leave_locks(settled, other.pid() or 0) as database:
        answer = ask(database.urls().app, "SELECT 1")

        assert answer == "1"
        assert other.pid() != database.pid()


def test_a_torn_lock_is_let_go(settled: Path) -> None:
    (settled / "pg18" / "postmaster.pid").write_text("")

    with Postgres(settled) as database:
        answer = ask(database.urls().app, "SELECT 1")

    assert answer == "1"


def test_a_server_whose_keeper_was_killed_is_adopted_and_can_be_stopped(settled: Path) -> None:
    orphan = int(in_a_child(settled, "import os; print(p.pid(), flush=True); os._exit(9)").stdout)

    adopted = Postgres(settled).start()
    same = adopted.pid()
    adopted.stop()

    assert same == orphan
    assert not leftovers.serves(orphan, adopted.data)


def test_where_there_is_no_proc_the_server_is_known_by_its_words(database: Postgres) -> None:
    pid = database.pid() or 0

    state, words = leftovers.seen_by_ps(pid)

    assert state != "Z"
    assert Path(words[0]).name == "postgres"
    assert str(database.data) in words
    assert leftovers.seen_by_ps(2**22 + 1) == ("", [])


def test_a_guest_leaves_the_server_running(database: Postgres) -> None:
    guest = Postgres(database.home).start()

    guest.stop()

    assert not guest.keeper
    assert ask(database.urls().app, "SELECT 1") == "1"


def test_the_last_to_leave_stops_the_server(settled: Path) -> None:
    keeper, guest = Postgres(settled).start(), Postgres(settled).start()
    pid = keeper.pid() or 0

    keeper.stop()

    assert ask(guest.urls().app, "SELECT 1") == "1"
    guest.stop()
    assert not leftovers.serves(pid, settled / "pg18")


def test_many_come_and_go_at_once_and_nothing_is_left_running(settled: Path) -> None:
    visit = "import psycopg; psycopg.connect(p.urls().app).close(); p.stop()"
    visitors = [
        subprocess.Popen([sys.executable, "-c", START + visit, settled], cwd="/", stderr=subprocess.PIPE)
        for _ in range(8)
    ]

    told = [visitor.communicate()[1] for visitor in visitors]

    assert told == [b""] * 8
    assert leftovers.postmaster_of(settled / "pg18") is None


def test_a_clean_stop_leaves_nothing_behind(settled: Path) -> None:
    database = Postgres(settled).start()
    folder = leftovers.socket_of(database.data)
    pid = database.pid() or 0

    database.stop()

    state = subprocess.run(
        [cluster_place.in_the_wheel() / "bin" / "pg_controldata", database.data],
        capture_output=True,
        text=True,
    ).stdout
    assert "shut down" in state
    assert not leftovers.serves(pid, database.data)
    assert not (database.data / "postmaster.pid").exists()
    assert folder is not None
    assert not folder.exists()


def test_a_beginning_killed_half_way_is_begun_again(empty: Path) -> None:
    child = subprocess.Popen([sys.executable, "-c", START, empty], cwd="/", start_new_session=True)
    while not list(empty.glob("pg18.half-*/base")):
        time.sleep(0.002)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    said: list[str] = []

    with Postgres(empty, said.append) as database:
        answer = ask(database.urls().app, "SELECT 1")

    assert answer == "1"
    assert "halvfærdig" in said[0]
    assert list(empty.glob("*.half-*")) == []


def test_a_folder_that_is_no_whole_database_is_explained_and_kept(empty: Path) -> None:
    (empty / "pg18").mkdir(parents=True)
    (empty / "pg18" / "photo").write_text("mine")

    with pytest.raises(Trouble, match="ikke en hel database"):
        Postgres(empty).start()

    assert (empty / "pg18" / "photo").read_text() == "mine"


def test_lost_passwords_are_explained(settled: Path) -> None:
    kept = settled / "database-passwords.json"
    aside = kept.rename(settled / "aside")

    with pytest.raises(Trouble, match="Adgangskoderne til databasen mangler"):
        Postgres(settled).start()

    aside.rename(kept)


def test_passwords_of_another_database_are_explained_and_nothing_is_left_running(settled: Path) -> None:
    kept = settled / "database-passwords.json"
    right = kept.read_text()
    kept.write_text(right.replace('_super": "', '_super": "x'))

    with pytest.raises(Trouble, match="afviser adgangskoden"):
        Postgres(settled).start()

    kept.write_text(right)
    assert leftovers.postmaster_of(settled / "pg18") is None


def test_a_home_that_cannot_be_written_is_explained(empty: Path) -> None:
    in_the_way = empty.parent / "file"
    in_the_way.write_text("")

    with pytest.raises(Trouble, match="kan ikke skrives"):
        Postgres(in_the_way / "home").start()


def test_a_full_disk_is_told_before_beginning(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_place, "ROOM_TO_BEGIN_MB", 10**9)

    with pytest.raises(Trouble, match="MB ledig"):
        Postgres(empty).start()

    assert list(empty.glob("pg18*")) == []


@pytest.fixture
def small_disk() -> Iterator[Path]:
    """70 MB of memory as a disk: enough to begin on, soon full."""
    folder = Path(tempfile.mkdtemp(prefix="brobygger-test-"))
    options = ["mount", "-t", "tmpfs", "-o", "size=70m,mode=755", "none", str(folder)]
    if not IS_ROOT or subprocess.run(options, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("no right to mount a small disk here")
    yield folder
    subprocess.run(["umount", folder], check=True)
    folder.rmdir()


def test_a_disk_that_fills_while_the_database_is_made_is_told(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_place, "ROOM_TO_BEGIN_MB", 0)
    (small_disk / "filler").write_bytes(bytes(50 * 2**20))

    with pytest.raises(Trouble, match="er fuld"):
        Postgres(small_disk / "home").start()

    assert list((small_disk / "home").glob("pg18*")) == []


def test_a_disk_that_is_full_at_the_next_start_is_told_and_tidying_is_enough(
    small_disk: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_place, "ROOM_TO_BEGIN_MB", 0)
    database = Postgres(small_disk / "home").start()
    os.kill(database.pid() or 0, signal.SIGKILL)
    database.pid()
    fill(small_disk / "filler")

    with pytest.raises(Trouble, match="er fuld"):
        database.start()

    (small_disk / "filler").unlink()
    with Postgres(small_disk / "home") as again:
        assert ask(again.urls().app, "SELECT 1") == "1"


def fill(file: Path) -> None:
    subprocess.run(["dd", "if=/dev/zero", f"of={file}", "bs=64k"], capture_output=True)


@as_root
def test_as_root_the_server_is_somebody_else(database: Postgres) -> None:
    uid = Path(f"/proc/{database.pid()}").stat().st_uid

    assert uid != 0


@as_root
def test_as_root_a_closed_home_keeps_its_doors_and_the_database_lies_elsewhere(empty: Path) -> None:
    empty.parent.chmod(0o700)
    said: list[str] = []

    with Postgres(empty, said.append) as database:
        answer = ask(database.urls().app, "SELECT 1")
        place = database.place

    assert answer == "1"
    assert stat.S_IMODE(empty.parent.stat().st_mode) == 0o700
    assert place.parent == Path(tempfile.gettempdir())
    assert "lukket for andre end root" in said[0]
    with Postgres(empty) as again:
        assert again.place == place


def test_a_passing_home_is_not_given_a_lasting_place() -> None:
    passing = Path(tempfile.gettempdir())

    assert cluster_place.elsewhere(passing / "home") == passing
    assert cluster_place.elsewhere(Path("/root/brobygger")) == Path("/var/lib")


@as_root
def test_a_place_is_forgotten_when_its_passing_home_is_gone_and_not_before(empty: Path) -> None:
    place = empty.parent / f"{cluster_place.PLACE_NAME}1"
    place.mkdir()
    (place / "home").write_text(f"{empty}\n")

    gone = cluster_place.abandoned(empty.parent)
    empty.mkdir()

    assert gone == [(place, empty)]
    assert cluster_place.abandoned(empty.parent) == []


@as_root
def test_as_root_programs_in_a_closed_folder_are_copied_to_where_they_can_be_run(
    empty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = empty.parent / "closed"
    closed.mkdir(mode=0o700)
    package = cluster_place.in_the_wheel().parent
    shutil.copytree(package / "pginstall18", closed / package.name / "pginstall18", symlinks=True)
    shutil.copytree(f"{package}.libs", closed / f"{package.name}.libs")
    monkeypatch.setattr(cluster_place, "in_the_wheel", lambda: closed / package.name / "pginstall18")

    with Postgres(empty) as database:
        answer = ask(database.urls().app, "SELECT 1")

    assert answer == "1"
    assert list(empty.glob("programs-*/*/pginstall18/bin/postgres"))


@as_root
def test_a_socket_folder_laid_out_by_a_stranger_is_refused(empty: Path) -> None:
    account = cluster_place.account_for(empty)
    folder = cluster_place.socket_folder(empty / "pg18", account)
    os.chown(folder, 12345, 12345)

    with pytest.raises(Trouble, match="ikke os"):
        Postgres(empty).start()

    folder.rmdir()
    assert leftovers.postmaster_of(empty / "pg18") is None


@as_root
def test_an_unknown_user_to_run_as_is_explained(empty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROBYGGER_PG_USER", "nobody-we-know")

    with pytest.raises(Trouble, match="findes ikke på maskinen"):
        Postgres(empty).start()


@as_root
def test_an_ordinary_user_can_do_the_same(empty: Path) -> None:
    empty.parent.chmod(0o777)

    told = as_somebody(
        pwd.getpwnam("nobody").pw_uid,
        empty,
        "import os, signal; os.kill(p.pid(), 9); p.start(); print(p.keeper, os.geteuid(), p.place == p.home);"
        " p.stop(); print(p.pid())",
    )

    assert told.stderr == ""
    assert told.stdout.split() == ["True", "65534", "True", "None"]
    assert stat.S_IMODE(empty.stat().st_mode) == 0o700


@as_root
def test_a_user_without_a_name_is_told_what_to_do(empty: Path) -> None:
    empty.parent.chmod(0o777)

    told = as_somebody(12345, empty, "")

    assert "har intet navn på maskinen" in told.stderr


@as_root
def test_an_ordinary_user_is_told_that_the_database_is_not_theirs(empty: Path) -> None:
    empty.mkdir()
    empty.chmod(0o777)
    (empty / "pg18").mkdir()

    told = as_somebody(12345, empty, "")

    assert "tilhører en anden bruger (root)" in told.stderr
