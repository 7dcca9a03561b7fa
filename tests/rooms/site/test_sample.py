"""The sample estate, built once for all tests here and given back at the end."""

import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import phonenumbers
import pytest
from django.apps import apps
from django.db import connection, models, transaction
from django.test.utils import override_settings
from django.utils import translation

from brobygger.accounts.mailboxes import letters, mailboxes
from brobygger.accounts.models import Membership, User
from brobygger.accounts.terms import Role
from brobygger.bridging import reads, rules
from brobygger.bridging.links import way_of
from brobygger.bridging.models import Bridge, Clock, Leg, LegReasons, Statement
from brobygger.bridging.terms import BridgeState, Claim, ClockKind, LegState
from brobygger.foundation import installation
from brobygger.foundation.scope import organisation_scope
from brobygger.foundation.sockets import today_cards
from brobygger.foundation.trouble import Trouble
from brobygger.offers import exporting
from brobygger.offers.models import Location, Offer, OfferAtLocation, Schedule
from brobygger.offers.terms import CapacityKind, OfferStatus, OnlyFor, Theme
from brobygger.partners.models import Contact, Organisation, Partnership, PartnershipMember
from brobygger.partners.terms import ContactChannel
from brobygger.residents.models import Need, Note, Relation, Resident
from brobygger.residents.reads import residents_of
from brobygger.site import sample
from brobygger.site.sample import facts
from brobygger.site.sample.frame import ELSEWHERE, HOUSE, key
from brobygger.site.today import laid_out
from tests.people import NOW, TODAY
from tests.rooms.offers.empty_house import differences, given_out_again
from tests.rooms.site.estate import OURS, database_of_its_own, fingerprint, founded

pytestmark = pytest.mark.slow  # real processes, or a whole estate built anew

PUBLIC_URL = "http://localhost:8123"
NOT_OURS = re.compile(r"\b(sag(en|er|erne)?|klient\w*|henvis\w*|cpr\w*|borger(e|en|ne)?)\b", re.IGNORECASE)
THEIR_OWN_NAME = "Ældre Sagen"
IN_THE_ARTICLE = {
    *("astrid", "krag", "lars", "græsborg", "mathiasen", "kia", "bregenov", "beyer", "marlene", "na-yung"),
    *("cunliffe", "lone", "breum", "andersen", "lene", "boe", "kjeldsen", "henrik", "larsen", "iain"),
    *("silbiger", "anja", "robstrup", "stine"),
}


@dataclass
class Estate:
    """What the building said and cost, and where its letters lie."""

    home: Path
    said: list[str] = field(default_factory=list)
    queries: int = 0
    fingerprint: str = ""

    def count(self, execute: Any, *asked: Any) -> Any:
        self.queries += 1
        return execute(*asked)


@pytest.fixture(scope="module")
def estate(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: Any) -> Iterator[Estate]:
    built = Estate(home=tmp_path_factory.mktemp("estate"))
    ours = override_settings(BROBYGGER_HOME=str(built.home), BROBYGGER_PUBLIC_URL=PUBLIC_URL)
    with django_db_blocker.unblock(), founded("demo"), ours, transaction.atomic():
        with connection.execute_wrapper(built.count), translation.override("ar"):  # it is Danish all the same
            sample.build(built.said.append, now=NOW)
        with organisation_scope(HOUSE):
            built.fingerprint = fingerprint()
        yield built
        transaction.set_rollback(True)


@pytest.fixture
def house(estate: Estate) -> Iterator[Estate]:
    """The estate with the house open."""
    with organisation_scope(HOUSE):
        yield estate


def test_it_tells_in_words_what_it_builds(estate: Estate) -> None:
    told = " ".join(estate.said)

    assert "240 beboere" in told
    assert estate.said[-1].startswith("Øvehuset er bygget.")


def test_it_asks_the_database_no_oftener_than_it_must(house: Estate) -> None:
    """As often for each bridge as when there were sixty of them and seven thousand queries."""
    assert house.queries / Bridge.objects.count() < 7_000 / 60


