"""The page of rights is held to what happens: every address by every role, and the act behind it."""

from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import resolve

from brobygger.accounts.permissions import may
from brobygger.accounts.rights import GRANTS, Right, lines
from brobygger.accounts.terms import Role
from tests.conftest import sign_in
from tests.house.addresses import Address, addresses
from tests.house.floors import ROOT
from tests.people import HOUSE, Cast, member

pytestmark = pytest.mark.feature("ACC-02")
PAGE = ROOT / "docs" / "reference" / "roles.md"
INVENTED = {"path": "x", "uuid": str(uuid4()), "str": "x", "slug": "x", "int": "1"}
NAMES_NOTHING = {  # an empty press there names no house and no offer, so nothing is found
    "switch_house",
    "offers:doubles_merge",
    "offers:doubles_apart",
    "offers:doubles_back",
}


def right_of(address: Address) -> Right | None:
    """The right that a page asks; None for pages that are open to everybody."""
    keys: dict[str, Any] = {name: INVENTED[kind] for name, kind in address.keys.items()}
    right = getattr(resolve(address.with_keys(keys)).func, "right", None)
    return right if isinstance(right, Right) else None


def behind_a_right() -> list[Address]:
    return [one for one in addresses() if right_of(one)]


def asked(client: Client, address: Address) -> int:
    keys: dict[str, Any] = {name: INVENTED[kind] for name, kind in address.keys.items()}
    path = address.with_keys(keys)
    status = client.get(path).status_code
    return client.post(path, {"once": str(uuid4())}).status_code if status == 405 else status


@pytest.mark.parametrize("role", list(Role))
def test_every_address_opens_for_the_roles_that_the_page_names_and_for_no_other(cast: Cast, role: Role):
    client = sign_in(Client(), member(HOUSE, "Nogen", role))
    who = member(HOUSE, "En anden", role)
    wrong = [
        address.path
        for address in behind_a_right()
        if not address.keys and not may(who, right_of(address)) and asked(client, address) != 404
    ]
    shut = [
        address.path
        for address in behind_a_right()
        if not address.keys and address.name not in NAMES_NOTHING
        if may(who, right_of(address)) and asked(client, address) in {403, 404}
    ]

    assert (wrong, shut) == ([], [])


def test_nobody_who_is_not_signed_in_passes_a_page_with_a_right(db: None):
    client = Client()

    assert [one.path for one in behind_a_right() if asked(client, one) != 302] == []


def test_the_pages_with_a_right_are_many(db: None):
    """The control: a decorator that forgets to say its right would make the walk empty."""
    assert len(behind_a_right()) > 30
    found = {right_of(one) for one in behind_a_right()}
    assert found >= {Right.ENTER, Right.REACH_RESIDENTS, Right.INVITE_MEMBERS, Right.SEE_WRITING_TIME}


def test_the_board_and_partners_never_reach_a_person():
    of_persons, never = set(Right) - {Right.ENTER, Right.KEEP_OFFERS}, {Role.BOARD, Role.PARTNER}

    assert [right for right in of_persons if never & GRANTS[right].roles] == []


def test_every_right_has_its_reason_and_stands_on_the_page(cast: Cast):
    page = sign_in(Client(), cast.maja).get("/rettigheder/").content.decode()

    assert set(GRANTS) == set(Right)
    assert [line.right for line in lines() if line.because not in page or line.right.label not in page] == []


def written() -> str:
    """docs/reference/roles.md as it must stand. Written by `python -m tests.house.test_rights`."""
    told = [
        f"| {line.right.label} | {', '.join(r.label for r in line.roles) or 'alle roller'} | {line.because} |"
        for line in lines()
    ]
    head = (
        "# Who may what\n\nWritten by `python -m tests.house.test_rights` from `accounts/rights.py`;"
        " the words are the page's own.\n"
    )
    return "\n".join([head, "| at | hvem | fordi |", "|---|---|---|", *told, ""])


@pytest.mark.asvs("8.1.1")
def test_the_page_in_the_docs_is_the_same():
    assert Path(PAGE).read_text() == written()


if __name__ == "__main__":
    PAGE.write_text(written())


def test_every_right_is_asked_for_somewhere():
    """A right that no code asks is a promise on a page, and nothing else."""
    rooms = (ROOT / "src" / "brobygger").rglob("*.py")
    asked_for = " ".join(file.read_text() for file in rooms if file.name != "rights.py")

    assert [right.name for right in Right if f"Right.{right.name}" not in asked_for] == []
