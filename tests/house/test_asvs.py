"""The page of security requirements says what the tests say, and no test claims what the standard has not."""

from tests.house import asvs
from tests.house.features import claims
from tests.house.figures import FIGURES


def test_a_test_proves_only_requirements_that_exist():
    assert {number: files for number, files in claims("asvs").items() if number not in asvs.known()} == {}


def test_the_page_is_what_the_tests_say():
    """When it is not: `python -m tests.house.asvs`."""
    numbers = asvs.counted(asvs.requirements())
    FIGURES["ASVS"] = ", ".join(f"{numbers[name]} {name}" for name in asvs.STANDINGS)

    assert asvs.PAGE.read_text() == asvs.page()


def test_all_253_requirements_of_two_levels_are_on_it():
    assert len(asvs.requirements()) == 253


def test_every_standing_names_something_that_exists():
    beginnings = {number[:length] for number in asvs.known() for length in range(1, len(number) + 1)}

    assert set(asvs._standings()) <= beginnings
    assert {standing for standing, _why in asvs._standings().values()} <= set(asvs.STANDINGS)
