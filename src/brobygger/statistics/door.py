"""The door: tables of persons go in, sheets come out. A withheld count is in no sheet, so none can be shown,
exported or printed by mistake. Every rate on a sheet stands with its unknown share and its base."""

import csv
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import StringIO

from django.utils.translation import gettext as _

from brobygger.engine.disclosure.rates import Rate
from brobygger.engine.disclosure.values import HOUSE_RULE, Protected, Table
from brobygger.engine.disclosure.withholding import protect
from brobygger.offers import lines
from brobygger.statistics.rules import is_worse

BOM = "\ufeff"
STEPS = (5, 10, 20, 50, 100, 200, 500, 1_000)  # the first is HOUSE_RULE.least
EVERYBODY = ""  # the key of the last line
STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Names = Callable[[str, str], str]  # (dimension, category) -> its name in the reader's language


@dataclass(frozen=True, slots=True)
class Asked:
    """Which share each line of a sheet is told with: of the last dimension, and what in it is not known."""

    label: str
    counted: str
    unknown: str


@dataclass(frozen=True, slots=True)
class Line:
    """One group: (head, count) for each column, the last of all. A count is None where it is withheld.

    `is_worse`: the group has clearly more of what is asked about than everybody together.
    """

    key: str
    name: str
    cells: tuple[tuple[str, int | None], ...]
    rate: str
    is_worse: bool = False

    @property
    def total(self) -> int | None:
        return self.cells[-1][1]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table that may leave."""

    key: str
    name: str
    lines: tuple[Line, ...]  # the last is about everybody

    @property
    def heads(self) -> list[str]:
        return [head for head, _count in self.lines[-1].cells]


def sheets(tables: Sequence[Table], asked: Asked, *, names: Names) -> tuple[Sheet, ...]:
    """Tables of two dimensions, the second the same in all: what they may show, line by line.

    They leave together and are protected together. Nothing of them may be shown in any other way.
    """
    return tuple(_sheet(table, asked, names) for table in protect(tables)) if tables else ()


def few(persons: int) -> str:
    """A count that stands alone: the number, or that there are fewer than five. Nobody is a few too."""
    if not is_enough(persons):
        return _("færre end %(least)s") % {"least": HOUSE_RULE.least}
    return str(persons)


def at_least(persons: int) -> str:
    """A count that is told again and again, in steps: a change by one or two is not seen in it."""
    reached = [step for step in STEPS if persons >= step]
    if not reached:
        return few(0)
    return _("mindst %(count)s") % {"count": reached[-1]}


def is_enough(persons: int) -> bool:
    """Whether there are so many that one may speak of them at all."""
    return persons >= HOUSE_RULE.least


def withheld() -> str:
    return _("tilbageholdt")


def as_csv(told: Sequence[Sheet], *, title: str, on: date) -> str:
    """Every sheet beneath each other, as a Danish Excel opens it: BOM, semicolons, and no formulas."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([_harmless(title), on.isoformat()])
    writer.writerow([_("Under fem er tilbageholdt sammen med det, der ville røbe dem.")])
    for sheet in told:
        writer.writerow([])
        writer.writerow([_harmless(each) for each in (sheet.name, *sheet.heads, _("andel"))])
        for line in sheet.lines:
            counts = [withheld() if count is None else count for _head, count in line.cells]
            writer.writerow([_harmless(line.name), *counts, _harmless(line.rate)])
    return BOM + text.getvalue()


def _harmless(text: str) -> str:
    """A text that a spreadsheet only shows."""
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def _sheet(table: Protected, asked: Asked, names: Names) -> Sheet:
    group, last = table.dimensions
    everybody = _rate(table, asked, EVERYBODY)

    def line(key: str) -> Line:
        within: Mapping[str, str] = {group.name: key} if key else {}
        rate = _rate(table, asked, key)
        return Line(
            key,
            names(group.name, key) if key else _("alle"),
            (
                *(
                    (names(last.name, category), table.cell({**within, last.name: category}))
                    for category in last.categories
                ),
                (_("i alt"), table.cell(within)),
            ),
            lines.read(rate.said()),
            bool(key) and is_worse(rate.percent, everybody.percent),
        )

    return Sheet(
        group.name,
        names(group.name, ""),
        tuple(line(category) for category in (*group.categories, EVERYBODY)),
    )


def _rate(table: Protected, asked: Asked, within: str) -> Rate:
    return Rate.of(table, label=asked.label, counted=asked.counted, unknown=asked.unknown, within=within)
