"""The partner's side of the other way. No page, and no question to the database, tells whom we know."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brobygger.bridging import triage
from brobygger.bridging.asks import Ask, AskLink
from brobygger.bridging.terms import RejectReason
from brobygger.foundation.scope import organisation_scope
from brobygger.partners.models import Contact
from brobygger.privacy.models import Consent
from brobygger.privacy.terms import ConsentAct, ConsentForm, DataKind, Direction
from brobygger.residents.actions import register_resident
from brobygger.residents.terms import WayToReach
from tests.people import ELSEWHERE, HOUSE, NOW, Cast
from tests.rooms.bridging import asks

PERSONAL = ("Amir", "00 00 00 00", "efter skole", "mundtligt ja")


@pytest.fixture
def sanne(cast: Cast) -> str:
    """The token of Sanne's standing link."""
    return token_of(cast, asks.sanne)


def token_of(cast: Cast, who: Callable[[], Contact]) -> str:
    with organisation_scope(HOUSE, member=cast.maja.pk):
        _link, token = asks.link_of(who(), cast)
    return token


def send(client: Client, token: str, **fields: Any) -> Any:
    return client.post(f"/spoerg/{token}/send/", {"once": str(uuid4()), **asks.FIELDS, **fields})


def press(client: Client, token: str) -> str:
    return bare(client.post(f"/spoerg/{token}/vis/", {"once": str(uuid4())}).content.decode())


def bare(page: str) -> str:
    """A page without the keys that are new at each drawing."""
    lines = page.replace(">", ">\n").split("\n")
    return "\n".join(
        line for line in lines if "csrfmiddlewaretoken" not in line and 'name="once"' not in line
    )


def asked() -> list[Ask]:
    with organisation_scope(HOUSE):
        return list(Ask.objects.order_by("asked_at"))


@pytest.mark.feature("BRI-02")
@pytest.mark.parametrize("who", [asks.sanne, asks.birgit], ids=["Sanne", "Birgit"])
def test_a_school_or_a_municipality_asks_and_gets_a_code(
    client: Client, cast: Cast, who: Callable[[], Contact]
):
    token = token_of(cast, who)

    page = send(client, token)

    ask = asked()[0]
    assert page.status_code == 200
    assert ask.code in page.content.decode()
    assert (ask.state, ask.owner_id) == ("requested", cast.torben.pk)


@pytest.mark.feature("BRI-02")
def test_looks_change_nothing_and_show_nothing_personal(client: Client, sanne: str):
    send(client, sanne)
    before = [(one.pk, one.version) for one in asked()]

    shown = "".join(
        getattr(client, verb)(f"/spoerg/{sanne}/{page}").content.decode()
        for verb in ("get", "head", "options")
        for page in ("", "vis/", "send/")
    )

    assert [(one.pk, one.version) for one in asked()] == before
    assert not [word for word in PERSONAL if word in shown]


def test_no_page_repeats_whom_it_was_about(client: Client, sanne: str):
    thanks = send(client, sanne).content.decode()

    assert not [word for word in PERSONAL if word in thanks + press(client, sanne)]


@pytest.mark.feature("BRI-02")
@pytest.mark.parametrize("left_out", sorted(asks.FIELDS))
def test_what_is_left_out_is_asked_for_and_nothing_is_chosen_beforehand(
    client: Client, sanne: str, left_out: str
):
    page = send(client, sanne, **{left_out: ""})

    assert page.status_code == 422
    assert "checked" not in press(client, sanne)
    assert asked() == []


@pytest.mark.feature("PRI-08")
def test_a_cpr_number_is_stopped(client: Client, sanne: str):
    page = send(client, sanne, wanted="Han hedder 010203-1234")

    assert (page.status_code, asked()) == (422, [])


@pytest.mark.feature("BRI-02")
def test_the_same_press_twice_is_one_ask_and_one_code(client: Client, sanne: str):
    key = str(uuid4())

    first, second = send(client, sanne, once=key), send(client, sanne, once=key)
    other = send(client, sanne, once=key, who="En anden")

    assert first.content == second.content
    assert (len(asked()), other.status_code) == (1, 422)


