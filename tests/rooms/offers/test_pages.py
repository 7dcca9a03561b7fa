"""The public directory: found without a login, and honest about what nobody has told."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from brobygger.foundation.scope import organisation_scope
from brobygger.offers import details
from brobygger.offers.models import Location, Offer, OfferAtLocation, Phone, Schedule
from brobygger.offers.reads import offer_page
from brobygger.offers.terms import CapacityKind, OfferStatus, Theme
from tests.people import CLUB, HOUSE, TODAY, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def offered(cast: Cast):
    """`offered("Navn", price=0)` puts one more offer into the directory."""

    def make(name: str, **fields: object) -> Offer:
        with organisation_scope(HOUSE):
            return Offer.objects.create(organisation=cast.club, name=name, **fields)

    return make


def opens(offer: Offer, weekday: int, opens_at: str, closes_at: str) -> None:
    with organisation_scope(HOUSE):
        Schedule.objects.create(offer=offer, weekday=weekday, opens_at=opens_at, closes_at=closes_at)


def lies(offer: Offer, easting: int) -> None:
    with organisation_scope(HOUSE):
        place = Location.objects.create(organisation_id=CLUB, easting=easting, northing=6_179_000)
        OfferAtLocation.objects.create(offer=offer, location=place)


def names(answer) -> list[str]:
    return [hit.row.name for hit in answer.context["hits"]]


@pytest.mark.feature("OFF-01")
def test_anybody_reads_the_directory_without_a_login(client, cast):
    answer = client.get("/tilbud/")

    assert names(answer) == [cast.football.name]
    assert "Mandag kl. 16–17. Gratis. Bane 2." in answer.content.decode().replace("\xa0", " ")


@pytest.mark.feature("OFF-01")
@pytest.mark.parametrize(
    "words", ["gæld", "Gæld", "skylder penge", "jeg kan ikke betale min gæld", "GÆLDSRÅD"]
)
def test_gaeld_finds_debt_counselling(client, offered, words):
    offered("Gældsrådgivning", themes=[Theme.DEBT], description="Vi ser på dine regninger sammen.")

    answer = client.get("/tilbud/", {"q": words})

    assert names(answer) == ["Gældsrådgivning"]


def test_a_theme_is_found_though_the_word_is_nowhere(client, offered):
    offered("Pengekassen", themes=[Theme.DEBT], description="Åben for alle.")

    answer = client.get("/tilbud/", {"q": "gæld"})

    assert names(answer) == ["Pengekassen"]


def test_two_themes_at_once_narrow_and_do_not_widen(client, offered):
    offered("Retshjælp", themes=[Theme.LEGAL])
    offered("Retshjælp om ophold", themes=[Theme.LEGAL, Theme.IMMIGRATION])

    answer = client.get("/tilbud/", {"q": "advokat opholdstilladelse"})

    assert names(answer) == ["Retshjælp om ophold"]


def test_a_hit_says_which_word_it_does_not_answer(client, offered):
    offered("Retshjælp", themes=[Theme.LEGAL], description="Vi hjælper også med breve og med klager.")
    offered("Spil violin")

    answer = client.get("/tilbud/", {"q": "advokat klager violin"})

    assert [(hit.row.name, hit.missing) for hit in answer.context["hits"]] == [("Retshjælp", "»violin«")]


def test_an_english_directory_is_found_by_its_own_words(client, offered):
    offered("Foreclosure defense hotline", description="Attorneys answering questions about evictions")

    answer = client.get("/tilbud/", {"q": "attorney question"})

    assert names(answer) == ["Foreclosure defense hotline"]


def test_a_piece_in_the_middle_of_a_word_is_the_last_resort(client, offered):
    offered("Tirsdagscafé", description="Aftensmadsfællesskab")

    answer = client.get("/tilbud/", {"q": "madsfælles"})

    assert names(answer) == ["Tirsdagscafé"]


def test_the_name_comes_before_the_text(client, offered):
    offered("Hjælp i hverdagen", description="Også om svømning")
    offered("Svømning for begyndere")

    answer = client.get("/tilbud/", {"q": "svømning"})

    assert names(answer)[:2] == ["Svømning for begyndere", "Hjælp i hverdagen"]


@pytest.mark.parametrize("words", ["'", "a & | !", "%", "((", "\\", ":*", "-", "😀", "x" * 200, "og"])
def test_no_sign_breaks_the_search(client, cast, words):
    assert client.get("/tilbud/", {"q": words}).status_code == 200


@pytest.mark.feature("OFF-01")
def test_a_thursday_evening_drops_what_is_closed_then_and_keeps_what_is_not_told(client, offered):
    opens(offered("Torsdagscafé"), 3, "18:00", "20:00")
    opens(offered("Formiddagscafé"), 3, "9:00", "11:00")
    offered("Kun efter aftale", by_arrangement=True)
    offered("Det ved vi ikke")

    answer = client.get("/tilbud/", {"dag": "3", "tid": "evening"})

    assert names(answer) == ["Kun efter aftale", "Torsdagscafé", "Det ved vi ikke"]
    assert answer.context["found"].sure == 2
    assert "Spørg dem om tid. Det er ikke oplyst." in answer.content.decode()


def test_age_price_language_and_theme_narrow_too(client, offered):
    offered(
        "Passer", themes=[Theme.COMPANY], minimum_age=60, price=0, languages=["da", "ar"], description="kaffe"
    )
    offered("For ung", themes=[Theme.COMPANY], maximum_age=30, price=0, languages=["ar"])
    offered("For dyr", themes=[Theme.COMPANY], minimum_age=60, price=100, languages=["ar"])
    offered("Andet sprog", themes=[Theme.COMPANY], minimum_age=60, price=0, languages=["da"])
    offered("Andet emne", themes=[Theme.DEBT], minimum_age=60, price=0, languages=["ar"])

    answer = client.get("/tilbud/", {"emne": "company", "alder": "81", "gratis": "on", "sprog": "ar"})

    assert names(answer) == ["Passer"]


def test_the_nearest_comes_first_and_what_has_no_place_last(client, cast, offered):
    lies(offered("Langt væk"), 735_000)
    lies(offered("Lige her"), 722_001)
    offered("Uden sted")
    with organisation_scope(HOUSE):
        home = cast.amir.home_id

    answer = client.get("/tilbud/", {"naer": str(home)})

    assert names(answer) == ["Lige her", cast.football.name, "Langt væk", "Uden sted"]


def test_what_cannot_be_read_is_said_at_the_field_and_not_counted(client, cast):
    answer = client.get("/tilbud/", {"alder": "gammel", "dag": "9", "naer": "her"})

    assert names(answer) == [cast.football.name]
    assert set(answer.context["form"].errors) == {"alder", "dag", "naer"}


def test_nothing_found_says_so_calmly(client, cast):
    answer = client.get("/tilbud/", {"q": "xyzzy"})

    assert "Vi fandt ikke noget" in answer.content.decode()


def test_danish_letters_come_last(client, offered):
    for name in ("Åben dør", "Ældrecafé", "Zumba", "Ørestad"):
        offered(name)

    answer = client.get("/tilbud/")

    assert names(answer)[-4:] == ["Zumba", "Ældrecafé", "Ørestad", "Åben dør"]


@pytest.mark.feature("OFF-01")
def test_the_page_answers_seven_questions_and_leaves_none_blank(client, offered):
    offer = offered("Bare et navn")

    answer = client.get(f"/tilbud/{offer.pk}/")

    headings = [question.heading for question in answer.context["offer"].questions]
    assert headings == [
        "For hvem er det?",
        "Hvad er det?",
        "Hvor er det?",
        "Hvornår er det?",
        "Hvad koster det?",
        "Hvilket sprog taler man?",
        "Hvordan kommer man med?",
    ]
    assert answer.content.decode().count("Ikke oplyst. Spørg dem.") == 7


def test_what_is_known_is_told_in_full(client, cast):
    with organisation_scope(HOUSE):
        Phone.objects.create(offer=cast.football, number="+45 00 00 00 00", description="træneren")
        Offer.objects.update(source="Testkatalog", licence="MIT", application_process="Kom og prøv")

    page = client.get(f"/tilbud/{cast.football.pk}/").content.decode()

    for told in ("6–12 år", "Bane 2", "Trappefri adgang", "16–17", "Gratis", "Dansk", "Kom og prøv"):
        assert told in page
    assert 'href="tel:+4500000000"' in page
    assert "Kilde: Testkatalog. Licens: MIT." in page
    assert "opdigtet" in page


@pytest.mark.feature("OFF-03")
def test_a_summer_closed_offer_says_when_it_opens(client, cast):
    day = timezone.localdate() + timedelta(days=60)
    with organisation_scope(HOUSE):
        Offer.objects.filter(pk=cast.football.pk).update(status=OfferStatus.CLOSED, opens_on=day)

    in_list = client.get("/tilbud/").content.decode()
    on_page = client.get(f"/tilbud/{cast.football.pk}/").content.decode()

    assert "Åbner" in in_list
    assert "Man kan ikke blive sendt hertil nu." in on_page


@pytest.mark.feature("OFF-03")
def test_an_old_figure_is_told_with_its_doubt_and_a_talk_needs_no_number(client, offered):
    offered(
        "Gammelt tal",
        capacity_kind=CapacityKind.PLACES,
        places_total=6,
        capacity_confirmed_on=date(2020, 8, 3),
    )
    offered("Tal først", capacity_kind=CapacityKind.TALK_FIRST)

    page = client.get("/tilbud/").content.decode()

    assert "6 ledige pladser" in page
    assert "ikke bekræftet siden 3. august 2020" in page
    assert "Samtale først" in page


def test_a_withdrawn_offer_is_gone_from_the_list_and_says_so_on_its_page(client, cast):
    with organisation_scope(HOUSE):
        Offer.objects.update(withdrawn_at=timezone.now())

    assert names(client.get("/tilbud/")) == []
    assert "taget ud af kataloget" in client.get(f"/tilbud/{cast.football.pk}/").content.decode()


def test_a_website_that_is_a_trap_is_only_shown(client, offered):
    offer = offered("Fælde", website="javascript:alert(1)")

    page = client.get(f"/tilbud/{offer.pk}/").content.decode()

    assert "javascript:alert(1)" in page
    assert 'href="javascript' not in page


def test_an_unknown_offer_is_404(client, cast):
    assert client.get(f"/tilbud/{HOUSE}/").status_code == 404


def test_the_rows_beside_an_offer_are_said_under_the_question_they_answer(cast):
    with organisation_scope(HOUSE):
        Offer.objects.filter(pk=cast.football.pk).update(alert="Flytter til maj", price=None)
        details.RequiredDocument.objects.create(offer=cast.football, document="indendørs sko")
        details.CostOption.objects.create(offer=cast.football, option="voksne", amount="75", currency="DKK")
        details.ToldSchedule.objects.create(offer=cast.football, description="Hver anden fredag")
        details.ToldSchedule.objects.create(offer=cast.football, description="I fjor", until="2020-01-01")

    told = {one.heading: " ".join(one.texts) for one in offer_page(cast.football.pk, on=TODAY).questions}

    assert "Bemærk: Flytter til maj" in told["Hvad er det?"]
    assert "Medbring: indendørs sko" in told["Hvordan kommer man med?"]
    assert "voksne, 75 DKK" in told["Hvad koster det?"]
    assert "Hver anden fredag" in told["Hvornår er det?"]
    assert "I fjor" not in told["Hvornår er det?"]
