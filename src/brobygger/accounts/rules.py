"""Arithmetic of signing in: codes that change with time, names of accounts, how long a session lasts."""

import base64
import hashlib
import hmac
import struct
import unicodedata
from datetime import datetime, timedelta

HALF_MINUTE = 30  # seconds one code is shown
DIGITS = 6
STEPS_OFF = 1  # how many half minutes a telephone's clock may be wrong

LONGEST = timedelta(hours=12)  # a session, however busy
IDLE_LIVE, IDLE_DEMO = timedelta(minutes=30), timedelta(hours=8)
FRESH = timedelta(minutes=15)  # a proof, for what is grave
UNDERWAY = timedelta(minutes=15)  # from the password to the second proof
INVITATION_LASTS = timedelta(hours=24)


def code_at(seed: bytes, step: int) -> str:
    """The code of one half minute since 1970: RFC 6238 with SHA-1 and six digits, as every app makes them.

    >>> code_at(b"12345678901234567890", 59 // 30)
    '287082'
    """
    digest = hmac.new(seed, struct.pack(">Q", step), hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**DIGITS:0{DIGITS}d}"


def step_of(seed: bytes, code: str, *, at: datetime, after: int = 0) -> int | None:
    """The half minute whose code this is, within one step of now and later than `after`; else None."""
    now = int(at.timestamp()) // HALF_MINUTE
    near = range(now - STEPS_OFF, now + STEPS_OFF + 1)
    typed = code.encode()
    fits = [step for step in near if hmac.compare_digest(code_at(seed, step).encode(), typed)]
    return next((step for step in fits if step > after), None)


def seed_in_letters(seed: bytes) -> str:
    """As an app wants it typed: letters and digits without padding.

    >>> seed_in_letters(b"12345678901234567890")
    'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ'
    """
    return base64.b32encode(seed).decode().rstrip("=")


def seed_address(seed: bytes, *, account: str) -> str:
    """The `otpauth` address in a QR code."""
    plain = b"abcdefghijklmnopqrstuvwxyz0123456789.-_"
    signs = account.lower().encode()
    name = "Brobygger:" + "".join(chr(sign) if sign in plain else f"%{sign:02X}" for sign in signs)
    return f"otpauth://totp/{name}?secret={seed_in_letters(seed)}&issuer=Brobygger"


def digits_of(typed: str) -> str:
    """A code as people type it, with spaces or a dash.

    >>> digits_of(" 287 082 "), digits_of("ABCD-efgh")
    ('287082', 'ABCDEFGH')
    """
    return "".join(sign for sign in typed if sign.isalnum()).upper()


def account_name(address: str) -> str:
    """One name for every way to write an address: case, accents and width do not make another account.

    >>> account_name(" Mája@Huset.DK ") == account_name("maja@huset.dk")
    True
    """
    plain = unicodedata.normalize("NFKD", address.strip().casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


def is_over(*, opened_at: datetime, seen_at: datetime, now: datetime, idle: timedelta) -> bool:
    """Whether a session has ended by itself: too long untouched, or too long in all."""
    return now - seen_at >= idle or now - opened_at >= LONGEST
