from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, connection

from brobygger.foundation.audit import AuditRow
from brobygger.foundation.cards import Hand
from brobygger.foundation.fields import Stale
from brobygger.offers.terms import Theme
from brobygger.residents import actions
from brobygger.residents.models import Need, Relation, Resident
from brobygger.residents.terms import NeedOutcome, NoteChannel, Voice, WayToReach
from tests.people import NOW, TODAY, Cast

TOMORROW = TODAY + timedelta(days=1)
LATE_IN_THE_EVENING = datetime(2026, 11, 24, 23, 30, tzinfo=UTC)  # 00.30 the next day in Denmark


def register(cast: Cast, **facts: object) -> Resident:
    told = {"name": "Kaj", "reach_by": WayToReach.PHONE, "reach_at": "+45 00 00 00 01"} | facts
    return actions.register_resident(by=cast.maja, at=NOW, **told)


def state(cast: Cast, **changes: object) -> Need:
    told = {
        "resident": cast.inger,
        "words": "Jeg savner nogen at spille kort med.",
        "theme": Theme.COMPANY,
        "owner": cast.maja,
        "next_step": "Spørg i caféen",
        "next_step_on": TOMORROW,
    }
    return actions.state_need(by=cast.maja, at=NOW, **(told | changes))


def acts() -> list[str]:
    return list(AuditRow.objects.order_by("at").values_list("act", flat=True))


@pytest.mark.feature("RES-01")
def test_a_name_and_one_way_of_contact_are_enough(in_house: Cast):
    kaj = register(in_house)

    assert (kaj.birth_year, kaj.home, kaj.languages, kaj.needs_step_free) == (None, None, None, None)
    assert acts() == ["resident:registered"]


def test_whoever_registers_is_the_worker_from_the_same_danish_day(in_house: Cast):
    kaj = actions.register_resident(
        by=in_house.maja,
        at=LATE_IN_THE_EVENING,
        name="Kaj",
        reach_by=WayToReach.DOOR,
        reach_at="nr. 4, 1. sal",
    )

    relation = Relation.objects.get(resident=kaj)
    assert (relation.worker, relation.since) == (in_house.maja, date(2026, 11, 25))


@pytest.mark.feature("PRI-08")
@pytest.mark.feature("RES-01")
def test_no_table_has_a_column_for_cpr(in_house: Cast):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns"
            " WHERE table_schema = 'public' AND column_name ~* 'cpr|social_security'"
        )

        assert cursor.fetchall() == []


@pytest.mark.feature("RES-05")
def test_a_save_on_an_old_version_is_refused_and_shows_the_new(in_house: Cast):
    seen = in_house.inger.version
    actions.change_resident(resident=in_house.inger, seen=seen, by=in_house.maja, at=NOW, speaks="ar")

    with pytest.raises(Stale) as refused:
        actions.change_resident(resident=in_house.inger, seen=seen, by=in_house.torben, at=NOW, speaks="so")

    assert refused.value.current.speaks == "ar"


def test_the_trail_names_the_fields_and_not_what_stood_in_them(in_house: Cast):
    actions.change_resident(resident=in_house.inger, seen=1, by=in_house.maja, at=NOW, reach_rules="efter 9")

    row = AuditRow.objects.get(act="resident:changed")
    assert row.facts == {"fields": ["reach_rules"]}


def test_a_talk_moves_the_last_contact_forward_and_never_back(in_house: Cast):
    inger = in_house.inger
    actions.add_note(resident=inger, text="Ringede.", by=in_house.maja, at=NOW, channel="phone")

    actions.add_note(
        resident=inger, text="Husket for sent.", by=in_house.maja, at=NOW - timedelta(days=3), channel="door"
    )

    assert Resident.objects.get(pk=inger.pk).last_contact_on == TODAY


def test_a_partners_words_do_not_count_as_contact(in_house: Cast):
    actions.add_note(
        resident=in_house.inger,
        text="Tog imod.",
        by=None,
        by_name="træneren",
        voice=Voice.THEM,
        channel="phone",
        at=NOW,
    )

    assert Resident.objects.get(pk=in_house.inger.pk).last_contact_on is None


@pytest.mark.feature("RES-04")
def test_a_note_may_say_what_happens_next(in_house: Cast):
    actions.write_contact_note(
        resident=in_house.amir,
        text="Vil gerne med på onsdag.",
        channel=NoteChannel.PHONE,
        by=in_house.maja,
        at=NOW,
        need=in_house.need,
        next_step="Gå med til træning",
        next_step_on=TOMORROW,
    )

    need = Need.objects.get(pk=in_house.need.pk)
    assert (need.next_step, need.next_step_on, need.version) == ("Gå med til træning", TOMORROW, 2)


