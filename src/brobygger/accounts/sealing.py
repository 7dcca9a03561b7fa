"""Seals the seed of an app's codes with a key of the installation, so that a copy of the database alone
does not make codes (FOUNDATION 16 names the protected address; this is the second thing worth it)."""

import base64

from cryptography.fernet import Fernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings


def seal(seed: bytes) -> str:
    return _box().encrypt(seed).decode()


def unseal(sealed: str) -> bytes:
    return _box().decrypt(sealed.encode())


def _box() -> Fernet:
    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"brobygger second factor")
    return Fernet(base64.urlsafe_b64encode(made.derive(settings.SECRET_KEY.encode())))
