"""The pages about residents, as people use them: what is asked for, what is shown, and to whom it is not."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from html.parser import HTMLParser
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from brobygger.accounts.terms import Role
from brobygger.foundation import installation
from brobygger.foundation.audit import AuditRow
from brobygger.foundation.cards import Hand
from brobygger.foundation.installation import InstallationKind
from brobygger.foundation.scope import organisation_scope
from brobygger.residents import actions, forms
from brobygger.residents.models import Need, Note, Relation, Resident
from tests.people import HOUSE, Cast, member, resident

MOST, SIGN_IN_AND_SCOPE = 12, 3

Form = Callable[..., dict[str, Any]]


@pytest.fixture
def maja(as_member: Callable[..., Client], cast: Cast) -> Client:
    return as_member(cast.maja)


def today() -> date:
    return timezone.localdate()


def of(resident: Resident, end: str = "") -> str:
    return f"/beboere/{resident.pk}/{end}"


def stored(resident: Resident) -> Resident:
    with organisation_scope(HOUSE):
        return Resident.objects.get(pk=resident.pk)


def need_of(cast: Cast) -> Need:
    with organisation_scope(HOUSE):
        return Need.objects.get(pk=cast.need.pk)


def notes() -> list[Note]:
    with organisation_scope(HOUSE):
        return list(Note.objects.order_by("at"))


def same_for_all(page: str) -> str:
    """A page without what differs at every drawing: keys, and the address that was asked for."""
    return re.sub(r'value="[^"]*"', "", page)


class Fields(HTMLParser):
    """The fields of a page's forms that a person fills in."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.names: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag in {"input", "select", "textarea"} and told.get("type") != "hidden":
            self.names.append(told.get("name") or "")


# The list


def test_the_list_begins_at_its_beginning(maja: Client, cast: Cast):
    with organisation_scope(HOUSE):
        for number in range(30):
            resident(f"Zar {number:02}", cast.maja)

    page = maja.get("/beboere/").content.decode()

    assert page.index("Amir") < page.index("Inger") < page.index("Zar 00")


# Registering


@pytest.mark.feature("RES-01")
def test_two_fields_are_asked_for_and_all_others_may_stay_empty():
    required = [name for name, field in forms.ResidentForm.base_fields.items() if field.required]

    assert required == ["name", "reach_at"]


@pytest.mark.feature("RES-01")
def test_a_resident_is_registered_with_an_alias_and_a_number(maja: Client, once: Form):
    answer = maja.post("/beboere/ny/", once(name="Den glade nabo", reach_at="12345678"))

    with organisation_scope(HOUSE):
        made = Resident.objects.get(name="Den glade nabo")
    assert answer.url == of(made)
    assert (made.reach_by, made.reach_at, made.birth_year, made.free_times) == (
        "phone",
        "+45 12 34 56 78",
        None,
        None,
    )


def test_whoever_is_written_down_while_practising_is_marked_as_invented(maja: Client, once: Form):
    installation._known.append(InstallationKind.DEMO)

    page = maja.post("/beboere/ny/", once(name="Kaj", reach_at="12345678"), follow=True).content.decode()

    assert '<span class="fiktiv">fiktiv</span>' in page


def test_what_is_told_is_kept_in_the_houses_units(maja: Client, cast: Cast, once: Form):
    told = {
        "name": "Zahra",
        "reach_at": "zahra@example.invalid",
        "birth_year": "1987",
        "home": str(cast.amir.home_id),
        "speaks": "so",
        "languages": ["so", "da"],
        "max_minutes": "20",
        "max_price": "50",
        "needs_step_free": "no",
        "free_times": ["0-morning", "4-evening"],
        "gender": "woman",
    }

    maja.post("/beboere/ny/", once(**told))

    with organisation_scope(HOUSE):
        zahra = Resident.objects.get(name="Zahra")
    assert (zahra.reach_by, zahra.max_price, zahra.needs_step_free) == ("email", 5000, False)
    assert (zahra.languages, zahra.free_times) == (["so", "da"], ["0-morning", "4-evening"])


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reach_at": "12 34 56"}, "Der mangler to tal i nummeret."),
        ({"reach_at": "a@b"}, "Der er noget galt i adressen. Se efter, om alt er med."),
        ({"reach_at": "zahra", "reach_by": "email"}, "Der mangler et @ i adressen."),
        ({"name": ""}, "Skriv et navn eller et kaldenavn."),
        ({"reach_at": ""}, "Skriv et nummer eller en anden vej, så vi kan komme i kontakt."),
        ({"birth_year": "87"}, "Skriv et år mellem 1900 og i år."),
        ({"birth_year": "firs"}, "Skriv årstallet med fire tal, for eksempel 1987."),
        ({"max_price": "lidt"}, "Skriv hele kroner med tal, for eksempel 50."),
        ({"name": "Zahra 010190-1234"}, "Det ligner et CPR-nummer."),
    ],
)
def test_a_refusal_says_what_to_do(maja: Client, once: Form, wrong, sentence):
    answer = maja.post("/beboere/ny/", once(**({"name": "Zahra", "reach_at": "12345678"} | wrong)))

    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@pytest.mark.feature("PRI-08")
