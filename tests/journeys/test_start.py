"""Starting, killing and stopping the real thing: `demo` and `serve` as processes in a home of their own."""

import contextlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from brobygger.foundation import leftovers
from brobygger.foundation.postgres import Postgres
from brobygger.site.commands import killing
from brobygger.site.commands.voice import Voice

pytestmark = pytest.mark.slow

LONG = 120.0  # seconds; other tests may be using the same cores
IS_ROOT = os.geteuid() == 0


def clean_environment(**more: str) -> dict[str, str]:
    """Without what the tests' own database has left in ours."""
    ours = ("DATABASE_", "BROBYGGER_", "DJANGO_", "PG")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | more


class Running:
    """One `brobygger demo` or `serve`, and what it has said so far."""

    def __init__(self, *words: str, env: dict[str, str] | None = None) -> None:
        handle, name = tempfile.mkstemp(prefix="brobygger-said-")
        self.said = Path(name)
        with open(handle, "w") as told:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "brobygger.site.commands", *words],
                env=env or clean_environment(),
                stdin=subprocess.DEVNULL,
                stdout=told,
                stderr=told,
                start_new_session=True,
            )

    def text(self) -> str:
        return self.said.read_text()

    def ready(self) -> "Running":
        wait_for(lambda: "\nREADY " in self.text() or self.process.poll() is not None)
        assert "\nREADY " in self.text(), self.text()
        wait_for(lambda: "worker" in self.children())
        return self

    @property
    def port(self) -> int:
        found = re.search(r"^READY http://127\.0\.0\.1:(\d+)$", self.text(), re.MULTILINE)
        assert found, self.text()
        return int(found[1])

    def status(self, path: str) -> int:
        """Status of one page, 0 when nobody answers."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", path)
            return connection.getresponse().status
        return 0

    def children(self) -> dict[str, int]:
        """database, web and worker -> pid."""
        return {_role(words): pid for pid, words in _children(self.process.pid) if "defunct" not in words}

    def stop(self, order: int = signal.SIGTERM) -> int:
        """Exit code after asking it to stop."""
        self.process.send_signal(order)
        return self.process.wait(LONG)

    def end(self) -> None:
        if self.process.poll() is None:
            self.stop()
        self.said.unlink()


Begin = Callable[..., Running]


def _children(parent: int) -> list[tuple[int, str]]:
    told = subprocess.run(
        ["ps", "-ww", "--ppid", str(parent), "-o", "pid=,args="], capture_output=True, text=True
    ).stdout.splitlines()
    return [(int(line.split()[0]), line) for line in told]


def _role(words: str) -> str:
    return "web" if "granian" in words else "worker" if "procrastinate" in words else "database"


def wait_for(happened: Callable[[], bool], seconds: float = LONG) -> float:
    """Seconds until it happened; fails when it does not."""
    began = time.monotonic()
    while not happened():
        assert time.monotonic() - began < seconds, "it did not happen"
        time.sleep(0.05)
    return time.monotonic() - began


@pytest.fixture(scope="module")
def home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="brobygger-test-"))
    folder.chmod(0o755)
    yield folder / "home"
    shutil.rmtree(folder)


@pytest.fixture
def fresh() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="brobygger-test-"))
    folder.chmod(0o755)
    yield folder / "home"
    shutil.rmtree(folder)


@pytest.fixture
def begin() -> Iterator[Begin]:
    """Starts one, and sees to it that none is left, also when the test fails."""
    begun: list[Running] = []

    def one(*words: str, env: dict[str, str] | None = None) -> Running:
        begun.append(Running(*words, env=env))
        return begun[-1]

    yield one
    for running in begun:
        running.end()


@pytest.fixture(scope="module")
def demo(home: Path) -> Iterator[Running]:
    running = Running("demo", "--port", "0", "--home", str(home)).ready()
    yield running
    running.end()


@pytest.mark.feature("SIT-09")
def test_ready_is_said_when_the_front_page_answers(demo: Running) -> None:
    front = demo.status("/")

    assert front == 200
    assert demo.status("/ind/") == 200
    assert f"http://localhost:{demo.port}/ind/" in demo.text()
    assert "Maja" in demo.text()


@pytest.mark.feature("SIT-09")
def test_killed_three_times_each_under_load_nothing_acknowledged_is_lost(demo: Running, home: Path) -> None:
    before = demo.children()

    acknowledged = killing.under_load(f"http://127.0.0.1:{demo.port}", demo.process.pid, Voice())

    found = killing.found_in(home)
    print(f"\nkill -9, nine times: {len(acknowledged)} acknowledged, {len(acknowledged - set(found))} lost")
    assert len(acknowledged) > 50
    assert acknowledged - set(found) == set()
    assert set(found.values()) == {1}
    assert set(before.values()).isdisjoint(demo.children().values())
    assert "Databasen stoppede og startes igen." in demo.text()


def test_a_killed_web_worker_is_replaced(demo: Running) -> None:
    inner = [pid for pid, words in _children(demo.children()["web"]) if "tracker" not in words][-1]

    os.kill(inner, signal.SIGKILL)

    wait_for(lambda: not Path(f"/proc/{inner}").exists())
    wait_for(lambda: demo.status("/ind/") == 200)


def test_a_second_start_with_the_same_home_says_where_the_first_is(
    demo: Running, home: Path, begin: Begin
) -> None:
    second = begin("demo", "--port", "0", "--home", str(home))

    code = second.process.wait(LONG)

    assert code == 2
    assert f"Den kører allerede: åbn http://localhost:{demo.port}" in second.text()


def test_doctor_finds_the_running_one_in_order(demo: Running, home: Path) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "brobygger.site.commands", "doctor", "--home", home],
        env=clean_environment(),
        capture_output=True,
        text=True,
    )

    assert told.returncode == 0, told.stdout
    assert "Databasen er en øveudgave" in told.stdout
    assert "Brobygger kører på" in told.stdout


def test_when_the_keeper_is_killed_the_next_start_adopts_the_database(
    demo: Running, home: Path, begin: Begin
) -> None:
    parts = demo.children()
    demo.process.kill()
    demo.process.wait()
    wait_for(lambda: not Path(f"/proc/{parts['web']}").exists())

    again = begin("demo", "--port", str(demo.port), "--home", str(home)).ready()
    serving = leftovers.postmaster_of(home / "pg18")

    assert serving == parts["database"]
    assert again.status("/ind/") == 200
    assert again.stop() == 0
    assert leftovers.postmaster_of(home / "pg18") is None


@pytest.mark.parametrize("order", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_later_start_is_quick_keeps_the_data_and_ends_clean(
    demo: Running, home: Path, order: int, begin: Begin
) -> None:
    wait_for(lambda: demo.process.poll() is not None or bool(demo.stop() == 0))
    running = begin("demo", "--port", "0", "--home", str(home)).ready()
    parts = running.children()
    seconds = float(re.findall(r"([\d.]+) s  Klar", running.text())[0])

    code = running.stop(order)

    assert code == 0
    assert seconds < 30
    assert "øvekvarteret" not in running.text()
    assert [pid for pid in parts.values() if Path(f"/proc/{pid}").exists()] == []


def test_told_to_stop_while_it_is_still_beginning_it_ends_clean(fresh: Path, begin: Begin) -> None:
    running = begin("demo", "--port", "0", "--home", str(fresh))
    wait_for(lambda: "Gør tabeller" in running.text())

    code = running.stop(signal.SIGINT)

    assert code == 0
    assert "READY" not in running.text()
    assert leftovers.postmaster_of(fresh / "pg18") is None


def test_a_port_in_use_is_told_with_who_has_it(fresh: Path, begin: Begin) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        running = begin("demo", "--port", str(taken.getsockname()[1]), "--home", str(fresh))
        code = running.process.wait(LONG)

    assert code == 2
    assert "er allerede i brug af" in running.text()
    assert f"proces {os.getpid()}" in running.text()
    assert not (fresh / "pg18").exists()


@pytest.mark.parametrize(
    ("url", "code", "sentence"),
    [
        ("mysql://app:x@h/bro", 2, "DATABASE_URL skal begynde med postgresql://"),
        ("postgresql://app:x@127.0.0.1:1/bro", 3, "der er ingen database på 127.0.0.1:1"),
        ("postgresql://app:x@db.invalid/bro", 3, "værten db.invalid findes ikke"),
    ],
)
def test_a_wrong_database_url_is_told(fresh: Path, url: str, code: int, sentence: str, begin: Begin) -> None:
    running = begin("demo", "--port", "0", "--home", str(fresh), env=clean_environment(DATABASE_URL=url))

    ended = running.process.wait(LONG)

    assert ended == code
    assert sentence in running.text()
    assert "Traceback" not in running.text()


def test_an_ordinary_server_works_by_the_same_code_and_keeps_its_kind(fresh: Path, begin: Begin) -> None:
    with Postgres(fresh.parent / "server") as server:
        urls = {"DATABASE_URL": server.urls().app, "DATABASE_OWNER_URL": server.urls().owner}
        live = begin(
            "serve", "--port", str(free_port()), "--home", str(fresh), env=clean_environment(**urls)
        ).ready()
        front = live.status("/")
        live.stop()
        with psycopg.connect(server.urls().app) as connection:
            kind = connection.execute("SELECT kind FROM foundation_installation").fetchone()
        demo = begin("demo", "--port", "0", "--home", str(fresh), env=clean_environment(**urls))
        refused = demo.process.wait(LONG)
        privileged = {"DATABASE_URL": server.superuser_url("brobygger")}
        super_ = begin(
            "serve", "--port", str(free_port()), "--home", str(fresh), env=clean_environment(**privileged)
        )
        refused_super = super_.process.wait(LONG)

    assert (front, kind) == (200, ("live",))
    assert refused == 4
    assert "Databasen er i drift" in demo.text()
    assert refused_super == 3
    assert "er superbruger" in super_.text()
    assert not (fresh / "pg18").exists()


def test_serve_refuses_the_database_of_a_demo(demo: Running, home: Path, begin: Begin) -> None:
    wait_for(lambda: demo.process.poll() is not None or bool(demo.stop() == 0))

    serve = begin("serve", "--port", str(free_port()), "--home", str(home))

    assert serve.process.wait(LONG) == 4
    assert "øveudgave" in serve.text()


def test_serve_on_a_network_demands_tls(fresh: Path, begin: Begin) -> None:
    serve = begin("serve", "--bind", "0.0.0.0", "--home", str(fresh))

    code = serve.process.wait(LONG)

    assert code == 2
    assert "bag TLS" in serve.text()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as found:
        return int(found.getsockname()[1])


def test_the_note_of_a_dead_one_is_not_believed(fresh: Path) -> None:
    from brobygger.site.commands.home import Tenancy, running

    fresh.mkdir()
    (fresh / "running.lock").touch()
    (fresh / "running.json").write_text(json.dumps({"address": "http://localhost:1", "pid": 1}))

    tenancy = Tenancy(fresh)

    assert running(fresh) is None
    tenancy.end()
