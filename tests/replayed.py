"""The cast again without making it again. Most tests want it, and to ask the database sixty things each time
is a quarter of what they take; so what was asked the first time is asked again in one breath.
"""

import pickle
from collections.abc import Callable
from typing import Any

import psycopg
from django.db import connection

from tests.people import Cast, build_cast


class Replayed:
    """The statements that made the cast, and the cast as it was made."""

    def __init__(self) -> None:
        self._statements: list[str] = []
        self._made = b""

    def cast(self) -> Cast:
        """In an open transaction. The same keys each time; the rows are real, and so is what they trigger."""
        if self._made:
            connection.connection.execute("; ".join(self._statements))
        else:
            with connection.execute_wrapper(self._listen):
                self._made = pickle.dumps(build_cast())
        made: Cast = pickle.loads(self._made)  # noqa: S301 - our own, a moment old
        return made

    def _listen(self, execute: Callable[..., Any], asked: str, values: Any, *rest: Any) -> Any:
        mouth = psycopg.ClientCursor(connection.connection)
        self._statements.append(mouth.mogrify(asked, values))
        return execute(asked, values, *rest)
