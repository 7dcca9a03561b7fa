"""The stranger: Ole, signed in at another house, and everybody else who has no business with a resident.

"You may not" and "there is no such thing" are one answer, byte for byte, on every address with a key and
for every verb. The addresses come from the resolver: a new page is attacked without being named here.
"""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from django.http import Http404
from django.test import Client

from brobygger.accounts.models import Membership
from brobygger.accounts.terms import Role
from brobygger.bridging.models import LegDraft
from brobygger.foundation.audit import AuditRow
from brobygger.foundation.once import OnceRow
from brobygger.foundation.scope import organisation_scope
from brobygger.offers.models import Offer
from brobygger.partners.models import Contact, Partnership
from brobygger.residents import reads
from brobygger.residents.models import Need, Note, Resident
from tests.conftest import sign_in
from tests.house.addresses import Address, Form, addresses, answer, forms_in, with_records
from tests.house.world import House, World, owned_models
from tests.people import CLUB, ELSEWHERE, HOUSE, member

USUAL_VERBS = ("get", "post")
ALL_VERBS = (*USUAL_VERBS, "head", "options", "put", "delete")  # tried by Ole
# Everybody may read the directory (FOUNDATION 2); what else such a page shows is searched for canaries.
IMPORTS = {"order", "columns", "take", "go_on", "drop", "order_report", "run", "run_report", "undo"}
LEADERS = {"renew_password", "renew_factor", "deactivate", *(f"offers:import_{one}" for one in IMPORTS)}
PUBLIC_KEYS = {"offer_id", "partner_id"}
SEARCHES = {"q": "Hansen", "find": "Hansen", "page": "1", "hvis": "x", "sammenlign": "x"}
CANARY, OF_RESIDENTS = "KANARIE", "BEBOERORD"  # stand in what the house, or who meets residents, may read


def private() -> list[Address]:
    return [one for one in with_records() if not PUBLIC_KEYS & set(one.keys)]


def keys_of(house: House, leg: str) -> dict[str, UUID]:
    """The real keys of one house, under the names that addresses use."""
    chosen = house.legs[leg]
    return {
        "resident_id": house.person.pk,
        "need_id": chosen.bridge.need_id,
        "note_id": house.note,
        "bridge_id": chosen.bridge_id,
        "leg_id": chosen.pk,
        "contact_id": chosen.contact_id,
        "ask_id": house.ask.pk,
        "membership_id": house.worker.pk,
        "stay_id": house.worker.sessions.earliest("opened_at").pk,
        "factor_id": house.worker.user.factors.get().pk,
        "company_id": house.company,
        "order_id": house.order,
        "run_id": house.run,
    }


@pytest.fixture
def strangers(world: World) -> dict[str, Client]:
    """Those to whom no resident of our house exists."""
    people = {
        "Ole": world.houses[ELSEWHERE].worker,
        "a volunteer": member(HOUSE, "Yusuf", Role.VOLUNTEER),
        "a board member": member(HOUSE, "Bent", Role.BOARD),
        "a partner": member(HOUSE, "Birgit", Role.PARTNER),
        "a colleague who is nobody's worker": member(HOUSE, "Mie", Role.WORKER),
    }
    return {name: sign_in(Client(), who) for name, who in people.items()} | {"nobody": Client()}


@pytest.fixture
def maja(world: World) -> Client:
    return sign_in(Client(), world.houses[HOUSE].worker)


def ask(client: Client, verb: str, path: str, data: dict[str, Any]) -> Any:
    """One request whose writing is undone."""
    with transaction.atomic():
        response = (
            getattr(client, verb)(path, data) if verb in {"get", "post"} else getattr(client, verb)(path)
        )
        transaction.set_rollback(True)
    return response


def told(client: Client, verb: str, address: Address, keys: dict[str, Any], data: dict[str, Any]) -> Any:
    sent = data | {"once": str(uuid4())} if verb == "post" else data
    return answer(ask(client, verb, address.with_keys(keys), sent), keys.values())


