"""The directory given out as a package that others, and we ourselves, can read."""

import csv
import json
from pathlib import Path

import pytest

from brobygger.foundation.trouble import Trouble
from brobygger.offers import exporting
from brobygger.offers.importing import run
from brobygger.offers.importing.places import utm32, wgs84
from brobygger.offers.models import Location, Offer, OfferAtLocation, Phone, Schedule
from tests.people import ELSEWHERE, HOUSE, NOW
from tests.rooms.offers.empty_house import differences, given_out_again

DIRECTORIES = Path(__file__).parents[2] / "data" / "directories"
TOLD = ("name", "status", "price", "minimum_age", "maximum_age", "application_process", "website")


def test_what_is_given_out_can_be_taken_in_again_and_is_the_same(cast, tmp_path):
    run(DIRECTORIES / "smedetoften-package", keeper=ELSEWHERE, at=NOW)

    exporting.run(tmp_path / "ud", keeper=ELSEWHERE)

    run(tmp_path / "ud", keeper=HOUSE, at=NOW)
    before = Offer.objects.filter(source="smedetoften-package").order_by("name")
    after = Offer.objects.filter(source="ud").order_by("name")
    assert [[getattr(one, field) for field in TOLD] for one in after] == [
        [getattr(one, field) for field in TOLD] for one in before
    ]
    assert [one.languages for one in after] == [one.languages for one in before]
    for model in (Location, OfferAtLocation, Phone, Schedule):
        assert (
            model.objects.filter(source="ud").count() == model.objects.exclude(source__in=["", "ud"]).count()
        )
    esse = Location.objects.get(source="ud", name="Esse")
    assert abs(esse.easting - 721_990) <= 1
    assert abs(esse.northing - 6_179_742) <= 1


@pytest.mark.slow  # a whole directory, and a process with a database of its own
@pytest.mark.feature("OFF-07")
@pytest.mark.parametrize("directory", ["ilao-illinois", "smedetoften-package", "hsds31-mock"])
def test_an_empty_house_that_takes_a_directory_in_has_the_same(cast, tmp_path, directory):
    run(DIRECTORIES / directory, keeper=HOUSE, at=NOW)

    given, again = tmp_path / "ud", tmp_path / "igen"
    counts = exporting.run(given, keeper=HOUSE)

    given_out_again(given, again)

    kept = {"service": Offer, "location": Location, "schedule": Schedule, "phone": Phone}
    assert {name: counts[name] for name in kept} == {
        name: model.objects.filter(keeper_id=HOUSE).count() for name, model in kept.items()
    }
    assert differences(given, again) == []


def test_only_documented_columns_are_given_out(cast, tmp_path):
    exporting.run(tmp_path / "ud")

    package = json.loads((tmp_path / "ud" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        with (tmp_path / "ud" / resource["path"]).open(encoding="utf-8", newline="") as file:
            heading = next(csv.reader(file))
        assert heading == [field["name"] for field in resource["schema"]["fields"]]


def test_a_folder_with_other_things_in_it_is_left_alone(cast, tmp_path):
    (tmp_path / "feriebilleder.txt").write_text("hej")

    with pytest.raises(Trouble, match="er ikke tom"):
        exporting.run(tmp_path)

    assert [path.name for path in tmp_path.iterdir()] == ["feriebilleder.txt"]


@pytest.mark.parametrize(
    "point", [(55.0, 8.1), (55.67611, 12.56833), (57.7, 10.6), (55.1, 14.9), (54.6, 11.9)]
)
def test_the_way_to_metres_and_back_ends_where_it_began(point):
    assert wgs84(*utm32(*point)) == pytest.approx(point, abs=1.1e-5)
