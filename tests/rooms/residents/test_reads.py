import re
from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from brobygger.accounts.models import Membership
from brobygger.accounts.terms import Role
from brobygger.foundation.audit import AuditRow
from brobygger.foundation.cards import Hand
from brobygger.foundation.scope import organisation_scope
from brobygger.privacy.actions import give_consent
from brobygger.privacy.terms import DataKind
from brobygger.residents import actions, reads
from brobygger.residents.models import Relation
from brobygger.residents.terms import NeedOutcome, Voice
from tests.people import ELSEWHERE, HOUSE, NOW, TODAY, Cast, member, resident

TOMORROW, YESTERDAY = TODAY + timedelta(days=1), TODAY - timedelta(days=1)


def names(viewer: Membership, **asked: object) -> list[str]:
    return [row.name for row in reads.residents_of(viewer, on=TODAY, **asked)]


def end_relations(cast: Cast) -> None:
    Relation.objects.filter(resident=cast.inger).update(since=YESTERDAY, until=TODAY)


def test_a_worker_lists_her_own_and_a_leader_the_house(in_house: Cast):
    resident("Åse", in_house.torben)

    assert names(in_house.maja) == ["Amir", "Inger"]
    assert names(in_house.torben) == ["Amir", "Inger", "Åse"]


def test_a_volunteer_lists_nobody(in_house: Cast):
    assert names(member(HOUSE, "Yusuf", Role.VOLUNTEER)) == []


def test_a_stranger_lists_nobody(cast: Cast):
    with organisation_scope(ELSEWHERE, member=cast.ole.pk):
        assert names(cast.ole) == []


@pytest.mark.feature("RES-01")
@pytest.mark.parametrize("search", ["inger", "Ingr", "ingér", "0000"])
def test_a_resident_is_found_by_a_name_nearly_right_or_by_digits(in_house: Cast, search):
    assert "Inger" in names(in_house.maja, search=search)


def test_danish_letters_come_last_in_the_list(in_house: Cast):
    for name in ("Øjvind", "Åse", "Zahra", "Ærlig"):
        resident(name, in_house.maja)

    assert names(in_house.maja) == ["Amir", "Inger", "Zahra", "Ærlig", "Øjvind", "Åse"]


def test_those_we_spoke_with_longest_ago_come_first_when_asked(in_house: Cast):
    actions.add_note(resident=in_house.amir, text="Talte.", by=in_house.maja, at=NOW, channel="phone")

    assert names(in_house.maja, order="contact") == ["Inger", "Amir"]


def test_the_list_is_two_queries_however_long(in_house: Cast, django_assert_num_queries):
    for number in range(40):
        resident(f"Beboer {number}", in_house.maja)

    with django_assert_num_queries(2):
        page = reads.residents_of(in_house.maja, on=TODAY, page=2)

    assert len(page) == 17


def test_a_row_shows_the_nearest_step_of_the_open_needs(in_house: Cast):
    row = reads.residents_of(in_house.maja, on=TODAY, search="amir")[0]

    assert (row.open_needs, row.next_step, row.next_step_on) == (1, "Find en klub", TODAY)


def test_a_relation_that_has_ended_closes_the_door(in_house: Cast):
    end_relations(in_house)

    with pytest.raises(Http404):
        reads.resident_for(in_house.maja, in_house.inger.pk, on=TODAY)


def test_the_leader_reaches_by_duty_without_a_relation(in_house: Cast):
    end_relations(in_house)

    assert reads.resident_for(in_house.torben, in_house.inger.pk, on=TODAY) == in_house.inger


def test_ole_cannot_tell_a_resident_from_nobody(cast: Cast):
    with organisation_scope(ELSEWHERE, member=cast.ole.pk), pytest.raises(Http404):
        reads.resident_for(cast.ole, cast.inger.pk)


