"""Names for invented residents: a first name met in Denmark and one invented letter."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from brobygger.residents.terms import Gender
from brobygger.site.sample.frame import rows

LETTERS = "ABCDEFGHJKLMNPRSTVØ"


@dataclass(frozen=True, slots=True)
class Named:
    """A name, the language it comes with (most often also spoken), and whose it mostly is."""

    name: str
    language: str
    gender: Gender


class Names:
    """Gives names one at a time, none twice."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._given: set[str] = set()
        self._known = list(_known())

    def one(self, *, is_old: bool) -> Named:
        """Ages have their names in Danish; in the other languages of the table few do."""
        age = {"old", "any"} if is_old else {"young", "any"}
        suiting = [named for named, when in self._known if when in age]
        while True:
            chosen = self._chance.choice(suiting)
            name = f"{chosen.name} {self._chance.choice(LETTERS)}."
            if name not in self._given:
                self._given.add(name)
                return Named(name, chosen.language, chosen.gender)


def _known() -> Iterator[tuple[Named, str]]:
    for row in rows("names"):
        for name in row["names"].split():
            yield Named(name, row["language"], Gender(row["gender"])), row["age"]
