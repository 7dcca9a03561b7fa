from uuid import uuid4

from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint
from django.db.models.functions import Now

from brobygger.foundation.fields import TermField
from brobygger.foundation.policies import DatedByTheDatabase
from brobygger.foundation.scope import KeeperWritten, OrganisationScoped
from brobygger.partners.terms import ContactChannel, OrganisationKind


class Organisation(KeeperWritten):
    """A legal or working body: keepers of records and recipients alike (FOUNDATION 2). HSDS organization.

    Public. Regions and municipalities change by date, so it has a period: `since` inclusive, `until` not.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField("navn", max_length=255)
    alternate_name = models.CharField(max_length=255, blank=True, default="")
    kind = TermField(OrganisationKind, default=OrganisationKind.OTHER)
    description = models.TextField("beskrivelse", blank=True, default="")
    email = models.CharField(max_length=254, blank=True, default="")
    website = models.CharField(max_length=500, blank=True, default="")
    postal_address = models.CharField(max_length=500, blank=True, default="")
    legal_status = models.CharField(max_length=255, blank=True, default="", db_default="")
    tax_status = models.CharField(max_length=255, blank=True, default="", db_default="")
    tax_id = models.CharField(max_length=255, blank=True, default="", db_default="")
    year_incorporated = models.PositiveSmallIntegerField(null=True, blank=True)
    logo = models.CharField(max_length=500, blank=True, default="", db_default="")
    uri = models.CharField(max_length=500, blank=True, default="", db_default="")
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    is_authority = models.BooleanField(default=False)
    is_fictional = models.BooleanField(default=False)
    source = models.CharField(max_length=100, blank=True, default="")
    source_id = models.CharField(max_length=200, blank=True, default="")
    licence = models.CharField(max_length=200, blank=True, default="")
    since = models.DateField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    modified_at = models.DateTimeField(db_default=Now(), editable=False)  # the database keeps it

    class Meta:
        constraints = [
            DatedByTheDatabase(name="partners_organisation_dated"),
            CheckConstraint(name="an_organisation_has_a_name", condition=~Q(name="")),
            CheckConstraint(
                name="an_organisation_ends_after_it_begins",
                condition=Q(since=None) | Q(until=None) | Q(until__gt=F("since")),
            ),
            UniqueConstraint(
                name="one_organisation_per_source_row",
                fields=["keeper_id", "source", "source_id"],
                condition=~Q(source=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(OrganisationScoped):
    """A way in at a partner: a function (not a private person), a channel, and when it was last verified."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="contacts")
    function = models.CharField("funktion", max_length=120)
    name = models.CharField("navn", max_length=120, blank=True, default="")
    channel = TermField(ContactChannel)
    address = models.CharField("adresse eller nummer", max_length=254)
    opening_hours = models.CharField(max_length=200, blank=True, default="")
    speaks = models.CharField("taler", max_length=5, blank=True, default="")  # what we write to them in
    is_coordinator = models.BooleanField(default=False)
    verified_on = models.DateField(null=True, blank=True)
    is_active = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [Index(name="contacts_of_a_partner", fields=["organisation_id", "partner"])]

    def __str__(self) -> str:
        return f"{self.name} ({self.function})" if self.name else self.function


class Partnership(OrganisationScoped):
    """A partnership (partnerskab): who is in it, who carries it, and what it is for."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField(max_length=200)
    purpose = models.TextField(blank=True, default="")
    anchored_in = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    source = models.CharField(max_length=300, blank=True, default="")
    since = models.DateField(null=True)
    until = models.DateField(null=True)


class PartnershipMember(OrganisationScoped):
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="members")
    member = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    is_facilitator = models.BooleanField(default=False)

    class Meta:
        constraints = [
            UniqueConstraint(name="a_member_once", fields=["organisation_id", "partnership", "member"])
        ]
