"""Plain language: what residents and partners read is easy, and official words are explained on the spot."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.utils import translation

from brobygger.engine.lix import weigh
from brobygger.foundation.official import OFFICIAL, OfficialWord, said_in
from tests.house.readers import READ, walk_in
from tests.house.reading import pieces
from tests.people import Cast

EASY = 35.0
ENOUGH = 20  # words; of a page that is only a name and a kind the measure says nothing


@pytest.fixture(autouse=True)
def _danish_again() -> Iterator[None]:
    yield
    translation.deactivate()


@pytest.fixture(params=READ, ids=lambda read: read.__name__)
def pages(request: pytest.FixtureRequest, client: Client, cast: Cast) -> dict[str, str]:
    walk = walk_in("da", client)
    request.param(walk, cast)
    return walk.pages


@pytest.mark.feature("SIT-06")
def test_what_residents_and_partners_read_is_easy(pages):
    weights = {name: weigh(pieces(page)) for name, page in pages.items()}
    for name, weight in weights.items():
        print(f"{weight.lix:5.1f}  {weight.words:4} words  {name}")
    assert {name: round(w.lix, 1) for name, w in weights.items() if w.lix > EASY and w.words >= ENOUGH} == {}


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
