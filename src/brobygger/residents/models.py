from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from brobygger.accounts.models import Membership
from brobygger.foundation.cards import Hand
from brobygger.foundation.fields import TermField
from brobygger.foundation.scope import OrganisationScoped
from brobygger.offers.models import Neighbourhood
from brobygger.offers.terms import Theme
from brobygger.residents.terms import Gender, NeedOutcome, NoteChannel, RelationKind, Voice, WayToReach


class Resident(OrganisationScoped):
    """A person who is helped. A name or an alias and one way of contact; all else may stay empty (RES-01).

    The facts below are what the resident has told and wants used to find something that fits;
    NULL means "we have not asked", and is never read as a no.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    name = models.CharField("navn", max_length=120)
    is_alias = models.BooleanField("det er et kaldenavn", default=False)
    reach_by = TermField(WayToReach, default=WayToReach.PHONE)
    reach_at = models.CharField("nummer eller adresse", max_length=200)
    reach_rules = models.CharField("hvornår og hvordan", max_length=300, blank=True, default="")
    speaks = models.CharField("taler", max_length=5, blank=True, default="")
    birth_year = models.PositiveSmallIntegerField(null=True, blank=True)
    gender = TermField(Gender, blank=True, default="")
    home = models.ForeignKey(Neighbourhood, models.PROTECT, null=True, blank=True)
    max_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    max_price = models.PositiveIntegerField("højst pr. gang i øre", null=True, blank=True)
    languages = ArrayField(models.CharField(max_length=3), null=True, blank=True)
    needs_step_free = models.BooleanField(null=True, blank=True)
    free_times = ArrayField(models.CharField(max_length=12), null=True, blank=True)
    is_fictional = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    last_contact_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            CheckConstraint(name="a_resident_has_a_name_or_alias", condition=~Q(name="")),
            CheckConstraint(name="a_resident_can_be_reached", condition=~Q(reach_at="")),
        ]
        indexes = [Index(name="residents_by_name", fields=["organisation_id", "name"])]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


class Relation(OrganisationScoped):
    """Who has a current reason to see whom (FOUNDATION 8). `until` is the first day it no longer holds."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    worker = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="relations")
    kind = TermField(RelationKind, default=RelationKind.WORKER)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(
                name="a_relation_ends_after_it_begins",
                condition=Q(until=None) | Q(until__gte=models.F("since")),
            ),
        ]
        indexes = [Index(name="relations_of_a_worker", fields=["organisation_id", "worker", "resident"])]


OPEN = Q(closed_at=None)
HAS_ALL_THREE = Q(owner__isnull=False, next_step_on__isnull=False) & ~Q(next_step="")


class Need(OrganisationScoped):
    """What the resident wants, in the resident's own words. While open: owner, next step, date (RES-03).

    The `way_` columns are a small picture of the newest bridge, written downwards by the bridging room.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="needs")
    words = models.TextField("med beboerens egne ord", max_length=1000)
    theme = TermField(Theme)
    owner = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    next_step = models.CharField("næste skridt", max_length=200)
    next_step_on = models.DateField("hvornår", null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    outcome = TermField(NeedOutcome, blank=True, default="")
    new_offers = models.PositiveSmallIntegerField(default=0)  # fit since the owner last looked (MAT-05)
    way_step = models.PositiveSmallIntegerField(null=True, blank=True)
    way_words = models.CharField(max_length=200, blank=True, default="")
    way_hand = models.CharField(
        max_length=5, choices=[(h.value, h.value) for h in Hand], blank=True, default=""
    )
    way_whose = models.CharField(max_length=120, blank=True, default="")
    way_link = models.CharField(max_length=120, blank=True, default="")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            CheckConstraint(name="an_open_need_has_owner_step_and_date", condition=~OPEN | HAS_ALL_THREE),
            CheckConstraint(name="a_closed_need_says_what_came_of_it", condition=OPEN | ~Q(outcome="")),
            CheckConstraint(name="a_need_is_said_in_words", condition=~Q(words="")),
        ]
        indexes = [
            Index(
                name="open_needs_by_date", fields=["organisation_id", "owner", "next_step_on"], condition=OPEN
            ),
            Index(name="needs_of_a_resident", fields=["organisation_id", "resident"]),
        ]


class Note(OrganisationScoped):
    """One entry of the one timeline. Written by people and, downwards, by the rooms above."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="notes")
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="+")
    voice = TermField(Voice, default=Voice.US)
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    channel = TermField(NoteChannel, blank=True, default="")
    text = models.TextField(max_length=4000)
    link = models.CharField(max_length=120, blank=True, default="")
    seconds = models.PositiveSmallIntegerField("tid at skrive", null=True, blank=True)
    at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            UniqueConstraint(name="note_in_time", fields=["organisation_id", "resident", "at", "id"])
        ]


class FormerText(OrganisationScoped):
    """A text that does not stand any more, or never did because another was faster. Never changed.

    Of a note, else of a need, else of the resident. `by` replaced it; where `was_saved` is false, `by` wanted
    to save it.
    """

    app_may = ("SELECT", "INSERT")
    may_be_emptied = ("text",)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="+")
    need = models.ForeignKey(Need, models.PROTECT, null=True, related_name="+")
    note = models.ForeignKey(Note, models.PROTECT, null=True, related_name="+")
    field = models.CharField(max_length=40)
    text = models.TextField()
    was_saved = models.BooleanField()
    by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    by_name = models.CharField(max_length=120)
    at = models.DateTimeField()

    class Meta:
        indexes = [Index(name="former_texts_of_a_resident", fields=["organisation_id", "resident", "at"])]
