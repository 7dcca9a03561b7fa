"""How many pages one member or one network may ask for: buckets that drip, in the memory of this process.

In memory and not in PostgreSQL: a count there is a write for every page, so that whoever floods us would also
keep the database busy, and it would be one more table that knows who looked when. The price: each web
process counts for itself, so with two of them the limit is at most doubled, and a restart forgets. What must
be counted exactly (failed sign-ins) is counted in the database, by `accounts`.
"""

import time
from collections import OrderedDict
from collections.abc import Callable
from ipaddress import IPv6Address, ip_address, ip_network
from threading import Lock

from django.conf import settings
from django.http import HttpRequest

MOST_KEYS = 20_000  # the oldest are forgotten, so that a flood of addresses does not fill the memory
SITE_BITS = 64  # of an IPv6 address: one household has all the rest


class Buckets:
    """One bucket a key. It holds a minute's calls and drips evenly."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock, self._lock = clock, Lock()
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, key: str, a_minute: int) -> float:
        """Put one call in. Seconds until there is room for it: 0 if there is, and only then it is in."""
        now, each = self._clock(), 60 / a_minute
        with self._lock:
            level, since = self._levels.get(key, (0.0, now))
            level = max(0.0, level - (now - since) / each)
            over = level + 1 - a_minute
            self._levels[key] = (level if over > 0 else level + 1, now)
            self._levels.move_to_end(key)
            while len(self._levels) > MOST_KEYS:
                self._levels.popitem(last=False)
        return max(0.0, over * each)

    def empty(self) -> None:
        with self._lock:
            self._levels.clear()


def network(request: HttpRequest) -> str:
    """Whose line the request came by: the peer, or what a proxy that we trust says of its own peer.

    Of `X-Forwarded-For` only the last address that no trusted proxy has is believed; what stands before it
    was written by the caller.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if address in settings.TRUSTED_PROXIES:
        passed_on = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        strangers = [part for part in passed_on if part and part not in settings.TRUSTED_PROXIES]
        address = strangers[-1] if strangers else address
    return _site(address)


def _site(address: str) -> str:
    """
    >>> _site("192.0.2.7"), _site("2001:db8:1:2:3::4"), _site("::ffff:192.0.2.7"), _site("nonsense")
    ('192.0.2.7', '2001:db8:1:2::/64', '192.0.2.7', '')
    """
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    if isinstance(found, IPv6Address):
        mapped = found.ipv4_mapped
        return str(mapped or ip_network((found, SITE_BITS), strict=False))
    return str(found)
