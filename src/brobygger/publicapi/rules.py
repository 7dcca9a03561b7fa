"""What may be asked, how it is read, and the arithmetic of pages. Pure."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, TypeAlias

from brobygger.engine.words import Phrase, Word
from brobygger.engine.words import gettext_noop as _

MOST_A_PAGE, USUAL_A_PAGE, LAST_PAGE, LONGEST = 500, 50, 1_000_000, 200
Schema: TypeAlias = dict[str, Any]
Told: TypeAlias = Mapping[str, Sequence[object]]  # the values of one place: the address, or the body


class NotUnderstood(ValueError):
    """A parameter that cannot be read: which, and what it may be."""

    def __init__(self, name: str, phrase: Phrase) -> None:
        super().__init__(name)
        self.name, self.phrase = name, phrase


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of the specification. `read` raises ValueError for what it cannot be."""

    name: str
    about: str
    schema: Schema
    read: Callable[[str], Any]
    may_be: str
    usual: Any = None


def text(told: str) -> str:
    """What can be looked for: no longer than anybody types, and only what is text."""
    if len(told) > LONGEST or "\0" in told:
        raise ValueError(told)
    told.encode()  # half of a surrogate pair is no text; UnicodeEncodeError is a ValueError
    return told.strip()


def yes(told: str) -> bool:
    if told not in {"true", "false"}:
        raise ValueError(told)
    return told == "true"


def instant(told: str) -> datetime:
    """A moment; a day alone is its beginning, and without a zone it is UTC. A `+` may have come as a blank.

    >>> instant("2026-11-24T10:00:00 01:00").isoformat(), instant("2026-11-24").isoformat()
    ('2026-11-24T09:00:00+00:00', '2026-11-24T00:00:00+00:00')
    """
    whole = re.sub(r"^(.*[Tt].*) (\d\d:\d\d)$", r"\1+\2", told.strip())
    at = datetime.fromisoformat(re.sub(r":60(?=\D|$)", ":59", whole.upper()))  # a leap second
    try:
        return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)
    except OverflowError:  # the first or the last hours of the calendar
        return at.replace(tzinfo=UTC)


def number(least: int, most: int) -> Callable[[str], int]:
    def read(told: str) -> int:
        if not re.fullmatch(r"[0-9]{1,9}", told) or not least <= int(told) <= most:
            raise ValueError(told)
        return int(told)

    return read


def one_of(*words: str) -> Callable[[str], str]:
    def read(told: str) -> str:
        if told not in words:
            raise ValueError(told)
        return told

    return read


TEXT: Schema = {"type": "string", "maxLength": LONGEST, "pattern": "^[^\\u0000]*$"}
A_TEXT = _("en tekst på højst 200 tegn")
A_YES = _("true eller false")


def _text(name: str, about: str) -> Parameter:
    return Parameter(name, about, TEXT, text, A_TEXT, "")


def _yes(name: str, about: str) -> Parameter:
    return Parameter(name, about, {"type": "boolean"}, yes, A_YES, usual=False)


def _number(name: str, about: str, most: int, usual: int) -> Parameter:
    schema = {"type": "integer", "minimum": 1, "maximum": most, "default": usual}
    may_be = _("et helt tal fra 1 til 500") if most == MOST_A_PAGE else _("et helt tal fra 1 til 1000000")
    return Parameter(name, about, schema, number(1, most), may_be)


