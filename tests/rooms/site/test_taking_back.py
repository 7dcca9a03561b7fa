"""`brobygger offers import`, `runs` and `undo`, as they are typed."""

from pathlib import Path

import pytest

from brobygger.foundation.scope import organisation_scope
from brobygger.offers.models import ImportRun, Offer
from brobygger.site import commands
from tests.people import HOUSE, Cast
from tests.rooms.offers.test_import_saving import write

pytestmark = pytest.mark.slow


@pytest.fixture
def katalog(tmp_path: Path) -> Path:
    folder = tmp_path / "katalog"
    folder.mkdir()
    return write(folder)


def typed(home: Path, *words: str) -> int:
    return commands.main(["offers", "--home", str(home), *words, "--owner", str(HOUSE)])


def taken_in() -> int:
    with organisation_scope(HOUSE):
        return int(Offer.objects.filter(source="katalog", withdrawn_at=None).count())


@pytest.mark.feature("OFF-07")
def test_what_was_taken_in_is_listed_and_taken_back(lasting_cast: Cast, katalog: Path, tmp_path: Path, capfd):
    assert typed(tmp_path, "import", str(katalog)) == 0
    with organisation_scope(HOUSE):
        key = str(ImportRun.objects.get().pk)
    before = taken_in()

    assert typed(tmp_path, "runs") == 0
    assert key in capfd.readouterr().out
    assert typed(tmp_path, "undo", key) == 0
    assert "Trukket tilbage: " in capfd.readouterr().out
    assert (before > 0, taken_in()) == (True, 0)


@pytest.mark.feature("OFF-07")
@pytest.mark.parametrize("key", ["ikke-en-nøgle", "6af6957f-af99-5e71-a737-b81f9003d876"])
def test_a_key_that_is_none_is_told(lasting_cast: Cast, tmp_path: Path, key: str, capfd):
    assert typed(tmp_path, "undo", key) == 2

    told = capfd.readouterr().err
    assert ("Traceback" in told, "brobygger offers runs" in told) == (False, True)
