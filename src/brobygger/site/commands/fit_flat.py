"""The invented directory as one flat table, and the question to it in SQL, for the peers of `bench fit`.

Everything is a whole number and resolved for the day, as in our own lists: no peer pays for dates or joins.
The question knows neither `columns` nor `lists`; what the rules mean is told in `engine.fit`.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from brobygger.engine.fit.constraints import CONFIRMED_FOR, Constraint
from brobygger.engine.fit.layout import NO_DAY, Codes, Columns, Flags, Numbers
from brobygger.engine.fit.order import ORE_PER_POINT, PER_QUESTION, THEME_UNKNOWN, WAITING
from brobygger.engine.fit.values import Gender, Person
from brobygger.site.commands.fit_world import AREAS, LANGUAGES, THEMES, TODAY

ANY_NEED, NEED_UNKNOWN = 100, 101  # as if they were themes
FINE, ASK, ON_A_LIST, FULL, LATER = range(5)
COLUMNS = (
    "id", "t0", "t1", "t2", "placed", "e0", "n0", "e1", "n1",
    "e2", "n2", "held", "come", "d0", "d1", "d2", "d3", "d4",
    "d5", "d6", "aged", "from_age", "until_age", "spoken", "steps", "who", "area_from",
    "area_to", "price", "room", "next_in", "opens_in", "shut", "waiting",
)  # fmt: skip


def table(columns: Columns) -> dict[str, Numbers]:
    """COLUMNS by name. -1 is what nobody has said, 0 no limit, where nothing else is told in `question`."""
    size = len(columns.ids)
    told: dict[str, Numbers] = {"id": np.arange(size)}
    themes = _spread(columns.themes.owner, _renumbered(columns.themes, sorted(THEMES)), size, 3, -1)
    themes[0] = np.where(
        columns.themes.limited, themes[0], np.where(columns.themes.known, ANY_NEED, NEED_UNKNOWN)
    )
    told |= {f"t{n}": part for n, part in enumerate(themes)}
    told["placed"] = _state(columns.points.known, columns.points.limited)
    for name, axis in (("e", columns.points.east), ("n", columns.points.north)):
        first, *others = _spread(columns.points.owner, axis, size, 3, -1 << 40)
        told[f"{name}0"] = np.where(columns.points.limited, first, 0)
        told |= {
            f"{name}{n}": np.where(other < -1 << 39, told[f"{name}0"], other)
            for n, other in enumerate(others, 1)
        }
    told["held"], told["come"] = (
        _state(columns.slots.known, columns.slots.limited),
        columns.slots.come_and_go.astype(np.int64),
    )
    for day in range(7):
        told[f"d{day}"] = np.zeros(size, np.int64)
        on_it = columns.slots.weekday == day
        told[f"d{day}"][columns.slots.owner[on_it]] = columns.slots.half_hours[on_it]
    told["aged"] = _state(columns.ages.known, columns.ages.limited)
    told["from_age"], told["until_age"] = columns.ages.from_, columns.ages.until
    told["spoken"] = _bits(columns.languages, LANGUAGES)
    told["who"] = _bits(columns.genders, [*Gender])
    told["steps"], told["price"] = columns.step_free, columns.price
    areas = _spread(columns.areas.owner, columns.areas.rows + 1, size, 1, 0)[0]
    told["area_from"] = np.where(columns.areas.known, areas, -1)
    told["area_to"] = areas + np.bincount(columns.areas.owner, minlength=size) - 1
    return {name: np.asarray(told.get(name, part), np.int64) for name, part in _all(told, columns)}


def _all(told: dict[str, Numbers], columns: Columns) -> Iterator[tuple[str, Numbers]]:
    today, room = TODAY.toordinal(), columns.room
    later, opens_later = room.next_on > today, columns.opens_on > today
    confirmed = (room.confirmed_on >= today - CONFIRMED_FOR.days) & (room.next_on == NO_DAY)
    by_state = [
        (~room.known, ASK),
        (room.needs_none, FINE),
        (later, LATER),
        (~confirmed, ASK),
        (room.is_list, ON_A_LIST),
        (room.is_full, FULL),
    ]
    rest = {
        "room": np.select([is_so for is_so, _ in by_state], [state for _, state in by_state], FINE),
        "next_in": np.where(later, room.next_on - today, 0),
        "opens_in": np.where(opens_later, columns.opens_on - today, 0),
        "shut": ~opens_later & (columns.paused | (columns.closes_on <= today)),
    }
    rest["waiting"] = (rest["room"] > ASK) | opens_later
    return ((name, told.get(name, rest.get(name, rest["room"]))) for name in COLUMNS)


def _state(known: Flags, limited: Flags) -> Numbers:
    """1 where something is listed, 0 where there is no limit, -1 where nobody has said."""
    return np.where(limited, 1, np.where(known, 0, -1))


def _spread(owner: Numbers, values: Numbers, size: int, most: int, none: int) -> list[Numbers]:
    """The first, second … value of each owner, as columns."""
    nth = np.arange(len(owner)) - np.searchsorted(owner, owner)
    spread = [np.full(size, none, np.int64) for _ in range(most)]
    for n, part in enumerate(spread):
        part[owner[nth == n]] = values[nth == n]
    return spread


def _renumbered(codes: Codes, order: list[str]) -> Numbers:
    return np.array([order.index(code) for code in codes.number_of], np.int64)[codes.rows]


def _bits(codes: Codes, order: list[str]) -> Numbers:
    told = np.where(codes.known, 0, -1)
    np.add.at(told, codes.owner, 1 << _renumbered(codes, order))
    return told


@dataclass(frozen=True, slots=True)
class Dialect:
    """Where the peers' words differ."""

    least: str = "least"
    over: str = "/"
    root: str = "floor(sqrt(({0})::float8))::bigint"
    once: str = "MATERIALIZED"  # what is used twice is reckoned once


