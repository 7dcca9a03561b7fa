"""Nobody reads, changes, takes or gives another organisation's rows: drill D5.

The figures (cells, seconds, holes found) are told at the end of the run; `-rP` tells how each was found.
"""

import time
from collections.abc import Iterator

import psycopg
import pytest

from tests.house.catalogue import Catalogue
from tests.house.conftest import Furnished
from tests.house.figures import FIGURES, HOLES_TRIED
from tests.house.holes import HOLES, MORE_HOLES
from tests.house.isolation import Context, Matrix, Violation, contexts, is_complete
from tests.house.tables import owned_tables


def test_every_table_has_rows_in_both_houses(furnished: Furnished):
    assert is_complete(furnished.world.rows, owned_tables()) == []


@pytest.mark.feature("ACC-02")
@pytest.mark.asvs("8.3.1", "8.4.1")
def test_the_application_reads_and_writes_its_own_house_only(furnished: Furnished):
    matrix = Matrix(owned_tables(), furnished.world)
    catalogue = Catalogue(owned_tables(), furnished.world)
    began = time.monotonic()

    with psycopg.connect(furnished.app) as db:
        found = list(_everything(db, matrix, catalogue, contexts(furnished.world)))

    seconds = time.monotonic() - began
    FIGURES["D5"] = f"{matrix.cells + catalogue.cells} cells in {seconds:.1f} s, {len(found)} violations"
    assert [str(one) for one in found] == []
    assert seconds < 10


def test_the_owner_sees_and_changes_nothing_without_a_scope(furnished: Furnished):
    matrix = Matrix(owned_tables(), furnished.world, is_owner=True)

    with psycopg.connect(furnished.owner) as db:
        found = list(matrix.violations(db, [Context("unset")]))

    assert [str(one) for one in found] == []


@pytest.mark.parametrize("hole", [*HOLES, *MORE_HOLES])
def test_a_planted_hole_is_found(furnished: Furnished, hole: str):
    if not furnished.superuser:
        FIGURES["D5 control"] = "NOT RUN: holes are planted by a superuser; give its BROBYGGER_SUPERUSER_URL"
        pytest.skip(FIGURES["D5 control"])
    matrix = Matrix(owned_tables(), furnished.world)
    catalogue = Catalogue(owned_tables(), furnished.world)

    with psycopg.connect(furnished.superuser) as db:
        db.execute((HOLES | MORE_HOLES)[hole])
        db.execute("SET LOCAL ROLE brobygger_app")
        found = next(_everything(db, matrix, catalogue, contexts(furnished.world)), None)
        db.rollback()

    HOLES_TRIED[hole] = str(found or "")
    print(f"{hole}: {found}")
    assert found


def _everything(
    db: psycopg.Connection, matrix: Matrix, catalogue: Catalogue, where: list[Context]
) -> Iterator[Violation]:
    """Declarations come last: a hole that both would find is found by what it lets through."""
    yield from catalogue.ways_round(db, where)
    yield from matrix.violations(db, where)
    yield from catalogue.declarations(db)
