"""What says whether the directory in memory is still the one in the tables."""

import pytest
from django.db import connection

from brobygger.offers import facts
from tests.people import Cast

SEVERAL_PROCESSES = """
    SET LOCAL parallel_setup_cost = 0;
    SET LOCAL parallel_tuple_cost = 0;
    SET LOCAL min_parallel_table_scan_size = 0;
"""


@pytest.mark.feature("OFF-01")
def test_nothing_changed_is_the_same_stamp_however_many_processes_the_server_counts_with(in_house: Cast):
    alone = facts.stamp()
    with connection.cursor() as cursor:
        cursor.execute(SEVERAL_PROCESSES)

        assert {facts.stamp() for _look in range(20)} == {alone}


@pytest.mark.feature("OFF-01")
def test_each_table_has_its_place_in_the_stamp(in_house: Cast):
    """A union of rows came in any order, and large directories were read anew on half of all pages."""
    before = facts.stamp()
    in_house.football.save()
    after = facts.stamp()

    assert [old != new for old, new in zip(before, after, strict=True)] == [True, False, False, False]