def test_a_member_who_follows_a_partners_link_asks_as_the_partner(
    as_member: Callable[..., Client], cast: Cast, sanne: str
):
    page = send(as_member(cast.ole), sanne)

    assert page.status_code == 200
    assert [one.organisation_id for one in asked()] == [HOUSE]
    with organisation_scope(ELSEWHERE):
        assert not Ask.objects.exists()


# --- known and unknown ---


def known(cast: Cast) -> Any:
    return cast.amir


def unknown(cast: Cast) -> Any:
    """Somebody whom the house had never heard of."""
    return register_resident(
        by=cast.torben, at=NOW, name="Zeno", reach_by=WayToReach.PHONE, reach_at="+45 00 00 00 01"
    )


def nothing(ask: Ask, cast: Cast) -> None:
    """As it came in."""


def refused(ask: Ask, cast: Cast) -> None:
    no = RejectReason.NOT_OUR_ROLE
    triage.decline_ask(ask=ask, seen=ask.version, reason=no, by=cast.torben, at=NOW)


ENDINGS: dict[str, tuple[Callable[..., Any], ...]] = {
    "asked": (nothing,),
    "declined": (refused,),
    "taken on": (asks.taken_on,),
    "not reached": (asks.taken_on, asks.given_up),
    "talked": (asks.taken_on, asks.talked),
    "yes": (asks.taken_on, asks.talked, asks.said_yes),
    "no": (asks.taken_on, asks.talked, asks.said_no),
}


def as_read(
    client: Client, cast: Cast, token: str, ending: str, whom: Callable[[Cast], Any]
) -> tuple[str, list[str]]:
    """What the partner reads, and what the database was asked for it, after one history; then undone."""
    with transaction.atomic():
        with organisation_scope(HOUSE, member=cast.torben.pk):
            ask = asks.asked_again(AskLink.objects.get(), who=whom.__name__)
            Ask.objects.filter(pk=ask.pk).update(code="F-11111")
            about = whom(cast)
            for step in ENDINGS[ending]:
                step(asks.fresh(ask), cast, **({"resident": about} if step is asks.taken_on else {}))
        with CaptureQueriesContext(connection) as queries:
            page = press(client, token)
        transaction.set_rollback(True)
    return page, [MOMENT.sub("…", one["sql"]) for one in queries]


MOMENT = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:[0-9:.+]+|\"s\d+_x\d+\"")  # and names of savepoints


@pytest.mark.feature("BRI-02")
@pytest.mark.parametrize("ending", ENDINGS)
def test_known_and_unknown_read_alike_byte_for_byte_and_query_for_query(
    client: Client, cast: Cast, sanne: str, ending: str
):
    press(client, sanne)  # what is read once and kept

    one, other = (as_read(client, cast, sanne, ending, whom) for whom in (known, unknown))

    assert "F-11111" in one[0]
    assert one == other


@pytest.mark.feature("BRI-02")
@pytest.mark.parametrize(
    ("ending", "word"),
    [
        ("asked", "venter på os"),
        ("declined", "ikke udført"),
        ("taken on", "venter på os"),
        ("not reached", "ikke udført"),
        ("talked", "udført"),
        ("yes", "udført"),
        ("no", "udført"),
    ],
)
def test_the_partner_reads_three_words_and_no_reason_but_our_own(
    client: Client, cast: Cast, sanne: str, ending: str, word: str
):
    page, _queries = as_read(client, cast, sanne, ending, known)

    assert f"F-11111: {word}</p" in page.replace("\n", "")
    assert ("Det er ikke vores opgave" in page) == (ending == "declined")
    assert not [said for said in ("ikke truffet", "ønsker ikke", MORE, "Amir") if said in page]


def test_yes_and_no_of_the_resident_read_alike(client: Client, cast: Cast, sanne: str):
    press(client, sanne)

    yes, no = (as_read(client, cast, sanne, ending, known) for ending in ("yes", "no"))

    assert yes == no


# --- until the resident agrees to more ---


