"""A leader's first day without a code: the invitation, a passkey, out, and in again by it alone."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Browse
from tests.journeys.test_start import Begin, begin, clean_environment, free_port, fresh  # noqa: F401
from tests.start_database import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.feature("ACC-01")]

A_KEY = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}
GREETED = re.compile(r"^(Godmorgen|Goddag|Godaften), Torben$")  # by the hour
INVITED = ["--house", "Prøvehuset", "--name", "Torben", "--email", "torben@proevehuset.invalid"]


@pytest.fixture
def address(fresh: Path, begin: Begin) -> str:  # noqa: F811
    """A live house. A passkey lives at a name, and no address of numbers has one."""
    port = free_port()
    begin("serve", "--port", str(port), "--home", str(fresh)).ready()
    return f"http://localhost:{port}"


@pytest.fixture
def invitation(address: str, fresh: Path) -> str:  # noqa: F811
    command = [
        sys.executable,
        "-m",
        "brobygger.site.commands",
        "members",
        "--home",
        str(fresh),
        "invite",
        *INVITED,
    ]
    told = subprocess.run(command, env=clean_environment(), cwd=ROOT, capture_output=True, text=True)
    found = re.search(r"/ind/link/\S+", told.stdout)
    assert found, told.stdout + told.stderr
    return address + found[0]


def test_a_passkey_is_made_and_then_opens_the_house_alone(
    invitation: str, address: str, browse: Browse
) -> None:
    page = browse(width=1280)
    device = page.context.new_cdp_session(page)
    device.send("WebAuthn.enable")
    chip = device.send("WebAuthn.addVirtualAuthenticator", {"options": A_KEY})["authenticatorId"]
    make_the_key(page, invitation)

    leave(page, address)
    page.get_by_role("button", name="Gå ind med en adgangsnøgle").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(GREETED)

    leave(page, address)
    unseen = {"authenticatorId": chip, "isUserVerified": False}  # somebody else holds the telephone
    device.send("WebAuthn.setUserVerified", unseen)
    page.get_by_role("button", name="Gå ind med en adgangsnøgle").click()
    expect(page.get_by_text("Browseren gav os ingen nøgle.")).to_be_visible()


def make_the_key(page: Page, invitation: str) -> None:
    page.goto(invitation)
    page.get_by_role("button", name="Fortsæt").click()
    page.get_by_label("Ny adgangskode").fill("tre gule paraplyer i gangen")
    page.get_by_role("button", name="Videre").click()
    page.get_by_role("button", name="Lav en adgangsnøgle").click()
    page.get_by_role("button", name="Jeg har gemt dem").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(GREETED)


def leave(page: Page, address: str) -> None:
    page.locator("details.me summary").click()
    page.get_by_role("button", name="Gå ud").click()
    page.goto(f"{address}/ind/konto/")
