"""The records of a bridge. Which bank sees what is FOUNDATION 4:

home only   Bridge, BridgeStatement, LegReasons, Clock, Accompaniment, AnswerLink, ResidentLink
            (need, owner, the resident's own word, reasons, deadlines, company, keys)
both banks  Leg, LegSnapshot, Statement (what was sent, and who said what about it)
"""

from uuid import uuid4

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from brobygger.accounts.models import Membership
from brobygger.bridging import asks  # noqa: F401 - tables beside what uses them; Django looks for them here
from brobygger.bridging.holding import LEG_HOLDS
from brobygger.bridging.terms import (
    LIVE,
    ActorRole,
    BridgeKind,
    Channel,
    Claim,
    ClockKind,
    CompanyState,
    CompanyWish,
    DecidedBy,
    Direction,
    Evidence,
    LegOutcome,
    LegState,
)
from brobygger.foundation.fields import TermField
from brobygger.foundation.scope import OrganisationScoped, TwoBanks
from brobygger.offers.models import Offer
from brobygger.partners.models import Contact, Organisation
from brobygger.residents.models import Need
from brobygger.residents.terms import NeedOutcome

RUNNING = Q(ended_at=None)


class Bridge(OrganisationScoped):
    """The attempt to meet one need. Its state is derived from its legs and never stored.

    `verdict` is the resident's word that stands now; the earlier ones are kept as statements.
    `is_void`: nothing but legs entered in error, so that nobody is asked for a verdict.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = TermField(BridgeKind, default=BridgeKind.PERSON)
    direction = TermField(Direction, default=Direction.OUT)
    need = models.ForeignKey(Need, models.PROTECT, null=True, related_name="bridges")
    owner = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    verdict = TermField(NeedOutcome, blank=True, default="")
    is_void = models.BooleanField(default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            CheckConstraint(
                name="a_person_bridge_has_a_need", condition=~Q(kind="person") | Q(need__isnull=False)
            ),
            CheckConstraint(
                name="a_closed_person_bridge_has_the_residents_word",
                condition=Q(closed_at=None)
                | ~Q(kind="person")
                | ~Q(direction__in=["out", "self"])
                | Q(is_void=True)
                | ~Q(verdict=""),
            ),
            UniqueConstraint(
                name="one_open_bridge_for_a_need",
                fields=["organisation_id", "need"],
                condition=Q(closed_at=None, need__isnull=False),
            ),
        ]
        indexes = [
            Index(
                name="bridges_of_an_owner", fields=["organisation_id", "owner"], condition=Q(closed_at=None)
            )
        ]

    @property
    def wants_a_verdict(self) -> bool:
        """Here a resident was helped, or not, and says so; a partner's question to us closes with its leg."""
        from_a_resident = self.direction in {Direction.OUT, Direction.SELF}
        return self.kind == BridgeKind.PERSON and from_a_resident and not self.is_void


