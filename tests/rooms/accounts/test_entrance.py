"""The entrance: one press in a practice edition at its own machine, and nowhere else."""

from pathlib import Path

import pytest
from django.test import Client

from brobygger.accounts.models import Membership
from brobygger.accounts.permissions import is_this_machine
from brobygger.accounts.returning import way_back
from brobygger.accounts.terms import Role
from brobygger.foundation import installation
from brobygger.foundation.installation import InstallationKind
from brobygger.foundation.scope import organisation_scope
from tests.people import HOUSE, Cast, member

ANOTHER_MACHINE = "192.168.1.4"


@pytest.fixture
def demo(cast: Cast) -> Cast:
    """A practice edition in which the staff of the cast have the cast's own addresses."""
    installation._known.append(InstallationKind.DEMO)
    for one in (cast.maja, cast.torben, cast.ole):
        one.user.email = f"{one.name.lower()}@demo.invalid"
        one.user.save()
    return cast


@pytest.fixture
def live(cast: Cast) -> Cast:
    installation._known.append(InstallationKind.LIVE)
    return cast


@pytest.fixture
def post(settings, tmp_path: Path) -> Path:
    """The folder of sent messages, with one letter to the trainer."""
    settings.BROBYGGER_HOME = str(tmp_path)
    box = tmp_path / "outbox" / "traener@boldklub.invalid"
    box.mkdir(parents=True)
    text = "Til: traener@boldklub.invalid\nEmne: Et spørgsmål venter\n\nSe det her: http://localhost:1/svar/abc/\n"
    (box / "20261124T090000-1.txt").write_text(text, encoding="utf-8")
    newer = text.replace("Et spørgsmål", "Endnu et spørgsmål")
    (box / "20261125T090000-2.txt").write_text(newer, encoding="utf-8")
    return tmp_path


def press(client: Client, who: Membership, **more: str):
    return client.post("/ind/", {"membership": str(who.pk), **more.pop("fields", {})}, **more)


@pytest.mark.feature("SIT-09")
def test_the_entrance_of_a_demo_shows_the_cast_with_what_they_do(client: Client, demo: Cast):
    page = client.get("/ind/").content.decode()

    assert "Maja" in page
    assert "Projektleder. Kan se alle husets beboere" in page
    assert "Et helt andet hus." in page


def test_one_press_signs_a_member_of_the_cast_in(client: Client, demo: Cast):
    answer = press(client, demo.maja)

    assert answer.url == "/i-dag/"
    assert "Maja" in client.get("/i-dag/").content.decode()


def test_one_returns_to_the_page_one_wanted(client: Client, demo: Cast):
    answer = client.post("/ind/", {"membership": str(demo.maja.pk), "next": "/beboere/?q=inger"})

    assert answer.url == "/beboere/?q=inger"


@pytest.mark.parametrize(
    "wanted", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x"]
)
@pytest.mark.asvs("3.7.2")
def test_one_is_never_sent_to_another_place(client: Client, demo: Cast, wanted):
    answer = client.post("/ind/", {"membership": str(demo.maja.pk), "next": wanted})

    assert answer.url == "/i-dag/"


def test_only_the_cast_can_be_entered_as(client: Client, demo: Cast):
    real = member(HOUSE, "Rigtig", Role.WORKER)

    assert press(client, real).status_code == 404
    assert "Rigtig" not in client.get("/ind/").content.decode()


def test_someone_who_has_left_cannot_be_entered_as(client: Client, demo: Cast):
    with organisation_scope(HOUSE):
        Membership.objects.filter(pk=demo.maja.pk).update(is_active=False)

    assert press(client, demo.maja).status_code == 404


@pytest.mark.parametrize("nobody", ["", "abc", "00000000-0000-0000-0000-000000000009"])
def test_nobody_cannot_be_entered_as(client: Client, demo: Cast, nobody):
    assert client.post("/ind/", {"membership": nobody}).status_code == 404


@pytest.mark.feature("SIT-09")
@pytest.mark.parametrize(
    "peer", [{"REMOTE_ADDR": ANOTHER_MACHINE}, {"HTTP_X_FORWARDED_FOR": ANOTHER_MACHINE}, {"REMOTE_ADDR": ""}]
)
def test_another_machine_cannot_press_its_way_in(client: Client, demo: Cast, peer):
    answer = press(client, demo.maja, **peer)

    assert answer.status_code == 404
    assert "Maja" not in client.get("/ind/", **peer).content.decode()


@pytest.mark.asvs("6.3.4")
@pytest.mark.feature("SIT-09")
def test_a_live_house_has_no_one_press_entrance_and_asks_for_two_proofs(client: Client, live: Cast):
    live.maja.user.email = "maja@demo.invalid"
    live.maja.user.save()

    assert press(client, live.maja).status_code == 404
    assert client.get("/ind/").url == "/ind/konto/?next=%2Fi-dag%2F"


def test_a_database_that_is_not_founded_lets_nobody_in(client: Client, cast: Cast):
    assert press(client, cast.maja).status_code == 404


@pytest.mark.asvs("7.4.1", "14.3.1")
def test_one_goes_out_by_a_press(client: Client, demo: Cast):
    press(client, demo.maja)

    answer = client.post("/ud/")

    assert answer.url == "/"
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert client.get("/i-dag/").url == "/ind/?next=/i-dag/"


def test_a_look_at_the_way_out_signs_nobody_out(client: Client, demo: Cast):
    press(client, demo.maja)

    assert client.get("/ud/").status_code == 405
    assert client.get("/i-dag/").status_code == 200


def test_a_partners_post_is_shown_newest_first_with_its_link(client: Client, demo: Cast, post: Path):
    page = client.get("/ind/post/traener@boldklub.invalid/").content.decode()

    assert 'href="http://localhost:1/svar/abc/"' in page
    assert page.index("Endnu et spørgsmål") < page.index("Et spørgsmål venter")


def test_the_entrance_counts_the_post_of_those_who_come_by_link(client: Client, demo: Cast, post: Path):
    page = client.get("/ind/").content.decode()

    assert "traener@boldklub.invalid" in page
    assert "2 beskeder" in page


@pytest.mark.parametrize("address", ["..", "%2e%2e", "ukendt@x.invalid", "..%2Foutbox"])
@pytest.mark.asvs("5.3.2")
def test_no_other_folder_can_be_read_as_post(client: Client, demo: Cast, post: Path, address):
    assert client.get(f"/ind/post/{address}/").status_code == 404


def test_post_is_shown_at_the_demos_own_machine_only(client: Client, demo: Cast, post: Path):
    address = "/ind/post/traener@boldklub.invalid/"

    assert client.get(address, REMOTE_ADDR=ANOTHER_MACHINE).status_code == 404


def test_a_live_house_shows_nobodys_post(client: Client, live: Cast, post: Path):
    assert client.get("/ind/post/traener@boldklub.invalid/").status_code == 404


def test_this_machine_is_known_by_its_address():
    assert is_this_machine("127.0.0.1")
    assert is_this_machine("::1")
    assert not is_this_machine(ANOTHER_MACHINE)
    assert not is_this_machine("localhost")


def test_a_way_back_is_a_path_of_ours():
    assert way_back("/beboere/", otherwise="/") == "/beboere/"
    assert way_back("beboere", otherwise="/") == "/"
    assert way_back(None, otherwise="/") == "/"
