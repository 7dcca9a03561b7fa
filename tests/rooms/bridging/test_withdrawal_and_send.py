"""A yes taken back in the same tenth of a second as a send: nothing leaves after the withdrawal (BRI-17).

Real threads, real commits, the real dispatch job. Each try has its own resident with a draft that is agreed
to and ready. One sends it and at once runs the job for its message, as the worker of the queue does; another
takes everything back. Both begin within 100 ms, in either order. The job is run once more at the end for
whatever still waits. A letter counts as late if it was handed over after the withdrawal was acknowledged.
"""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from threading import Barrier
from time import sleep
from uuid import UUID

import pytest
from django.utils import timezone

from brobygger.bridging import actions, jobs, reads
from brobygger.bridging.models import AnswerLink, Clock, Leg, LegSnapshot
from brobygger.bridging.telling import Speaker
from brobygger.bridging.terms import ActorRole, Channel
from brobygger.bridging.withdrawing import withdraw_consent
from brobygger.foundation import outbox
from brobygger.foundation.days import local_day
from brobygger.foundation.outbox import MessageState, OutboxMessage
from brobygger.foundation.scope import organisation_scope
from brobygger.residents.models import Resident
from tests.people import HOUSE, Cast, football_offer, resident
from tests.rooms.bridging import stories
from tests.rooms.bridging.test_together import all_at_once

WITHIN = 0.1  # seconds


@dataclass
class Try:
    """One resident with a draft that is ready to be sent, and when the withdrawal was acknowledged."""

    person: Resident
    leg: UUID
    early: tuple[float, float]
    together: Barrier
    acknowledged: datetime | None = None


def ready(cast: Cast, number: int, dice: random.Random) -> Try:
    person = resident(f"Beboer {number}", cast.maja)
    need = type(cast.need).objects.create(
        resident=person,
        words="Vil gerne spille.",
        theme="leisure",
        owner=cast.maja,
        next_step="x",
        next_step_on=local_day(timezone.now()),
        opened_at=timezone.now(),
    )
    one = Cast(
        cast.maja, cast.torben, cast.ole, cast.inger, person, need, cast.club, cast.trainer,
        football_offer(cast.club),
    )  # fmt: skip
    now = timezone.now()
    leg = stories.built(one, at=now)
    stories.consented(one, at=now)
    actions.prepare_leg(leg=leg, kinds=stories.KINDS, message="", by=one.maja, at=now)
    return Try(person, leg.pk, (dice.uniform(0, WITHIN), dice.uniform(0, WITHIN)), Barrier(2, timeout=30))


def send(cast: Cast, one: Try) -> str:
    """Send and run the queue's job. Each act in a scope of its own, as each request and each job has."""
    one.together.wait()
    sleep(one.early[0])
    try:
        with organisation_scope(HOUSE, member=cast.maja.pk):
            stories.send(cast, Leg.objects.get(pk=one.leg), at=timezone.now())
    except (actions.Refused, actions.NotWhatWasShown, actions.rules.NotAllowed):
        return "refused"
    dispatch(one)
    return "sent"


def dispatch(one: Try) -> None:
    with organisation_scope(HOUSE):
        waiting = OutboxMessage.objects.filter(about_id=one.leg, state=MessageState.WAITING)
        keys = list(waiting.values_list("pk", flat=True))
    for key in keys:
        jobs.dispatch(organisation=str(HOUSE), message=str(key))


def take_back(cast: Cast, one: Try) -> str:
    one.together.wait()
    sleep(one.early[1])
    speaker = Speaker(ActorRole.RESIDENT, one.person.first_name, Channel.IN_PERSON, told_by=cast.maja)
    with organisation_scope(HOUSE, member=cast.maja.pk):
        withdraw_consent(resident=one.person, speaker=speaker, by=cast.maja.actor, at=timezone.now())
    one.acknowledged = timezone.now()
    return "taken back"


def race(cast: Cast, tries: int, home: Path, *, at_once: int = 8) -> Counter[str]:
    """Run the tries and count what happened; asserts the promise for each."""
    dice = random.Random(17)
    with organisation_scope(HOUSE, member=cast.maja.pk):
        all_tries = [ready(cast, number, dice) for number in range(tries)]
    told: Counter[str] = Counter()
    for start in range(0, tries, at_once):
        batch = all_tries[start : start + at_once]
        told.update(
            map(
                str,
                all_at_once(
                    [lambda one=one, act=act: act(cast, one) for one in batch for act in (send, take_back)],
                    scoped=False,
                ),
            )
        )
    for one in all_tries:
        dispatch(one)
    told.update(judged(one, home) for one in all_tries)
    return told


def handed_over(letter: Path) -> datetime:
    return datetime.fromtimestamp(letter.stat().st_mtime, UTC)


def judged(one: Try, home: Path) -> str:
    assert one.acknowledged is not None
    with organisation_scope(HOUSE):
        leg = Leg.objects.get(pk=one.leg)
        asked = OutboxMessage.objects.filter(about_id=one.leg, what="asked")
        left = [letter for row in asked for letter in home.rglob(f"*-{row.pk}.txt")]
        told_of_it = OutboxMessage.objects.filter(about_id=one.leg, what="consent_withdrawn").count()
        late = [letter for letter in left if handed_over(letter) > one.acknowledged]
        assert not late, f"{len(late)} late letters"
        assert (leg.state, leg.reason) == ("cancelled", "consent_withdrawn")
        assert not AnswerLink.objects.filter(leg=leg, revoked_at=None).exists()
        assert not LegSnapshot.objects.filter(leg=leg, access_ended_at=None).exists()
        assert Clock.objects.filter(bridge=leg.bridge_id, leg=None, ended_at=None).count() == 1
        assert reads.covered(leg, on=local_day(timezone.now())) == frozenset()
    assert told_of_it == len(left)
    return "left before the withdrawal" if left else "never left"


@pytest.fixture
def home(settings, tmp_path) -> Path:
    settings.BROBYGGER_HOME = str(tmp_path)
    return tmp_path


@pytest.mark.slow
@pytest.mark.feature("BRI-17")
def test_a_withdrawal_and_a_send_at_once_leave_nothing_behind(lasting_cast: Cast, home: Path):
    told = race(lasting_cast, 8, home)

    assert told["taken back"] == told["never left"] + told["left before the withdrawal"] == 8


@pytest.mark.deep
@pytest.mark.feature("BRI-17")
def test_500_withdrawals_within_100_ms_of_a_send_let_nothing_leave_afterwards(lasting_cast: Cast, home: Path):
    told = race(lasting_cast, 500, home)

    print(f"\n500 withdrawals within 100 ms of a send: {dict(told)}, late letters 0")  # noqa: T201
    assert told["taken back"] == 500
    assert min(told["never left"], told["left before the withdrawal"], told["refused"]) > 0


@pytest.mark.slow
def test_a_house_that_forgets_to_stop_what_waits_is_found(lasting_cast: Cast, home: Path, monkeypatch):
    """The control: the message is not stopped, and the job asks nothing. How many are late is for the clock
    to say, so there are more rounds for a machine on which a whole round happens to be in time."""
    monkeypatch.setattr(outbox, "stop", lambda **_what: 0)
    monkeypatch.setattr(jobs, "_may_leave", lambda *_what: True)

    def rounds() -> None:
        for _round in range(6):
            race(lasting_cast, 24, home)

    with pytest.raises(AssertionError, match="late"):
        rounds()
