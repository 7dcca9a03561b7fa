"""Every page a role can come to by links, with its size and its queries. Run inside a demo: no browser."""

import json
import re
import sys
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from html import unescape
from typing import Any
from urllib.parse import urljoin, urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import connection
from django.test import Client

from brobygger.accounts.models import Membership

UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")
LINK = re.compile(r'<a\b[^>]*\bhref="([^"#]+)')
# Who is signed in and which scope is open: counted apart (FOUNDATION 17).
SIGN_IN = re.compile(
    r'django_session|set_config|SAVEPOINT|FROM "accounts_membership" .* WHERE .*"accounts_membership"."id" ='
)
UNLINKED = ("/ind/", "/tilbud/", "/house/parts/")  # not led to from everybody's front page
ROLES = ("", "Maja", "Torben", "Yusuf", "Ole")
SAME_KIND = 8  # how many pages of one kind are opened, so that a page with more on it is met too


@dataclass(frozen=True)
class Visit:
    """One page as one role got it. `queries` are those beyond sign-in and scope."""

    role: str
    path: str
    status: int
    bytes: int
    queries: int
    sign_in: int


def kind_of(address: str) -> str:
    """An address without its keys and values: pages of one kind share it."""
    parts = urlsplit(address)
    asked = "&".join(sorted({pair.partition("=")[0] for pair in parts.query.split("&") if pair}))
    path = re.sub(r"(/ind/post|/svar)/[^/]+/", r"\1/*/", UUID.sub("*", parts.path))
    return f"{path}?{asked}" if asked else path


def links(html: str, page: str, *, ourselves: str) -> Iterator[str]:
    """The addresses within the house that a page leads to. `ourselves` is how letters name the house."""
    for found in LINK.findall(html):
        parts = urlsplit(urljoin(page, unescape(found).removeprefix(ourselves)))
        if parts.scheme == "" and parts.netloc == "" and parts.path.startswith("/"):
            yield parts.geturl()


def count() -> None:
    """Print the visits of every role as JSON, for the process that asked."""
    settings.ALLOWED_HOSTS = ["testserver"]
    json.dump([asdict(visit) for role in ROLES for visit in _visits(role)], sys.stdout)


def _visits(role: str) -> Iterator[Visit]:
    client, seen = _client(role), Counter[str]()
    waiting, known = deque(["/", *UNLINKED]), set[str]()
    while waiting:
        address = waiting.popleft()
        if address in known or seen[kind_of(address)] >= SAME_KIND:
            continue
        known.add(address)
        seen[kind_of(address)] += 1
        with _asked() as queries:
            answer = client.get(address, HTTP_ACCEPT_LANGUAGE="da")
        signing_in = [query for query in queries if SIGN_IN.search(query)]
        yield Visit(
            role=role,
            path=kind_of(address),
            status=answer.status_code,
            bytes=len(answer.content),
            queries=len(queries) - len(signing_in),
            sign_in=len(signing_in),
        )
        if answer.status_code == 302:
            waiting.append(answer.headers["Location"])
        waiting.extend(links(answer.content.decode(), address, ourselves=settings.BROBYGGER_PUBLIC_URL))


def _client(role: str) -> Client:
    client = Client(REMOTE_ADDR="127.0.0.1")
    if role:
        member = Membership.objects.get(name=role)
        client.post("/ind/", {"membership": str(member.pk), "once": str(uuid4())})
    return client


@contextmanager
def _asked() -> Iterator[list[str]]:
    queries: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        queries.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield queries