def test_a_need_is_reached_through_its_resident(in_house: Cast):
    assert reads.need_for(in_house.maja, in_house.need.pk, on=TODAY).resident == in_house.amir

    Relation.objects.filter(resident=in_house.amir).update(since=YESTERDAY, until=TODAY)
    with pytest.raises(Http404):
        reads.need_for(in_house.maja, in_house.need.pk, on=TODAY)


@pytest.mark.parametrize("look", [reads.resident_for, reads.need_for])
def test_a_look_is_written_when_the_scope_closes(cast: Cast, look):
    key = cast.amir.pk if look is reads.resident_for else cast.need.pk
    with organisation_scope(HOUSE, member=cast.maja.pk):
        look(cast.maja, key, on=TODAY)

    with organisation_scope(HOUSE):
        row = AuditRow.objects.get(act="resident:seen")
    assert (row.about_ids, row.by_id) == ([str(cast.amir.pk)], cast.maja.pk)


def test_the_card_is_six_queries(in_house: Cast, django_assert_num_queries):
    actions.add_note(resident=in_house.amir, text="Talte.", by=in_house.maja, at=NOW, need=in_house.need)
    consent(in_house)

    with django_assert_num_queries(6):
        reads.resident_card(in_house.maja, in_house.amir.pk, NOW)


def consent(cast: Cast, **changes: object) -> None:
    told = {
        "resident_id": cast.amir.pk,
        "recipient_id": cast.club.pk,
        "give": [DataKind.AGE, DataKind.FIRST_NAME],
        "may_answer": True,
        "purpose": "fodbold",
        "wording": "Ja",
        "language": "da",
        "signed_name": "Amir",
        "signature": None,
        "valid_until": TODAY + timedelta(days=30),
        "by": cast.maja,
        "at": NOW,
    }
    give_consent(**(told | changes))


def test_the_card_says_what_was_agreed_and_with_whom(in_house: Cast):
    consent(in_house)

    card = reads.resident_card(in_house.maja, in_house.amir.pk, NOW)

    [agreed] = card.consents
    assert (agreed.recipient, agreed.may_have, agreed.may_answer) == (
        "Boldklubben",
        ("fornavn", "alder"),
        True,
    )


def test_an_agreement_that_has_run_out_is_not_shown(in_house: Cast):
    consent(in_house, valid_until=YESTERDAY)

    assert reads.resident_card(in_house.maja, in_house.amir.pk, NOW).consents == ()


def test_open_needs_come_first_and_the_nearest_date_before_the_others(in_house: Cast):
    for words, day in (("Senere", TOMORROW), ("Før", YESTERDAY)):
        actions.state_need(
            resident=in_house.amir,
            words=words,
            theme="leisure",
            owner=in_house.maja,
            next_step="Ring",
            next_step_on=day,
            by=in_house.maja,
            at=NOW,
        )
    actions.close_need(need=in_house.need, outcome=NeedOutcome.GOT_HELP_FULL, by=in_house.maja, at=NOW)

    card = reads.resident_card(in_house.maja, in_house.amir.pk, NOW)

    assert [need.words for need in card.open_needs] == ["Før", "Senere"]
    assert [need.outcome for need in card.closed_needs] == ["fik hjælp"]


def test_the_timeline_keeps_voices_apart_and_the_newest_first(in_house: Cast):
    amir = in_house.amir
    actions.add_note(
        resident=amir,
        text="Onsdag er bedst.",
        by=None,
        by_name="Amir",
        voice=Voice.YOU,
        at=NOW - timedelta(1),
    )
    actions.add_note(resident=amir, text="Ringede.", by=in_house.maja, at=NOW, channel="phone")

    first, second = reads.resident_card(in_house.maja, amir.pk, NOW).events

    assert (first.side, first.by, first.text) == ("us", "Maja, i telefon", "Ringede.")
    assert (second.side, second.by, second.quote) == ("you", "Amir", "Onsdag er bedst.")


