from collections.abc import Iterator

import pytest
from django.utils import timezone

from brobygger.foundation import installation
from brobygger.foundation.installation import InstallationKind
from tests.people import Cast
from tests.rooms.accounts.doors import Key, with_key


@pytest.fixture
def quick_hash(settings) -> None:
    """A password is made slow to try on purpose; the tests try many."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def maja(cast: Cast, quick_hash: None) -> Key:
    """Maja in a live house, with password and app."""
    installation._known.append(InstallationKind.LIVE)
    return with_key(cast.maja)


@pytest.fixture
def torben(cast: Cast, quick_hash: None) -> Key:
    installation._known.append(InstallationKind.LIVE)
    return with_key(cast.torben)


@pytest.fixture
def move_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator:
    """`move_clock(minutes=31)`: from now on it is later."""
    from datetime import timedelta

    really = timezone.now
    moved = timedelta()

    def later(**by: float) -> None:
        nonlocal moved
        moved += timedelta(**by)

    monkeypatch.setattr(timezone, "now", lambda: really() + moved)
    return later