@pytest.fixture
def answered(cast: Cast, sanne: str) -> Ask:
    with organisation_scope(HOUSE, member=cast.torben.pk):
        ask = asks.talked(asks.taken_on(asks.asked_again(AskLink.objects.get()), cast), cast)
        return asks.said_yes(ask, cast, at=timezone.now())


def sign(ask: Ask, cast: Cast, *, act: ConsentAct = ConsentAct.GIVEN, hours: int = 0) -> None:
    with organisation_scope(HOUSE, member=cast.maja.pk):
        Consent.objects.create(
            resident_id=cast.amir.pk,
            recipient_id=ask.partner_id,
            act=act,
            direction=Direction.GIVE,
            categories=[DataKind.OUTCOME],
            purpose="svar",
            form=ConsentForm.SCREEN,
            wording="Jeg siger ja.",
            language="da",
            signed_name="Amir",
            witness=cast.maja,
            at=timezone.now() + timedelta(hours=hours),
            valid_until=timezone.localdate() + timedelta(days=180),
        )


MORE = "Beboeren vil gerne have hjælp"


@pytest.mark.feature("BRI-02")
def test_what_came_of_it_is_read_when_the_resident_has_signed(
    client: Client, cast: Cast, sanne: str, answered: Ask
):
    before = press(client, sanne)
    sign(answered, cast)
    signed = press(client, sanne)
    sign(answered, cast, act=ConsentAct.WITHDRAWN, hours=1)
    withdrawn = press(client, sanne)

    assert [MORE in page for page in (before, signed, withdrawn)] == [False, True, False]
    assert before == withdrawn


def test_a_month_later_only_code_and_days_are_left(client: Client, cast: Cast, sanne: str, answered: Ask):
    sign(answered, cast)
    with organisation_scope(HOUSE):
        Ask.objects.update(ended_at=timezone.now() - timedelta(days=31))

    assert MORE not in press(client, sanne)


# --- whose asks ---


@pytest.mark.feature("BRI-02")
def test_a_partner_reads_its_own_asks_and_no_others(client: Client, cast: Cast, sanne: str):
    birgit = token_of(cast, asks.birgit)
    for token in (sanne, birgit):
        send(client, token)
    mine, theirs = [one.code for one in asked()]

    page = press(client, sanne)

    assert (mine in page, theirs in page) == (True, False)


def test_a_new_link_shows_what_the_contact_asked_through_the_old_one(client: Client, cast: Cast, sanne: str):
    send(client, sanne)
    with organisation_scope(HOUSE, member=cast.maja.pk):
        _link, token = asks.link_of(Contact.objects.get(name=asks.SANNE), cast)

    assert asked()[0].code in press(client, token)
    assert client.get(f"/spoerg/{sanne}/").status_code == 410


@pytest.mark.parametrize("changes", [{"is_active": False}, {"verified_on": None}])
def test_whoever_no_longer_stands_for_the_partner_asks_no_more(
    client: Client, sanne: str, changes: dict[str, Any]
):
    with organisation_scope(HOUSE):
        Contact.objects.filter(name=asks.SANNE).update(**changes)

    assert (send(client, sanne).status_code, asked()) == (410, [])


def test_a_token_nobody_made_is_not_there(client: Client, cast: Cast):
    assert {client.get(f"/spoerg/{token}/").status_code for token in ("x", "a" * 43)} == {404}


def test_the_secret_in_the_address_is_told_to_nobody(client: Client, sanne: str):
    page = client.get(f"/spoerg/{sanne}/")

    assert page["Referrer-Policy"] == "strict-origin"
    assert "no-store" in page["Cache-Control"]
    assert "noindex" in page["X-Robots-Tag"]


def test_the_pages_ask_for_little(client: Client, cast: Cast, sanne: str, answered: Ask):
    sign(answered, cast)
    for _ in range(10):
        send(client, sanne)

    with CaptureQueriesContext(connection) as queries:
        press(client, sanne)

    assert len([one for one in queries if one["sql"].startswith("SELECT")]) <= 12
