"""An import can be taken back whole, and what somebody has edited since is theirs."""

import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection

from brobygger.foundation.audit import AuditRow
from brobygger.foundation.scope import organisation_scope
from brobygger.offers.importing import ImportReport, run, undo
from brobygger.offers.importing.undoing import NoSuchRun, Undone, UndoneAlready
from brobygger.offers.models import ImportRun, Location, Offer, OfferAtLocation, Phone, Schedule
from brobygger.partners.models import Organisation
from tests.people import ELSEWHERE, HOUSE, NOW
from tests.rooms.offers.test_import_saving import LATER, SMEDETOFTEN, take, write

MUCH_LATER = datetime(2026, 12, 9, 9, 0, tzinfo=UTC)
KINDS = (Offer, Location, OfferAtLocation, Phone, Schedule)


@pytest.fixture
def katalog(tmp_path: Path) -> Path:
    folder = tmp_path / "katalog"
    folder.mkdir()
    return write(folder)


def back(report: ImportReport, **more: Any) -> Undone:
    assert report.run_id is not None
    return undo(UUID(report.run_id), keeper=HOUSE, at=MUCH_LATER, **more)


def here(model: Any) -> int:
    return int(model.objects.filter(source="katalog", withdrawn_at=None).count())


def everything() -> list[dict[str, Any]]:
    """All that is told of the directory, without what only counts changes."""
    told = []
    for model in (*KINDS, Organisation):
        for row in model.objects.filter(source="katalog").order_by("pk").values():
            told.append(
                {name: value for name, value in row.items() if name not in {"version", "modified_at"}}
            )
    return told


@pytest.mark.feature("OFF-07")
def test_what_an_import_made_is_withdrawn(cast, katalog):
    undone = back(take(katalog))

    assert {model: here(model) for model in KINDS} == dict.fromkeys(KINDS, 0)
    assert Organisation.objects.get(source="katalog").until is not None
    assert (undone.withdrawn, undone.findings) == (9, [])


def test_what_an_import_changed_says_again_what_it_said(cast, katalog):
    take(katalog)
    before = everything()
    write(
        katalog,
        organizations="id,name\no1,Hovedbiblioteket\n",
        services="id,organization_id,name,fees\ns1,o1,Lektiehjælp,20 kr.\n",
        phones="service_id,number\ns1,00 00 00 09\n",
        service_at_location="service_id,location_id\ns1,l1\n",
    )
    report = take(katalog, LATER)

    back(report)

    kept = [row for row in everything() if row["source_id"] in {one["source_id"] for one in before}]
    assert kept == before


def test_what_the_import_withdrew_is_here_again(cast, katalog):
    take(katalog)
    report = take(write(katalog, services="id,organization_id,name\ns1,o1,Lektiecafé\n"), LATER)
    assert here(Offer) == 1

    back(report)

    assert here(Offer) == 2


def test_an_offer_edited_since_is_kept_and_named(cast, katalog):
    report = take(katalog)
    with organisation_scope(HOUSE):
        Offer.objects.filter(source="katalog", source_id="s1").update(description="Vi rykker til sal 2.")

    undone = back(report)

    assert [finding.value for finding in undone.findings] == ["Lektiecafé"]
    assert Offer.objects.get(source="katalog", withdrawn_at=None).source_id == "s1"
    assert Organisation.objects.get(source="katalog").until is None


def test_a_field_edited_since_is_kept_and_the_other_goes_back(cast, katalog):
    take(katalog)
    write(katalog, services="id,organization_id,name,fees\ns1,o1,Lektiehjælp,20 kr.\ns2,o1,Kaffe,\n")
    report = take(katalog, LATER)
    with organisation_scope(HOUSE):
        Offer.objects.filter(source="katalog", source_id="s1").update(name="Lektier og the")

    undone = back(report)

    offer = Offer.objects.get(source="katalog", source_id="s1")
    assert (offer.name, offer.price) == ("Lektier og the", 0)
    assert [(finding.column, finding.value) for finding in undone.findings] == [("name", "Lektier og the")]


def test_a_place_that_was_taken_since_is_no_edit(cast):
    report = take(SMEDETOFTEN)
    with organisation_scope(HOUSE):
        Offer.objects.filter(source="smedetoften-package", source_id="s2").update(places_taken=1)

    assert back(report).findings == []


def test_what_is_undone_comes_back_with_the_next_import(cast, katalog):
    back(take(katalog))

    report = take(katalog, MUCH_LATER)

    assert (report.records["offer"].new, here(Offer)) == (0, 2)
    assert Organisation.objects.get(source="katalog").until is None


def test_an_undoing_is_kept_with_what_it_had_to_leave_and_a_line_in_the_trail(cast, katalog):
    report = take(katalog)
    with organisation_scope(HOUSE):
        Offer.objects.filter(source="katalog", source_id="s1").update(name="Rettet")

    back(report)

    kept = ImportRun.objects.get(pk=report.run_id)
    assert (kept.undone_at, len(kept.undoing["findings"])) == (MUCH_LATER, 1)
    with organisation_scope(HOUSE):
        line = AuditRow.objects.get(act="offers:import_undone")
    assert line.facts == {"source": "katalog", "withdrawn": 7, "put_back": 0, "kept": 1}


def test_an_import_is_undone_once(cast, katalog):
    report = take(katalog)
    back(report)

    with pytest.raises(UndoneAlready):
        back(report)


def test_another_house_cannot_undo_it(cast, katalog):
    report = take(katalog)

    with pytest.raises(NoSuchRun):
        undo(UUID(str(report.run_id)), keeper=ELSEWHERE)
    with pytest.raises(NoSuchRun):
        undo(uuid4(), keeper=HOUSE)


def test_a_trial_leaves_no_run_to_undo(cast, katalog):
    assert run(katalog, keeper=HOUSE, at=NOW, dry_run=True).run_id is None
    assert not ImportRun.objects.exists()


@pytest.mark.slow
def test_two_who_undo_at_once_do_it_once(lasting_cast, katalog):
    report = take(katalog)
    outcomes: list[str] = []

    def undo_and_close() -> None:
        try:
            back(report)
            outcomes.append("undone")
        except UndoneAlready:
            outcomes.append("already")
        connection.close()

    threads = [threading.Thread(target=undo_and_close) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["already", "already", "undone"]
