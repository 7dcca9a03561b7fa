"""The pages in English: the catalogue is whole, its blanks are kept, and no Danish is left on the main pages.

Needs no gettext: `tests.house.marked` finds the texts, `tests.start_database` has compiled the catalogues.
"""

import gettext
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import django
import polib
import pytest
from django import forms
from django.conf import settings
from django.test import Client
from django.utils import timezone, translation

from brobygger.accounts.models import User
from brobygger.bridging import actions, links
from brobygger.bridging.models import Leg
from brobygger.foundation import installation
from brobygger.foundation.installation import InstallationKind
from brobygger.foundation.scope import organisation_scope
from brobygger.foundation.translations import ENGLISH, LOCALE
from brobygger.offers.terms import CapacityKind, Theme
from tests.conftest import sign_in
from tests.house.danish import danish_in
from tests.house.marked import marked_in_python, marked_in_source, marked_in_template
from tests.people import HOUSE, Cast, football_offer
from tests.rooms.bridging import stories

BLANK = re.compile(r"%(?:\(\w+\))?[-+0 ]*\d*(?:\.\d+)?[a-z%]")
NOT_OURS = re.compile(r"\b(?:clients?|cases?|(?<!open )referrals?|citizens?)\b", re.IGNORECASE)
MAY_BE_UNSAID = {"%(number)s", "%(count)d", "%(count)s"}  # "one need" may be said without its number


@pytest.fixture(autouse=True)
def _danish_again() -> Iterator[None]:
    """A page in English leaves its language behind for whatever runs next in this thread."""
    yield
    translation.deactivate()


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    return polib.pofile(str(ENGLISH))


def test_everything_is_said_in_english_and_nobody_doubts_it(catalogue: polib.POFile):
    unsaid = [entry.msgid for entry in catalogue.untranslated_entries() if not entry.obsolete]
    doubted = [entry.msgid for entry in catalogue.fuzzy_entries()]
    left_over = [entry.msgid for entry in catalogue.obsolete_entries()]

    assert (unsaid, doubted, left_over) == ([], [], [])


def test_the_catalogue_holds_every_marked_text_and_no_other(catalogue: polib.POFile):
    marked = marked_in_source()
    held = {text for entry in catalogue for text in (entry.msgid, entry.msgid_plural) if text}

    assert (sorted(marked - held), sorted(held - marked)) == ([], [])


def blanks(text: str) -> list[str]:
    return sorted(BLANK.findall(text))


def misplaced(entry: polib.POEntry) -> list[str]:
    """The translations of an entry that lack a blank of the Danish, or have one too many."""
    if not entry.msgid_plural:
        return [] if blanks(entry.msgstr) == blanks(entry.msgid) else [entry.msgstr]
    one, many = entry.msgstr_plural[0], entry.msgstr_plural[1]
    wrong = [] if blanks(many) == blanks(entry.msgid_plural) else [many]
    unlike = set(blanks(one)) ^ set(blanks(entry.msgid))
    return [*wrong, one] if unlike - MAY_BE_UNSAID else wrong


def test_the_blanks_are_the_same_in_both_languages(catalogue: polib.POFile):
    wrong = {entry.msgid: misplaced(entry) for entry in catalogue if misplaced(entry)}

    assert wrong == {}


def test_nobody_is_called_what_an_authority_would_call_them(catalogue: polib.POFile):
    texts = [text for entry in catalogue for text in (entry.msgstr, *entry.msgstr_plural.values())]

    assert [text for text in texts if NOT_OURS.search(text)] == []


@pytest.mark.parametrize(
    ("danish", "english"), [("Sendt til %(who)s", "Sent to %(whom)s"), ("%(a)s og %(b)d", "%(a)s and %(b)s")]
)
def test_a_planted_lost_blank_is_found(danish: str, english: str):
    assert misplaced(polib.POEntry(msgid=danish, msgstr=english)) == [english]


@pytest.mark.parametrize(
    ("read", "source", "texts"),
    [
        (marked_in_python, 'label = lazy("Navn")', ["Navn"]),
        (marked_in_python, 'ngettext("%(n)d dag", "%(n)d dage", n)', ["%(n)d dag", "%(n)d dage"]),
        (marked_in_python, 'translation.gettext("Gå " "ind")', ["Gå ind"]),
        (marked_in_template, '{% translate "Gå (helt) ind" as press %}', ["Gå (helt) ind"]),
        (
            marked_in_template,
            "{% blocktranslate trimmed with a=b %}\n  Et\n  {{ a }}\n{% endblocktranslate %}",
            ["Et %(a)s"],
        ),
        (
            marked_in_template,
            "{% blocktranslate count n=x %}én{% plural %}{{ n }}{% endblocktranslate %}",
            ["én", "%(n)s"],
        ),
    ],
)
def test_a_planted_marked_text_is_found(read: Callable[[str], Iterator[str]], source: str, texts: list[str]):
    assert list(read(source)) == texts


