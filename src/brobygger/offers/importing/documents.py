"""HSDS 3.x as JSON: an object, a list, a page of a list, a crawl of pages, or tables by name; one document a
file, or one a line (ndjson). Nested objects become rows. Pure.

The same object is often shown in several places. It is one row: ties from each place are joined, gaps are
filled, and where two tellings differ the first is kept and the difference reported.
"""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from brobygger.engine.words import Phrase
from brobygger.offers.importing import faults
from brobygger.offers.importing.gathered import Gathered
from brobygger.offers.importing.inclusion import LISTS, as_hsds, is_inclusion
from brobygger.offers.importing.jsontext import parsed
from brobygger.offers.importing.packages import READING
from brobygger.offers.importing.pieces import Pieces, listed
from brobygger.offers.importing.rows import Finding, Refused, Row
from brobygger.offers.importing.texts import cleaned, decoded
from brobygger.offers.importing.vocabulary import TABLES, Table, column_named, table_named
from brobygger.offers.importing.weeks import week_rows

CHILDREN = {
    "capacities": "service_capacity", "additional_urls": "url", "additional_websites": "url",
    "taxonomy_detail": "taxonomy", "funding": "funding", "accessibility": "accessibility",
}  # fmt: skip
TIED = {
    name: f"{name}_id"
    for name in ("organization", "service", "location", "service_at_location", "contact", "phone")
}
SIGNS: tuple[tuple[str, frozenset[str]], ...] = (
    ("location", frozenset({"location_type", "latitude", "longitude", "transportation"})),
    ("organization", frozenset({"website", "locations", "services", "legal_status", "programs", "tax_status",
                                "organization_identifiers", "year_incorporated", "parent_organization_id"})),
    ("service", frozenset({"status", "service_at_locations", "organization", "organization_id", "capacities",
                           "fees_description", "application_process", "eligibility_description", "fees"})),
    ("taxonomy_term", frozenset({"parent_id", "taxonomy_detail", "taxonomy", "term_uri", "code"})),
    ("taxonomy", frozenset({"version", "uri"})),
)  # fmt: skip
ABOUT_THE_API = {"version", "profile", "openapi_url"}
LINES = (".ndjson", ".jsonl")  # one document a line
PAGES = ("contents", "items")  # where a page holds its objects: in HSDS; in data.inclusion
_TABLE = {table.name: table for table in TABLES}


def read(pieces: Pieces, names: list[str], *, say: Callable[[Phrase], None]) -> Gathered:
    """Read the JSON files together, so that the pages of one list are one list."""
    reading = _Reading()
    for name in names:
        say(Phrase(READING, {"file": name}))
        text = decoded(pieces.read(name), name)[0]
        if name.lower().endswith(LINES):
            reading.take_lines(name, text)
            continue
        content = parsed(text, name)
        if isinstance(content, dict) and content and content.keys() <= ABOUT_THE_API:
            continue
        reading.gathered.used.add(name)
        reading.take_file(name, content)
    if not reading.gathered.used:
        raise Refused(faults.NOTHING_FOUND, where=pieces.label, found=listed(names))
    return reading.finished()


