"""The register is for everybody; the ways in and the partnerships are the house's own."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from brobygger.foundation.scope import organisation_scope
from brobygger.partners.models import Contact, Organisation, Partnership, PartnershipMember
from brobygger.partners.terms import ContactChannel, OrganisationKind
from tests.people import ELSEWHERE, HOUSE, Cast, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def partnership(cast: Cast) -> Partnership:
    with organisation_scope(HOUSE):
        found = Partnership.objects.create(
            name="Partnerskab om fritid", purpose="Flere børn i forening", anchored_in_id=HOUSE
        )
        PartnershipMember.objects.create(partnership=found, member=cast.club)
        PartnershipMember.objects.create(partnership=found, member_id=ELSEWHERE, is_facilitator=True)
    return found


def names(answer: Any) -> list[str]:
    return [row.name for row in answer.context["page"]]


def test_anybody_reads_the_register_by_kind_and_name(client, cast):
    organisation(uuid4(), "Ældre Sagen", OrganisationKind.ASSOCIATION)
    organisation(uuid4(), "Zebra", OrganisationKind.ASSOCIATION)

    answer = client.get("/partnere/")

    assert names(answer) == ["Beboerhuset", "Et andet hus", "Boldklubben", "Zebra", "Ældre Sagen"]


def test_a_name_and_a_kind_narrow_it(client, cast):
    assert names(client.get("/partnere/", {"q": "bold"})) == ["Boldklubben"]
    assert names(client.get("/partnere/", {"slags": "association"})) == ["Boldklubben"]
    assert names(client.get("/partnere/", {"slags": "nonsense", "q": "%"})) == []


@pytest.mark.feature("PAR-01")
def test_a_partner_has_a_verified_way_in_or_says_that_it_has_none(as_member, cast):
    answer = as_member(cast.maja).get("/partnere/")

    verified = {row.name: (row.way_in, row.is_verified) for row in answer.context["page"]}
    assert verified["Boldklubben"] == ("træner, e-mail", True)
    assert verified["Et andet hus"] == ("", False)
    assert "ingen bekræftet vej ind" in answer.content.decode()


@pytest.mark.feature("PAR-01")
def test_who_is_reached_by_telephone_or_letter_alone_is_marked_so(as_member, cast):
    with organisation_scope(HOUSE):
        Contact.objects.filter(pk=cast.trainer.pk).update(channel=ContactChannel.PAPER, address="Vej 1")

    page = as_member(cast.maja).get(f"/partnere/{cast.club.pk}/").content.decode()

    assert "Kun brev: Vej 1" in page


def test_the_ways_in_are_for_members_of_the_house_alone(client, as_member, cast):
    address = f"/partnere/{cast.club.pk}/"

    shown = [
        cast.trainer.address in answer.content.decode()
        for answer in (as_member(cast.maja).get(address), as_member(cast.ole).get(address))
    ]
    client.logout()
    without_login = client.get(address).content.decode()

    assert shown == [True, False]
    assert cast.trainer.address not in without_login
    assert "Boldklubben" in without_login


@pytest.mark.feature("PAR-01")
def test_a_region_that_begins_next_year_is_not_in_the_register_yet(client, cast):
    today = timezone.localdate()
    organisation(uuid4(), "Den gamle region", OrganisationKind.REGION)
    organisation(uuid4(), "Den nye region", OrganisationKind.REGION)
    new_year = date(today.year + 1, 1, 1)
    for name, period in (("Den gamle region", {"until": new_year}), ("Den nye region", {"since": new_year})):
        row = Organisation.objects.get(name=name)
        with organisation_scope(row.pk):
            Organisation.objects.filter(pk=row.pk).update(**period)

    answer = client.get("/partnere/", {"slags": "region"})

    assert names(answer) == ["Den gamle region"]


def test_what_has_ended_says_so_on_its_page(client, cast):
    with organisation_scope(cast.club.pk):
        Organisation.objects.filter(pk=cast.club.pk).update(until=timezone.localdate() - timedelta(days=1))

    assert "Findes ikke længere." in client.get(f"/partnere/{cast.club.pk}/").content.decode()


@pytest.mark.feature("PAR-02")
def test_a_partnership_tells_who_carries_it_who_facilitates_and_who_is_in_it(as_member, cast, partnership):
    card = as_member(cast.maja).get("/partnerskaber/").context["partnerships"][0]

    assert [one.name for one in card.anchors] == ["Beboerhuset"]
    assert [one.name for one in card.facilitators] == ["Et andet hus"]
    assert [one.name for one in card.members] == ["Boldklubben"]


def test_a_partner_in_a_partnership_shows_it(as_member, cast, partnership):
    page = as_member(cast.maja).get(f"/partnere/{cast.club.pk}/").content.decode()

    assert "Partnerskab om fritid" in page


def test_ole_sees_no_partnership_of_ours_and_a_visitor_none(client, as_member, cast, partnership):
    oles = as_member(cast.ole).get("/partnerskaber/")
    client.logout()
    visitors = client.get("/partnerskaber/")

    assert oles.context["partnerships"] == []
    assert visitors["Location"].startswith("/ind/")


def test_an_unknown_partner_is_404(client, cast):
    assert client.get(f"/partnere/{uuid4()}/").status_code == 404
