"""A coordinator hands a file in, sees what would happen, takes it in, and takes it back."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from brobygger.foundation.audit import AuditRow
from brobygger.foundation.scope import organisation_scope
from brobygger.offers import jobs, orders
from brobygger.offers.models import ImportRun, Offer
from brobygger.offers.runs import ColumnMapping, ImportOrder
from brobygger.offers.terms import OrderState
from tests.people import HOUSE, Cast

pytestmark = pytest.mark.feature("OFF-07")
BODY = {"id": "o1", "name": "Biblioteket", "description": "x"}
CAFE = {"id": "s1", "name": "Lektiecafé", "status": "active", "organization": BODY, "website": "javascript:x"}
LIST = json.dumps([CAFE]).encode()
SHEET = "Aktivitet;Forening;Pris\nSkak;Klub 4;Gratis\n;Klub 4;\n".encode("cp1252")


@pytest.fixture
def torben(cast: Cast, as_member: Callable[[Any], Client]) -> Client:
    return as_member(cast.torben)


def hand_in(client: Client, once: Callable[..., Any], name: str, content: bytes, **more: str) -> ImportOrder:
    file = SimpleUploadedFile(name, content)
    answer = client.post("/tilbud/hent/", once(file=file, called="Prøvekatalog", licence="CC0", **more))
    assert answer.status_code == 302
    return order()


def order() -> ImportOrder:
    with organisation_scope(HOUSE):
        return ImportOrder.objects.get()


def work() -> ImportOrder:
    """What the job does, here and now."""
    orders.work(HOUSE, order().pk, say=lambda _: None)
    return order()


def press(client: Client, once: Callable[..., Any], one: ImportOrder, what: str, **more: str) -> Any:
    return client.post(f"/tilbud/hent/{one.pk}/{what}/", once(**more))


def test_a_file_is_tried_and_nothing_is_saved(torben, once):
    hand_in(torben, once, "hold.json", LIST)

    tried = work()

    page = torben.get(f"/tilbud/hent/{tried.pk}/").content.decode()
    assert tried.state == OrderState.TRIED
    assert "Hent det ind" in page
    assert "Det er ikke en hjemmeside eller e-mail" in page
    assert not Offer.objects.filter(source="prøvekatalog").exists()


def test_what_was_tried_is_taken_in_with_its_name_and_licence(torben, once):
    hand_in(torben, once, "hold.json", LIST)

    assert press(torben, once, work(), "tag-ind").status_code == 302
    taken = work()

    assert (taken.state, bytes(taken.content)) == (OrderState.TAKEN, b"")
    offer = Offer.objects.get(source="prøvekatalog")
    assert (offer.name, offer.licence, offer.keeper_id) == ("Lektiecafé", "CC0", HOUSE)
    assert torben.get(f"/tilbud/hent/{taken.pk}/")["Location"] == f"/tilbud/hentet/{taken.run_id}/"


def test_what_was_taken_in_is_taken_back(torben, once):
    hand_in(torben, once, "hold.json", LIST)
    press(torben, once, work(), "tag-ind")
    run = work().run_id

    torben.post(f"/tilbud/hentet/{run}/fortryd/", once())

    assert Offer.objects.get(source="prøvekatalog").withdrawn_at is not None
    page = torben.get(f"/tilbud/hentet/{run}/").content.decode()
    assert "Importen er fortrudt" in page
    assert "Fortryd importen" not in page


def test_a_large_import_is_taken_back_by_a_job(torben, once, monkeypatch, cast):
    hand_in(torben, once, "hold.json", LIST)
    press(torben, once, work(), "tag-ind")
    run = work().run_id
    monkeypatch.setattr("brobygger.offers.orders.MOST_AT_ONCE", 0)

    torben.post(f"/tilbud/hentet/{run}/fortryd/", once())

    assert "er ved at blive fortrudt" in torben.get(f"/tilbud/hentet/{run}/").content.decode()
    assert Offer.objects.get(source="prøvekatalog").withdrawn_at is None
    orders.undo_asked(HOUSE, run, cast.torben.pk)
    assert Offer.objects.get(source="prøvekatalog").withdrawn_at is not None
    assert "Importen er fortrudt" in torben.get(f"/tilbud/hentet/{run}/").content.decode()


def test_a_sheet_of_ones_own_is_asked_about(torben, once):
    hand_in(torben, once, "hold.csv", SHEET)

    asked = work()

    assert asked.state == OrderState.COLUMNS
    page = torben.get(f"/tilbud/hent/{asked.pk}/kolonner/").content.decode()
    assert '<option value="offer" selected>' in page
    assert "Klub 4" in page


def test_chosen_columns_are_tried_and_kept_by_name(torben, once):
    hand_in(torben, once, "hold.csv", SHEET)
    chosen = {"c0": "offer", "c1": "body", "c2": "price", "keep_as": "Klubbernes ark"}
    assert press(torben, once, work(), "kolonner", **chosen).status_code == 302

    tried = work()

    assert (tried.state, tried.tried["records"]["offer"]["new"]) == (OrderState.TRIED, 1)
    with organisation_scope(HOUSE):
        assert ColumnMapping.objects.get().name == "Klubbernes ark"
    page = torben.get(f"/tilbud/hent/{tried.pk}/kolonner/?brug=Klubbernes+ark").content.decode()
    assert 'aria-current="true"' in page


def test_columns_without_an_organisation_are_not_enough(torben, once):
    hand_in(torben, once, "hold.csv", SHEET)

    answer = press(torben, once, work(), "kolonner", c0="offer")

    assert answer.status_code == 422
    assert "hvem der står bag" in answer.content.decode()


def test_a_file_that_cannot_be_used_says_why_and_is_not_kept(torben, once):
    hand_in(torben, once, "hold.json", b"\xff\xfe{}")

    refused = work()

    assert (refused.state, bytes(refused.content)) == (OrderState.REFUSED, b"")
    assert "UTF-16" in torben.get(f"/tilbud/hent/{refused.pk}/").content.decode()


def test_a_file_that_is_too_large_is_not_taken(torben, once, monkeypatch):
    monkeypatch.setattr("brobygger.offers.import_forms.BIGGEST", 10)

    answer = torben.post("/tilbud/hent/", once(file=SimpleUploadedFile("hold.json", LIST)))

    assert answer.status_code == 422
    assert "større end 20 MB" in answer.content.decode()


def test_a_file_is_laid_away(torben, once):
    hand_in(torben, once, "hold.json", LIST)

    press(torben, once, order(), "laeg-vaek")

    assert (order().state, bytes(order().content)) == (OrderState.DROPPED, b"")


def test_what_has_not_been_tried_is_not_taken_in(torben, once):
    hand_in(torben, once, "hold.json", LIST)

    answer = press(torben, once, order(), "tag-ind")

    assert (answer.status_code, order().state) == (302, OrderState.TRYING)


def test_how_far_it_has_come_is_told_and_the_page_looks_again_only_if_asked(torben, once):
    handed = hand_in(torben, once, "hold.json", LIST)
    orders.tell(HOUSE, handed.pk, "Læser hold.json …", at=timezone.now())

    page = torben.get(f"/tilbud/hent/{handed.pk}/").content.decode()

    assert "Læser hold.json …" in page
    assert 'http-equiv="refresh"' not in page
    assert 'http-equiv="refresh"' in torben.get(f"/tilbud/hent/{handed.pk}/?foelg=1").content.decode()


def test_the_report_is_a_sheet_that_hurts_no_spreadsheet(torben, once):
    hand_in(torben, once, "hold.json", json.dumps([CAFE | {"website": "=cmd|calc"}]).encode())

    answer = torben.get(f"/tilbud/hent/{work().pk}/rapport.csv")

    assert answer["Content-Disposition"] == 'attachment; filename="prøvekatalog-proeve.csv"'
    assert '"\'=cmd|calc"' in answer.content.decode()


def test_the_import_and_the_file_stand_in_the_trail_by_who_asked(torben, once, cast):
    hand_in(torben, once, "hold.json", LIST)
    press(torben, once, work(), "tag-ind")
    work()

    with organisation_scope(HOUSE):
        lines = AuditRow.objects.filter(act__in=["offers:file_received", "offers:imported"])
        assert {line.by_id for line in lines} == {cast.torben.pk}
        assert lines.count() == 2


def test_a_worker_and_a_stranger_see_no_such_pages(cast, torben, once, as_member):
    handed = hand_in(torben, once, "hold.json", LIST)
    for who in (cast.maja, cast.ole):
        client = as_member(who)
        assert client.get("/tilbud/hent/").status_code == 404
        assert client.get(f"/tilbud/hent/{handed.pk}/").status_code == 404


def test_what_fell_silent_is_asked_for_again(torben, once):
    handed = hand_in(torben, once, "hold.json", LIST)
    with organisation_scope(HOUSE):
        ImportOrder.objects.update(said_at=handed.said_at - 2 * orders.SILENT)
    before = ProcrastinateJob.objects.filter(task_name="offers.work").count()

    jobs.go_on(timestamp=0)

    assert ProcrastinateJob.objects.filter(task_name="offers.work").count() == before + 1


def test_work_done_again_changes_nothing_more(torben, once):
    hand_in(torben, once, "hold.json", LIST)
    press(torben, once, work(), "tag-ind")
    work()

    work()

    assert ImportRun.objects.count() == 1


def test_an_order_that_was_laid_away_while_it_was_read_saves_nothing(torben, once):
    hand_in(torben, once, "hold.json", LIST)
    press(torben, once, work(), "tag-ind")

    def lay_away(sentence: str) -> None:
        with organisation_scope(HOUSE):
            ImportOrder.objects.update(state=OrderState.DROPPED)

    with pytest.raises(orders.NotNow):
        orders.work(HOUSE, order().pk, say=lay_away)

    assert not Offer.objects.filter(source="prøvekatalog").exists()
