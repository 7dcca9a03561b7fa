"""The directory given out as a package that others, and we ourselves, can read."""

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import frictionless
import pytest
from compiletojsonschema.compiletojsonschema import CompileToJsonSchema
from openpyxl import load_workbook
from pypdf import PdfReader

from brobygger import publicapi
from brobygger.foundation.scope import organisation_scope
from brobygger.foundation.trouble import Trouble
from brobygger.offers import exporting
from brobygger.offers.details import CostOption
from brobygger.offers.geodesy import utm32, wgs84
from brobygger.offers.importing import run
from brobygger.offers.models import Location, Offer, OfferAtLocation, Phone, Schedule
from tests.people import ELSEWHERE, HOUSE, NOW, TODAY
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
    assert [set(one.languages or ()) for one in after] == [set(one.languages or ()) for one in before]
    for model in (Location, OfferAtLocation, Phone, Schedule):
        assert (
            model.objects.filter(source="ud").count() == model.objects.exclude(source__in=["", "ud"]).count()
        )
    esse = Location.objects.get(source="ud", name="Esse")
    assert abs(esse.easting - 721_990) <= 1
    assert abs(esse.northing - 6_179_742) <= 1


@pytest.mark.slow  # every service, out and in
def test_json_that_is_given_out_is_taken_in_with_our_own_facts(cast, tmp_path):
    run(DIRECTORIES / "smedetoften-package", keeper=ELSEWHERE, at=NOW)

    exporting.run(tmp_path / "ud.json", keeper=ELSEWHERE, form="json")

    run(tmp_path / "ud.json", keeper=HOUSE, at=NOW)
    told = [*TOLD, "themes", "capacity_kind", "places_total", "places_taken", "only_for", "by_arrangement"]
    before = Offer.objects.filter(source="smedetoften-package").order_by("name").values(*told)
    assert list(Offer.objects.filter(source="ud").order_by("name").values(*told)) == list(before)
    assert not CostOption.objects.filter(
        source="ud", currency="DKK", option="", amount__isnull=False
    ).exists()


@pytest.mark.slow  # a whole directory, and a process with a database of its own
@pytest.mark.feature("OFF-07")
@pytest.mark.parametrize("directory", ["ilao-illinois", "smedetoften-package", "hsds31-mock"])
def test_an_empty_house_that_takes_a_directory_in_has_the_same(cast, tmp_path, directory):
    run(DIRECTORIES / directory, keeper=HOUSE, at=NOW)

    given, again = tmp_path / "ud", tmp_path / "igen"
    counts = exporting.run(given, keeper=HOUSE)

    given_out_again(given, again)

    kept = {"service": Offer, "location": Location, "phone": Phone}
    assert {name: counts[name] for name in kept} == {
        name: model.objects.filter(keeper_id=HOUSE).count() for name, model in kept.items()
    }
    assert differences(given, again) == []


FROM_HSDS = Path(publicapi.__file__).parent / "hsds_3_1"


@pytest.fixture
def given(cast, tmp_path):
    """The whole mock of HSDS, with every kind of object, and a directory of our own fields, given out."""
    run(DIRECTORIES / "hsds31-mock", keeper=HOUSE, at=NOW)
    run(DIRECTORIES / "smedetoften-package", keeper=HOUSE, at=NOW)
    with organisation_scope(HOUSE):
        Offer.objects.filter(source="smedetoften-package").update(capacity_confirmed_on=TODAY)
    exporting.run(tmp_path / "ud")
    return tmp_path / "ud"


@pytest.mark.slow  # every row of every table, by the standard's own checker
@pytest.mark.feature("OFF-07")
def test_frictionless_finds_nothing_wrong_with_the_package(given):
    report = frictionless.Package(str(given / "datapackage.json")).validate()

    assert report.flatten(["rowNumber", "fieldName", "type", "note"]) == []


@pytest.mark.slow  # schemas of several hundred columns, put together by the recipe of HSDS
@pytest.mark.feature("OFF-07")
def test_hsds_own_recipe_finds_nothing_wrong_with_the_services(given, tmp_path):
    schema = CompileToJsonSchema(
        str(FROM_HSDS / "service.json"), set_additional_properties_false_everywhere=True
    )
    (tmp_path / "service.json").write_text(schema.get_as_string())
    exporting.run(tmp_path / "tilbud.json", form="json")

    services = json.loads((tmp_path / "tilbud.json").read_text(encoding="utf-8"))
    for number, service in enumerate(services):
        (tmp_path / f"{number}.json").write_text(json.dumps(service))
    files = [str(tmp_path / f"{number}.json") for number in range(len(services))]
    command = [sys.executable, "-m", "check_jsonschema", "--schemafile", str(tmp_path / "service.json")]
    checked = subprocess.run([*command, *files], capture_output=True, text=True)

    assert services
    assert checked.stdout + checked.stderr == "ok -- validation done\n"


@pytest.mark.slow  # every table
def test_every_object_of_hsds_is_given_out(given):
    counts = {
        path.stem: len(list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"), newline="")))) - 1
        for path in given.glob("*.csv")
    }

    assert [name for name, count in counts.items() if not count] == []
    assert len(counts) == 24


@pytest.mark.slow  # every service, twice
def test_json_is_one_list_or_one_object_a_line(given, tmp_path):
    exporting.run(tmp_path / "tilbud.json", form="json")
    exporting.run(tmp_path / "tilbud.ndjson", form="ndjson")

    lines = (tmp_path / "tilbud.ndjson").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line) for line in lines] == json.loads((tmp_path / "tilbud.json").read_text())


@pytest.mark.slow  # every table, twice
def test_a_zip_holds_the_same_package(given, tmp_path):
    exporting.run(tmp_path / "ud.zip", form="zip")

    with zipfile.ZipFile(tmp_path / "ud.zip") as packed:
        held = {name: packed.read(name) for name in packed.namelist()}
    assert held == {path.name: path.read_bytes() for path in given.iterdir()}


@pytest.mark.slow  # a workbook with every table
def test_a_workbook_shows_the_offers_and_holds_the_tables_and_no_formulas(given, tmp_path):
    with organisation_scope(HOUSE):
        Offer.objects.filter(name__startswith="Lektie").update(name="=1+1")
    exporting.run(tmp_path / "ud.xlsx", form="xlsx")

    book = load_workbook(tmp_path / "ud.xlsx")
    first = [[cell.value for cell in row] for row in book.worksheets[0].iter_rows(max_row=3)]
    assert first[0][:3] == ["Tilbud", "Organisation", "Hvad"]
    assert {cell.data_type for row in book["services"].iter_rows() for cell in row} <= {"inlineStr", "s", "n"}
    assert len(book.sheetnames) == 25


@pytest.mark.slow  # a list on paper
def test_the_list_on_paper_has_the_letters_of_danish(given, tmp_path):
    with organisation_scope(HOUSE):
        Offer.objects.filter(name__startswith="Lektie").update(name="Blåbærgrød på Øen")
    exporting.run(tmp_path / "ud.pdf", form="pdf")

    text = "".join(page.extract_text() for page in PdfReader(tmp_path / "ud.pdf").pages)
    assert "Blåbærgrød på Øen" in text


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