@pytest.mark.parametrize("address", ["/beboere/ny/", "/beboere/{inger}/ret/", "/beboere/{inger}/"])
def test_no_page_asks_for_cpr_or_address(maja: Client, cast: Cast, address):
    page = maja.get(address.format(inger=cast.inger.pk)).content.decode()

    assert not {"cpr", "address", "adresse", "surname"} & set(Fields(page).names)


def test_the_same_press_twice_registers_one(maja: Client, once: Form):
    form = once(name="Kaj", reach_at="12345678")

    maja.post("/beboere/ny/", form)
    maja.post("/beboere/ny/", form)

    with organisation_scope(HOUSE):
        assert Resident.objects.filter(name="Kaj").count() == 1


# The list


def test_the_list_shows_mine_with_what_happens_next(maja: Client):
    page = maja.get("/beboere/").content.decode()

    assert "Amir" in page
    assert "Find en klub" in page


def test_a_search_that_finds_nobody_says_so_and_betrays_nothing(maja: Client):
    page = maja.get("/beboere/?q=Findesikke").content.decode()

    assert "Vi fandt ingen, der ligner »Findesikke«" in page


def test_someone_with_nobody_yet_is_shown_the_first_step(as_member, cast: Cast):
    page = as_member(cast.ole).get("/beboere/").content.decode()

    assert "Du følger ingen endnu" in page


@pytest.mark.parametrize("strange", ["page=99", "page=abc", "sort=drop", "page=-1"])
def test_a_strange_address_still_shows_a_list(maja: Client, strange):
    assert maja.get(f"/beboere/?{strange}").status_code == 200


# One resident


def test_the_page_shows_the_need_in_own_words_with_owner_step_and_date(maja: Client, cast: Cast):
    page = maja.get(of(cast.amir)).content.decode()

    assert "»Min søn taler ikke om andet end fodbold.«" in page
    assert "Find en klub" in page
    assert f"/forslag/{cast.need.pk}/" in page
    assert 'href="tel:+4500000000"' in page


def test_a_need_on_a_bridge_shows_the_way_and_whose_hand_it_is_in(maja: Client, cast: Cast):
    with organisation_scope(HOUSE):
        actions.tell_way(
            need=cast.need,
            step=1,
            words="Sendt til Boldklubben",
            hand=Hand.THEM,
            whose="Boldklubben",
            link="/broer/1/",
        )

    page = maja.get(of(cast.amir)).content.decode()

    assert 'href="/broer/1/"' in page
    assert "Hos Boldklubben" in page
    assert f"/forslag/{cast.need.pk}/" not in page


def test_what_was_not_asked_is_named(maja: Client, cast: Cast):
    page = maja.get(of(cast.inger)).content.decode()

    assert "Ikke spurgt om: født, bor nær" in page


def test_nothing_agreed_means_nothing_given(maja: Client, cast: Cast):
    assert "Intet endnu. Derfor er intet givet videre." in maja.get(of(cast.inger)).content.decode()


def test_looking_at_a_page_leaves_a_line(maja: Client, cast: Cast):
    maja.get(of(cast.inger))

    with organisation_scope(HOUSE):
        row = AuditRow.objects.get(act="resident:seen")
    assert (row.about_ids, row.by_id) == ([str(cast.inger.pk)], cast.maja.pk)


