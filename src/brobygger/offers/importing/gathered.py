"""Where the readers put what they find. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from brobygger.offers.importing import faults
from brobygger.offers.importing.rows import SHOWN, Finding, Row

MOST_COLUMNS = 200  # named one by one


@dataclass(slots=True)
class Gathered:
    """`came` is counted here, as rows are read, and nowhere else: later it must equal saved + reported.

    `told`: the tables that are told of at all; nothing of another table can be missing.
    """

    rows: list[Row] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    came: Counter[str] = field(default_factory=Counter)
    used: set[str] = field(default_factory=set)
    told: set[str] = field(default_factory=set)
    is_whole: bool = True

    def take(self, row: Row) -> None:
        self.came[row.table] += 1
        self.rows.append(row)

    def lose(self, finding: Finding) -> None:
        """A row that could not even be read."""
        self.came[finding.table] += finding.rows
        self.findings.append(finding)

    def note(self, finding: Finding) -> None:
        self.findings.append(finding)

    def notes(self, findings: Iterable[Finding]) -> None:
        self.findings.extend(findings)

    def unused_columns(self, table: str, where: str, filled: Mapping[str, int]) -> None:
        told = [(column, count) for column, count in filled.items() if count]
        for column, count in told[:MOST_COLUMNS]:
            self.note(Finding(table, where, faults.COLUMN_NOT_USED, column[:SHOWN], given={"count": count}))
        if rest := told[MOST_COLUMNS:]:
            total = sum(count for _, count in rest)
            self.note(
                Finding(table, where, faults.COLUMN_NOT_USED, f"… ({len(rest)})", given={"count": total})
            )
