"""Places as files write them: a latitude and a longitude, or why they are none. Pure."""

from brobygger.offers import words
from brobygger.offers.geodesy import utm32
from brobygger.offers.importing import faults
from brobygger.offers.importing.faults import Fault

WEST, EAST, SOUTH, NORTH = 6.0, 16.0, 54.0, 58.5  # Denmark, with a margin


def point_from(latitude: str, longitude: str) -> tuple[tuple[int, int] | None, Fault | None]:
    """The point, or why there is none. Comma or point as decimal sign.

    >>> point_from("55,7125", "12.5340")[1] is None, point_from("41.88", "-87.62")[0]
    (True, None)
    """
    north, east = words.amount_in(latitude), words.amount_in(longitude)
    if north is None or east is None or abs(north) > 90 or abs(east) > 180:
        return None, faults.NOT_COORDINATES
    if WEST <= east <= EAST and SOUTH <= north <= NORTH:
        return utm32(float(north), float(east)), None
    if WEST <= north <= EAST and SOUTH <= east <= NORTH:
        return None, faults.COORDINATES_SWAPPED
    return None, faults.NOT_A_PLACE_IN_DENMARK