@pytest.fixture(scope="module")
def django_in_danish() -> dict[str, str]:
    """Django's own Danish, without ours."""
    with (Path(django.__file__).parent / "conf/locale/da/LC_MESSAGES/django.mo").open("rb") as file:
        return dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]


def test_our_danish_only_says_better_what_django_says(django_in_danish: dict[str, str]):
    ours = polib.pofile(str(LOCALE / "da" / "LC_MESSAGES" / "django.po"))
    unknown = [entry.msgid for entry in ours if not {entry.msgid, (entry.msgid, 0)} & django_in_danish.keys()]

    assert unknown == []
    assert [entry.msgid for entry in ours if misplaced(entry)] == []


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        (forms.CharField(), "", "Det her skal udfyldes."),
        (forms.CharField(max_length=2), "abc", "Der er plads til 2 tegn. Her står 3."),
        (forms.ChoiceField(choices=[("a", "A")]), "b", "Vælg noget på listen. b står der ikke."),
        (forms.DateField(), "i morgen", "Skriv datoen som 2026-12-24, eller vælg den i kalenderen."),
        (forms.IntegerField(max_value=120), "121", "Tallet må højst være 120."),
    ],
)
def test_a_form_that_says_nothing_itself_speaks_as_the_house(field: forms.Field, value: str, said: str):
    with pytest.raises(forms.ValidationError) as refused:
        field.clean(value)

    with translation.override("da"):
        assert refused.value.messages == [said]


class Walk:
    """Goes through the house in English and keeps every page by its name."""

    def __init__(self, client: Client) -> None:
        client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
        self.client = client
        self.pages: dict[str, str] = {}

    def see(self, *paths: str) -> None:
        for path in paths:
            self.keep(path, self.client.get(path))

    def send(self, name: str, path: str, **fields: Any) -> None:
        self.keep(name, self.client.post(path, fields))

    def keep(self, name: str, answer: Any) -> None:
        assert answer.status_code in {200, 404, 409, 422}, (name, answer.status_code)
        self.pages[name] = answer.content.decode()


@pytest.fixture
def walk(client: Client) -> Walk:
    return Walk(client)


def left_in_danish(walk: Walk) -> dict[str, list[str]]:
    return {name: danish_in(page) for name, page in walk.pages.items() if danish_in(page)}


def test_a_planted_danish_word_is_found():
    page = '<p>Fodbold for drenge og piger</p><a title="Gå ind">In</a><b>as frivillig</b><script>og</script>'

    assert danish_in(page) == ["Gå ind", "as frivillig"]


def test_the_open_pages_speak_english(walk: Walk, cast: Cast):
    walk.see("/", "/tilbud/", f"/tilbud/{cast.football.pk}/", "/tilbud/?q=zzz&alder=x")
    walk.see("/house/parts/", "/tilgaengelighed/", "/om-data/", "/ind/konto/", "/findes-ikke/")

    assert left_in_danish(walk) == {}


@pytest.fixture
def within(walk: Walk, cast: Cast) -> Walk:
    sign_in(walk.client, cast.maja)
    return walk


def test_the_entrance_of_a_practice_edition_speaks_english(walk: Walk, cast: Cast):
    installation._known.append(InstallationKind.DEMO)
    for one in (cast.maja, cast.torben, cast.ole):
        User.objects.filter(pk=one.user_id).update(email=f"{one.name.lower()}@demo.invalid")
    walk.see("/ind/", "/")

    assert "Housing-social worker." in walk.pages["/ind/"]
    assert left_in_danish(walk) == {}


def test_the_pages_about_residents_speak_english(within: Walk, cast: Cast):
    amir, need = f"/beboere/{cast.amir.pk}/", f"/behov/{cast.need.pk}/"
    within.see("/i-dag/", "/beboere/", "/beboere/?q=zzz", "/beboere/ny/", amir, f"{amir}ret/")
    within.see(f"{amir}behov/nyt/", f"{need}ret/", "/partnere/", "/partnerskaber/")
    within.see(f"/partnere/{cast.club.pk}/", f"/beboere/{cast.inger.pk}/")
    for path in ("/beboere/ny/", "/notat/", f"{amir}behov/nyt/", f"{amir}notat/", f"{need}ret/"):
        within.send(f"{path} unfilled", path, once=str(uuid4()))

    assert left_in_danish(within) == {}


def test_the_suggestions_speak_english(within: Walk, cast: Cast):
    with organisation_scope(HOUSE):
        football_offer(cast.club, name="Boldklubben 1", minimum_age=13, maximum_age=18)
        football_offer(cast.club, name="Boldklubben 2", languages=["so"])
        football_offer(cast.club, name="Boldklubben 3", capacity_kind=CapacityKind.FULL)
        football_offer(cast.club, name="Boldklubben 4", themes=[Theme.DEBT], price=5000)
    here = f"/forslag/{cast.need.pk}/"
    within.see(here, f"{here}?alle=1", f"{here}andet/", f"{here}andet/?q=zzz", "/forslag/regnemaade/")

    assert left_in_danish(within) == {}


