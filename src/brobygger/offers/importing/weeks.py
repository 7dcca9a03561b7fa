"""Opening hours told as one text become one row a weekday, as HSDS has them. Pure."""

from collections.abc import Iterator

from brobygger.offers import hours
from brobygger.offers.importing.rows import Row

TEXT = "hours_of_operation"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def week_rows(row: Row) -> Iterator[Row]:
    """The row itself; or, for a schedule told as text, one row for each weekday that is named in it.

    What cannot be read stays one row with its text, so that it is reported and not lost.
    """
    text = row.get(TEXT)
    if row.table != "schedule" or not text:
        yield row
        return
    others = {column: value for column, value in row.values.items() if column != TEXT}
    week = hours.week_in(text)
    for day in week.days:
        yield Row(row.table, {**others, "weekday": WEEKDAYS[day.weekday], TEXT: day.said}, row.where)
    for piece in week.left:
        yield Row(row.table, {**others, TEXT: piece}, row.where)
