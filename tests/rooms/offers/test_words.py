"""What everyday words are read as, in Danish and English."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from brobygger.offers import words
from brobygger.offers.terms import OfferStatus, OnlyFor, Theme


@pytest.mark.feature("OFF-01")
@pytest.mark.parametrize(
    ("said", "theme"),
    [
        ("gæld", Theme.DEBT),
        ("jeg skylder penge til banken", Theme.DEBT),
        ("Free bankruptcy filing", Theme.DEBT),
        ("vi bliver smidt ud af lejligheden", Theme.HOUSING),
        ("Eviction defense help desk", Theme.HOUSING),
        ("Tenant-Landlord Legal Aid", Theme.HOUSING),
        ("skilsmisse", Theme.FAMILY_LAW),
        ("Child support", Theme.FAMILY_LAW),
        ("opholdstilladelse", Theme.IMMIGRATION),
        ("Help for asylum seekers", Theme.IMMIGRATION),
        ("Orders of protection", Theme.SAFETY),
        ("Domestic violence program - Pilsen", Theme.SAFETY),
        ("krisecenter for voldsramte", Theme.SAFETY),
        ("arbejdsløs", Theme.WORK),
        ("Employment rights helpline", Theme.WORK),
        ("fritidsjob til unge", Theme.YOUTH_JOB),
        ("Lektiecafé", Theme.HOMEWORK),
        ("fodbold", Theme.LEISURE),
        ("jeg er så ensom", Theme.COMPANY),
        ("værested", Theme.DROP_IN),
        ("sprogcafé", Theme.DANISH),
        ("hjælp til MitID", Theme.DIGITAL),
        ("breve fra kommunen", Theme.AUTHORITIES),
        ("misbrug af alkohol", Theme.MISUSE),
        ("angst og depression", Theme.WELLBEING),
        ("sygeplejerske", Theme.HEALTH),
        ("mad til jul", Theme.FOOD),
        ("kursus i forældrerollen", Theme.PARENTING),
        ("bliv frivillig", Theme.VOLUNTEER),
        ("gratis retshjælp", Theme.LEGAL),
    ],
)
def test_ordinary_words_lead_to_the_theme(said, theme):
    assert theme in words.themes_in(said)


@pytest.mark.parametrize(
    ("said", "theme"),
    [
        ("forældremyndighed", Theme.PARENTING),
        ("boligsocial helhedsplan", Theme.HOUSING),
        ("Lawrence County", Theme.LEGAL),
        ("madras", Theme.FOOD),
        ("samværsret", Theme.COMPANY),
    ],
)
def test_words_that_only_look_alike_do_not(said, theme):
    assert theme not in words.themes_in(said)


def test_every_theme_has_words():
    assert set(words.WORDS) == set(Theme)


@pytest.mark.parametrize(
    ("said", "price"),
    [
        ("Free to everyone", 0),
        ("Gratis", 0),
        ("Det er gratis for alle.", 0),
        ("0 kr.", 0),
        ("None.", 0),
        ("25 kr. pr. gang", 2_500),
        ("kr. 25,-", 2_500),
        ("12,50 kroner", 1_250),
        ("1.200 kr.", 120_000),
        ("Free to eligible persons/entities", None),
        ("Sliding scale based on income", None),
        ("20-40 kr.", None),
        ("Fra 20 kr.", None),
        ("50 kr. årligt", None),
        ("$50 application fee", None),
        ("None. Donations requested of clients who can afford it.", None),
        ("", None),
    ],
)
def test_a_price_is_read_only_when_nothing_is_in_doubt(said, price):
    assert words.price_in(said) == price


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ("active", OfferStatus.ACTIVE),
        ("inactive", OfferStatus.PAUSED),
        ("defunct", OfferStatus.CLOSED),
        ("Temporarily  closed", OfferStatus.PAUSED),
        ("maybe", None),
    ],
)
def test_a_status_is_read_in_our_words(said, status):
    assert words.status_in(said) == status


@pytest.mark.parametrize(
    ("said", "is_step_free"),
    [
        ("Wheelchair access is possible on all levels.", True),
        ("disabled_parking, ramp".replace("_", " "), True),
        ("Der er elevator", True),
        ("No wheelchair access", False),
        ("Kun adgang ad trappe", False),
        ("Ingen elevator", False),
        ("Teleslynge", None),
    ],
)
def test_access_without_steps_is_known_or_asked_for(said, is_step_free):
    assert words.is_step_free_in(said) is is_step_free


def test_languages_are_read_by_name_and_by_code():
    assert words.languages_in("Spansk, arabisk og ur; Cantonese") == (["es", "ar", "ur", "zh"], [])


def test_an_unknown_language_is_handed_back():
    assert words.languages_in("Klingon") == ([], ["Klingon"])


@pytest.mark.parametrize(
    ("name", "only_for"),
    [
        ("Kun for kvinder", OnlyFor.WOMEN),
        ("Madklub for mænd", OnlyFor.MEN),
        ("Fodbold for drenge og piger", OnlyFor.EVERYONE),
        ("Svømning", OnlyFor.EVERYONE),
    ],
)
def test_a_group_is_read_only_from_the_name_itself(name, only_for):
    assert words.only_for_in(name) == only_for


@given(st.text(max_size=300))
def test_no_text_is_too_strange_to_be_read(text):
    price = words.price_in(text)

    assert price is None or price >= 0
    assert set(words.themes_in(text)) <= set(Theme)
    assert all(len(code) == 2 for code in words.languages_in(text)[0])
