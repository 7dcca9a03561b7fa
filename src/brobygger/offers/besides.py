"""What the rows beside an offer add to its page, as their source said it, under the question it answers."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from brobygger.offers.hsds import beside
from brobygger.offers.hsds.beside import Row
from brobygger.offers.hsds.columns import DETAIL
from brobygger.offers.models import Location, Offer

SHOWN = tuple(
    DETAIL[entity]
    for entity in ("accessibility", "cost_option", "service_area", "required_document", "schedule", "contact")
)
WHEN = ("byday", "bymonthday", "byweekno", "byyearday", "description", "notes")


@dataclass(frozen=True, slots=True)
class Beside:
    """Texts by question; `access` by place."""

    who: Sequence[str] = ()
    when: Sequence[str] = ()
    cost: Sequence[str] = ()
    how: Sequence[str] = ()
    access: dict[UUID, list[str]] = field(default_factory=dict)


NOTHING = Beside()


def of(offer: Offer, locations: Iterable[Location], *, on: date) -> Beside:
    """One query. What a field of the offer says already is not said again; what is over is not said."""
    rows = defaultdict[str, list[Row]](list)
    keys = {"offer": [offer.pk], "location": [one.pk for one in locations]}
    for detail, row in beside.rows_of(SHOWN, keys):
        rows[detail.entity].append(row)
    access: dict[UUID, list[str]] = defaultdict(list)
    for row in rows["accessibility"]:
        access[UUID(row["location_id"])] += filter(None, [row["description"], row["details"]])
    areas = [] if offer.areas else [row["name"] or row["description"] for row in rows["service_area"]]
    functions = [" · ".join(filter(None, [row["title"], row["department"]])) for row in rows["contact"]]
    return Beside(
        who=_under(_("Område: %(what)s"), areas),
        when=[text for row in rows["schedule"] if not row["is_weekly"] for text in _time(row, on)],
        cost=[text for row in rows["cost_option"] for text in _cost(row, on)] if offer.price is None else [],
        how=[
            *_under(_("Medbring: %(what)s"), [row["document"] for row in rows["required_document"]]),
            *_under(_("Spørg efter: %(what)s"), functions),
        ],
        access=dict(access),
    )


def _under(text: str, told: Sequence[str]) -> list[str]:
    named = [one for one in dict.fromkeys(told) if one]
    return [text % {"what": ", ".join(named)}] if named else []


def _time(row: Row, on: date) -> Iterator[str]:
    until = row["valid_to"] or row["until"]
    if until and until < on.isoformat():
        return
    hours = "–".join(filter(None, [_clock(row["opens_at"]), _clock(row["closes_at"])]))
    if said := " · ".join(filter(None, [*(row[name] for name in WHEN), row["dtstart"], hours])):
        yield said


def _clock(told: Any) -> str:
    return str(told or "")[:5]


def _cost(row: Row, on: date) -> Iterator[str]:
    if row["valid_to"] and row["valid_to"] < on.isoformat():
        return
    amount = "" if row["amount"] is None else f"{Decimal(str(row['amount'])).normalize():f} {row['currency']}"
    if said := ", ".join(filter(None, [row["option"], amount.strip(), row["amount_description"]])):
        yield said
