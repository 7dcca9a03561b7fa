"""Random histories against the database: many people, consent given and taken back, and the clocks.

A quick version runs always; the long one, and the one with many at once, tell how many steps they took.
"""

import random
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from brobygger.bridging.models import Leg
from brobygger.foundation.scope import organisation_scope
from tests.people import HOUSE, Cast
from tests.rooms.bridging.acting import ACTS, Town, a_clock_rings, furnish, what_is_wrong
from tests.rooms.bridging.test_actions import check_now
from tests.rooms.bridging.test_together import all_at_once

NUMBERS = st.integers(0, 100)
TOLD: Counter[str] = Counter()
MAY_CHANGE_AFTERWARDS = {"undelivered_at", "reason_text"}


class Histories(RuleBasedStateMachine):
    """One example is one house from its first bridge on, rolled back at the end."""

    cast: Cast
    town: Town

    def __init__(self) -> None:
        super().__init__()
        self.ended: dict[Any, dict[str, Any]] = {}
        self.undo = transaction.atomic()
        self.undo.__enter__()

    def teardown(self) -> None:
        TOLD.update(self.town.done)
        TOLD["refused"] += self.town.refused
        transaction.set_rollback(True)
        self.undo.__exit__(None, None, None)

    @initialize()
    def the_house_is_furnished(self) -> None:
        self.town = furnish(self.cast)
        for c in range(3):
            ACTS["say_yes_to_sharing"](self.town, None, c)

    @rule(a=NUMBERS, b=NUMBERS, c=NUMBERS)
    def somebody_acts(self, a: int, b: int, c: int) -> None:
        TOLD["steps"] += 1
        self.town.act(a, b, c)

    @rule(hours=st.integers(1, 24 * 9))
    def time_passes(self, hours: int) -> None:
        TOLD["steps"] += 1
        self.town.now += timedelta(hours=hours)
        self.town.ring_what_is_due()

    @invariant()
    def everything_is_in_order(self) -> None:
        if not hasattr(self, "town"):
            return
        check_now()
        assert what_is_wrong(self.town) == []

    @invariant()
    def what_has_ended_stays_as_it_is(self) -> None:
        for row in Leg.objects.filter(ended_at__isnull=False).values():
            kept = {name: value for name, value in row.items() if name not in MAY_CHANGE_AFTERWARDS}
            before = self.ended.setdefault(row["id"], kept)
            assert kept == before or kept["state"] == "entered_in_error"
            self.ended[row["id"]] = kept


def run(cast: Cast, *, examples: int, steps: int) -> None:
    Histories.cast = cast
    TOLD.clear()
    run_state_machine_as_test(
        Histories,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=(Phase.generate,),
            database=None,
        ),
    )


@pytest.mark.feature("BRI-07", "BRI-08", "BRI-12")
def test_whatever_people_do_the_database_is_in_order(in_house: Cast):
    run(in_house, examples=4, steps=20)

    assert TOLD["steps"] > 20


@pytest.mark.deep
@pytest.mark.feature("BRI-07")
def test_ten_thousand_steps_leave_every_leg_with_one_clock_and_every_need_with_a_day(in_house: Cast):
    run(in_house, examples=140, steps=80)

    print(f"random histories: {TOLD['steps']} steps; {dict(TOLD)}")
    assert TOLD["steps"] >= 10_000


AT_ONCE, AT_A_TIME = 600, 12


@pytest.mark.deep
@pytest.mark.feature("BRI-07")
def test_many_at_once_leave_everything_in_order(lasting_cast: Cast):
    with organisation_scope(HOUSE, member=lasting_cast.maja.pk):
        town = furnish(lasting_cast)
        for c in range(6):
            ACTS["say_yes_to_sharing"](town, None, c)
        for c in range(3):
            ACTS["build"](town, None, c)
    chance = random.Random(71)

    turns = [_turn(town, chance) for _time in range(AT_ONCE)]

    told = Counter(map(str, all_at_once(turns, clients=AT_A_TIME)))

    with organisation_scope(HOUSE):
        wrong = what_is_wrong(town)
        legs = Leg.objects.count()
    acts = f"{AT_ONCE} acts, {AT_A_TIME} at a time, on {legs} legs"
    print(f"many at once: {acts}; {town.refused} refused; {town.done}")
    assert wrong == []
    assert told == {"in order": AT_ONCE}


def _turn(town: Town, chance: random.Random) -> Callable[[], str]:
    a, b, c = (chance.randint(0, 100) for _number in range(3))

    def act() -> str:
        if a % 10 == 0:
            legs = list(Leg.objects.order_by("code"))
            a_clock_rings(town, legs[b % len(legs)], c)
        else:
            town.act(a, b, c)
        return "in order"

    return act
