"""The open feed as a program meets it: pages, lines, what is new, and errors that say what to do."""

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from brobygger.foundation.scope import organisation_scope
from brobygger.offers.hsds import flat, nested
from brobygger.offers.models import Location, Offer, OfferAtLocation, Phone
from brobygger.publicapi.rules import COLLECTIONS
from tests.people import CLUB, HOUSE

pytestmark = [pytest.mark.django_db, pytest.mark.feature("API-01")]

FEED = "/api/hsds/v3"
SEVEN = {"total_items", "total_pages", "page_number", "size", "first_page", "last_page", "empty"}
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def offered(cast):
    """`offered(3)` puts three more offers into the directory."""

    def make(count: int, **fields) -> list[Offer]:
        with organisation_scope(HOUSE):
            rows = [Offer(organisation=cast.club, name=f"Tilbud {n}", **fields) for n in range(count)]
            return Offer.objects.bulk_create(rows)

    return make


def ids(answer) -> list[str]:
    return [one["id"] for one in answer.json()["contents"]]


def test_anybody_is_told_what_this_is(client, cast):
    answer = client.get(f"{FEED}/")

    assert answer.json() == {
        "version": "3.1.1",
        "profile": "http://testserver/api/hsds/v3/profile.json",
        "openapi_url": "http://testserver/api/hsds/v3/openapi.json",
    }
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert not answer.cookies


@pytest.mark.parametrize("of", COLLECTIONS)
def test_a_page_has_its_seven_fields_and_each_object_an_address_of_its_own(client, cast, of):
    page = client.get(f"{FEED}/{of}").json()

    assert set(page) == SEVEN | {"contents"}
    assert page["contents"]
    for one in page["contents"][:3]:
        assert client.get(f"{FEED}/{of}/{one['id']}").json()["id"] == one["id"]


def test_pages_together_are_everything_once(client, offered):
    offered(7)

    pages = [client.get(f"{FEED}/services", {"page": n, "per_page": 3}) for n in (1, 2, 3, 4)]

    told = [key for page in pages for key in ids(page)]
    assert len(told) == len(set(told)) == pages[0].json()["total_items"] == 8
    shown = [
        (p["total_pages"], p["size"], p["first_page"], p["last_page"], p["empty"])
        for p in (page.json() for page in pages)
    ]
    assert shown == [
        (3, 3, True, False, False),
        (3, 3, False, False, False),
        (3, 2, False, True, False),
        (3, 0, False, True, True),
    ]


@pytest.mark.slow  # every kind of page
@pytest.mark.parametrize("full", ["false", "true"])
@pytest.mark.parametrize("of", ["services", "service_at_locations", "organizations"])
def test_a_page_takes_as_many_queries_for_many_as_for_one(
    client, offered, django_assert_max_num_queries, of, full
):
    offered(30)

    with django_assert_max_num_queries(12):
        client.get(f"{FEED}/{of}", {"full": full, "full_service": full, "per_page": 30})


def test_an_object_is_whole(client, cast):
    with organisation_scope(HOUSE):
        Phone.objects.create(offer=cast.football, number="+45 00 00 00 00", extension="lokal 4")

    one = client.get(f"{FEED}/services/{cast.football.pk}").json()

    assert one["organization"]["name"] == "Boldklubben"
    assert one["phones"][0]["number"] == "+45 00 00 00 00 ext. lokal 4"
    [place] = [tie["location"] for tie in one["service_at_locations"]]
    assert (place["name"], round(place["latitude"], 2)) == ("Bane 2", 55.71)
    assert place["schedules"][0]["byday"] == "MO"
    assert [one["amount"] for one in one["cost_options"]] == [0]
    themes = [one for one in one["attributes"] if one["taxonomy_term"]["taxonomy"] == "Brobygger temaer"]
    assert [one["value"] for one in themes] == ["leisure"]


def test_an_organisation_that_offers_nothing_is_not_in_the_feed(client, cast):
    names = [one["name"] for one in client.get(f"{FEED}/organizations").json()["contents"]]

    assert names == ["Boldklubben"]
    assert client.get(f"{FEED}/organizations/{HOUSE}").status_code == 404


