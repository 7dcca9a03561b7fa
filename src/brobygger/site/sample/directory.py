"""Invented offers at invented places. The tables beside this file say what; here it becomes rows.

In the tables: `alle` = no limit, `?` or nothing = nobody has told us, `aftale` = the time is agreed.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from brobygger.offers.models import Location, Neighbourhood, Offer, OfferAtLocation, Schedule
from brobygger.offers.terms import CapacityKind, OfferStatus, OnlyFor, Theme
from brobygger.partners.models import Organisation
from brobygger.site.sample.frame import Frame, hour, key, rows

POSTAL_CODE = "2400"
WEEKDAYS = ("man", "tir", "ons", "tor", "fre", "lør", "søn")
# Names of the neighbourhood; the points are rough, good enough to say what is near.
NEIGHBOURHOODS = {
    "Smedetoften": (721_580, 6_179_160),
    "Bispeparken": (721_920, 6_179_960),
    "Bispebjerg Torv": (721_900, 6_179_630),
    "Utterslev Torv": (721_050, 6_179_960),
    "Rentemestervej": (721_860, 6_178_680),
    "Nørrebro Station": (722_300, 6_178_420),
}
STEP_FREE = {"yes": True, "no": False, "unknown": None}
ROOM = {
    "door": CapacityKind.OPEN_DOOR,
    "talk": CapacityKind.TALK_FIRST,
    "list": CapacityKind.WAITING_LIST,
    "?": CapacityKind.UNKNOWN,
}
STATUS = {"paused": OfferStatus.PAUSED, "closed": OfferStatus.CLOSED}


def build(frame: Frame, organisations: dict[str, Organisation]) -> dict[str, Neighbourhood]:
    """Write the directory; the named places of the neighbourhood by name. Needs the house's scope."""
    near = {name: _neighbourhood(name, *point) for name, point in NEIGHBOURHOODS.items()}
    Neighbourhood.objects.bulk_create(near.values())
    places = {row["key"]: _location(row, organisations[row["organisation"]]) for row in rows("places")}
    Location.objects.bulk_create(places.values())
    told = rows("offers")
    offers = {row["name"]: _offer(row, _whose(row, places, organisations), frame) for row in told}
    Offer.objects.bulk_create(offers.values())
    OfferAtLocation.objects.bulk_create(
        OfferAtLocation(id=key("at", row["name"]), offer=offers[row["name"]], location=places[row["place"]])
        for row in told
    )
    Schedule.objects.bulk_create(one for row in told for one in _schedules(row, offers[row["name"]]))
    return near


def _neighbourhood(name: str, easting: int, northing: int) -> Neighbourhood:
    return Neighbourhood(
        id=key("near", name), name=name, postal_code=POSTAL_CODE, easting=easting, northing=northing
    )


def _location(row: dict[str, str], organisation: Organisation) -> Location:
    return Location(
        id=key("place", row["key"]),
        organisation=organisation,
        name=row["name"],
        transportation=row["getting_there"],
        postal_code=POSTAL_CODE,
        city="København NV",
        easting=int(row["easting"]),
        northing=int(row["northing"]),
        is_step_free=STEP_FREE[row["step_free"]],
    )


def _whose(
    row: dict[str, str], places: dict[str, Location], organisations: dict[str, Organisation]
) -> Organisation:
    return organisations[row["by"]] if row["by"] else places[row["place"]].organisation


def _offer(row: dict[str, str], organisation: Organisation, frame: Frame) -> Offer:
    minimum, maximum = _ages(row["ages"])
    return Offer(
        id=key("offer", row["name"]),
        organisation=organisation,
        name=row["name"],
        description=row["description"],
        application_process=HOW_TO_JOIN.get(row["room"], "Skriv, eller kig forbi."),
        status=STATUS.get(row["state"], OfferStatus.ACTIVE),
        themes=[Theme(code) for code in row["themes"].split()],
        minimum_age=minimum,
        maximum_age=maximum,
        only_for=OnlyFor(row["who"]),
        languages=_list(row["languages"]),
        areas=row["areas"].split(),
        price=None if row["price"] == "?" else int(row["price"]) * 100,
        by_arrangement=row["hours"] == "aftale",
        is_fictional=True,
        **_capacity(row, frame),
    )


HOW_TO_JOIN = {"door": "Kom bare.", "talk": "Ring, og aftal en samtale.", "list": "Bliv skrevet op."}


def _ages(told: str) -> tuple[int | None, int | None]:
    if told == "?":
        return None, None
    if told == "alle":
        return 0, None
    first, last = told.split("-")
    return int(first), int(last) if last else None


def _list(told: str) -> list[str] | None:
    if told == "alle":
        return []
    return told.split() or None


def _capacity(row: dict[str, str], frame: Frame) -> dict[str, Any]:
    """Room and season. Confirmed some days ago, except where the table says that it is long since."""
    what, _, days = row["state"].partition(":")
    lately = frame.chance(f"confirmed/{row['name']}").randint(2, 26)
    ago = int(days) if what == "stale" else lately
    told: dict[str, Any] = {"capacity_confirmed_on": frame.today - timedelta(days=ago)}
    total, _, taken = row["room"].partition("/")
    if taken:
        told |= {
            "capacity_kind": CapacityKind.PLACES,
            "places_total": int(total),
            "places_taken": int(taken),
        }
    else:
        told["capacity_kind"] = ROOM[row["room"]]
    if what == "full":
        told |= {"capacity_kind": CapacityKind.FULL, "next_places_on": _ahead(frame, days)}
    if what == "list":
        told["capacity_kind"] = CapacityKind.WAITING_LIST
    if what == "opens":
        told["opens_on"] = _ahead(frame, days)
    return told


def _ahead(frame: Frame, days: str) -> date:
    return frame.today + timedelta(days=int(days))


def _schedules(row: dict[str, str], offer: Offer) -> Iterator[Schedule]:
    if row["hours"] in {"aftale", "?"}:
        return
    *days, hours = row["hours"].split()
    opens, closes = hours.split("-")
    for day in days:
        yield Schedule(
            id=key("schedule", row["name"], day),
            offer=offer,
            weekday=WEEKDAYS.index(day),
            opens_at=hour(opens),
            closes_at=hour(closes),
        )
