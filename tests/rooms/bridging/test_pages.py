"""The worker's pages: three acts from a choice to a bridge that has left, and what stops it on the way."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from brobygger.bridging import actions, ringing
from brobygger.bridging.models import Bridge, Clock, Leg, LegSnapshot, Statement
from brobygger.foundation.audit import AuditRow
from brobygger.foundation.scope import organisation_scope
from brobygger.foundation.sockets import today_cards
from brobygger.offers.models import Offer
from brobygger.partners.models import Contact
from brobygger.privacy.models import Consent
from brobygger.residents.models import Need, Relation
from tests.people import HOUSE, Cast, football_offer, member
from tests.rooms.bridging import stories


def choice(cast: Cast, **changes: Any) -> str:
    told = {
        "need": str(cast.need.pk),
        "offer": str(cast.football.pk),
        "recipient": str(cast.club.pk),
        "offer_name": cast.football.name,
        "was_suggested": True,
        "reasons": [{"standing": "fits", "text": "8 minutters gang"}],
        "facts_used": {"højst": "20 minutter"},
        "at": timezone.now().isoformat(),
    }
    return signing.dumps(told | changes, salt="forslag")


def form(**fields: Any) -> dict[str, Any]:
    return {"once": str(uuid4()), **fields}


@pytest.fixture
def maja(as_member: Callable[..., Client], cast: Cast) -> Client:
    return as_member(cast.maja)


def leg() -> Leg:
    with organisation_scope(HOUSE):
        return Leg.objects.get()


@pytest.fixture
def draft(maja: Client, cast: Cast) -> str:
    """The address of a bridge that has just been built."""
    maja.post("/broer/ny/", form(forslag=choice(cast)))
    return f"/broer/{leg().bridge_id}/"


def sign(maja: Client, address: str, **changes: Any) -> Any:
    fields = {"kinds": ["first_name", "need"], "signed_name": "Amir", "message": "Han er lidt genert."}
    return maja.post(f"{address}samtykke/", form(**(fields | changes)))


def press_send(maja: Client, address: str) -> Any:
    page = maja.get(f"{address}send/")
    return maja.post(f"{address}send/", form(version=leg().version, shown=page.context["shown"]))


@pytest.mark.feature("BRI-01")
def test_three_acts_from_a_choice_to_a_bridge_that_has_left(maja: Client, cast: Cast, draft: str):
    signed = sign(maja, draft)
    sent = press_send(maja, draft)

    assert (signed.url, sent.url, leg().state) == (f"{draft}send/", draft, "requested")


@pytest.mark.feature("BRI-01")
def test_the_confirm_page_shows_exactly_what_is_sent(maja: Client, draft: str):
    sign(maja, draft)
    shown = maja.get(f"{draft}send/").context["facts"]

    press_send(maja, draft)

    with organisation_scope(HOUSE):
        told = [(item["label"], item["value"]) for item in LegSnapshot.objects.get().shared]
    assert told == shown


@pytest.mark.feature("PRI-01")
def test_the_signature_is_kept_with_what_was_signed(maja: Client, cast: Cast, draft: str):
    sign(maja, draft, signature="[[10,20,30,40]]")

    with organisation_scope(HOUSE):
        line = Consent.objects.get()
    assert (line.signed_name, line.signature, line.categories) == (
        "Amir",
        [[10, 20, 30, 40]],
        ["first_name", "need"],
    )
    assert "Boldklubben" in line.wording


def test_without_a_name_nothing_is_signed(maja: Client, draft: str):
    page = sign(maja, draft, signed_name=" ")

    assert page.status_code == 422
    assert "skal skrive sit navn" in page.content.decode()


def test_what_was_agreed_before_needs_no_second_signature(maja: Client, cast: Cast, draft: str):
    with organisation_scope(HOUSE):
        stories.consented(cast, at=timezone.now())

    page = sign(maja, draft, signed_name="")

    assert page.status_code == 302


def test_more_than_was_agreed_needs_a_signature(maja: Client, cast: Cast, draft: str):
    with organisation_scope(HOUSE):
        stories.consented(cast, at=timezone.now())

    page = sign(maja, draft, signed_name="", kinds=["first_name", "age"])

    assert page.status_code == 422


def test_a_recipient_nobody_can_reach_is_rung_first(maja: Client, cast: Cast, draft: str):
    with organisation_scope(HOUSE):
        Contact.objects.update(verified_on=None)
        Leg.objects.update(contact=None)
    sign(maja, draft)

    page = maja.get(f"{draft}send/").content.decode()

    assert f"{draft}vej-ind/" in page
    assert press_send(maja, draft).url == f"{draft}send/"


def test_a_checked_way_in_lets_the_bridge_leave(maja: Client, draft: str):
    with organisation_scope(HOUSE):
        Contact.objects.update(verified_on=None)
        Leg.objects.update(contact=None)
    sign(maja, draft)
    maja.post(
        f"{draft}vej-ind/",
        form(function="formand", channel="email", address="ny@klub.invalid", verified="on"),
    )

    press_send(maja, draft)

    assert leg().state == "requested"


@pytest.mark.asvs("9.1.1")
def test_a_choice_that_nobody_signed_builds_nothing(maja: Client, cast: Cast):
    maja.post("/broer/ny/", form(forslag="opdigtet"))

    with organisation_scope(HOUSE):
        assert not Bridge.objects.exists()


@pytest.mark.feature("MAT-03")
def test_a_free_choice_carries_its_line_of_why(maja: Client, cast: Cast):
    maja.post(
        "/broer/ny/", form(forslag=choice(cast, was_suggested=False, reasons=[]), because="Hans ven går der.")
    )

    page = maja.get(f"/broer/{leg().bridge_id}/").content.decode()
    assert "Hans ven går der." in page


def test_the_resident_stops_it_and_the_page_says_who_decided(maja: Client, draft: str):
    sign(maja, draft)
    press_send(maja, draft)

    maja.post(
        f"{draft}traek-tilbage/",
        form(decided_by="resident", reason="person_declined", version=leg().version),
    )

    page = maja.get(draft).content.decode()
    assert "Besluttet af beboeren." in page


def test_a_step_back_after_stopping_shows_the_bridge_and_no_empty_page(maja: Client, draft: str):
    stop = f"{draft}traek-tilbage/"
    maja.post(stop, form(decided_by="us", reason="duplicate", version=leg().version))

    again = maja.get(stop)

    assert (again.status_code, again.headers["Location"]) == (302, draft)


def test_what_the_resident_decided_is_not_told_as_a_quotation(maja: Client, draft: str):
    sign(maja, draft)
    press_send(maja, draft)
    maja.post(
        f"{draft}traek-tilbage/",
        form(decided_by="resident", reason="person_declined", version=leg().version),
    )

    page = maja.get(f"/beboere/{leg().subject_id}/").content.decode()

    assert "er stoppet: beboeren ønsker det ikke." in page
    assert "»Broen til" not in page


def test_nobody_says_for_the_resident_that_help_is_not_wanted(maja: Client, draft: str):
    page = maja.post(
        f"{draft}traek-tilbage/", form(decided_by="us", reason="duplicate", close_need="on", version=0)
    )

    assert page.status_code == 422


@pytest.mark.parametrize("page", ["", "samtykke/", "send/", "traek-tilbage/", "vej-ind/", "fortalt/"])
def test_ole_cannot_even_learn_that_the_bridge_exists(as_member, cast: Cast, draft: str, page: str):
    ole = as_member(cast.ole)

    assert ole.get(f"{draft}{page}").status_code == 404


def test_another_worker_of_the_house_does_not_see_it_but_the_leader_does(as_member, cast: Cast, draft: str):
    other = member(HOUSE, "Bo", cast.maja.role)

    assert as_member(other).get(draft).status_code == 404
    assert as_member(cast.torben).get(draft).status_code == 200


@pytest.mark.parametrize("page", ["", "samtykke/", "send/", "traek-tilbage/", "vej-ind/"])
def test_a_page_asks_at_most_twelve_questions(
    maja: Client, draft: str, page: str, django_assert_max_num_queries
):
    sign(maja, draft)
    beyond_sign_in_and_scope = 12 + 3 + 2  # and two savepoints of the test itself

    with django_assert_max_num_queries(beyond_sign_in_and_scope):
        answer = maja.get(f"{draft}{page}")

    assert answer.status_code == 200


def test_the_list_of_bridges_asks_no_more_for_more_bridges(
    maja: Client, draft: str, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12 + 3 + 2):
        assert maja.get("/broer/").status_code == 200


def second_draft(maja: Client, cast: Cast) -> Leg:
    """Another leg of the same bridge, to another offer of the club."""
    with organisation_scope(HOUSE):
        other = football_offer(cast.club, name="Svømning")
    maja.post("/broer/ny/", form(forslag=choice(cast, offer=str(other.pk), offer_name=other.name)))
    with organisation_scope(HOUSE):
        return Leg.objects.get(offer=other)


def test_a_colleague_who_chooses_for_the_same_need_is_told_whose_bridge_it_is(
    as_member, cast: Cast, draft: str
):
    colleague = member(HOUSE, "Bo", cast.maja.role)
    with organisation_scope(HOUSE):
        Relation.objects.create(worker=colleague, resident=cast.amir, since=timezone.localdate())
        other = football_offer(cast.club, name="Svømning")

    page = as_member(colleague).post("/broer/ny/", form(forslag=choice(cast, offer=str(other.pk))))

    assert page.url == f"/forslag/{cast.need.pk}/"


def test_a_need_closed_meanwhile_gets_no_bridge(maja: Client, cast: Cast):
    with organisation_scope(HOUSE):
        Need.objects.update(closed_at=timezone.now(), outcome="got_help_full")

    page = maja.post("/broer/ny/", form(forslag=choice(cast)))

    assert page.status_code == 302
    with organisation_scope(HOUSE):
        assert not Bridge.objects.exists()


def test_an_offer_taken_out_of_the_directory_is_not_sent_to(maja: Client, cast: Cast, draft: str):
    sign(maja, draft)
    with organisation_scope(HOUSE):
        Offer.objects.update(withdrawn_at=timezone.now())

    page = maja.get(f"{draft}send/").content.decode()

    assert "Tilbuddet er lukket" in page
    assert press_send(maja, draft).url == f"{draft}send/"
    assert leg().state == "draft"


@pytest.mark.parametrize("page", ["samtykke/", "send/", "vej-ind/"])
def test_a_page_left_open_in_another_tab_leads_back_to_the_bridge(maja: Client, draft: str, page: str):
    sign(maja, draft)
    press_send(maja, draft)

    late = maja.post(f"{draft}{page}", form(version=0))

    assert late.url == draft


def test_whoever_chooses_again_prepares_what_was_chosen_last(maja: Client, cast: Cast, draft: str):
    second_draft(maja, cast)

    page = maja.get(f"{draft}samtykke/")

    assert page.context["leg"].offer_name == "Svømning"


def test_a_draft_beside_a_sent_leg_can_be_reached_and_dropped(maja: Client, cast: Cast, draft: str):
    sign(maja, draft)
    press_send(maja, draft)
    other = second_draft(maja, cast)

    page = maja.get(draft).content.decode()
    maja.post(
        f"{draft}traek-tilbage/?kode={other.code}",
        form(decided_by="us", reason="superseded", version=other.version),
    )

    assert f"traek-tilbage/?kode={other.code}" in page
    with organisation_scope(HOUSE):
        states = dict(Leg.objects.values_list("code", "state"))
    assert states.pop(other.code) == "cancelled"
    assert set(states.values()) == {"requested"}


def test_the_deadline_shown_is_the_one_that_comes_first(maja: Client, cast: Cast, draft: str):
    sign(maja, draft)
    press_send(maja, draft)
    second_draft(maja, cast)

    page = maja.get(draft)

    with organisation_scope(HOUSE):
        need, first = Need.objects.get(), Clock.objects.filter(ended_at=None).earliest("due_at")
    assert first.kind == "unseen"
    assert page.context["card"].deadline.what == "Ikke åbnet"
    assert need.next_step_on == timezone.localdate(first.due_at)


def test_a_draft_without_consent_says_so(maja: Client, draft: str):
    before = maja.get(draft).context["card"].why

    sign(maja, draft)

    after = maja.get(draft).context["card"].why
    assert (before, after) == ("Der mangler samtykke", "Ikke sendt endnu")


def test_a_list_of_closed_bridges_is_a_look_at_each_resident(maja: Client, cast: Cast, draft: str):
    maja.post(
        f"{draft}traek-tilbage/",
        form(decided_by="resident", reason="person_declined", close_need="on", version=0),
    )
    with organisation_scope(HOUSE):
        looks = AuditRow.objects.filter(act="resident:seen", about_ids__contains=[str(cast.amir.pk)])
        before = looks.count()

    maja.get("/broer/")

    with organisation_scope(HOUSE):
        assert looks.count() == before + 1


def test_a_contact_that_is_checked_again_keeps_its_name(maja: Client, cast: Cast, draft: str):
    with organisation_scope(HOUSE):
        Contact.objects.update(name="Kim")

    maja.post(
        f"{draft}vej-ind/",
        form(function="træner", channel="email", address=cast.trainer.address, verified="on"),
    )

    with organisation_scope(HOUSE):
        assert Contact.objects.get().name == "Kim"


def test_the_leaders_day_shows_what_a_clock_has_told_the_leader(cast: Cast, draft: str):
    with organisation_scope(HOUSE):
        Clock.objects.filter(ended_at=None).update(ring_count=1)
    quiet = cards_of(cast.torben)
    with organisation_scope(HOUSE):
        Clock.objects.filter(ended_at=None).update(ring_count=2)

    told = cards_of(cast.torben)

    assert (len(quiet), len(told)) == (0, 1)


def test_a_bridge_whose_owner_has_left_is_on_the_leaders_day(maja: Client, cast: Cast, draft: str):
    with organisation_scope(HOUSE):
        type(cast.maja).objects.filter(pk=cast.maja.pk).update(is_active=False)

    assert len(cards_of(cast.torben)) == 1


def cards_of(viewer: Any) -> list[Any]:
    with organisation_scope(HOUSE, member=viewer.pk):
        return today_cards["bridging"](viewer, timezone.now())


def test_what_only_a_person_can_reach_stays_in_our_hand(maja: Client, cast: Cast, draft: str):
    with organisation_scope(HOUSE):
        Contact.objects.update(channel="phone", address="+45 00 00 00 00")
    sign(maja, draft)
    press_send(maja, draft)
    with organisation_scope(HOUSE):
        for _step in range(2):
            clock = Clock.objects.get(ended_at=None)
            ringing.ring(clock=clock, at=clock.due_at)
        clock, rang = Clock.objects.get(ended_at=None), Statement.objects.filter(claim="clock_rang")

        assert (clock.kind, clock.contact, clock.owner_id) == ("grace_over", None, cast.maja.pk)
        assert not [one for one in rang if "kontakt" in one.text]


def test_a_house_whose_codes_are_used_up_gets_longer_ones(maja: Client, cast: Cast, monkeypatch):
    monkeypatch.setattr(actions.secrets, "randbelow", lambda _most: 0)
    maja.post("/broer/ny/", form(forslag=choice(cast)))

    longer = second_draft(maja, cast)

    assert longer.code == "B-100000"


def test_what_the_resident_no_longer_needs_is_not_sent_and_can_be_stopped(maja: Client, draft: str):
    sign(maja, draft)
    with organisation_scope(HOUSE):
        Need.objects.update(closed_at=timezone.now(), outcome="solved_otherwise")

    sent = press_send(maja, draft)
    stopped = maja.post(
        f"{draft}traek-tilbage/",
        form(decided_by="resident", reason="person_declined", close_need="on", version=0),
    )

    assert (sent.url, stopped.url, leg().state) == (f"{draft}send/", draft, "cancelled")


def test_a_need_with_an_open_bridge_is_not_closed_behind_it(maja: Client, cast: Cast, draft: str):
    answer = maja.post(f"/behov/{cast.need.pk}/luk/", form(outcome="solved_otherwise"))

    with organisation_scope(HOUSE):
        assert type(cast.need).objects.get(pk=cast.need.pk).closed_at is None
    assert answer.url == draft


@pytest.fixture
def waiting(maja: Client, draft: str) -> str:
    """The address of a bridge that has left and waits for an answer."""
    sign(maja, draft, may_answer="on")
    press_send(maja, draft)
    return draft


def told(maja: Client, address: str, **fields: Any) -> Any:
    given = {"who": "Jonna på kontoret", "how": "phone", "version": leg().version}
    return maja.post(f"{address}fortalt/", form(**(given | fields)))


def test_an_answer_given_on_the_telephone_keeps_both_names(maja: Client, waiting: str):
    answer = told(maja, waiting, svar="ja", day="2027-02-01", hour="16:30")

    with organisation_scope(HOUSE):
        said = leg().statements.get(claim="accepted")
        assert (said.actor_name, said.told_by.name, said.channel) == ("Jonna på kontoret", "Maja", "phone")
    assert (answer.status_code, leg().state) == (302, "accepted")


def test_a_no_on_the_telephone_needs_its_reason_too(maja: Client, waiting: str):
    without = told(maja, waiting, svar="nej")
    told(maja, waiting, svar="nej", reason="no_capacity")

    assert (without.status_code, leg().state, leg().decided_by) == (422, "rejected", "recipient")


def test_a_yes_without_a_day_is_asked_for_one(maja: Client, waiting: str):
    assert told(maja, waiting, svar="ja").status_code == 422


def test_nothing_is_written_down_before_anything_was_sent(maja: Client, draft: str):
    assert maja.get(f"{draft}fortalt/").status_code == 404
