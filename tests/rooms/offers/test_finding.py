"""Finding in public: the reasons are told, the choices are counted, and a dead end has ways out of it."""

import re

import pytest
from django.utils import timezone

from brobygger.engine.search.folding import words_in
from brobygger.foundation.scope import organisation_scope
from brobygger.offers import indexed, needs, reads
from brobygger.offers.models import Location, Offer, OfferAtLocation, Phone, Schedule
from brobygger.offers.terms import Theme
from brobygger.partners.models import Organisation
from tests.people import HOUSE, Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def directory(cast: Cast):
    """Six offers beside the club's football, each with something told and something not."""
    with organisation_scope(HOUSE):

        def make(name: str, **told: object) -> Offer:
            return Offer.objects.create(organisation=cast.club, name=name, **told)

        debt = make("Gældsrådgivning", themes=[Theme.DEBT], price=0, languages=["da", "ar"])
        make("Budgetkursus", themes=[Theme.DEBT], price=5000, languages=["da"])
        make("Sprogcafé", themes=[Theme.DANISH, Theme.COMPANY], price=0, languages=[])
        make("Retshjælp", themes=[Theme.LEGAL], minimum_age=18)
        walk = make("Gåtur", themes=[Theme.COMPANY], price=0, minimum_age=60)
        make("Ved ikke")
        place = Location.objects.create(organisation=cast.club, is_step_free=True)
        OfferAtLocation.objects.create(offer=debt, location=place)
        for offer, day, opens in ((debt, 3, "18:00"), (walk, 3, "9:00"), (walk, 4, "9:00")):
            Schedule.objects.create(offer=offer, weekday=day, opens_at=opens, closes_at="20:00")
    return cast


def names(answer) -> list[str]:
    return [hit.row.name for hit in answer.context["hits"]]


def counts_of(answer, field: str) -> dict[str, int]:
    choices = answer.context["form"].fields[field].choices
    return {
        str(value): int(re.search(r"\((\d+)\)$", str(label))[1]) for value, label in choices if value != ""
    }


@pytest.mark.feature("OFF-01")
def test_every_hit_says_why_it_was_found(client, directory):
    page = client.get("/tilbud/", {"q": "skylder penge"}).content.decode()

    assert "Fundet, fordi »gældsrådgivning« står i navnet." in page


@pytest.mark.parametrize(
    ("words", "because"),
    [
        ("gældsrådgivning", "»gældsrådgivning« står i navnet"),
        ("rådgivning", "»gældsrådgivning« står i navnet"),
        ("advokat", "»retshjælp« står i navnet"),
        ("geld", "»gældsrådgivning« står i navnet"),
        ("ensom", "det handler om fællesskab og ensomhed"),
    ],
)
def test_the_reason_names_the_word_that_stands_there(client, directory, words, because):
    first = client.get("/tilbud/", {"q": words}).context["hits"][0]

    assert because in first.because


@pytest.mark.feature("OFF-01")
@pytest.mark.parametrize(
    ("field", "others"),
    [("emne", {"gratis": "on"}), ("dag", {"alder": "70"}), ("tid", {"dag": "3"}), ("sprog", {"q": "penge"})],
)
def test_a_choice_counts_what_it_would_leave_with_all_the_other_filters(client, directory, others, field):
    for value, told in counts_of(client.get("/tilbud/", others), field).items():
        if told or value in ("debt", "6", "morning"):
            assert client.get("/tilbud/", others | {field: value}).context["found"].sure == told


def test_free_and_step_free_are_counted_too(client, directory):
    page = client.get("/tilbud/").content.decode()

    assert "Kun gratis (4)" in page
    assert "Kun uden trapper (2)" in page
    assert client.get("/tilbud/", {"trappefri": "on"}).context["found"].sure == 2


@pytest.mark.feature("OFF-01")
def test_nothing_found_tells_which_filter_stands_in_the_way_and_what_is_there_without_it(client, directory):
    answer = client.get("/tilbud/", {"q": "gældsrådgivning", "emne": "legal"})

    steps = answer.context["lost"].steps
    assert [(step.chosen.split(" (")[0], step.many, step.url) for step in steps] == [
        ("gældsrådgivning", 2, "?emne=legal"),
        ("retshjælp", 1, "?q=g%C3%A6ldsr%C3%A5dgivning"),
    ]
    for step in steps:
        assert len(client.get(f"/tilbud/{step.url}").context["found"]) == step.many


def test_a_filter_whose_going_would_not_help_is_not_named(client, directory):
    steps = client.get("/tilbud/", {"q": "xqzvw", "alder": "9"}).context["lost"].steps

    assert [step.chosen for step in steps] == ["xqzvw"]


def test_an_unknown_word_is_told_with_the_nearest_that_is_known(client, directory):
    page = client.get("/tilbud/", {"q": "budgatkorsust"}).content.decode()

    assert "Ingen tilbud bruger ordet »budgatkorsust«." in page
    assert "Søg på »budgetkursus« i stedet" in page


def test_a_dead_end_says_how_the_words_were_read_and_whom_to_ring(client, directory):
    with organisation_scope(HOUSE):
        Offer.objects.exclude(name="Ved ikke").update(withdrawn_at=timezone.now())
        house = Organisation.objects.get(pk=HOUSE)
        Phone.objects.create(organisation=house, number="+45 00 00 00 01")

    page = client.get("/tilbud/", {"q": "inkasso"}).content.decode()

    assert "»inkasso« læste vi som gældsrådgivning" in page
    assert house.name in page
    assert 'href="tel:+4500000001"' in page


def test_a_changed_offer_is_read_again_and_no_other(directory, monkeypatch):
    today = timezone.localdate()
    first = indexed.of(reads.directory(today)).index
    with organisation_scope(HOUSE):
        Offer.objects.filter(name="Ved ikke").update(description="Keramik for alle")
    read = []
    monkeypatch.setattr(type(first.vocabulary), "read", _noting(read, type(first.vocabulary).read))

    found = reads.find(reads.Wanted(words="keramik"), reads.directory(today), on=today)

    assert len(found) == 1
    assert read == ["Ved ikke"]


def _noting(read, reads_it):
    def noted(self, text):
        read.append(text.fields[0][1])
        return reads_it(self, text)

    return noted


def test_the_words_of_a_new_offer_are_found_by_the_next_reader(client, directory):
    client.get("/tilbud/", {"q": "keramik"})
    with organisation_scope(HOUSE):
        Offer.objects.create(organisation=directory.club, name="Keramik")

    assert names(client.get("/tilbud/", {"q": "keramik"})) == ["Keramik"]


def test_the_needs_are_shown_with_their_version_and_every_one_of_them_can_be_searched_for(client, cast):
    page = client.get("/tilbud/behov/").content.decode()
    table = client.get("/tilbud/behov.csv").content.decode().split("\r\n")

    assert f"Udgave {needs.VERSION}." in page
    assert len(table) == len(needs.subjects()) + 2
    assert table[1].startswith(f"{needs.VERSION};homework_help;")


@pytest.mark.parametrize("column", ["danish", "english", "arabic"])
def test_the_name_of_every_need_is_read_as_that_need(column):
    read = needs.lexicon().named_in
    named = {one.code: read(words_in(getattr(one, column))) for one in needs.subjects()}

    lost = [code for code, told in named.items() if code not in {one.subject.code for one in told}]
    assert lost == []
