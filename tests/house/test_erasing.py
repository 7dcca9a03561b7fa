"""Whatever leads to a resident is handed out on request and forgotten on request (PRI-05).

A word of its own is planted in every personal column; it must be in what is handed out, and afterwards in
no column of the database. A column is personal unless it is a key, a moment, a word of ours, or in KEPT.
"""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connection, models, transaction
from django.db.models.signals import pre_save

from brobygger.bridging.models import Statement
from brobygger.foundation.fields import TermField
from brobygger.foundation.policies import ERASED
from brobygger.foundation.scope import organisation_scope
from brobygger.offers.models import Neighbourhood
from brobygger.privacy.erasing import forget, hand_out
from brobygger.privacy.models import Consent
from brobygger.privacy.sockets import erasers, exporters
from brobygger.residents.models import Resident
from tests.people import ELSEWHERE, HOUSE, TODAY, Cast

BARE_KEYS = {"resident_id", "subject_id", "about_id", "about_ids"}
BY_CONTENT = {"foundation.OnceRow"}  # keeps pages, and a page may show a person
WITHOUT_ERASER = {
    "residents.Relation": "keys and days; the person behind the key is emptied",
    "bridging.Bridge": "keys, moments and a coded outcome",
    "bridging.Clock": "keys, moments and how often it rang",
    "bridging.AnswerLink": "the address is the partner's, the token only a hash; dead when the leg ends",
    "foundation.AuditRow": "names keys and acts only; the proof of who looked outlives what was looked at",
}
WITHOUT_EXPORTER = {
    "foundation.OnceRow": "a copy of a page, kept for repeated presses; its facts are handed out",
    "matching.KnownOffers": "keys of public offers, reckoned from the facts that are handed out",
}
KEPT = {
    "residents.Resident": {"is_alias", "is_fictional"},
    "residents.Relation": {"since", "until"},
    "residents.Need": {"next_step_on", "way_step", "way_hand", "new_offers"},
    "residents.FormerText": {"field", "was_saved", "by_name"},
    "bridging.Bridge": {"is_void"},
    "bridging.BridgeStatement": {"seq", "actor_role"},
    "bridging.Leg": {
        "offer_name",
        "code",
        "is_urgent",
        "is_thinking",
        "tries",
        "missed_meetings",
        "place_taken",
        "reason",
    },
    "bridging.LegDraft": {"kinds"},
    "bridging.LegReasons": {"was_suggested"},
    "bridging.Statement": {"seq", "actor_role", "reason"},
    "bridging.Clock": {"ring_count"},
    "bridging.Ask": {"code", "is_urgent", "ring_count", "reason"},
    "bridging.AskStatement": {"seq", "actor_role", "reason"},
    "bridging.AnswerLink": {"purpose", "token_hash", "address"},
    "bridging.ResidentLink": {"token_hash"},
    "privacy.Consent": {"categories", "language", "valid_until"},
    "foundation.OutboxMessage": {"about_kind", "what", "channel", "language", "attempts"},
    "foundation.OnceRow": {"fingerprint", "status", "location"},
    "foundation.AuditRow": {"act", "about_kind", "about_ids", "by_kind", "facts"},
}
PERSONAL_THOUGH_OURS = {("residents.Resident", "gender"), ("residents.Resident", "home")}
NOT_EMPTY = {  # where a row says whose words it holds, the resident's own are planted
    "residents.Note": {"by": None},
    "bridging.Statement": {"actor_role": "R"},
    "bridging.BridgeStatement": {"actor_role": "R", "claim": "note"},
    "bridging.Accompaniment": {"companion": None},
    "bridging.AskStatement": {"actor_role": "R"},
}
EMPTY = ("", None, [], {}, ERASED)


def leading_to_a_resident() -> dict[str, type[models.Model]]:
    """Every model with a path to a resident: by foreign key, by a bare key, or by what it keeps."""
    ours = [m for m in apps.get_models(include_auto_created=True) if m.__module__.startswith("brobygger.")]
    by_key = {m for m in ours if BARE_KEYS & {f.attname for f in m._meta.concrete_fields}}
    found, reached = {Resident, *by_key}, set()
    while found != reached:
        reached = set(found)
        found |= {m for m in ours for f in m._meta.concrete_fields if f.related_model in reached}
    return {m._meta.label: m for m in ours if m in found or m._meta.label in BY_CONTENT}


def personal_columns(model: type[models.Model]) -> list[models.Field]:
    label = model._meta.label
    return [
        field
        for field in model._meta.concrete_fields
        if (label, field.name) in PERSONAL_THOUGH_OURS
        or not (_is_structure(field) or field.name in KEPT.get(label, set()))
    ]


def _is_structure(field: models.Field) -> bool:
    is_key = field.is_relation or isinstance(field, models.UUIDField)
    return is_key or isinstance(field, models.DateTimeField | TermField) or field.name == "version"


