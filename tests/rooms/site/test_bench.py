"""The bench of pages: its arithmetic, its generator, the ways it finds. The whole is run by hand."""

import http.server
import threading
import time
from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from brobygger.residents.models import Need
from brobygger.site.commands import bench_web, open_loop
from brobygger.site.commands.bench_web import Row, found_paths
from brobygger.site.commands.open_loop import Measured, Plan
from tests.people import Cast
from tests.rooms.bridging import stories


class Slow(http.server.BaseHTTPRequestHandler):
    """Answers after a while, one at a time where the server has one thread."""

    def do_GET(self) -> None:
        time.sleep(0.05)
        self.send_response(200 if self.path == "/" else 500)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def slow_port() -> Iterator[int]:
    with http.server.HTTPServer(("127.0.0.1", 0), Slow) as server:
        serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        serving.start()
        yield server.server_port
        server.shutdown()
        serving.join()


@pytest.mark.slow
def test_waiting_behind_a_slow_server_counts_as_waiting(slow_port: int):
    """A closed loop would have called each of these 50 ms."""
    measured = open_loop.run(Plan("127.0.0.1", slow_port, "/", "", rate=100, seconds=0.1))

    assert len(measured.times) == 10
    assert max(measured.times) > 300
    assert measured.wrong == 0


def test_calls_that_are_not_answered_well_are_counted_apart(slow_port: int):
    measured = open_loop.run(Plan("127.0.0.1", slow_port, "/broken", "", rate=100, seconds=0.02))

    assert (measured.times, measured.wrong) == ([], 2)


@pytest.mark.parametrize(("late", "busy", "limit"), [(1.0, 0.1, False), (50.0, 0.1, True), (1.0, 0.9, True)])
def test_it_says_when_the_generator_was_the_limit(late: float, busy: float, limit: bool):
    row = Row("Tilbud", 50, Measured(times=[5.0], late=[late], busy=busy))
    told = bench_web.page({"Tilbud": "/tilbud/"}, {"/tilbud/": (7, 12_000)}, [row], load=0.1)

    assert row.generator_was_the_limit is limit
    assert ("The generator itself was the limit for: Tilbud at 50/s" in told) is limit
    assert f"| Tilbud{' *' if limit else ''} | 7 | 12 | 50 | 5 | 5 | 5 | 0 |" in told


def test_a_machine_with_other_work_is_said_to_have_it():
    assert "Others worked" in bench_web.machine(load=3.0)
    assert "otherwise idle" in bench_web.machine(load=0.1)


class Through:
    """A visitor that asks the pages without a network."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def get(self, path: str) -> str:
        return self.client.get(path).content.decode()


def test_all_ten_pages_are_found_by_links(as_member: Callable[..., Client], in_house: Cast):
    stories.sent(in_house)
    need = in_house.need
    Need.objects.create(
        resident=need.resident, words="svømning", theme=need.theme, owner=need.owner,
        next_step="spørg", next_step_on=need.next_step_on, opened_at=need.opened_at,
    )  # fmt: skip
    paths = found_paths(Through(as_member(in_house.maja)))  # type: ignore[arg-type]

    assert len(set(paths.values())) == 10
