"""What whoever runs an offer may know: a number in steps, and never whose (MAT-09, STA-01)."""

from typing import Any

import pytest
from django.test import Client

from brobygger.foundation.scope import organisation_scope
from brobygger.offers.listing import order_listing_link
from brobygger.partners import standing_links
from brobygger.statistics import door
from tests.people import HOUSE, NOW, Cast
from tests.rooms.matching.test_other_way import say_yes
from tests.rooms.statistics.many import residents

pytestmark = [pytest.mark.django_db, pytest.mark.feature("MAT-09", "STA-01")]


def consenting(cast: Cast, how_many: int) -> None:
    with organisation_scope(HOUSE):
        people = residents(
            cast, how_many, theme=cast.need.theme, home=cast.amir.home, birth_year=2017, languages=["da"]
        )
    for person in people:
        say_yes(cast, person)


def told(client: Client, cast: Cast) -> str:
    answer = client.get(f"/tal/brug/{cast.football.pk}/")
    return str(answer.context["count"])


@pytest.mark.slow
@pytest.mark.parametrize(
    ("how_many", "words"), [(0, "færre end 5"), (4, "færre end 5"), (5, "mindst 5"), (11, "mindst 10")]
)
def test_the_number_is_told_in_steps_and_never_under_five(
    as_member: Any, cast: Cast, how_many: int, words: str
):
    consenting(cast, how_many)

    assert told(as_member(cast.maja), cast) == words


@pytest.mark.slow
def test_who_has_not_said_yes_is_not_counted(as_member: Any, cast: Cast):
    with organisation_scope(HOUSE):
        residents(cast, 30, theme=cast.need.theme, birth_year=2017, languages=["da"])

    assert told(as_member(cast.maja), cast) == "færre end 5"


@pytest.mark.slow
def test_the_partner_reads_the_number_behind_its_own_link_and_nobody(client: Client, cast: Cast):
    consenting(cast, 6)
    with organisation_scope(HOUSE):
        token = standing_links.cut_key(order_listing_link(contact=cast.trainer, by=cast.maja, at=NOW))

    page = client.get(f"/tal/brug/{token}/{cast.football.pk}/").content.decode()

    assert "mindst 5 beboere" in page
    assert "Fiktiv" not in page


@pytest.mark.slow
def test_a_token_that_nobody_made_opens_nothing(client: Client, cast: Cast):
    assert client.get(f"/tal/brug/x/{cast.football.pk}/").status_code == 404


def test_a_count_that_stands_alone_is_the_number_or_that_there_are_few():
    assert [door.few(persons) for persons in (0, 1, 4, 5, 123)] == [
        "færre end 5", "færre end 5", "færre end 5", "5", "123",
    ]  # fmt: skip
