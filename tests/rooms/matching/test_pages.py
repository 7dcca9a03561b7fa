"""The page of suggestions: reasons one can check, near misses one can try, and the last word with people."""

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import signing
from django.utils import timezone

from brobygger.engine.fit.values import FACTS
from brobygger.foundation.scope import organisation_scope
from brobygger.matching import reads
from brobygger.offers.importing.running import run
from brobygger.offers.models import Offer, Schedule
from brobygger.offers.terms import CapacityKind, OfferStatus, Theme
from brobygger.residents.models import Need, Resident
from tests.people import HOUSE, Cast

pytestmark = pytest.mark.django_db

ILLINOIS = Path(__file__).parents[2] / "data" / "directories" / "ilao-illinois"
TOKENS = re.compile(r'value="[^"]*"|<script.*?</script>')


@pytest.fixture
def page(as_member, cast: Cast):
    """`page(brug=…)` is what Maja sees for the need of Amir's son."""

    def see(who=cast.maja, need=cast.need, **asked: Any):
        return as_member(who).get(f"/forslag/{need.pk}/", asked)

    return see


def offered(cast: Cast, name: str, **fields: object) -> Offer:
    with organisation_scope(HOUSE):
        return Offer.objects.create(
            **{"organisation": cast.club, "name": name, "themes": [Theme.LEISURE]} | fields
        )


def change(row: Any, **fields: object) -> None:
    with organisation_scope(HOUSE):
        type(row).objects.filter(pk=row.pk).update(**fields)


def fits(answer: Any) -> list[str]:
    return [each.row.name for each in answer.context["page"].fits]


def near(answer: Any) -> list[str]:
    return [each.row.name for each in answer.context["page"].near]


def text(answer: Any) -> str:
    return answer.content.decode().replace("\xa0", " ")


def suggested(cast: Cast, **asked: Any):
    with organisation_scope(HOUSE, member=cast.maja.pk):
        need = Need.objects.select_related("resident__home").get(pk=cast.need.pk)
        return reads.suggestions(cast.maja, need, **{"unticked": frozenset(), "now": timezone.now()} | asked)


@pytest.mark.feature("MAT-01")
def test_amir_finds_the_football_with_reasons_from_what_he_told(page, cast):
    answer = page()

    assert fits(answer) == [cast.football.name]
    for reason in ("Handler om fritid og forening", "10 minutters gang", "6–12 år", "Foregår på dansk"):
        assert reason in text(answer)
    assert "»Min søn taler ikke om andet end fodbold.«" in text(answer)


@pytest.mark.feature("MAT-01")
def test_every_suggestion_names_a_fact_and_its_field(cast):
    offered(cast, "Det ved vi ikke", themes=[])

    shown = suggested(cast)

    named = [each for each in shown.fits if any(told.facts and told.fields for told in each.reasons)]
    assert len(named) == len(shown.fits) == 2


@pytest.mark.feature("MAT-01")
@pytest.mark.parametrize("fact", ["home", "max_minutes", "age", "languages"])
def test_removing_the_fact_removes_the_reason(cast, fact):
    before = {name for told in suggested(cast).fits[0].reasons for name in told.facts}

    after = suggested(cast, unticked=frozenset({fact}))

    assert fact in before
    assert fact not in {name for told in after.fits[0].reasons for name in told.facts}


@pytest.mark.feature("MAT-01")
def test_a_free_offer_far_away_and_a_priced_one_next_door_show_it_side_by_side(page, cast):
    change(cast.amir, max_price=10_000, max_minutes=None)
    with organisation_scope(HOUSE):
        place = cast.football.at.get().location
        place.pk, place.easting = None, 722_050
        place.save(force_insert=True)
        hall = offered(cast, "Hallen", price=5_000)
        hall.at.create(location=place)

    answer = page()

    assert set(fits(answer)) == {cast.football.name, "Hallen"}
    for told in ("1 minuts gang", "50 kr. pr. gang", "10 minutters gang", "Gratis"):
        assert told in text(answer)


