"""What each rule means, and the promises that hold for all of them together."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brobygger.engine.fit import columns
from brobygger.engine.fit.constraints import NOTHING, Constraint, Standing, reasons
from brobygger.engine.fit.values import (
    FACTS,
    AgeSpan,
    Gender,
    OfferFacts,
    Person,
    Places,
    PlacesKind,
    Slot,
    WeekTimes,
)
from brobygger.engine.quantities import Money, Point
from tests.engine.fit.cases import (
    MOVABLE,
    OUTSPOKEN,
    PLAIN_OFFER,
    TODAY,
    UNRESTRICTED,
    directories,
    everything,
    masks,
    moderate,
    offers,
    people,
    unrestricted,
    wide_open,
)

TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)
FITS, ASK, AGAINST, SILENT = "fits", "ask", "against", "silent"
LONG_AGO = TODAY - timedelta(days=31)


@moderate
@given(people, directories, st.sampled_from(sorted(set(MOVABLE.values()))))
def test_widening_one_limit_never_loses_a_fit(person: Person, directory: list[OfferFacts], fact: str) -> None:
    before = {placed.offer for placed in everything(person, directory)}

    after = {placed.offer for placed in everything(wide_open(person, fact), directory)}

    assert before <= after


@moderate
@given(people, directories, st.sampled_from(sorted(FACTS)))
def test_saying_less_never_loses_a_fit(person: Person, directory: list[OfferFacts], fact: str) -> None:
    before = {placed.offer for placed in everything(person, directory)}

    after = {placed.offer for placed in everything(person.without(fact), directory)}

    assert before <= after


@pytest.mark.feature("MAT-02")
@moderate
@given(people, offers, st.sampled_from([one for one in Constraint if one != Constraint.OPEN]))
def test_what_nobody_has_said_about_an_offer_never_excludes_it(
    person: Person, offer: OfferFacts, constraint: Constraint
) -> None:
    silent: dict[str, Any] = dict.fromkeys(UNRESTRICTED[constraint])

    against, _ask = masks(person, replace(offer, **silent))

    assert constraint not in against


@moderate
@given(people, offers, st.sampled_from(list(Constraint)))
def test_an_offer_without_a_bound_has_just_that_bound_out_of_the_way(
    person: Person, offer: OfferFacts, constraint: Constraint
) -> None:
    against, ask = masks(person, offer)

    freed = masks(person, unrestricted(offer, constraint))

    assert freed == (against & ~constraint, ask & ~constraint)


@moderate
@given(people, people, offers)
def test_age_gender_language_and_area_change_nothing_where_no_offer_restricts(
    person: Person, other: Person, offer: OfferFacts
) -> None:
    for_all = replace(offer, ages=AgeSpan(), genders=frozenset(), languages=frozenset(), areas=frozenset())
    exchanged = replace(
        person, age=other.age, gender=other.gender, languages=other.languages, areas=other.areas
    )

    ranking = everything(exchanged, [for_all])

    assert ranking == everything(person, [for_all])


@moderate
@given(people, offers)
def test_every_reason_names_the_field_it_is_about(person: Person, offer: OfferFacts) -> None:
    named = [set(reason.fields) for reason in reasons(person, offer)]

    assert all(named)
    assert set().union(*named) <= set(OfferFacts.__dataclass_fields__)


@pytest.mark.feature("MAT-01")
@pytest.mark.feature("MAT-04")
@moderate
@given(people, offers)
def test_unticking_a_fact_removes_every_reason_built_on_it_and_no_other(
    person: Person, offer: OfferFacts
) -> None:
    told = reasons(person, offer)

    after = {fact: reasons(person.without(fact), offer) for fact in FACTS}

    assert not [fact for fact in FACTS for reason in after[fact] if fact in reason.facts]
    assert not [
        (fact, reason)
        for fact in FACTS
        for reason in told
        if (fact in reason.facts) == (reason in after[fact])
    ]


@moderate
@given(people, offers)
def test_a_reason_rests_only_on_facts_that_were_said(person: Person, offer: OfferFacts) -> None:
    used = {fact for reason in reasons(person, offer) for fact in reason.facts}

    assert not [fact for fact in used if getattr(person, fact) is None]


def standing(person: Person, offer: OfferFacts, constraint: Constraint) -> str:
    found = [reason.standing for reason in reasons(person, offer) if reason.constraint == constraint]
    return found[0] if found else SILENT


def fast_standing(person: Person, offer: OfferFacts, constraint: Constraint) -> str:
    """As the columns say it: they keep no difference between fitting and saying nothing."""
    masks = columns.Masks.of(person, columns.pack([offer]))
    if masks.against[0] & constraint:
        return AGAINST
    return ASK if masks.ask[0] & constraint else FITS


@pytest.mark.parametrize(
    ("constraint", "said", "known", "expected"),
    [
        (Constraint.NEED, {}, {"themes": frozenset({"debt", "sport"})}, FITS),
        (Constraint.NEED, {}, {"themes": frozenset()}, FITS),
        (Constraint.NEED, {}, {"themes": None}, ASK),
        (Constraint.NEED, {}, {"themes": frozenset({"sport"})}, AGAINST),
        (Constraint.DISTANCE, {"max_minutes": 9}, {}, FITS),  # 500 m: 8.125 minutes
        (Constraint.DISTANCE, {"max_minutes": 8}, {}, AGAINST),
        (Constraint.DISTANCE, {"max_minutes": None}, {}, FITS),
        (Constraint.DISTANCE, {}, {"points": ()}, FITS),
        (Constraint.DISTANCE, {}, {"points": None}, ASK),
        (Constraint.DISTANCE, {"home": None}, {}, SILENT),
        (Constraint.TIMES, {}, {"slots": (Slot(1, 600, 840),)}, FITS),
        (Constraint.TIMES, {}, {"slots": (Slot(1, 600, 850),)}, AGAINST),
        (Constraint.TIMES, {}, {"slots": (Slot(1, 600, 850), Slot(1, 480, 510))}, FITS),
        (Constraint.TIMES, {}, {"slots": (Slot(1, 600, 850),), "come_and_go": True}, FITS),
        (Constraint.TIMES, {}, {"slots": (Slot(2, 600, 850),), "come_and_go": True}, AGAINST),
        (Constraint.TIMES, {}, {"slots": ()}, FITS),
        (Constraint.TIMES, {}, {"slots": None}, ASK),
        (Constraint.TIMES, {"times": None}, {}, SILENT),
        (Constraint.AGE, {}, {"ages": AgeSpan(44, 45)}, FITS),
        (Constraint.AGE, {}, {"ages": AgeSpan(18, 44)}, AGAINST),
        (Constraint.AGE, {"age": None}, {"ages": AgeSpan(18)}, ASK),
        (Constraint.AGE, {}, {"ages": None}, ASK),
        (Constraint.AGE, {"age": None}, {"ages": None}, SILENT),
        (Constraint.AGE, {}, {"ages": AgeSpan()}, SILENT),
        (Constraint.LANGUAGE, {}, {"languages": frozenset({"ar", "so"})}, FITS),
        (Constraint.LANGUAGE, {}, {"languages": frozenset({"so"})}, AGAINST),
        (Constraint.LANGUAGE, {"languages": None}, {}, ASK),
        (Constraint.LANGUAGE, {}, {"languages": frozenset()}, SILENT),
        (Constraint.STEP_FREE, {}, {"step_free": True}, FITS),
        (Constraint.STEP_FREE, {}, {"step_free": False}, AGAINST),
        (Constraint.STEP_FREE, {}, {"step_free": None}, ASK),
        (Constraint.STEP_FREE, {"needs_step_free": None}, {"step_free": False}, ASK),
        (Constraint.STEP_FREE, {"needs_step_free": None}, {"step_free": None}, SILENT),
        (Constraint.STEP_FREE, {"needs_step_free": False}, {"step_free": False}, SILENT),
        (Constraint.GROUP, {}, {"genders": frozenset({Gender.WOMAN})}, FITS),
        (Constraint.GROUP, {}, {"genders": frozenset({Gender.MAN})}, AGAINST),
        (Constraint.GROUP, {"gender": None}, {"genders": frozenset({Gender.MAN})}, ASK),
        (Constraint.AREA, {}, {"areas": frozenset({"2400", "2720"})}, FITS),
        (Constraint.AREA, {}, {"areas": frozenset({"2720"})}, AGAINST),
        (Constraint.PRICE, {}, {"price": Money.kroner(50)}, FITS),
        (Constraint.PRICE, {}, {"price": Money(5001)}, AGAINST),
        (Constraint.PRICE, {}, {"price": None}, ASK),
        (Constraint.PRICE, {"max_price": None}, {"price": Money(5001)}, SILENT),
        (Constraint.OPEN, {}, {"opens_on": TODAY, "closes_on": TOMORROW}, SILENT),
        (Constraint.OPEN, {}, {"opens_on": TOMORROW}, AGAINST),
        (Constraint.OPEN, {"wait_until": TOMORROW}, {"opens_on": TOMORROW}, FITS),
        (Constraint.OPEN, {"wait_until": None}, {"opens_on": TOMORROW}, ASK),
        (Constraint.OPEN, {"wait_until": date.max}, {"paused": True}, AGAINST),
        (Constraint.OPEN, {"wait_until": TOMORROW}, {"paused": True, "opens_on": TOMORROW}, FITS),
        (Constraint.OPEN, {"wait_until": date.max}, {"closes_on": TODAY}, AGAINST),
    ],
)
def test_the_rule_says(
    constraint: Constraint, said: dict[str, Any], known: dict[str, Any], expected: str
) -> None:
    person, offer = replace(OUTSPOKEN, **said), replace(PLAIN_OFFER, **known)

    answer = standing(person, offer, constraint)

    assert answer == expected
    assert fast_standing(person, offer, constraint) == expected.replace(SILENT, FITS)


@pytest.mark.feature("OFF-03")
@pytest.mark.parametrize(
    ("places", "wait_until", "expected"),
    [
        (None, TODAY, ASK),
        (Places(PlacesKind.FREE, free=1, confirmed_on=TODAY), TODAY, FITS),
        (Places(PlacesKind.FREE, free=1, confirmed_on=TODAY - timedelta(days=30)), TODAY, FITS),
        (Places(PlacesKind.FREE, free=1, confirmed_on=LONG_AGO), TODAY, ASK),
        (Places(PlacesKind.FREE, free=1), TODAY, ASK),
        (Places(PlacesKind.OPEN_DOOR, confirmed_on=LONG_AGO), TODAY, FITS),
        (Places(PlacesKind.TALK_FIRST), TODAY, FITS),
        (Places(PlacesKind.FULL, next_on=TOMORROW), TODAY, AGAINST),
        (Places(PlacesKind.FULL, next_on=TOMORROW), TOMORROW, FITS),
        (Places(PlacesKind.FULL, next_on=TOMORROW), None, ASK),
        (Places(PlacesKind.FULL, next_on=YESTERDAY, confirmed_on=TODAY), TODAY, ASK),
        (Places(PlacesKind.FULL, next_on=TODAY, confirmed_on=TODAY), TODAY, ASK),
        (Places(PlacesKind.FULL, confirmed_on=TODAY), date.max, AGAINST),
        (Places(PlacesKind.FULL, confirmed_on=LONG_AGO), TODAY, ASK),
        (Places(PlacesKind.WAITING_LIST, confirmed_on=TODAY), TODAY, AGAINST),
        (Places(PlacesKind.WAITING_LIST, confirmed_on=TODAY), TOMORROW, ASK),
        (Places(PlacesKind.WAITING_LIST, confirmed_on=TODAY), None, ASK),
    ],
)
def test_whether_there_is_room(places: Places | None, wait_until: date | None, expected: str) -> None:
    person, offer = replace(OUTSPOKEN, wait_until=wait_until), replace(PLAIN_OFFER, places=places)

    answer = standing(person, offer, Constraint.PLACES)

    assert answer == expected
    assert fast_standing(person, offer, Constraint.PLACES) == expected


def test_the_nearest_of_several_places_counts() -> None:
    two_places = (Point(700_000, 6_180_000), Point(720_000, 6_180_000))

    against, _ask = masks(OUTSPOKEN, replace(PLAIN_OFFER, points=two_places))

    assert against == NOTHING


def test_standings_are_words_that_can_be_kept() -> None:
    assert [str(standing) for standing in Standing] == [FITS, ASK, AGAINST]


def test_a_quarter_counts_as_free_only_with_its_whole_half_hour() -> None:
    free = WeekTimes.of([Slot(0, 8 * 60 + 15, 9 * 60)])

    assert not free.touches(Slot(0, 8 * 60 + 15, 8 * 60 + 30))
    assert free.covers(Slot(0, 8 * 60 + 45, 9 * 60))


@pytest.mark.parametrize(
    "nonsense",
    [
        lambda: Slot(7, 0, 60),
        lambda: Slot(0, 60, 60),
        lambda: Places(PlacesKind.FREE),
        lambda: Places(PlacesKind.OPEN_DOOR, next_on=TODAY),
        lambda: replace(OUTSPOKEN, themes=frozenset()),
        lambda: replace(OUTSPOKEN, languages=frozenset()),
        lambda: OUTSPOKEN.without("themes"),
        lambda: replace(PLAIN_OFFER, price=Money(-1)),
        lambda: replace(PLAIN_OFFER, opens_on=TODAY, closes_on=TODAY),
    ],
)
def test_nonsense_is_refused(nonsense: Any) -> None:
    with pytest.raises(ValueError):
        nonsense()
