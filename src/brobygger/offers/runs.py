"""What stands beside an import: what it did to each row, what is under way, and mappings kept by name."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from brobygger.accounts.models import Membership
from brobygger.foundation.fields import TermField
from brobygger.foundation.policies import OnlyEmptied
from brobygger.foundation.scope import KeeperWritten, OrganisationScoped
from brobygger.offers.terms import OrderState


class ImportTrace(KeeperWritten):
    """What one import did to up to a thousand rows of one table, so that it can be undone.

    `model` is as Django labels it. `created`: key -> digest of `columns` as they were saved.
    `changed`: key -> {column: [before, after]}. `withdrawn`: keys that the source told no more.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    run = models.ForeignKey("offers.ImportRun", models.PROTECT, related_name="traces")
    number = models.PositiveIntegerField()
    model = models.CharField(max_length=60)
    columns = ArrayField(models.CharField(max_length=63), default=list)
    created = models.JSONField(default=dict)
    changed = models.JSONField(default=dict)
    withdrawn = models.JSONField(default=list)

    app_may = ("SELECT", "INSERT")
    may_be_emptied = ("changed",)  # where a place has gone into hiding since

    class Meta:
        constraints = [
            UniqueConstraint(name="a_trace_has_its_number", fields=["run", "number"]),
            OnlyEmptied(name="offers_importtrace_only_emptied", columns=("changed",)),
        ]


class ColumnMapping(OrganisationScoped):
    """What the columns of somebody's own file mean, kept by a name. `files` has the shape of mapping.yaml."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField("navn", max_length=100)
    files = models.JSONField(default=dict)
    at = models.DateTimeField()
    saved_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            UniqueConstraint(name="a_mapping_has_its_own_name", fields=["organisation_id", "name"]),
            CheckConstraint(name="a_mapping_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class ImportOrder(OrganisationScoped):
    """One file that somebody wants taken in: tried first, and then taken.

    `content` is emptied when it is over. `said` is how far it has come, in words, at `said_at`.
    `tried` is the report of the trial as `ImportReport.as_json` gives it; that of the import is on its run.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField("fil", max_length=255)
    content = models.BinaryField(default=b"")
    size = models.PositiveIntegerField("bytes")
    digest = models.CharField(max_length=64)
    source = models.CharField("katalogets navn", max_length=100)
    licence = models.CharField("licens", max_length=200, blank=True, default="")
    files = models.JSONField(default=dict)
    state = TermField(OrderState, default=OrderState.RECEIVED)
    said = models.CharField(max_length=300, blank=True, default="")
    said_at = models.DateTimeField()
    at = models.DateTimeField()
    asked_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    tried = models.JSONField(default=dict)
    run = models.ForeignKey("offers.ImportRun", models.PROTECT, null=True, related_name="orders")

    class Meta:
        constraints = [
            CheckConstraint(
                name="what_is_taken_in_has_its_run",
                condition=~Q(state=OrderState.TAKEN) | Q(run__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.name
