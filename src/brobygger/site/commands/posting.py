"""`brobygger drill D7`: many messages, a bad gateway, and workers that are killed while they send.

The gateway is a small web server in the drill itself. It refuses some, takes some and loses its answer, and
refuses the poisoned for good. With our key it delivers a message once; the control ignores keys.
"""

import contextlib
import os
import random
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import django

from brobygger.site.commands.drilling import Verdict, run_apart

WORKERS, REFUSES, LOSES = 4, 0.10, 0.10
KIND, JOB, GATEWAY, POISON = "drill", "drill.dispatch", "BROBYGGER_DRILL_GATEWAY", "gift"
WORK = "import sys; from brobygger.site.commands import posting; sys.exit(posting.work())"
PATIENCE = 1_200.0


def run(home: Path) -> int:
    del home
    return run_apart("posting")


class Gateway:
    """What has arrived: with `honours_keys` a key counts once, else every call is a message of its own."""

    def __init__(self, *, honours_keys: bool, seed: int = 7) -> None:
        self.honours_keys, self.arrived = honours_keys, Counter[str]()
        self._chance, self._lock = random.Random(seed), threading.Lock()  # noqa: S311 - a drill's dice

    def take(self, key: str, to: str) -> int:
        """The status to answer with; 0 to lose the answer."""
        with self._lock:
            if to == POISON:
                return 422
            fate = self._chance.random()
            if fate < REFUSES:
                return 503
            if not (self.honours_keys and self.arrived[key]):
                self.arrived[key] += 1
            return 0 if fate < REFUSES + LOSES else 200


