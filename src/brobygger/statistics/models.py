from uuid import uuid4

from django.db import models
from django.db.models import CheckConstraint, Q, UniqueConstraint

from brobygger.foundation.fields import TermField
from brobygger.foundation.scope import OrganisationScoped
from brobygger.offers.models import Offer
from brobygger.partners.models import Organisation
from brobygger.statistics.terms import Heard


class WhyNot(OrganisationScoped):
    """How many residents one offer did not suit in a year, and why: a number that names nobody (BRI-20).

    `persons` are different residents: of no's, in the whole year; of rules, the most at one time. It never
    falls, so that a need which is closed or a resident who is forgotten does not make the reason go away.
    `reason` is a code of `RejectReason`, or the name of a constraint.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="+")
    heard = TermField(Heard)
    reason = models.CharField(max_length=40)
    year = models.PositiveSmallIntegerField()
    persons = models.PositiveIntegerField()
    counted_on = models.DateField()

    class Meta:
        constraints = [
            CheckConstraint(name="a_why_not_is_about_somebody", condition=Q(persons__gt=0)),
            CheckConstraint(name="a_why_not_has_a_reason", condition=~Q(reason="")),
            UniqueConstraint(
                name="one_number_for_each_reason_and_year",
                fields=["organisation_id", "recipient", "offer", "heard", "reason", "year"],
                nulls_distinct=False,
            ),
        ]
