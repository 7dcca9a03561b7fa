"""Two entries that are one: proposed with reasons, settled by somebody, and taken apart as they were."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.http import Http404
from hypothesis import given, settings
from hypothesis import strategies as st

from brobygger.engine.duplicates import Reason
from brobygger.foundation.scope import organisation_scope
from brobygger.offers import doubles, merging
from brobygger.offers.models import Offer, Phone
from brobygger.offers.terms import Sameness
from brobygger.offers.verdicts import Verdict
from tests.people import ELSEWHERE, HOUSE, NOW

pytestmark = pytest.mark.feature("OFF-07")

PHONE = "+45 70 10 20 30"


def told(source: str, name: str, club, **fields) -> Offer:
    """An offer as one source tells it, with a telephone. Needs the house's scope."""
    offer = Offer.objects.create(organisation=club, name=name, source=source, source_id=name, **fields)
    Phone.objects.create(offer=offer, number=PHONE)
    return offer


@pytest.fixture
def pair(in_house):
    club = in_house.club
    return told("biblioteket", "Åben lektiecafé", club), told("kommunen", "AABEN LEKTIECAFE", club)


def merge(pair, who):
    one, other = pair
    return merging.merge_offers(kept=one.pk, gone=other.pk, reasons=[Reason.SAME_NAME], by=who, at=NOW)


def row(offer: Offer) -> dict:
    """A whole row but for when it was last written."""
    told = Offer.objects.filter(pk=offer.pk).values().get()
    return {name: value for name, value in told.items() if name != "modified_at"}


def test_two_sources_that_tell_one_offer_are_proposed_with_the_reasons(in_house, pair):
    [found] = doubles.proposals(in_house.maja)

    assert {found.one, found.other} == {one.pk for one in pair}
    assert found.reasons == (Reason.SAME_NAME, Reason.SAME_PHONE, Reason.SAME_BODY)


def test_nothing_is_put_together_until_somebody_says_so(in_house, pair):
    doubles.proposals(in_house.maja)

    assert not Offer.objects.exclude(withdrawn_at=None).exists()


@pytest.mark.slow  # through search, page and feed
def test_what_is_put_together_is_one_in_search_and_feed_and_the_old_address_leads_on(client, cast):
    with organisation_scope(HOUSE, member=cast.torben.pk):
        one, other = told("a", "Lektiecafé", cast.club), told("b", "Lektiecafe", cast.club)
        merge((one, other), cast.torben)

    listed = client.get("/tilbud/", {"q": "lektiecafe"}).content.decode()
    feed = client.get("/api/hsds/v3/services", {"search": "lektiecafe"}).json()
    old = client.get(f"/tilbud/{other.pk}/")
    moved = client.get(f"/api/hsds/v3/services/{other.pk}")

    assert (str(one.pk) in listed, str(other.pk) in listed) == (True, False)
    assert [each["id"] for each in feed["contents"]] == [str(one.pk)]
    assert (old.status_code, old.url) == (302, f"/tilbud/{one.pk}/")
    assert (moved.status_code, moved["Location"]) == (307, f"/api/hsds/v3/services/{one.pk}")
    assert client.get(moved["Location"]).status_code == 200


def test_pointers_are_followed_to_the_end(in_house, pair):
    last = told("foreningen", "Lektiecafé", in_house.club)
    merge(pair, in_house.torben)
    merge((last, pair[0]), in_house.torben)

    assert doubles.stands_now(pair[1].pk) == last.pk
    assert doubles.stands_now(last.pk) is None


def test_what_has_gone_into_another_cannot_be_put_together_once_more(in_house, pair):
    merge(pair, in_house.torben)

    with pytest.raises(merging.NoLongerBoth):
        merge(pair[::-1], in_house.torben)


def test_another_import_or_its_keeper_does_not_bring_it_back(in_house, pair):
    merge(pair, in_house.torben)

    Offer.objects.filter(pk=pair[1].pk).update(withdrawn_at=None, description="Ny tekst fra kilden")

    gone = Offer.objects.get(pk=pair[1].pk)
    assert (gone.withdrawn_at, gone.description) == (NOW, "Ny tekst fra kilden")


