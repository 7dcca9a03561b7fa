"""The way in with two proofs: what each step gives, and that no step gives a page about anybody."""

from collections.abc import Callable

import pytest
from django.test import Client

from brobygger.accounts import attempts, factors
from brobygger.accounts.models import Attempts, Membership, Session
from brobygger.accounts.terms import Role
from brobygger.foundation.audit import AuditRow
from brobygger.foundation.scope import organisation_scope
from tests.people import ELSEWHERE, HOUSE, Cast, member
from tests.rooms.accounts.doors import WORDS, Key, come_in, tell_password

pytestmark = pytest.mark.feature("ACC-01")
PERSON_PAGE = "/beboere/"


def is_in(client: Client) -> bool:
    return client.get(PERSON_PAGE).status_code == 200


def also_elsewhere(key: Key) -> Membership:
    with organisation_scope(ELSEWHERE):
        return Membership.objects.create(
            organisation_id=ELSEWHERE,
            house_name="Et andet hus",
            user=key.member.user,
            name="M",
            role="worker",
        )


def test_password_and_code_lead_in(client: Client, maja: Key):
    answer = come_in(client, maja)

    assert answer.url == "/i-dag/"
    assert is_in(client)


def test_one_returns_to_the_page_one_wanted(client: Client, maja: Key):
    assert come_in(client, maja, next="/beboere/?q=inger").url == "/beboere/?q=inger"


@pytest.mark.asvs("6.3.3")
def test_a_password_alone_reaches_nobody(client: Client, maja: Key):
    answer = tell_password(client, maja)

    assert answer.url == "/ind/kode/"
    assert not is_in(client)
    assert not Session.objects.exists()


@pytest.mark.asvs("6.3.3")
def test_a_person_without_second_proof_gets_none_by_password_alone(client: Client, maja: Key):
    factors.end_all_factors(maja.member.user, at=maja.member.user.factors.get().made_at)

    assert tell_password(client, maja).url == "/ind/ingen-plads/"
    assert client.get("/ind/bevis/").url == "/ind/konto/"
    assert client.post("/ind/bevis/", {"code": "123456"}).url == "/ind/konto/"
    assert client.post("/ind/bevis/noegle/spoerg/").status_code == 404
    assert not is_in(client)


def test_a_second_proof_cannot_be_added_between_the_two(client: Client, maja: Key):
    """Who has the password alone must not make a proof of her own beside the owner's."""
    tell_password(client, maja)

    assert client.get("/ind/bevis/").url == "/ind/konto/"


@pytest.mark.parametrize(
    "step", ["/ind/kode/", "/ind/hus/", "/ind/adgangskode/", "/ind/reservekoder/", "/ind/bevis/"]
)
def test_no_step_can_be_taken_before_the_one_before_it(client: Client, maja: Key, step: str):
    assert client.get(step).url == "/ind/konto/"
    assert client.post(step, {"code": maja.code(), "membership": str(maja.member.pk)}).url == "/ind/konto/"


def test_the_house_cannot_be_chosen_after_the_password_alone(client: Client, maja: Key):
    tell_password(client, maja)

    assert client.post("/ind/hus/", {"membership": str(maja.member.pk)}).url == "/ind/konto/"
    assert not is_in(client)


@pytest.mark.asvs("6.5.1")
def test_a_code_counts_once(client: Client, maja: Key):
    code, other = maja.code(), Client()
    for browser in (client, other):
        tell_password(browser, maja)
    client.post("/ind/kode/", {"code": code})

    assert is_in(client)
    assert other.post("/ind/kode/", {"code": code}).status_code == 422
    assert not is_in(other)


@pytest.mark.asvs("6.5.5")
@pytest.mark.parametrize("steps", [-3, 3])
def test_a_code_of_another_time_does_not_count(client: Client, maja: Key, steps: int):
    tell_password(client, maja)

    assert client.post("/ind/kode/", {"code": maja.code(steps=steps)}).status_code == 422


@pytest.mark.asvs("6.6.2")
def test_a_code_does_not_count_in_another_browser(maja: Key):
    tell_password(Client(), maja)

    assert Client().post("/ind/kode/", {"code": maja.code()}).url == "/ind/konto/"


