"""Amounts that several parts of the engine share. All are whole numbers, so that SQL can repeat the sums."""

from dataclasses import dataclass
from math import isqrt

# Twice round the earth. Squared distances then stay below 2**52, where a float square root is still exact.
FARTHEST = 20_000_000


@dataclass(frozen=True, slots=True, order=True)
class Money:
    """Danish money in whole øre.

    >>> Money.kroner(50)
    Money(ore=5000)
    """

    ore: int

    @classmethod
    def kroner(cls, kroner: int) -> "Money":
        return cls(kroner * 100)


@dataclass(frozen=True, slots=True, order=True)
class Point:
    """A place in metres on a flat grid: UTM zone 32 (EPSG:25832) in Denmark.

    Two points can be compared only if they come from the same grid. In Denmark a distance on the grid is
    true to within 1.5 per mille, far less than what the straight line hides.
    """

    east: int
    north: int

    def __post_init__(self) -> None:
        if max(abs(self.east), abs(self.north)) > FARTHEST:
            raise ValueError(f"({self.east}, {self.north}) is not on the earth")

    def metres_to(self, other: "Point") -> int:
        """The straight line in whole metres, rounded down.

        >>> Point(0, 0).metres_to(Point(300, 400))
        500
        """
        return isqrt((self.east - other.east) ** 2 + (self.north - other.north) ** 2)
