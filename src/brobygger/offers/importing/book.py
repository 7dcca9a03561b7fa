"""What an import is going to save, and the account of every row that came in. Pure.

A draft is a row of ours before it is one: values by field, and ties to other drafts by their source id.
Each source row is settled exactly once, as kept or as refused; remarks may be made freely.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias

from brobygger.offers.importing.faults import CUT, Fault
from brobygger.offers.importing.rows import Finding, Row


@dataclass(slots=True)
class Draft:
    """`values` are told by the source and follow it; `first` is our own reading, for new rows only.

    `ties` maps a field to (kind, source id). `texts` are said of it elsewhere and join its description.
    `own_id` is the id of the one row that is the whole of it: kept where the package is one of ours.
    """

    source_id: str
    where: str
    values: dict[str, Any] = field(default_factory=dict)
    first: dict[str, Any] = field(default_factory=dict)
    ties: dict[str, tuple[str, str]] = field(default_factory=dict)
    texts: list[str] = field(default_factory=list)
    capacity: dict[str, Any] = field(default_factory=dict)
    own_id: str = ""

    def say(self, text: str) -> None:
        if text and text not in self.texts:
            self.texts.append(text)


Marks: TypeAlias = dict[tuple[str, str], dict[str, list[str]]]  # (entity, source id) -> term -> values


@dataclass(slots=True)
class Book:
    """`tables`: the rows as they came. The rest: drafts by source id, in the order of saving.

    `details`: by HSDS's name of their table. `refused`: the identity of the rows that are not saved;
    `unread`: of the schedules that are saved in their own words only. `hidden`: (table, id) of the places and
    organisations where people are in hiding.
    `marks`: our own facts, if the package is one of ours; else None.
    """

    source: str
    licence: str
    today: date
    tables: dict[str, list[Row]]
    organisations: dict[str, Draft] = field(default_factory=dict)
    stand_ins: dict[str, Draft] = field(default_factory=dict)
    locations: dict[str, Draft] = field(default_factory=dict)
    offers: dict[str, Draft] = field(default_factory=dict)
    links: dict[str, Draft] = field(default_factory=dict)
    phones: dict[str, Draft] = field(default_factory=dict)
    schedules: dict[str, Draft] = field(default_factory=dict)
    details: dict[str, dict[str, Draft]] = field(default_factory=lambda: defaultdict(dict))
    refused: set[int] = field(default_factory=set)
    unread: set[int] = field(default_factory=set)
    hidden: set[tuple[str, str]] = field(default_factory=set)
    marks: Marks | None = None
    links_by_id: dict[str, tuple[str, str]] = field(default_factory=dict)
    theme_texts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    saved: Counter[str] = field(default_factory=Counter)
    findings: list[Finding] = field(default_factory=list)

    def rows(self, table: str) -> list[Row]:
        return self.tables.get(table, [])

    def keep(self, row: Row) -> None:
        self.saved[row.table] += 1

    def refuse(self, row: Row, fault: Fault, column: str = "", value: str = "", **given: str | int) -> None:
        """This row is not saved, and this is why."""
        self.refused.add(id(row))
        self.findings.append(Finding(row.table, row.where, fault, column, value, given, rows=1))

    def note(self, row: Row, fault: Fault, column: str = "", **given: str | int) -> None:
        """A remark on a row that is saved."""
        self.findings.append(Finding(row.table, row.where, fault, column, row.get(column), given))

    def tell(self, draft: Draft, row: Row, column: str, target: str, limit: int | None = None) -> None:
        """Put one column into one field, if it says something. What is too long is cut, and kept as text."""
        text = row.get(column)
        if not text:
            return
        if limit is not None:
            text = " ".join(text.split())
            if len(text) > limit:
                self.note(row, CUT, column, limit=limit)
                draft.say(row.get(column))
                text = text[: limit - 1] + "…"
        draft.values[target] = text

    @property
    def reported(self) -> Counter[str]:
        counts: Counter[str] = Counter()
        for finding in self.findings:
            counts[finding.table] += finding.rows
        return counts


def by_table(rows: list[Row]) -> Mapping[str, list[Row]]:
    tables: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        tables[row.table].append(row)
    return dict(tables)
