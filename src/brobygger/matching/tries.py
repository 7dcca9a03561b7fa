"""What if? One change of one fact, written so that it can stand in an address: "max_price.5000".

What stands in an address is written by anybody, so what cannot be read is left out.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from brobygger.engine.fit.changes import FactValue, SmallestChange
from brobygger.engine.fit.values import Person, WeekTimes
from brobygger.engine.quantities import Money
from brobygger.engine.words import gettext_noop

WEEK_BITS = 7 * 48
MOST = 1_000_000
CODES = 40


def written(change: SmallestChange) -> tuple[str, str]:
    """The fact, and the change as a text.

    >>> from brobygger.engine.fit.constraints import Constraint
    >>> written(SmallestChange(Constraint.PRICE, "price", {}, "max_price", Money(5000)))
    ('max_price', 'max_price.5000')
    """
    if change.fact is None or change.value is None:
        raise ValueError(f"only the offer can change {change.constraint!r}")
    return change.fact, f"{change.fact}.{_write(change.value)}"


def read(texts: Iterable[str]) -> dict[str, str]:
    """The changes that can be read, by fact; of two for the same fact the later counts.

    >>> read(["max_minutes.30", "max_minutes.45", "age.4", "max_price.x", "home"])
    {'max_minutes': 'max_minutes.45'}
    """
    found = {}
    for text in texts:
        fact, _dot, value = text.partition(".")
        if fact in READERS and READERS[fact](value) is not None:
            found[fact] = text
    return found


def supposed(person: Person, tries: Mapping[str, str]) -> Person:
    """The same person, had they said so."""
    said: dict[str, Any] = {fact: READERS[fact](text.partition(".")[2]) for fact, text in tries.items()}
    return replace(person, **said)


@dataclass(frozen=True, slots=True)
class Slider:
    """One limit of the resident's that can be moved to see what happens, in steps from `least` to `most`."""

    name: str
    fact: str
    label: str
    least: int
    most: int
    step: int
    each: int  # what one of its units is in the fact's own


SLIDERS = (
    Slider("minutter", "max_minutes", gettext_noop("Minutter til fods"), 5, 90, 5, 1),
    Slider("kroner", "max_price", gettext_noop("Kroner pr. gang"), 0, 500, 10, 100),
)


def moved(asked: Mapping[str, str], told: Person) -> list[str]:
    """The changes that sliders in an address ask for; one that stands where the resident put it asks none."""
    found = []
    for slider in SLIDERS:
        value = _number(asked.get(slider.name, ""))
        if value is not None and value != standing(slider, told):
            found.append(f"{slider.fact}.{value * slider.each}")
    return found


def standing(slider: Slider, person: Person) -> int | None:
    """Where a slider stands for this person; None if nobody has told."""
    said = getattr(person, slider.fact)
    if said is None:
        return None
    return (said.ore if isinstance(said, Money) else int(said)) // slider.each


def _write(value: FactValue) -> str:
    if isinstance(value, Money):
        return str(value.ore)
    if isinstance(value, WeekTimes):
        return f"{value.bits:x}"
    if isinstance(value, frozenset):
        return ",".join(sorted(value))
    return value.isoformat() if isinstance(value, date) else str(value)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 8 and int(text) <= MOST else None


def _money(text: str) -> Money | None:
    ore = _number(text)
    return None if ore is None else Money(ore)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _week(text: str) -> WeekTimes | None:
    try:
        bits = int(text, 16) if len(text) <= WEEK_BITS // 4 else -1
    except ValueError:
        return None
    return WeekTimes(bits) if bits >= 0 else None


def _codes(text: str) -> frozenset[str] | None:
    codes = frozenset(text.split(","))
    return codes if len(codes) <= CODES and all(code.isalpha() and len(code) <= 3 for code in codes) else None


READERS: Mapping[str, Callable[[str], FactValue | None]] = {
    "max_minutes": _number,
    "max_price": _money,
    "wait_until": _day,
    "times": _week,
    "languages": _codes,
}
