"""The bench of fit: one invented country, peers who are asked the same, and goals told as they are."""

import math

import pytest

from brobygger.engine.fit import columns
from brobygger.engine.fit.layout import Columns
from brobygger.engine.fit.ranking import Ranking
from brobygger.engine.fit.readmodel import Top
from brobygger.site.commands import fit_flat, fit_page, fit_peers, fit_world
from brobygger.site.commands.bench_fit import of_top
from brobygger.site.commands.fit_page import Measured


def answers(some: Columns, count: int) -> list[Ranking]:
    return [columns.rank(person, some) for person in fit_world.persons(count)]


@pytest.mark.slow  # a whole directory
def test_the_invented_columns_are_those_of_the_invented_facts() -> None:
    world = fit_world.offers(400)

    packed = columns.pack(world.offers[key] for key in world.ids)

    assert answers(packed, 40) == answers(world, 40)


@pytest.mark.slow  # a whole directory
def test_a_peer_with_the_flat_table_answers_as_we_do() -> None:
    world = fit_world.offers(2_000)
    peer = fit_peers.SQLite("")
    peer.load(fit_flat.table(world))

    told = [peer.ask(person) for person in fit_world.persons(60)]

    peer.close()
    assert told == [of_top(Top(one.fits, one.near)) for one in answers(world, 60)]


def measured(engine: str, milliseconds: float) -> Measured:
    return Measured(engine, fit_page.LARGEST, times=[milliseconds] * 3, floor=[0.1])


def test_a_goal_that_is_not_met_is_told_so() -> None:
    rows = [measured(fit_page.OURS, 0.2), measured(fit_page.BEST, 100.0), measured(fit_page.DUCK, 10.0)]

    goals = {name: met for name, _, _, met in fit_page.goals(rows)}

    assert goals == {
        f"p50 against {fit_page.BEST}": True,
        f"p50 against {fit_page.ORDINARY}": False,
        f"p50 against {fit_page.DUCK}": False,
        "p99 of ours": True,
        "p99 of ours against the memory floor": True,
    }


def test_a_peer_that_is_not_installed_is_told_as_not_run() -> None:
    row = Measured(fit_page.DUCK, 10_000, why_not="duckdb is not installed")

    page = fit_page.told([measured(fit_page.OURS, 0.2), row], load=0.0)

    assert "| 10,000 | DuckDB | not run: duckdb is not installed |" in page
    assert math.isnan(row.at(0.5))
