from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q

from brobygger.foundation.fields import TermField
from brobygger.foundation.scope import OrganisationScoped
from brobygger.privacy.terms import ConsentAct, ConsentForm, Direction


class Consent(OrganisationScoped):
    """One line of the consent ledger. Append-only: a withdrawal is a new line.

    Resident and recipient are bare keys (both live upstairs); the rooms above tie them in the database.
    A yes has a witness of ours; a resident who takes it back needs nobody to have seen it.
    """

    app_may = ("SELECT", "INSERT")
    may_be_emptied = ("purpose", "wording", "signed_name", "signature")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    resident_id = models.UUIDField()
    recipient_id = models.UUIDField()
    act = TermField(ConsentAct)
    direction = TermField(Direction)
    categories = ArrayField(models.CharField(max_length=20))
    purpose = models.CharField(max_length=300)
    form = TermField(ConsentForm)
    wording = models.TextField()
    language = models.CharField(max_length=5)
    signed_name = models.CharField(max_length=200, blank=True, default="")
    signature = models.JSONField(null=True)
    witness = models.ForeignKey("accounts.Membership", models.PROTECT, null=True, blank=True)
    at = models.DateTimeField()
    valid_until = models.DateField()

    class Meta:
        constraints = [
            CheckConstraint(
                name="a_signature_stands_on_the_screen",
                condition=~Q(form=ConsentForm.SCREEN) | Q(act=ConsentAct.WITHDRAWN) | ~Q(signed_name=""),
            ),
            CheckConstraint(name="consent_names_what_it_covers", condition=Q(categories__len__gt=0)),
            CheckConstraint(
                name="a_yes_has_a_witness",
                condition=Q(act=ConsentAct.WITHDRAWN) | Q(witness__isnull=False),
            ),
        ]
        indexes = [Index(name="consents_of_a_resident", fields=["organisation_id", "resident_id", "at"])]
