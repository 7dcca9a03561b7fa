"""Whatever is typed, pasted or sent: no page breaks, nothing runs, it is shown as it was written (P14)."""

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from django.db import transaction
from django.test import Client

from brobygger.accounts.terms import Role
from brobygger.foundation import installation
from brobygger.foundation.installation import InstallationKind
from tests.conftest import sign_in
from tests.house.addresses import ARGUMENT, Address, Form, addresses
from tests.house.nasty import (
    ALL_IN_ONE,
    BYTES,
    LONG,
    SHORT,
    TEXTS,
    WAYS_BACK,
    AskingFields,
    Page,
    in_pieces,
    parameters,
)
from tests.house.test_stranger import forms_of, keys_of, public_keys, reachable
from tests.house.world import World
from tests.people import HOUSE, member


@pytest.fixture
def people(world: World) -> dict[str, Client]:
    """Who sends it: one who meets residents, one who leads, and one who is nobody."""
    clients = {
        "Maja": sign_in(Client(), world.houses[HOUSE].worker),
        "Torben": sign_in(Client(), member(HOUSE, "Torben", Role.LEADER)),
        "nobody": Client(),
    }
    for client in clients.values():
        client.raise_request_exception = False
    return clients


def undone(ask: Any, *words: Any, **more: Any) -> Any:
    """One request whose writing is undone."""
    with transaction.atomic():
        response = ask(*words, **more)
        b"".join(response) if response.streaming else response.content
        transaction.set_rollback(True)
    return response


def faults(response: Any, what: str) -> list[str]:
    """A page that broke, or that took a text for markup."""
    if response.status_code >= 500:
        return [f"{what}: {response.status_code}"]
    body = response.content.decode() if "html" in response.headers.get("Content-Type", "") else ""
    return [f"{what}: {running}" for running in Page(body).running if not running.startswith(OUR_PICTURE)]


def paths(world: World) -> list[str]:
    return reachable(keys_of(world.houses[HOUSE], "draft") | public_keys())


QUICK = {"at once": quote(SHORT) + "%ED%A0%80%FF"}


def asked_with(client: Client, path: str, sent: dict[str, str], names: set[str]) -> Iterator[str]:
    for what, encoded in sent.items():
        query = "&".join(f"{name}={encoded}" for name in sorted(names))
        yield from faults(undone(client.get, f"{path}?{query}"), f"{path} {what}")


def asked_for(client: Client, world: World) -> set[str]:
    """Every parameter of a page, from the source and from the forms that only ask."""
    pages = [undone(client.get, path) for path in paths(world)]
    found = [AskingFields(page.content.decode()).names for page in pages if page.status_code == 200]
    return parameters("GET").union(*found)


@pytest.mark.asvs("1.2.1", "1.2.4", "2.2.1", "16.5.3")
def test_no_parameter_breaks_a_page_or_becomes_markup(world: World, people: dict[str, Client]):
    maja = people["Maja"]
    names = asked_for(maja, world)
    wrong = [told for path in paths(world) for told in asked_with(maja, path, QUICK, names)]

    assert {"q", "find", "page", "next", "kode", "theme"} <= names
    assert wrong == []


# What an empty field is filled with, so that the form is taken and the text under test is kept.
VALID = {
    **dict.fromkeys(("text", "name", "words", "next_step", "function", "message", "signed_name"), "x"),
    "reach_at": "en dør",
    "address": "x@example.invalid",
    "who": "Amir",
}
# Not on the page that follows: a signature is kept and shown nowhere yet, and a note that was begun on the
# day's page stands with the resident, where the resident's own form has tried it.
# What is heard of somebody whom one does not know is answered alike whoever it is, without a name.
SHOWN_ELSEWHERE = {
    "/notat/ text",
    "/samtykke/ signed_name",
    "/taget-tilbage/ name",
    "/taget-tilbage/ number",
}
# A password is never shown again, and a passkey's form is the browser's own.
NEVER_SHOWN = {"/ind/konto/ password", "/min-adgang/adgangskode/ new", "/min-adgang/adgangskode/ present"}
NEVER_SHOWN |= {"/ind/bevis/noegle/ name"}
OUR_PICTURE = "img to data:image/svg+xml"  # the code to scan, drawn by ourselves


