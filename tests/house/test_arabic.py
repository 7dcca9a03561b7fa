"""The pages of residents and partners in Arabic: turned, whole, and with what is not Arabic set apart."""

import gettext
from collections.abc import Iterator
from datetime import timedelta
from uuid import uuid4

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation

from brobygger.bridging import links
from brobygger.bridging.models import Leg
from brobygger.foundation.languages import EVERYWHERE
from brobygger.foundation.scope import organisation_scope
from brobygger.foundation.translations import ARABIC, BLANK, ENDS, ISOLATED, OF_ARABIC_SCRIPT, set_apart
from tests.conftest import sign_in
from tests.house.danish import danish_in
from tests.house.marked import marked_in_source
from tests.house.test_translations import Walk, blanks, left_in_danish
from tests.people import HOUSE, Cast
from tests.rooms.bridging import stories

TURNED = '<html lang="ar" dir="rtl">'


@pytest.fixture(autouse=True)
def _danish_again() -> Iterator[None]:
    yield
    translation.deactivate()


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(ARABIC))


@pytest.fixture
def walk(client: Client) -> Walk:
    walk = Walk(client)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    return walk


def not_turned(walk: Walk) -> list[str]:
    return [name for name, page in walk.pages.items() if TURNED not in page]


def test_what_is_said_in_arabic_is_said_whole_and_nobody_doubts_it(catalogue: polib.POFile):
    assert [entry.msgid for entry in catalogue if not entry.translated()] == []
    assert {entry.msgid for entry in catalogue} <= marked_in_source()


def test_every_plural_has_its_six_forms(catalogue: polib.POFile):
    counted = [entry for entry in catalogue if entry.msgid_plural]

    assert [entry.msgid for entry in counted if len(entry.msgstr_plural) != 6] == []


def test_the_blanks_are_those_of_the_danish(catalogue: polib.POFile):
    """One, two and none are said by the word itself; the other forms carry the number."""
    plain = {e.msgid: e.msgstr for e in catalogue if not e.msgid_plural}
    many = {e.msgid_plural: e.msgstr_plural[form] for e in catalogue if e.msgid_plural for form in (3, 4, 5)}
    pairs = {**plain, **many}

    assert [text for danish, text in pairs.items() if blanks(danish) != blanks(text)] == []


def test_no_mark_that_nobody_can_see_stands_in_the_catalogue():
    assert not {ISOLATED, ENDS} & set(ARABIC.read_text())


def test_every_blank_of_an_arabic_sentence_keeps_its_own_direction():
    with ARABIC.with_suffix(".mo").open("rb") as file:
        spoken = gettext.GNUTranslations(file)._catalog.values()  # type: ignore[attr-defined]
    bare = [
        text for text in spoken if OF_ARABIC_SCRIPT.search(text) and set_apart(without_marks(text)) != text
    ]

    assert bare == []
    assert any(ISOLATED in text for text in spoken if BLANK.search(text))


def without_marks(text: str) -> str:
    return text.replace(ISOLATED, "").replace(ENDS, "")


def test_the_open_pages_speak_arabic(walk: Walk, cast: Cast):
    walk.see("/", "/tilbud/", f"/tilbud/{cast.football.pk}/", "/tilbud/?q=zzz&alder=x", "/tilbud/?q=fodbold")
    walk.see("/partnere/", f"/partnere/{cast.club.pk}/", "/tilgaengelighed/", "/om-data/", "/findes-ikke/")

    assert left_in_danish(walk) == {}
    assert not_turned(walk) == []


@pytest.fixture
def asked(cast: Cast) -> tuple[Leg, str]:
    """A leg that has been sent, and the token of its link."""
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        leg = stories.sent(cast, at=now)
        token = links.make_link(leg=leg, address="x", expires_at=now + timedelta(days=14), at=now)
    return leg, token


def test_the_answer_pages_speak_arabic(walk: Walk, cast: Cast, asked: tuple[Leg, str]):
    leg, token = asked
    here = f"/svar/{token}/"
    walk.see(here, "/svar/intet/")
    walk.send("question", f"{here}vis/")
    with organisation_scope(HOUSE):
        version = Leg.objects.get(pk=leg.pk).version
    for name, choice in {"none": "", "another day": "anden", "no": "nej", "no reason": "nej-fordi"}.items():
        walk.send(name, f"{here}svar/", svar=choice, version=version)
    walk.send("thanks", f"{here}svar/", svar="venteliste", version=version)
    walk.send("already", f"{here}svar/", svar="nej-fordi", reason="full", version=version)
    walk.see(here)

    assert left_in_danish(walk) == {}
    assert not_turned(walk) == []


def test_a_member_who_chose_arabic_reads_the_house_in_a_language_it_speaks(walk: Walk, cast: Cast):
    sign_in(walk.client, cast.maja)
    walk.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    page = walk.client.get("/i-dag/", headers={"accept-language": "ar, en-GB;q=0.8, da;q=0.5"})

    assert page.headers["Content-Language"] == "en"
    assert danish_in(page.content.decode()) == []
    assert "العربية" not in page.content.decode()


def test_the_entrance_is_for_those_who_work_here_and_speaks_their_languages(walk: Walk, cast: Cast):
    page = walk.client.get("/ind/")

    assert page.headers["Content-Language"] in EVERYWHERE


def test_one_language_press_after_another_keeps_the_page_that_a_press_drew(
    walk: Walk, cast: Cast, asked: tuple[Leg, str]
):
    leg, token = asked
    here = f"/svar/{token}/"
    walk.client.cookies.clear()
    with organisation_scope(HOUSE):
        version = Leg.objects.get(pk=leg.pk).version
    answer = {"svar": "venteliste", "version": version}
    walk.client.post(f"{here}svar/", answer)
    thanks = walk.client.post(f"{here}svar/", {**answer, "laes_paa": "ar"})

    assert thanks.status_code == 200
    assert TURNED in thanks.content.decode()
    assert "شكراً على استقبالكم" in thanks.content.decode()
    assert TURNED in walk.client.get(here).content.decode()


def test_a_language_press_never_answers(walk: Walk, cast: Cast, asked: tuple[Leg, str]):
    leg, token = asked
    with organisation_scope(HOUSE):
        version = Leg.objects.get(pk=leg.pk).version
    walk.client.post(f"/svar/{token}/vis/")
    answer = {
        "svar": "nej-fordi",
        "reason": "no_capacity",
        "version": version,
        "laes_paa": "ar",
        "once": str(uuid4()),
    }
    page = walk.client.post(f"/svar/{token}/svar/", answer)

    assert "checked" in page.content.decode()
    with organisation_scope(HOUSE):
        assert Leg.objects.get(pk=leg.pk).state == "requested"
