"""The judged questions: whole, honest about what is hidden, and answered better than by the peers' ways."""

from statistics import fmean

import pytest

from brobygger.site.commands import judged, rankers

ALL = {one.name: one for one in judged.all_judged()}


@pytest.mark.parametrize("one", ALL.values(), ids=ALL)
def test_every_question_has_an_answer_in_its_directory(one):
    keys = {document.key for document in one.documents}

    for question in one.questions:
        assert question.grades, question.words
        assert keys >= set(question.grades), question.words


def test_nothing_that_is_held_out_is_also_tuned_on():
    tuned = {question.words for one in ALL.values() if not one.is_held_out for question in one.questions}
    danish = ALL["Smedetoften, held out"]

    assert tuned.isdisjoint(question.words for question in danish.questions)


@pytest.mark.slow
@pytest.mark.feature("OFF-01")
@pytest.mark.parametrize("one", ALL.values(), ids=ALL)
def test_ours_finds_clearly_more_than_the_stemmed_bm25_does(one):
    pytest.importorskip("bm25s")
    ours, peer = (
        fmean(judged.gain(question, rank(question.words)) for question in one.questions)
        for rank in (rankers.ours(one), rankers.bm25s(one))
    )

    assert ours > peer + 0.05