@pytest.mark.asvs("2.2.1", "16.5.3")
def test_what_no_text_holds_is_turned_away_before_it_is_looked_at(world: World, people: dict[str, Client]):
    tried = [f"{path}?{name}=a%00b" for path in paths(world) for name in ("find", "\0")]
    told = [undone(people["Maja"].get, one) for one in (*tried, "/beboere/%00/", "/%00")]

    assert {response.status_code for response in told} == {400}


def whole(form: Form) -> dict[str, str]:
    """The form as somebody sends it who has chosen and written something everywhere."""
    first = {name: next((one for one in values if one), "") for name, values in form.choices.items()}
    told = first | {name: value for name, value in form.fields.items() if value or name not in first}
    return {name: value or (VALID.get(name, "") if name in form.free else "") for name, value in told.items()}


def sent(client: Client, form: Form, typed: dict[str, str]) -> tuple[Any, Any]:
    """The answer to a form, and the page that somebody then stands on. What was written is undone."""
    with transaction.atomic():
        answer = client.post(form.action, whole(form) | {"once": str(uuid4())} | typed)
        page = client.get(answer.url) if answer.status_code == 302 else answer
        transaction.set_rollback(True)
    return answer, page


@pytest.fixture
def forms(world: World, people: dict[str, Client]) -> list[Form]:
    """Every form that Maja's pages hold in which somebody writes, once each."""
    legs = [keys_of(world.houses[HOUSE], leg) for leg in ("club", "draft")]
    found = {
        (form.action, *sorted(form.choices)): form for keys in legs for form in forms_of(people["Maja"], keys)
    }
    return [form for form in found.values() if form.free]


def written_wrong(client: Client, form: Form, name: str, text: str, what: str) -> tuple[list[str], bool]:
    """What is wrong after writing `text` in one field, and whether the form was taken."""
    answer, page = sent(client, form, {name: text})
    said = f"{form.action} {name} {what}"
    wrong = [*faults(answer, said), *faults(page, said)]
    is_taken = answer.status_code < 400
    is_elsewhere = is_taken and any(f"{form.action} {name}".endswith(one) for one in SHOWN_ELSEWHERE)
    is_elsewhere = is_elsewhere or f"{form.action} {name}" in NEVER_SHOWN
    if not is_elsewhere and not Page(page.content.decode()).shows(text):
        wrong.append(f"{said}: not shown as typed ({answer.status_code})")
    return wrong, is_taken


@pytest.mark.asvs("1.2.1", "1.2.3", "1.2.4", "1.3.2", "1.3.7", "1.3.10", "3.2.2", "16.5.3")
def test_what_is_written_in_any_field_is_shown_as_it_was_written(
    people: dict[str, Client], forms: list[Form]
):
    told = [
        (form.action, name, *written_wrong(people["Maja"], form, name, SHORT, "short"))
        for form in forms
        for name in sorted(form.free)
    ]

    assert [fault for *_where, faults_found, _taken in told for fault in faults_found] == []
    taken = {name for _action, name, _faults, is_taken in told if is_taken}
    assert {"text", "words", "name", "next_step", "reach_rules", "message", "signed_name"} <= taken


@pytest.mark.asvs("2.2.1", "16.5.3")
def test_what_cannot_be_kept_is_refused_and_breaks_nothing(people: dict[str, Client], forms: list[Form]):
    wrong = [
        fault
        for form in forms
        for text in ("\0", "a" * 100_000)
        for response in sent(people["Maja"], form, dict.fromkeys(form.choices, text))
        for fault in faults(response, form.action)
    ]

    assert wrong == []


@pytest.mark.asvs("1.4.2", "2.2.1", "16.5.3")
@pytest.mark.parametrize(
    "text", [pytest.param(SHORT + "9" * 40, marks=pytest.mark.deep), "\0"], ids=["markup", "nul"]
)
def test_a_press_with_nonsense_in_everything_it_may_carry_breaks_nothing(
    world: World, people: dict[str, Client], text: str
):
    """Also in what no field holds: keys, versions, signed choices, and names from any other form."""
    names = parameters("POST") | parameters("GET")
    wrong = [
        fault
        for path in paths(world)
        for response in [
            undone(people["Maja"].post, path, dict.fromkeys(names, text) | {"once": str(uuid4())})
        ]
        for fault in faults(response, path)
    ]

    assert {"once", "seen", "forslag", "shown", "version"} <= names
    assert wrong == []


