"""LIX as Björnsson counts it."""

import pytest

from brobygger.engine.lix import Weight, weigh


@pytest.mark.parametrize(
    ("text", "weight"),
    [
        ("", Weight(0, 0, 0)),
        ("Hvad? Jo.", Weight(2, 2, 0)),
        ("Den 26. november kl. 16.30 kommer vi", Weight(7, 1, 1)),
        ("Hun sagde: »Kom. Vi venter.« Så gik vi.", Weight(8, 4, 0)),
        ("E-mail og CPR-nummer", Weight(3, 1, 1)),
    ],
)
def test_words_sentences_and_long_words_are_counted(text: str, weight: Weight):
    assert weigh([text]) == weight


def test_lix_is_words_per_sentence_and_long_words_per_hundred():
    assert Weight(words=100, sentences=10, long_words=20).lix == 30


def test_nothing_weighs_nothing():
    assert weigh(["", "…"]).lix == 0


def test_each_piece_ends_its_own_sentence():
    assert weigh(["Et spørgsmål til jer", "Vis"]) == Weight(5, 2, 1)
