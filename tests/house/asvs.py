"""The page docs/reference/asvs.md: every requirement of levels 1 and 2, and what proves it here.

`python -m tests.house.asvs` writes it anew.
"""

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from tests.house.features import claims
from tests.house.floors import ROOT

DATA = ROOT / "tests" / "data" / "asvs"
PAGE = ROOT / "docs" / "reference" / "asvs.md"
LEVELS = {"1", "2"}
MOST = 110  # letters of a requirement that stand on the page
STANDINGS = {
    "proven": "proven by a test",
    "now": "concerns what is built; nothing here proves it yet",
    "later": "concerns what is not built",
    "operator": "rests with whoever runs the machine",
    "never": "concerns what Brobygger does not have",
}
HEAD = """# Security requirements

OWASP ASVS 5.0.0, levels 1 and 2, and the tests that prove a requirement: those with `@pytest.mark.asvs("…")`.
Written by `python -m tests.house.asvs` and compared with the tests in every run. A proof is of what is built
today; a requirement may concern more tomorrow. The requirements are quoted by their beginnings from
[the standard](../../tests/data/asvs/SOURCE.md), © The OWASP Foundation, CC BY-SA 4.0, and so is this page.
"""


@dataclass(frozen=True)
class Requirement:
    id: str
    section: str
    level: str
    words: str
    standing: str
    why: str
    tests: tuple[str, ...]


def requirements() -> list[Requirement]:
    proofs, standings = claims("asvs"), _standings()
    return [_requirement(row, proofs, standings) for row in _rows() if row["L"] in LEVELS]


def known() -> set[str]:
    """The ids of every level: a test may prove more than level 2 asks."""
    return {row["req_id"].removeprefix("V") for row in _rows()}


def counted(found: list[Requirement]) -> Counter[str]:
    return Counter(one.standing for one in found)


def page() -> str:
    found = requirements()
    numbers = counted(found)
    table = [f"| {numbers[name]} | {what} |" for name, what in STANDINGS.items()]
    lines = [HEAD, f"| of {len(found)} | |", "|---|---|", *table, *_sections(found)]
    return "\n".join(lines) + "\n"


def _sections(found: list[Requirement]) -> Iterator[str]:
    section = ""
    for one in found:
        if one.section != section:
            section = one.section
            yield from ("", f"## {section}", "", "| id | level | asks | here |", "|---|---|---|---|")
        here = (
            "<br>".join(f"`{test}`" for test in one.tests) or f"*{one.standing}*{one.why and ': '}{one.why}"
        )
        yield f"| {one.id} | {one.level} | {one.words} | {here} |"


def _requirement(
    row: dict[str, str], proofs: dict[str, set[str]], standings: dict[str, tuple[str, str]]
) -> Requirement:
    number = row["req_id"].removeprefix("V")
    tests = tuple(sorted(proofs.get(number, ())))
    standing, why = _standing(number, standings)
    return Requirement(
        id=number,
        section=f"{row['section_id'].removeprefix('V')} {row['section_name']}",
        level=row["L"],
        words=_shortened(row["req_description"]),
        standing="proven" if tests else standing,
        why="" if tests else why,
        tests=tests,
    )


def _standing(number: str, standings: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """What the longest beginning of an id says.

    >>> _standing("4.3.1", {"4": ("later", "x"), "4.3": ("never", "y")})
    ('never', 'y')
    """
    parts = number.split(".")
    for length in range(len(parts), 0, -1):
        if found := standings.get(".".join(parts[:length])):
            return found
    return "now", ""


def _shortened(text: str) -> str:
    """
    >>> _shortened("Verify that all is well. More words.")
    'all is well.'
    """
    told = " ".join(text.removeprefix("Verify that ").removeprefix("Verify ").split())
    first = told.split(". ")[0].rstrip(".") + "."
    short = first if len(first) <= MOST else first[:MOST].rsplit(" ", 1)[0].rstrip(",;:") + " …"
    return short.replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


def _standings() -> dict[str, tuple[str, str]]:
    with (DATA / "standing.csv").open(newline="") as rows:
        return {row["id"]: (row["standing"], row["why"]) for row in csv.DictReader(rows)}


def _rows() -> list[dict[str, str]]:
    with (DATA / "asvs-5.0.0-en.csv").open(newline="", encoding="utf-8-sig") as rows:
        return list(csv.DictReader(rows))


if __name__ == "__main__":
    PAGE.write_text(page())