@contextlib.contextmanager
def _open(gateway: Gateway) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            to = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status = gateway.take(self.headers["Idempotency-Key"], to)
            if status:
                self.send_response(status)
                self.end_headers()
            else:
                self.close_connection = True

        def log_message(self, *_words: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


def drill(verdict: Verdict, *, count: int, poison: int, kills: int) -> None:
    """With keys, and once more on a gateway that takes none."""
    from brobygger.foundation.outbox import MessageState

    states, arrived = _posted(Gateway(honours_keys=True), count, poison, kills)
    lost = [key for key, state in states.items() if state == MessageState.SENT and not arrived[key]]
    doubled = sum(times > 1 for times in arrived.values())
    told = Counter(states.values())
    verdict.tell(f"{count} beskeder, {WORKERS} arbejdere, {kills} slået ihjel: {dict(told)}")
    if told[MessageState.WAITING]:
        verdict.not_run(f"{told[MessageState.WAITING]} ventede endnu, da tiden var gået")
        return
    sent = count - poison
    verdict.promise(
        not lost and len(arrived) == told[MessageState.SENT] == sent, f"{sent - len(arrived)} tabt"
    )
    verdict.promise(not doubled, f"{doubled} sendt to gange, når porten kender vores nøgle")
    verdict.promise(
        told[MessageState.FAILED] == poison, f"{told[MessageState.FAILED]} af {poison} giftige lagt frem"
    )
    _states, arrived = _posted(Gateway(honours_keys=False), count, poison, kills)
    doubled = sum(times > 1 for times in arrived.values())
    verdict.control(doubled > 0, f"uden nøgler kom {doubled} to gange")


def _posted(gateway: Gateway, count: int, poison: int, kills: int) -> tuple[dict[str, str], Counter[str]]:
    """Post everything in a new house with killed workers. Message -> its state, and what arrived."""
    from brobygger.foundation.outbox import MessageState, OutboxMessage
    from brobygger.foundation.scope import organisation_scope

    house = uuid4()
    _register()
    _write(house, count, poison)
    with _open(gateway) as address, _workers(address) as workers:
        _until_posted(house, workers, kills)
    with organisation_scope(house):
        states = {str(key): state for key, state in OutboxMessage.objects.values_list("pk", "state")}
    return {key: MessageState(state) for key, state in states.items()}, gateway.arrived


def _write(house: UUID, count: int, poison: int) -> None:
    """The acts: each message with its job in one transaction. Every third job is then lost by the queue."""
    from django.utils import timezone

    from brobygger.foundation.jobs import later
    from brobygger.foundation.outbox import OutboxMessage
    from brobygger.foundation.scope import organisation_scope

    now = timezone.now()
    for number in range(count):
        with organisation_scope(house):
            made = OutboxMessage.objects.create(
                about_kind=KIND,
                about_id=uuid4(),
                what="drill",
                channel="drill",
                to=POISON if number < poison else "nogen",
                made_at=now,
                use_by=now + timedelta(days=3),
            )
            if number % 3:
                later(JOB, organisation=str(house), message=str(made.pk))


@contextlib.contextmanager
def _workers(address: str) -> Iterator[list[subprocess.Popen[bytes]]]:
    workers = [_worker(address) for _number in range(WORKERS)]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()


def _worker(address: str) -> subprocess.Popen[bytes]:
    env = {**os.environ, GATEWAY: address}
    quiet = subprocess.DEVNULL
    return subprocess.Popen([sys.executable, "-c", WORK], env=env, stdout=quiet, stderr=quiet)  # noqa: S603


def _until_posted(house: UUID, workers: list[subprocess.Popen[bytes]], kills: int) -> None:
    """Sweep with a clock that runs ahead, and kill a worker each time some have been sent."""
    from django.utils import timezone

    from brobygger.foundation import outbox
    from brobygger.foundation.outbox import MessageState, OutboxMessage
    from brobygger.foundation.scope import organisation_scope

    until, ahead, killed, most = time.monotonic() + PATIENCE, timedelta(), 0, 0
    while time.monotonic() < until:
        ahead += timedelta(minutes=6)
        outbox.sweep(house, timezone.now() + ahead)
        time.sleep(0.7)
        with organisation_scope(house):
            left = OutboxMessage.objects.filter(state=MessageState.WAITING).count()
        most = max(most, left)
        if killed < kills and left < most * (1 - killed / (kills + 1)):
            _kill_one(workers, killed % WORKERS)
            killed += 1
        if not left:
            return


def _kill_one(workers: list[subprocess.Popen[bytes]], number: int) -> None:
    from_env = dict(line.split(b"=", 1) for line in _environ(workers[number].pid))
    workers[number].send_signal(signal.SIGKILL)
    workers[number].wait()
    workers[number] = _worker(from_env[GATEWAY.encode()].decode())


def _environ(pid: int) -> list[bytes]:
    return [line for line in Path(f"/proc/{pid}/environ").read_bytes().split(b"\0") if b"=" in line]


def work() -> int:
    """A worker's whole life, in a process of its own."""
    django.setup()
    from django.core.management import call_command

    _register()
    call_command("procrastinate", "worker", "--concurrency", "1", "--fetch-job-polling-interval", "0.2")
    return 0


def _register() -> None:
    """The drill's own job and adapter; nowhere else are they known."""
    from django.conf import settings
    from django.utils import timezone
    from procrastinate.contrib.django import app

    from brobygger.foundation import outbox
    from brobygger.foundation.outbox import MessageState, OutboxMessage
    from brobygger.foundation.sockets import Carrier, carriers

    if KIND in dict(carriers):
        return

    @app.task(name=JOB)
    def dispatch(*, organisation: str, message: str) -> None:
        with outbox.tried(UUID(organisation), message):
            row = (
                OutboxMessage.objects.select_for_update()
                .filter(pk=message, state=MessageState.WAITING)
                .first()
            )
            if row is not None:
                outbox.deliver(row, subject="x", text="y", at=timezone.now())

    def to_gateway(message: Any, subject: str, text: str) -> None:
        del subject, text
        head = {"Idempotency-Key": str(message.pk)}
        call = urllib.request.Request(os.environ[GATEWAY], message.to.encode(), head, method="POST")  # noqa: S310
        try:
            urllib.request.build_opener(urllib.request.ProxyHandler({})).open(call, timeout=10).close()
        except urllib.error.HTTPError as answer:
            raise (outbox.NoSuchAddress("422") if answer.code == 422 else outbox.NotNow("503")) from None

    carriers.plug(KIND, Carrier(job=JOB))
    outbox.ADAPTERS["drill"] = to_gateway
    settings.BROBYGGER_OUTBOX = "drill"


def main() -> int:
    django.setup()
    verdict = Verdict("D7")
    drill(verdict, count=1500, poison=15, kills=8)
    return verdict.end()