def wanted(person: Person) -> list[int]:
    return [sorted(THEMES).index(theme) for theme in person.themes]


def question(person: Person, source: str, dialect: Dialect, *, fits: int, near: int) -> str:
    """Rows of (is near, id, penalty, against, ask): best fits and near misses of what the source selects."""
    against, ask = _against(person), _ask(person)
    paid = (
        f"CASE WHEN price>0 THEN price{dialect.over}{ORE_PER_POINT} ELSE 0 END" if person.max_price else "0"
    )
    told = "kind, id, penalty, against, ask FROM c WHERE things="
    return f"""
        WITH a AS (SELECT *, {_minutes(person, dialect)} AS minutes FROM ({source}) s),
        b AS (SELECT id, t0, minutes, waiting, {paid} AS paid,
            {_sum(against, bits=True)} AS against, {_sum(against, bits=False)} AS things,
            {_sum(ask, bits=True)} AS ask, {_sum(ask, bits=False)} AS questions FROM a),
        c AS {dialect.once} (SELECT id, t0, against, things, ask,
            minutes + paid + {PER_QUESTION}*questions + {WAITING}*waiting
            + CASE WHEN t0={NEED_UNKNOWN} THEN {THEME_UNKNOWN} ELSE 0 END AS penalty FROM b)
        SELECT * FROM (SELECT 0 AS {told}0 ORDER BY penalty, id LIMIT {fits}) f
        UNION ALL
        SELECT * FROM (SELECT 1 AS {told}1 AND t0<>{NEED_UNKNOWN} ORDER BY penalty, id LIMIT {near}) g
        """  # noqa: S608 - whole numbers of our own


def _minutes(person: Person, dialect: Dialect) -> str:
    if person.home is None:
        return "0"
    east, north = person.home.east, person.home.north
    squares = (f"(e{n}-({east}))*(e{n}-({east}))+(n{n}-({north}))*(n{n}-({north}))" for n in range(3))
    metres = dialect.root.format(f"{dialect.least}({','.join(squares)})")
    return f"CASE WHEN placed=1 THEN ({metres}*13+799){dialect.over}800 ELSE 0 END"


