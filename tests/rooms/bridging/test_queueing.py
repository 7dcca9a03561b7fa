"""A full offer takes no request into a void: it is refused, with equals, or joins a known line (OFF-04)."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from brobygger.bridging import endings, links, queueing, reads, rules
from brobygger.bridging.answers import Yes
from brobygger.bridging.guards import OfferFacts
from brobygger.bridging.models import Leg
from brobygger.bridging.sentences import Refusal
from brobygger.foundation.scope import organisation_scope
from brobygger.offers.equals import nearest_equals
from brobygger.offers.models import Offer
from brobygger.offers.terms import CapacityKind, OfferStatus, QueueKind
from brobygger.residents.models import Need
from tests.conftest import sign_in
from tests.people import ELSEWHERE, HOUSE, NOW, TODAY, Cast, football_offer, resident
from tests.rooms.bridging import stories
from tests.rooms.bridging.test_together import all_at_once, asked_leg, take

pytestmark = pytest.mark.feature("OFF-04")
A_DAY = timedelta(days=1)
AT_A_TIME = 16  # the rest stand behind them, as at a web server with so many workers


def full(offer: Offer, **facts: object) -> Offer:
    Offer.objects.filter(pk=offer.pk).update(**{"places_taken": 2, "queue": QueueKind.BY_DATE} | facts)
    offer.refresh_from_db()
    return offer


def written_up(cast: Cast, *, days: int) -> Leg:
    """Somebody who asked so many days after the first, and was put on the list."""
    at = NOW + days * A_DAY
    person = resident(f"Beboer {days}", cast.maja)
    need = Need.objects.create(
        resident=person, words="spille", theme="leisure", owner=cast.maja, next_step="x",
        next_step_on=TODAY, opened_at=NOW,
    )  # fmt: skip
    one = Cast(
        cast.maja, cast.torben, cast.ole, cast.inger, person, need, cast.club, cast.trainer, cast.football
    )
    return stories.accepted(stories.sent(one, at=at), at=at, answer=Yes(waitlisted=True))


def number(leg: Leg) -> int | None:
    line = queueing.in_line(stories.latest(leg))
    return line.number if line else None


def test_the_line_goes_by_the_day_one_asked_and_not_by_the_day_one_was_answered(in_house: Cast):
    full(in_house.football)
    later, first = written_up(in_house, days=3), written_up(in_house, days=1)

    line = queueing.in_line(stories.latest(later))

    assert (number(first), number(later)) == (1, 2)
    assert line is not None
    assert line.said == "nr. 2, skrevet op 27. november 2026"


def test_whoever_gets_a_place_leaves_the_line_and_the_others_move_up(in_house: Cast):
    full(in_house.football)
    first, second = written_up(in_house, days=1), written_up(in_house, days=2)
    Offer.objects.update(places_total=3)

    endings.give_place(
        leg=first, seen=stories.latest(first).version, when=NOW + 9 * A_DAY, speaker=stories.TRAINER,
        by=stories.by_link(first), at=NOW + 3 * A_DAY,
    )  # fmt: skip

    assert (number(first), number(second)) == (None, 1)
    assert Offer.objects.get(pk=in_house.football.pk).free_places == 0


def test_an_offer_with_a_rule_of_its_own_shows_the_rule_and_no_number(in_house: Cast):
    full(in_house.football, queue=QueueKind.OWN_RULE, queue_rule="Børn fra kvarteret først.")

    line = queueing.in_line(stories.latest(written_up(in_house, days=1)))

    assert line is not None
    assert line.number is None
    assert line.said.endswith("Pladserne fordeles sådan: Børn fra kvarteret først.")


def test_another_house_is_told_no_number_of_a_leg_it_does_not_know(in_house: Cast):
    full(in_house.football)
    first = written_up(in_house, days=1)

    with organisation_scope(ELSEWHERE):
        assert Leg.objects.filter(pk=first.pk).count() == 0

    assert queueing.numbers([in_house.amir.pk]) == {}


@pytest.mark.slow
def test_worker_and_partner_read_the_same_place_in_line(cast: Cast):
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        full(cast.football)
        leg = stories.accepted(stories.sent(cast, at=now), at=now, answer=Yes(waitlisted=True))
        token = links.make_link(leg=leg, address="x", expires_at=now + 14 * A_DAY, at=now)
        line = queueing.in_line(stories.latest(leg))

    worker = sign_in(Client(), cast.maja).get(f"/broer/{leg.bridge_id}/").content.decode()
    partner = Client().post(f"/svar/{token}/vis/").content.decode()

    assert line is not None
    assert line.said in partner
    assert line.said[1:] in worker


def test_a_full_offer_with_a_line_can_be_asked_and_one_without_cannot():
    out = OfferFacts(capacity=CapacityKind.PLACES, free_places=0)
    with_line = OfferFacts(capacity=CapacityKind.PLACES, free_places=0, has_queue=True)
    refused = rules.offer_open(out, on=TODAY)

    assert refused is not None
    assert refused.why is Refusal.OFFER_FULL
    assert rules.offer_open(with_line, on=TODAY) is None


@pytest.mark.feature("OFF-03")
@pytest.mark.parametrize(
    ("on", "why"),
    [
        (date(2026, 6, 1), None),
        (date(2026, 7, 1), Refusal.OFFER_OPENS_LATER),
        (date(2026, 8, 10), None),
    ],
)
def test_a_summers_rest_is_a_rest_only_while_it_lasts(on: date, why: Refusal | None):
    rest = OfferFacts(closes_on=date(2026, 6, 28), opens_on=date(2026, 8, 10))
    refused = rules.offer_open(rest, on=on)

    assert (refused.why if refused else None) == why


@pytest.mark.feature("OFF-03")
def test_an_offer_whose_last_day_has_passed_cannot_be_asked():
    refused = rules.offer_open(OfferFacts(closes_on=TODAY), on=TODAY)

    assert refused is not None
    assert refused.why is Refusal.OFFER_CLOSED


def test_the_nearest_equals_are_open_have_room_and_are_for_the_same_people(in_house: Cast):
    club = in_house.club
    full(in_house.football, queue="")
    far = football_offer(club, name="Langt væk", places_total=5)
    far.at.get().location.__class__.objects.filter(pk=far.at.get().location_id).update(easting=725_000)
    near = football_offer(club, name="Lige her", places_total=5)
    football_offer(club, name="Fuldt", capacity_kind=CapacityKind.FULL)
    football_offer(club, name="Pause", status=OfferStatus.PAUSED)
    football_offer(club, name="For gamle", minimum_age=60, maximum_age=None)
    football_offer(club, name="Gæld", themes=["debt"])

    found = nearest_equals(in_house.football.pk, on=TODAY)

    assert [row.offer_id for row in found] == [near.pk, far.pk]


@pytest.mark.slow
def test_a_worker_who_would_send_to_a_full_offer_reads_why_and_what_to_ask_instead(cast: Cast):
    with organisation_scope(HOUSE, member=cast.maja.pk):
        football_offer(cast.club, name="Boldskolen")
        full(cast.football, queue="", next_places_on=timezone.localdate() + 30 * A_DAY)
        leg = stories.built(cast, at=timezone.now())
        stories.consented(cast, at=timezone.now())
        stories.actions.prepare_leg(leg=leg, kinds=stories.KINDS, message="", by=cast.maja, at=timezone.now())
        assert reads.what_is_sent(leg, on=timezone.localdate()).refusal is not None

    page = sign_in(Client(), cast.maja).get(f"/broer/{leg.bridge_id}/send/").content.decode()

    assert "Der er plads igen" in page
    assert "Boldskolen" in page


@pytest.mark.deep
def test_50_who_accept_at_once_on_5_places_are_5_taken_on_and_45_told_that_it_is_full(lasting_cast: Cast):
    with organisation_scope(HOUSE, member=lasting_cast.maja.pk):
        offer = football_offer(lasting_cast.club, places_total=5)
        legs = [asked_leg(lasting_cast, offer) for _ in range(50)]

    told = [str(one) for one in all_at_once((take(leg) for leg in legs), clients=AT_A_TIME)]

    assert told.count("taken") == 5
    assert sum("NoPlaceLeft" in one for one in told) == 45


@pytest.mark.slow
def test_whoever_is_too_late_by_link_reads_that_it_is_full(cast: Cast):
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        leg = stories.sent(cast, at=now)
        token = links.make_link(leg=leg, address="x", expires_at=now + 14 * A_DAY, at=now)
        full(cast.football)
    client = Client()
    client.post(f"/svar/{token}/vis/")

    when = (now + 6 * A_DAY).isoformat()
    page = client.post(f"/svar/{token}/svar/", {"svar": f"ja:{when}", "version": leg.version})

    assert page.status_code == 409
    assert "fuldt" in page.content.decode()
