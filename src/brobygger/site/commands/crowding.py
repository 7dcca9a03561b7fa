"""`brobygger drill D4`: many press for the last places, and the same press is sent again and again."""

import time
from collections import Counter
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import django

from brobygger.site.commands.drilling import Verdict, run_apart

CLIENTS = 32
A_MOMENT = 0.05  # seconds between looking and writing, where one does as people do


def run(home: Path) -> int:
    del home
    return run_apart("crowding")


def drill(verdict: Verdict, *, tries: int, offers: int, places: int, keys: int, presses: int) -> None:
    over, taken = _take_places(_guarded, tries, offers, places)
    wanted = min(tries, offers * places)
    verdict.promise(over == 0 and taken == wanted, f"{tries} forsøg på {wanted} pladser: {over} for mange")
    over, _taken = _take_places(_checked_first, tries, offers, places)
    verdict.control(over > 0, f"først se efter og så skrive: {over} for mange")
    effects, answers = _press(keys, presses)
    verdict.promise(effects == keys, f"{keys} nøgler trykket {presses} gange: {effects} virkninger")
    verdict.promise(
        answers == {302: keys * presses, 422: keys}, f"samme svar hver gang, ændret indhold 422: {answers}"
    )


Taking = Callable[[Any], bool]


def _guarded(offer: Any) -> bool:
    from brobygger.offers.actions import NoPlaceLeft, take_place

    try:
        take_place(offer=offer)
    except NoPlaceLeft:
        return False
    return True


def _checked_first(offer: Any) -> bool:
    """The control: count, then write, as one does without thinking. The lists are rows of the outbox."""
    from brobygger.foundation.outbox import OutboxMessage

    taken = OutboxMessage.objects.filter(about_id=offer.pk)
    if taken.count() >= offer.places_total:
        return False
    time.sleep(A_MOMENT)
    _note(offer.pk)
    return True


def _note(about: UUID) -> None:
    from django.utils import timezone

    from brobygger.foundation.outbox import MessageState, OutboxMessage

    now = timezone.now()
    OutboxMessage.objects.create(
        about_kind="drill", about_id=about, what="drill", channel="drill", to="nogen",
        state=MessageState.STOPPED, made_at=now, use_by=now,
    )  # fmt: skip


def _take_places(take: Taking, tries: int, offers: int, places: int) -> tuple[int, int]:
    """Places given beyond what there was, and places given. All are after the same offer at a time."""
    from brobygger.foundation.scope import organisation_scope
    from brobygger.offers.models import Offer
    from brobygger.offers.terms import CapacityKind, Theme
    from brobygger.partners.models import Organisation
    from brobygger.partners.terms import OrganisationKind

    house = uuid4()
    with organisation_scope(house):
        club = Organisation.objects.create(id=house, name="Øveklubben", kind=OrganisationKind.ASSOCIATION)
        made = [
            Offer.objects.create(
                organisation=club, name="Øvelse", themes=[Theme.LEISURE], capacity_kind=CapacityKind.PLACES,
                places_total=places, is_fictional=True,
            )
            for _offer in range(offers)
        ]  # fmt: skip

    def one(number: int) -> tuple[UUID, bool]:
        offer = made[number * offers // tries]
        with organisation_scope(house):
            return offer.pk, take(offer)

    given = Counter(offer for offer, got in _at_once(one, range(tries)) if got)
    return sum(max(0, count - places) for count in given.values()), given.total()


def _press(keys: int, presses: int) -> tuple[int, dict[int, int]]:
    """Effects, and how often each status was answered; the last press of each key has another body."""
    from django.http import HttpResponse

    from brobygger.foundation.once import answer_once
    from brobygger.foundation.outbox import OutboxMessage
    from brobygger.foundation.scope import organisation_scope

    house, numbers = uuid4(), [uuid4() for _key in range(keys)]

    def act(key: UUID) -> HttpResponse:
        _note(key)
        return HttpResponse(status=302, headers={"Location": "/"})

    def one(pressed: tuple[UUID, str]) -> int:
        key, body = pressed
        with organisation_scope(house):
            return answer_once(_request(), key, lambda: act(key), same=body).status_code

    told = _at_once(one, [(key, "samme") for _press in range(presses) for key in numbers])
    told += _at_once(one, [(key, "ændret") for key in numbers])
    with organisation_scope(house):
        effects = OutboxMessage.objects.filter(about_id__in=numbers).count()
    return effects, dict(Counter(told))


def _request() -> Any:
    from django.contrib.auth.models import AnonymousUser
    from django.test import RequestFactory

    request = RequestFactory().post("/")
    request.user = AnonymousUser()
    return request


def _at_once(work: Callable[[Any], Any], items: Iterable[Any]) -> list[Any]:
    from django.db import connection

    def closing(item: Any) -> Any:
        try:
            return work(item)
        finally:
            connection.close()

    with ThreadPoolExecutor(CLIENTS) as threads:
        return list(threads.map(closing, items))


def main() -> int:
    django.setup()
    verdict = Verdict("D4")
    drill(verdict, tries=800, offers=20, places=10, keys=50, presses=20)
    return verdict.end()
