"""How far each chain has come, kept outside the database: whoever rewrites that cannot rewrite this.

One file a house in `heads/` of the home, one line a day, only ever added to. Copy the folder to another
machine now and then: a thief of both can still rewrite both.
"""

import os
from datetime import datetime
from pathlib import Path
from uuid import UUID

from django.conf import settings

from brobygger.foundation import chain, scope
from brobygger.foundation.chain import Break, Head


def folder() -> Path:
    return Path(settings.BROBYGGER_HOME) / "heads"


def publish(at: datetime) -> Head | None:
    """Write the open house's head into its file, unless it stands there already. None if nothing is new."""
    organisation, head = scope.current().organisation, chain.head()
    if organisation is None or head is None or head in published(organisation):
        return None
    folder().mkdir(parents=True, exist_ok=True)
    with _file(organisation).open("a", encoding="utf-8") as file:
        file.write(f"{at.isoformat()} {head.seq} {head.digest}\n")
        file.flush()
        os.fsync(file.fileno())
    return head


def published(organisation: UUID) -> list[Head]:
    """The heads of one house as they stand outside. A line that is no head raises ValueError."""
    file = _file(organisation)
    if not file.exists():
        return []
    lines = [line.split() for line in file.read_text(encoding="utf-8").splitlines()]
    return [Head(int(seq), digest) for _at, seq, digest in lines]


def checked(organisation: UUID) -> tuple[Head | None, Break | None]:
    """How far one house's chain has come, and the first place where it or its published heads do not hold."""
    with scope.organisation_scope(organisation):
        return chain.head(), chain.first_break(published(organisation))


def _file(organisation: UUID) -> Path:
    return folder() / f"{organisation}.txt"