def test_what_is_not_the_same_is_not_asked_again_until_that_is_taken_back(in_house, pair):
    verdict = merging.keep_apart(kept=pair[1].pk, gone=pair[0].pk, reasons=[], by=in_house.torben, at=NOW)
    assert doubles.proposals(in_house.torben) == []

    merging.take_back(verdict_id=verdict.pk, by=in_house.torben, at=NOW)

    assert len(doubles.proposals(in_house.torben)) == 1
    assert Verdict.objects.get().taken_back_at == NOW


@pytest.mark.slow  # a cast for each life
@pytest.mark.django_db
@settings(max_examples=12, deadline=None)
@given(data=st.data())
def test_merged_and_split_in_any_order_is_exactly_what_was(data):
    """Some entries, some merges, all taken back in any order: every row as before, and its parts."""
    from tests.people import build_cast

    with transaction.atomic():
        cast = build_cast()
        with organisation_scope(HOUSE, member=cast.torben.pk):
            offers = [told(f"kilde {n}", "Lektiecafé", cast.club) for n in range(4)]
            before = [row(one) for one in offers], list(Phone.objects.order_by("id").values())
            made = []
            for kept, gone in data.draw(st.lists(st.permutations(offers).map(lambda p: p[:2]), max_size=4)):
                try:
                    made.append(merge((kept, gone), cast.torben).pk)
                except merging.NoLongerBoth:
                    continue
            for key in data.draw(st.permutations(made)):
                merging.take_back(verdict_id=key, by=cast.torben, at=NOW + timedelta(days=1))
            after = [row(one) for one in offers], list(Phone.objects.order_by("id").values())
        transaction.set_rollback(True)

    assert after == before


def test_a_double_of_itself_and_a_second_keeper_of_one_are_refused_by_the_database(in_house, pair):
    one, other = pair
    Verdict.objects.create(kept=one, gone=other, said=Sameness.SAME, at=NOW)

    for wrong in ({"kept": one, "gone": one}, {"kept": in_house.football, "gone": other}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Verdict.objects.create(**wrong, said=Sameness.SAME, at=NOW)


def test_nobody_settles_what_another_house_keeps(cast, in_house, pair):
    with organisation_scope(ELSEWHERE, member=cast.ole.pk), pytest.raises(Http404):
        merge(pair, cast.ole)


@pytest.mark.slow  # real commits
def test_two_who_put_the_same_two_together_at_once_leave_one_pointer(lasting_cast):
    with organisation_scope(HOUSE):
        one, other = told("a", "Lektiecafé", lasting_cast.club), told("b", "Lektiecafé", lasting_cast.club)

    def press(pair) -> str:
        try:
            with organisation_scope(HOUSE, member=lasting_cast.torben.pk):
                merge(pair, lasting_cast.torben)
        except merging.NoLongerBoth:
            return "too late"
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(4) as pool:
        ends = list(pool.map(press, [(one, other), (other, one)] * 2))

    assert sorted(ends) == ["done", "too late", "too late", "too late"]
    assert Offer.objects.filter(pk__in=[one.pk, other.pk], withdrawn_at=None).count() == 1


def test_the_leader_settles_it_on_the_page_and_can_take_it_back(as_member, cast, once):
    with organisation_scope(HOUSE):
        one, other = told("biblioteket", "Lektiecafé", cast.club), told("kommunen", "Lektiecafe", cast.club)
    client = as_member(cast.torben)

    page = client.get("/tilbud/ens/").content.decode()
    assert "Telefonnummeret er det samme." in page
    assert "kommunen" in page
    pressed = once(kept=str(one.pk), gone=str(other.pk), reason=["same_name"])
    assert client.post("/tilbud/ens/saml/", pressed).status_code == 302
    assert "står for begge" in client.get("/tilbud/ens/").content.decode()
    verdict = Verdict.objects.get()
    assert verdict.reasons == ["same_name"]
    client.post("/tilbud/ens/skil/", once(verdict=str(verdict.pk)))

    assert Offer.objects.get(pk=other.pk).withdrawn_at is None
    assert "Det samme: behold" in client.get("/tilbud/ens/").content.decode()


def test_the_page_is_calm_when_there_is_nothing_to_settle(as_member, cast):
    assert "ingen par" in as_member(cast.torben).get("/tilbud/ens/").content.decode()
    assert as_member(cast.maja).get("/tilbud/ens/").status_code == 404