def test_there_is_about_as_much_as_in_a_real_house(house: Estate) -> None:
    assert 220 <= Resident.objects.count() <= 260
    assert 270 <= Need.objects.count() <= 330
    assert 600 <= Note.objects.count() <= 800
    assert 140 <= Offer.objects.count() <= 170
    assert 24 <= Organisation.objects.filter(is_fictional=True, keeper_id=HOUSE).count() <= 32
    assert 75 <= Bridge.objects.count() <= 85


@pytest.mark.feature("OFF-07")
def test_its_directory_goes_out_and_into_an_empty_house_unchanged(house: Estate, tmp_path: Path) -> None:
    given, again = tmp_path / "ud", tmp_path / "igen"
    exporting.run(given, keeper=HOUSE)

    given_out_again(given, again)

    assert differences(given, again) == []


def test_everything_invented_is_marked(house: Estate) -> None:
    of_the_article = {key("organisation", fact.key) for fact in facts.ORGANISATIONS} | {HOUSE}

    unmarked = set(Organisation.objects.filter(is_fictional=False).values_list("pk", flat=True))

    assert unmarked == of_the_article
    assert not Resident.objects.filter(is_fictional=False).exists()
    assert not Offer.objects.filter(is_fictional=False).exists()


def test_nothing_invented_is_said_of_a_real_organisation(house: Estate) -> None:
    for invented in (Offer.objects, Location.objects):
        assert not invented.filter(organisation__is_fictional=False).exists()
    assert not Contact.objects.filter(partner__is_fictional=False).exists()
    assert not Leg.objects.filter(recipient__is_fictional=False).exists()


def test_nobody_speaks_like_an_authority(house: Estate) -> None:
    said = "\n".join(_texts()).replace(THEIR_OWN_NAME, "")

    assert NOT_OURS.findall(said) == []


def _texts() -> Iterator[str]:
    """Every text in every table of ours."""
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            kinds = (models.CharField, models.TextField)
            columns = [one.attname for one in model._meta.concrete_fields if isinstance(one, kinds)]
            if columns:
                yield from (str(text) for row in model.objects.values_list(*columns) for text in row)


def test_no_address_reaches_anybody(house: Estate) -> None:
    told = [
        *User.objects.values_list("email", flat=True),
        *Contact.objects.values_list("address", flat=True),
        *Resident.objects.values_list("reach_at", flat=True),
    ]
    numbers = [address for address in told if "+" in address]

    assert all(address.endswith(".invalid") for address in told if "@" in address)
    assert not any(list(phonenumbers.PhoneNumberMatcher(number, "DK")) for number in numbers)
    assert all("(fiktiv" in one.address for one in Contact.objects.filter(channel=ContactChannel.PAPER))


def test_no_name_is_taken_from_the_article(house: Estate) -> None:
    names = {
        *Resident.objects.values_list("name", flat=True),
        *Membership.objects.values_list("name", flat=True),
    }
    names |= set(Contact.objects.values_list("name", flat=True))

    words = {word for name in names for word in re.split(r"[ .]+", name.lower()) if len(word) > 1}

    assert words & IN_THE_ARTICLE == set()


def test_the_cast_is_there(house: Estate) -> None:
    by_mail = dict(Membership.objects.values_list("user__email", "role"))

    assert by_mail["maja@demo.invalid"] == Role.WORKER
    assert by_mail["torben@demo.invalid"] == Role.LEADER
    assert by_mail["yusuf@demo.invalid"] == Role.VOLUNTEER
    assert by_mail["ole@demo.invalid"] == Role.WORKER
    assert set(Contact.objects.exclude(name="").values_list("name", flat=True)) == {"Birgit", "Sanne"}
    assert TODAY.year - Resident.objects.get(name__startswith="Inger").birth_year == 81
    assert Resident.objects.get(name__startswith="Amir").speaks == "ar"


def test_amirs_son_waits_for_whoever_tries_the_house(house: Estate) -> None:
    need = Need.objects.get(resident__name__startswith="Amir", theme=Theme.LEISURE)

    assert need.next_step_on == TODAY
    assert not need.bridges.exists()


