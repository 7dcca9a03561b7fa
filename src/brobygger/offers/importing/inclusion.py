"""data.inclusion (France): its structures and services told again in the words of HSDS. Pure.

Source: gip-inclusion/data-inclusion-schema, schemas/v1. What has no word in HSDS keeps its own name, so that
the reader names it as a column that is not used.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

LISTS = ("structures", "services")
SPEAKS = frozenset({"nom", "date_maj"})
PLACE = ("adresse", "complement_adresse", "code_postal", "commune", "latitude", "longitude")
ON_THE_SPOT = "en-presentiel"
FREE = "gratuit"
BODY = {"nom": "name", "description": "description", "courriel": "email", "site_web": "website"}
SERVICE = {
    "nom": "name",
    "description": "description",
    "structure_id": "organization_id",
    "courriel": "email",
}
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_DAY = "(?:Mo|Tu|We|Th|Fr|Sa|Su)"
_TIME = r"\d{2}:\d{2}"
_RULE = re.compile(
    rf"(?P<days>{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*)\s+"
    rf"(?P<times>off|closed|{_TIME}-{_TIME}(?:,\s*{_TIME}-{_TIME})*)"
)


def is_inclusion(item: Mapping[str, Any]) -> bool:
    """
    >>> is_inclusion({"id": "x", "nom": "CCAS", "date_maj": "2026-01-01"}), is_inclusion({"name": "CCAS"})
    (True, False)
    """
    return item.keys() >= SPEAKS


def as_hsds(item: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """(table, object): a service if it names its structure, else the structure as an organisation."""
    return ("service", _service(item)) if "structure_id" in item else ("organization", _body(item))


def _body(item: Mapping[str, Any]) -> dict[str, Any]:
    told = _renamed(item, BODY)
    own = _text(item.get("id"))
    told["locations"] = [place] if (place := _place(item, own)) else []
    told["phones"] = _phones(item, own)
    if siret := item.get("siret"):
        told["organization_identifiers"] = [
            {"id": f"{own}/siret", "identifier_scheme": "FR-SIRET", "identifier": siret}
        ]
    for place in told["locations"]:
        place["schedules"] = _schedules(item, f"{own}/sted")
        if about := told.pop("accessibilite_lieu", None):
            place["accessibility"] = [{"id": f"{own}/adgang", "description": about}]
    return _without(told, *PLACE, "telephone", "siret", *(["horaires_accueil"] if told["locations"] else []))


def _service(item: Mapping[str, Any]) -> dict[str, Any]:
    told = _renamed(item, SERVICE)
    own = _text(item.get("id"))
    told["website"] = item.get("lien_mobilisation") or item.get("lien_source")
    told["application_process"] = _lines(
        _list(item, "modes_mobilisation"), item.get("mobilisation_precisions"), _list(item, "mobilisable_par")
    )
    told["eligibility_description"] = _lines(
        _list(item, "publics"), item.get("publics_precisions"), item.get("conditions_acces")
    )
    told["keywords"] = _lines(_list(item, "thematiques"), _words(item.get("type")))
    told["fees_description"] = item.get("frais_precisions")
    told["cost_options"] = _costs(item, own)
    told["phones"] = _phones(item, own)
    told["schedules"] = _schedules(item, own)
    told["service_areas"] = [
        {"id": f"{own}/{zone}", "name": zone} for zone in item.get("zone_eligibilite") or []
    ]
    if name := item.get("contact_nom_prenom"):
        told["contacts"] = [{"id": f"{own}/contact", "name": name}]
    at = item.get("modes_accueil")
    if (place := _place(item, own)) and (at is None or ON_THE_SPOT in at):
        told["service_at_locations"] = [{"id": f"{own}@sted", "location": place}]
        told = _without(told, *PLACE)
    return _without(told, *_TOLD_OTHERWISE)


_TOLD_OTHERWISE = (
    "lien_mobilisation", "modes_mobilisation", "mobilisation_precisions", "mobilisable_par", "publics",
    "publics_precisions", "conditions_acces", "thematiques", "type", "frais", "frais_precisions", "telephone",
    "horaires_accueil", "zone_eligibilite", "contact_nom_prenom", "modes_accueil",
)  # fmt: skip


def _renamed(item: Mapping[str, Any], names: Mapping[str, str]) -> dict[str, Any]:
    return {names.get(key, key): value for key, value in item.items()}


def _without(told: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in told.items() if key not in keys}


def _place(item: Mapping[str, Any], own: str) -> dict[str, Any] | None:
    """Where it is. Coordinates may stand without an address, an address without coordinates."""
    if not any(item.get(column) for column in PLACE):
        return None
    address = {
        "id": f"{own}/adresse",
        "address_1": item.get("adresse"),
        "address_2": item.get("complement_adresse"),
        "postal_code": item.get("code_postal"),
        "city": item.get("commune"),
        "country": "FR",
        "address_type": "physical",
    }
    where = {"id": f"{own}/sted", "name": item.get("nom"), "addresses": [address]}
    return where | {column: item.get(column) for column in ("latitude", "longitude")}


def _phones(item: Mapping[str, Any], own: str) -> list[dict[str, Any]]:
    return [{"id": f"{own}/telephone", "number": number}] if (number := item.get("telephone")) else []


def _costs(item: Mapping[str, Any], own: str) -> list[dict[str, Any]]:
    if not (told := item.get("frais")):
        return []
    free = {"amount": "0", "currency": "EUR"} if told == FREE else {}
    return [{"id": f"{own}/frais", "option": _words(told)} | free]


def _schedules(item: Mapping[str, Any], own: str) -> list[dict[str, Any]]:
    told = item.get("horaires_accueil")
    rows = opening_rows(told) if isinstance(told, str) else []
    return [{"id": f"{own}/horaires-{number}", **row} for number, row in enumerate(rows)]


def opening_rows(text: str) -> Iterator[dict[str, str]]:
    """OpenStreetMap opening hours, one row a span; a rule we cannot be sure of stays as it was written.

    >>> list(opening_rows("Mo,We-Fr 09:00-12:00; PH off"))
    [{'byday': 'MO,WE,TH,FR', 'opens_at': '09:00', 'closes_at': '12:00'}, {'hours_of_operation': 'PH off'}]
    """
    for rule in filter(None, (piece.strip() for piece in text.split(";"))):
        found = _RULE.fullmatch(rule)
        if found is None:
            yield {"hours_of_operation": rule}
            continue
        if found["times"] in {"off", "closed"}:
            yield from ({"weekday": day} for day in _days(found["days"]))
            continue
        days = ",".join(day.upper() for day in _days(found["days"]))
        for span in re.split(r",\s*", found["times"]):
            opens, closes = span.split("-")
            yield {"byday": days, "opens_at": opens, "closes_at": closes}


def _days(text: str) -> list[str]:
    """
    >>> _days("Sa-Mo,We")
    ['Sa', 'Su', 'Mo', 'We']
    """
    days: list[str] = []
    for piece in text.split(","):
        first, _, last = piece.partition("-")
        start, length = DAYS.index(first), (DAYS.index(last or first) - DAYS.index(first)) % 7
        days += [DAYS[(start + step) % 7] for step in range(length + 1)]
    return days


def _list(item: Mapping[str, Any], key: str) -> str:
    told = item.get(key)
    return ", ".join(map(_words, told)) if isinstance(told, list) else _words(told)


def _words(code: Any) -> str:
    """A code as words.

    >>> _words("logement-hebergement--louer-un-logement")
    'logement hebergement: louer un logement'
    """
    return _text(code).replace("--", ": ").replace("-", " ")


def _lines(*texts: Any) -> str:
    return "\n".join(filter(None, map(_text, texts)))


def _text(value: Any) -> str:
    return "" if value is None else str(value)
