from datetime import date
from uuid import UUID

import pytest

from brobygger.residents import rules
from brobygger.residents.reaching import guessed_way, press_to_reach
from brobygger.residents.searching import Known, found
from brobygger.residents.telephone import Unusable, written
from brobygger.residents.terms import Voice, WayToReach

MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
SOMEBODY = UUID(int=7)


def known(name: str, number: str = "+45 12 34 56 78") -> Known:
    return Known(UUID(int=1), name, number, None)


@pytest.mark.feature("RES-03")
@pytest.mark.parametrize(
    ("owner", "step", "on"), [(None, "Ring", MONDAY), (SOMEBODY, " ", MONDAY), (SOMEBODY, "Ring", None)]
)
def test_a_need_without_owner_step_or_day_is_not_complete(owner, step, on):
    assert not rules.is_complete(owner=owner, next_step=step, next_step_on=on)


def test_a_partners_answer_is_no_contact_with_the_resident():
    assert not rules.counts_as_contact(voice=Voice.THEM, channel="phone")
    assert rules.counts_as_contact(voice=Voice.US, channel="phone")


def test_a_note_without_a_talk_is_no_contact():
    assert not rules.counts_as_contact(voice=Voice.US, channel="")


def test_a_relation_has_ended_on_its_last_day():
    assert rules.holds(since=MONDAY, until=TUESDAY, on=MONDAY)
    assert not rules.holds(since=MONDAY, until=TUESDAY, on=TUESDAY)


@pytest.mark.parametrize(
    "search", ["soeren", "SØREN", "aagaard", "Ågård", "søren ågård", "4512", "12345678", "Sørn Agard"]
)
def test_the_search_forgives_spelling(search):
    assert found([known("Søren Ågård")], search)


@pytest.mark.parametrize("search", ["Inger", "9999", "Søren Inger", "xy"])
def test_the_search_does_not_find_just_anybody(search):
    assert not found([known("Søren Ågård")], search)


def test_those_who_match_stand_alone_without_those_who_nearly_do():
    people = [known("Inger"), known("Ingrid")]

    assert [one.name for one in found(people, "inger")] == ["Inger"]
    assert [one.name for one in found(people, "ingre")] == ["Inger"]


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("12 34 56", "Der mangler to tal i nummeret."),
        ("+45 12 34 56 7", "Der mangler ét tal i nummeret."),
        ("12 34 56 78 9", "Der er ét tal for meget i nummeret."),
        ("tolv", "Skriv kun tal. Er det ikke et nummer, så vælg en anden måde."),
        ("+999 1234", "Landet foran nummeret findes ikke. Danmark er +45."),
        ("+46 70", "Nummeret er for kort til at være fra +46."),
    ],
)
def test_a_wrong_number_is_met_with_what_to_do(typed, sentence):
    with pytest.raises(Unusable) as refused:
        written(typed)

    assert refused.value.why.text() == sentence


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("12345678", "+45 12 34 56 78"),
        ("4512345678", "+45 12 34 56 78"),
        ("00 00 00 00", "+45 00 00 00 00"),
        ("+46 70 123 45 67", "+46 70 123 45 67"),
        ("0046701234567", "+46 70 123 45 67"),
    ],
)
def test_danish_and_foreign_numbers_are_kept_alike(typed, kept):
    assert written(typed) == kept


def test_the_way_of_contact_is_seen_from_what_was_written():
    assert guessed_way("12 34 56 78") is WayToReach.PHONE
    assert guessed_way("inger@example.invalid") is WayToReach.EMAIL
    assert guessed_way("gennem datteren") is WayToReach.THROUGH


def test_only_what_can_be_rung_becomes_a_press():
    assert press_to_reach(WayToReach.PHONE, "+45 12 34 56 78") == "tel:+4512345678"
    assert press_to_reach(WayToReach.EMAIL, "a@b.dk") == "mailto:a@b.dk"
    assert press_to_reach(WayToReach.DOOR, "nr. 4, 1. sal") == ""


@pytest.mark.feature("PRI-08")
def test_a_cpr_number_is_recognised_however_it_is_written():
    assert rules.looks_like_cpr("CPR 010190-1234")
    assert rules.looks_like_cpr("0101901234")
    assert not rules.looks_like_cpr("Ring 12 34 56 78 eller 98765432")


def test_a_long_name_is_cut_where_the_column_ends():
    assert rules.clipped("a" * 300, 200) == "a" * 199 + "…"