def test_a_next_step_without_a_need_is_refused(in_house: Cast):
    with pytest.raises(actions.NeedLacksNextStep):
        actions.write_contact_note(
            resident=in_house.inger,
            text="Talte.",
            channel="",
            by=in_house.maja,
            at=NOW,
            next_step="Ring",
            next_step_on=TOMORROW,
        )


@pytest.mark.feature("RES-03")
@pytest.mark.parametrize("lacking", [{"owner": None}, {"next_step": ""}, {"next_step_on": None}])
def test_a_need_that_lacks_owner_step_or_day_is_refused_by_rule(in_house: Cast, lacking):
    with pytest.raises(actions.NeedLacksNextStep):
        state(in_house, **lacking)


@pytest.mark.feature("RES-03")
@pytest.mark.parametrize("lacking", [{"owner": None}, {"next_step": ""}, {"next_step_on": None}])
def test_a_need_that_lacks_owner_step_or_day_is_refused_by_the_database(in_house: Cast, lacking):
    with pytest.raises(IntegrityError, match="an_open_need_has_owner_step_and_date"):
        Need.objects.filter(pk=in_house.need.pk).update(**lacking)


def test_a_need_is_stated_in_the_residents_words(in_house: Cast):
    need = state(in_house)

    assert (need.words, need.owner, need.closed_at) == (
        "Jeg savner nogen at spille kort med.",
        in_house.maja,
        None,
    )
    assert acts() == ["need:stated"]


@pytest.mark.feature("RES-05")
def test_the_second_of_two_who_change_a_next_step_is_told(in_house: Cast):
    change = {"next_step_on": TOMORROW, "seen": 1, "at": NOW, "need": in_house.need}
    actions.change_next_step(next_step="Ring", by=in_house.maja, **change)

    with pytest.raises(Stale):
        actions.change_next_step(next_step="Skriv", by=in_house.torben, **change)


def test_a_need_changes_hands(in_house: Cast):
    actions.change_next_step(
        need=in_house.need,
        seen=1,
        next_step="Ring",
        next_step_on=TOMORROW,
        owner=in_house.torben,
        by=in_house.maja,
        at=NOW,
    )

    assert Need.objects.get(pk=in_house.need.pk).owner == in_house.torben


def test_a_step_moved_by_a_bridge_is_seen_by_whoever_has_the_need_open(in_house: Cast):
    actions.move_need(need=in_house.need, next_step="K" * 300, next_step_on=TOMORROW, at=NOW)

    assert (in_house.need.version, len(in_house.need.next_step)) == (2, 200)


def test_a_closed_need_cannot_be_moved(in_house: Cast):
    actions.close_need(need=in_house.need, outcome=NeedOutcome.GOT_HELP_FULL, by=in_house.maja, at=NOW)

    with pytest.raises(actions.NeedIsClosed):
        actions.move_need(need=in_house.need, next_step="Ring", next_step_on=TOMORROW, at=NOW)


def test_only_the_first_of_two_closes_a_need(in_house: Cast):
    actions.close_need(need=in_house.need, outcome=NeedOutcome.NOT_HELPED, by=in_house.maja, at=NOW)

    with pytest.raises(actions.NeedIsClosed):
        actions.close_need(need=in_house.need, outcome=NeedOutcome.GOT_HELP_FULL, by=in_house.maja, at=NOW)

    assert Need.objects.get(pk=in_house.need.pk).outcome == NeedOutcome.NOT_HELPED


def test_a_closed_need_has_no_next_step_to_change(in_house: Cast):
    need = actions.close_need(need=in_house.need, outcome=NeedOutcome.UNKNOWN, by=in_house.maja, at=NOW)

    with pytest.raises(actions.NeedIsClosed):
        actions.change_next_step(
            need=need, seen=need.version, next_step="Ring", next_step_on=TOMORROW, by=in_house.maja, at=NOW
        )


def test_the_picture_of_the_bridge_is_drawn_on_the_need(in_house: Cast):
    actions.tell_way(
        need=in_house.need,
        step=1,
        words="Sendt til Boldklubben",
        hand=Hand.THEM,
        whose="Boldklubben",
        link="/broer/1/",
    )

    need = Need.objects.get(pk=in_house.need.pk)
    assert (need.way_step, need.way_hand, need.way_link, need.version) == (1, "them", "/broer/1/", 1)
