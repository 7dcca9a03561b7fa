"""How every room forgets and hands out what it holds about one resident."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from brobygger.foundation.looks import Look
from brobygger.foundation.sockets import Socket

# resident id -> number of rows emptied or removed
erasers = Socket[Callable[[UUID], int]]("erasers")
# resident id -> rows as plain values
exporters = Socket[Callable[[UUID], list[dict[str, Any]]]]("exporters")
# table label -> months kept and why
retention = Socket[tuple[int, str]]("retention")
# looks -> those that a room can explain, each with its reason in Danish (marked for translation)
explanations = Socket[Callable[[list[Look]], dict[Look, str]]]("explanations")
