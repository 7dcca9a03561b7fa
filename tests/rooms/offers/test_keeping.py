"""A partner keeps its own offers: as a member of its house, and through a link without account (OFF-02)."""

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from brobygger.accounts.models import Membership
from brobygger.accounts.terms import Role
from brobygger.foundation.audit import AuditRow
from brobygger.foundation.outbox import OutboxMessage
from brobygger.foundation.scope import organisation_scope
from brobygger.offers import listing, reads
from brobygger.offers.models import Location, Offer, Schedule
from brobygger.partners import standing_links
from brobygger.partners.terms import OrganisationKind
from tests.conftest import sign_in
from tests.people import CLUB, ELSEWHERE, HOUSE, Cast, football_offer, member, organisation

pytestmark = [pytest.mark.feature("OFF-02"), pytest.mark.slow]
WEEK = {f"day_{day}": "" for day in range(7)}


@pytest.fixture
def trainer(cast: Cast) -> Client:
    """Signed in at the club's own house, which does not keep the directory."""
    return sign_in(Client(), member(CLUB, "Karim", Role.PARTNER))


def part_of(offer: Offer, part: str) -> str:
    return f"/tilbud/{offer.pk}/ret/{part}/"


def filled(client: Client, path: str, **said: Any) -> dict[str, Any]:
    """The form as a browser would send it, with these answers in place of those that stood there."""
    page = client.get(path)
    form = page.context["form"]
    stood = {name: form[name].value() for name in form.fields}
    told = {name: value for name, value in stood.items() if value not in (None, False)}
    return told | said | {"once": str(uuid4()), "seen": str(page.context["seen"])}


def change(client: Client, path: str, **said: Any) -> Any:
    return client.post(path, filled(client, path, **said))


def public(offer: Offer) -> str:
    return Client().get(f"/tilbud/{offer.pk}/").content.decode()


def trail(act: str) -> list[AuditRow]:
    with organisation_scope(HOUSE):
        return list(AuditRow.objects.filter(act=act))


def test_a_changed_hour_is_on_the_public_page_and_in_the_fit_at_once(cast: Cast, trainer: Client):
    today = timezone.localdate()
    before = reads.directory(today).offers[cast.football.pk].slots

    change(trainer, part_of(cast.football, "tider"), day_3="18-19.30")

    assert "18–19.30" in public(cast.football)
    after = reads.directory(today).offers[cast.football.pk].slots
    assert [(slot.weekday, slot.from_) for slot in after] == [(0, 16 * 60), (3, 18 * 60)]
    assert before != after


def test_who_changed_what_and_when_stands_in_the_trail(cast: Cast, trainer: Client):
    change(trainer, part_of(cast.football, "hvem"), price="25,50")

    (line,) = trail("offer:changed")
    assert (line.facts, line.by_kind) == ({"fields": ["price"]}, "member")
    assert "25,50 kr. pr. gang" in public(cast.football)


@pytest.mark.parametrize(
    ("part", "said", "shown"),
    [
        ("tekster", {"description": "Vi spiller på kunstgræs."}, "kunstgræs"),
        ("hvem", {"languages": ["da", "ar"]}, "Arabisk og dansk"),
        ("hvem", {"minimum_age": "7", "maximum_age": "9"}, "7–9 år"),
        ("hvem", {"only_for": "women"}, "kvinder"),
        ("tider", {"is_paused": "on"}, "Holder pause"),
        ("plads", {"capacity_kind": "full", "free": "", "next_places_on": "2099-08-10"}, "Fuldt til"),
        ("plads", {"capacity_kind": "places", "free": "7"}, "7 ledige pladser"),
    ],
)
def test_what_a_partner_says_is_what_everybody_reads(
    cast: Cast, trainer: Client, part: str, said: dict[str, Any], shown: str
):
    answer = change(trainer, part_of(cast.football, part), **said)

    assert answer.status_code == 302
    assert shown in public(cast.football)


def test_whether_one_gets_in_without_stairs_is_said_for_each_place(cast: Cast, trainer: Client):
    pitch = Location.objects.get(name="Bane 2")

    change(trainer, part_of(cast.football, "hvem"), **{f"access_{pitch.pk}": "no"})

    assert "Der er trapper" in public(cast.football)


def test_a_day_that_is_emptied_is_not_told_any_more_and_its_row_is_kept(cast: Cast, trainer: Client):
    path = part_of(cast.football, "tider")
    change(trainer, path, day_2="10-11", day_4="lukket")

    change(trainer, path, day_2="")

    own = Schedule.objects.filter(offer=cast.football)
    standing = own.filter(withdrawn_at=None).values_list("weekday", "opens_at")
    assert dict(standing)[4] is None
    assert set(dict(standing)) == {0, 4}
    assert own.filter(weekday=2).get().withdrawn_at is not None


