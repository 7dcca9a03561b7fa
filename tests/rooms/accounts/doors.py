"""Hands for the tests at the door: somebody with a password and an app, and the steps in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.test import Client
from django.utils import timezone

from brobygger.accounts import factors
from brobygger.accounts.models import Membership
from brobygger.accounts.rules import HALF_MINUTE, code_at

WORDS = "tre gule paraplyer i gangen"


@dataclass
class Key:
    """A person's password and the seed in the telephone."""

    member: Membership
    seed: bytes

    def code(self, at: datetime | None = None, *, steps: int = 0) -> str:
        return code_at(self.seed, int((at or timezone.now()).timestamp()) // HALF_MINUTE + steps)


def with_key(member: Membership) -> Key:
    """Give this member a password and an app's seed, whose present code has not been used."""
    member.user.set_password(WORDS)
    member.user.save()
    seed, before = factors.new_seed(), timezone.now() - timedelta(minutes=10)
    key = Key(member, seed)
    assert factors.enrol_code(user=member.user, seed=seed, code=key.code(before), name="telefon", at=before)
    return key


def tell_password(client: Client, key: Key, *, password: str = WORDS, **more: str):
    fields = {"email": key.member.user.email, "password": password} | more
    return client.post("/ind/konto/", fields)


def come_in(client: Client, key: Key, **more: str):
    """Both proofs; the answer to the second."""
    tell_password(client, key, **more)
    return client.post("/ind/kode/", {"code": key.code()})
