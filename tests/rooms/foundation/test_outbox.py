"""A message has no content, is written with the act, and is one message however often it is sent."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.db import transaction

from brobygger.foundation import outbox
from brobygger.foundation.outbox import MessageState, NotNow, OutboxMessage
from tests.people import HOUSE, NOW, Cast


@pytest.fixture(autouse=True)
def home(settings, tmp_path: Path) -> Path:
    settings.BROBYGGER_HOME, settings.BROBYGGER_OUTBOX = str(tmp_path / "home"), "file"
    return tmp_path / "home"


@pytest.fixture
def message(in_house: Cast) -> OutboxMessage:
    return OutboxMessage.objects.create(
        about_kind="bridging.Leg",
        about_id=in_house.need.pk,
        what="asked",
        channel="email",
        to="traener@boldklub.invalid",
        made_at=NOW,
        use_by=NOW + timedelta(days=14),
    )


def test_a_delivered_message_is_one_file_in_its_receivers_box(message: OutboxMessage, home: Path):
    outbox.deliver(message, subject="Kode B-1", text="Der ligger noget.", at=NOW)

    (file,) = (home / "outbox" / message.to).iterdir()
    assert file.read_text() == "Til: traener@boldklub.invalid\nEmne: Kode B-1\n\nDer ligger noget.\n"


def test_sent_twice_after_a_crash_it_is_still_one_message(message: OutboxMessage, home: Path):
    outbox.deliver(message, subject="Kode B-1", text="Der ligger noget.", at=NOW)

    outbox.deliver(message, subject="Kode B-1", text="Der ligger noget.", at=NOW)

    assert len(list((home / "outbox" / message.to).iterdir())) == 1


def test_a_delivered_message_says_when(message: OutboxMessage):
    outbox.deliver(message, subject="x", text="y", at=NOW)

    message.refresh_from_db()
    assert (message.state, message.sent_at, message.attempts) == (MessageState.SENT, NOW, 1)


def test_what_waits_is_stopped_by_whoever_ends_it(message: OutboxMessage):
    stopped = outbox.stop(about_kind="bridging.Leg", about_id=message.about_id)

    message.refresh_from_db()
    assert (stopped, message.state) == (1, MessageState.STOPPED)


def test_what_is_sent_cannot_be_stopped(message: OutboxMessage):
    outbox.deliver(message, subject="x", text="y", at=NOW)

    assert outbox.stop(about_kind="bridging.Leg", about_id=message.about_id) == 0


def test_a_message_of_an_act_that_failed_was_never_written(message: OutboxMessage):
    with transaction.atomic():
        OutboxMessage.objects.create(
            about_kind="x", about_id=message.pk, what="asked", channel="email", to="x@x.invalid",
            made_at=NOW, use_by=NOW,
        )  # fmt: skip
        transaction.set_rollback(True)

    assert OutboxMessage.objects.count() == 1


@pytest.mark.parametrize("to", ["../../tmp/x", "/tmp/x", "a/../../b", "", ".", "..", "x\ny"])
def test_a_receiver_is_never_a_way_out_of_the_outbox(message: OutboxMessage, home: Path, to: str):
    message.to = to

    outbox.deliver(message, subject="x", text="y", at=NOW)

    assert (message.state, message.error, message.sent_at) == (MessageState.FAILED, to, None)
    assert list(home.parent.rglob("*.txt")) == []


def test_line_breaks_in_a_subject_add_no_line_to_the_head(message: OutboxMessage, home: Path):
    outbox.deliver(message, subject="Kode\nTil: en-anden@x.invalid", text="y", at=NOW)

    (file,) = (home / "outbox" / message.to).iterdir()
    assert file.read_text().split("\n\n")[0].count("\n") == 1


def at_work(message: OutboxMessage) -> OutboxMessage:
    return OutboxMessage.objects.get(pk=message.pk)


@pytest.mark.parametrize("error", [NotNow("busy"), OSError("silent")])
def test_a_gateway_that_is_busy_or_silent_is_asked_again_after_a_pause(
    message: OutboxMessage, monkeypatch: pytest.MonkeyPatch, error: Exception
):
    def busy(*_: object) -> None:
        raise error

    monkeypatch.setitem(outbox.ADAPTERS, "file", busy)
    for _turn in range(3):
        outbox.deliver(message, subject="x", text="y", at=NOW)

    row = at_work(message)
    assert (row.state, row.attempts) == (MessageState.WAITING, 3)
    assert row.next_try_at == NOW + timedelta(minutes=4)


def test_what_the_queue_forgot_gets_a_new_job_and_then_a_while(message: OutboxMessage):
    OutboxMessage.objects.update(about_kind="foundation.AuditHead")
    minutes = [NOW + timedelta(minutes=minute) for minute in (4, 6, 7, 12)]

    assert [outbox.sweep(HOUSE, now) for now in minutes] == [0, 1, 0, 1]


def test_what_is_too_old_is_not_sent_but_shown(message: OutboxMessage):
    outbox.sweep(HOUSE, message.use_by)

    assert at_work(message).state == MessageState.EXPIRED
    assert outbox.not_reached(message.use_by).get() == message


def test_whoever_waits_ten_minutes_is_not_reached_and_stopped_is_never_that(message: OutboxMessage):
    soon, later = NOW + timedelta(minutes=9), NOW + timedelta(minutes=10)

    assert (outbox.not_reached(soon).count(), outbox.not_reached(later).count()) == (0, 1)
    outbox.stop(about_kind=message.about_kind, about_id=message.about_id)
    assert not outbox.not_reached(later).exists()
