"""What people write, and what they should find. The texts are small on purpose: each holds one difficulty."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from brobygger.engine.search import Index, Lexicon, Subject, Text, search

LEXICON = Lexicon(
    (
        Subject("debt_advice", "debt", ("gæld*", "skylder penge", "debt*", "ديون")),
        Subject("sport", "leisure", ("fodbold*", "spille bold", "soccer")),
        Subject("homework_help", "homework", ("lektie*", "homework", "واجبات")),
        Subject("violence", "safety", ("min mand slår", "voldsramt*", "domestic violence")),
    )
)
OFFERS = {
    "debt": "Gældsrådgivning. Vi ser på dine regninger sammen",
    "football": "Fodbold for drenge. Mandag på bane 2",
    "homework": "Lektiehjælp på biblioteket",
    "letters": "Breve fra kommunen, læst højt",
    "shelter": "Krisecenter for voldsramte kvinder og børn",
    "chess": "Skak i vinduet. Vi slår ingen, men brikkerne ryger",
    "english": "Mortgage foreclosure help for homeowners",
}


def index_of(texts: dict[str, str]) -> Index[str]:
    return Index.of([Text(key, ((1.0, text),)) for key, text in texts.items()], LEXICON)


INDEX = index_of(OFFERS)


def found(question: str) -> list[str]:
    return [hit.key for hit in search(question, INDEX).hits]


@pytest.mark.feature("OFF-01")
@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("gæld", "debt"),
        ("gaeld", "debt"),
        ("geld", "debt"),
        ("GÆLDS", "debt"),
        ("jeg skylder penge", "debt"),
        ("debts", "debt"),
        ("ديون", "debt"),
        ("الديون", "debt"),
        ("rådgivning", "debt"),
        ("regning", "debt"),
        ("min dreng vil spille bold", "football"),
        ("fotbold", "football"),
        ("bold", "football"),
        ("hjælp til lektier", "homework"),
        ("hjelp til lektier", "homework"),
        ("homwork", "homework"),
        ("واجبات", "homework"),
        ("brev fra kommune", "letters"),
        ("min mand slår mig", "shelter"),
        ("mortgages", "english"),
        ("foreclosures", "english"),
    ],
)
def test_everyday_words_find_what_is_meant(question, first):
    assert found(question)[:1] == [first]


def test_what_a_word_was_taken_for_is_told_as_it_is_written():
    assert search("geld", INDEX).read_as == {"geld": "gæld"}


def test_a_word_that_nothing_knows_is_told_and_does_not_stand_in_the_way():
    answer = search("lektiehjælp xqzvw", INDEX)

    assert answer.unknown == ("xqzvw",)
    assert [hit.key for hit in answer.hits] == ["homework"]


@pytest.mark.parametrize("question", ["", "   ", "og til for", "??!", "\0", "x" * 5_000])
def test_a_question_that_says_nothing_finds_nothing(question):
    assert found(question) == []


WORDS = st.sampled_from(
    ["gæld", "fodbold", "lektier", "breve", "bold", "kommunen", "vold", "skak", "mine", "og"]
)
QUESTIONS = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)


@given(QUESTIONS)
@settings(max_examples=60, deadline=None)
def test_the_same_words_in_another_order_of_texts_find_the_same(question):
    other = index_of(dict(reversed(OFFERS.items())))

    assert {hit.key: round(hit.score, 9) for hit in search(question, INDEX).hits} == {
        hit.key: round(hit.score, 9) for hit in search(question, other).hits
    }


@given(QUESTIONS)
@settings(max_examples=60, deadline=None)
def test_capitals_and_ways_of_spelling_the_danish_letters_change_nothing(question):
    plain = question.upper().replace("Æ", "AE").replace("Ø", "OE").replace("Å", "AA")

    assert found(plain) == found(question)


@given(QUESTIONS)
@settings(max_examples=60, deadline=None)
def test_what_is_found_answers_some_of_the_question_and_at_least_half_of_what_the_best_does(question):
    hits = search(question, INDEX).hits

    assert all(0 < hit.covered <= 1 and hit.score > 0 for hit in hits)
    assert all(hit.covered >= 0.5 * max(one.covered for one in hits) for hit in hits)


@given(st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_no_text_is_too_strange_to_be_asked_or_found(text):
    index = index_of(OFFERS | {"strange": text})

    search(text, index)


@given(st.lists(QUESTIONS, min_size=1, max_size=4), QUESTIONS)
@settings(max_examples=40, deadline=None)
def test_a_renewed_index_answers_like_a_new_one(changed, question):
    texts = [Text(key, ((1.0, text),)) for key, text in OFFERS.items()]
    others = texts[len(changed) :] + [Text(f"new {at}", ((1.0, one),)) for at, one in enumerate(changed)]

    renewed, anew = Index.of(texts, LEXICON).renewed(others), Index.of(others, LEXICON)

    assert search(question, renewed).hits == search(question, anew).hits


@pytest.mark.parametrize(
    ("question", "first"),
    [("lektie hjælp", "homework"), ("krise center", "shelter"), ("hjælp-til-lektier", "homework")],
)
def test_words_that_were_parted_or_joined_by_a_hyphen_find_the_whole_one(question, first):
    assert found(question)[:1] == [first]


def test_why_a_text_was_found_names_the_word_that_stands_there():
    because = search("geld", INDEX).why("debt")

    assert [(one.asked, one.word, one.field) for one in because] == [("geld", "gældsrådgivning", 0)]
