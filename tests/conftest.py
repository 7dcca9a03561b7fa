import gc
from collections.abc import Callable, Iterator
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth import HASH_SESSION_KEY
from django.db import connection
from django.test import Client
from django.utils import timezone, translation
from hypothesis import HealthCheck, settings

from brobygger.accounts.middleware import MEMBERSHIP_KEY, STAY_KEY
from brobygger.accounts.models import Membership, Session
from brobygger.foundation import installation
from brobygger.foundation.scope import organisation_scope
from tests.people import HOUSE, Cast, build_cast
from tests.replayed import Replayed

replayed = Replayed()
# How quick this machine is today is no fault of the rule that is tried.
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


def pytest_collection_finish() -> None:
    """What is loaded by now stays: to search it for rubbish again and again is a tenth of the time."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """`tests.start_database` has made the database already."""


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Neither the kind of installation nor the language of the last page a test asked for."""
    installation._known.clear()
    translation.deactivate()
    yield
    installation._known.clear()
    translation.deactivate()


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast in a database that is rolled back afterwards. Open a scope before reading scoped rows."""
    return replayed.cast()


KEPT = {"django_migrations", "django_content_type", "auth_permission", "bridging_allowedmove"}


@pytest.fixture
def lasting_db(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """A database in which commits are real, for threads, deferred constraints and servers. Emptied after.

    Django's own `transactional_db` would also empty the diagram that the migrations wrote.
    """
    with django_db_blocker.unblock():
        yield
        connection.close()
        with connection.cursor() as cursor:
            tables = set(connection.introspection.table_names(cursor)) - KEPT
            cursor.execute(f"TRUNCATE {', '.join(sorted(tables))} CASCADE")
        connection.close()


@pytest.fixture
def lasting_cast(lasting_db: None) -> Cast:
    """The cast, committed."""
    return build_cast()


@pytest.fixture
def in_house(cast: Cast) -> Iterator[Cast]:
    with organisation_scope(HOUSE, member=cast.maja.pk):
        yield cast


def sign_in(client: Client, who: Membership) -> Client:
    now = timezone.now()
    stay = Session.objects.create(membership=who, browser="", opened_at=now, seen_at=now, proven_at=now)
    session = client.session
    session[STAY_KEY] = str(stay.pk)
    session[MEMBERSHIP_KEY] = str(who.pk)
    session[HASH_SESSION_KEY] = who.user.get_session_auth_hash()
    session.save()
    return client


@pytest.fixture
def as_member(client: Client) -> Callable[[Membership], Client]:
    """`as_member(cast.maja)` gives a browser in which Maja is signed in."""
    return lambda who: sign_in(client, who)


@pytest.fixture
def once() -> Callable[..., dict[str, Any]]:
    """The fields of a form with a fresh key: `client.post(url, once(text="…"))`."""
    return lambda **fields: {"once": str(uuid4()), **fields}