@pytest.mark.feature("MAT-02")
def test_a_near_miss_says_the_one_thing_and_the_smallest_change(page, cast):
    change(cast.amir, max_price=1_000)
    change(cast.football, price=5_000)

    answer = page()

    assert (fits(answer), near(answer)) == ([], [cast.football.name])
    assert "50 kr. pr. gang. Beboeren kan højst betale 10 kr." in text(answer)
    assert "Ville passe, hvis prisen må være 50 kr." in text(answer)


@pytest.mark.feature("MAT-02")
@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({"max_price": 1_000}, {"price": 5_000}),
        ({"max_minutes": 5}, {}),
        ({"languages": ["ar"]}, {}),
        ({"free_times": ["3-evening"]}, {}),
    ],
)
def test_making_the_smallest_change_moves_it_into_the_list(page, cast, facts, fields):
    change(cast.amir, **facts)
    change(cast.football, **fields)
    missed = page().context["page"].near[0]

    answer = page(hvis=list(missed.tries))

    assert missed.row.name == cast.football.name
    assert (fits(answer), near(answer)) == ([cast.football.name], [])
    assert "Hvad nu hvis?" in text(answer)


@pytest.mark.feature("MAT-02")
def test_a_day_that_suits_brings_it_back_at_once(page, cast):
    change(cast.amir, free_times=["3-evening"])
    before = page()
    with organisation_scope(HOUSE):
        Schedule.objects.create(offer=cast.football, weekday=3, opens_at="18:00", closes_at="19:00")

    after = page()

    assert "Åbent mandag kl. 16–17, når beboeren ikke kan" in text(before)
    assert (near(before), fits(after)) == ([cast.football.name], [cast.football.name])


@pytest.mark.feature("MAT-02")
def test_what_nobody_told_is_asked_and_never_a_silent_no(page, cast):
    offered(cast, "Kun et navn", themes=[])

    answer = page()

    assert fits(answer) == [cast.football.name, "Kun et navn"]
    assert "Spørg: hvad kan de hjælpe med?" in text(answer)
    assert "Spørg: Spørg" not in text(answer)


def test_the_rest_is_counted_and_told_when_asked(page, cast):
    offered(cast, "For gamle, og lukket", minimum_age=60, status=OfferStatus.PAUSED)

    folded, unfolded = page(), page(alle="1")

    assert "Vis det ene tilbud, der ikke passer, og hvorfor" in text(folded)
    assert "En anden alder: 1." in text(folded)
    assert [each.row.name for each in unfolded.context["page"].others] == ["For gamle, og lukket"]
    assert "Holder pause" in text(unfolded)


def test_a_near_miss_on_the_page_is_not_promised_once_more(page, cast):
    offered(cast, "Lukket", status=OfferStatus.PAUSED)

    folded, unfolded = page(), page(alle="1")

    assert near(folded) == ["Lukket"]
    assert "Hvad er i vejen?" in text(folded)
    assert 'href="?alle=1"' not in text(folded)
    assert "Passer ikke, og hvorfor" not in text(unfolded)


def test_what_fits_beyond_the_first_twenty_can_be_seen_too(page, cast):
    for number in range(25):
        offered(cast, f"Hold {number}")

    first, every = page(), page(alle="1")

    assert len(fits(first)) == 20
    assert 'href="?alle=1"' in text(first)
    assert len(fits(every)) == 26
    assert 'href="?alle=1"' not in text(every)


@pytest.mark.feature("MAT-04")
def test_two_runs_are_byte_identical_but_for_their_tokens(page):
    first, second = page(), page()

    assert TOKENS.sub("", text(first)) == TOKENS.sub("", text(second))


@pytest.mark.feature("MAT-04")
def test_unticking_the_price_removes_every_reason_built_on_it(page, cast):
    change(cast.amir, max_price=1_000)
    change(cast.football, price=5_000)

    answer = page(regn="1", brug=["home", "max_minutes", "age", "languages"])

    assert fits(answer) == [cast.football.name]
    assert "kan højst betale" not in text(answer)
    assert [fact.name for fact in answer.context["page"].facts if not fact.is_ticked] == ["max_price"]


