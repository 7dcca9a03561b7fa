"""The rows that stand beside a record, kept as they were told: every detail object of HSDS 3.1. Pure.

`details`, `terms_of_offers` and `reach` read out of some of them what fit and lists need; here each row is
kept in its own words. What a package of ours says only for others (a price as a cost option) is not.
"""

from collections.abc import Iterator
from typing import Any
from uuid import NAMESPACE_OID, uuid5

from brobygger.offers.hsds import columns, keys
from brobygger.offers.hsds.columns import Column, Detail, Tie
from brobygger.offers.importing import faults
from brobygger.offers.importing.book import Book, Draft
from brobygger.offers.importing.details import orphan
from brobygger.offers.importing.reach import free, short
from brobygger.offers.importing.rows import Row
from brobygger.offers.importing.weeks import TEXT

KINDS = {
    "organization": "organisation",
    "service": "offer",
    "location": "location",
    "service_at_location": "offer_at_location",
    "phone": "phone",
}


ENTITIES = {kind: entity for entity, kind in KINDS.items()}
ONE_WEEKDAY = frozenset(
    ["id", "service_id", "location_id", "freq", "interval", "byday", "opens_at", "closes_at", "description"]
)


def shape_details(book: Book) -> None:
    """Every row of every detail table: a draft of its own, or a finding that says why not."""
    _old_terms(book)
    told_in_full = _told_in_full(book)
    for detail in columns.DETAILS:
        for row in book.rows(detail.entity):
            if detail.entity == "schedule":
                _keep_schedule(book, detail, row, told_in_full)
            elif book.marks is not None and keys.is_made(detail.entity, row.values):
                book.keep(row)
            else:
                _keep(book, detail, row)
    for row in book.rows("service_taxonomy"):
        told = {"link_id": row.get("service_id"), "link_entity": "service", "id": row.get("id")}
        told |= {"taxonomy_term_id": row.get("taxonomy_id"), "value": row.get("taxonomy_detail")}
        _keep(book, columns.DETAIL["attribute"], Row(row.table, told, row.where))
    for row in book.rows("holiday_schedule"):
        told = {**row.values, "dtstart": row.get("start_date"), "until": row.get("end_date")}
        told["description"] = "" if row.get("opens_at") else "closed"
        _keep(book, columns.DETAIL["schedule"], Row(row.table, told, row.where))
    _tie_programs(book)
    for phone in book.phones.values():  # were read first, for what they tell of whom one asks
        if phone.ties.get("contact", ("", ""))[1] not in book.details["contact"]:
            phone.ties.pop("contact", None)


def _tie_programs(book: Book) -> None:
    for row in book.rows("service"):
        offer, program = book.offers.get(row.get("id")), row.get("program_id")
        if offer is not None and program in book.details["program"]:
            offer.ties["program"] = ("program", program)
        elif offer is not None and program and offer.where == row.where:
            book.note(row, faults.DROPPED_TIE, "program_id", missing=program)


def _keep_schedule(book: Book, detail: Detail, row: Row, told_in_full: set[str]) -> None:
    """Whether it is saved was settled where its weekdays were read; a week of HSDS 1.1 is those weekdays."""
    is_weekly = id(row) not in book.unread
    if id(row) in book.refused or (is_weekly and (row.get("weekday") or row.get(TEXT))):
        return
    if book.marks is not None and _is_one_weekday(row) and _owner(book, row) not in told_in_full:
        return
    told = row.values if not row.get(TEXT) else {**row.values, "description": row.get(TEXT)}
    told = {column: value for column, value in told.items() if value}
    if draft := _drafted(book, detail, Row(row.table, told, row.where)):
        draft.values["is_weekly"] = is_weekly
        if at := draft.ties.get("at"):
            draft.ties["offer"] = book.links[at[1]].ties["offer"]
        draft.values = {name: value for name, value in draft.values.items() if name not in draft.ties}


def _told_in_full(book: Book) -> set[str]:
    """Whose week is told in rows that say more than one weekday each."""
    weekly = (row for row in book.rows("schedule") if id(row) not in book.unread)
    return {_owner(book, row) for row in weekly if not _is_one_weekday(row)}


def _is_one_weekday(row: Row) -> bool:
    """Whether a row says no more than our own of one weekday."""
    says = {column for column, value in row.values.items() if value}
    is_every_week = row.get("freq") == "WEEKLY" and row.get("interval") == "1"
    return is_every_week and len(row.get("byday")) == 2 and says <= ONE_WEEKDAY


def _owner(book: Book, row: Row) -> str:
    link = book.links_by_id.get(row.get("service_at_location_id"), ("", ""))
    return row.get("service_id") or link[0] or row.get("location_id")


def _keep(book: Book, detail: Detail, row: Row) -> None:
    """Keep one row, or refuse it."""
    if detail.entity == "address" and _is_of_hidden(book, row):
        book.refuse(row, faults.PROTECTED_ADDRESS)
        return
    told = _without_person(book, row) if detail.entity == "contact" else row
    if any(not told.get(column) for column in detail.needs) or not any(
        told.get(column.name) for column in detail.columns
    ):
        fault = faults.CONTACT_NAME if told is not row else faults.NOTHING_UNDERSTOOD
        book.refuse(row, fault, detail.needs[0] if detail.needs else "")
        return
    draft = _drafted(book, detail, told)
    if draft is None:
        orphan(book, row, *(tie.name for tie in detail.ties))
    elif any(draft.values[one.field] is None for one in detail.columns if one.name in detail.needs):
        del book.details[detail.entity][draft.source_id]
        book.refuse(row, faults.NOTHING_UNDERSTOOD, detail.needs[0], row.get(detail.needs[0]))
    else:
        book.keep(row)


