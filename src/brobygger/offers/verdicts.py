"""What somebody has said about two entries of the directory: one and the same, or each their own."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, F, Q, UniqueConstraint

from brobygger.foundation.fields import TermField
from brobygger.foundation.scope import KeeperWritten
from brobygger.offers.terms import Sameness


class Verdict(KeeperWritten):
    """`kept` stands for both while it is said that they are the same; `gone` is out of the directory, whole.

    Nothing of either is altered, so that what was put together can be taken apart and is as it was. A verdict
    is taken back and never erased. `reasons` are those that were shown to whoever said it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kept = models.ForeignKey("offers.Offer", models.PROTECT, related_name="+")
    gone = models.ForeignKey("offers.Offer", models.PROTECT, related_name="+")
    said = TermField(Sameness)
    reasons = ArrayField(models.CharField(max_length=20), default=list)
    at = models.DateTimeField()
    taken_back_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(name="an_offer_is_not_its_own_double", condition=~Q(kept=F("gone"))),
            UniqueConstraint(
                name="one_offer_stands_for_another",
                fields=["gone"],
                condition=Q(said=Sameness.SAME, taken_back_at=None),
            ),
        ]
