"""Our side of the other way: the leader answers, a worker makes the contact, and it stands on I dag."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brobygger.accounts.terms import Role
from brobygger.bridging.asks import Ask, AskLink
from brobygger.foundation.outbox import OutboxMessage
from brobygger.foundation.scope import organisation_scope
from brobygger.foundation.sockets import today_cards
from brobygger.partners.models import Contact
from brobygger.privacy.models import Consent
from brobygger.residents.models import Relation, Resident
from tests.conftest import sign_in
from tests.people import ELSEWHERE, HOUSE, TODAY, Cast, member, resident
from tests.rooms.bridging import asks


def form(**fields: Any) -> dict[str, Any]:
    return {"once": str(uuid4()), **fields}


@pytest.fixture
def ask(cast: Cast) -> Ask:
    """Sanne has asked a minute ago."""
    with organisation_scope(HOUSE, member=cast.torben.pk):
        return asks.asked(cast, at=timezone.now() - timedelta(minutes=1))


@pytest.fixture
def torben(as_member: Callable[..., Client], cast: Cast) -> Client:
    return as_member(cast.torben)


@pytest.fixture
def maja(cast: Cast) -> Client:

    return sign_in(Client(), cast.maja)


def address(ask: Ask, page: str = "") -> str:
    return f"/forespoergsler/{ask.pk}/{page}"


def now_is(ask: Ask) -> Ask:
    with organisation_scope(HOUSE):
        return Ask.objects.select_related("need", "resident").get(pk=ask.pk)


def take_on(client: Client, cast: Cast, ask: Ask, **fields: Any) -> Any:
    told = {"whom": str(cast.amir.pk), "worker": str(cast.maja.pk), "version": now_is(ask).version}
    return client.post(address(ask, "tag-imod/"), form(**{**told, **fields}))


def contact(client: Client, ask: Ask, what: str = "talt", **fields: Any) -> Any:
    told = {"channel": "phone", "what": what, "version": now_is(ask).version}
    return client.post(address(ask, "kontakt/"), form(**{**told, **fields}))


@pytest.mark.feature("BRI-02")
def test_the_whole_way_from_the_ask_to_the_residents_need(torben: Client, maja: Client, cast: Cast, ask: Ask):
    taken = take_on(torben, cast, ask)
    talked = contact(maja, ask)
    yes = maja.post(
        address(ask, "ja-tak/"),
        form(words="Vi vil spille fodbold.", theme="leisure", version=now_is(ask).version),
    )

    ended = now_is(ask)
    assert (taken.status_code, talked.status_code) == (302, 302)
    assert ended.need is not None
    assert yes.url == f"/forslag/{ended.need_id}/"
    assert (ended.outcome, ended.need.words) == ("person_yes", "Vi vil spille fodbold.")


@pytest.mark.feature("BRI-02")
def test_somebody_new_is_written_down_and_given_to_the_worker(torben: Client, cast: Cast, ask: Ask):
    take_on(torben, cast, ask, whom="ny", name="Zeno", reach_at="naboen på 2. sal")

    with organisation_scope(HOUSE):
        new = Resident.objects.get(name="Zeno")
        assert Relation.objects.filter(worker=cast.maja, resident=new).exists()
    assert now_is(ask).resident == new


@pytest.mark.parametrize("left_out", ["whom", "worker", "name"])
def test_what_the_leader_leaves_out_is_asked_for(torben: Client, cast: Cast, ask: Ask, left_out: str):
    told = {"whom": "ny", "name": "Zeno", "reach_at": "døren"}
    page = take_on(torben, cast, ask, **{**told, left_out: ""})

    assert (page.status_code, now_is(ask).state) == (422, "requested")
    with organisation_scope(HOUSE):
        assert not Resident.objects.filter(name="Zeno").exists()


def test_neither_known_nor_new_is_chosen_beforehand(torben: Client, ask: Ask):
    page = torben.get(address(ask, "svar/")).content.decode()

    assert "Amir (" in page
    assert "checked" not in page


@pytest.mark.feature("BRI-02")
def test_the_leader_says_no_with_a_sentence_about_ourselves(torben: Client, ask: Ask):
    unchosen = torben.post(address(ask, "nej/"), form(version=1))
    other = torben.post(address(ask, "nej/"), form(version=1, reason="already_enrolled"))
    torben.post(address(ask, "nej/"), form(version=1, reason="not_our_role"))

    assert [unchosen.status_code, other.status_code] == [422, 422]
    assert (now_is(ask).state, now_is(ask).reason) == ("rejected", "not_our_role")


def test_a_worker_neither_answers_nor_searches_for_whom_a_partner_asks(maja: Client, cast: Cast, ask: Ask):
    """Search or create must not tell a worker of somebody she does not follow."""
    with organisation_scope(HOUSE):
        Ask.objects.filter(pk=ask.pk).update(owner=cast.maja)
        resident("Hemmelig Hansen", cast.torben)

    pages = [maja.get(address(ask, "svar/"), {"find": "Hemmelig"}), take_on(maja, cast, ask)]

    assert [(one.status_code, one.url) for one in pages] == [(302, address(ask))] * 2
    assert now_is(ask).state == "requested"


@pytest.mark.feature("BRI-02")
def test_an_ask_that_is_somebody_elses_is_not_there(cast: Cast, ask: Ask):

    strangers = [
        cast.ole,
        cast.maja,
        member(HOUSE, "Yusuf", Role.VOLUNTEER),
        member(HOUSE, "Bent", Role.BOARD),
    ]
    pages = ("", "svar/", "tag-imod/", "nej/", "kontakt/", "ja-tak/", "nej-tak/", "stop/", "maa-fortaelle/")

    codes = {
        sign_in(Client(), who).post(address(ask, page), form()).status_code
        for who in strangers
        for page in pages
    }

    assert codes <= {404, 405}
    assert now_is(ask).state == "requested"


@pytest.mark.parametrize("page", ["kontakt/", "ja-tak/", "nej-tak/", "stop/"])
def test_what_cannot_be_done_yet_leads_back_with_a_word(torben: Client, ask: Ask, page: str):
    answer = torben.post(
        address(ask, page),
        form(version=1, channel="phone", what="talt", words="x", theme="leisure", reason="could_not_reach"),
        follow=True,
    )

    assert answer.redirect_chain == [(address(ask), 302)]
    assert "Noget er ændret imens" in answer.content.decode()
    assert now_is(ask).state == "requested"


@pytest.mark.feature("BRI-02")
def test_three_tries_before_it_may_be_given_up(torben: Client, maja: Client, cast: Cast, ask: Ask):
    take_on(torben, cast, ask)
    for _ in range(3):
        contact(maja, ask, "forsoegt")
    early = maja.post(
        address(ask, "stop/"), form(reason="could_not_reach", version=now_is(ask).version), follow=True
    )

    assert "tre gange" in early.content.decode()
    assert now_is(ask).state == "accepted"
    assert "Beboeren er ikke truffet" in maja.get(address(ask)).content.decode()


@pytest.mark.parametrize(
    "fields", [{"channel": ""}, {"what": ""}, {"on": "2999-01-01"}, {"on": "2001-01-01"}]
)
def test_a_talk_says_how_and_on_a_day_that_can_be(
    torben: Client, maja: Client, cast: Cast, ask: Ask, fields: dict[str, str]
):
    take_on(torben, cast, ask)

    assert contact(maja, ask, **fields).status_code == 422
    assert now_is(ask).state == "accepted"


@pytest.mark.feature("BRI-02")
def test_the_resident_signs_for_what_the_partner_may_hear(torben: Client, maja: Client, cast: Cast, ask: Ask):
    take_on(torben, cast, ask)
    too_early = maja.post(address(ask, "maa-fortaelle/"), form(signed_name="Amir"))
    contact(maja, ask)
    unsigned = maja.post(address(ask, "maa-fortaelle/"), form(signed_name=""))
    maja.post(address(ask, "maa-fortaelle/"), form(signed_name="Amir"))

    assert (too_early.status_code, unsigned.status_code) == (302, 422)
    with organisation_scope(HOUSE):
        line = Consent.objects.get()
        assert (line.resident_id, line.recipient_id, line.categories) == (
            cast.amir.pk,
            ask.partner_id,
            ["outcome"],
        )


# --- I dag, the lists and what they cost ---


def cards_of(who: Any) -> list[str]:
    with organisation_scope(who.organisation_id, member=who.pk):
        return [card.href for card in today_cards["bridging.asks"](who, timezone.now())]


@pytest.mark.feature("BRI-07")
def test_i_dag_shows_an_ask_to_the_leader_then_to_whoever_took_it_on(torben: Client, cast: Cast, ask: Ask):
    before = [cards_of(who) for who in (cast.torben, cast.maja, cast.ole)]
    take_on(torben, cast, ask)
    after = [cards_of(who) for who in (cast.torben, cast.maja, cast.ole)]

    assert before == [[address(ask)], [], []]
    assert after == [[], [address(ask)], []]


def test_what_rings_again_comes_back_to_the_leader(torben: Client, cast: Cast, ask: Ask):
    take_on(torben, cast, ask)
    with organisation_scope(HOUSE):
        Ask.objects.update(clock_kind="first_contact_late", ring_count=1)

    assert cards_of(cast.torben) == [address(ask)]


def test_what_is_left_behind_by_whoever_went_comes_back_to_the_leader(torben: Client, cast: Cast, ask: Ask):
    take_on(torben, cast, ask)
    with organisation_scope(HOUSE):
        type(cast.maja).objects.filter(pk=cast.maja.pk).update(is_active=False)

    assert cards_of(cast.torben) == [address(ask)]


def test_the_list_says_why_each_is_open_and_whose_it_is(torben: Client, ask: Ask):
    page = torben.get("/forespoergsler/").content.decode()

    assert "Vi har ikke svaret endnu" in page
    assert "Torben" in page
    assert "Forespørgsler til os" in torben.get("/broer/").content.decode()


def test_every_page_asks_for_little(torben: Client, cast: Cast, ask: Ask):
    with organisation_scope(HOUSE, member=cast.torben.pk):
        link = AskLink.objects.get()
        for _ in range(5):
            asks.said_no(asks.talked(asks.taken_on(asks.asked_again(link), cast), cast), cast)
    pages = [
        "/forespoergsler/",
        address(ask),
        address(ask, "svar/"),
        f"/partnere/{ask.partner_id}/spoergelink/",
    ]

    cost = {page: queries_of(torben, page) for page in pages}

    assert {page: count for page, count in cost.items() if count > 12} == {}


def queries_of(client: Client, page: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(page).status_code == 200
    return len([one for one in queries if one["sql"].startswith(("SELECT", "INSERT"))])


# --- the link ---


def give(client: Client, contact: Contact, what: str = "giv") -> Any:
    return client.post(
        f"/partnere/{contact.partner_id}/spoergelink/", form(contact=str(contact.pk), what=what)
    )


@pytest.mark.feature("BRI-02")
def test_a_worker_gives_a_partner_its_link_gives_a_new_one_and_takes_it_back(maja: Client, cast: Cast):
    with organisation_scope(HOUSE):
        sanne = asks.sanne()

    give(maja, sanne)
    give(maja, sanne)
    give(maja, sanne, "stop")

    with organisation_scope(HOUSE):
        assert AskLink.objects.count() == 2
        assert not AskLink.objects.filter(revoked_at=None).exists()
        assert set(OutboxMessage.objects.values_list("state", flat=True)) == {"stopped"}


def test_the_partners_page_leads_there_for_whoever_meets_residents(maja: Client, cast: Cast):
    with organisation_scope(HOUSE):
        sanne = asks.sanne()
    volunteer = member(HOUSE, "Yusuf", Role.VOLUNTEER)

    seen = [
        "spoergelink" in client.get(f"/partnere/{sanne.partner_id}/").content.decode()
        for client in (maja, sign_in(Client(), volunteer), Client())
    ]

    assert seen == [True, False, False]


def test_another_house_gives_no_link_to_our_contact(cast: Cast):

    with organisation_scope(HOUSE):
        sanne = asks.sanne()

    assert give(sign_in(Client(), cast.ole), sanne).status_code == 404
    with organisation_scope(ELSEWHERE):
        assert not AskLink.objects.exists()


def test_whoever_must_be_rung_is_given_no_link(maja: Client, cast: Cast):
    with organisation_scope(HOUSE):
        sanne = asks.sanne()
        Contact.objects.filter(pk=sanne.pk).update(channel="phone", verified_on=TODAY)

    assert give(maja, sanne).status_code == 302
    with organisation_scope(HOUSE):
        assert not AskLink.objects.exists()
