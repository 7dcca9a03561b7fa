"""Who stands behind what, and where: organisations, places, offers, and offers at places. Pure."""

from collections import defaultdict

from brobygger.offers import words
from brobygger.offers.hsds.columns import PLACE_KINDS
from brobygger.offers.importing import faults
from brobygger.offers.importing.book import Book, Draft
from brobygger.offers.importing.places import point_from
from brobygger.offers.importing.rows import Row
from brobygger.offers.moments import day_in, moment_in

LONGEST_ID = 150  # of 200, so that what hangs on it can be named after it
OLDEST = 120  # years; more is a way of saying "no limit"
STAND_IN_NAME = "%(name)s (organisation %(id)s)"
STAND_IN_NUMBER = "Organisation %(id)s"
STAND_IN_ABOUT = "Kilden nævner kun organisationens nummer, ikke dens navn."


def shape_organisations(book: Book) -> None:
    for row in book.rows("organization"):
        draft = _begun(book, row, book.organisations, needs_name=True)
        if draft is None:
            continue
        book.tell(draft, row, "name", "name", 255)
        book.tell(draft, row, "alternate_name", "alternate_name", 255)
        if row.get("description") != row.get("name"):  # HSDS demands one; the name again says nothing
            book.tell(draft, row, "description", "description")
        _tell_reach(book, draft, row, "email")
        _tell_reach(book, draft, row, "website")
        for column in ("legal_status", "tax_status", "tax_id"):
            book.tell(draft, row, column, column, 255)
        _tell_reach(book, draft, row, "logo")
        _tell_reach(book, draft, row, "uri")
        _tell_year(book, draft, row)
        draft.values["licence"] = book.licence
        draft.first["kind"] = words.organisation_kind(draft.values["name"])
        book.keep(row)
    _tie_parents(book)


def _tie_parents(book: Book) -> None:
    for row in book.rows("organization"):
        draft, parent = book.organisations.get(row.get("id")), row.get("parent_organization_id")
        if draft is not None and parent in book.organisations:
            draft.ties["parent"] = ("organisation", parent)
        elif draft is not None and parent:
            book.note(row, faults.DROPPED_TIE, "parent_organization_id", missing=parent)


def _tell_year(book: Book, draft: Draft, row: Row) -> None:
    if told := row.get("year_incorporated"):
        year = words.amount_in(told)
        if year is not None and 0 < year < 10_000:
            draft.values["year_incorporated"] = int(year)
        else:
            book.note(row, faults.FIELD_NOT_READ, "year_incorporated")


def shape_places_and_offers(book: Book) -> None:
    """Places and offers need each other to know who stands behind them, so they are settled together."""
    offers, places = _offers(book), _places(book)
    pairs = _pairs(book, offers, places)
    behind_offers = {key: row.get("organization_id") for key, (_, row) in offers.items()}
    behind_places = {key: row.get("organization_id") for key, (_, row) in places.items()}
    for offer, place in pairs:
        behind_offers[offer] = behind_offers[offer] or behind_places[place]
    for offer, place in pairs:
        behind_places[place] = behind_places[place] or behind_offers[offer]
    _settle(book, book.locations, places, behind_places)
    _settle(book, book.offers, offers, behind_offers)
    _name_stand_ins(book)
    _link(book)


def _begun(book: Book, row: Row, others: dict[str, Draft], *, needs_name: bool) -> Draft | None:
    """A draft with its own id, or None if the row had to be refused."""
    key = row.get("id")
    if not key and len(row.values) == 1:
        book.refuse(row, faults.NOTHING_UNDERSTOOD, value=next(iter(row.values.values())))
    elif not key:
        book.refuse(row, faults.NO_ID, "id", row.get("name"))
    elif len(key) > LONGEST_ID:
        book.refuse(row, faults.TOO_LONG_ID, "id", key, limit=LONGEST_ID)
    elif key in others:
        book.refuse(row, faults.SAME_ID, "id", key, first=others[key].where)
    elif needs_name and not row.get("name"):
        book.refuse(row, faults.NO_NAME, "name", key)
    else:
        others[key] = Draft(key, row.where, own_id=key)
        return others[key]
    return None