# Who does not see


PAGES = ["", "ret/", "behov/nyt/"]
POSTS = ["notat/", "ret/", "behov/nyt/"]


@pytest.mark.parametrize("end", PAGES)
def test_ole_cannot_tell_a_resident_from_nobody(as_member, cast: Cast, end):
    ole = as_member(cast.ole)

    hidden, missing = ole.get(of(cast.inger, end)), ole.get(f"/beboere/{uuid4()}/{end}")

    assert (hidden.status_code, missing.status_code) == (404, 404)
    assert same_for_all(hidden.content.decode()) == same_for_all(missing.content.decode())


@pytest.mark.parametrize("end", POSTS)
def test_ole_cannot_write_about_a_resident_of_ours(as_member, cast: Cast, once: Form, end):
    answer = as_member(cast.ole).post(of(cast.inger, end), once(text="x", name="x"))

    assert answer.status_code == 404


@pytest.mark.parametrize("address", ["/behov/{need}/ret/", "/behov/{need}/luk/"])
def test_ole_cannot_touch_a_need_of_ours(as_member, cast: Cast, once: Form, address):
    answer = as_member(cast.ole).post(address.format(need=cast.need.pk), once(outcome="unknown"))

    assert answer.status_code == 404


def test_ole_cannot_write_a_note_by_guessing_a_name(as_member, cast: Cast, once: Form):
    answer = as_member(cast.ole).post("/notat/", once(who="Inger", text="Hvem er hun?"))

    assert answer.status_code == 422
    assert notes() == []


@pytest.mark.parametrize("address", ["/beboere/", "/beboere/ny/", "/beboere/{inger}/", "/behov/{need}/ret/"])
def test_to_a_volunteer_the_pages_do_not_exist(as_member, cast: Cast, address):
    yusuf = as_member(member(HOUSE, "Yusuf", Role.VOLUNTEER))

    assert yusuf.get(address.format(inger=cast.inger.pk, need=cast.need.pk)).status_code == 404


def test_a_stranger_at_the_door_is_shown_the_entrance(client: Client, cast: Cast):
    answer = client.get(of(cast.inger))

    assert answer.url == f"/ind/?next={of(cast.inger)}"


def test_a_relation_that_has_ended_shuts_the_page(maja: Client, cast: Cast):
    with organisation_scope(HOUSE):
        ended = {"since": today() - timedelta(2), "until": today()}
        Relation.objects.filter(resident=cast.inger).update(**ended)

    assert maja.get(of(cast.inger)).status_code == 404


def test_the_leader_reaches_everybody_in_the_house(as_member, cast: Cast):
    assert as_member(cast.torben).get(of(cast.inger)).status_code == 200


# Notes


@pytest.mark.feature("RES-04")
def test_a_note_asks_for_one_field():
    form = forms.NoteForm(needs=Need.objects.none(), today=today(), draft="")

    assert [name for name, field in form.fields.items() if field.required] == ["text"]


@pytest.mark.feature("RES-04")
def test_a_note_is_written_from_the_residents_page(maja: Client, cast: Cast, once: Form):
    answer = maja.post(of(cast.inger, "notat/"), once(text="Hun har det godt.", channel="phone"))

    [note] = notes()
    assert (answer.url, note.text, note.by_name) == (of(cast.inger), "Hun har det godt.", "Maja")
    assert stored(cast.inger).last_contact_on == today()


@pytest.mark.feature("RES-04")
def test_the_draft_is_let_go_when_the_note_is_saved(maja: Client, cast: Cast, once: Form):
    page = maja.post(of(cast.inger, "notat/"), once(text="Godt."), follow=True).content.decode()

    assert f'data-draft-clear="{cast.maja.pk}-{cast.inger.pk}"' in page
    assert f'data-draft="{cast.maja.pk}-{cast.inger.pk}"' in page


def test_a_note_moves_the_only_open_need_without_asking_which(maja: Client, cast: Cast, once: Form):
    tomorrow = today() + timedelta(days=1)

    maja.post(
        of(cast.amir, "notat/"),
        once(text="Ja til onsdag.", next_step="Gå med", when="date", on=tomorrow.isoformat()),
    )

    need = need_of(cast)
    assert (need.next_step, need.next_step_on) == ("Gå med", tomorrow)


