"""The process that reads a file somebody handed in: `python -m brobygger.offers.apart HOUSE ORDER`.

A file may be hostile, so it is read here, with bounds on memory and time, and not where pages are made. What
it says on standard output, a line at a time, is how far it has come. Killed, it leaves nothing half saved.
"""

import logging
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from uuid import UUID

LONGEST = 3_600.0  # seconds for one file, with the saving
SIGN_OF_LIFE = 20.0  # seconds between two, while nothing is said
TIMED_OUT = -14

log = logging.getLogger(__name__)


def read(organisation: UUID, order: UUID) -> None:
    """Start that process and follow it to its end. If it dies, the order is refused and says so."""
    from django.utils import timezone

    from brobygger.offers import orders
    from brobygger.offers.importing import faults
    from brobygger.offers.importing.rows import Refused

    words = [sys.executable, "-m", "brobygger.offers.apart", str(organisation), str(order)]
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, stdin=subprocess.DEVNULL) as running:  # noqa: S603
        code = _followed(running, lambda said: orders.tell(organisation, order, said, at=timezone.now()))
    if code:
        log.warning("reading order %s ended with %s", order, code)
        fault = faults.TOO_SLOW if code == TIMED_OUT else faults.READER_DIED
        orders.refuse(organisation, order, Refused(fault, where="", limit=round(LONGEST), code=code))


def _followed(running: "subprocess.Popen[str]", tell: Callable[[str], None]) -> int:
    """Pass on what it says until it ends, with a sign of life now and then; the answer is how it ended."""
    said, begun, told_at = [""], time.monotonic(), 0.0

    def listen() -> None:
        for line in running.stdout or ():
            said.append(line.strip())

    listener = threading.Thread(target=listen, daemon=True)
    listener.start()
    while running.poll() is None:
        now = time.monotonic()
        if now - begun > LONGEST:
            running.kill()
            running.wait()
            return TIMED_OUT
        if len(said) > 1 or now - told_at > SIGN_OF_LIFE:
            del said[:-1]
            tell(said[0])
            told_at = now
        time.sleep(0.2)
    listener.join()
    return running.returncode


def main(organisation: UUID, order: UUID) -> int:
    from brobygger.offers import orders
    from brobygger.offers.importing.limits import confined

    orders.work(organisation, order, say=lambda sentence: print(sentence, flush=True), guard=confined)
    return 0


if __name__ == "__main__":
    import django

    django.setup()
    raise SystemExit(main(UUID(sys.argv[1]), UUID(sys.argv[2])))
