"""Saving: again and again without doubling, withdrawn and not deleted, all or nothing."""

import csv
import json
import threading
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection

from brobygger.foundation.audit import AuditRow
from brobygger.foundation.scope import organisation_scope
from brobygger.offers.importing import Finding, ImportReport, Refused, run, writing
from brobygger.offers.importing.report import harmless
from brobygger.offers.models import ImportRun, Location, Offer, OfferAtLocation, Phone, Schedule
from brobygger.offers.terms import CapacityKind, Theme
from brobygger.partners.models import Organisation
from brobygger.partners.terms import OrganisationKind
from tests.people import HOUSE, NOW

LATER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
SMEDETOFTEN = Path(__file__).parents[2] / "data" / "directories" / "smedetoften-package"
FILES = {
    "organizations.csv": "id,name\no1,Biblioteket\n",
    "services.csv": "id,organization_id,name,fees\ns1,o1,Lektiecafé,Gratis\ns2,o1,Kaffe,\n",
    "locations.csv": "id,organization_id,name\nl1,o1,Salen\n",
    "service_at_location.csv": "service_id,location_id\ns1,l1\ns2,l1\n",
    "phones.csv": "service_id,number\ns1,00 00 00 01\ns2,00 00 00 02\n",
    "regular_schedules.csv": "service_id,weekday,opens_at,closes_at\ns1,Monday,15:00,17:00\n",
}


@pytest.fixture
def katalog(tmp_path: Path) -> Path:
    folder = tmp_path / "katalog"
    folder.mkdir()
    return write(folder)