class Leg(TwoBanks):
    """One recipient's part of a bridge (FHIR Task). `state` is a stored projection of the statements.

    `subject_id` is the resident's key as a bare number, so that two live legs of one person to one
    offer are refused; it says nothing to the other bank. Instants are aware; days are local.
    """

    leg_column = "id"
    shown_while = "sent_at IS NOT NULL"  # a draft has not left the house

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    bridge = models.ForeignKey(Bridge, models.PROTECT, related_name="legs")
    subject_id = models.UUIDField()
    direction = TermField(Direction, default=Direction.OUT)
    offer = models.ForeignKey(Offer, models.PROTECT, null=True, related_name="+")
    offer_name = models.CharField(max_length=255)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    replaces = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaced_by")
    code = models.CharField(max_length=10)
    state = TermField(LegState, default=LegState.DRAFT)
    version = models.PositiveIntegerField(default=0)
    is_urgent = models.BooleanField(default=False)
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    waitlisted_at = models.DateTimeField(null=True, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    promised_at = models.DateTimeField(null=True, blank=True)
    first_met_at = models.DateTimeField(null=True, blank=True)
    place_taken = models.BooleanField(default=False)
    tries = models.PositiveSmallIntegerField(default=0)
    missed_meetings = models.PositiveSmallIntegerField(default=0)
    is_thinking = models.BooleanField(default=False)
    undelivered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    outcome = TermField(LegOutcome, blank=True, default="")
    evidence = TermField(Evidence, blank=True, default="")
    decided_by = TermField(DecidedBy, blank=True, default="")
    reason = models.CharField(max_length=40, blank=True, default="")
    reason_text = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        constraints = LEG_HOLDS
        indexes = [
            Index(name="legs_of_a_bridge", fields=["organisation_id", "bridge"]),
            Index(name="legs_by_recipient", fields=["recipient", "state"]),
            Index(name="legs_in_line", fields=["offer", "sent_at"], condition=Q(waitlisted_at__isnull=False)),
        ]

    @property
    def is_live(self) -> bool:
        return self.state_term in LIVE

    @property
    def state_term(self) -> LegState:
        return LegState(self.state)


class LegDraft(OrganisationScoped):
    """What we mean to send, until it is sent: which kinds of data, and our words. It is still at home.

    `company`: the resident's answer to "skal nogen gå med?", empty until somebody has asked.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    leg = models.OneToOneField(Leg, models.PROTECT, related_name="draft")
    kinds = ArrayField(models.CharField(max_length=20), default=list)
    message = models.TextField(max_length=500, blank=True, default="")
    company = TermField(CompanyWish, blank=True, default="")


class LegReasons(OrganisationScoped):
    """Why this offer: the reasons as they stood, frozen (MAT-07), and the line of why of a free choice."""

    app_may = ("SELECT", "INSERT")
    may_be_emptied = ("reasons", "chosen_because", "facts_used")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    leg = models.OneToOneField(Leg, models.PROTECT, related_name="reasons")
    was_suggested = models.BooleanField()
    reasons = models.JSONField(default=list)
    chosen_because = models.CharField(max_length=300, blank=True, default="")
    facts_used = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            CheckConstraint(
                name="a_free_choice_has_a_line_of_why",
                condition=Q(was_suggested=True) | ~Q(chosen_because=""),
            )
        ]


class LegSnapshot(TwoBanks):
    """What the recipient was told, copied: [{kind, label, value}] and our message. It never changes."""

    app_may = ("SELECT", "INSERT", "UPDATE (access_ended_at)")
    may_be_emptied = ("shared", "message")
    shown_while = "access_ended_at IS NULL"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    leg = models.OneToOneField(Leg, models.PROTECT, related_name="snapshot")
    shared = models.JSONField()
    message = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    access_ended_at = models.DateTimeField(null=True, blank=True)


class Statement(TwoBanks):
    """Who said what about a leg, and when. Append-only: the leg's state is folded from these."""

    app_may = ("SELECT", "INSERT")
    may_be_emptied = ("actor_name", "text")
    shown_while = "EXISTS (SELECT FROM bridging_leg l WHERE l.id = leg_id AND l.sent_at IS NOT NULL)"

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    leg = models.ForeignKey(Leg, models.PROTECT, related_name="statements")
    seq = models.PositiveIntegerField()
    claim = TermField(Claim)
    actor_role = TermField(ActorRole)
    actor_name = models.CharField(max_length=120)
    told_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    channel = TermField(Channel)
    happened_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True, default="")
    outcome = TermField(LegOutcome, blank=True, default="")
    evidence = TermField(Evidence, blank=True, default="")
    text = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [UniqueConstraint(name="statements_in_order", fields=["organisation_id", "leg", "seq"])]


class BridgeStatement(OrganisationScoped):
    """What is said about the bridge itself, above all the resident's word. Append-only, and at home only:
    what the resident says of the help is not the recipient's to read."""

    app_may = ("SELECT", "INSERT")
    may_be_emptied = ("actor_name", "text")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bridge = models.ForeignKey(Bridge, models.PROTECT, related_name="words")
    seq = models.PositiveIntegerField()
    claim = TermField(Claim)
    actor_role = TermField(ActorRole)
    actor_name = models.CharField(max_length=120)
    told_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    channel = TermField(Channel)
    verdict = TermField(NeedOutcome, blank=True, default="")
    text = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            UniqueConstraint(name="words_in_order", fields=["organisation_id", "bridge", "seq"]),
            CheckConstraint(
                name="a_verdict_and_nothing_else_says_how_it_went",
                condition=(Q(claim="verdict") & ~Q(verdict="")) | (~Q(claim="verdict") & Q(verdict="")),
            ),
        ]


