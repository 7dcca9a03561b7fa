"""What a school or municipality may type at its standing link: nothing breaks, and we read it as typed."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from brobygger.bridging.asks import Ask
from brobygger.foundation.scope import organisation_scope
from tests.house.nasty import SHORT, Page
from tests.people import HOUSE, Cast
from tests.rooms.bridging import asks

pytestmark = [pytest.mark.feature("BRI-02"), pytest.mark.asvs("1.2.1", "1.2.4", "1.3.2", "16.5.3")]
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def link(cast: Cast) -> str:
    with organisation_scope(HOUSE, member=cast.maja.pk):
        _link, token = asks.link_of(asks.sanne(), cast)
    return f"/spoerg/{token}/"


@pytest.fixture
def torben(cast: Cast, as_member: Callable[..., Client]) -> Client:
    return as_member(cast.torben)


def asked(link: str, torben: Client, name: str, encoded: str) -> tuple[Any, str]:
    """The answer to an ask with this in one field, and what Torben then reads of it. Undone."""
    kept = {key: value for key, value in asks.FIELDS.items() if key != name}
    body = f"{urlencode({'once': str(uuid4())} | kept)}&{name}={encoded}"
    with transaction.atomic():
        client = Client(raise_request_exception=False)
        answer = client.post(f"{link}send/", body, content_type=FORM)
        with organisation_scope(HOUSE):
            made = Ask.objects.order_by("asked_at").last()
        page = torben.get(f"/forespoergsler/{made.pk}/" if made else "/forespoergsler/").content.decode()
        transaction.set_rollback(True)
    return answer, page


@pytest.mark.parametrize("name", sorted(asks.FIELDS))
def test_no_field_of_an_ask_breaks_it_or_becomes_markup(link: str, torben: Client, name: str):
    for encoded in (quote(SHORT), "%00", "%ED%A0%80%FF", "9" * 40):
        answer, page = asked(link, torben, name, encoded)

        assert answer.status_code in {200, 422}
        assert Page(answer.content.decode()).running == []
        assert Page(page).running == []


@pytest.mark.parametrize("name", ["who", "reach", "wanted", "basis_named", "told_resident"])
def test_we_read_an_ask_as_it_was_typed(link: str, torben: Client, name: str):
    answer, page = asked(link, torben, name, quote(SHORT))

    assert answer.status_code == 200
    assert Page(page).shows(SHORT)
