"""Passkeys (WebAuthn): what the browser is asked, and whether what it answers is true. The library decides.

A passkey must see its owner (finger, face or number), so it is two proofs in one and needs no password.
Its home is the host people type; an address of numbers has none.
"""

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from fido2.server import Fido2Server
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from brobygger.accounts.models import Factor, User
from brobygger.accounts.terms import FactorKind

LONGEST = 20_000  # letters of an answer; a real one has under 3,000
State = dict[str, Any]


class NotProven(Exception):
    """What the browser sent proves nothing."""


def ask_to_make(user: User) -> tuple[dict[str, Any], State]:
    """What to ask a browser that is to make a key, and what to remember until it answers."""
    known = [_public(factor) for factor in _passkeys(user)]
    options, state = _server().register_begin(
        PublicKeyCredentialUserEntity(id=user.pk.bytes, name=user.email, display_name=user.email),
        credentials=known,
        resident_key_requirement=ResidentKeyRequirement.REQUIRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), state


def made(state: State, answer: str) -> tuple[str, str]:
    """(key's name, public key) of what the browser has made."""
    try:
        found = _server().register_complete(state, _read(answer)).credential_data
    except NOT_TRUE as wrong:
        raise NotProven from wrong
    if found is None:
        raise NotProven
    return websafe_encode(found.credential_id), websafe_encode(bytes(found))


def ask_to_prove() -> tuple[dict[str, Any], State]:
    """What to ask a browser that is to prove itself: any key its owner has for us. It names nobody."""
    options, state = _server().authenticate_begin(user_verification=UserVerificationRequirement.REQUIRED)
    return dict(options), state


def proven(state: State, answer: str) -> Factor:
    """Whose key has answered. Raises NotProven."""
    told = _read(answer)
    known = Factor.objects.select_related("user").filter(
        kind=FactorKind.PASSKEY, ended_at=None, user__is_active=True, credential_id=_name_of(told)
    )
    factor = known.first()
    if factor is None:
        raise NotProven
    try:
        _server().authenticate_complete(state, [_public(factor)], told)
    except NOT_TRUE as wrong:
        raise NotProven from wrong
    return factor


# What the library raises on an answer that is untrue or makes no sense. It has no type of its own for it.
NOT_TRUE = (Exception,)


def _server() -> Fido2Server:
    """For the address people type. With a scheme and port of its own: a key made elsewhere is not ours."""
    whole = urlsplit(settings.BROBYGGER_PUBLIC_URL)
    origin = f"{whole.scheme}://{whole.netloc}"
    entity = PublicKeyCredentialRpEntity(name="Brobygger", id=whole.hostname)
    return Fido2Server(entity, verify_origin=lambda told: told == origin)


def _passkeys(user: User) -> list[Factor]:
    return list(user.factors.filter(kind=FactorKind.PASSKEY, ended_at=None))


def _public(factor: Factor) -> AttestedCredentialData:
    return AttestedCredentialData(websafe_decode(factor.public_key))


def _read(answer: str) -> dict[str, Any]:
    try:
        told = json.loads(answer) if len(answer) <= LONGEST else None
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict):
        raise NotProven
    return told


def _name_of(told: dict[str, Any]) -> str:
    name = told.get("id")
    if not isinstance(name, str) or "\0" in name:
        raise NotProven
    return name