def _offers(book: Book) -> dict[str, tuple[Draft, Row]]:
    begun: dict[str, Draft] = {}
    found: dict[str, tuple[Draft, Row]] = {}
    for row in book.rows("service"):
        draft = _begun(book, row, begun, needs_name=True)
        if draft is None:
            continue
        for column, limit in (("name", 255), ("alternate_name", 255), ("wait_time", 200)):
            book.tell(draft, row, column, column, limit)
        for column in (
            "description", "application_process", "eligibility_description", "alert",
            "interpretation_services", "accreditations", "licenses",
        ):  # fmt: skip
            book.tell(draft, row, column, column)
        _tell_reach(book, draft, row, "email")
        _tell_reach(book, draft, row, "website")
        _tell_status(book, draft, row)
        _tell_ages(book, draft, row)
        _tell_assurance(book, draft, row)
        for label, column in (("Stikord: ", "keywords"), ("For: ", "audience"),
                              ("Medbring: ", "required_documents")):  # fmt: skip
            draft.say(label + row.get(column) if row.get(column) else "")
        book.theme_texts[draft.source_id].append(row.get("keywords"))
        draft.values["licence"] = book.licence
        found[draft.source_id] = draft, row
    return found


def _places(book: Book) -> dict[str, tuple[Draft, Row]]:
    begun: dict[str, Draft] = {}
    found: dict[str, tuple[Draft, Row]] = {}
    for row in book.rows("location"):
        draft = _begun(book, row, begun, needs_name=False)
        if draft is None:
            continue
        book.tell(draft, row, "name", "name", 255)
        book.tell(draft, row, "alternate_name", "alternate_name", 255)
        book.tell(draft, row, "transportation", "transportation")
        book.tell(draft, row, "description" if row.get("description") else "short_desc", "description")
        _tell_kind(book, draft, row)
        _tell_point(book, draft, row)
        found[draft.source_id] = draft, row
    return found


def _tell_kind(book: Book, draft: Draft, row: Row) -> None:
    """Whether it is a place, a letter box or online; and what others call it."""
    if told := row.get("location_type").lower():
        if told in PLACE_KINDS:
            draft.values["location_type"] = told
        else:
            book.note(row, faults.FIELD_NOT_READ, "location_type")
    if told := row.get("url"):
        _tell_reach(book, draft, Row(row.table, {"website": told}, row.where), "website")
    book.tell(draft, row, "external_identifier", "external_identifier", 255)
    book.tell(draft, row, "external_identifier_type", "external_identifier_type", 100)


def _tell_assurance(book: Book, draft: Draft, row: Row) -> None:
    """When the source last changed or vouched for it."""
    for column, field, read in (
        ("assured_date", "assured_on", day_in),
        ("last_modified", "last_modified_at", moment_in),
    ):
        if told := row.get(column):
            draft.values[field] = read(told)
            if draft.values[field] is None:
                book.note(row, faults.FIELD_NOT_READ, column)
    if told := row.get("assurer_email"):
        draft.values["assurer_email"] = words.email_in(told) or ""
        if not draft.values["assurer_email"]:
            book.note(row, faults.NOT_AN_ADDRESS, "assurer_email")


def _pairs(
    book: Book, offers: dict[str, tuple[Draft, Row]], places: dict[str, tuple[Draft, Row]]
) -> list[tuple[str, str]]:
    """Which offer is at which place, as told in either of the two ways."""
    told = [(row.get("service_id"), row.get("location_id")) for row in book.rows("service_at_location")]
    told += [(key, row.get("location_id")) for key, (_, row) in offers.items()]
    return [(offer, place) for offer, place in told if offer in offers and place in places]


def _settle(
    book: Book, kept: dict[str, Draft], found: dict[str, tuple[Draft, Row]], behind: dict[str, str]
) -> None:
    for key, (draft, row) in found.items():
        body = behind[key]
        if not body or len(body) > LONGEST_ID:
            book.refuse(row, faults.NO_ORGANISATION, "organization_id", body or row.get("name"))
            continue
        if body not in book.organisations:
            book.note(row, faults.STAND_IN, "organization_id", id=body)
            book.stand_ins.setdefault(body, Draft(body, row.where))
        draft.ties["organisation"] = ("organisation", body)
        kept[key] = draft
        book.keep(row)


