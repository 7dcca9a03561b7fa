"""Two who write at the same time see each other, and neither wipes out the other's words (RES-05, P10)."""

import random
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from django.db import connections
from django.test import Client
from django.utils import timezone

from brobygger.accounts.models import Membership
from brobygger.accounts.terms import Role
from brobygger.foundation import fields
from brobygger.foundation.audit import AuditRow
from brobygger.foundation.fields import Stale
from brobygger.foundation.scope import organisation_scope
from brobygger.residents import actions, former
from brobygger.residents.models import FormerText, Need, Note, Resident
from tests.people import HOUSE, TODAY, Cast, member

pytestmark = pytest.mark.feature("RES-05")


@pytest.fixture
def maja(as_member: Callable[..., Client], cast: Cast) -> Client:
    return as_member(cast.maja)


@pytest.fixture
def torben(cast: Cast) -> Client:
    from tests.conftest import sign_in

    return sign_in(Client(), cast.torben)


@pytest.fixture
def note(cast: Cast) -> Note:
    with organisation_scope(HOUSE, member=cast.maja.pk):
        return actions.write_contact_note(
            resident=cast.amir, text="Ringede kl. 9.", channel="", by=cast.maja, at=timezone.now()
        )


def page(client: Client, cast: Cast, part: str = "") -> str:
    return client.get(f"/beboere/{cast.amir.pk}/{part}").content.decode()


# --- they see each other ---


@pytest.mark.parametrize("part", ["", "ret/", "behov/nyt/", "skriver/"])
def test_the_second_browser_reads_who_is_writing(maja: Client, torben: Client, cast: Cast, part: str):
    page(maja, cast, "ret/")

    assert "Maja skriver her." in page(torben, cast, part)


def test_nobody_is_told_of_themselves(maja: Client, cast: Cast):
    page(maja, cast, "ret/")

    assert "skriver her" not in page(maja, cast, "ret/")


def test_looking_is_not_writing(maja: Client, torben: Client, cast: Cast):
    page(maja, cast)

    assert "skriver her" not in page(torben, cast)


def test_typing_a_note_is_writing(maja: Client, torben: Client, cast: Cast):
    page(maja, cast, "skriver/?skriver")

    assert "Maja skriver her." in page(torben, cast)


def test_who_has_saved_writes_no_more(maja: Client, torben: Client, cast: Cast, once):
    page(maja, cast, "ret/")
    maja.post(f"/beboere/{cast.amir.pk}/notat/", once(text="Talte sammen."))

    assert "skriver her" not in page(torben, cast)


def test_a_form_left_open_is_forgotten_after_ten_minutes(torben: Client, cast: Cast):
    with organisation_scope(HOUSE):
        AuditRow.objects.create(
            act="resident_form:seen",
            about_kind="resident_form",
            about_ids=[str(cast.amir.pk)],
            by_kind="member",
            by_id=cast.maja.pk,
            at=timezone.now() - timedelta(minutes=11),
        )

    assert "skriver her" not in page(torben, cast)


def test_a_stranger_learns_nothing_of_who_writes(maja: Client, cast: Cast, as_member):
    page(maja, cast, "ret/")

    assert as_member(cast.ole).get(f"/beboere/{cast.amir.pk}/skriver/").status_code == 404


# --- nothing is overwritten ---


def save(client: Client, cast: Cast, once: Callable[..., Any], **fields_: Any) -> Any:
    told = {"name": "Amir", "reach_at": "12 34 56 78", "reach_by": "phone"} | fields_
    return client.post(f"/beboere/{cast.amir.pk}/ret/", once(**told))


def test_a_stale_save_shows_both_texts_and_lists_what_could_not_be_saved(
    maja: Client, torben: Client, cast: Cast, once
):
    save(maja, cast, once, seen="1", reach_rules="Ring om morgenen.")

    answer = save(torben, cast, once, seen="1", reach_rules="Ring om aftenen.")

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Ring om morgenen." in shown and "Ring om aftenen." in shown  # noqa: PT018 - one sentence
    assert "Torben ville gemme det" in page(torben, cast, "tidligere/")


@pytest.mark.parametrize(
    ("choice", "stands"),
    [
        ("now", "Ring om morgenen."),
        ("mine", "Ring om aftenen."),
        ("both", "Ring om morgenen. / Ring om aftenen."),
    ],
)
def test_one_keeps_theirs_ones_own_or_both(maja: Client, torben: Client, cast: Cast, once, choice, stands):
    save(maja, cast, once, seen="1", reach_rules="Ring om morgenen.")

    save(torben, cast, once, seen="2", reach_rules="Ring om aftenen.", keep_reach_rules=choice)

    with organisation_scope(HOUSE):
        assert Resident.objects.get(pk=cast.amir.pk).reach_rules == stands


def test_what_is_replaced_stays_readable(maja: Client, cast: Cast, once):
    save(maja, cast, once, seen="1", reach_rules="Ring om morgenen.")
    save(maja, cast, once, seen="2", reach_rules="Ring om aftenen.")

    assert "Ring om morgenen." in page(maja, cast, "tidligere/")


def test_a_note_is_corrected_and_the_old_text_stays_under_it(maja: Client, cast: Cast, note: Note, once):
    answer = maja.post(f"/notat/{note.pk}/ret/", once(seen="1", text="Ringede kl. 10."), follow=True)

    shown = answer.content.decode()
    assert "Ringede kl. 10." in shown
    assert "Rettet. Se, hvad der stod før" in shown
    assert "Ringede kl. 9." in shown


