"""How many questions a page asks the database, and how large it is. Needs Django; see `inside`."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test import Client

from brobygger.accounts.models import Membership


def counted(who: str, paths: Sequence[str]) -> list[tuple[str, int, int]]:
    """Path, queries with sign-in and scope, bytes. `who` is a member of the cast of a demo."""
    client = Client(REMOTE_ADDR="127.0.0.1")
    member = Membership.objects.get(name=who)
    client.post("/ind/", {"membership": str(member.pk), "once": str(uuid4())})
    return [_of(client, path) for path in paths]


def _of(client: Client, path: str) -> tuple[str, int, int]:
    client.get(path)  # what is remembered by the process is remembered now
    with _asked() as queries:
        answer = client.get(path, HTTP_ACCEPT_LANGUAGE="da")
    return path, len(queries), len(answer.content)


@contextmanager
def _asked() -> Iterator[list[str]]:
    queries: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        queries.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield queries