class Clock(OrganisationScoped):
    """The one next deadline of a live leg, or of an open bridge without one. Kept when it has ended.

    `owner` is a member of the house; `contact` a partner's verified contact; exactly one of them.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bridge = models.ForeignKey(Bridge, models.PROTECT, related_name="clocks")
    leg = models.ForeignKey(Leg, models.PROTECT, null=True, related_name="clocks")
    kind = TermField(ClockKind)
    due_at = models.DateTimeField()
    owner = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, related_name="+")
    watcher = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    ring_count = models.PositiveSmallIntegerField(default=0)
    set_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            CheckConstraint(
                name="a_clock_has_exactly_one_owner",
                condition=Q(owner__isnull=False, contact=None) | Q(owner=None, contact__isnull=False),
            ),
            CheckConstraint(name="no_clock_is_set_in_the_past", condition=Q(due_at__gte=models.F("set_at"))),
            UniqueConstraint(
                name="one_clock_per_leg",
                fields=["organisation_id", "leg"],
                condition=RUNNING & Q(leg__isnull=False),
            ),
            UniqueConstraint(
                name="one_clock_per_bridge_itself",
                fields=["organisation_id", "bridge"],
                condition=RUNNING & Q(leg=None),
            ),
        ]
        indexes = [Index(name="clocks_due", fields=["organisation_id", "due_at"], condition=RUNNING)]


class AnswerLink(OrganisationScoped):
    """A partner's way in without account: one leg, one purpose, one address, for a while; kept as a hash."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    leg = models.ForeignKey(Leg, models.PROTECT, related_name="links")
    recipient_id = models.UUIDField()
    purpose = models.CharField(max_length=20, default="answer")
    token_hash = models.CharField(max_length=64)
    address = models.CharField(max_length=254)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [UniqueConstraint(name="one_link_per_token", fields=["token_hash"])]


class Accompaniment(OrganisationScoped):
    """Somebody goes along to the first meeting (følgeskab): one of ours, or the resident's own by name.

    What stands here is all that the companion gets to know, and after `access_until` not even that.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    leg = models.ForeignKey(Leg, models.PROTECT, related_name="company")
    companion = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    own_person = models.CharField(max_length=120, blank=True, default="")
    meet_at = models.DateTimeField()
    meet_where = models.CharField(max_length=200)
    wishes = models.CharField(max_length=500, blank=True, default="")
    state = TermField(CompanyState, default=CompanyState.OFFERED)
    offered_by = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    access_until = models.DateTimeField()

    class Meta:
        constraints = [
            CheckConstraint(
                name="one_of_ours_or_the_residents_own",
                condition=(Q(companion__isnull=False) & Q(own_person=""))
                | (Q(companion=None) & ~Q(own_person="")),
            ),
            CheckConstraint(
                name="company_that_is_over_says_when",
                condition=Q(state__in=["offered", "agreed"], ended_at=None)
                | Q(state__in=["held", "missed", "cancelled"], ended_at__isnull=False),
            ),
            UniqueConstraint(
                name="one_company_at_a_time", fields=["organisation_id", "leg"], condition=Q(ended_at=None)
            ),
        ]
        indexes = [Index(name="company_of_a_member", fields=["organisation_id", "companion"])]


class ResidentLink(OrganisationScoped):
    """The resident's own way in to one bridge, without account: one address, for a while; kept as a hash."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    bridge = models.ForeignKey(Bridge, models.PROTECT, related_name="resident_links")
    token_hash = models.CharField(max_length=64)
    address = models.CharField(max_length=254, blank=True, default="")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [UniqueConstraint(name="one_resident_link_per_token", fields=["token_hash"])]


class AllowedMove(models.Model):
    """The diagram, as rows: which state may follow which. Written by migrations from `rules.TRANSITIONS`."""

    app_may = ("SELECT",)

    pk = models.CompositePrimaryKey("from_state", "to_state")
    from_state = models.CharField(max_length=40)
    to_state = models.CharField(max_length=40)
