"""A press that is repeated counts once (PROMISES 2.7)."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client

from brobygger.accounts.models import Membership
from brobygger.foundation.once import OnceRow
from brobygger.foundation.scope import organisation_scope
from brobygger.residents.models import Resident
from tests.conftest import sign_in
from tests.people import ELSEWHERE, HOUSE, Cast

pytestmark = pytest.mark.urls("tests.rooms.foundation.pages")
AsMember = Callable[[Membership], Client]
PRESSES = 20


def written(name: str, *, house: UUID = HOUSE) -> int:
    with organisation_scope(house):
        return Resident.objects.filter(name=name).count()


def test_a_press_without_a_key_is_refused(cast: Cast, as_member: AsMember):
    answer = as_member(cast.maja).post("/skriv/", {"text": "en"})

    assert answer.status_code == 400
    assert written("en") == 0


@pytest.mark.parametrize("key", ["", "nej", "1"])
def test_a_key_that_is_no_key_is_refused(cast: Cast, as_member: AsMember, key: str):
    answer = as_member(cast.maja).post("/skriv/", {"text": "en", "once": key})

    assert answer.status_code == 400


def test_the_same_press_twice_has_one_effect_and_one_answer(cast: Cast, as_member: AsMember):
    client, form = as_member(cast.maja), {"text": "en", "once": str(uuid4())}
    first = client.post("/skriv/", form)

    second = client.post("/skriv/", form)

    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert written("en") == 1


def test_the_key_may_stand_in_the_header(cast: Cast, as_member: AsMember):
    client, key = as_member(cast.maja), str(uuid4())
    first = client.post("/skriv/", {"text": "en"}, headers={"Idempotency-Key": key})

    second = client.post("/skriv/", {"text": "en"}, headers={"Idempotency-Key": key})

    assert first["Location"] == second["Location"]


def test_a_changed_body_under_the_same_key_is_refused(cast: Cast, as_member: AsMember):
    client, key = as_member(cast.maja), str(uuid4())
    client.post("/skriv/", {"text": "en", "once": key})

    changed = client.post("/skriv/", {"text": "to", "once": key})

    assert changed.status_code == 422
    assert written("to") == 0


def test_another_address_under_the_same_key_is_refused(cast: Cast, as_member: AsMember):
    client, key = as_member(cast.maja), str(uuid4())
    client.post("/skriv/", {"text": "en", "once": key})

    assert client.post("/vis-alle/", {"text": "en", "once": key}).status_code == 422


def test_a_refused_form_writes_nothing_and_frees_its_key(cast: Cast, as_member: AsMember):
    client, key = as_member(cast.maja), str(uuid4())
    refused = client.post("/skriv/", {"text": "", "once": key})

    corrected = client.post("/skriv/", {"text": "en", "once": key})

    assert (refused.status_code, corrected.status_code) == (422, 302)
    assert (written("tom"), written("en")) == (0, 1)


@pytest.mark.asvs("2.3.3")
def test_a_page_that_breaks_writes_nothing_and_frees_its_key(cast: Cast, as_member: AsMember):
    client, key = as_member(cast.maja), str(uuid4())
    client.raise_request_exception = False

    broken = client.post("/skriv/", {"text": "brag", "once": key})

    assert broken.status_code == 500
    assert written("brag") == 0
    with organisation_scope(HOUSE):
        assert not OnceRow.objects.filter(pk=key).exists()


def test_another_houses_key_looks_like_a_changed_body(cast: Cast):
    form = {"text": "en", "once": str(uuid4())}
    sign_in(Client(), cast.maja).post("/skriv/", form)
    changed = sign_in(Client(), cast.maja).post("/skriv/", form | {"text": "to"})

    theirs = sign_in(Client(), cast.ole).post("/skriv/", form)

    assert theirs.status_code == changed.status_code == 422
    assert written("en", house=ELSEWHERE) == 0


def test_a_colleagues_key_looks_like_a_changed_body(cast: Cast):
    """Or the kept answer would show her page to whoever got hold of the key."""
    form = {"text": "en", "once": str(uuid4())}
    sign_in(Client(), cast.maja).post("/skriv/", form)

    assert sign_in(Client(), cast.torben).post("/skriv/", form).status_code == 422


@pytest.mark.slow
def test_twenty_presses_at_the_same_moment_have_one_effect_and_one_answer(lasting_cast: Cast):
    form, start = {"text": "en", "once": str(uuid4())}, Barrier(PRESSES)
    clients = [sign_in(Client(), lasting_cast.maja) for _ in range(PRESSES)]

    def press(client: Client) -> tuple[int, Any]:
        start.wait()
        try:
            answer = client.post("/skriv/", form)
            return answer.status_code, answer.headers.get("Location")
        finally:
            connection.close()

    with ThreadPoolExecutor(PRESSES) as threads:
        answers = set(threads.map(press, clients))

    assert [status for status, _ in answers] == [302]
    assert written("en") == 1
