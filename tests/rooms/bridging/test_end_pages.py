"""The worker's pages of the way to the end, and the companion's: one press a step, refused kindly."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from brobygger.accounts.terms import Role
from brobygger.bridging.models import Accompaniment, Bridge, Clock, Leg, Statement
from brobygger.foundation.scope import organisation_scope
from brobygger.foundation.sockets import today_cards
from brobygger.partners.models import Contact, Organisation
from tests.people import HOUSE, Cast, member
from tests.rooms.bridging import stories

pytestmark = pytest.mark.slow  # every act, by everybody

A_DAY = timedelta(days=1)
PAGES = [
    "moede/", "plads/", "foelgeskab/", "moedt/", "forsoeg/", "snak/", "klaret/", "lykkedes-ikke/", "tavshed/",
    "igen/", "hjalp-det/", "ikke-truffet/", "to-svar/",
]  # fmt: skip


@pytest.fixture
def maja(as_member: Callable[..., Client], cast: Cast) -> Client:
    return as_member(cast.maja)


@pytest.fixture
def address(cast: Cast) -> str:
    """The address of a bridge that was taken on eight days ago; they were to meet two days ago."""
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        leg = stories.accepted(stories.sent(cast, at=now - 8 * A_DAY), at=now - 8 * A_DAY)
    return f"/broer/{leg.bridge_id}/"


@pytest.fixture
def press(maja: Client, address: str, once: Callable[..., dict[str, Any]]) -> Callable[..., Any]:
    """Send the form of one of the bridge's pages, as it stands now."""
    return lambda page, **fields: maja.post(f"{address}{page}/", once(version=leg().version, **fields))


def leg() -> Leg:
    with organisation_scope(HOUSE):
        return Leg.objects.latest("made_at")


def bridge() -> Bridge:
    with organisation_scope(HOUSE):
        return Bridge.objects.get()


def clock() -> Clock:
    with organisation_scope(HOUSE):
        return Clock.objects.get(ended_at=None)


def today() -> str:
    return str(timezone.localdate())


MET = {"svar": "ja", "who": "R", "how": "phone"}
DONE = {"outcome": "enrolled", "evidence": "provider", "how": "phone"}


@pytest.fixture
def met(press: Callable[..., Any]) -> None:
    press("moedt", day=today(), **MET)


@pytest.fixture
def done(press: Callable[..., Any], met: None) -> None:
    press("klaret", **DONE)


@pytest.mark.feature("BRI-15")
def test_the_residents_word_that_they_met_moves_the_bridge_and_keeps_both_names(
    press: Callable[..., Any], address: str
):
    answer = press("moedt", day=today(), **MET)

    with organisation_scope(HOUSE):
        said = Statement.objects.select_related("told_by").get(claim="first_meeting_held")
    assert (answer.url, leg().state) == (address, "in_progress")
    assert (said.actor_name, said.told_by.name) == ("Amir", "Maja")


@pytest.mark.feature("BRI-15")
def test_a_meeting_that_came_to_nothing_is_a_clock_and_no_ending(press: Callable[..., Any]):
    press("moedt", svar="nej", who="C", how="phone")

    assert (leg().state, clock().kind) == ("accepted", "meeting_missed")


def test_nobody_has_met_without_a_day_or_tomorrow(press: Callable[..., Any]):
    without = press("moedt", **MET)
    ahead = press("moedt", day=str(timezone.localdate() + A_DAY), **MET)

    assert (without.status_code, ahead.status_code, leg().state) == (422, 422, "accepted")


@pytest.mark.feature("BRI-15")
def test_a_new_day_for_the_meeting_is_on_the_page(maja: Client, press: Callable[..., Any], address: str):
    press("moede", day=str(timezone.localdate() + 3 * A_DAY), hour="16:00")

    assert "Første møde er aftalt til" in maja.get(address).content.decode()


def test_a_place_from_the_waiting_list_carries_its_day(cast: Cast, press: Callable[..., Any]):
    with organisation_scope(HOUSE):
        Leg.objects.update(waitlisted_at=timezone.now(), promised_at=None)

    press("plads", day=str(timezone.localdate() + A_DAY), hour="16:00", who="træner", how="phone")

    assert leg().waitlisted_at is None


@pytest.mark.feature("BRI-05")
def test_nothing_closes_without_an_outcome_and_somebody_who_says_so(press: Callable[..., Any], met: None):
    empty = press("klaret")
    full = press("klaret", **DONE)

    assert (empty.status_code, full.status_code) == (422, 302)
    assert (leg().state, leg().outcome, leg().evidence) == ("completed", "enrolled", "provider")


def test_one_press_on_an_accepted_leg_says_that_they_met_and_that_it_is_done(press: Callable[..., Any]):
    press("klaret", day=today(), **DONE)

    with organisation_scope(HOUSE):
        claims = list(Statement.objects.order_by("seq").values_list("claim", flat=True))
    assert claims[-2:] == ["first_meeting_held", "completed"]


def test_our_own_eyes_do_not_stand_in_for_a_recipient_who_can_answer(press: Callable[..., Any], met: None):
    page = press("klaret", outcome="enrolled", evidence="worker_observation", how="in_person")

    assert (page.status_code, leg().state) == (422, "in_progress")


