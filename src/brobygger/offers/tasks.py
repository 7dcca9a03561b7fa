"""What somebody must ask about in the directory. Verbs and questions are in `stewarding`."""

from uuid import uuid4

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from brobygger.accounts.models import Membership
from brobygger.engine.words import Term
from brobygger.engine.words import gettext_noop as _
from brobygger.foundation.fields import TermField
from brobygger.foundation.scope import OrganisationScoped
from brobygger.partners.models import Contact, Organisation


class TaskKind(Term):
    UNCONFIRMED = "unconfirmed", _("ikke bekræftet i seks måneder")
    BOUNCED = "bounced", _("en besked kom ikke frem")


class StewardTask(OrganisationScoped):
    """Something in the directory that somebody asks about, until a day. `message` is the one that failed."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = TermField(TaskKind)
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    offer = models.ForeignKey("offers.Offer", models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    message = models.UUIDField(null=True)
    owner = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    due_on = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)

    @property
    def kind_term(self) -> TaskKind:
        return TaskKind(self.kind)

    class Meta:
        app_label = "offers"
        constraints = [
            CheckConstraint(
                name="a_task_is_about_an_offer_or_a_contact",
                condition=Q(kind=TaskKind.UNCONFIRMED, offer__isnull=False, contact=None, message=None)
                | Q(kind=TaskKind.BOUNCED, offer=None, contact__isnull=False, message__isnull=False),
            ),
            UniqueConstraint(
                name="one_open_task_an_offer",
                fields=["organisation_id", "offer"],
                condition=Q(done_at=None, offer__isnull=False),
            ),
            UniqueConstraint(
                name="one_open_task_a_contact",
                fields=["organisation_id", "contact"],
                condition=Q(done_at=None, contact__isnull=False),
            ),
            UniqueConstraint(name="one_task_a_message", fields=["organisation_id", "message"]),
        ]
        indexes = [Index(name="tasks_open", fields=["organisation_id", "due_on"], condition=Q(done_at=None))]