@pytest.mark.parametrize("said", ["9-5", "engang", "25-26"])
def test_an_hour_that_cannot_be_read_is_asked_for_again(cast: Cast, trainer: Client, said: str):
    answer = change(trainer, part_of(cast.football, "tider"), day_1=said)

    assert answer.status_code == 422
    assert not Schedule.objects.filter(offer=cast.football).exists()


def test_a_form_that_is_sent_as_it_stood_changes_nothing(cast: Cast, trainer: Client):
    for part in ("tekster", "hvem", "tider"):
        change(trainer, part_of(cast.football, part))

    assert Offer.objects.get().version == cast.football.version
    assert trail("offer:changed") == []


def test_places_are_counted_from_those_that_are_taken_by_then(cast: Cast, trainer: Client):
    with organisation_scope(HOUSE):
        Offer.objects.update(places_taken=1)

    change(trainer, part_of(cast.football, "plads"), free="4")

    offer = Offer.objects.get()
    assert (offer.places_total, offer.places_taken, offer.free_places) == (5, 1, 4)
    assert offer.capacity_confirmed_on == timezone.localdate()


def test_two_who_save_at_once_read_both_and_choose(cast: Cast, trainer: Client):
    path = part_of(cast.football, "hvem")
    late = filled(trainer, path, price="40")
    change(trainer, path, price="30")

    refused = trainer.post(path, late)
    chosen = late | {"once": str(uuid4()), "seen": str(refused.context["seen"]), "keep_price": "mine"}

    assert refused.status_code == 409
    assert "30" in refused.content.decode()
    assert Offer.objects.get().price == 3000
    assert trainer.post(path, chosen).status_code == 302
    assert Offer.objects.get().price == 4000


def test_what_another_wrote_may_be_left_to_stand(cast: Cast, trainer: Client):
    path = part_of(cast.football, "hvem")
    late = filled(trainer, path, price="40")
    change(trainer, path, price="30")

    trainer.post(path, late | {"seen": "2", "keep_price": "now"})

    assert Offer.objects.get().price == 3000


def test_an_offer_is_taken_out_and_put_back(cast: Cast, trainer: Client):
    path = f"/tilbud/{cast.football.pk}/ret/"

    trainer.post(path, {"once": str(uuid4()), "what": "tag-ud"})
    gone = Offer.objects.get().withdrawn_at
    trainer.post(path, {"once": str(uuid4()), "what": "saet-ind"})

    assert gone is not None
    assert Offer.objects.get().withdrawn_at is None
    assert len(trail("offer:withdrawn") + trail("offer:put_back")) == 2


def test_a_partner_with_a_house_writes_a_new_offer_into_its_own_directory(cast: Cast, trainer: Client):
    answer = trainer.post("/tilbud/nyt/", {"once": str(uuid4()), "name": "Håndbold", "themes": ["leisure"]})

    offer = Offer.objects.get(name="Håndbold")
    assert answer["Location"] == f"/tilbud/{offer.pk}/ret/"
    assert (offer.keeper_id, offer.organisation_id) == (CLUB, CLUB)


def test_a_worker_writes_an_offer_in_for_a_partner(cast: Cast):
    maja = sign_in(Client(), cast.maja)

    maja.post(f"/tilbud/nyt/?hos={CLUB}", {"once": str(uuid4()), "name": "Håndbold"})

    assert Offer.objects.get(name="Håndbold").keeper_id == HOUSE


def test_another_partner_and_another_house_find_nothing(cast: Cast):
    others = [(ELSEWHERE, Role.PARTNER), (HOUSE, Role.PARTNER), (HOUSE, Role.VOLUNTEER), (HOUSE, Role.BOARD)]
    strangers = [cast.ole, *(member(house, "Bo", role) for house, role in others)]
    paths = [f"/tilbud/{cast.football.pk}/ret/", part_of(cast.football, "tider")]
    clients = [sign_in(Client(), who) for who in strangers]
    seen = {client.get(path).status_code for client in clients for path in paths}
    pressed = {client.post(path, {"once": str(uuid4())}).status_code for client in clients for path in paths}

    assert seen | pressed == {404}


def test_whoever_may_correct_an_offer_finds_the_way_there_from_its_public_page(cast: Cast, trainer: Client):
    way = f"/tilbud/{cast.football.pk}/ret/"
    stranger = sign_in(Client(), cast.ole)

    shown = [client.get(f"/tilbud/{cast.football.pk}/").content.decode() for client in (trainer, stranger)]

    assert [way in page for page in (*shown, public(cast.football))] == [True, False, False]


