"""Secrets that open one door: 256 bits, in the message or on the paper alone, and kept as a digest."""

import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256

from django.utils.crypto import salted_hmac


def fresh() -> str:
    return secrets.token_urlsafe(32)


def made_for(kind: str, key: object) -> str:
    """From the house's secret and the random key of a row, so that it stands in no table, and a message that
    is tried again after a lost answer carries the same: the gateway may have delivered the first."""
    made = salted_hmac(kind, str(key), algorithm="sha256").digest()
    return urlsafe_b64encode(made).decode().rstrip("=")


def digest(token: str) -> str:
    """Without salt: so many random bits cannot be tried through, so a quick digest is enough (ASVS 6.5.2)."""
    return sha256(token.encode()).hexdigest()
