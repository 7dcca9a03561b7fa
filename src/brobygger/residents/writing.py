"""What documentation costs (RES-04): seconds from the first key to the press, and the house's median of them.

Measured only where script runs, and never shown by person: with fewer than five notes or three writers the
figure is withheld, since it would then speak of somebody.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django import forms
from django.db.models import Aggregate, Count, FloatField

from brobygger.residents.models import Note

A_LONG_NOTE = 60 * 60
FEWEST_NOTES, FEWEST_WRITERS = 5, 3
LOOKED_BACK = timedelta(days=30)


class Timed(forms.Form):
    """A form that learns how long its text took to write. Beyond an hour a browser is not believed."""

    seconds = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-typing": ""}))

    def clean_seconds(self) -> int | None:
        """A whole number of seconds, or nothing: a note is never refused for its clock."""
        told: str = self.cleaned_data["seconds"]
        seconds = int(told) if told.isdecimal() and len(told) < 6 else 0
        return seconds if 1 <= seconds <= A_LONG_NOTE else None


@dataclass(frozen=True, slots=True)
class WritingTime:
    """The house's notes since a day: how many were timed, and the median in seconds (None = withheld)."""

    notes: int
    median: int | None


class Median(Aggregate):
    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


def writing_time(*, now: datetime) -> WritingTime:
    """The median of the open house. One query; who wrote what is not read."""
    timed = Note.objects.filter(at__gte=now - LOOKED_BACK, seconds__isnull=False)
    found = timed.aggregate(notes=Count("pk"), writers=Count("by", distinct=True), median=Median("seconds"))
    enough = found["notes"] >= FEWEST_NOTES and found["writers"] >= FEWEST_WRITERS
    return WritingTime(found["notes"], round(found["median"]) if enough else None)