@pytest.mark.feature("MAT-04")
def test_unticking_the_home_takes_the_area_with_it(cast):
    change(cast.amir.home, postal_code="2400")
    change(cast.football, areas=["2400"])

    with_home, without = suggested(cast), suggested(cast, unticked=frozenset({"home"}))

    assert "areas" in {name for told in with_home.fits[0].reasons for name in told.facts}
    assert not {"home", "areas"} & {name for told in without.fits[0].reasons for name in told.facts}


def test_every_fact_of_the_engine_has_its_tick():
    from brobygger.matching.person import LABELS, TICKS

    assert {fact for facts in TICKS.values() for fact in facts} == FACTS
    assert set(LABELS) == set(TICKS)


def chosen(answer: Any) -> dict[str, Any]:
    return signing.loads(answer.context["page"].fits[0].choice, salt="forslag")


@pytest.mark.feature("MAT-07")
def test_the_press_carries_what_was_on_the_screen_signed(page, cast):
    told = chosen(page())

    assert told["need"] == str(cast.need.pk)
    assert (told["offer"], told["recipient"]) == (str(cast.football.pk), str(cast.club.pk))
    assert (told["offer_name"], told["was_suggested"]) == (cast.football.name, True)
    assert {"standing": "fits", "text": "Handler om fritid og forening"} in told["reasons"]
    assert told["facts_used"]["Bor nær"] == "Smedetoften"
    assert told["facts_used"]["Vil gå højst"] == "20 minutter"


@pytest.mark.feature("MAT-07")
def test_what_was_only_tried_is_frozen_as_tried(page, cast):
    change(cast.amir, max_minutes=5)

    told = chosen(page(hvis="max_minutes.30"))

    assert told["facts_used"]["Vil gå højst"] == "30 minutter (prøvet)"


@pytest.mark.feature("OFF-03")
@pytest.mark.parametrize(
    ("fields", "badge"),
    [
        ({"capacity_kind": CapacityKind.OPEN_DOOR}, "Kom bare"),
        ({"capacity_kind": CapacityKind.TALK_FIRST}, "Samtale først"),
        ({"capacity_kind": CapacityKind.WAITING_LIST, "capacity_confirmed_on": "today"}, "Venteliste"),
        ({"places_total": 9, "places_taken": 3, "capacity_confirmed_on": "today"}, "6 ledige pladser"),
    ],
)
def test_the_worker_sees_room_before_sending(page, cast, fields, badge):
    told = {name: timezone.localdate() if value == "today" else value for name, value in fields.items()}
    change(cast.football, **told)

    assert page().context["page"].fits[0].row.badge.text == badge


@pytest.mark.feature("OFF-03")
def test_a_closed_offer_is_seen_with_its_day_and_cannot_be_chosen(page, cast):
    day = timezone.localdate() + timedelta(days=40)
    change(cast.football, opens_on=day, status=OfferStatus.CLOSED)

    shown = page().context["page"].fits[0]

    assert shown.row.badge.text.startswith("Åbner ")
    assert shown.choice == ""


@pytest.mark.feature("MAT-03")
def test_any_offer_can_be_chosen_with_one_line_of_why(as_member, cast):
    offered(cast, "Strikkeklub for ældre", themes=[Theme.COMPANY], minimum_age=60)

    answer = as_member(cast.maja).get(f"/forslag/{cast.need.pk}/andet/", {"find": "strik"})

    found = answer.context["found"]
    told = signing.loads(found[0].choice, salt="forslag")
    assert [each.row.name for each in found] == ["Strikkeklub for ældre"]
    assert (told["was_suggested"], told["offer"]) == (False, str(found[0].row.offer_id))
    assert text(answer).count('name="because"') == 1


@pytest.mark.feature("MAT-03")
def test_something_no_directory_lists_can_be_chosen_at_an_organisation_we_know(as_member, cast):
    maja = as_member(cast.maja)

    asked = {"titel": "Gå til træning med Bo", "hos": cast.club.pk}
    answer = maja.get(f"/forslag/{cast.need.pk}/andet/", asked)

    told = signing.loads(answer.context["outside"], salt="forslag")
    assert (told["offer"], told["recipient"]) == (None, str(cast.club.pk))
    assert (told["offer_name"], told["was_suggested"]) == ("Gå til træning med Bo", False)


