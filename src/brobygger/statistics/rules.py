"""Which group a resident is counted in. Plain values in, plain values out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from brobygger.engine.disclosure.values import HOUSE_RULE, Rule
from brobygger.statistics.terms import REST, UNKNOWN, AgeGroup

UNTIL = {AgeGroup.CHILD: 13, AgeGroup.TEEN: 18, AgeGroup.YOUNG: 30, AgeGroup.GROWN: 60}
A_TENTH = 10  # percentage points: less is no difference to speak of


def age_group(age: int | None) -> str:
    """
    >>> [str(age_group(age)) for age in (None, 12, 13, 29, 60)]
    ['unknown', 'child', 'teen', 'young', 'old']
    """
    if age is None:
        return UNKNOWN
    return next((group for group, until in UNTIL.items() if age < until), AgeGroup.OLD)


def areas_described(residents: Mapping[UUID | None, int], *, rule: Rule = HOUSE_RULE) -> frozenset[UUID]:
    """The areas with so many residents that they may be described at all."""
    return frozenset(area for area, count in residents.items() if area is not None and count >= rule.profile)


def gathered(groups: Sequence[str], *, rule: Rule = HOUSE_RULE) -> list[str]:
    """The same groups, those with too few persons put together under one name.

    If they are few even together, the next smallest group joins them: a line of fewer than five would have to
    be withheld, and with it a line of the others.

    >>> gathered(["da"] * 6 + ["ar"] * 5 + ["ti", "so"] * 3)[-3:]
    ['rest', 'rest', 'rest']
    >>> sorted(set(gathered(["da"] * 6 + ["ar"] * 5 + ["ti"])))
    ['da', 'rest']
    """
    counts = Counter(groups)
    small: set[str] = set()
    for group in sorted(counts, key=lambda name: (counts[name], name)):
        together = sum(counts[name] for name in small)
        if counts[group] < rule.least or 0 < together < rule.least or group == REST:
            small.add(group)
    return [REST if group in small else group for group in groups]


A_CROWD = 20  # in each group, on average: below it, four columns are mostly small numbers


def coarse(
    standings: Sequence[str], parts: Sequence[str], whole: str, *, groups: int, rule: Rule = HOUSE_RULE
) -> list[str]:
    """The same standings, with some of them told as one where too few have one of them.

    `groups`: how many lines the longest table has.

    >>> coarse(["few", "more", "more"], ["few", "more"], "some", groups=1)
    ['some', 'some', 'some']
    """
    counts = Counter(standings)
    if len(standings) < A_CROWD * groups or any(rule.is_sensitive(counts[part]) for part in parts):
        return [whole if standing in parts else standing for standing in standings]
    return list(standings)


def in_order(groups: Iterable[str], order: Sequence[str]) -> list[str]:
    """Each group once, as `order` has them; what it does not name by name, and last what is not known.

    >>> in_order(["rest", "b", "unknown", "a", "z"], ["b", "a"])
    ['b', 'a', 'z', 'rest', 'unknown']
    """
    last = {REST: 1, UNKNOWN: 2}
    place = {name: n for n, name in enumerate(order)}
    return sorted(set(groups), key=lambda name: (last.get(name, 0), place.get(name, len(order)), name))


def is_worse(share: int | None, of_all: int | None) -> bool:
    """Whether a group has clearly more without an offer than everybody together. Both may be withheld.

    >>> is_worse(40, 20), is_worse(25, 20), is_worse(None, 20)
    (True, False, False)
    """
    return share is not None and of_all is not None and share - of_all >= A_TENTH
