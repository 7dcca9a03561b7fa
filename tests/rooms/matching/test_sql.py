"""Three reckonings, one answer: the tables asked in SQL, the slow twin and the packed columns."""

from random import Random

import pytest
from django.db import connection

from brobygger.engine.fit import columns, plain
from brobygger.engine.fit.columns import Masks
from brobygger.matching import sql
from brobygger.offers.facts import directory, offer_facts
from tests.people import TODAY
from tests.rooms.matching.many import fill, person

pytestmark = pytest.mark.django_db

OFFERS, PERSONS = 300, 200


@pytest.fixture(autouse=True)
def _quick_plan(db: None) -> None:
    """Rows just made have no statistics, and the planner then takes the slow way round."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_nestloop = off")


@pytest.mark.slow  # a whole directory, or every person against every offer
def test_sql_plain_and_columns_agree_on_every_offer_for_every_person(cast):
    fill(1, OFFERS)
    random = Random(1)
    facts, packed = offer_facts(TODAY), directory(TODAY)
    somebody = [person(random) for _ in range(PERSONS)]

    by_sql = [sql.place_all(one) for one in somebody]

    by_columns = [Masks.of(one, packed).placed(range(len(packed.ids))) for one in somebody]
    by_hand = [[plain.place(one, offer) for offer in facts] for one in somebody]
    assert len(facts) > OFFERS * 0.8
    assert [set(placed) for placed in by_sql] == [set(placed) for placed in by_hand]
    assert [set(placed) for placed in by_sql] == [set(placed) for placed in by_columns]


def test_the_order_is_the_same_too(cast):
    fill(3, OFFERS)
    random = Random(3)
    somebody = [person(random) for _ in range(20)]

    by_sql = [tuple(one for one in sql.place_all(who) if not one.against) for who in somebody]

    assert by_sql == [columns.rank(who, directory(TODAY), fits=OFFERS).fits for who in somebody]


def test_it_is_one_query(cast, django_assert_num_queries):
    with django_assert_num_queries(1):
        sql.place_all(person(Random(4)))
