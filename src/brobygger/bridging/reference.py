"""The table and the clocks as words, for the printed page."""

from collections.abc import Iterable, Sequence

from brobygger.bridging.deadlines import clock_rows
from brobygger.bridging.terms import ActorRole, Direction, Guard
from brobygger.bridging.transitions import ANY_WAY, TRANSITIONS

HEADINGS = ("code", "from → to", "who", "ways", "guards", "needs", "next clock", "told")
INTRODUCTION = """# Transitions of a leg

Printed from the table in `brobygger.bridging.rules`; a test compares the two. What is not listed is refused.
Who: {who}.
Ways: the directions the row holds for, where it is not all of them. Needed besides: `urgent_why` where it is
urgent, `criterion` with not_eligible, `text` with missing_info and other.
"""
CLOCK_HEADINGS = ("clock", "asks", "runs on", "normal", "urgent", "owner", "when it rings", "told", "then")
CLOCK_INTRODUCTION = """
## Clocks

bd is a working day, counted from the next one and ending at closing time; h is an hour inside opening hours.
"""


def as_rows() -> list[tuple[str, ...]]:
    """The table as words, one tuple per row, in the order of `HEADINGS`."""
    return [
        (
            row.code,
            f"{row.from_state or '–'} → {row.to_state}",
            ", ".join(role for role in ActorRole if role in row.who),
            "" if row.directions == ANY_WAY else ", ".join(one for one in Direction if one in row.directions),
            ", ".join(guard for guard in Guard if guard in row.guards),
            ", ".join(row.needs),
            " or ".join(row.next_clock),
            ", ".join(row.told),
        )
        for row in TRANSITIONS
    ]


def as_markdown() -> str:
    """The page `docs/reference/transitions.md`."""
    who = ", ".join(f"{role} {role.name.lower()}" for role in ActorRole)
    return "".join(
        [
            INTRODUCTION.format(who=who),
            _as_table(HEADINGS, as_rows()),
            CLOCK_INTRODUCTION,
            _as_table(CLOCK_HEADINGS, clock_rows()),
        ]
    )


def _as_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [headings, ["---"] * len(headings), *rows]
    return "\n" + "".join(f"| {' | '.join(line)} |\n" for line in lines)
