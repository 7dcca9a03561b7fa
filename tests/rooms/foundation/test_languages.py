"""Which language a page speaks, and which one we write in."""

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from brobygger.foundation.languages import of_a_reader
from brobygger.foundation.outbox import OutboxMessage
from brobygger.foundation.scope import organisation_scope
from brobygger.partners.actions import verify_contact
from tests.people import HOUSE, Cast
from tests.rooms.bridging import stories


@pytest.mark.parametrize(("reads", "language"), [("ar", "ar"), ("", "da"), ("so", "da")])
def test_a_contact_is_written_to_in_the_language_it_reads(cast: Cast, reads: str, language: str):
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        told = {"function": "træner", "channel": cast.trainer.channel, "address": cast.trainer.address}
        verify_contact(partner=cast.club, speaks=reads, by=cast.maja, at=now, **told)
        stories.sent(cast, at=now)

        assert OutboxMessage.objects.get().language == language


def test_a_way_in_confirmed_again_keeps_its_language(cast: Cast):
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        told = {"function": "træner", "channel": cast.trainer.channel, "address": cast.trainer.address}
        for speaks in ("ar", ""):
            found = verify_contact(partner=cast.club, speaks=speaks, by=cast.maja, at=now, **told)

    assert found.speaks == "ar"


@pytest.mark.parametrize(("asked", "spoken"), [("ar", "ar"), ("ar,en;q=0.5", "ar"), ("so,en;q=0.5", "en")])
def test_a_browser_says_what_its_reader_reads(client: Client, db: None, asked: str, spoken: str):
    page = client.get("/om-data/", headers={"accept-language": asked})

    assert page.headers["Content-Language"] == spoken


def test_where_arabic_is_not_spoken_the_choice_of_it_is_kept_for_later(client: Client, db: None):
    client.post("/sprog/", {"language": "ar", "next": "/ind/konto/"})

    pages = [client.get(path).headers["Content-Language"] for path in ("/ind/konto/", "/om-data/")]
    assert pages == ["da", "ar"]


def test_every_language_of_the_house_can_be_written_in():
    assert [of_a_reader(code) for code, _name in settings.LANGUAGES] == ["da", "en", "ar"]