def test_for_a_recipient_with_a_telephone_only_the_residents_word_is_evidence(press: Callable[..., Any]):
    with organisation_scope(HOUSE):
        Contact.objects.update(channel="phone", address="+45 00 00 00 00")

    press("klaret", day=today(), outcome="enrolled", evidence="resident", how="phone")

    assert (leg().state, leg().evidence) == ("completed", "resident")


def test_what_did_not_succeed_has_a_reason(press: Callable[..., Any]):
    empty = press("lykkedes-ikke")
    press("lykkedes-ikke", reason="person_declined")

    assert (empty.status_code, leg().state, leg().decided_by) == (422, "failed", "resident")


def test_nobody_is_given_up_before_three_tries_and_no_word_is_lost_by_it(press: Callable[..., Any]):
    answer = press("lykkedes-ikke", reason="could_not_reach", text="Ringede to gange.")

    assert (answer.status_code, leg().state) == (409, "accepted")
    assert "Forsøg mindst tre gange" in answer.content.decode()
    assert "Ringede to gange." in answer.content.decode()


def test_an_attempt_shows_that_the_resident_is_not_reached(
    maja: Client, press: Callable[..., Any], address: str
):
    press("forsoeg", how="phone")

    assert maja.get(address).context["card"].why == "Beboeren er ikke truffet"


def test_an_authority_that_has_received_it_may_lawfully_say_no_more(press: Callable[..., Any], cast: Cast):
    with organisation_scope(cast.club.keeper_id):
        Organisation.objects.filter(pk=cast.club.pk).update(is_authority=True)
    without_ground = press("tavshed", who="rådgiver", how="phone")

    press("tavshed", who="rådgiver", how="phone", ground="Tavshedspligt.")

    assert without_ground.status_code == 422
    assert (leg().outcome, clock().kind) == ("lawful_silence", "ask_resident")


@pytest.mark.feature("BRI-06")
def test_the_residents_yes_closes_the_loop(maja: Client, press: Callable[..., Any], done: None, address: str):
    press("hjalp-det", svar="got_help_full", how="phone", text="Han elsker det.")

    page = maja.get(address)
    assert (bridge().verdict, page.context["card"].state, page.context["card"].lead.at) == (
        "got_help_full",
        "Mødt",
        4,
    )
    assert "Han elsker det." in page.content.decode()


@pytest.mark.feature("BRI-06")
def test_done_and_no_both_stand_with_name_and_the_owner_has_a_day(
    maja: Client, press: Callable[..., Any], done: None, address: str
):
    press("hjalp-det", svar="not_helped", how="phone")

    page = maja.get(f"{address}to-svar/").content.decode()
    assert "Boldklubben" in page
    assert "Fik du den hjælp, du kom efter? Nej." in page
    assert (clock().kind, clock().owner_id) == ("settle_conflict", bridge().owner_id)


def test_a_conflict_closes_as_the_resident_says(press: Callable[..., Any], done: None):
    press("hjalp-det", svar="not_helped", how="phone")

    press("to-svar", way="close_as_said")

    assert (bridge().closed_at is not None, bridge().verdict) == (True, "not_helped")


def test_no_answer_is_chosen_beforehand_and_none_is_taken_for_granted(
    maja: Client, press: Callable[..., Any], done: None, address: str
):
    page = maja.get(f"{address}hjalp-det/").content.decode()

    assert "checked" not in page
    assert page.count('name="svar" value=') == 7
    assert press("hjalp-det", how="phone").status_code == 422
    assert bridge().verdict == ""


def test_our_own_view_is_marked_as_ours(maja: Client, press: Callable[..., Any], done: None, address: str):
    press("hjalp-det", svar="unknown", how="ours")

    assert "Egen vurdering." in maja.get(address).content.decode()


def test_a_try_to_ask_without_an_answer_is_written_down(press: Callable[..., Any], done: None):
    press("ikke-truffet", how="sms")

    with organisation_scope(HOUSE):
        assert list(bridge().words.values_list("claim", "channel")) == [("tried_contact", "sms")]


@pytest.mark.feature("BRI-06")
def test_trying_again_is_a_new_leg_beside_the_ended_one(press: Callable[..., Any], done: None):
    press("igen", because="Der er en ny træner.")

    with organisation_scope(HOUSE):
        states = list(Leg.objects.order_by("made_at").values_list("state", flat=True))
    assert states == ["completed", "draft"]
    assert leg().replaces_id is not None


def test_the_same_press_twice_counts_once(maja: Client, address: str, once: Callable[..., dict[str, Any]]):
    form = once(version=leg().version, day=today(), **MET)

    first, second = (maja.post(f"{address}moedt/", form) for _press in range(2))

    with organisation_scope(HOUSE):
        assert Statement.objects.filter(claim="first_meeting_held").count() == 1
    assert first.headers["Location"] == second.headers["Location"]


@pytest.mark.parametrize("page", PAGES)
def test_ole_finds_none_of_these_pages(as_member: Callable[..., Client], cast: Cast, address: str, page: str):
    assert as_member(cast.ole).get(f"{address}{page}").status_code == 404


