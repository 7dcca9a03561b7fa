"""A page asks the database as often for 600 offers as for 150."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.rooms.matching.many import fill

pytestmark = [pytest.mark.django_db, pytest.mark.slow]  # directories of hundreds of offers

MOST = 12
SCOPE = 3  # the session, who is signed in, and opening the scope


def asked(client, address: str) -> int:
    """The queries of one page, without savepoints."""
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(address)
    assert answer.status_code == 200
    return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE")) for query in seen)


ADDRESSES = [
    "/forslag/{need}/",
    "/forslag/{need}/?alle=1",
    "/forslag/{need}/andet/?find=tilbud",
    "/forslag/{need}/andet/?titel=Noget&hos={club}",
    "/tilbud/",
    "/tilbud/?q=findes+ikke&dag=3&tid=evening&naer={home}",
    "/tilbud/{football}/",
    "/partnere/",
    "/partnere/{club}/",
    "/partnerskaber/",
]


@pytest.mark.parametrize("offers", [150, 600])
def test_no_page_asks_more_than_twelve_times(as_member, cast, offers):
    fill(offers, offers)
    keys = {
        "need": cast.need.pk,
        "club": cast.club.pk,
        "football": cast.football.pk,
        "home": cast.amir.home_id,
    }
    maja = as_member(cast.maja)

    queries = {address: asked(maja, address.format(**keys)) for address in ADDRESSES}

    assert {address: n for address, n in queries.items() if n > MOST + SCOPE} == {}