def _is_of_hidden(book: Book, row: Row) -> bool:
    owners = (("location", row.get("location_id")), ("organization", row.get("organization_id")))
    return any(owner in book.hidden for owner in owners)


def _drafted(book: Book, detail: Detail, row: Row) -> Draft | None:
    """The row as a draft in the book; None if it belongs to nothing that is kept."""
    ties = dict(_ties(book, detail, row))
    if detail.must_belong and not ties.keys() - {"unit", "term"}:
        return None
    values: dict[str, Any] = {tie.field: None for tie in detail.ties if tie.to and tie.field not in ties}
    values |= {column.field: _value(book, column, row) for column in detail.columns}
    if "row" in ties:
        values["entity"] = ENTITIES.get(ties["row"][0], ties["row"][0])
    if detail.entity == "contact":
        values["licence"] = book.licence if values["name"] else ""
    if detail.entity == "metadata" and not book.licence:
        values["updated_by"] = ""
    draft = Draft(_key(book, detail, row, ties), row.where, values, ties=ties, own_id=row.get("id"))
    book.details[detail.entity][draft.source_id] = draft
    return draft


def _without_person(book: Book, row: Row) -> Row:
    """A contact without the person, where the source does not say on what terms it has published the name."""
    if book.licence or not row.get("name"):
        return row
    names = [part for part in row.get("name").lower().split() if len(part) > 2]
    told = {column: value for column, value in row.values.items() if column != "name"}
    if any(name in row.get("email").lower() for name in names):
        told.pop("email")
    if any(told.get(column) for column in ("title", "department", "email")):
        book.note(Row(row.table, {}, row.where), faults.CONTACT_NAME, "name")
    return Row(row.table, told, row.where)


def _key(book: Book, detail: Detail, row: Row, ties: dict[str, tuple[str, str]]) -> str:
    """The source's id; without one, made of all the row says."""
    own = row.get("id")
    if not own:
        said = repr(sorted(row.values.items()))
        own = f"{'/'.join(key for _, key in ties.values())}#{uuid5(NAMESPACE_OID, said).hex}"
    return free(book.details[detail.entity], short(own))


def _value(book: Book, column: Column, row: Row) -> Any:
    sort = columns.SORTS[column.sort]
    text = row.get(column.name)
    empty = "" if sort.json == "string" and column.sort in {"text", "address", "email"} else None
    if not text:
        return "physical" if column.sort == "kind" else empty
    value = sort.read(text)
    if value is None:
        book.note(row, faults.FIELD_NOT_READ, column.name)
        return "physical" if column.sort == "kind" else empty
    if column.limit and len(value) > column.limit:
        book.note(row, faults.FIELD_CUT, column.name, limit=column.limit)
        return f"{value[: column.limit - 1]}…"
    return value


def _ties(book: Book, detail: Detail, row: Row) -> Iterator[tuple[str, tuple[str, str]]]:
    found = {tie: _found(book, tie, row.get(tie.name), row) for tie in detail.ties if row.get(tie.name)}
    for tie, record in found.items():
        if record:
            yield tie.field, record
        elif any(found.values()):
            book.note(row, faults.DROPPED_TIE, tie.name, missing=f"{tie.name}={row.get(tie.name)}")


def _found(book: Book, tie: Tie, told: str, row: Row) -> tuple[str, str] | None:
    """Kind and source id of what is tied to, if it is kept."""
    if not tie.to:  # what the source calls its table is not always the table it stands in
        named = row.get("link_entity") or row.get("resource_type")
        tables = filter(None, [named, *KINDS, *columns.DETAIL])
        return next(filter(None, (_record(book, one, told) for one in tables)), None)
    return _record(book, tie.to, told)


def _record(book: Book, entity: str, told: str) -> tuple[str, str] | None:
    if entity == "service_at_location":
        link = book.links_by_id.get(told)
        return ("offer_at_location", f"{link[0]}@{link[1]}") if link else None
    drafts = {
        "organization": book.organisations,
        "service": book.offers,
        "location": book.locations,
        "phone": book.phones,
    }.get(entity)
    if drafts is None:
        drafts = book.details.get(entity, {})
    return (KINDS.get(entity, entity), told) if told in drafts else None


def _old_terms(book: Book) -> None:
    """HSDS 1.1 and 2.0: a taxonomy was a table of terms, and a table of its own hung them on services."""
    hung = book.rows("service_taxonomy")
    terms = {row.get("id") for row in book.rows("taxonomy_term")}
    old = [row for row in book.rows("taxonomy") if row.get("parent_id") or row.get("taxonomy_id") or hung]
    if old and not terms:
        book.tables["taxonomy"] = [row for row in book.rows("taxonomy") if row not in old]
        book.tables["taxonomy_term"] = [_as_term(row) for row in old]


def _as_term(row: Row) -> Row:
    told = {**row.values, "id": row.get("id") or row.get("taxonomy_id"), "taxonomy": row.get("vocabulary")}
    told.pop("taxonomy_id", None)
    return Row(row.table, told, row.where)
