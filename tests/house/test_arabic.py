"""The pages of residents and partners in Arabic: turned, whole, and with what is not Arabic set apart."""

import gettext
import re
from collections.abc import Callable, Iterator
from uuid import uuid4

import polib
import pytest
from django.conf import settings
from django.test import Client
from django.utils import translation

from brobygger.bridging.asks import Ask
from brobygger.bridging.models import Leg
from brobygger.foundation.languages import EVERYWHERE
from brobygger.foundation.scope import organisation_scope
from brobygger.foundation.templatetags.house import quoted
from brobygger.foundation.translations import A_SENTENCE, ARABIC, BLANK, ENDS, ISOLATED, set_apart
from tests.conftest import sign_in
from tests.house.danish import danish_in
from tests.house.marked import marked_in_source
from tests.house.readers import READ, ask_pages, asked, version_of, walk_in
from tests.house.test_translations import Walk, blanks, left_in_danish
from tests.people import HOUSE, Cast
from tests.rooms.bridging import asks

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
    return walk_in("ar", client)


@pytest.fixture
def sent(cast: Cast) -> tuple[Leg, str]:
    return asked(cast)


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
    bare = [text for text in spoken if A_SENTENCE.search(text) and set_apart(without_marks(text)) != text]

    assert bare == []
    assert any(ISOLATED in text for text in spoken if BLANK.search(text))


def without_marks(text: str) -> str:
    return text.replace(ISOLATED, "").replace(ENDS, "")


@pytest.mark.feature("SIT-06")
@pytest.mark.parametrize("read", READ, ids=lambda read: read.__name__)
def test_what_residents_and_partners_read_is_arabic(
    walk: Walk, cast: Cast, read: Callable[[Walk, Cast], None]
):
    read(walk, cast)

    assert left_in_danish(walk) == {}
    assert not_turned(walk) == []


@pytest.mark.parametrize("read", READ, ids=lambda read: read.__name__)
def test_what_residents_and_partners_read_is_english(
    client: Client, cast: Cast, read: Callable[[Walk, Cast], None]
):
    walk = walk_in("en", client)
    read(walk, cast)

    assert left_in_danish(walk) == {}


def test_a_member_who_chose_arabic_reads_the_house_in_a_language_it_speaks(walk: Walk, cast: Cast):
    sign_in(walk.client, cast.maja)
    walk.client.cookies[settings.LANGUAGE_COOKIE_NAME] = "ar"
    page = walk.client.get("/i-dag/", headers={"accept-language": "ar, en-GB;q=0.8, da;q=0.5"})

    assert page.headers["Content-Language"] == "en"
    assert danish_in(page.content.decode()) == []
    assert "العربية" not in page.content.decode()


def test_the_entrance_is_for_those_who_work_here_and_speaks_their_languages(walk: Walk, cast: Cast):
    page = walk.client.get("/ind/konto/")

    assert page.headers["Content-Language"] in EVERYWHERE


@pytest.mark.feature("SIT-01")
def test_one_language_press_after_another_keeps_the_page_that_a_press_drew(
    walk: Walk, cast: Cast, sent: tuple[Leg, str]
):
    leg, token = sent
    here = f"/svar/{token}/"
    walk.client.cookies.clear()
    version = version_of(leg)
    answer = {"svar": "venteliste", "version": version}
    walk.client.post(f"{here}svar/", answer)
    thanks = walk.client.post(f"{here}svar/", {**answer, "laes_paa": "ar"})

    assert thanks.status_code == 200
    assert TURNED in thanks.content.decode()
    assert "شكراً على استقبالكم" in thanks.content.decode()
    assert TURNED in walk.client.get(here).content.decode()


def test_a_language_press_never_answers(walk: Walk, cast: Cast, sent: tuple[Leg, str]):
    leg, token = sent
    version = version_of(leg)
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


@pytest.mark.feature("SIT-01")
def test_an_ask_is_made_once_however_often_the_language_is_changed(walk: Walk, cast: Cast):
    ask_pages(walk, cast)
    here = next(name for name in walk.pages if name.startswith("/spoerg/") and "intet" not in name)
    code = re.search(r'name="code" value="([^"]+)"', walk.pages["ask thanks"])
    assert code
    page = walk.client.post(f"{here}send/", {"code": code[1], "laes_paa": "en", "once": str(uuid4())})

    assert code[1] in page.content.decode()
    assert page.headers["Content-Language"] == "en"
    with organisation_scope(HOUSE):
        assert Ask.objects.count() == 1


def test_a_half_written_ask_is_kept_in_another_language(walk: Walk, cast: Cast):
    ask_pages(walk, cast)
    here = next(name for name in walk.pages if name.startswith("/spoerg/") and "intet" not in name)
    page = walk.client.post(f"{here}send/", {**asks.FIELDS, "who": "Yusuf", "laes_paa": "en"})

    assert 'value="Yusuf"' in page.content.decode()
    with organisation_scope(HOUSE):
        assert Ask.objects.count() == 1


def test_somebodys_danish_words_keep_their_own_direction_between_arabic_marks():
    with translation.override("ar"):
        assert quoted("Det er godt.") == f"«{ISOLATED}Det er godt.{ENDS}»"


def test_a_clock_stays_one_piece():
    assert set_apart("%(hour)s:%(minute)s") == "%(hour)s:%(minute)s"