@pytest.fixture
def asked(cast: Cast) -> tuple[Leg, str]:
    """A leg that has been sent, and the token of its link."""
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        leg = stories.sent(cast, at=now)
        token = links.make_link(leg=leg, address="x", expires_at=now + timedelta(days=14), at=now)
    return leg, token


def test_the_bridges_speak_english(within: Walk, cast: Cast):
    now = timezone.now()
    with organisation_scope(HOUSE, member=cast.maja.pk):
        stories.consented(cast, at=now)
        leg = stories.built(cast, at=now)
        actions.prepare_leg(leg=leg, kinds=stories.KINDS, message="Han er lidt genert.", by=cast.maja, at=now)
    here = f"/broer/{leg.bridge_id}/"
    within.see(
        "/broer/", here, f"{here}samtykke/", f"{here}vej-ind/", f"{here}send/", f"{here}traek-tilbage/"
    )
    for step in ("samtykke/", "vej-ind/", "traek-tilbage/"):
        within.send(f"{step} unfilled", f"{here}{step}", once=str(uuid4()))

    assert left_in_danish(within) == {}


def test_a_bridge_with_answers_speaks_english(within: Walk, cast: Cast, asked: tuple[Leg, str]):
    leg, _token = asked
    paths = ("/i-dag/", f"/beboere/{cast.amir.pk}/", "/broer/", f"/broer/{leg.bridge_id}/", "/beboere/")
    told = f"/broer/{leg.bridge_id}/fortalt/"
    within.see(told)
    within.send("told, unfilled", told, once=str(uuid4()))
    for say in (stories.opened, stories.accepted):
        within.see(*paths)
        with organisation_scope(HOUSE, member=cast.maja.pk):
            say(leg, at=timezone.now())
    within.see(*paths)

    assert left_in_danish(within) == {}


def test_the_answer_pages_speak_english(walk: Walk, cast: Cast, asked: tuple[Leg, str]):
    leg, token = asked
    here = f"/svar/{token}/"
    walk.see(here, "/svar/intet/")
    walk.send("question", f"{here}vis/")
    with organisation_scope(HOUSE):
        version = Leg.objects.get(pk=leg.pk).version
    for name, choice in {"none": "", "another day": "anden", "no": "nej", "no reason": "nej-fordi"}.items():
        walk.send(name, f"{here}svar/", svar=choice, version=version)
    walk.send("thanks", f"{here}svar/", svar="venteliste", version=version)
    walk.send("already", f"{here}svar/", svar="nej-fordi", reason="full", version=version)
    walk.see(here)

    assert left_in_danish(walk) == {}


STEPS = "moede plads foelgeskab moedt forsoeg snak klaret lykkedes-ikke tavshed hjalp-det ikke-truffet"


def test_the_pages_of_the_way_to_the_end_speak_english(within: Walk, cast: Cast, asked: tuple[Leg, str]):
    leg, _token = asked
    here = f"/broer/{leg.bridge_id}/"
    with organisation_scope(HOUSE, member=cast.maja.pk):
        stories.accepted(leg, at=timezone.now())
    within.see(here, f"/beboere/{cast.amir.pk}/samtykke/", "/taget-tilbage/")
    for step in STEPS.split():
        within.keep(step, within.client.get(f"{here}{step}/"))
        within.send(f"{step} unfilled", f"{here}{step}/", once=str(uuid4()))

    assert left_in_danish(within) == {}


def test_the_pages_of_a_leader_speak_english(walk: Walk, cast: Cast):
    sign_in(walk.client, cast.torben)
    walk.see("/min-adgang/", "/min-adgang/adgangskode/", "/holdet/", "/holdet/ny/", "/rettigheder/")
    walk.see("/forespoergsler/", f"/partnere/{cast.club.pk}/spoergelink/", "/i-dag/")

    assert left_in_danish(walk) == {}


def test_the_pages_of_the_directory_and_of_its_figures_speak_english(walk: Walk, cast: Cast):
    sign_in(walk.client, cast.torben)
    offer = f"/tilbud/{cast.football.pk}/"
    walk.see("/tilbud/vores/", "/tilbud/nyt/", f"{offer}ret/", f"{offer}historik/")
    walk.see(f"/tilbud/kataloglink/{cast.club.pk}/", "/tilbud/hent/", "/tal/mangler/", "/tal/nej/")
    walk.see("/tilbud/afklaring/", "/tilbud/ens/")
    walk.send("file unfilled", "/tilbud/hent/", once=str(uuid4()))

    assert left_in_danish(walk) == {}
