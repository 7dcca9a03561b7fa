"""What kind of installation this database is: a demo or a live one (FOUNDATION 9).

One row, written at creation by the owner role and only readable by the application.
"""

from django.db import models

from brobygger.engine.words import Term
from brobygger.engine.words import gettext_noop as _
from brobygger.foundation.fields import TermField


class InstallationKind(Term):
    DEMO = "demo", _("øveudgave")
    LIVE = "live", _("i drift")


class Installation(models.Model):
    app_may = ("SELECT",)

    only = models.BooleanField(primary_key=True, default=True)
    kind = TermField(InstallationKind)
    migrated = models.CharField(max_length=64, default="")

    class Meta:
        app_label = "foundation"
        constraints = [
            models.CheckConstraint(name="there_is_one_installation", condition=models.Q(only=True)),
            models.CheckConstraint(
                name="kind_is_demo_or_live", condition=models.Q(kind__in=["demo", "live"])
            ),
        ]


def kind() -> InstallationKind | None:
    """The kind, or None while nothing has been founded. One query the first time, then remembered."""
    if not _known:
        row = Installation.objects.first()
        if row is None:
            return None
        _known.append(InstallationKind(row.kind))
    return _known[0]


def is_demo() -> bool:
    return kind() is InstallationKind.DEMO


def found(what: str) -> None:
    """Write the one row. Only the owner role may; the kind of a database never changes afterwards."""
    Installation.objects.get_or_create(only=True, defaults={"kind": InstallationKind(what)})


_known: list[InstallationKind] = []
