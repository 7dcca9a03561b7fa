"""What the house wrote down is read in the reader's language; what people wrote stands as they wrote it."""

import pytest
from django.utils import translation

from brobygger.bridging import telling
from brobygger.foundation.kept import said_anew


@pytest.mark.parametrize("template", [*telling.NEXT_STEPS.values(), *telling.WAYS.values()])
def test_a_next_step_the_house_wrote_is_read_in_english(template: str):
    with translation.override("en"):
        read = said_anew(template % {"recipient": "Tagklubben"})

    assert read != template % {"recipient": "Tagklubben"}
    assert ("Tagklubben" in read) == ("recipient" in template)


def test_who_was_told_at_a_deadline_is_read_word_by_word():
    with translation.override("en"):
        assert said_anew("Svarfrist. Fik det at vide: broens ejer, lederen.") == (
            "Time to answer. Told: the owner of the bridge, the leader."
        )


@pytest.mark.parametrize(
    "text", ["", "Ring til hende", "Ring til Inger i morgen, og spørg.", "Vi talte om 100 % af det."]
)
def test_what_somebody_wrote_stands_as_it_was_written(text: str):
    for language in ("en", "ar"):
        with translation.override(language):
            assert said_anew(text) == text


def test_in_danish_it_stands_as_it_was_written():
    with translation.override("da"):
        assert said_anew("Sendt til Tagklubben") == "Sendt til Tagklubben"
