"""Files read one by one, each in a process of its own whose memory and time are measured by the kernel.

`python -m tests.rooms.offers.read_apart FILE …` prints, as JSON, a list of fault, what, peak (MB), seconds.
"""

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any

TODAY = date(2026, 11, 24)


def outcome(path: Path) -> dict[str, Any]:
    """What the reading came to: a refusal with its sentence, or how many rows were accounted for."""
    from brobygger.offers.importing import faults
    from brobygger.offers.importing.limits import confined
    from brobygger.offers.importing.rows import Refused
    from brobygger.offers.importing.shaping import shaped
    from brobygger.offers.importing.source import preview, read_source

    names = {fault: name for name, fault in vars(faults).items() if isinstance(fault, faults.Fault)}
    try:
        with confined(path):
            preview(path)  # as the page does first
            source = read_source(path, say=lambda _: None)
            book = shaped(source, today=TODAY)
    except Refused as refused:
        return {"fault": names[refused.finding.fault], "what": str(refused)[:300]}
    told = sorted({names[finding.fault] for finding in book.findings})
    return {
        "fault": "",
        "what": f"{book.saved.total()} saved, {book.reported.total()} reported",
        "told": told,
    }


def measured(path: Path) -> dict[str, Any]:
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        os.close(reader)
        with os.fdopen(writer, "w") as told:
            json.dump(outcome(path), told)
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader) as heard:
        text = heard.read()
    _pid, status, used = os.wait4(child, 0)
    found = json.loads(text) if text else {"fault": "DIED", "what": f"status {status}"}
    return found | {"peak": used.ru_maxrss / 1024, "seconds": used.ru_utime + used.ru_stime}


if __name__ == "__main__":
    import django

    django.setup()
    from brobygger.offers.importing import limits, shaping, source  # noqa: F401 - before the first fork

    print(json.dumps([measured(Path(name)) for name in sys.argv[1:]]))
