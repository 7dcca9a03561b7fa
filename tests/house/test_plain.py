"""Plain language: what residents and partners read is easy, and official words are explained on the spot."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation

from brobygger.bridging import links
from brobygger.bridging.models import Leg
from brobygger.engine.lix import weigh
from brobygger.foundation.official import OFFICIAL, OfficialWord, said_in
from brobygger.foundation.scope import organisation_scope
from tests.house.reading import pieces
from tests.house.test_translations import Walk
from tests.people import HOUSE, Cast
from tests.rooms.bridging import stories

EASY = 35.0


@pytest.fixture(autouse=True)
def _danish_again() -> Iterator[None]:
    yield
    translation.deactivate()


@pytest.fixture
def pages(client: Client, cast: Cast) -> dict[str, str]:
    walk = Walk(client)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "da"
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        leg = stories.sent(cast, at=now)
        token = links.make_link(leg=leg, address="x", expires_at=now + timedelta(days=14), at=now)
    here = f"/svar/{token}/"
    walk.see(here, "/svar/intet/", "/", "/tilgaengelighed/", "/om-data/", "/tilbud/")
    walk.send("question", f"{here}vis/")
    with organisation_scope(HOUSE):
        version = Leg.objects.get(pk=leg.pk).version
    for name, choice in {"none": "", "another day": "anden", "no": "nej", "no reason": "nej-fordi"}.items():
        walk.send(name, f"{here}svar/", svar=choice, version=version)
    walk.send("thanks", f"{here}svar/", svar="venteliste", version=version)
    walk.send("already", f"{here}svar/", svar="nej-fordi", reason="full", version=version)
    return walk.pages


def test_what_residents_and_partners_read_is_easy(pages):
    weights = {name: weigh(pieces(page)) for name, page in pages.items()}
    for name, weight in weights.items():
        print(f"{weight.lix:5.1f}  {weight.words:4} words  {name}")
    assert {name: round(w.lix, 1) for name, w in weights.items() if w.lix > EASY} == {}


def unexplained(page: str) -> list[str]:
    """Official words that a Danish page says without telling what they mean."""
    text = " ".join(pieces(page, whole=True))
    told = set(re.findall(r'data-means="([^"]+)"', page))
    return [one.word for one in said_in(text) if one.word not in told]


def test_an_official_word_is_explained_where_it_stands(pages):
    assert {name: unexplained(page) for name, page in pages.items() if unexplained(page)} == {}


def test_a_planted_official_word_is_found():
    page = (
        '<body><main><p>Vi har dit samtykke.</p><p>Fritidspas</p><details data-means="fritidspas"></details>'
    )

    assert unexplained(page) == ["samtykke"]


def test_a_planted_heavy_page_is_found():
    heavy = (
        "<main><p>Boligorganisationens helhedsplansmedarbejder foranlediger videregivelse af oplysninger.</p>"
    )

    assert weigh(pieces(heavy)).lix > EASY


@pytest.mark.parametrize("one", OFFICIAL.values(), ids=lambda one: one.word)
def test_an_explanation_is_easier_than_the_word(one: OfficialWord):
    assert weigh([one.means]).lix <= EASY
    assert [other.word for other in said_in(one.means)] == []
