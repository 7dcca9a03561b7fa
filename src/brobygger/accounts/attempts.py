"""Counts tries at signing in, exactly and across processes. A success takes nothing back.

Three counts a try: this account from this network (a person who mistypes), the account from anywhere (a
machine with many addresses), the network whatever the account (one machine with many accounts). A stranger
elsewhere cannot use up the first; a passkey cannot be guessed, is not counted, and stays open to its owner.
"""

from datetime import datetime, timedelta

from django.db import connection
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from brobygger.accounts.models import Attempts
from brobygger.accounts.rules import account_name
from brobygger.foundation.throttling import network

WINDOW = timedelta(minutes=15)
FROM_HERE, FROM_ANYWHERE, NETWORK, SECOND = 10, 60, 60, 10  # tries a window


def may_try_password(request: HttpRequest, address: str, *, at: datetime) -> bool:
    """Count one try with a password; whether it may be looked at."""
    account, whence = account_name(address), network(request)
    return _all_within(
        {
            f"{account} from {whence}": FROM_HERE,
            f"account {account}": FROM_ANYWHERE,
            f"net {whence}": NETWORK,
        },
        at=at,
    )


def may_try_code(request: HttpRequest, user_id: object, *, at: datetime) -> bool:
    """Count one try with a code of a person whose password was right."""
    return _all_within({f"second {user_id}": SECOND, f"net {network(request)}": NETWORK}, at=at)


def _all_within(limits: dict[str, int], *, at: datetime) -> bool:
    counts = {key: _count(key, at=at) for key in limits}  # each one is counted, also after a refusal
    return all(counts[key] <= most for key, most in limits.items())


def _count(key: str, *, at: datetime) -> int:
    """Add one and give the count of this window. One statement, so that tries at once are all counted."""
    digest = salted_hmac("brobygger.attempts", key, algorithm="sha256").hexdigest()
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO accounts_attempts AS a (key, count, since) VALUES (%s, 1, %s)"
            " ON CONFLICT (key) DO UPDATE SET"
            " count = CASE WHEN a.since <= %s THEN 1 ELSE a.count + 1 END,"
            " since = CASE WHEN a.since <= %s THEN EXCLUDED.since ELSE a.since END"
            " RETURNING count",
            [digest, at, at - WINDOW, at - WINDOW],
        )
        (count,) = cursor.fetchone()
    if count == 1:
        Attempts.objects.filter(since__lt=at - 4 * WINDOW).delete()
    return int(count)