def test_an_organisation_comes_with_its_services_by_name_or_whole(client, cast):
    by_name = client.get(f"{FEED}/organizations/{CLUB}").json()
    whole = client.get(f"{FEED}/organizations/{CLUB}", {"full_service": "true"}).json()

    assert "service_at_locations" not in by_name["services"][0]
    assert "service_at_locations" in whole["services"][0]
    assert by_name["locations"][0]["name"] == "Bane 2"


def test_what_is_new_is_asked_for_and_counts_whatever_hangs_on_the_service(client, cast, offered):
    offered(2)
    before = timezone.now()
    assert ids(client.get(f"{FEED}/services", {"modified_after": before.isoformat()})) == []

    with organisation_scope(HOUSE):
        Location.objects.update(transportation="Bus 5C")

    answer = client.get(f"{FEED}/services", {"modified_after": before.isoformat()})
    assert ids(answer) == [str(cast.football.pk)]
    assert answer.json()["contents"][0]["last_modified"] > before.isoformat().replace("+00:00", "Z")
    later = (timezone.now() + timedelta(days=1)).isoformat()
    assert client.get(f"{FEED}/services", {"modified_after": later}).json()["empty"]


@pytest.mark.parametrize("long", [2_000, 10])
def test_everything_in_short_is_one_page(client, offered, monkeypatch, long):
    monkeypatch.setattr(nested, "A_LONG_LIST", long)
    offered(60)

    page = client.get(f"{FEED}/services", {"minimal": "true"}).json()

    assert (page["total_pages"], len(page["contents"])) == (1, 61)
    assert set(page["contents"][0]) == {"id", "name", "status", "last_modified", "modified_date"}


@pytest.mark.slow  # more than one chunk
def test_a_line_each_is_everything_without_pages(client, offered):
    offered(230)

    answer = client.get(f"{FEED}/services", {"format": "ndjson", "per_page": 5})

    lines = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    assert answer["Content-Type"] == "application/x-ndjson"
    assert len({one["id"] for one in lines}) == len(lines) == 231


def test_a_reader_may_ask_for_lines_in_its_header_and_for_nothing_we_have_not(client, cast):
    lines = client.get(f"{FEED}/services", headers={"Accept": "application/x-ndjson"})
    neither = client.get(f"{FEED}/services", headers={"Accept": "text/csv"})

    assert lines["Content-Type"] == "application/x-ndjson"
    assert neither.status_code == 406
    assert neither["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("asked", [{}, {"format": "ndjson"}])
def test_what_has_not_changed_is_not_sent_again(client, cast, asked):
    first = client.get(f"{FEED}/services", asked)
    again = client.get(f"{FEED}/services", asked, headers={"If-None-Match": first["ETag"]})

    with organisation_scope(HOUSE):
        Offer.objects.update(description="Ny tekst")

    changed = client.get(f"{FEED}/services", asked, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, changed.status_code) == (304, b"", 200)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"search": "fodbold", "full": "true"}, "application/x-www-form-urlencoded"),
        ({"search": "fodbold", "full": True, "page": 1, "andet": [{}]}, "application/json"),
    ],
)
def test_a_question_may_be_posted_also_by_a_program_without_a_cookie(cast, client, body, kind):
    sent = json.dumps(body) if kind.endswith("json") else "search=fodbold&full=true"

    answer = client.post(f"{FEED}/services", sent, content_type=kind)

    assert ids(answer) == [str(cast.football.pk)]
    assert answer.content == client.get(f"{FEED}/services", {"search": "fodbold", "full": "true"}).content


def test_a_member_who_posts_a_question_needs_no_key(as_member, cast):
    assert as_member(cast.maja).post(f"{FEED}/services").status_code == 200


@pytest.mark.slow  # many pages
def test_words_terms_and_organisations_narrow(client, cast, offered):
    offered(2, description="Noget helt andet")
    leisure = flat.OWN_TERMS[flat.THEMES["id"], "leisure"]["id"]

    for asked in (
        {"search": "fodbold"},
        {"taxonomy_term_id": leisure},
        {"taxonomy_id": flat.THEMES["id"]},
        {"taxonomy_id": flat.THEMES["id"], "search": "fodbold", "organization_id": str(CLUB)},
    ):
        assert ids(client.get(f"{FEED}/services", asked)) == [str(cast.football.pk)], asked
    assert ids(client.get(f"{FEED}/services", {"organization_id": "nogen"})) == []
    assert ids(client.get(f"{FEED}/organizations", {"taxonomy_term_id": leisure})) == [str(CLUB)]
    assert len(client.get(f"{FEED}/taxonomy_terms", {"search": "fritid"}).json()["contents"]) == 2


