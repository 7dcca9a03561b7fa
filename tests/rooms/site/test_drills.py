"""The drills in short: every promise holds, and every control is seen to fail (PROMISES 5).

The whole drills are commands (`brobygger drill D6`); here they are as small as still proves it.
"""

import os
from pathlib import Path

import pytest

from brobygger.foundation.trouble import Trouble
from brobygger.site.commands import crowding, drilling, killing, posting, tampering
from brobygger.site.commands.drilling import FAILED, NOT_RUN, PASSED, Verdict

needs_superuser = pytest.mark.skipif(
    not os.environ.get(drilling.SUPERUSER), reason="NOT RUN: only a superuser can tamper"
)


@pytest.mark.slow
@needs_superuser
@pytest.mark.feature("PRI-06")
def test_five_ways_of_tampering_are_found_and_two_of_them_only_by_heads_outside(lasting_db: None):
    verdict = Verdict("D6")

    tampering.drill(verdict, seconds=0)

    assert verdict.end() == PASSED, verdict.said


def test_a_drill_passes_only_if_every_promise_held_and_every_control_failed():
    verdicts = [Verdict(str(number)) for number in range(4)]
    verdicts[0].promise(True, "x")
    verdicts[1].promise(False, "x")
    verdicts[2].control(False, "x")
    verdicts[3].not_run("no superuser")

    assert [one.end() for one in verdicts] == [PASSED, FAILED, FAILED, NOT_RUN]


@pytest.mark.slow
@pytest.mark.feature("OFF-04")
def test_places_and_presses_count_once_and_checking_first_does_not(lasting_db: None):
    verdict = Verdict("D4")

    crowding.drill(verdict, tries=200, offers=5, places=10, keys=10, presses=8)

    assert verdict.end() == PASSED, verdict.said


@pytest.mark.slow
def test_messages_arrive_once_through_a_bad_gateway_with_keys_and_twice_without(lasting_db: None, settings):
    settings.BROBYGGER_OUTBOX = "file"
    verdict = Verdict("D7")

    posting.drill(verdict, count=60, poison=3, kills=2)

    assert verdict.end() == PASSED, verdict.said


def test_the_killing_is_refused_where_the_database_is_somebody_elses(tmp_path: Path, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://app:x@db.invalid/bro")

    with pytest.raises(Trouble, match="Fjern DATABASE_URL"):
        killing.run(tmp_path)