def test_an_empty_note_keeps_the_page_and_says_what_is_missing(maja: Client, cast: Cast, once: Form):
    answer = maja.post(of(cast.inger, "notat/"), once(text=""))

    assert answer.status_code == 422
    assert "Skriv et par ord om, hvad der skete." in answer.content.decode()


def test_a_note_from_the_day_finds_the_resident_by_name(maja: Client, cast: Cast, once: Form):
    answer = maja.post("/notat/", once(who="inger", text="Vinkede fra altanen.", channel=""))

    [note] = notes()
    assert (answer.url, note.resident_id) == ("/i-dag/", cast.inger.pk)


def test_a_name_that_two_answer_to_is_asked_about(maja: Client, cast: Cast, once: Form):
    with organisation_scope(HOUSE):
        told = {"reach_by": "phone", "reach_at": "+45 00 00 00 02", "by": cast.maja, "at": timezone.now()}
        other = actions.register_resident(name="Inger", **told)

    asked = maja.post("/notat/", once(who="Inger", text="Vinkede."))
    chosen = maja.post("/notat/", once(who="Inger", text="Vinkede.", resident=str(other.pk)))

    assert (asked.status_code, chosen.status_code) == (422, 302)
    assert "Hvem mener du?" in asked.content.decode()
    assert [note.resident_id for note in notes()] == [other.pk]


def test_a_note_about_nobody_we_know_is_kept_on_the_screen(maja: Client, once: Form):
    answer = maja.post("/notat/", once(who="Ukendt Person", text="Noget vigtigt."))

    assert answer.status_code == 422
    assert "Noget vigtigt." in answer.content.decode()


# Needs


NEED = {"words": "Jeg savner kort.", "theme": "company", "next_step": "Spørg i caféen", "when": "next"}


@pytest.mark.feature("RES-03")
def test_a_need_is_written_with_owner_step_and_date(maja: Client, cast: Cast, once: Form):
    answer = maja.post(of(cast.inger, "behov/nyt/"), once(**NEED, owner=str(cast.maja.pk)))

    with organisation_scope(HOUSE):
        need = Need.objects.get(resident=cast.inger)
    assert answer.url == of(cast.inger)
    assert (need.words, need.owner_id) == ("Jeg savner kort.", cast.maja.pk)
    assert need.next_step_on > today()


@pytest.mark.feature("RES-03")
@pytest.mark.parametrize(
    "lacking", [{"owner": ""}, {"next_step": ""}, {"when": "", "on": ""}, {"when": "date", "on": ""}]
)
def test_a_need_that_lacks_owner_step_or_date_is_not_saved(maja: Client, cast: Cast, once: Form, lacking):
    told = NEED | {"owner": str(cast.maja.pk)} | lacking

    answer = maja.post(of(cast.inger, "behov/nyt/"), once(**told))

    assert answer.status_code == 422


def test_a_day_that_is_gone_is_not_taken(maja: Client, cast: Cast, once: Form):
    told = NEED | {"owner": str(cast.maja.pk), "when": "date", "on": "2020-01-01"}

    answer = maja.post(of(cast.inger, "behov/nyt/"), once(**told))

    assert "Den dag er gået." in answer.content.decode()


def test_a_need_cannot_be_given_to_somebody_in_another_house(maja: Client, cast: Cast, once: Form):
    answer = maja.post(of(cast.inger, "behov/nyt/"), once(**NEED, owner=str(cast.ole.pk)))

    assert answer.status_code == 422


def step(cast: Cast, text: str, *, seen: int = 1, **changes: str) -> dict[str, Any]:
    return {"next_step": text, "when": "next", "owner": str(cast.maja.pk), "seen": str(seen)} | changes


def test_the_next_step_is_changed(maja: Client, cast: Cast, once: Form):
    answer = maja.post(f"/behov/{cast.need.pk}/ret/", once(**step(cast, "Ring til klubben")))

    assert (answer.url, need_of(cast).next_step) == (of(cast.amir), "Ring til klubben")


