"""Several at once: the database decides, and each is told the truth. Real threads, real commits."""

from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from datetime import timedelta
from threading import Event
from time import sleep
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections

from brobygger.bridging import actions, answers, jobs, ringing, telling
from brobygger.bridging.answers import Yes
from brobygger.bridging.models import Bridge, Clock, Leg
from brobygger.bridging.rules import NotAllowed
from brobygger.bridging.terms import DecidedBy, EndReason, RejectReason
from brobygger.foundation import outbox
from brobygger.foundation.outbox import OutboxMessage
from brobygger.foundation.scope import organisation_scope
from brobygger.offers.actions import NoPlaceLeft
from brobygger.offers.models import Offer
from tests.people import HOUSE, NOW, Cast, football_offer, resident
from tests.rooms.bridging import stories

pytestmark = pytest.mark.slow

CLIENTS, OFFERS, PLACES = 32, 20, 2


def all_at_once(
    jobs: Iterable[Callable[[], Any]], *, scoped: bool = True, clients: int = CLIENTS
) -> list[Any]:
    """Run jobs in threads of their own, each with its own connection; an exception is an answer too.

    `scoped`: each in one scope of the house, which is one transaction; else a job opens its own.
    """

    def run(job: Callable[[], Any]) -> Any:
        try:
            with organisation_scope(HOUSE) if scoped else nullcontext():
                return job()
        except Exception as told:
            return type(told)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(clients) as pool:
        return list(pool.map(run, jobs))


def asked_leg(cast: Cast, offer: Offer) -> Leg:
    """A new resident whose need has been sent to this offer."""
    person = resident(f"Beboer {uuid4().hex[:6]}", cast.maja)
    need = type(cast.need).objects.create(
        resident=person,
        words="Vil gerne spille.",
        theme="leisure",
        owner=cast.maja,
        next_step="x",
        next_step_on=NOW.date(),
        opened_at=NOW,
    )
    one = Cast(cast.maja, cast.torben, cast.ole, cast.inger, person, need, cast.club, cast.trainer, offer)
    return stories.sent(one)


def take(leg: Leg) -> Callable[[], str]:
    def yes() -> str:
        answers.accept_leg(
            leg=leg,
            seen=leg.version,
            answer=Yes(when=NOW + timedelta(days=6)),
            speaker=stories.TRAINER,
            by=stories.by_link(leg),
            at=NOW,
        )
        return "taken"

    return yes


@pytest.mark.feature("OFF-04")
@pytest.mark.asvs("2.3.4")
def test_32_clients_on_the_last_places_of_20_offers_never_oversell(lasting_cast: Cast):
    with organisation_scope(HOUSE, member=lasting_cast.maja.pk):
        offers = [football_offer(lasting_cast.club, places_total=PLACES) for _ in range(OFFERS)]
        legs = [asked_leg(lasting_cast, offers[n % OFFERS]) for n in range(CLIENTS * 2)]

    told = Counter(all_at_once(take(leg) for leg in legs))

    with organisation_scope(HOUSE):
        taken = [Offer.objects.get(pk=offer.pk).places_taken for offer in offers]
        accepted = Leg.objects.filter(state="accepted").count()
    assert max(taken) <= PLACES
    assert sum(taken) == accepted == told["taken"] == OFFERS * PLACES
    assert told[NoPlaceLeft] == CLIENTS * 2 - OFFERS * PLACES


def test_the_residents_no_wins_over_the_partners_yes_whoever_comes_first(lasting_cast: Cast):
    with organisation_scope(HOUSE, member=lasting_cast.maja.pk):
        legs = [asked_leg(lasting_cast, football_offer(lasting_cast.club)) for _ in range(10)]

    def stop(leg: Leg) -> Callable[[], str]:
        return lambda: str(
            actions.withdraw_leg(
                leg=leg,
                decided_by=DecidedBy.RESIDENT,
                reason=EndReason.PERSON_DECLINED,
                by=lasting_cast.maja,
                at=NOW,
            ).state
        )

    told = Counter(all_at_once(job for leg in legs for job in (take(leg), stop(leg))))

    with organisation_scope(HOUSE):
        states = set(Leg.objects.values_list("state", flat=True))
        taken = sum(Offer.objects.values_list("places_taken", flat=True))
        running = Clock.objects.filter(ended_at=None, leg__isnull=False).count()
    assert (states, taken, running) == ({"cancelled"}, 0, 0)
    assert told["cancelled"] == 10
    assert told["taken"] + told[NotAllowed] + told[actions.Refused] == 10


def test_two_workers_cannot_ask_the_same_offer_for_the_same_person(lasting_cast: Cast):
    told = all_at_once([lambda: stories.built(lasting_cast).state] * 8)

    with organisation_scope(HOUSE), connection.cursor():
        live = Leg.objects.filter(state="draft").count()
    assert (live, told.count("draft")) == (1, 1)


A_WHILE = 0.3  # seconds in which the second of two comes as far as it can


def while_held(hold: Callable[[], Any], other: Callable[[], Any], then: Callable[[], Any]) -> list[Any]:
    """One takes its locks, another comes as far as it can, then the first goes on. What both answered."""
    held = Event()

    def first() -> Any:
        hold()
        held.set()
        sleep(A_WHILE)
        return then()

    def second() -> Any:
        held.wait(10)
        return other()

    return all_at_once([first, second])


def test_a_message_being_sent_and_a_withdrawal_do_not_lock_each_other_out(
    lasting_cast: Cast, settings, tmp_path
):
    settings.BROBYGGER_HOME = str(tmp_path)
    with organisation_scope(HOUSE, member=lasting_cast.maja.pk):
        leg = asked_leg(lasting_cast, football_offer(lasting_cast.club))
        message = OutboxMessage.objects.get(about_id=leg.pk)

    told = while_held(
        hold=lambda: telling.lock(leg.pk),
        other=lambda: jobs.dispatch(organisation=str(HOUSE), message=str(message.pk)),
        then=lambda: outbox.stop(about_kind="bridging.Leg", about_id=leg.pk),
    )

    assert told == [1, None]


def test_a_new_leg_and_the_bridges_own_clock_do_not_lock_each_other_out(lasting_cast: Cast):
    with organisation_scope(HOUSE, member=lasting_cast.maja.pk):
        leg = stories.sent(lasting_cast)
        answers.decline_leg(
            leg=leg,
            seen=leg.version,
            reason=RejectReason.NO_CAPACITY,
            text="",
            speaker=stories.TRAINER,
            by=stories.by_link(leg),
            at=NOW,
        )
        clock = Clock.objects.get(bridge=leg.bridge_id, ended_at=None)

    told = while_held(
        hold=lambda: Bridge.objects.select_for_update().get(pk=leg.bridge_id),
        other=lambda: ringing.ring(clock=clock, at=clock.due_at),
        then=lambda: stories.built(lasting_cast).state,
    )

    assert told == ["draft", False]


def test_two_workers_who_begin_the_same_bridge_are_both_told_kindly(lasting_cast: Cast):
    told = Counter(all_at_once([lambda: stories.built(lasting_cast).state] * 4))

    assert told == {"draft": 1, actions.Refused: 3}