def differing(world: World, strangers: dict[str, Client], address: Address) -> list[str]:
    """As whom, and by which verb, a real key is answered otherwise than an invented one."""
    missing = {key: uuid4() for key in address.keys}
    return [
        f"{verb} as {name}"
        for name, client in strangers.items()
        for verb in (ALL_VERBS if name == "Ole" else USUAL_VERBS)
        if told(client, verb, address, missing, {})
        != told(client, verb, address, keys_of(world.houses[HOUSE], "club"), {})
    ]


def test_every_key_in_an_address_is_known_to_this_test(world: World):
    known = set(keys_of(world.houses[HOUSE], "club")) | PUBLIC_KEYS

    keys = {key for one in with_records() for key, kind in one.keys.items() if kind == "uuid"}
    assert keys <= known


@pytest.mark.parametrize("address", private(), ids=lambda one: one.name)
@pytest.mark.feature("ACC-02")
@pytest.mark.asvs("8.2.1", "8.2.2")
def test_forbidden_and_missing_are_one_answer(world: World, strangers: dict[str, Client], address: Address):
    assert differing(world, strangers, address) == []


def test_a_page_that_says_forbidden_is_found(
    world: World, strangers: dict[str, Client], monkeypatch: pytest.MonkeyPatch
):
    """The control: one page gives away that somebody exists."""
    known = world.houses[HOUSE].person.pk

    def leaking(viewer: Membership, resident_id: UUID, **_: object) -> Resident:
        raise PermissionDenied if resident_id == known else Http404

    monkeypatch.setattr(reads, "resident_for", leaking)
    page = next(one for one in private() if one.name == "residents:one")

    assert "get as Ole" in differing(world, strangers, page)


@pytest.mark.parametrize("address", private(), ids=lambda one: one.name)
def test_the_one_whose_work_it_is_gets_another_answer(world: World, maja: Client, address: Address):
    """The control: without it, a page that is missing for everybody would pass."""
    house = world.houses[HOUSE]
    missing = {key: uuid4() for key in address.keys}
    if address.name in LEADERS:
        maja = sign_in(Client(), member(HOUSE, "Torben", Role.LEADER))
    found = {
        told(maja, verb, address, keys_of(house, leg), {})[0]
        for verb in ("get", "post")
        for leg in ("club", "draft")
    }

    assert found - {404, 405}
    assert {told(maja, verb, address, missing, {})[0] for verb in ("get", "post")} <= {404, 405}


@pytest.mark.parametrize("address", private(), ids=lambda one: one.name)
@pytest.mark.asvs("8.2.1", "8.3.1")
def test_a_filled_form_does_not_open_the_door(
    world: World, maja: Client, strangers: dict[str, Client], address: Address
):
    """Everything that Maja's own page would send, sent by a stranger."""
    real, missing = keys_of(world.houses[HOUSE], "draft"), {key: uuid4() for key in address.keys}
    page = ask(maja, "get", address.with_keys(real), {})
    sent = [form.filled() for form in forms_in(page.content.decode())]
    wrong = [
        name
        for name, client in strangers.items()
        for fields in sent
        if told(client, "post", address, real, fields) != told(client, "post", address, missing, fields)
    ]

    assert wrong == []


def test_what_majas_pages_would_send_changes_nothing_when_strangers_send_it(
    world: World, maja: Client, strangers: dict[str, Client]
):
    """Also what her pages have signed. The colleague is left out: she may register residents of her own."""
    legs = [keys_of(world.houses[HOUSE], leg) for leg in ("club", "draft")]
    forms = {(form.action, *form.fields): form for keys in legs for form in forms_of(maja, keys)}
    before = everything_of(HOUSE)
    del strangers["a colleague who is nobody's worker"]

    for client in strangers.values():
        for form in forms.values():
            client.post(form.action, form.filled() | {"once": str(uuid4())})

    assert len(forms) >= 8
    assert everything_of(HOUSE) == before


@pytest.mark.asvs("8.2.2", "8.4.1")
def test_a_key_of_another_house_in_a_form_is_as_wrong_as_an_invented_one(world: World):
    """Ole fills in the forms of his own pages with keys from our house."""
    ole = sign_in(Client(), world.houses[ELSEWHERE].worker)
    theirs = [*keys_of(world.houses[HOUSE], "club").values(), world.houses[HOUSE].worker.pk]
    forms = forms_of(ole, keys_of(world.houses[ELSEWHERE], "draft"))
    tried = {(form.action, field): form for form in forms for field in form.naming_a_record()}
    wrong = [
        f"{action}: {field}"
        for (action, field), form in tried.items()
        for invented in [post_key(ole, form, field, uuid4())]
        for key in theirs
        if post_key(ole, form, field, key) != invented
    ]

    assert len(tried) >= 4
    assert wrong == []