# --- through a link ---


@pytest.fixture
def link(cast: Cast) -> str:
    """The path of the trainer's listing link."""
    return f"/jeres-tilbud/{token_of(cast)}/"


def token_of(cast: Cast) -> str:
    with organisation_scope(HOUSE, member=cast.maja.pk):
        made = listing.order_listing_link(contact=cast.trainer, by=cast.maja, at=timezone.now())
        return standing_links.cut_key(made)


def test_a_partner_without_account_corrects_its_hours_through_its_link(cast: Cast, link: str):
    client = Client()

    answer = change(client, f"{link}{cast.football.pk}/tider/", day_3="18-19")

    assert answer.status_code == 302
    assert "18–19" in public(cast.football)
    (line,) = trail("offer:changed")
    assert (line.by_kind, line.facts) == ("link", {"fields": ["hours"]})


def test_looks_through_the_link_change_nothing(cast: Cast, link: str):
    client = Client()
    paths = [link, f"{link}nyt/", f"{link}{cast.football.pk}/", f"{link}{cast.football.pk}/plads/"]

    told = [getattr(client, verb)(path).status_code for path in paths for verb in ("get", "head")]

    assert set(told) == {200}
    assert (Offer.objects.get().version, trail("offer:changed")) == (1, [])


def test_the_link_opens_no_other_partners_offers(cast: Cast, link: str):
    other = organisation(uuid4(), "Spejderne", OrganisationKind.ASSOCIATION)
    with organisation_scope(HOUSE):
        scouts = football_offer(other, name="Spejder")

    page = Client().get(link).content.decode()

    assert "Fodbold" in page
    assert "Spejder" not in page
    assert Client().get(f"{link}{scouts.pk}/tider/").status_code == 404


def test_the_link_opens_no_offer_that_another_house_keeps(cast: Cast, link: str):
    with organisation_scope(ELSEWHERE):
        theirs = football_offer(cast.club, name="Fodbold hos de andre")

    assert Client().get(f"{link}{theirs.pk}/").status_code == 404


def test_a_link_that_is_taken_back_or_whose_contact_has_left_is_over(cast: Cast, link: str):
    with organisation_scope(HOUSE, member=cast.maja.pk):
        cast.trainer.is_active = False
        cast.trainer.save()

    assert Client().get(link).status_code == 410
    assert Client().get("/jeres-tilbud/x/").status_code == 404


def test_the_same_press_through_the_link_counts_once(cast: Cast, link: str):
    sent = {"once": str(uuid4()), "name": "Håndbold"}
    client = Client()

    first, again = (client.post(f"{link}nyt/", sent) for _ in range(2))

    assert first["Location"] == again["Location"]
    assert Offer.objects.filter(name="Håndbold").count() == 1


def test_a_worker_gives_and_takes_back_a_link(
    cast: Cast, as_member: Callable[[Membership], Client], once: Callable[..., dict[str, Any]]
):
    maja, path = as_member(cast.maja), f"/tilbud/kataloglink/{CLUB}/"

    maja.post(path, once(contact=str(cast.trainer.pk), what="giv"))
    given = maja.get(path).content.decode()
    maja.post(path, once(contact=str(cast.trainer.pk), what="stop"))

    assert "Har haft et link siden" in given
    assert "Har intet link" in maja.get(path).content.decode()
    assert len(trail("listing_link:ordered") + trail("listing_link:revoked")) == 2


def test_the_message_says_nothing_of_anybody_and_carries_the_link(cast: Cast, settings: Any, tmp_path: Any):
    settings.BROBYGGER_HOME, settings.BROBYGGER_OUTBOX = str(tmp_path), "file"
    with organisation_scope(HOUSE, member=cast.maja.pk):
        listing.order_listing_link(contact=cast.trainer, by=cast.maja, at=timezone.now())
        assert listing.hand_out(OutboxMessage.objects.get().pk, now=timezone.now())

    (letter,) = (tmp_path / "outbox" / cast.trainer.address).iterdir()
    found = re.search(r"/jeres-tilbud/([\w-]{43})/", letter.read_text())
    assert found
    assert Client().get(found[0]).status_code == 200


def test_a_partner_takes_a_change_back_through_its_link(cast: Cast, link: str):
    client, page = Client(), f"{link}{cast.football.pk}/"
    change(client, f"{page}hvem/", price="50")

    history = client.get(f"{page}historik/")
    client.post(f"{page}historik/", {"once": str(uuid4()), "save": str(history.context["saves"][0].key)})

    assert "Maja" not in history.content.decode()
    assert Offer.objects.get().price == 0
