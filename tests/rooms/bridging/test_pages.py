"""The worker's pages: three acts from a choice to a bridge that has left, and what stops it on the way."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core import signing
from django.test import Client
from django.utils import timezone

from brobygger.bridging.models import Bridge, Leg, LegSnapshot
from brobygger.foundation.scope import organisation_scope
from brobygger.partners.models import Contact
from brobygger.privacy.models import Consent
from tests.people import HOUSE, Cast
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


def test_nobody_says_for_the_resident_that_help_is_not_wanted(maja: Client, draft: str):
    page = maja.post(
        f"{draft}traek-tilbage/", form(decided_by="us", reason="duplicate", close_need="on", version=0)
    )

    assert page.status_code == 422


@pytest.mark.parametrize("page", ["", "samtykke/", "send/", "traek-tilbage/", "vej-ind/"])
def test_ole_cannot_even_learn_that_the_bridge_exists(as_member, cast: Cast, draft: str, page: str):
    ole = as_member(cast.ole)

    assert ole.get(f"{draft}{page}").status_code == 404


def test_another_worker_of_the_house_does_not_see_it_but_the_leader_does(as_member, cast: Cast, draft: str):
    from tests.people import member

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