@pytest.mark.asvs("6.5.5")
def test_the_second_proof_must_come_soon(client: Client, maja: Key, move_clock: Callable[..., None]):
    tell_password(client, maja)
    move_clock(minutes=16)

    assert client.post("/ind/kode/", {"code": maja.code()}).url == "/ind/konto/"


@pytest.mark.asvs("6.5.1", "6.5.2")
def test_a_recovery_code_counts_once_and_is_kept_as_a_digest(client: Client, maja: Key):
    user = maja.member.user
    code, *others = factors.new_recovery_codes(user=user, at=user.factors.get().made_at)
    tell_password(client, maja)

    assert client.post("/ind/kode/", {"code": code.lower().replace("-", " ")}).url == "/i-dag/"
    assert not factors.take_code(user=user, typed=code, at=user.factors.get().made_at)
    assert factors.recovery_codes_left(user) == len(others) == 7
    assert not user.recovery_codes.filter(digest__in=[code, code.replace("-", "")]).exists()


def test_new_recovery_codes_end_the_old_ones(maja: Key):
    user, at = maja.member.user, maja.member.user.factors.get().made_at
    old = factors.new_recovery_codes(user=user, at=at)
    factors.new_recovery_codes(user=user, at=at)

    assert not factors.take_code(user=user, typed=old[0], at=at)


@pytest.mark.asvs("6.3.8")
def test_known_and_unknown_addresses_get_one_answer(client: Client, maja: Key):
    known = tell_password(client, maja, password="noget helt forkert")
    unknown = client.post("/ind/konto/", {"email": "ukendt@x.dk", "password": "noget helt forkert"})

    assert known.status_code == unknown.status_code == 422
    assert "Adressen og adgangskoden passer ikke sammen" in unknown.content.decode()


@pytest.mark.asvs("6.3.8")
def test_an_unknown_address_costs_the_same_work(client: Client, maja: Key, monkeypatch: pytest.MonkeyPatch):
    hashed = []
    monkeypatch.setattr(
        "django.contrib.auth.hashers.MD5PasswordHasher.encode",
        lambda self, password, salt: hashed.append(password) or f"md5${salt}$x",
    )
    client.post("/ind/konto/", {"email": "ukendt@x.dk", "password": "en"})
    tell_password(client, maja, password="to")

    assert hashed == ["en", "to"]


@pytest.mark.asvs("6.3.1")
def test_too_many_tries_are_refused_also_with_the_right_password(client: Client, maja: Key):
    for _try in range(attempts.FROM_HERE):
        tell_password(client, maja, password="forkert")

    assert tell_password(client, maja).status_code == 429


@pytest.mark.asvs("6.3.1")
def test_case_and_accents_do_not_make_another_account(client: Client, maja: Key):
    address = maja.member.user.email
    for spelled in [address.upper(), address.replace("m", "M"), address.replace("@exa", "@exá"), address] * 3:
        client.post("/ind/konto/", {"email": spelled, "password": "forkert"})

    assert tell_password(client, maja).status_code == 429


@pytest.mark.asvs("6.3.1")
def test_a_success_does_not_forget_the_tries(client: Client, maja: Key):
    for _try in range(attempts.FROM_HERE - 1):
        tell_password(client, maja, password="forkert")
    tell_password(client, maja)

    assert tell_password(client, maja).status_code == 429


@pytest.mark.asvs("6.3.1")
def test_one_network_cannot_try_many_accounts(client: Client, maja: Key):
    for number in range(attempts.NETWORK):
        client.post("/ind/konto/", {"email": f"a{number}@x.dk", "password": "forkert"})

    assert tell_password(client, maja).status_code == 429
    assert tell_password(Client(REMOTE_ADDR="192.0.2.9"), maja).url == "/ind/kode/"


def test_a_stranger_elsewhere_does_not_use_up_the_owners_tries(client: Client, maja: Key):
    far = Client(REMOTE_ADDR="192.0.2.9")
    for _try in range(attempts.FROM_HERE + 5):
        tell_password(far, maja, password="forkert")

    assert tell_password(client, maja).url == "/ind/kode/"


def test_after_a_quarter_of_an_hour_one_may_try_again(
    client: Client, maja: Key, move_clock: Callable[..., None]
):
    for _try in range(attempts.FROM_HERE + 1):
        tell_password(client, maja, password="forkert")
    move_clock(minutes=15)

    assert tell_password(client, maja).url == "/ind/kode/"


