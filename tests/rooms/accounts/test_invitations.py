"""How somebody begins in a house, loses a proof, and leaves; and what a link never does."""

from collections.abc import Callable

import pytest
from django.db import DatabaseError, transaction
from django.test import Client
from django.utils import timezone

from brobygger.accounts import actions, factors
from brobygger.accounts.models import Invitation, Membership, User
from brobygger.accounts.rules import HALF_MINUTE, code_at
from brobygger.accounts.sealing import unseal
from brobygger.accounts.terms import InvitationPurpose, Role
from brobygger.foundation.scope import organisation_scope
from tests.people import ELSEWHERE, HOUSE, Cast
from tests.rooms.accounts.doors import WORDS, Key, come_in, tell_password, with_key

pytestmark = pytest.mark.feature("ACC-01")
LONG = "ålen svømmer mod havet hver gang nogen glemmer at lukke porten til den store gamle have ved møllen"
NEW = "en ny og meget lang vending om bier"


def invited(cast: Cast, email: str = "ny@x.dk", house=HOUSE, by: Membership | None = None) -> str:
    place = {"email": email, "name": "Ny", "role": Role.WORKER, "house": house, "house_name": "Huset"}
    with organisation_scope(house):
        return f"/ind/link/{actions.invite_member(**place, by=by, at=timezone.now())}/"


def renewed(key: Key, purpose: InvitationPurpose, by: Membership | None) -> str:
    with organisation_scope(HOUSE):
        token = actions.renew_way_in(member=key.member, purpose=purpose, by=by, at=timezone.now())
    return f"/ind/link/{token}/"


def show_code(client: Client):
    """Scan the page's picture and type the code."""
    client.get("/ind/bevis/")
    seed = unseal(client.session["seed"])
    step = int(timezone.now().timestamp()) // HALF_MINUTE
    return client.post("/ind/bevis/", {"code": code_at(seed, step)})


def test_a_link_leads_through_password_and_proof_and_codes_into_the_house(
    client: Client, cast: Cast, maja: Key
):
    link = invited(cast)
    assert client.post(link).url == "/ind/adgangskode/"
    assert client.post("/ind/adgangskode/", {"new": NEW}).url == "/ind/bevis/"
    assert client.get("/beboere/").status_code == 302
    assert show_code(client).url == "/ind/reservekoder/"
    assert client.get("/ind/reservekoder/").content.decode().count("<code>") == 8
    assert client.get("/beboere/").status_code == 302
    assert client.post("/ind/reservekoder/").url == "/i-dag/"

    assert client.get("/beboere/").status_code == 200


def test_every_form_of_the_proof_page_carries_its_token(client: Client, cast: Cast, maja: Key):
    """Script sends one of them, and a part that is drawn alone loses the token."""
    client.post(invited(cast))
    client.post("/ind/adgangskode/", {"new": NEW})
    page = client.get("/ind/bevis/").content.decode()

    assert page.count('method="post"') == page.count("csrfmiddlewaretoken")


@pytest.mark.asvs("7.6.2", "6.4.1")
def test_a_look_at_a_link_uses_nothing_up_and_a_press_does(client: Client, cast: Cast, maja: Key):
    link = invited(cast)
    for _look in range(3):
        assert client.get(link).status_code == 200
    client.post(link)

    assert client.get(link).status_code == 404
    assert Client().post(link).status_code == 404


@pytest.mark.asvs("6.4.1")
def test_a_link_lasts_a_day(client: Client, cast: Cast, maja: Key, move_clock: Callable[..., None]):
    link = invited(cast)
    move_clock(hours=24)

    assert client.post(link).status_code == 404


def test_a_place_is_shut_until_its_link_is_used(client: Client, cast: Cast, maja: Key):
    invited(cast)

    assert not Membership.objects.get(user__email="ny@x.dk").is_active


def test_a_new_link_ends_the_old_one(client: Client, cast: Cast, maja: Key):
    old = invited(cast)
    invited(cast)

    assert client.post(old).status_code == 404


def test_only_the_digest_of_a_link_is_kept(cast: Cast, maja: Key):
    token = invited(cast).split("/")[3]

    assert token not in Invitation.objects.get().token_digest


def test_who_has_an_account_begins_with_it_and_keeps_her_password(client: Client, cast: Cast, maja: Key):
    link = invited(cast, email=maja.member.user.email, house=ELSEWHERE)
    assert client.post(link).url == "/ind/konto/"
    assert client.post("/ind/adgangskode/", {"new": NEW}).url == "/ind/konto/"
    assert come_in(client, maja).url == "/i-dag/"

    assert "Huset" in client.get("/i-dag/").content.decode()


def test_a_link_of_one_person_opens_nothing_for_another(client: Client, cast: Cast, maja: Key):
    client.post(invited(cast))
    come_in(client, maja)

    assert not Membership.objects.get(user__email="ny@x.dk").is_active