class _Reading:
    def __init__(self) -> None:
        self.gathered = Gathered()
        self.rows: dict[tuple[str, str], dict[str, str]] = {}
        self.places: dict[tuple[str, str], str] = {}
        self.nameless: list[tuple[str, dict[str, str], str]] = []
        self.unused: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
        self.pages: dict[str, set[int]] = defaultdict(set)
        self.page_counts: dict[str, int] = {}

    def take_lines(self, name: str, text: str) -> None:
        """One document a line. A line that cannot be read is reported, and the next one read."""
        self.gathered.used.add(name)
        broken: list[Finding] = []
        hint, documents = PurePosixPath(name).stem, 0
        for number, line in enumerate(text.splitlines(), 1):
            where = f"{name}#/{number}"
            if not line.strip():
                continue
            try:
                content = parsed(line, where)
            except Refused as refused:
                broken.append(refused.finding)
                continue
            documents += 1
            if isinstance(content, dict) and _items(content) is None:
                self._take_item(where, content, hint)
            else:
                self._take_content(name, where, content, hint)
        if not documents:
            raise Refused(faults.NOT_HSDS, where=name, found=text[:60])
        for finding in broken:
            self._lose(finding)

    def take_file(self, name: str, content: Any) -> None:
        self._take_content(name, f"{name}#", content, PurePosixPath(name).stem)

    def _take_content(self, name: str, where: str, content: Any, hint: str) -> None:
        """A page, a list, a list of pages, tables by name, or one object."""
        page = _items(content)
        if page is not None:
            self._take_page(name, content, page[1], hint)
            self._take_list(f"{where}/{page[0]}", page[1], hint)
        elif isinstance(content, list) and content and all(_items(item) is not None for item in content):
            for number, item in enumerate(content):
                self._take_content(name, f"{where}/{number}", item, hint)
        elif isinstance(content, list):
            self._take_list(where, content, hint)
        elif isinstance(content, dict) and content and all(_is_list_of(key) for key in content):
            for key, items in content.items():
                self._take_list(f"{where}/{key}", items, key)
        elif isinstance(content, dict) and "id" in content:
            self.gathered.is_whole = False
            self._take_item(where, content, hint, is_alone=True)
        else:
            raise Refused(faults.NOT_HSDS, where=name, found=str(content)[:60])

    def _take_page(self, name: str, page: dict[str, Any], items: list[Any], hint: str) -> None:
        pages, number = page.get("total_pages"), page.get("page_number")
        if isinstance(pages, int) and isinstance(number, int) and items and isinstance(items[0], dict):
            kind = self._kind(items[0], hint, name)
            self.pages[kind].add(number)
            self.page_counts[kind] = pages

    def _take_list(self, where: str, items: Any, hint: str) -> None:
        if not isinstance(items, list) or (items and not any(isinstance(item, dict) for item in items)):
            raise Refused(faults.NOT_HSDS, where=where, found=str(items)[:60])
        for number, item in enumerate(items):
            self._take_item(f"{where}/{number}", item, hint)

    def _take_item(self, where: str, item: Any, hint: str, *, is_alone: bool = False) -> None:
        """One object; what is no object of HSDS is reported, unless it is all there is."""
        try:
            if not isinstance(item, dict):
                raise Refused(faults.NOT_AN_OBJECT, where=where, found=str(item)[:60])
            if is_inclusion(item):
                kind, item = as_hsds(item)
                self.take(kind, item, where, {})
            else:
                self.take(self._kind(item, hint, where), item, where, {})
        except Refused as refused:
            if is_alone:
                raise
            self._lose(refused.finding)

    def _lose(self, finding: Finding) -> None:
        """One document that is no row. It is counted with the services, which most of them are."""
        self.gathered.lose(replace(finding, table="service", rows=1))

    def _kind(self, item: dict[str, Any], hint: str, where: str) -> str:
        """By what only such an object has; else by the name of the file."""
        named = table_named(hint) or table_named(hint.removesuffix("_list").removesuffix("_full"))
        if named is not None:
            return named.name
        keys = item.keys()
        if keys & {"service", "service_id"} and keys & {"location", "location_id"}:
            return "service_at_location"
        found = max(SIGNS, key=lambda sign: len(sign[1] & keys))
        if not found[1] & keys or "id" not in keys:
            raise Refused(faults.NOT_HSDS, where=where, found=listed([str(key) for key in keys]))
        return found[0]

    def take(self, kind: str, item: dict[str, Any], where: str, ties: dict[str, str]) -> str:
        """Take one object and everything in it. The answer is its id, for whoever holds it."""
        table = _TABLE[kind]
        values, nested = {**table.fixed, **ties}, {}
        for key, value in item.items():
            child = _TABLE.get(CHILDREN.get(key, "")) or (
                table_named(key) if isinstance(value, dict | list) else None
            )
            column = column_named(table, key)
            if isinstance(value, dict | list):
                nested[key] = (child, value)
            elif text := _text(value):
                if column:
                    values[column] = text
                if column is None or column in table.ignored:
                    self.unused[where.split("#")[0], table.counted_as][key] += 1
        own = values.get("id", "")
        for key, (child, value) in nested.items():
            self._take_nested(table, own, key, child, value, where, values)
        self._keep(table.counted_as, values, ties, where)
        return own

    def _take_nested(
        self,
        table: Table,
        own: str,
        key: str,
        child: Table | None,
        value: Any,
        where: str,
        values: dict[str, str],
    ) -> None:
        """A list hangs on its parent; a single object is what the parent points to."""
        items = value if isinstance(value, list) else [value]
        if child is None or not all(isinstance(item, dict) for item in items):
            self.unused[where.split("#")[0], table.counted_as][key] += bool(items)
            return
        for number, item in enumerate(items):
            if isinstance(value, list):
                self.take(child.name, item, f"{where}/{key}/{number}", self._ties(table, own, child))
            elif found := self.take(child.name, item, f"{where}/{key}", {}):
                values.setdefault(TIED.get(child.name, f"{child.name}_id"), found)

    def _ties(self, table: Table, own: str, child: Table) -> dict[str, str]:
        if not own:
            return {}
        if child.name == "attribute":
            return {"link_id": own, "link_entity": table.name}
        if child.name == "metadata":
            return {"resource_id": own, "resource_type": table.name}
        tie = TIED.get(table.name, "")
        return {tie: own} if tie in child.columns else {}

    def _keep(self, kind: str, values: dict[str, str], ties: dict[str, str], where: str) -> None:
        own = values.get("id", "")
        if not own:
            self.nameless.append((kind, values, where))
            return
        known = self.rows.get((kind, own))
        if known is not None and any(known.get(tie, told) != told for tie, told in ties.items()):
            own = f"{own}@{next(told for tie, told in ties.items() if known.get(tie, told) != told)}"
            known, values = self.rows.get((kind, own)), {**values, "id": own}
        if known is None:
            self.rows[kind, own], self.places[kind, own] = values, where
            return
        if any(known.get(column, told) != told for column, told in values.items()):
            given: dict[str, str | int] = {"first": self.places[kind, own]}
            self.gathered.note(Finding(kind, where, faults.TWO_TELLINGS, "id", own, given))
        self.rows[kind, own] = {**values, **known}

    def finished(self) -> Gathered:
        self.gathered.told = {table.counted_as for table in TABLES}
        kept = [Row(kind, values, self.places[kind, own]) for (kind, own), values in self.rows.items()]
        for row in [*kept, *(Row(*told) for told in self.nameless)]:
            for one in week_rows(row):
                self.gathered.take(one)
        for (name, kind), filled in self.unused.items():
            if _TABLE[kind].has_place:
                self.gathered.unused_columns(kind, name, filled)
        for kind, count in self.page_counts.items():
            if len(self.pages[kind]) < count:
                self.gathered.is_whole = False
                seen = ", ".join(map(str, sorted(self.pages[kind])))
                self.gathered.note(
                    Finding(kind, kind, faults.ONLY_A_PAGE, given={"page": seen, "pages": count})
                )
        return self.gathered


def _items(content: Any) -> tuple[str, list[Any]] | None:
    """Where a page holds its objects, and the objects; None if it is no page."""
    if not isinstance(content, dict) or "id" in content:
        return None
    found = ((key, content.get(key)) for key in PAGES)
    return next(((key, items) for key, items in found if isinstance(items, list)), None)


def _is_list_of(key: str) -> bool:
    return table_named(key) is not None or key in LISTS


def _text(value: Any) -> str:
    if value is None:
        return ""
    return cleaned(str(value).lower() if isinstance(value, bool) else str(value))
