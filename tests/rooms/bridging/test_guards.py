"""The guards: nothing leaves without a valid basis, and every refusal says what to do."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brobygger.bridging import rules
from brobygger.bridging.rules import OfferFacts
from brobygger.bridging.sentences import Refusal
from brobygger.offers.terms import CapacityKind, OfferStatus
from brobygger.privacy.rules import Line
from brobygger.privacy.terms import ConsentAct, ConsentForm, DataKind, Direction

CLUB, SCHOOL = UUID(int=1), UUID(int=2)
TODAY = date(2026, 3, 3)
NAME, AGE, NEED = DataKind.FIRST_NAME, DataKind.AGE, DataKind.NEED
LONG_AGO = datetime(2026, 1, 1, 12, tzinfo=UTC)


def line(*kinds, act=ConsentAct.GIVEN, days_later=0, **facts) -> Line:
    return Line(
        **{
            "recipient": CLUB,
            "act": act,
            "direction": Direction.GIVE,
            "categories": frozenset(kinds),
            "form": ConsentForm.SCREEN,
            "at": LONG_AGO + timedelta(days=days_later),
            "valid_until": date(2026, 12, 31),
        }
        | facts
    )


def refusal(ledger, *kinds, **facts):
    found = rules.consent_covers(ledger, recipient=CLUB, categories=kinds, on=TODAY, **facts)
    return found and found.why


TAKEN_BACK = line(NAME, act=ConsentAct.WITHDRAWN, days_later=9)


@pytest.mark.feature("PRI-01")
@pytest.mark.parametrize(
    ("ledger", "asked", "answer"),
    [
        ([line(NAME, AGE)], [NAME, AGE], None),
        ([line(NAME), line(AGE)], [NAME, AGE], None),
        ([line(NAME, form=ConsentForm.PAPER)], [NAME], None),
        ([line(NAME, valid_until=TODAY)], [NAME], None),
        ([line(NAME, form=ConsentForm.ORAL)], [], None),
        ([TAKEN_BACK, line(NAME, days_later=20)], [NAME], None),
        ([], [NAME], Refusal.NO_CONSENT),
        ([], [], Refusal.NO_CONSENT),
        ([line(NAME, recipient=SCHOOL)], [NAME], Refusal.NO_CONSENT),
        ([line(NAME, direction=Direction.GET)], [NAME], Refusal.NO_CONSENT),
        ([line(NAME)], [NAME, NEED], Refusal.CONSENT_TOO_NARROW),
        ([line(NAME, form=ConsentForm.ORAL)], [NAME], Refusal.CONSENT_ORAL_ONLY),
        ([line(NAME), line(AGE, form=ConsentForm.ORAL)], [NAME, AGE], Refusal.CONSENT_ORAL_ONLY),
        ([line(NAME), TAKEN_BACK], [NAME], Refusal.CONSENT_WITHDRAWN),
        ([line(NAME, AGE), TAKEN_BACK], [NAME], Refusal.CONSENT_TOO_NARROW),
        ([line(NAME, valid_until=TODAY - timedelta(days=1))], [NAME], Refusal.CONSENT_EXPIRED),
    ],
)
def test_every_kind_of_data_needs_a_written_line_to_that_recipient_on_that_day(ledger, asked, answer):
    assert refusal(ledger, *asked) is answer


def test_what_is_not_covered_is_named():
    found = rules.consent_covers([line(NAME)], recipient=CLUB, categories=[NAME, AGE, NEED], on=TODAY)

    assert found.phrase(str).text() == (
        "Samtykket dækker ikke alder, det, beboeren selv har sagt om behovet. "
        "Spørg beboeren, eller del mindre."
    )


def test_giving_does_not_allow_getting_back():
    assert refusal([line(NAME)], NAME, direction=Direction.GET) is Refusal.NO_CONSENT


kinds = st.frozensets(st.sampled_from(DataKind), min_size=1)
ledgers = st.lists(
    st.builds(
        Line,
        recipient=st.sampled_from([CLUB, SCHOOL]),
        act=st.sampled_from(ConsentAct),
        direction=st.sampled_from(Direction),
        categories=kinds,
        form=st.sampled_from(ConsentForm),
        at=st.integers(0, 60).map(lambda days: LONG_AGO + timedelta(days=days)),
        valid_until=st.dates(TODAY - timedelta(days=2), TODAY + timedelta(days=2)),
    ),
    max_size=5,
)


@pytest.mark.feature("PRI-01")
@given(ledgers, kinds)
def test_after_everything_is_withdrawn_nothing_is_covered(ledger, asked):
    last_word = line(*DataKind, act=ConsentAct.WITHDRAWN, days_later=61)

    assert refusal([*ledger, last_word], *asked) is Refusal.CONSENT_WITHDRAWN


@given(ledgers, kinds)
def test_what_was_said_to_another_recipient_or_the_other_way_changes_nothing(ledger, asked):
    to_us = [one for one in ledger if one.recipient == CLUB and one.direction is Direction.GIVE]

    assert refusal(ledger, *asked) is refusal(to_us, *asked)


@given(ledgers, kinds, st.data())
def test_sharing_less_is_never_refused_where_sharing_more_is_not(ledger, asked, data):
    fewer = data.draw(st.frozensets(st.sampled_from(sorted(asked)), min_size=1))

    assert refusal(ledger, *asked) is not None or refusal(ledger, *fewer) is None


PLACES, FULL, QUEUE = CapacityKind.PLACES, CapacityKind.FULL, CapacityKind.WAITING_LIST
TENTH_OF_AUGUST = date(2026, 8, 10)


@pytest.mark.feature("OFF-03")
@pytest.mark.parametrize(
    ("offer", "answer"),
    [
        (OfferFacts(), None),
        (OfferFacts(capacity=PLACES, free_places=1), None),
        (OfferFacts(capacity=QUEUE, free_places=0), None),
        (OfferFacts(capacity=CapacityKind.TALK_FIRST), None),
        (OfferFacts(opens_on=TODAY), None),
        (OfferFacts(status=OfferStatus.CLOSED, opens_on=TENTH_OF_AUGUST), Refusal.OFFER_CLOSED),
        (OfferFacts(opens_on=TENTH_OF_AUGUST), Refusal.OFFER_OPENS_LATER),
        (OfferFacts(status=OfferStatus.PAUSED), Refusal.OFFER_PAUSED),
        (OfferFacts(status=OfferStatus.PAUSED, opens_on=TENTH_OF_AUGUST), Refusal.OFFER_OPENS_LATER),
        (OfferFacts(capacity=PLACES, free_places=0), Refusal.OFFER_FULL),
        (OfferFacts(capacity=FULL), Refusal.OFFER_FULL),
        (OfferFacts(capacity=FULL, next_places_on=TENTH_OF_AUGUST), Refusal.OFFER_FULL_UNTIL),
        (OfferFacts(capacity=FULL, next_places_on=TODAY), Refusal.OFFER_FULL),
    ],
)
def test_an_offer_that_cannot_be_asked_says_why(offer, answer):
    found = rules.offer_open(offer, on=TODAY)

    assert (found and found.why) is answer


def test_a_closed_season_names_the_day_it_opens():
    found = rules.offer_open(OfferFacts(opens_on=TENTH_OF_AUGUST), on=TODAY)

    assert found.phrase(lambda day: "10. august").text().startswith("Tilbuddet åbner 10. august.")


@pytest.mark.parametrize(
    ("answer", "refused"),
    [
        (rules.reachable(verified_channels=1, by_hand=False), None),
        (rules.reachable(verified_channels=0, by_hand=True), None),
        (rules.reachable(verified_channels=0, by_hand=False), Refusal.UNREACHABLE),
        (rules.alive(resident_is_here=True, recipient_is_active=True), None),
        (rules.alive(resident_is_here=False, recipient_is_active=True), Refusal.RESIDENT_GONE),
        (rules.alive(resident_is_here=True, recipient_is_active=False), Refusal.RECIPIENT_INACTIVE),
        (rules.only_one(other_live_legs=0), None),
        (rules.only_one(other_live_legs=1), Refusal.ALREADY_ASKED),
        (rules.same_version(seen=2, current=2), None),
        (rules.same_version(seen=1, current=2), Refusal.STALE),
    ],
)
def test_the_small_guards_answer_nothing_or_a_refusal(answer, refused):
    assert (answer and answer.why) is refused
