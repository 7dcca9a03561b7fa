"""What every reader hands on, and what everybody says about it: a row, a finding, a refusal. Pure.

A row is plain: a table by its HSDS name, texts by column, and where it stood. A finding is one thing that a
person may want to know or put right. `rows` says how many rows were *not* saved because of it: 0 for a remark
on a row that was, so that rows in = rows saved + rows reported can be checked.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from brobygger.foundation.trouble import Trouble
from brobygger.offers.importing.faults import Fault

SHOWN = 200  # characters of a value in a finding


@dataclass(frozen=True, slots=True)
class Row:
    """One row of one HSDS table. `values` holds only what is filled in, cleaned and as text."""

    table: str
    values: Mapping[str, str]
    where: str

    def get(self, column: str) -> str:
        return self.values.get(column, "")


@dataclass(frozen=True, slots=True)
class Finding:
    """`where` is as compilers write it: "services.csv:14" (row 1 is the heading), "page.json#/contents/3"."""

    table: str
    where: str
    fault: Fault
    column: str = ""
    value: str = ""
    given: Mapping[str, str | int] = field(default_factory=dict)
    rows: int = 0

    def what(self, translate: Callable[[str], str] = str) -> str:
        return translate(self.fault.what) % self.given

    def what_to_do(self, translate: Callable[[str], str] = str) -> str:
        return translate(self.fault.what_to_do) % self.given

    def as_json(self) -> dict[str, Any]:
        """Templates and what stands in their blanks apart, so that a page can read it in another language."""
        return {
            "table": self.table,
            "where": self.where,
            "field": self.column,
            "value": self.value[:SHOWN],
            "what": self.fault.what,
            "what_to_do": self.fault.what_to_do,
            "given": dict(self.given),
            "rows": self.rows,
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Finding":
        """The way back, for pages that show an old report."""
        fault = Fault(kept["what"], kept["what_to_do"])
        return cls(
            kept["table"], kept["where"], fault, kept["field"], kept["value"], kept["given"], kept["rows"]
        )


class Refused(Trouble):
    """The whole directory is refused, and nothing was saved. Reads as a sentence that says what to do."""

    def __init__(self, fault: Fault, *, where: str, **given: str | int) -> None:
        self.finding = Finding("", where, fault, given=given)
        super().__init__(f"{where}: {self.finding.what()} {self.finding.what_to_do()}".strip())
