"""What the proofs are made of: how many bits, how they lie, and that nothing else is asked."""

import math

import pytest
from cryptography.fernet import InvalidToken
from django.contrib.auth.hashers import identify_hasher
from django.contrib.sessions.backends.db import SessionStore
from django.test import Client

from brobygger.accounts import factors, sealing
from tests.people import Cast
from tests.rooms.accounts.doors import with_key

A_TOKEN, A_CODE = 128, 20  # bits that ASVS 5.0.0 asks of a session's token and of a recovery code


@pytest.mark.asvs("6.5.4")
def test_a_recovery_code_cannot_be_guessed():
    code = factors._recovery_code().replace("-", "")

    assert len(code) * math.log2(len(set(factors.LETTERS))) >= A_CODE * 6


@pytest.mark.asvs("7.2.3")
def test_no_two_sessions_share_a_token_and_none_can_be_guessed(db: None):
    tokens = {SessionStore()._get_new_session_key() for _number in range(500)}  # type: ignore[attr-defined]

    assert len(tokens) == 500
    assert min(map(len, tokens)) * math.log2(len(set("".join(tokens)))) >= A_TOKEN


@pytest.mark.asvs("11.3.3")
def test_a_seed_that_somebody_has_changed_is_not_opened():
    sealed = sealing.seal(factors.new_seed())
    changed = sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:]

    with pytest.raises(InvalidToken):
        sealing.unseal(changed)


@pytest.mark.asvs("11.4.2")
def test_a_password_lies_as_a_slow_digest_with_a_salt_of_its_own(cast: Cast):
    users = [with_key(one).member.user for one in (cast.maja, cast.torben)]

    assert {identify_hasher(user.password).algorithm for user in users} <= {
        "argon2",
        "scrypt",
        "pbkdf2_sha256",
    }
    assert users[0].password != users[1].password


@pytest.mark.asvs("6.4.2")
def test_the_way_in_asks_for_no_secret_answer_and_gives_no_hint(client: Client, db: None):
    form = client.get("/ind/konto/").context["form"]

    assert list(form.fields) == ["email", "password"]


@pytest.mark.asvs("7.4.4")
@pytest.mark.parametrize(
    "path", ["/i-dag/", "/beboere/", "/broer/", "/tilbud/", "/min-adgang/", "/rettigheder/"]
)
def test_every_page_of_somebody_inside_has_the_way_out(cast: Cast, as_member, path: str):
    page = as_member(cast.maja).get(path).content.decode()

    assert 'action="/ud/"' in page
