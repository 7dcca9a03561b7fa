"""`brobygger bench fit-reverse` and `bench sweep`: whom an offer with places fits, and all against all."""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from brobygger.engine.fit import columns as scan
from brobygger.engine.fit.layout import Numbers
from brobygger.engine.fit.reverse import People, sweep
from brobygger.engine.fit.values import OfferFacts, Person, Places, PlacesKind
from brobygger.site.commands import bench_web, fit_world
from brobygger.site.commands.fit_world import TODAY
from brobygger.site.commands.voice import Voice

RESIDENTS, OFFERS, ASKED = 230_000, 20_000, 200
SOME = 50  # persons for whom the forward way is asked too


def reverse(home: Path) -> int:
    """An offer with twelve places against all residents' open needs. 1 if forward and reverse differ."""
    del home
    say, before = Voice(), os.getloadavg()[0]
    people, residents = _residents(say)
    world = fit_world.offers(ASKED, seed=5)
    offers = [_with_places(world.offers[key]) for key in world.ids]
    found = [people.whom(offer) for offer in offers]
    wrong = _differ(residents, offers, found)
    times = [_milliseconds(lambda offer=offer: people.whom(offer)) for offer in offers]  # type: ignore[misc]
    p50, p99 = np.quantile(times, [0.5, 0.99])
    goal = f"goal at most 0.1 ms at p50: {'met' if p50 <= 0.1 else 'NOT met'}"
    print(bench_web.machine(before, "Everything measured shared it."))
    print(
        f"{ASKED} offers with 12 places against {RESIDENTS:,} residents, ms CPU: p50 {p50:.3f}, p99 {p99:.3f}"
    )
    print(f"they fit {np.median([len(some) for some in found]):.0f} residents each (median)")
    print(f"{goal}; forward and reverse differ: {wrong}")
    return 1 if wrong else 0


def night(home: Path) -> int:
    """All residents against all offers of a country. 1 if somebody is counted wrongly."""
    del home
    say, before = Voice(), os.getloadavg()[0]
    people, residents = _residents(say)
    world = fit_world.offers(OFFERS)
    facts = [world.offers[key] for key in world.ids]
    began = time.process_time()
    counted = sweep(people, facts)
    took = time.process_time() - began
    expected = [scan.rank(person, world, fits=0, near=0).fits_in_all for person in residents[:SOME]]
    wrong = sum(a != b for a, b in zip(counted.tolist(), expected, strict=False))
    print(bench_web.machine(before, "Everything measured shared it."))
    print(f"{RESIDENTS:,} residents against {OFFERS:,} offers: {took:.2f} s CPU, {int(counted.sum()):,} fits")
    print(f"{int(np.count_nonzero(counted == 0)):,} residents have nothing that fits")
    print(f"goal at most 3 s CPU: {'met' if took <= 3 else 'NOT met'}; counted wrongly of {SOME}: {wrong}")
    return 1 if wrong else 0


def _residents(say: Voice) -> tuple[People, list[Person]]:
    residents = fit_world.persons(RESIDENTS, seed=4)
    began = time.process_time()
    people = People.of(residents, today=TODAY)
    say(f"{RESIDENTS:,} beboere pakket på {time.process_time() - began:.1f} s")
    return people, residents


def _with_places(offer: OfferFacts) -> OfferFacts:
    return replace(offer, places=Places(PlacesKind.FREE, free=12, confirmed_on=TODAY), paused=False)


def _differ(residents: Sequence[Person], offers: Sequence[OfferFacts], found: Sequence[Numbers]) -> int:
    """How many of some residents find other offers than those that find them."""
    packed = scan.pack(offers)
    wrong = 0
    for n, person in enumerate(residents[:SOME]):
        forward = {placed.offer for placed in scan.rank(person, packed, fits=ASKED, near=0).fits}
        wrong += forward != {offer.id for offer, whom in zip(offers, found, strict=True) if n in whom}
    return wrong


def _milliseconds(ask: Callable[[], object]) -> float:
    began = time.process_time()
    ask()
    return 1e3 * (time.process_time() - began)