def test_a_note_corrected_twice_at_once_shows_both(maja: Client, cast: Cast, note: Note, once):
    maja.post(f"/notat/{note.pk}/ret/", once(seen="1", text="Ringede kl. 10."))

    answer = maja.post(f"/notat/{note.pk}/ret/", once(seen="1", text="Ringede kl. 11."))

    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "Ringede kl. 10." in shown and "Ringede kl. 11." in shown  # noqa: PT018 - one sentence


def test_nobody_corrects_anothers_note(torben: Client, note: Note):
    assert torben.get(f"/notat/{note.pk}/ret/").status_code == 404


def test_what_a_bridge_wrote_is_not_corrected(maja: Client, cast: Cast):
    with organisation_scope(HOUSE, member=cast.maja.pk):
        written = actions.add_note(
            resident=cast.amir, text="Sendt.", by=cast.maja, at=timezone.now(), link="/broer/x/"
        )

    assert maja.get(f"/notat/{written.pk}/ret/").status_code == 404


def test_a_next_step_moved_by_a_note_stays_readable(maja: Client, cast: Cast, once):
    maja.post(
        f"/beboere/{cast.amir.pk}/notat/", once(text="Talte sammen.", next_step="Ring igen", when="next")
    )

    assert "Find en klub" in page(maja, cast, "tidligere/")


# --- P10: many at once ---


def everything_readable() -> str:
    """Every text that is current, in a former version, or in a listed conflict."""
    people = Resident.objects.values_list("name", "reach_at", "reach_rules")
    needs = Need.objects.values_list("next_step", "words")
    texts = [text for row in (*people, *needs) for text in row]
    texts += Note.objects.values_list("text", flat=True)
    texts += FormerText.objects.values_list("text", flat=True)
    return "\n".join(texts)


def one_try(number: int, who: Membership, keys: dict[str, Any], seed: int) -> tuple[str, str]:
    """One save by one writer from a form that may be old; returns (what happened, the acknowledged text)."""
    dice = random.Random(seed + number)
    text, now = f"<{number}>", timezone.now()
    kind = dice.choice(["resident", "need", "note", "new note"])
    with organisation_scope(HOUSE, member=who.pk):
        resident = Resident.objects.get(pk=keys["resident"])
        row: Any = {
            "resident": resident,
            "need": Need.objects.get(pk=keys["need"]),
            "note": Note.objects.get(pk=keys["notes"][who.pk]),
            "new note": None,
        }[kind]
        seen = max(1, row.version - dice.choice([0, 0, 1, 3])) if row else 0
        try:
            if kind == "resident":
                actions.change_resident(resident=row, seen=seen, by=who, at=now, reach_rules=text)
            elif kind == "need":
                actions.change_next_step(
                    need=row, seen=seen, next_step=text, next_step_on=TODAY, by=who, at=now
                )
            elif kind == "note":
                actions.correct_note(note=row, seen=seen, text=text, by=who, at=now)
            else:
                actions.write_contact_note(
                    resident=resident,
                    text=text,
                    channel="",
                    by=who,
                    at=now,
                    need=Need.objects.get(pk=keys["need"]),
                    next_step=f"skridt {text}",
                    next_step_on=TODAY,
                )
        except Stale as newer:
            told = {{"resident": "reach_rules", "need": "next_step"}.get(kind, "text"): text}
            actions.keep_unsaved(newer=newer, told=told, by=who, at=now)
            return "conflict, listed", text
    return f"{kind} saved", text


def many_tries(cast: Cast, tries: int, *, writers: int = 8, seed: int = 10) -> tuple[Counter[str], list[str]]:
    """Run tries in threads with connections of their own; what happened, and the texts that are lost."""
    people = [cast.maja, *(member(HOUSE, f"Skriver {n}", Role.LEADER) for n in range(writers - 1))]
    with organisation_scope(HOUSE):
        notes = {
            who.pk: actions.write_contact_note(
                resident=cast.amir, text="Først.", channel="", by=who, at=timezone.now()
            ).pk
            for who in people
        }
    keys = {"resident": cast.amir.pk, "need": cast.need.pk, "notes": notes}

    def run(number: int) -> tuple[str, str]:
        try:
            # two browsers of one writer, so that a writer's own notes are raced for too
            return one_try(number, people[number // 2 % len(people)], keys, seed)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(writers) as pool:
        told = list(pool.map(run, range(tries)))
    with organisation_scope(HOUSE):
        readable = everything_readable()
    return Counter(what for what, _text in told), [text for _what, text in told if text not in readable]


@pytest.mark.slow
def test_sixty_four_saves_at_once_lose_no_acknowledged_text(lasting_cast: Cast):
    told, lost = many_tries(lasting_cast, 64)

    assert (sum(told.values()), lost) == (64, [])


@pytest.mark.slow
def test_a_save_that_compares_nothing_is_found(lasting_cast: Cast, monkeypatch: pytest.MonkeyPatch):
    """The control: whoever saves last wins, and nothing is kept."""

    def last_wins(row: Any, *, seen: int, **changes: Any) -> None:
        type(row)._default_manager.filter(pk=row.pk).update(**changes)

    monkeypatch.setattr(former, "save_seen", last_wins)
    monkeypatch.setattr(former, "keep", lambda *_row, **_what: None)
    assert fields.save_seen is not former.save_seen

    _told, lost = many_tries(lasting_cast, 40)

    assert lost


@pytest.mark.deep
def test_ten_thousand_concurrent_or_stale_saves_lose_no_acknowledged_text(lasting_cast: Cast):
    told, lost = many_tries(lasting_cast, 10_000)

    print(f"\nP10, 8 writers, 10,000 tries: {dict(told)}, lost {len(lost)}")  # noqa: T201
    assert lost == []
    assert told["conflict, listed"] > 1_000