@pytest.mark.asvs("6.6.3")
def test_codes_cannot_be_tried_through(client: Client, maja: Key):
    tell_password(client, maja)
    for _try in range(attempts.SECOND):
        client.post("/ind/kode/", {"code": "000000"})

    assert client.post("/ind/kode/", {"code": maja.code()}).status_code == 429


def test_what_is_counted_names_nobody(client: Client, maja: Key):
    tell_password(client, maja)

    assert Attempts.objects.exists()
    assert not [row for row in Attempts.objects.all() if "maja" in row.key or "127.0" in row.key]


@pytest.mark.asvs("7.2.2", "7.2.4")
def test_each_step_gives_a_new_token(client: Client, maja: Key):
    client.post("/sprog/", {"language": "da", "next": "/"})
    tell_password(client, maja)
    after_password = client.session.session_key
    client.post("/ind/kode/", {"code": maja.code()})

    assert client.session.session_key != after_password
    assert not Client(headers={"cookie": f"brobygger={after_password}"}).session.get("stay")


@pytest.mark.asvs("7.6.2")
def test_a_look_at_the_door_makes_no_session(client: Client, maja: Key):
    client.get("/ind/konto/")
    client.get("/ind/")

    assert "brobygger" not in client.cookies


def test_who_works_in_two_houses_chooses(client: Client, cast: Cast, maja: Key):
    there = also_elsewhere(maja)

    assert come_in(client, maja).url == "/ind/hus/"
    assert "Et andet hus" in client.get("/ind/hus/").content.decode()
    assert client.post("/ind/hus/", {"membership": str(there.pk)}).url == "/i-dag/"
    assert "Inger" not in client.get(PERSON_PAGE).content.decode()


def test_nobody_chooses_a_house_where_she_has_no_place(client: Client, cast: Cast, maja: Key):
    also_elsewhere(maja)
    come_in(client, maja)

    assert client.post("/ind/hus/", {"membership": str(cast.ole.pk)}).status_code == 404


def test_one_switches_house_with_a_new_session(
    client: Client, cast: Cast, maja: Key, once: Callable[..., dict]
):
    come_in(client, maja)
    there = also_elsewhere(maja)
    before = client.session.session_key
    client.post("/min-adgang/hus/", once(membership=str(there.pk)))

    assert client.session.session_key != before
    assert "Et andet hus" in client.get("/i-dag/").content.decode()
    assert Session.objects.filter(ended_at=None).count() == 1


def test_who_has_no_open_place_is_told_so(client: Client, cast: Cast, maja: Key):
    with organisation_scope(HOUSE):
        Membership.objects.filter(pk=maja.member.pk).update(is_active=False)

    assert come_in(client, maja).url == "/ind/ingen-plads/"


def test_coming_in_leaves_its_line_in_the_trail(client: Client, maja: Key):
    come_in(client, maja)

    with organisation_scope(HOUSE):
        assert AuditRow.objects.filter(act="member:signed_in", by_id=maja.member.pk).count() == 1


@pytest.mark.asvs("6.2.4", "6.3.2")
def test_the_practice_edition_can_be_entered_the_long_way_too(client: Client, maja: Key):
    from brobygger.foundation import installation
    from brobygger.foundation.installation import InstallationKind

    installation._known[:] = [InstallationKind.DEMO]

    assert 'href="/ind/konto/"' in client.get("/ind/").content.decode()
    assert come_in(client, maja).url == "/i-dag/"


def test_a_password_with_spaces_at_its_ends_is_taken_as_it_is(client: Client, maja: Key):
    maja.member.user.set_password(f" {WORDS} ")
    maja.member.user.save()

    assert tell_password(client, maja).status_code == 422
    assert tell_password(client, maja, password=f" {WORDS} ").url == "/ind/kode/"


def test_a_volunteer_comes_in_and_meets_nobody(client: Client, maja: Key):
    from tests.rooms.accounts.doors import with_key

    come_in(client, with_key(member(HOUSE, "Yusuf", Role.VOLUNTEER)))

    assert client.get("/i-dag/").status_code == 200
    assert client.get(PERSON_PAGE).status_code == 404
