from uuid import uuid4

from django.db import models
from django.db.models import UniqueConstraint

from brobygger.foundation.scope import OrganisationScoped
from brobygger.residents.models import Need


class KnownOffers(OrganisationScoped):
    """Which offers fit one open need so far: those its owner knows of, and those that are news (MAT-05).

    Keys of offers as text. It is reckoned anew from what is known of need and directory; nothing is learned.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    need = models.ForeignKey(Need, models.PROTECT, related_name="+")
    known = models.JSONField(default=list)
    fresh = models.JSONField(default=list)
    at = models.DateTimeField()

    class Meta:
        constraints = [UniqueConstraint(name="known_once_for_a_need", fields=["organisation_id", "need"])]
