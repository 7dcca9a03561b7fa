"""Where a row of the directory comes from."""

from uuid import uuid4

from django.db import models
from django.db.models import Q, UniqueConstraint
from django.db.models.functions import Now

from brobygger.foundation.policies import DatedByTheDatabase
from brobygger.foundation.scope import KeeperWritten


class Sourced(KeeperWritten):
    """A directory row and where it came from; re-imported by (keeper, source, source_id)."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    source = models.CharField(max_length=100, blank=True, default="")
    source_id = models.CharField(max_length=200, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    modified_at = models.DateTimeField(db_default=Now(), editable=False)  # the database keeps it

    class Meta:
        abstract = True
        constraints = [
            DatedByTheDatabase(name="%(app_label)s_%(class)s_dated"),
            UniqueConstraint(
                name="%(class)s_once_per_source_row",
                fields=["keeper_id", "source", "source_id"],
                condition=~Q(source=""),
            ),
        ]
