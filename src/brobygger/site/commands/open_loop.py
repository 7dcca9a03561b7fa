"""A generator of load in a process of its own: calls begin when the plan says so, whatever the answers do.

`python -m brobygger.site.commands.open_loop` reads plans as JSON on stdin and writes what it measured. A call
is timed from the moment it should have begun, so that waiting in our own queue counts as waiting: a closed
loop would ask less of a slow server and then call it quick.
"""

import http.client
import json
import queue
import sys
import threading
import time
from dataclasses import asdict, dataclass, field

HANDS = 64  # calls that may be under way at once
TIMEOUT = 60.0


@dataclass(frozen=True, slots=True)
class Plan:
    """`rate` calls a second for `seconds`, to one path, with one cookie."""

    host: str
    port: int
    path: str
    cookie: str
    rate: float
    seconds: float


@dataclass(slots=True)
class Measured:
    """Milliseconds of every call that was answered with 200; the others are counted.

    `late` is how much later than planned our own clock rang, in milliseconds; `busy` is the share of one
    processor that the generator used.
    """

    times: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)
    wrong: int = 0
    busy: float = 0.0


def run(plan: Plan) -> Measured:
    measured, waiting = Measured(), queue.SimpleQueue[float | None]()
    hands = [threading.Thread(target=_call, args=(plan, waiting, measured)) for _hand in range(HANDS)]
    for hand in hands:
        hand.start()
    began, used = time.perf_counter(), time.process_time()
    for number in range(round(plan.rate * plan.seconds)):
        due = began + number / plan.rate
        time.sleep(max(0.0, due - time.perf_counter()))
        measured.late.append((time.perf_counter() - due) * 1000)
        waiting.put(due)
    for _hand in hands:
        waiting.put(None)
    for hand in hands:
        hand.join()
    measured.busy = (time.process_time() - used) / (time.perf_counter() - began)
    return measured


def _call(plan: Plan, waiting: "queue.SimpleQueue[float | None]", measured: Measured) -> None:
    """One hand: takes what is due, asks, and notes how long it took since it was due."""
    line = http.client.HTTPConnection(plan.host, plan.port, timeout=TIMEOUT)
    while (due := waiting.get()) is not None:
        try:
            line.request("GET", plan.path, headers={"Cookie": plan.cookie, "Accept-Language": "da"})
            answer = line.getresponse()
            answer.read()
            is_well = answer.status == 200
        except (OSError, http.client.HTTPException):
            line.close()
            is_well = False
        if is_well:
            measured.times.append((time.perf_counter() - due) * 1000)
        else:
            measured.wrong += 1
    line.close()


if __name__ == "__main__":
    print(json.dumps([asdict(run(Plan(**told))) for told in json.load(sys.stdin)]))