def write(folder: Path, **changed: str) -> Path:
    for name, text in (FILES | {f"{name}.csv": text for name, text in changed.items()}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def take(path: Path, at: datetime = NOW, **more: Any) -> ImportReport:
    return run(path, keeper=HOUSE, at=at, **more)


def mine(model: Any) -> Any:
    return model.objects.filter(source="katalog")


def test_everything_is_kept_by_the_house_with_source_and_licence(cast):
    take(SMEDETOFTEN)

    offer = Offer.objects.get(source="smedetoften-package", source_id="s1")
    assert (offer.keeper_id, offer.licence, offer.organisation.name) == (
        HOUSE,
        "CC0-1.0",
        "Værestedet Esse (fiktiv)",
    )
    assert offer.at.get().location.address == "Prøvevej 1, st. tv."


def test_a_changed_source_changes_what_was_there(cast, katalog):
    take(katalog)
    before = mine(Offer).get(source_id="s1")
    write(katalog, services="id,organization_id,name,fees\ns1,o1,Lektiehjælp,20 kr.\ns2,o1,Kaffe,\n")

    report = take(katalog, LATER)

    after = mine(Offer).get(source_id="s1")
    assert (after.pk, after.name, after.price, after.version) == (before.pk, "Lektiehjælp", 2_000, 2)
    assert (report.records["offer"].changed, report.records["offer"].same) == (1, 1)


def test_a_price_that_is_no_longer_told_for_sure_is_asked_for_again(cast, katalog):
    take(katalog)
    write(katalog, services="id,organization_id,name,fees\ns1,o1,Lektiecafé,Efter indkomst\ns2,o1,Kaffe,\n")

    take(katalog, LATER)

    assert mine(Offer).get(source_id="s1").price is None


def test_what_the_source_never_told_is_left_alone(cast, katalog):
    take(katalog)
    edited = {"themes": [Theme.DANISH], "minimum_age": 10, "by_arrangement": True, "wait_time": "en uge"}
    with organisation_scope(HOUSE):
        mine(Offer).filter(source_id="s1").update(**edited)

    take(katalog, LATER)

    offer = mine(Offer).get(source_id="s1")
    assert {field: getattr(offer, field) for field in edited} == edited


def test_what_is_gone_from_the_source_is_withdrawn_and_comes_back_with_it(cast, katalog):
    take(katalog)
    write(
        katalog,
        services="id,organization_id,name\ns1,o1,Lektiecafé\n",
        service_at_location="service_id,location_id\ns1,l1\n",
        phones="service_id,number\ns1,00 00 00 09\n",
        regular_schedules="service_id,weekday,opens_at,closes_at\ns1,Monday,15:00,18:00\n",
    )

    report = take(katalog, LATER)

    gone = {kind: one.withdrawn for kind, one in report.records.items() if one.withdrawn}
    assert gone == {"offer": 1, "offer_at_location": 1, "phone": 2}
    assert mine(Offer).get(source_id="s2").withdrawn_at == LATER
    assert [one.number for one in mine(Phone).filter(withdrawn_at=None)] == ["00 00 00 09"]
    assert [f"{one.closes_at:%H}" for one in mine(Schedule).filter(withdrawn_at=None)] == ["18"]
    take(write(katalog), LATER)
    assert mine(Offer).get(source_id="s2").withdrawn_at is None


def test_a_table_that_is_not_told_of_withdraws_nothing(cast, katalog):
    take(katalog)
    (katalog / "phones.csv").unlink()

    report = take(katalog, LATER)

    assert report.records["phone"].withdrawn == 0


def test_one_object_alone_withdraws_nothing(cast, tmp_path):
    body = {"id": "o1", "name": "Esse", "description": "x"}
    both = [{"id": key, "name": key, "status": "active", "organization": body} for key in ("s1", "s2")]
    (tmp_path / "katalog.json").write_text(json.dumps(both))
    take(tmp_path / "katalog.json")
    (tmp_path / "katalog.json").write_text(json.dumps(both[0]))

    report = take(tmp_path / "katalog.json", LATER)

    assert report.records["offer"].withdrawn == 0
    assert mine(Offer).filter(withdrawn_at=None).count() == 2


def test_a_stand_in_gets_its_name_when_the_source_tells_it_and_keeps_it(cast, katalog):
    take(write(katalog, organizations="id,name\n"))
    assert mine(Organisation).get().name == "Salen (organisation o1)"

    take(write(katalog), LATER)

    body = mine(Organisation).get()
    assert (body.name, body.kind) == ("Biblioteket", OrganisationKind.OTHER)
    take(write(katalog, organizations="id,name\n"), LATER)
    assert mine(Organisation).get().name == "Biblioteket"


def test_our_own_count_of_places_is_not_set_back(cast):
    take(SMEDETOFTEN)
    offer = Offer.objects.filter(source="smedetoften-package", source_id="s2")
    with organisation_scope(HOUSE):
        offer.update(places_taken=11, capacity_confirmed_on=date(2026, 11, 23))

    report = take(SMEDETOFTEN, LATER)

    assert offer.get().places_taken == 11
    assert offer.get().capacity_kind == CapacityKind.PLACES
    assert any("ældre end vores eget" in finding.what() for finding in report.findings)


def test_a_link_made_by_hand_is_not_made_twice(cast, katalog):
    take(write(katalog, service_at_location="service_id,location_id\n"))
    with organisation_scope(HOUSE):
        place = mine(Location).get()
        OfferAtLocation.objects.create(offer=mine(Offer).get(source_id="s1"), location=place)

    take(write(katalog), LATER)

    assert OfferAtLocation.objects.filter(location=place).count() == 2


def test_nothing_is_half_saved_when_the_database_says_no(cast, katalog, monkeypatch):
    real = writing.insert

    def insert(model: Any, *given: Any, **more: Any) -> None:
        if model is Schedule:
            raise DatabaseError("disk full")
        real(model, *given, **more)

    monkeypatch.setattr(writing, "insert", insert)

    with pytest.raises(Refused, match=r"disk full.*Intet er gemt"):
        take(katalog)

    assert not any(
        mine(model).exists() for model in (Organisation, Offer, Location, Phone, Schedule, ImportRun)
    )


def test_nothing_is_saved_when_somebody_stops_it(cast, katalog, monkeypatch):
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("brobygger.offers.importing.running._note", stop)

    with pytest.raises(KeyboardInterrupt):
        take(katalog)

    assert not mine(Offer).exists()


def test_a_directory_without_offers_places_or_organisations_is_refused(cast, tmp_path):
    (tmp_path / "taxonomies.csv").write_text("id,name\n1,Emergency\n")

    with pytest.raises(Refused, match=r"Fundet: taxonomy \(1\)"):
        take(tmp_path)


def test_the_run_is_kept_with_its_report_and_a_line_in_the_trail(cast, katalog):
    report = take(write(katalog, phones="service_id,number\ns1,\n"))

    kept = ImportRun.objects.get(pk=report.run_id)
    assert (kept.rows_in, kept.rows_saved, kept.rows_reported) == (8, 7, 1)
    findings = [Finding.from_json(one) for one in kept.report["findings"]]
    assert [one.what() for one in findings] == ["Der er intet telefonnummer."]
    with organisation_scope(HOUSE):
        line = AuditRow.objects.get(act="offers:imported")
    assert line.facts == {"source": "katalog", "rows_in": 8, "rows_saved": 7, "rows_reported": 1}


def test_it_is_told_in_words_how_far_it_has_come(cast, katalog):
    told: list[str] = []

    take(katalog, say=told.append)

    assert told[0] == "Læser locations.csv …"
    assert "9 rækker er læst." in told
    assert told[-1] == "Gemmer 1 åbningstider …"


def test_the_report_adds_up_for_a_reader(cast, katalog):
    text = take(write(katalog, phones="service_id,number\ns1,\ns9,00 00 00 03\n")).as_text()

    assert text.startswith("katalog er hentet.")
    assert "phone                      ind      2   gemt      0   meldt      2" in text
    assert "Rækker, der ikke er gemt: 2. Bemærkninger: 0." in text
    assert "     1  Rækken hører ikke til noget, der er gemt (…)." in text


def test_the_report_as_csv_cannot_hurt_a_spreadsheet(cast, katalog, tmp_path):
    report = take(write(katalog, services='id,organization_id,name,website\ns1,o1,X,"=cmd|calc"\n'))

    report.write(tmp_path / "rapport.csv")

    with (tmp_path / "rapport.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0][:3] == ["tabel", "hvor", "felt"]
    assert lines[1][:5] == ["service", "services.csv:2", "website", "'=cmd|calc", "ja"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for line in lines for cell in line)


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1"])
def test_a_cell_that_looks_like_a_formula_is_quoted(cell):
    assert harmless(cell).startswith("'")


def test_the_report_as_json_and_of_a_refusal_can_be_written_too(tmp_path, katalog):
    (katalog / "services.csv").write_bytes(b"id,\0")
    with pytest.raises(Refused) as refused:
        take(katalog)

    ImportReport.of_refusal(refused.value, "katalog").write(tmp_path / "rapport.json")

    kept = json.loads((tmp_path / "rapport.json").read_text(encoding="utf-8"))
    assert kept["findings"][0]["where"] == "services.csv"
    assert kept["tables"] == {}


@pytest.mark.slow
def test_two_imports_at_once_wait_for_each_other(lasting_cast, katalog):
    reports: list[ImportReport] = []

    def take_and_close() -> None:
        reports.append(take(katalog))
        connection.close()

    threads = [threading.Thread(target=take_and_close) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(report.records["offer"].new for report in reports) == [0, 0, 2]
    assert mine(Offer).count() == 2
