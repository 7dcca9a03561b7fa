"""What a listing said before: every change of an offer, of its places and of their rows.

The database writes it by a trigger on each table, whoever makes the change and with whatever: an action, an
import, plain SQL (FOUNDATION 18). Each act that stands in the trail signs the changes of its transaction. All
of it is the keeper's own; the directory shows only what holds now. `remembered` reads it, and
`actions.roll_back` goes back.
"""

from uuid import uuid4

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Index
from django.db.models.expressions import RawSQL
from django.db.models.functions import Now

from brobygger.foundation.scope import OrganisationScoped

TRANSACTION = "pg_current_xact_id()::text::bigint"
NEXT = "nextval('offers_listingchange_number')"


class ListingChange(OrganisationScoped):
    """One row of an offer or a place that was added or changed.

    `entity` is our model (`offers.Phone`), `row` its key. `before` and `after`: the columns that changed, as
    JSON has them; both are empty where a row was added, and where a place has gone into hiding since. All
    changes with one `save` were made together. Count of places taken is not history but use.
    """

    app_may = ("SELECT", "INSERT")
    may_be_emptied = ("before", "after")

    id = models.UUIDField(primary_key=True, default=uuid4, db_default=RandomUUID(), editable=False)
    number = models.BigIntegerField(db_default=RawSQL(NEXT, []))  # noqa: S611
    save_id = models.BigIntegerField(db_default=RawSQL(TRANSACTION, []))  # noqa: S611
    at = models.DateTimeField(db_default=Now())
    offer = models.ForeignKey("offers.Offer", models.PROTECT, null=True, related_name="+")
    location = models.ForeignKey("offers.Location", models.PROTECT, null=True, related_name="+")
    entity = models.CharField(max_length=60)
    row = models.UUIDField()
    is_new = models.BooleanField(default=False)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        app_label = "offers"
        indexes = [
            Index(name="changes_of_an_offer", fields=["organisation_id", "offer", "number"]),
            Index(name="changes_of_a_place", fields=["organisation_id", "location", "number"]),
        ]


class ListingSave(OrganisationScoped):
    """Whose act made the changes of one transaction: written as the act is written into the trail."""

    app_may = ("SELECT", "INSERT")

    id = models.UUIDField(primary_key=True, default=uuid4, db_default=RandomUUID(), editable=False)
    save_id = models.BigIntegerField(db_default=RawSQL(TRANSACTION, []))  # noqa: S611
    act = models.CharField(max_length=60)
    by_kind = models.CharField(max_length=10)
    by_id = models.UUIDField(null=True)
    at = models.DateTimeField()

    class Meta:
        app_label = "offers"
        indexes = [Index(name="saves_by_transaction", fields=["organisation_id", "save_id"])]
