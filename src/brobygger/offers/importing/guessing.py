"""What the columns of somebody's own sheet probably mean, by their names and what stands in them. Pure.

A guess is a suggestion on a page, never more: a person chooses. One row is one offer; who stands behind it
and where it is stand on the same row.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from brobygger.engine.words import gettext_noop as _

ENOUGH = 0.6  # share of the filled cells that must look like it
SAMPLE = 200  # rows that are looked at


@dataclass(frozen=True, slots=True)
class Meaning:
    """`goes` lists (table, column, is_appended) where the text of such a column goes.

    `names` are headings in Danish and English, bare of case and signs; `looks`: whether a cell can be one.
    """

    code: str
    label: str
    goes: tuple[tuple[str, str, bool], ...]
    names: frozenset[str]
    looks: Callable[[str], bool] | None = None


def _matches(pattern: str) -> Callable[[str], bool]:
    compiled = re.compile(pattern, re.IGNORECASE)
    return lambda text: compiled.fullmatch(text.strip()) is not None


def _meaning(
    code: str, label: str, goes: str, names: str, looks: Callable[[str], bool] | None = None
) -> Meaning:
    """Written short: `goes` is "table.column table.column+", where + is added to what stands there."""
    places = tuple(
        (table, column.rstrip("+"), column.endswith("+"))
        for table, column in (one.split(".") for one in goes.split())
    )
    return Meaning(code, label, places, frozenset(names.split()), looks)


_PHONE = _matches(r"(?:\+?\d{2}[ ]?)?(?:\d[ .-]?){8}")
_HOURS = re.compile(
    r"\b(?:man|tirs?|ons|tors?|fre|lør|søn|mon|tue|wed|thu|fri|sat|sun)\w*\b.*\d", re.IGNORECASE
)
_STREET = re.compile(r"[A-Za-zÆØÅæøå. ]{3,}\s\d+\s?[A-Za-z]?\b.*")

MEANINGS: tuple[Meaning, ...] = (
    _meaning("offer_id", _("tilbuddets nummer"), "service.id", "id nr nummer tilbudsid serviceid tilbudsnr"),
    _meaning("offer", _("tilbuddets navn"), "service.name",
             "tilbud tilbuddet navn titel aktivitet hold kursus name title service servicename activity"),
    _meaning("about", _("hvad det er"), "service.description+",
             "beskrivelse hvad om omtale tekst indhold description about"),
    _meaning("body", _("hvem der står bag"), "organization.name",
             "organisation organisationen forening udbyder arrangør aktør organization provider agency"),
    _meaning("price", _("pris"), "service.fees", "pris kontingent betaling gebyr price fee fees cost",
             _matches(r"gratis|free|\d+([.,]\d+)?\s*(kr\.?|dkk)|kr\.?\s*\d+([.,]\d+)?")),
    _meaning("for_whom", _("for hvem"), "service.eligibility_description+",
             "målgruppe forhvem målgruppen deltagere eligibility audience"),
    _meaning("from_age", _("fra alder"), "service.minimum_age", "minalder fraalder alderfra minage agefrom"),
    _meaning("to_age", _("til alder"), "service.maximum_age", "maxalder maksalder tilalder maxage ageto"),
    _meaning("how", _("sådan kommer man med"), "service.application_process+",
             "tilmelding henvendelse sådankommermanmed signup application"),
    _meaning("themes", _("emne"), "service.keywords+",
             "emne kategori tema emneord type category keywords topic theme"),
    _meaning("languages", _("sprog"), "service.languages", "sprog language languages"),
    _meaning("email", _("e-mail"), "service.email", "email epost mail emailadresse",
             _matches(r"[^\s@]+@[^\s@]+\.[^\s@]+")),
    _meaning("web", _("hjemmeside"), "service.website", "hjemmeside web website link url",
             _matches(r"(https?://|www\.)\S+")),
    _meaning("phone", _("telefon"), "phone.number", "telefon tlf telefonnummer mobil phone", _PHONE),
    _meaning("hours", _("hvornår"), "schedule.hours_of_operation",
             "åbningstid åbningstider tid tider tidspunkt hvornår dage hours schedule",
             lambda text: bool(_HOURS.search(text))),
    _meaning("place", _("stedets navn"), "location.name", "sted lokation lokale bygning location venue"),
    _meaning("street", _("adresse"), "address.address_1", "adresse vej gade vejnavn address street",
             lambda text: bool(_STREET.fullmatch(text))),
    _meaning("postcode", _("postnummer"), "address.postal_code", "postnr postnummer zip postcode postalcode",
             _matches(r"(?:DK-?)?\d{4}")),
    _meaning("town", _("by"), "address.city", "by bynavn postdistrikt city town"),
    _meaning("north", _("breddegrad"), "location.latitude", "breddegrad latitude lat",
             _matches(r"5[4-8][.,]\d{3,}")),
    _meaning("east", _("længdegrad"), "location.longitude", "længdegrad longitude lon lng long",
             _matches(r"(?:[6-9]|1[0-6])[.,]\d{3,}")),
    _meaning("state", _("status"), "service.status", "status tilstand"),
    _meaning("note", _("andet, som en del af beskrivelsen"), "service.description+", "note bemærkning noter"),
)  # fmt: skip
BY_CODE = {meaning.code: meaning for meaning in MEANINGS}
ONCE = frozenset(BY_CODE) - {"about", "for_whom", "how", "themes", "note"}  # the others may be told in pieces
NEEDED = ("offer", "body")
PLACE = ("place", "street", "postcode")


@dataclass(frozen=True, slots=True)
class Preview:
    """The beginning of a sheet: its file, headings, and ten rows as they stand."""

    file: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...] = field(default=())

    def as_json(self) -> dict[str, Any]:
        return {"file": self.file, "headings": list(self.headings), "rows": [list(row) for row in self.rows]}

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Preview":
        return cls(kept["file"], tuple(kept["headings"]), tuple(tuple(row) for row in kept["rows"]))


def guessed(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> dict[str, str]:
    """Heading -> code, for those that can be guessed. Names first, then what stands in the columns.

    >>> guessed(["Aktivitet", "Forening", "Kontakt"], [("Skak", "Klub 4", "skak@klub.invalid")])
    {'Aktivitet': 'offer', 'Forening': 'body', 'Kontakt': 'email'}
    """
    found: dict[str, str] = {}
    for heading in headings:
        code = next((one.code for one in MEANINGS if _bare(heading) in one.names), "")
        if code and (code not in ONCE or code not in found.values()):
            found[heading] = code
    told = list(rows)[:SAMPLE]
    for place, heading in enumerate(headings):
        cells = [row[place] for row in told if place < len(row) and row[place]]
        if heading in found or not cells:
            continue
        for one in MEANINGS:
            if one.looks and one.code not in found.values() and _share(cells, one.looks) >= ENOUGH:
                found[heading] = one.code
                break
    return found


def missing(chosen: Mapping[str, str]) -> list[str]:
    """What must be chosen and is not."""
    return [code for code in NEEDED if code not in chosen.values()]


def told_twice(chosen: Mapping[str, str]) -> list[str]:
    """What only one column can be, and two are said to be."""
    codes = list(chosen.values())
    return sorted({code for code in codes if code in ONCE and codes.count(code) > 1})


def mapping_for(file: str, chosen: Mapping[str, str]) -> dict[str, Any]:
    """`chosen` (heading -> code) in the shape of mapping.yaml.

    Where the sheet has no ids, they are made of what tells one from another: an organisation of its name, an
    offer of its organisation's name and its own, a place of what is told of where it is.
    """
    columns = {
        heading: [_target(*place) for place in BY_CODE[code].goes] for heading, code in chosen.items() if code
    }
    headings = {code: heading for heading, code in chosen.items()}
    body, offer = headings["body"], headings["offer"]
    columns[body] += [
        _target("organization", "id"),
        _target("service", "organization_id"),
    ]
    if "offer_id" not in headings:
        columns[body].append(_target("service", "id", True))
        columns[offer].append(_target("service", "id", True))
    for code in PLACE:
        if code in headings:
            ties = (("location", "id"), ("service", "location_id"), ("address", "location_id"))
            columns[headings[code]] += [_target(table, column, True) for table, column in ties]
    if "place" not in headings and "street" in headings:  # a place without a name is called by its street
        columns[headings["street"]].append(_target("location", "name"))
    first = headings.get("offer_id", body)
    ordered = {
        first: sorted(columns[first], key=lambda one: (one["model"], one["field"]) != ("service", "id"))
    }
    return {file: {"columns": ordered | {key: told for key, told in columns.items() if key != first}}}


def _target(table: str, column: str, is_appended: bool = False) -> dict[str, Any]:
    return {"model": table, "field": column} | ({"append": True} if is_appended else {})


def _share(cells: Sequence[str], looks: Callable[[str], bool]) -> float:
    return sum(map(looks, cells)) / len(cells)


def _bare(heading: str) -> str:
    """
    >>> _bare("Post nr.:")
    'postnr'
    """
    return re.sub(r"[\W_]+", "", heading.lower())