@pytest.mark.feature("PAR-02")
def test_the_three_partnerships_stand_as_the_article_says(house: Estate) -> None:
    members = PartnershipMember.objects.select_related("partnership", "member")

    assert dict(Partnership.objects.values_list("name", "anchored_in__name")) == {
        "Partnerskabet for udsatte børn og unge": "Social- og Indenrigsministeriet",
        "Partnerskabet for udsatte voksne": "Social- og Indenrigsministeriet",
        "Partnerskab for svækkede ældre": "Sundheds- og Ældreministeriet",
    }
    assert {(one.partnership.name, one.member.name) for one in members if one.is_facilitator} == {
        ("Partnerskabet for udsatte børn og unge", "Red Barnet"),
        ("Partnerskabet for udsatte børn og unge", "Røde Kors"),
        ("Partnerskabet for udsatte børn og unge", "Børns Vilkår"),
        ("Partnerskabet for udsatte voksne", "Rådet for Socialt Udsatte"),
        ("Partnerskab for svækkede ældre", "FOA"),
        ("Partnerskab for svækkede ældre", "Ældre Sagen"),
    }
    assert Counter(one.member.name for one in members if not one.is_facilitator) == {
        "BL – Danmarks Almene Boliger": 3
    }


def test_the_directory_holds_every_kind_of_offer(house: Estate) -> None:
    offers = list(Offer.objects.all())

    assert {theme for offer in offers for theme in offer.themes} == set(Theme)
    assert {offer.capacity_kind for offer in offers} == set(CapacityKind)
    assert {offer.status for offer in offers} == set(OfferStatus)
    assert {offer.only_for for offer in offers} == set(OnlyFor)
    assert {offer.price for offer in offers} >= {None, 0, 2_000, 5_000, 15_000}
    assert set(Schedule.objects.values_list("weekday", flat=True)) == set(range(7))
    assert {place.is_step_free for place in Location.objects.all()} == {True, False, None}
    assert any(offer.opens_on and offer.opens_on > TODAY for offer in offers)
    assert any(offer.next_places_on and offer.next_places_on > TODAY for offer in offers)
    assert any(offer.capacity_confirmed_on < TODAY - timedelta(days=60) for offer in offers)
    assert OfferAtLocation.objects.count() == len(offers)


def test_every_partner_can_be_reached_somehow(house: Estate) -> None:
    """By a link, or marked as one to ring or write to (PAR-01)."""
    partners = Organisation.objects.filter(offers__isnull=False).distinct()

    unreached = partners.exclude(contacts__verified_on__isnull=False)

    assert not unreached.exists()
    assert set(Contact.objects.values_list("channel", flat=True)) == set(ContactChannel)
    assert Contact.objects.filter(is_coordinator=True).exists()


@pytest.mark.feature("RES-03")
def test_no_open_need_lacks_owner_step_or_day(house: Estate) -> None:
    still_open = Need.objects.filter(closed_at=None)

    assert not still_open.filter(owner=None).exists()
    assert not still_open.filter(next_step="").exists()
    assert not still_open.filter(next_step_on=None).exists()
    assert not Need.objects.filter(closed_at__isnull=False, outcome="").exists()


def test_nothing_happens_before_it_can(house: Estate) -> None:
    assert not Need.objects.filter(opened_at__lt=models.F("resident__made_at")).exists()
    assert not Bridge.objects.filter(opened_at__lt=models.F("need__opened_at")).exists()
    assert not Note.objects.filter(at__lt=models.F("resident__made_at")).exists()
    assert not Note.objects.filter(at__gt=NOW).exists()
    assert not Statement.objects.filter(at__gt=NOW).exists()
    assert not Relation.objects.filter(since__gt=TODAY).exists()