@pytest.mark.asvs("5.3.2", "16.5.3")
def test_no_piece_of_an_address_breaks_a_page(people: dict[str, Client], world: World):
    pieces = [*BYTES.values(), quote(ALL_IN_ONE, safe=""), quote(SHORT, safe="")]
    wrong = [
        fault
        for one in addresses()
        for piece in (pieces if "str" in one.keys.values() else pieces[:2] if one.keys else [])
        for response in [undone(people["Maja"].get, _with_piece(one, piece))]
        for fault in faults(response, f"{one.name} {piece}")
    ]

    assert wrong == []


def _with_piece(one: Address, piece: str) -> str:
    return "/" + ARGUMENT.sub(lambda _found: piece, one.path)


@pytest.mark.asvs("16.5.3")
@pytest.mark.parametrize(
    "name",
    ["Cookie", "Accept-Language", "Referer", "Origin", "User-Agent", "Content-Type", "Idempotency-Key"],
)
def test_no_header_breaks_a_page(people: dict[str, Client], name: str):
    sent_along = [ALL_IN_ONE.encode().decode("latin-1"), "a" * 100_000, "da," * 30_000]
    wrong = [
        fault
        for text in sent_along
        for verb in ("get", "post")
        for response in [undone(getattr(people["nobody"], verb), "/ind/", headers={name: text})]
        for fault in faults(response, text[:60])
    ]

    assert wrong == []


@pytest.mark.asvs("3.7.2")
@pytest.mark.parametrize("wanted", WAYS_BACK, ids=ascii)
def test_nobody_is_sent_away_by_what_they_were_to_come_back_to(people: dict[str, Client], wanted: str):
    installation._known.append(InstallationKind.DEMO)
    where = undone(people["nobody"].post, "/sprog/", {"next": wanted, "language": "en"})
    page = undone(people["nobody"].get, "/ind/", {"next": wanted}).content.decode()
    led = [where.url, *(value for value in Page(page).values if "evil" in value.casefold())]

    assert where.status_code == 302
    assert [one for one in led if _leads_away(one)] == []


def _leads_away(path: str) -> bool:
    """As a browser reads it: blanks and controls are dropped, and a backslash is a slash."""
    seen = re.sub(r"[\x00-\x20]", "", path).replace("\\", "/")
    return not seen.startswith("/") or seen.startswith("//")


def test_a_page_that_forgot_to_escape_is_found():
    """The control: the same strings, put into a page as they are."""
    dangerous = [
        "script",
        "image",
        "svg",
        "closes a quote",
        "closes a tick",
        "closes a field",
        "script in script",
    ]
    unescaped = {
        name: Page(f'<input value="{TEXTS[name]}"><p>{TEXTS[name]}</p>').running for name in dangerous
    }

    assert [name for name, running in unescaped.items() if not running] == []
    assert not Page("<p>&lt;b&gt;x&lt;/b&gt;</p>").running
    assert not Page("<p>{{7*7}} is 49</p>").shows(TEXTS["template"])


@pytest.mark.deep
def test_every_text_in_every_field(people: dict[str, Client], forms: list[Form]):
    wrong = [
        fault
        for form in forms
        for name in sorted(form.free)
        for what, text in in_pieces(110).items()
        for fault in written_wrong(people["Maja"], form, name, text, what)[0]
    ]

    assert wrong == []


@pytest.mark.deep
def test_every_long_text_in_every_form(people: dict[str, Client], forms: list[Form]):
    wrong = [
        fault
        for form in forms
        for what, text in LONG.items()
        for response in sent(people["Maja"], form, dict.fromkeys(sorted(form.free)[:1], text))
        for fault in faults(response, f"{form.action} {what}")
    ]

    assert wrong == []


@pytest.mark.deep
def test_everything_in_every_parameter_by_everybody(world: World, people: dict[str, Client]):
    names = asked_for(people["Maja"], world)
    everything = BYTES | {what: quote(text) for what, text in in_pieces(180).items()}
    wrong = [
        f"{who}: {told}"
        for who, client in people.items()
        for path in paths(world)
        for told in asked_with(client, path, everything, names)
    ]

    assert wrong == []