PARAMETERS = {
    one.name: one
    for one in (
        _text("search", "Everyday words, in Danish or English; forgives endings and misspellings."),
        _number("page", "Which page, from 1.", LAST_PAGE, 1),
        _number("per_page", "How many objects on a page.", MOST_A_PAGE, USUAL_A_PAGE),
        Parameter(
            "format",
            "`json`: one page. `ndjson`: everything, one object a line, without pages.",
            {"type": "string", "enum": ["json", "ndjson"]},
            one_of("json", "ndjson"),
            _("json eller ndjson"),
            "",
        ),
        _text("taxonomy_term_id", "Only what has this term among its attributes."),
        _text("taxonomy_id", "Only what has any term of this taxonomy."),
        _text("organization_id", "Only what this organisation offers."),
        Parameter(
            "modified_after",
            "Only what has changed at or after this moment, also in what hangs on it. Ask from some minutes"
            " before your last fetch: what was being saved then has a date before it could be read.",
            {"type": "string", "format": "date-time"},
            instant,
            _("et tidspunkt som 2026-11-24T09:00:00Z"),
        ),
        _yes(
            "minimal",
            "Only `id` and `modified_date` (with the name and status that the HSDS list requires),"
            " all on one page unless `per_page` is given.",
        ),
        _yes("full", "With everything that hangs on each object."),
        _yes(
            "full_service", "With the organisation's services in full, and everything else that hangs on it."
        ),
        _text("postcode", "Only where the service covers this postcode, or says nothing of where it covers."),
        Parameter(
            "proximity",
            "Together with `postcode`: only what lies within so many metres of the middle of that postcode.",
            {"type": "string", "pattern": "^[0-9]{1,7}$"},
            number(0, 9_999_999),
            _("et helt antal meter"),
        ),
        _yes("top_only", "Only terms that no other term stands under."),
        _text("parent_id", "Only terms that stand directly under this one."),
    )
}
PAGING = ("search", "page", "per_page", "format")
NARROWED = ("taxonomy_term_id", "taxonomy_id")
COLLECTIONS: Mapping[str, tuple[str, ...]] = {
    "services": (*PAGING, *NARROWED, "organization_id", "modified_after", "minimal", "full"),
    "organizations": (*PAGING, "full_service", "full", *NARROWED),
    "service_at_locations": (
        *PAGING, *NARROWED, "organization_id", "modified_after", "full", "postcode", "proximity",
    ),
    "taxonomies": PAGING,
    "taxonomy_terms": (*PAGING, "taxonomy_id", "top_only", "parent_id"),
}  # fmt: skip
OF_ONE: Mapping[str, tuple[str, ...]] = {"organizations": ("full_service",)}


def understood(names: tuple[str, ...], told: Sequence[Told]) -> dict[str, Any]:
    """The parameters that these names may have, each read or as usual; others are let be.

    What is asked for in a later place decides. Raises NotUnderstood, also for what would have been outdone.
    """
    asked = {}
    for name in names:
        one = PARAMETERS[name]
        read = [_read(one, values) for source in told if (values := source.get(name))]
        asked[name] = read[-1] if read else one.usual
    return asked


def _read(one: Parameter, values: Sequence[object]) -> Any:
    try:
        (value,) = values  # twice in one place is asking for two things at once
        return one.read(_as_text(value, one.schema["type"]))
    except ValueError:
        blanks: dict[str, Word] = {"name": one.name, "may_be": Phrase(one.may_be)}
        raise NotUnderstood(one.name, Phrase(_("%(name)s skal være %(may_be)s."), blanks)) from None


def _as_text(value: object, kind: str) -> str:
    """A value of a JSON body as it would stand in an address, if it is of its kind.

    >>> _as_text(2.0, "integer"), _as_text(True, "boolean"), _as_text("2", "integer")
    ('2', 'true', '2')
    """
    if kind == "boolean" and isinstance(value, bool):
        return str(value).lower()
    if kind == "integer" and isinstance(value, int | float) and not isinstance(value, bool):
        return str(int(value)) if value == value // 1 else str(value)
    if not isinstance(value, str):
        raise ValueError(value)
    return value


@dataclass(frozen=True, slots=True)
class Paging:
    """Which piece of a list is wanted."""

    number: int
    size: int

    @property
    def piece(self) -> slice:
        begin = (self.number - 1) * self.size
        return slice(begin, begin + self.size)

    def page(self, contents: list[dict[str, Any]], total: int) -> dict[str, Any]:
        """The seven fields of an HSDS page, and what stands on it.

        >>> Paging(2, 50).page([{}], 51)["last_page"], Paging(9, 50).page([], 51)["empty"]
        (True, True)
        """
        pages = -(-total // self.size)
        return {
            "total_items": total,
            "total_pages": pages,
            "page_number": self.number,
            "size": len(contents),
            "first_page": self.number == 1,
            "last_page": self.number >= pages,
            "empty": not contents,
            "contents": contents,
        }
