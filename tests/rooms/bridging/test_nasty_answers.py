"""What a partner without account may type: nothing breaks or runs, and the house reads it as written."""

from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from brobygger.bridging import links
from brobygger.bridging.models import Leg
from brobygger.foundation.scope import organisation_scope
from tests.conftest import sign_in
from tests.house.nasty import BYTES, LONG, SHORT, TEXTS, Page
from tests.people import HOUSE, Cast
from tests.rooms.bridging import stories

pytestmark = [pytest.mark.feature("BRI-09"), pytest.mark.asvs("1.2.1", "1.2.4", "1.3.2", "16.5.3")]
NO = {"svar": "nej-fordi", "reason": "other", "version": "2"}


@pytest.fixture
def asked(cast: Cast) -> tuple[Leg, str]:
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        leg = stories.sent(cast, at=now)
        token = links.make_link(leg=leg, address="x", expires_at=now + timezone.timedelta(days=14), at=now)
    return leg, f"/svar/{token}/"


def answered(cast: Cast, asked: tuple[Leg, str], text: str) -> tuple[Any, str]:
    """A no with this text, and the bridge as Maja then reads it. Undone."""
    leg, link = asked
    client = Client(raise_request_exception=False)
    with transaction.atomic():
        client.post(f"{link}vis/")
        response = client.post(f"{link}svar/", NO | {"text": text, "version": str(_version(leg))})
        page = sign_in(Client(), cast.maja).get(f"/broer/{leg.bridge_id}/").content.decode()
        transaction.set_rollback(True)
    return response, page


def _version(leg: Leg) -> int:
    with organisation_scope(HOUSE):
        return int(Leg.objects.get(pk=leg.pk).version)


def wrong(cast: Cast, asked: tuple[Leg, str], text: str) -> list[str]:
    response, page = answered(cast, asked, text)
    told = Page(response.content.decode())
    is_taken = response.status_code == 200
    seen = Page(page if is_taken else response.content.decode())
    lost = [] if seen.shows(text) else [f"not shown as typed ({response.status_code})"]
    return [*told.running, *Page(page).running, *lost, *(["broke"] if response.status_code >= 500 else [])]


def test_what_a_partner_writes_reaches_the_house_as_it_was_written(cast: Cast, asked: tuple[Leg, str]):
    response, page = answered(cast, asked, SHORT)

    assert response.status_code == 200
    assert Page(page).shows(SHORT)
    assert Page(page).running == []


@pytest.mark.parametrize("text", ["\0", "a" * 100_000, "x" * 1_000_000], ids=["nul", "long", "very long"])
def test_what_cannot_be_kept_is_refused(cast: Cast, asked: tuple[Leg, str], text: str):
    response, page = answered(cast, asked, text)

    assert response.status_code == 422
    assert Page(response.content.decode()).running == []


@pytest.mark.parametrize("name", ["svar", "day", "hour", "reason", "text", "version"])
def test_no_field_of_an_answer_breaks_it(asked: tuple[Leg, str], name: str):
    _leg, link = asked
    client = Client(raise_request_exception=False)
    kinds = ({"svar": "nej-fordi"}, {"svar": "anden-dag"})
    answers = [
        client.post(f"{link}svar/", data=_body(kind | {name: encoded}), content_type=FORM)
        for kind in kinds
        for encoded in ("%00", "%ED%A0%80", quote(SHORT), "9" * 40)
    ]

    assert [one.status_code for one in answers if one.status_code not in {200, 409, 410, 422}] == []


FORM = "application/x-www-form-urlencoded"


def _body(fields: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in fields.items())


@pytest.mark.parametrize("piece", BYTES.values(), ids=ascii)
def test_no_token_breaks_a_page(client: Client, db: None, piece: str):
    client.raise_request_exception = False
    statuses = [client.get(f"/svar/{piece}/").status_code, client.post(f"/svar/{piece}/svar/").status_code]

    assert set(statuses) <= {400, 404}


@pytest.mark.deep
def test_every_text_from_a_partner(cast: Cast, asked: tuple[Leg, str]):
    everything = {what: text for what, text in (TEXTS | LONG).items() if "\0" not in text}
    found = {what: wrong(cast, asked, text) for what, text in everything.items()}

    assert {what: faults for what, faults in found.items() if faults} == {}
