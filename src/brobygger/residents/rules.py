"""Small answers about people, needs and notes. Plain values in, plain values out."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from brobygger.residents.terms import TimeOfWeek, Voice

TEN_DIGITS = re.compile(r"(?<!\d)(?P<day>\d\d)(?P<month>\d\d)\d\d[- ]?\d{4}(?!\d)")
FOLDS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "u", "ß": "ss"})
AFTER_Z = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})


def is_complete(*, owner: UUID | None, next_step: str, next_step_on: date | None) -> bool:
    """An open need has all three, so that nobody is forgotten between two people (RES-03)."""
    return bool(owner and next_step.strip() and next_step_on)


def counts_as_contact(*, voice: Voice, channel: str) -> bool:
    """Whether a note means that we and the resident have spoken. A partner's answer does not."""
    return bool(channel) and voice in {Voice.US, Voice.YOU}


def holds(*, since: date, until: date | None, on: date) -> bool:
    """Whether a relation gives reach on a day. `until` is the first day it no longer does."""
    return since <= on and (until is None or on < until)


def folded(text: str) -> str:
    """A text as the search sees it: small letters, no accents, and both ways of writing æ, ø and å alike.

    >>> folded("  Søren  ÅGÅRD "), folded("Soeren Aagaard")
    ('soeren aagaard', 'soeren aagaard')
    >>> folded("José")
    'jose'
    """
    spread = unicodedata.normalize("NFKD", text.casefold().translate(FOLDS))
    return " ".join("".join(sign for sign in spread if not unicodedata.combining(sign)).split())


def in_danish_order(name: str) -> str:
    """A key that sorts names as a Danish telephone book does: æ, ø, å last, and aa as å.

    The database sorts by code point, which puts å before æ.

    >>> sorted(["Åse", "Ørsted", "Zahra", "Ærlig", "Aase", "Anna"], key=in_danish_order)
    ['Anna', 'Zahra', 'Ærlig', 'Ørsted', 'Åse', 'Aase']
    """
    whole = unicodedata.normalize("NFC", name.casefold()).replace("aa", "å").translate(AFTER_Z)
    spread = unicodedata.normalize("NFKD", whole)
    return "".join(sign for sign in spread if not unicodedata.combining(sign))


def digits(text: str) -> str:
    """Only the digits, so that a number is found however it is spaced.

    >>> digits("+45 12 34")
    '451234'
    """
    return "".join(sign for sign in text if sign.isdecimal())


def clipped(text: str, most: int) -> str:
    """A text that fits into its column; names of organisations may be longer than a line of ours.

    >>> clipped("Ring til klubben", 8)
    'Ring ti…'
    """
    return text if len(text) <= most else text[: most - 1] + "…"


def week_slot(weekday: int, part: TimeOfWeek) -> str:
    """One of the 21 answers to "when are you free": Monday is 0.

    >>> week_slot(0, TimeOfWeek.AFTERNOON)
    '0-afternoon'
    """
    return f"{weekday}-{part.value}"


def looks_like_cpr(text: str) -> bool:
    """Whether a text holds ten digits that begin with a date: such a number is never asked for here (PRI-08).

    >>> looks_like_cpr("Hun hedder 010190-1234"), looks_like_cpr("Ring 12 34 56 78")
    (True, False)
    """
    return any(
        1 <= int(found["day"]) <= 31 and 1 <= int(found["month"]) <= 12 for found in TEN_DIGITS.finditer(text)
    )


def only_one(keys: Iterable[UUID]) -> UUID | None:
    """The one there is, or None when there is a choice to make or nothing at all."""
    found = list(keys)
    return found[0] if len(found) == 1 else None
