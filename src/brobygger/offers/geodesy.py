"""Between latitude and longitude (WGS84) and metres in UTM zone 32N. Pure.

Krüger's series to the third order, good to a millimetre over Denmark; we round to a metre.
"""

from math import asin, atan, atan2, atanh, cos, cosh, degrees, hypot, radians, sin, sinh

CENTRAL_MERIDIAN = radians(9)
SCALE, FALSE_EASTING = 0.9996, 500_000
A, F = 6_378_137.0, 1 / 298.257223563
N = F / (2 - F)
RECTIFYING = A / (1 + N) * (1 + N**2 / 4 + N**4 / 64)
SERIES = (
    N / 2 - 2 / 3 * N**2 + 5 / 16 * N**3,
    13 / 48 * N**2 - 3 / 5 * N**3,
    61 / 240 * N**3,
)


def utm32(latitude: float, longitude: float) -> tuple[int, int]:
    """(easting, northing) in whole metres.

    >>> utm32(55.676111, 12.568333)  # Rådhuspladsen, København
    (724354, 6175805)
    """
    phi, turned = radians(latitude), radians(longitude) - CENTRAL_MERIDIAN
    e = 2 * N**0.5 / (1 + N)
    conformal = sinh(atanh(sin(phi)) - e * atanh(e * sin(phi)))
    xi, eta = atan(conformal / cos(turned)), atanh(sin(turned) / hypot(1, conformal))
    north = xi + sum(a * sin(2 * j * xi) * cosh(2 * j * eta) for j, a in enumerate(SERIES, 1))
    east = eta + sum(a * cos(2 * j * xi) * sinh(2 * j * eta) for j, a in enumerate(SERIES, 1))
    return round(FALSE_EASTING + SCALE * RECTIFYING * east), round(SCALE * RECTIFYING * north)


BACK = (
    N / 2 - 2 / 3 * N**2 + 37 / 96 * N**3,
    N**2 / 48 + N**3 / 15,
    17 / 480 * N**3,
)
TO_GEOGRAPHIC = (2 * N - 2 / 3 * N**2 - 2 * N**3, 7 / 3 * N**2 - 8 / 5 * N**3, 56 / 15 * N**3)


def wgs84(easting: int, northing: int) -> tuple[float, float]:
    """(latitude, longitude) in degrees, the way back, to six decimals: a tenth of a metre, so that the
    way there ends on the same whole metre.

    >>> wgs84(724354, 6175805)
    (55.676108, 12.568334)
    """
    xi, eta = northing / (SCALE * RECTIFYING), (easting - FALSE_EASTING) / (SCALE * RECTIFYING)
    north = xi - sum(b * sin(2 * j * xi) * cosh(2 * j * eta) for j, b in enumerate(BACK, 1))
    east = eta - sum(b * cos(2 * j * xi) * sinh(2 * j * eta) for j, b in enumerate(BACK, 1))
    chi = asin(sin(north) / cosh(east))
    latitude = chi + sum(d * sin(2 * j * chi) for j, d in enumerate(TO_GEOGRAPHIC, 1))
    longitude = CENTRAL_MERIDIAN + atan2(sinh(east), cos(north))
    return round(degrees(latitude), 6), round(degrees(longitude), 6)
