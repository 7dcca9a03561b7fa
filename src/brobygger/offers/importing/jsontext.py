"""JSON from strangers: depth measured before it is parsed, mistakes named by line and column. Pure."""

import json
import re
from typing import Any, NoReturn

from brobygger.offers.importing import faults
from brobygger.offers.importing.rows import Refused

DEEPEST = 64
BRACKETS = re.compile(r'"(?:[^"\\]++|\\.)*+"|[\[\]{}]', re.DOTALL)


def parsed(text: str, where: str) -> Any:
    """The content, or `Refused` saying where it breaks.

    >>> parsed('{"id": 1}', "a.json")
    {'id': 1}
    """
    if _depth(text) > DEEPEST:
        raise Refused(faults.TOO_DEEP, where=where, limit=DEEPEST)
    try:
        return json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        raise Refused(
            faults.BROKEN_JSON, where=where, line=error.lineno, column=error.colno, error=error.msg
        ) from None
    except ValueError as error:  # NaN, or a number of more than 4,300 digits
        raise Refused(faults.BROKEN_JSON, where=where, line=1, column=1, error=str(error)[:100]) from None


def _depth(text: str) -> int:
    """How deep the brackets go, without leaning on the stack. Brackets inside texts do not count."""
    depth = deepest = 0
    for found in BRACKETS.finditer(text):
        if found[0] in "[{":
            depth += 1
            deepest = max(deepest, depth)
        elif found[0] in "]}":
            depth -= 1
    return deepest


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} er ikke JSON")