def canary(field: models.Field) -> Any:
    """A value that stands in this column alone; as long as the column allows."""
    number = f"{sum(map(ord, field.model._meta.label + field.name)) % 900 + 100}"
    if field.related_model is Neighbourhood:
        return Neighbourhood.objects.order_by("pk")[0]
    for kind, value in {
        models.JSONField: {"told": f"KANARIE {field.model._meta.label}.{field.name}"},
        models.DateField: TODAY,
        models.BooleanField: True,
        models.IntegerField: int(number),
    }.items():
        if isinstance(field, kind):
            return value
    if hasattr(field, "base_field"):
        return [number[: field.base_field.max_length]]
    return f"KANARIE {field.model._meta.label}.{field.name}"[: field.max_length]


@pytest.fixture
def planted() -> Iterator[None]:
    models_ = leading_to_a_resident()

    def plant(sender: type[models.Model], instance: models.Model, **_: object) -> None:
        for field in personal_columns(sender) if sender._meta.label in models_ else ():
            setattr(instance, field.name, canary(field))
        for name, value in NOT_EMPTY.get(sender._meta.label, {}).items():
            setattr(instance, name, value)

    pre_save.connect(plant)
    yield
    pre_save.disconnect(plant)


@pytest.fixture
def person(cast: Cast, planted: None) -> Iterator[Resident]:
    """A resident of our house about whom every table says something, in an open scope."""
    from tests.house import world

    home = world.furnish(HOUSE, cast.maja, cast.club, neighbour=ELSEWHERE)
    with organisation_scope(HOUSE):
        yield home.person


@pytest.mark.feature("PRI-05")
def test_every_model_that_leads_to_a_resident_is_erased_and_handed_out_or_excused():
    reached = set(leading_to_a_resident())

    assert {name for name, _ in erasers} == reached - set(WITHOUT_ERASER)
    assert {name for name, _ in exporters} == reached - set(WITHOUT_EXPORTER)


def test_a_model_without_an_eraser_has_no_personal_column():
    models_ = leading_to_a_resident()
    told = {name: [field.name for field in personal_columns(models_[name])] for name in WITHOUT_ERASER}

    assert told == {name: [] for name in WITHOUT_ERASER}


@pytest.mark.feature("PRI-05")
def test_every_personal_column_is_handed_out(person: Resident):
    told = json.dumps(hand_out(person.pk), cls=DjangoJSONEncoder, ensure_ascii=False)
    handed_out = set(leading_to_a_resident()) - set(WITHOUT_EXPORTER)

    assert [word for word in _words(handed_out) if word not in told] == []


@pytest.mark.feature("PRI-05")
def test_every_personal_column_is_forgotten(person: Resident):
    before = _whole_database()
    forget(person.pk)

    assert [word for word in _words(set(leading_to_a_resident())) if word not in before] == []
    assert [line for line in _whole_database().split("\n") if "KANARIE" in line] == []
    assert _not_emptied(person) == []


def test_forgetting_one_person_leaves_the_others(person: Resident, cast: Cast):
    forget(person.pk)

    cast.amir.refresh_from_db()
    cast.need.refresh_from_db()
    assert "KANARIE" not in cast.amir.name
    assert cast.need.words.startswith("Min søn")


def test_another_house_forgets_nothing_of_ours(person: Resident):
    with organisation_scope(ELSEWHERE):
        assert set(forget(person.pk).values()) == {0}


@pytest.mark.parametrize(
    ("model", "column"), [(Consent, "wording"), (Consent, "signed_name"), (Statement, "text")]
)
def test_what_was_said_is_not_reworded(person: Resident, model: type[models.Model], column: str):
    with pytest.raises(IntegrityError, match="emptied, not rewritten"), transaction.atomic():
        model.objects.update(**{column: "noget andet"})


def _words(labels: set[str]) -> list[str]:
    """The planted texts that are long enough to be looked for by themselves."""
    found = leading_to_a_resident()
    texts = [canary(field) for label in labels for field in personal_columns(found[label])]
    flat = [value["told"] if isinstance(value, dict) else value for value in texts]
    return [value for value in flat if isinstance(value, str) and value.startswith("KANARIE")]


def _whole_database() -> str:
    """Every row of every table that the application may read, a line each, as the database says it."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        lines = []
        for table in tables:
            cursor.execute(f'SELECT t::text FROM "{table}" t')
            lines += [f"{table}: {row}".replace("\n", " ") for (row,) in cursor.fetchall()]
    return "\n".join(lines)


def _not_emptied(person: Resident) -> list[str]:
    handed_out = hand_out(person.pk)
    found = leading_to_a_resident()
    return [
        f"{label}.{field.name}"
        for label in set(handed_out) - set(WITHOUT_ERASER)
        for row in handed_out[label]
        for field in personal_columns(found[label])
        if row[field.attname] not in EMPTY
    ]
