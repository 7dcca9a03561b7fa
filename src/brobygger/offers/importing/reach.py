"""How to reach an offer, and when: phones and opening hours. Pure."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from brobygger.offers import hours
from brobygger.offers.importing import faults
from brobygger.offers.importing.book import Book, Draft
from brobygger.offers.importing.details import orphan, parent_offer
from brobygger.offers.importing.marked import is_closed
from brobygger.offers.importing.rows import Row
from brobygger.offers.importing.weeks import TEXT
from brobygger.offers.moments import day_in

OWNERS = (("organization_id", "organisation"), ("service_id", "offer"), ("location_id", "location"))


def shape_phones(book: Book) -> None:
    """A number as it was written, hung on everything the row says it belongs to."""
    contacts = {row.get("id"): row for row in book.rows("contact")}
    for row in book.rows("phone"):
        number = row.get("number").strip("\"' ")
        if not number:
            book.refuse(row, faults.NO_NUMBER, "number", _owner_told(row))
            continue
        if not any(letter.isdigit() for letter in number) or len(number) > 120:
            book.refuse(row, faults.NOT_A_NUMBER, "number", number)
            continue
        ties = dict(_phone_ties(book, row, contacts.get(row.get("contact_id"))))
        if not ties:
            orphan(book, row, "location_id", "service_id", "organization_id", "contact_id")
            continue
        _keep_phone(book, row, number, ties)


def _keep_phone(book: Book, row: Row, number: str, ties: dict[str, tuple[str, str]]) -> None:
    owner = "/".join(f"{field}:{key}" for field, (_, key) in ties.items())
    key = row.get("id") or short(f"{owner}#{number}")
    if key in book.phones and (row.get("id") or book.phones[key].where == row.where):
        book.refuse(
            row, faults.SAME_ID, "id" if row.get("id") else "number", key, first=book.phones[key].where
        )
        return
    if key in book.phones:
        key = free(book.phones, key)
    described = [row.get("department"), row.get("description"), row.get("language")]
    prefix = row.get("country_prefix")
    if link := book.links_by_id.get(row.get("service_at_location_id")):
        ties = {**ties, "at": ("offer_at_location", "@".join(link))}
    if row.get("contact_id"):
        ties = {**ties, "contact": ("contact", row.get("contact_id"))}
    draft = Draft(key, row.where, ties=ties, own_id=row.get("id"))
    draft.values = {
        "organisation": None,
        "offer": None,
        "location": None,
        "at": None,
        "contact": None,
        "number": f"{prefix} {number}"[:120] if prefix and not number.startswith("+") else number,
        "extension": row.get("extension")[:20],
        "kind": row.get("type")[:30],
        "description": _cut(". ".join(filter(None, described)), 255),
    }
    book.phones[key] = draft
    book.keep(row)


def _phone_ties(book: Book, row: Row, contact: Row | None) -> Iterator[tuple[str, tuple[str, str]]]:
    """The owners that are kept; one that is not is remarked on, if another is."""
    told = {column: row.get(column) or (contact.get(column) if contact else "") for column, _ in OWNERS}
    link = book.links_by_id.get(row.get("service_at_location_id"))
    if link and not told["service_id"] and not told["location_id"]:
        told |= {"service_id": link[0], "location_id": link[1]}
    kept = {"organization_id": book.organisations, "service_id": book.offers, "location_id": book.locations}
    found = [(field, told[column]) for column, field in OWNERS if told[column] in kept[column]]
    for column, field in OWNERS:
        if told[column] in kept[column]:
            yield field, (field, told[column])
        elif told[column] and found:
            book.note(row, faults.DROPPED_TIE, column, missing=f"{column}={told[column]}")


def _owner_told(row: Row) -> str:
    return ", ".join(f"{column}={row.get(column)}" for column, _ in OWNERS if row.get(column))


def shape_schedules(book: Book) -> None:
    """One record for each opening time of each weekday; a closed day is one record without times."""
    for row in book.rows("schedule"):
        owners = list(_owners(book, row))
        if not owners:
            orphan(book, row, "service_id", "location_id", "service_at_location_id")
            continue
        until = day_in(row.get("valid_to")) or day_in(row.get("until"))
        days = None if not _is_weekly(book, row) else _days(row, is_closed=is_closed(book, row))
        if days is None or (until is not None and until < book.today):
            _keep_in_its_own_words(book, row, owners, until)
            continue
        if any(not _fits_in(book, row, owners, day) for day in days):
            book.refuse(row, faults.SAME_ID, "id", row.get("id"), first=_first(book, row, owners, days[0]))
            continue
        for day in days:
            _keep_day(book, row, owners, day, is_whole=len(days) == 1)
        book.keep(row)


def _owners(book: Book, row: Row) -> Iterator[tuple[str, Draft]]:
    if offer := parent_offer(book, row):
        yield "offer", offer
    if place := book.locations.get(row.get("location_id")):
        yield "location", place


def _is_weekly(book: Book, row: Row) -> bool:
    """Only what happens every week, from now on, can be told as weekdays."""
    begins = day_in(row.get("valid_from"))
    is_other = any(row.get(column) for column in ("bymonthday", "byyearday", "byweekno"))
    is_every = row.get("interval") in {"", "1"} and row.get("freq").upper() in {"", "WEEKLY", "DAILY"}
    is_dated = not row.get("freq") and row.get("dtstart") and not (row.get("byday") or row.get("weekday"))
    return is_every and not is_other and not is_dated and not (begins and begins > book.today)


def _days(row: Row, *, is_closed: bool) -> list[hours.Day] | None:
    """The days a row tells of, or None if it cannot be read for sure."""
    if row.get(TEXT):
        days = hours.week_in(row.get(TEXT)).days
        wanted = hours.weekdays_in(row.get("weekday"))
        return [day for day in days if wanted is None or day.weekday in wanted] or None
    described = hours.week_in(row.get("description")) if row.get("description") else hours.Week((), ())
    named = row.get("byday") or row.get("weekday")
    weekdays = hours.weekdays_in(named) if named else _days_otherwise(row, described)
    spans = () if is_closed else _spans(row, described)
    if not weekdays or spans is None:
        return None
    return [hours.Day(weekday, spans, "") for weekday in weekdays]


def _days_otherwise(row: Row, described: hours.Week) -> tuple[int, ...]:
    if row.get("freq").upper() == "DAILY":
        return tuple(range(7))
    if begins := day_in(row.get("dtstart")):
        return (begins.weekday(),)
    return tuple(day.weekday for day in described.days)


def _spans(row: Row, described: hours.Week) -> tuple[hours.Span, ...] | None:
    opens, closes = row.get("opens_at"), row.get("closes_at")
    if not opens and not closes:
        if row.get("weekday"):
            return ()  # HSDS 1.1: a weekday without times is a closed day
        told = {day.spans for day in described.days}
        return told.pop() if len(told) == 1 else None
    start, end = hours.time_in(opens), hours.time_in(closes, is_end=True)
    if start is None or end is None:
        return None
    return (hours.ALL_DAY if start == end == time(0) else (start, end),)


def _fits_in(book: Book, row: Row, owners: list[tuple[str, Draft]], day: hours.Day) -> bool:
    """Not yet told under the same id by another row."""
    return not row.get("id") or all(_key(row, owner, day, 0) not in book.schedules for owner in owners)


def _first(book: Book, row: Row, owners: list[tuple[str, Draft]], day: hours.Day) -> str:
    known = [
        book.schedules[key].where for owner in owners if (key := _key(row, owner, day, 0)) in book.schedules
    ]
    return known[0] if known else row.where


def _keep_day(
    book: Book, row: Row, owners: list[tuple[str, Draft]], day: hours.Day, *, is_whole: bool
) -> None:
    _remark(book, row, day)
    said = day.said if len(day.spans) > 1 or any(map(hours.is_odd, day.spans)) else ""
    about = ". ".join(filter(None, (said, row.get("description"), row.get("notes"))))
    spans: tuple[tuple[time | None, time | None], ...] = day.spans or ((None, None),)
    own_id = row.get("id") if is_whole and len(owners) == len(spans) == 1 else ""
    for owner in owners:
        for number, (opens, closes) in enumerate(spans):
            key = free(book.schedules, _key(row, owner, day, number))
            field, draft = owner
            values: dict[str, Any] = {"weekday": day.weekday, "opens_at": opens, "closes_at": closes}
            values |= {"description": _cut(about, 255), "offer": None, "location": None}
            ties = {field: (field, draft.source_id)}
            book.schedules[key] = Draft(key, row.where, values, ties=ties, own_id=own_id)


def _remark(book: Book, row: Row, day: hours.Day) -> None:
    for opens, closes in filter(hours.is_odd, day.spans):
        given = {"opens": f"{opens:%H:%M}", "closes": f"{closes:%H:%M}"}
        column = TEXT if row.get(TEXT) else "closes_at"
        book.note(row, faults.CLOSES_BEFORE_IT_OPENS, column, **given)
    ordered = sorted(span for span in day.spans if not hours.is_odd(span))
    if any(one[1] > two[0] for one, two in zip(ordered, ordered[1:], strict=False)):
        book.note(row, faults.HOURS_OVERLAP, TEXT)


def _key(row: Row, owner: tuple[str, Draft], day: hours.Day, number: int) -> str:
    own = f"{row.get('id')}/" if row.get("id") else ""
    return short(f"{own}{owner[0]}:{owner[1].source_id}/{day.weekday}/{number}")


def free(drafts: dict[str, Draft], key: str) -> str:
    """The key, or the first of key~2, key~3 … that is free. The order of the source makes it stable."""
    number, free = 1, key
    while free in drafts:
        number += 1
        free = f"{key}~{number}"
    return free


def short(key: str) -> str:
    """A key that fits: ids may be long, and two of them longer."""
    return key if len(key) <= 190 else f"{key[:120]}…{uuid5(NAMESPACE_OID, key).hex}"


def _keep_in_its_own_words(book: Book, row: Row, owners: list[tuple[str, Draft]], until: date | None) -> None:
    """Hours that are over, or that cannot be told as weekdays, are kept beside what they are the hours of."""
    book.unread.add(id(row))
    book.keep(row)
    if until is not None and until < book.today:
        book.note(row, faults.HOURS_OVER, "valid_to", until=until.isoformat())
        return
    book.note(row, faults.HOURS_NOT_READ if _is_weekly(book, row) else faults.NOT_EVERY_WEEK, TEXT)
    for field, draft in owners:
        if field == "offer" and hours.is_by_appointment(_hours_text(row)):
            draft.first["by_arrangement"] = True


def _hours_text(row: Row) -> str:
    times = "–".join(filter(None, (row.get("opens_at"), row.get("closes_at"))))
    columns = (TEXT, "weekday", "byday", "description", "notes", "freq", "bymonthday", "byweekno", "dtstart")
    told = [row.get(TEXT)] if row.get(TEXT) else [row.get(column) for column in columns]
    return " · ".join(filter(None, [*told, times]))


def _cut(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1] + "…"