def test_a_choice_outside_the_directory_without_a_name_is_asked_for(as_member, cast):
    answer = as_member(cast.maja).get(f"/forslag/{cast.need.pk}/andet/", {"titel": "", "hos": "x"})

    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"titel", "hos"}


def test_two_offers_stand_side_by_side(page, cast):
    other = offered(cast, "Kun et navn")

    answer = page(sammenlign=[str(cast.football.pk), str(other.pk), "x"])

    assert [each.row.name for each in answer.context["compared"]] == [cast.football.name, "Kun et navn"]
    assert "Lige ved" not in text(answer)


@pytest.mark.parametrize("address", ["", "andet/"])
def test_ole_cannot_even_learn_that_the_need_exists(as_member, cast, address):
    ole = as_member(cast.ole)

    theirs = ole.get(f"/forslag/{cast.need.pk}/{address}")
    nobodys = ole.get(f"/forslag/{HOUSE}/{address}")

    assert theirs.status_code == nobodys.status_code == 404
    bodies = [text(theirs).replace(str(cast.need.pk), ""), text(nobodys).replace(str(HOUSE), "")]
    assert TOKENS.sub("", bodies[0]) == TOKENS.sub("", bodies[1])


def test_without_a_login_one_is_shown_the_entrance(client, cast):
    assert client.get(f"/forslag/{cast.need.pk}/")["Location"].startswith("/ind/")


def test_everybody_may_read_how_the_order_is_reckoned(client, cast):
    answer = client.get("/forslag/regnemaade/")

    assert "Tallet handler om tilbuddet, aldrig om beboeren." in text(answer)


def test_a_look_at_the_page_is_written_in_the_trail(page, cast):
    from brobygger.foundation.audit import AuditRow

    page()

    with organisation_scope(HOUSE):
        assert str(cast.amir.pk) in AuditRow.objects.get(act="resident:seen").about_ids


@pytest.mark.parametrize(
    "asked",
    ["max_minutes.-1", "max_price.x", "times.zz", "times.-1", "wait_until.2026", "age.3", "", "languages."],
)
def test_a_change_that_cannot_be_read_is_left_out(page, cast, asked):
    answer = page(hvis=asked)

    assert fits(answer) == [cast.football.name]
    assert "Hvad nu hvis?" not in text(answer)


def test_a_resident_of_whom_nothing_is_known_gets_questions_and_no_dead_end(page, cast):
    with organisation_scope(HOUSE):
        Resident.objects.filter(pk=cast.amir.pk).update(
            home=None, birth_year=None, max_minutes=None, languages=None
        )

    answer = page()

    assert fits(answer) == [cast.football.name]
    assert "Vi ved ikke mere endnu." in text(answer)


@pytest.mark.slow
@pytest.mark.feature("MAT-02")
def test_an_imported_offer_is_mostly_questions_and_can_still_be_chosen(page, cast):
    run(ILLINOIS, keeper=HOUSE, mapping=ILLINOIS / "mapping.yaml")
    change(cast.need, theme=Theme.DEBT)

    shown = page().context["page"].fits[0]

    questions = [told for told in shown.reasons if told.standing == "ask"]
    assert len(questions) > len(shown.reasons) / 2
    assert signing.loads(shown.choice, salt="forslag")["offer"] == str(shown.row.offer_id)


def test_a_closed_need_can_be_looked_at_and_leads_to_no_bridge(page, cast, as_member):
    change(cast.need, closed_at=timezone.now(), outcome="solved_otherwise")

    asked = {"titel": "Noget", "hos": cast.club.pk}
    pages = [page(), as_member(cast.maja).get(f"/forslag/{cast.need.pk}/andet/", asked)]

    assert ["Behovet er lukket." in text(each) for each in pages] == [True, True]
    assert ["/broer/ny/" in text(each) for each in pages] == [False, False]