def test_notes_turn_page_by_page(in_house: Cast):
    for day in range(12):
        actions.add_note(
            resident=in_house.inger, text=f"Note {day}", by=in_house.maja, at=NOW - timedelta(days=day)
        )

    newest = reads.resident_card(in_house.maja, in_house.inger.pk, NOW)
    older = reads.resident_card(in_house.maja, in_house.inger.pk, NOW, notes_page=2)

    assert (len(newest.events), newest.has_older) == (10, True)
    assert ([event.text for event in older.events], older.has_older) == (["Note 10", "Note 11"], False)


def test_my_needs_are_those_i_own_up_to_a_day(in_house: Cast):
    assert reads.my_needs_with_date(in_house.maja, TODAY) == [in_house.need]
    assert reads.my_needs_with_date(in_house.maja, YESTERDAY) == []
    assert reads.my_needs_with_date(in_house.torben, TODAY) == []


@pytest.mark.feature("SIT-07")
def test_a_need_on_a_bridge_leaves_the_day_to_the_bridge(in_house: Cast):
    [card] = reads.today_cards_of(in_house.maja, NOW)
    assert (card.title, card.text, card.hand) == ("Amir", "Find en klub", Hand.US)

    actions.tell_way(need=in_house.need, step=1, words="Sendt", hand=Hand.THEM, whose="x", link="/broer/1/")

    assert reads.today_cards_of(in_house.maja, NOW) == []


def test_a_leader_sees_what_is_late_with_others_and_a_worker_does_not(in_house: Cast):
    assert reads.late_elsewhere(in_house.torben, on=TOMORROW) == [in_house.need]
    assert reads.late_elsewhere(in_house.torben, on=TODAY) == []
    assert reads.late_elsewhere(in_house.maja, on=TOMORROW) == []


def test_an_exact_name_is_not_mixed_with_those_that_contain_it(in_house: Cast):
    resident("Inger Marie", in_house.maja)

    assert [one.name for one in reads.named(in_house.maja, "inger", on=TODAY)] == ["Inger"]
    assert len(reads.named(in_house.maja, "inge", on=TODAY)) == 2
    assert reads.named(in_house.maja, " ", on=TODAY) == []


def test_the_names_at_hand_are_the_viewers_own(in_house: Cast):
    assert reads.names_at_hand(in_house.maja, on=timezone.localdate(NOW)) == ["Amir", "Inger"]
    assert reads.names_at_hand(in_house.torben, on=TODAY) == []


@pytest.mark.parametrize(
    "search", ["Søren Ågaard", "Soeren Aagård", "Sörn", "Agaard", "Sørren", "Aagard Søren"]
)
def test_a_name_is_found_however_it_is_spelled(in_house: Cast, search: str):
    resident("Søren Aagaard", in_house.maja)

    page = reads.residents_of(in_house.maja, search=search, on=TODAY)

    assert [row.name for row in page] == ["Søren Aagaard"]


@pytest.mark.feature("ACC-02")
@pytest.mark.parametrize("search", ["Hemmelig", "Hemlig", "87654321"])
def test_a_forbidden_hit_and_no_hit_are_one_page(in_house: Cast, as_member, search: str):
    mie = member(HOUSE, "Mie", Role.WORKER)
    mine = as_member(in_house.maja)

    def found() -> str:
        shown = mine.get("/beboere/", {"q": search}).content.decode()
        return re.sub(r'value="[^"]{32,}"', "", shown)  # the keys of this page

    nobody = found()
    resident("Hemmelig Person", mie)

    assert found() == nobody
    assert "Vi fandt ingen" in nobody


@pytest.mark.feature("ACC-02")
def test_a_leader_is_told_whom_to_ask_about_somebody_elses_residents(in_house: Cast):
    resident("Torbens egen", in_house.torben)

    rows = {row.name: row.ask for row in reads.residents_of(in_house.torben, on=TODAY)}

    assert rows == {"Amir": "Maja", "Inger": "Maja", "Torbens egen": ""}