@pytest.mark.parametrize("page", ["", *PAGES])
def test_a_page_asks_at_most_twelve_questions(
    maja: Client, address: str, page: str, django_assert_max_num_queries: Any
):
    beyond_sign_in_and_scope = 12 + 3 + 2 + 2  # and savepoints

    with django_assert_max_num_queries(beyond_sign_in_and_scope):
        assert maja.get(f"{address}{page}").status_code in {200, 302}


# --- somebody goes along ---


@pytest.fixture
def yusuf(cast: Cast) -> Any:
    return member(HOUSE, "Yusuf", Role.VOLUNTEER)


def asked_along(press: Callable[..., Any], who: Any, **fields: Any) -> Any:
    told = {
        "wish": "yes",
        "companion": str(who.pk),
        "day": str(timezone.localdate() + A_DAY),
        "hour": "16:10",
        "meet_where": "Port 12",
        "wishes": "Sig ikke noget om skolen.",
    }
    return press("foelgeskab", **(told | fields))


def company() -> Accompaniment:
    with organisation_scope(HOUSE):
        return Accompaniment.objects.get()


@pytest.mark.feature("BRI-15")
def test_a_companion_gets_first_name_place_and_wishes_and_nothing_else(
    press: Callable[..., Any], as_member: Callable[..., Client], cast: Cast, yusuf: Any
):
    asked_along(press, yusuf)

    page = as_member(yusuf).get(f"/foelg/{company().pk}/").content.decode()

    assert [word for word in ("Amir", "Port 12", "Sig ikke noget om skolen.") if word not in page] == []
    assert [word for word in ("Boldklubben", "fodbold", "+45", "Fodbold") if word in page] == []


@pytest.mark.feature("BRI-15")
def test_a_companion_says_yes_and_afterwards_that_they_met(
    press: Callable[..., Any],
    as_member: Callable[..., Client],
    yusuf: Any,
    cast: Cast,
    address: str,
    once: Callable[..., Any],
):
    asked_along(press, yusuf)
    client, page = as_member(yusuf), f"/foelg/{company().pk}/"
    client.post(page, once(svar="kan"))
    with organisation_scope(HOUSE):
        Accompaniment.objects.update(meet_at=timezone.now() - timedelta(hours=1))

    unchosen = client.post(page, once())
    client.post(page, once(svar="ja"))

    assert (unchosen.status_code, leg().state, company().state) == (422, "in_progress", "held")
    assert "Tak, fordi du gik med" in client.get(page).content.decode()
    assert "Yusuf gik med" in as_member(cast.maja).get(address).content.decode()


@pytest.mark.feature("BRI-15")
def test_three_days_after_the_companions_page_is_gone(
    press: Callable[..., Any], as_member: Callable[..., Client], yusuf: Any
):
    asked_along(press, yusuf)
    with organisation_scope(HOUSE):
        Accompaniment.objects.update(access_until=timezone.now() - timedelta(seconds=1))

    assert as_member(yusuf).get(f"/foelg/{company().pk}/").status_code == 404
    assert today_of(yusuf) == []


def test_company_called_off_is_gone_for_the_companion_at_once(
    press: Callable[..., Any], as_member: Callable[..., Client], yusuf: Any
):
    asked_along(press, yusuf)

    press("foelgeskab/aflys")

    assert company().state == "cancelled"
    assert as_member(yusuf).get(f"/foelg/{company().pk}/").status_code == 404


def test_another_volunteer_does_not_find_it(
    press: Callable[..., Any], as_member: Callable[..., Client], yusuf: Any, cast: Cast
):
    asked_along(press, yusuf)
    another = member(HOUSE, "Bo", Role.VOLUNTEER)

    assert as_member(another).get(f"/foelg/{company().pk}/").status_code == 404
    assert as_member(cast.ole).get(f"/foelg/{company().pk}/").status_code == 404


def test_the_companions_day_has_the_card(press: Callable[..., Any], yusuf: Any):
    asked_along(press, yusuf)

    (card,) = today_of(yusuf)

    assert (card.title, card.href) == ("Gå med Amir", f"/foelg/{company().pk}/")


def test_going_along_without_a_name_or_a_place_is_asked_again(press: Callable[..., Any], yusuf: Any):
    nobody = asked_along(press, yusuf, companion="")
    nowhere = asked_along(press, yusuf, meet_where="")

    assert (nobody.status_code, nowhere.status_code) == (422, 422)


def test_the_day_of_the_meeting_is_filled_in_as_the_browser_wants_it(maja: Client, address: str):
    day = timezone.localdate(leg().promised_at)

    assert f'value="{day.isoformat()}"' in maja.get(f"{address}foelgeskab/").content.decode()


def test_no_thanks_is_written_down(press: Callable[..., Any]):
    assert press("foelgeskab", wish="no").status_code == 302


def today_of(viewer: Any) -> list[Any]:
    with organisation_scope(HOUSE, member=viewer.pk):
        return today_cards["bridging.company"](viewer, timezone.now())
