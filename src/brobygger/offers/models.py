"""The directory. Names follow HSDS 3.1 where it has a word; times local, money øre, lengths metres."""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import CheckConstraint, F, Index, Q, UniqueConstraint
from django.db.models.functions import Now

from brobygger.foundation.fields import TermField
from brobygger.foundation.scope import KeeperWritten
from brobygger.offers import history, listing, runs, tasks, verdicts  # noqa: F401 - beside what uses them
from brobygger.offers.details import ContactPoint, Program
from brobygger.offers.sourced import Sourced as Sourced
from brobygger.offers.terms import CapacityKind, OfferStatus, OnlyFor, QueueKind
from brobygger.partners.models import Organisation


class Neighbourhood(Sourced):
    """A named place to measure from, so that nobody's address is needed to say what is near."""

    name = models.CharField(max_length=120)
    postal_code = models.CharField(max_length=10, blank=True, default="")
    easting = models.IntegerField(help_text="UTM 32N, metre")
    northing = models.IntegerField(help_text="UTM 32N, metre")

    def __str__(self) -> str:
        return self.name


class Location(Sourced):
    """HSDS location with its first address. `easting`/`northing` UTM 32N in metres, NULL when not known.

    Where people are in hiding (`is_protected`: a shelter, a krisecenter) there is no address, no way there
    and no point in the directory at all, only a town: what is not kept, no page, feed or export can show.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="locations")
    name = models.CharField(max_length=255, blank=True, default="")
    alternate_name = models.CharField(max_length=255, blank=True, default="")
    description = models.TextField(blank=True, default="")
    transportation = models.TextField(blank=True, default="")
    address = models.CharField(max_length=500, blank=True, default="")
    postal_code = models.CharField(max_length=10, blank=True, default="")
    city = models.CharField(max_length=120, blank=True, default="")
    easting = models.IntegerField(null=True, blank=True)
    northing = models.IntegerField(null=True, blank=True)
    location_type = models.CharField(max_length=20, default="physical", db_default="physical")
    website = models.CharField(max_length=500, blank=True, default="", db_default="")
    external_identifier = models.CharField(max_length=255, blank=True, default="", db_default="")
    external_identifier_type = models.CharField(max_length=100, blank=True, default="", db_default="")
    is_step_free = models.BooleanField(null=True)
    is_protected = models.BooleanField(default=False, db_default=False)
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            CheckConstraint(
                name="a_protected_place_has_no_address",
                condition=Q(is_protected=False)
                | Q(address="", postal_code="", transportation="", easting=None, northing=None),
            ),
            CheckConstraint(
                name="a_place_has_both_coordinates",
                condition=Q(easting=None, northing=None) | Q(easting__isnull=False, northing__isnull=False),
            ),
        ]


class Offer(Sourced):
    """An offer (tilbud): HSDS service. What is NULL has not been told, and is asked for, never guessed."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="offers")
    name = models.CharField("navn", max_length=255)
    alternate_name = models.CharField(max_length=255, blank=True, default="")
    description = models.TextField("hvad", blank=True, default="")
    website = models.CharField(max_length=500, blank=True, default="")
    email = models.CharField(max_length=254, blank=True, default="")
    application_process = models.TextField("sådan kommer man med", blank=True, default="")
    fees_description = models.TextField(blank=True, default="")
    wait_time = models.CharField(max_length=200, blank=True, default="")
    eligibility_description = models.TextField("for hvem", blank=True, default="")
    program = models.ForeignKey(Program, models.PROTECT, null=True, blank=True, related_name="offers")
    alert = models.TextField("obs", blank=True, default="", db_default="")
    interpretation_services = models.TextField("tolkning", blank=True, default="", db_default="")
    accreditations = models.TextField(blank=True, default="", db_default="")
    licenses = models.TextField(blank=True, default="", db_default="")
    assured_on = models.DateField(null=True, blank=True)
    assurer_email = models.CharField(max_length=254, blank=True, default="", db_default="")
    last_modified_at = models.DateTimeField("ændret hos kilden", null=True, blank=True)
    licence = models.CharField(max_length=200, blank=True, default="")
    status = TermField(OfferStatus, default=OfferStatus.ACTIVE)
    themes = ArrayField(models.CharField(max_length=20), default=list)
    minimum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    maximum_age = models.PositiveSmallIntegerField(null=True, blank=True)
    only_for = TermField(OnlyFor, blank=True, default=OnlyFor.EVERYONE)
    languages = ArrayField(models.CharField(max_length=3), null=True, blank=True)
    areas = ArrayField(models.CharField(max_length=10), null=True, blank=True)
    price = models.PositiveIntegerField("pris pr. gang i øre", null=True, blank=True)
    by_arrangement = models.BooleanField(default=False)
    capacity_kind = TermField(CapacityKind, default=CapacityKind.UNKNOWN)
    places_total = models.PositiveSmallIntegerField(null=True, blank=True)
    places_taken = models.PositiveSmallIntegerField(default=0)
    capacity_confirmed_on = models.DateField(null=True, blank=True)
    next_places_on = models.DateField(null=True, blank=True)
    queue = TermField(QueueKind, blank=True, default=QueueKind.NONE, db_default="")
    queue_rule = models.CharField(max_length=200, blank=True, default="", db_default="")
    opens_on = models.DateField(null=True, blank=True)
    closes_on = models.DateField(null=True, blank=True)
    unclear_since = models.DateField("kontakt under afklaring siden", null=True, blank=True)
    is_fictional = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)
    made_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            CheckConstraint(name="an_offer_has_a_name", condition=~Q(name="")),
            CheckConstraint(
                name="ages_in_order",
                condition=Q(minimum_age=None) | Q(maximum_age=None) | Q(maximum_age__gte=F("minimum_age")),
            ),
            CheckConstraint(
                name="never_more_taken_than_there_are",
                condition=Q(places_total=None) | Q(places_taken__lte=F("places_total")),
            ),
            CheckConstraint(
                name="an_own_rule_is_published",
                condition=~Q(queue=QueueKind.OWN_RULE) | ~Q(queue_rule=""),
            ),
            CheckConstraint(
                name="places_are_counted",
                condition=~Q(capacity_kind=CapacityKind.PLACES) | Q(places_total__isnull=False),
            ),
        ]
        indexes = [
            GinIndex(name="offers_by_theme", fields=["themes"]),
            Index(name="offers_of_an_organisation", fields=["organisation"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def has_queue(self) -> bool:
        """Whether whoever asks when it is full is written up. A waiting list is one by its name."""
        return bool(self.queue) or self.capacity_kind == CapacityKind.WAITING_LIST

    @property
    def free_places(self) -> int | None:
        return None if self.places_total is None else self.places_total - self.places_taken


class OfferAtLocation(Sourced):
    """HSDS service_at_location."""

    offer = models.ForeignKey(Offer, models.PROTECT, related_name="at")
    location = models.ForeignKey(Location, models.PROTECT, related_name="offered")
    description = models.TextField(blank=True, default="", db_default="")

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            UniqueConstraint(name="an_offer_once_at_a_location", fields=["offer", "location"]),
        ]


class Phone(Sourced):
    """HSDS phone: of an organisation, an offer or a location, as it was written."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="phones")
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="phones")
    location = models.ForeignKey(Location, models.PROTECT, null=True, related_name="phones")
    at = models.ForeignKey(OfferAtLocation, models.PROTECT, null=True, related_name="phones")
    contact = models.ForeignKey(ContactPoint, models.PROTECT, null=True, related_name="phones")
    number = models.CharField(max_length=120)
    extension = models.CharField(max_length=20, blank=True, default="")
    kind = models.CharField(max_length=30, blank=True, default="")
    description = models.CharField(max_length=255, blank=True, default="")

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            CheckConstraint(
                name="a_phone_belongs_somewhere",
                condition=Q(organisation__isnull=False) | Q(offer__isnull=False) | Q(location__isnull=False),
            ),
        ]


class Schedule(Sourced):
    """HSDS schedule, one weekday a row: Monday is 0. Both times NULL = closed that day."""

    offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="schedules")
    location = models.ForeignKey(Location, models.PROTECT, null=True, related_name="schedules")
    weekday = models.PositiveSmallIntegerField()
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    description = models.CharField(max_length=255, blank=True, default="")

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            CheckConstraint(name="a_week_has_seven_days", condition=Q(weekday__lte=6)),
            CheckConstraint(
                name="opening_hours_are_whole",
                condition=Q(opens_at=None, closes_at=None)
                | Q(opens_at__isnull=False, closes_at__isnull=False),
            ),
            CheckConstraint(
                name="a_schedule_is_of_an_offer_or_a_location",
                condition=Q(offer__isnull=False, location=None) | Q(offer=None, location__isnull=False),
            ),
        ]


class ImportRun(KeeperWritten):
    """One import: what was read, what was saved, what was reported, and the report itself.

    `file` and `digest` (SHA-256) say what it was read from. `undoing` is what an undoing had to leave.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    source = models.CharField(max_length=100)
    licence = models.CharField(max_length=200, blank=True, default="")
    at = models.DateTimeField()
    rows_in = models.PositiveIntegerField()
    rows_saved = models.PositiveIntegerField()
    rows_reported = models.PositiveIntegerField()
    report = models.JSONField(default=list)
    file = models.CharField(max_length=255, blank=True, default="")
    digest = models.CharField(max_length=64, blank=True, default="")
    undone_at = models.DateTimeField(null=True, blank=True)
    undoing = models.JSONField(default=dict)

    class Meta:
        constraints = [
            CheckConstraint(
                name="nothing_is_silently_dropped",
                condition=Q(rows_in=F("rows_saved") + F("rows_reported")),
            )
        ]
        indexes = [Index(name="runs_by_age", fields=["keeper_id", "at"])]

    def __str__(self) -> str:
        return self.source
