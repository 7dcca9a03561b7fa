"""Rows of the directory know when they last became others, so that a reader can ask for what is new."""

import pytest

from brobygger.foundation.scope import organisation_scope
from brobygger.offers.models import Offer
from brobygger.partners.models import Organisation
from tests.people import CLUB, HOUSE, NOW

pytestmark = pytest.mark.feature("API-01")


def dated(model, key):
    return model.objects.values_list("modified_at", flat=True).get(pk=key)


@pytest.mark.parametrize(("model", "house"), [(Offer, HOUSE), (Organisation, CLUB)])
def test_a_change_dates_the_row_whoever_writes_it_and_however(cast, model, house):
    key = cast.football.pk if model is Offer else CLUB
    before = dated(model, key)

    with organisation_scope(house):
        model.objects.filter(pk=key).update(description="Ny tekst", modified_at=NOW.replace(year=2000))

    assert dated(model, key) > before


def test_a_row_that_is_written_as_it_stands_keeps_its_date(cast):
    before = dated(Offer, cast.football.pk)

    with organisation_scope(HOUSE):
        Offer.objects.filter(pk=cast.football.pk).update(name=cast.football.name)

    assert dated(Offer, cast.football.pk) == before