def _name_stand_ins(book: Book) -> None:
    """An organisation known only by number is called after its place, if its places have just one name."""
    names: dict[str, set[str]] = defaultdict(set)
    for place in book.locations.values():
        names[place.ties["organisation"][1]].add(place.values.get("name", ""))
    for key, draft in book.stand_ins.items():
        told = names[key] - {""}
        template = STAND_IN_NAME if len(told) == 1 else STAND_IN_NUMBER
        name = template % {"name": next(iter(told), "")[:150], "id": key}
        draft.values = {"name": name[:255], "description": STAND_IN_ABOUT, "licence": book.licence}
        draft.first["kind"] = words.organisation_kind(name)


def _link(book: Book) -> None:
    """Offers at places; from a column of the offer (Ohana), or rows of their own."""
    for row in book.rows("service"):
        place = row.get("location_id")
        if row.get("id") in book.offers and place in book.locations:
            _add_link(book, row, row.get("id"), place)
        elif row.get("id") in book.offers and place:
            book.note(row, faults.DROPPED_TIE, "location_id", missing=place)
    for row in book.rows("service_at_location"):
        offer, place = row.get("service_id"), row.get("location_id")
        missing = [key for key, kept in ((offer, book.offers), (place, book.locations)) if key not in kept]
        if missing:
            book.refuse(row, faults.BELONGS_NOWHERE, value=f"{offer} – {place}", missing=", ".join(missing))
        elif not _add_link(book, row, offer, place):
            first = book.links[f"{offer}@{place}"].where
            book.refuse(row, faults.SAME_ID, value=f"{offer} – {place}", first=first)
        else:
            book.keep(row)
        if row.get("id") and not missing:
            book.links_by_id[row.get("id")] = offer, place


def _add_link(book: Book, row: Row, offer: str, place: str) -> bool:
    key = f"{offer}@{place}"
    if key in book.links:
        return False
    ties = {"offer": ("offer", offer), "location": ("location", place)}
    book.links[key] = Draft(key, row.where, ties=ties, own_id=row.get("id"))
    if row.table == "service_at_location":
        book.tell(book.links[key], row, "description", "description")
    return True


def _tell_reach(book: Book, draft: Draft, row: Row, column: str) -> None:
    """A web address that can be clicked, an e-mail that can be written to; nothing else (no javascript:)."""
    text = row.get(column)
    if not text:
        return
    usable = words.email_in(text) if column == "email" else words.web_address_in(text)
    if usable and len(usable) <= 500:
        draft.values[column] = usable
    else:
        book.note(row, faults.NOT_AN_ADDRESS, column)
        draft.say(text)


def _tell_status(book: Book, draft: Draft, row: Row) -> None:
    if told := row.get("status"):
        status = words.status_in(told)
        if status is None:
            book.note(row, faults.NOT_A_STATUS, "status")
        else:
            draft.values["status"] = status


def _tell_ages(book: Book, draft: Draft, row: Row) -> None:
    ages: dict[str, int] = {}
    for column in ("minimum_age", "maximum_age"):
        if not (told := row.get(column)):
            continue
        amount = words.amount_in(told)
        if amount is None or amount < 0 or amount != int(amount):
            book.note(row, faults.NOT_AN_AGE, column)
        elif column == "minimum_age" or amount < OLDEST:
            ages[column] = min(int(amount), OLDEST)
    if ages.get("maximum_age", OLDEST) < ages.get("minimum_age", 0):
        book.note(row, faults.AGES_SWAPPED, "maximum_age")
        draft.say("Alder: " + f"{row.get('minimum_age')}–{row.get('maximum_age')}")
    elif row.get("minimum_age") or row.get("maximum_age"):
        draft.values |= {"minimum_age": ages.get("minimum_age"), "maximum_age": ages.get("maximum_age")}


def _tell_point(book: Book, draft: Draft, row: Row) -> None:
    latitude, longitude = row.get("latitude"), row.get("longitude")
    if not latitude and not longitude:
        return
    point, fault = point_from(latitude, longitude)
    if fault is not None:
        book.note(row, fault, "latitude" if latitude else "longitude")
        draft.say(
            "Koordinater: " + f"{latitude}, {longitude}" if fault != faults.NOT_A_PLACE_IN_DENMARK else ""
        )
    if point is not None:
        draft.values |= {"easting": point[0], "northing": point[1]}