@pytest.mark.asvs("6.4.3")
def test_a_new_password_still_meets_the_second_proof(client: Client, cast: Cast, maja: Key):
    link = renewed(maja, InvitationPurpose.PASSWORD, cast.torben)
    client.post(link)

    assert client.post("/ind/adgangskode/", {"new": NEW}).url == "/ind/kode/"
    assert client.get("/ind/bevis/").url == "/ind/konto/"
    assert client.post("/ind/kode/", {"code": maja.code()}).url == "/i-dag/"


@pytest.mark.asvs("6.4.3", "6.4.4")
def test_a_new_second_proof_still_meets_the_password(client: Client, cast: Cast, maja: Key):
    link = renewed(maja, InvitationPurpose.FACTOR, cast.torben)
    assert client.post(link).url == "/ind/konto/"
    assert client.get("/ind/bevis/").url == "/ind/konto/"
    assert tell_password(client, maja).url == "/ind/bevis/"
    show_code(client)

    assert client.post("/ind/reservekoder/").url == "/i-dag/"


def test_a_lost_proof_ends_at_once_with_every_session(client: Client, cast: Cast, maja: Key):
    come_in(client, maja)
    renewed(maja, InvitationPurpose.FACTOR, cast.torben)

    assert client.get("/beboere/").status_code == 302
    assert not factors.has_factor(maja.member.user)


def test_a_leader_gives_no_way_in_to_one_whom_another_house_trusts(cast: Cast, maja: Key):
    with organisation_scope(ELSEWHERE):
        Membership.objects.create(
            organisation_id=ELSEWHERE,
            house_name="Et andet",
            user=maja.member.user,
            name="Maja",
            role="worker",
        )

    with pytest.raises(actions.WorksElsewhere):
        renewed(maja, InvitationPurpose.PASSWORD, cast.torben)


def test_another_house_cannot_write_a_link_to_ours(cast: Cast, maja: Key):
    with pytest.raises(DatabaseError), transaction.atomic(), organisation_scope(ELSEWHERE):
        Invitation.objects.create(
            organisation_id=HOUSE, membership=maja.member, purpose="factor", token_digest="x",
            made_at=timezone.now(), expires_at=timezone.now(),
        )  # fmt: skip


@pytest.mark.feature("ACC-02")
def test_the_right_is_asked_in_the_act(cast: Cast, maja: Key):
    with pytest.raises(actions.MayNot):
        invited(cast, by=cast.maja)
    with organisation_scope(HOUSE), pytest.raises(actions.MayNot):
        actions.deactivate_member(member=cast.torben, by=cast.maja, at=timezone.now())


def test_nobody_shuts_the_door_upon_herself(cast: Cast, torben: Key):
    with organisation_scope(HOUSE), pytest.raises(actions.IsOneself):
        actions.deactivate_member(member=cast.torben, by=cast.torben, at=timezone.now())


def test_a_leader_takes_in_and_hands_over_a_link_that_is_shown_once(
    client: Client, torben: Key, once: Callable[..., dict]
):
    come_in(client, torben)
    client.post("/holdet/ny/", once(name="Ny", email="ny@x.dk", role="worker"))

    assert "/ind/link/" in client.get("/holdet/").content.decode()
    assert "/ind/link/" not in client.get("/holdet/").content.decode()


def test_a_leader_closes_a_place_by_a_press(
    client: Client, torben: Key, cast: Cast, once: Callable[..., dict]
):
    other = with_key(cast.maja)
    colleague = Client()
    come_in(colleague, other)
    come_in(client, torben)
    client.post(f"/holdet/{cast.maja.pk}/luk/", once())

    assert colleague.get("/beboere/").status_code == 302


PASSWORDS = {
    "kort": "for kort",
    "fjorten tegn": "æbletræ og mos",
    "en almindelig to gange": "passwordpassword",
    "en række": "abcdefghijklmnopqrst",
    "tal i række": "1234567890123456",
    "én ting igen": "blåbærblåbærblåbær",
    "adressen": "ny ny ny brobygger",
}


@pytest.mark.asvs("6.2.1", "6.2.4", "6.2.11", "6.2.12")
@pytest.mark.parametrize("password", PASSWORDS.values(), ids=PASSWORDS)
def test_a_password_that_is_short_or_worn_is_refused(client: Client, cast: Cast, maja: Key, password: str):
    client.post(invited(cast))

    assert client.post("/ind/adgangskode/", {"new": password}).status_code == 422


@pytest.mark.asvs("6.2.5", "6.2.8", "6.2.9")
@pytest.mark.parametrize("password", [WORDS, "  æ ø å Ω 漢字, tak  ", LONG])
def test_any_signs_and_any_length_that_is_long_are_taken_as_they_are(
    client: Client, cast: Cast, maja: Key, password: str
):
    client.post(invited(cast))

    assert client.post("/ind/adgangskode/", {"new": password}).url == "/ind/bevis/"
    assert User.objects.get(email="ny@x.dk").check_password(password)


@pytest.mark.asvs("6.2.6", "6.2.7")
def test_a_password_field_is_masked_and_may_be_pasted_into(client: Client, cast: Cast, maja: Key):
    client.post(invited(cast))
    page = client.get("/ind/adgangskode/").content.decode()

    assert 'type="password"' in page
    assert 'autocomplete="new-password"' in page
    assert "onpaste" not in page
