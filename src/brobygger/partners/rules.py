"""Small answers about partners. Plain values in, plain values out."""

from datetime import date


def stands(*, since: date | None, until: date | None, on: date) -> bool:
    """Whether an organisation is there on a day. Regions and municipalities come and go by date (PAR-01).

    >>> stands(since=None, until=date(2027, 1, 1), on=date(2026, 12, 31))
    True
    >>> stands(since=date(2027, 1, 1), until=None, on=date(2026, 12, 31))
    False
    """
    return (since is None or since <= on) and (until is None or on < until)