@pytest.mark.asvs("8.4.1")
def test_no_address_shows_another_houses_words(world: World, planted: None):
    ole = sign_in(Client(), world.houses[ELSEWHERE].worker)
    paths = reachable(keys_of(world.houses[HOUSE], "neighbour") | public_keys())
    shown = [path for path in paths for search in ({}, SEARCHES) if planted_in(seen(ole, path, search))]
    shown += [path for path in paths if planted_in(seen(Client(), path, {}))]

    assert len(paths) > 20
    assert shown == []


@pytest.mark.feature("ACC-05")
@pytest.mark.parametrize("role", [Role.VOLUNTEER, Role.BOARD, Role.PARTNER])
def test_no_address_shows_a_resident_to_who_meets_none(world: World, planted: None, role: Role):
    client = sign_in(Client(), member(HOUSE, "Bent", role))
    paths = reachable(keys_of(world.houses[HOUSE], "club") | public_keys())

    assert client.get("/i-dag/").status_code == 200
    assert [path for path in paths if OF_RESIDENTS in seen(client, path, {})] == []


def test_maja_sees_the_planted_words(world: World, maja: Client, planted: None):
    """The control of the sweep."""
    keys = keys_of(world.houses[HOUSE], "club") | public_keys()
    shown = [planted_in(seen(maja, path, {})) for path in reachable(keys)]

    assert sum(OF_RESIDENTS in words for words in shown) >= 5
    assert any(CANARY in words for words in shown)


@pytest.fixture
def planted(world: World) -> None:
    """A word in everything that our house alone may read."""
    with organisation_scope(HOUSE):
        words = OF_RESIDENTS
        Resident.objects.update(name=f"{words} Hansen", reach_at=words, reach_rules=words)
        Need.objects.update(words=words, next_step=words, way_words=words, way_whose=words)
        Note.objects.update(text=words, by_name=words)
        LegDraft.objects.update(message=words)
        Contact.objects.update(name=CANARY, function=CANARY, address=CANARY, opening_hours=CANARY)
        Partnership.objects.update(name=CANARY, purpose=CANARY)
        Membership.objects.filter(organisation_id=HOUSE).update(house_name=CANARY)


def planted_in(text: str) -> set[str]:
    return {word for word in (CANARY, OF_RESIDENTS) if word in text}


def public_keys() -> dict[str, UUID]:
    return {"offer_id": Offer.objects.get(keeper_id=HOUSE, withdrawn_at=None).pk, "partner_id": CLUB}


def reachable(keys: dict[str, UUID]) -> list[str]:
    """Every address that these keys can fill in."""
    return [one.with_keys(keys) for one in addresses() if set(one.keys) <= set(keys)]


def seen(client: Client, path: str, search: dict[str, str]) -> str:
    response = ask(client, "get", path, search)
    return response.content.decode() + str(response.headers)


def forms_of(client: Client, keys: dict[str, UUID]) -> Iterator[Form]:
    """Every form on every page that these keys open."""
    for path in reachable(keys | public_keys()):
        page = ask(client, "get", path, {})
        for form in forms_in(page.content.decode()) if page.status_code == 200 else []:
            form.action = form.action or path
            yield form


def post_key(client: Client, form: Form, field: str, key: object) -> Any:
    sent = form.filled() | {field: str(key), "once": str(uuid4())}
    return answer(ask(client, "post", form.action, sent), [key])


def everything_of(house: UUID) -> dict[str, list[str]]:
    """Every row of a house but the keys of presses and the trail of looks."""
    rows = {}
    with organisation_scope(house), connection.cursor() as cursor:
        for model in owned_models():
            if not issubclass(model, OnceRow | AuditRow):
                cursor.execute(f'SELECT t::text FROM "{model._meta.db_table}" t ORDER BY 1')
                rows[model._meta.db_table] = cursor.fetchall()
    return rows