@pytest.mark.slow  # many pages
def test_a_place_is_found_by_its_postcode_and_by_how_far_it_is(client, cast, offered):
    [far] = offered(1, areas=["8000"])
    with organisation_scope(HOUSE):
        Location.objects.update(postal_code="2400")
        place = Location.objects.create(organisation=cast.club, easting=730_000, northing=6_179_000)
        OfferAtLocation.objects.create(offer=far, location=place)
        near = str(OfferAtLocation.objects.get(offer=cast.football).pk)
    listed = f"{FEED}/service_at_locations"

    assert len(ids(client.get(listed))) == 2
    assert ids(client.get(listed, {"postcode": "2400"})) == [near]
    assert ids(client.get(listed, {"postcode": "2400", "proximity": "1000"})) == [near]
    assert len(ids(client.get(listed, {"postcode": "2400", "proximity": "9000"}))) == 2
    assert ids(client.get(listed, {"postcode": "9990", "proximity": "9000"})) == []


@pytest.mark.parametrize(
    ("asked", "parameter"),
    [
        ({"page": "0"}, "page"),
        ({"per_page": "501"}, "per_page"),
        ({"full": "måske"}, "full"),
        ({"format": "xml"}, "format"),
        ({"modified_after": "i går"}, "modified_after"),
        ({"search": "x" * 201}, "search"),
    ],
)
def test_what_cannot_be_read_is_named_and_told_what_it_may_be(client, cast, asked, parameter):
    answer = client.get(f"{FEED}/services", asked, headers={"Accept-Language": "da"})

    told = answer.json()
    assert (answer.status_code, told["status"], told["parameter"]) == (400, 400, parameter)
    assert told["detail"].startswith(f"{parameter} skal være ")
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"[1]", "application/json", 400),
        (b'{"page": {}}', "application/json", 400),
        (b"\xff", "application/json", 400),
        (b'{"search": "\\ud800"}', "application/json", 400),
        (b'{"search": "a\\u0000b"}', "application/json", 400),
        (b"<x/>", "text/xml", 415),
    ],
)
def test_a_body_that_cannot_be_read_is_refused_with_the_way_to_send_it(client, cast, body, kind, status):
    answer = client.post(f"{FEED}/services", body, content_type=kind)

    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")


@pytest.mark.parametrize("path", [f"services/{NOBODY}", "services/noget", "nothing/here", "schema/x.json"])
def test_what_is_not_there_is_a_problem_and_not_a_page(client, cast, path):
    answer = client.get(f"{FEED}/{path}")

    assert (answer.status_code, answer.json()["title"]) == (404, "Not Found")


@pytest.mark.parametrize("verb", ["put", "patch", "delete"])
def test_nothing_can_be_written(client, cast, verb):
    answer = getattr(client, verb)(f"{FEED}/services")

    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")


def test_a_browser_on_another_site_may_ask(client, cast):
    answer = client.options(f"{FEED}/services", headers={"Origin": "https://kort.example"})

    assert (answer.status_code, answer["Access-Control-Allow-Origin"]) == (204, "*")
    assert "If-None-Match" in answer["Access-Control-Allow-Headers"]


def test_who_asks_too_often_is_told_when_to_come_again(client, cast, settings):
    settings.CALLS_A_MINUTE = 1
    client.get(f"{FEED}/")

    answer = client.get(f"{FEED}/")

    assert (answer.status_code, answer.json()["status"]) == (429, 429)
    assert int(answer["Retry-After"]) > 0


def test_a_withdrawn_service_is_gone_from_list_and_address(client, cast):
    with organisation_scope(HOUSE):
        Offer.objects.update(withdrawn_at=timezone.now())

    assert ids(client.get(f"{FEED}/services")) == ids(client.get(f"{FEED}/service_at_locations")) == []
    assert client.get(f"{FEED}/services/{cast.football.pk}").status_code == 404


def test_people_are_told_what_can_be_had(client, cast):
    with organisation_scope(HOUSE):
        Offer.objects.update(licence="CC BY 4.0")

    page = client.get("/aabne-data/").content.decode()

    assert "http://testserver/api/hsds/v3/services" in page
    assert "CC BY 4.0" in page
    assert "hsds-dk-boligsocial" in client.get("/aabne-data/profil/").content.decode()
