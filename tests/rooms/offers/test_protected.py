"""Where people are in hiding there is nothing to find."""

import pytest
from django.db import IntegrityError, transaction

from brobygger.foundation.scope import organisation_scope
from brobygger.offers.models import Location
from tests.people import CLUB, HOUSE


@pytest.mark.feature("OFF-01")
@pytest.mark.parametrize(
    "where", [{"address": "Skjulevej 1"}, {"postal_code": "2300"}, {"easting": 1, "northing": 1},
              {"transportation": "Gå ned ad Skjulevej"}]
)  # fmt: skip
def test_the_database_refuses_an_address_where_people_are_in_hiding(cast, where):
    with organisation_scope(HOUSE), pytest.raises(IntegrityError, match="no_address"), transaction.atomic():
        Location.objects.create(organisation_id=CLUB, name="Krisecenter", is_protected=True, **where)