@pytest.mark.feature("RES-05")
def test_two_next_steps_at_once_are_both_shown(maja: Client, cast: Cast, once: Form):
    maja.post(f"/behov/{cast.need.pk}/ret/", once(**step(cast, "Ring til klubben")))

    answer = maja.post(f"/behov/{cast.need.pk}/ret/", once(**step(cast, "Skriv til træneren")))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ring til klubben" in page
    assert "Skriv til træneren" in page
    assert need_of(cast).next_step == "Ring til klubben"


@pytest.mark.feature("RES-05")
@pytest.mark.parametrize(("keep", "stands"), [("now", "Ring til klubben"), ("mine", "Skriv til træneren")])
def test_one_chooses_which_of_the_two_shall_stand(maja: Client, cast: Cast, once: Form, keep, stands):
    address = f"/behov/{cast.need.pk}/ret/"
    maja.post(address, once(**step(cast, "Ring til klubben")))

    maja.post(address, once(**step(cast, "Skriv til træneren", seen=2, keep_next_step=keep)))

    assert need_of(cast).next_step == stands


def test_a_need_ends_with_what_the_resident_says(maja: Client, cast: Cast, once: Form):
    maja.post(f"/behov/{cast.need.pk}/luk/", once(outcome="got_help_full"))

    assert need_of(cast).outcome == "got_help_full"
    assert "fik hjælp" in maja.get(of(cast.amir)).content.decode()


def test_a_need_does_not_end_without_an_answer(maja: Client, cast: Cast, once: Form):
    maja.post(f"/behov/{cast.need.pk}/luk/", once(outcome="sikkert"))

    assert need_of(cast).closed_at is None


# Correcting


def facts(resident: Resident, **changes: Any) -> dict[str, Any]:
    told = {
        name: value for name, value in forms.resident_initial(resident).items() if value not in (None, "")
    }
    return {name: value for name, value in told.items() if value is not False} | {"seen": "1"} | changes


def test_facts_are_corrected(maja: Client, cast: Cast, once: Form):
    maja.post(of(cast.amir, "ret/"), once(**facts(cast.amir, max_minutes="30")))

    amir = stored(cast.amir)
    assert (amir.max_minutes, amir.birth_year, amir.languages) == (30, 2017, ["da", "ar"])


@pytest.mark.feature("RES-05")
def test_two_corrections_at_once_are_both_shown_and_nothing_is_written_over(
    maja: Client, cast: Cast, once: Form
):
    maja.post(of(cast.amir, "ret/"), once(**facts(cast.amir, reach_rules="Ring efter 9")))

    answer = maja.post(of(cast.amir, "ret/"), once(**facts(cast.amir, reach_rules="Ring før 9")))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ring efter 9" in page
    assert "Ring før 9" in page
    assert stored(cast.amir).reach_rules == "Ring efter 9"


@pytest.mark.feature("RES-05")
@pytest.mark.parametrize(("keep", "stands"), [("now", "Ring efter 9"), ("mine", "Ring før 9")])
def test_a_choice_for_one_field_leaves_the_others(maja: Client, cast: Cast, once: Form, keep, stands):
    maja.post(of(cast.amir, "ret/"), once(**facts(cast.amir, reach_rules="Ring efter 9")))

    chosen = facts(cast.amir, reach_rules="Ring før 9", keep_reach_rules=keep, seen="2", max_minutes="15")
    maja.post(of(cast.amir, "ret/"), once(**chosen))

    amir = stored(cast.amir)
    assert (amir.reach_rules, amir.max_minutes) == (stands, 15)


# How much is asked of the database


@pytest.mark.parametrize(
    "address",
    [
        "/beboere/",
        "/beboere/?q=amr",
        "/beboere/ny/",
        "/beboere/{amir}/",
        "/beboere/{amir}/ret/",
        "/beboere/{amir}/behov/nyt/",
        "/behov/{need}/ret/",
    ],
)
def test_no_page_asks_more_than_twelve_times(maja: Client, cast: Cast, address):
    with CaptureQueriesContext(connection) as asked:
        answer = maja.get(address.format(amir=cast.amir.pk, need=cast.need.pk))

    queries = [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert answer.status_code == 200
    assert len(queries) <= MOST + SIGN_IN_AND_SCOPE, queries