def test_bridges_stand_in_every_state_that_can_be_reached(house: Estate) -> None:
    torben = Membership.objects.get(name="Torben")
    bridges = [*reads.open_bridges(torben), *reads.closed_bridges(torben)]

    found = {rules.bridge_state(*reads.facts_of(bridge)) for bridge in bridges}

    assert found == set(BridgeState) - {BridgeState.DONE, BridgeState.NOT_DONE}
    assert set(Leg.objects.values_list("state", flat=True)) == set(LegState) - {LegState.ON_HOLD}


def test_every_clock_that_was_due_has_rung(house: Estate) -> None:
    running = Clock.objects.filter(ended_at=None)

    assert not running.filter(due_at__lte=NOW).exists()
    assert running.filter(due_at__date=TODAY).count() >= 5
    assert set(running.values_list("kind", flat=True)) == set(ClockKind) - {ClockKind.DECLINE_REVIEW}
    assert Statement.objects.filter(claim=Claim.CLOCK_RANG).count() >= 40


def test_bridges_keep_real_reasons_and_some_a_line_of_why(house: Estate) -> None:
    suggested = LegReasons.objects.filter(was_suggested=True)
    standings = {one["standing"] for kept in suggested for one in kept.reasons}

    assert standings >= {"fits", "ask"}
    assert LegReasons.objects.filter(was_suggested=False).exclude(chosen_because="").count() >= 3


def test_majas_day_is_full_but_not_too_full(house: Estate) -> None:
    maja = Membership.objects.get(name="Maja")

    day = laid_out((card for _name, draw in today_cards for card in draw(maja, NOW)), now=NOW)

    assert 4 <= day.waiting_on_me <= 10
    assert day.first is not None
    assert day.first.late
    assert 3 <= len(day.theirs) <= 10
    assert len(day.soon) >= 5


def test_the_letters_in_the_mailboxes_hold_links_that_work(house: Estate) -> None:
    boxes = {box.address for box in mailboxes()}
    birgits = letters("birgit@borgerraadgivningen-nv.invalid") or []

    tokens = [
        re.fullmatch(rf"{PUBLIC_URL}/svar/([\w-]+)/", letter.links[0]) for letter in birgits if letter.links
    ]

    assert boxes >= {"sanne@bispetoftens-skole.invalid", "traener@boldklubben-bispen.invalid"}
    ways = [way_of(token[1]) for token in tokens if token]
    assert any(way.is_open(NOW) and Leg.objects.get(pk=way.leg).is_live for way in ways if way)


def test_ole_has_a_house_of_his_own_and_sees_no_other(estate: Estate) -> None:
    ole = Membership.objects.get(name="Ole")

    with organisation_scope(ELSEWHERE, member=ole.pk):
        shown = residents_of(ole, on=TODAY)
        bridges = Bridge.objects.count()

    assert 4 <= shown.paginator.count <= 10
    assert bridges == 0


def test_the_database_agrees_with_everything(estate: Estate) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def test_a_second_building_does_nothing_and_says_so(house: Estate) -> None:
    before, said = fingerprint(), list[str]()

    sample.build(said.append, now=NOW + timedelta(days=3), seed=7)

    assert said == ["Øvehuset står her allerede. Der er intet ændret."]
    assert fingerprint() == before


@pytest.mark.feature("SIT-09")
@pytest.mark.parametrize("kind", [[], [installation.InstallationKind.LIVE]])
def test_invented_people_never_move_in_with_real_ones(
    estate: Estate, kind: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "kind", lambda: kind[0] if kind else None)

    with pytest.raises(Trouble, match="kun bygges i en øveudgave"):
        sample.build(lambda sentence: None)


def test_the_same_seed_and_moment_give_the_same_estate_in_another_process(estate: Estate) -> None:
    """Another process, because the order of sets differs between processes and not within one."""
    with database_of_its_own() as environment:
        environment |= {
            "BROBYGGER_HOME": str(estate.home / "other"),
            "PYTHONPATH": "src",
            "PYTHONHASHSEED": "7",
        }
        told = subprocess.run(
            [sys.executable, "-m", "tests.rooms.site.estate"],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        )

    assert told.stdout.strip() == estate.fingerprint