def _sum(terms: dict[Constraint, str], *, bits: bool) -> str:
    cases = (
        f"CASE WHEN {when} THEN {int(one) if bits else 1} ELSE 0 END" for one, when in terms.items() if when
    )
    return "+".join(cases) or "0"


def _suits(person: Person) -> str:
    days = [(f"d{day}", person.times.day(day) if person.times else 0) for day in range(7)]
    touched = " OR ".join(f"({name} & {free})<>0" for name, free in days)
    covered = " OR ".join(f"({name}<>0 AND ({name} & {~free & (1 << 48) - 1})=0)" for name, free in days)
    return f"CASE WHEN come=1 THEN ({touched}) ELSE ({covered}) END"


def _against(person: Person) -> dict[Constraint, str]:
    speaks = sum(1 << LANGUAGES.index(code) for code in person.languages or ())
    area = min((AREAS.index(code) + 1 for code in person.areas or ()), default=0)
    waits = None if person.wait_until is None else (person.wait_until - TODAY).days
    too_long = "" if waits is None else f" OR (room={LATER} AND next_in>{waits})"
    no_list = f" OR room={ON_A_LIST}" if waits is not None and waits <= 0 else ""
    said: dict[Constraint, tuple[bool, Callable[[], str]]] = {
        Constraint.DISTANCE: (
            person.home is not None and person.max_minutes is not None,
            lambda: f"placed=1 AND minutes>{person.max_minutes}",
        ),
        Constraint.TIMES: (person.times is not None, lambda: f"held=1 AND NOT ({_suits(person)})"),
        Constraint.AGE: (
            person.age is not None,
            lambda: f"aged=1 AND NOT (from_age<={person.age} AND {person.age}<until_age)",
        ),
        Constraint.LANGUAGE: (person.languages is not None, lambda: f"spoken>0 AND (spoken & {speaks})=0"),
        Constraint.STEP_FREE: (bool(person.needs_step_free), lambda: "steps=0"),
        Constraint.GROUP: (
            person.gender is not None,
            lambda: f"who>0 AND (who & {1 << list(Gender).index(person.gender or Gender.OTHER)})=0",
        ),
        Constraint.AREA: (
            person.areas is not None,
            lambda: f"area_from>0 AND NOT (area_from<={area} AND {area}<=area_to)",
        ),
        Constraint.PRICE: (
            person.max_price is not None,
            lambda: f"price>{person.max_price.ore if person.max_price else 0}",
        ),
        Constraint.PLACES: (True, lambda: f"room={FULL}{no_list}{too_long}"),
        Constraint.OPEN: (True, lambda: "shut=1" + ("" if waits is None else f" OR opens_in>{waits}")),
    }
    return {one: f"({when()})" for one, (is_said, when) in said.items() if is_said}


def _ask(person: Person) -> dict[Constraint, str]:
    steps = {None: "steps=0", True: "steps<0", False: ""}[person.needs_step_free]
    waits = None if person.wait_until is None else (person.wait_until - TODAY).days
    places = f"room={ASK}" + (f" OR room={LATER}" if waits is None else "")
    return {
        Constraint.NEED: f"t0={NEED_UNKNOWN}",
        Constraint.DISTANCE: "placed<0" if person.home is not None else "",
        Constraint.TIMES: "held<0" if person.times is not None else "",
        Constraint.AGE: "aged<0" if person.age is not None else "aged=1",
        Constraint.LANGUAGE: "spoken<0" if person.languages is not None else "spoken>0",
        Constraint.STEP_FREE: steps,
        Constraint.GROUP: "who<0" if person.gender is not None else "who>0",
        Constraint.AREA: "area_from<0" if person.areas is not None else "area_from>0",
        Constraint.PRICE: "price<0" if person.max_price is not None else "",
        Constraint.PLACES: places + ("" if waits is not None and waits <= 0 else f" OR room={ON_A_LIST}"),
        Constraint.OPEN: "opens_in>0" if waits is None else "",
    }
