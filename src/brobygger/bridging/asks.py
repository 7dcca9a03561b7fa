"""The records of the other way: who may ask us, what they asked, and who said what about it. Home only.

Nothing of it is readable from the partner's bank, not even by the partner's own account: what a partner
reads is computed at home (`asked.lines_to`), so that no column can betray whether we know the person.
"""

from uuid import uuid4

from django.db import models
from django.db.models import CheckConstraint, Index, Q, UniqueConstraint

from brobygger.accounts.models import Membership
from brobygger.bridging.ask_terms import AskBasis
from brobygger.bridging.terms import (
    LIVE,
    ActorRole,
    Channel,
    Claim,
    ClockKind,
    DecidedBy,
    Evidence,
    LegOutcome,
    LegState,
)
from brobygger.foundation.fields import TermField
from brobygger.foundation.scope import OrganisationScoped
from brobygger.partners.models import Contact, Organisation
from brobygger.partners.standing_links import StandingLink
from brobygger.residents.models import Need, Resident

ASK_IS_LIVE = Q(state__in=sorted(LIVE))
RINGS = Q(due_at__isnull=False) & ~Q(clock_kind="")


class AskLink(StandingLink):
    """A verified contact's standing way to ask us. `made_by` answers where there is no leader."""

    kind, named, job = "bridging.AskLink", "ask_link", "bridging.hand_out"
    finder = "SELECT * FROM bridging_ask_link(%s)"

    class Meta:
        app_label = "bridging"
        constraints = [
            UniqueConstraint(
                name="one_ask_link_per_token", fields=["token_hash"], condition=~Q(token_hash="")
            ),
            UniqueConstraint(
                name="one_living_ask_link_per_contact",
                fields=["organisation_id", "contact"],
                condition=Q(revoked_at=None),
            ),
        ]


class Ask(OrganisationScoped):
    """A partner's request that we make contact with somebody, in the partner's words.

    It is a leg `in` (BRIDGES 9) with our house as recipient, and goes the ways of the same diagram. It has
    no bridge of its own: if the resident says yes, `need` is what was born of it. The one clock of a live
    ask stands in the row, so that a live ask without one cannot be written.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    partner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="+")
    code = models.CharField(max_length=10)
    who = models.CharField(max_length=200)
    reach = models.CharField(max_length=200)
    wanted = models.TextField(max_length=1000)
    basis = TermField(AskBasis)
    basis_named = models.CharField(max_length=200)
    told_resident = models.TextField(max_length=500)
    is_urgent = models.BooleanField(default=False)
    state = TermField(LegState, default=LegState.REQUESTED)
    version = models.PositiveIntegerField(default=1)
    owner = models.ForeignKey(Membership, models.PROTECT, related_name="+")
    resident = models.ForeignKey(Resident, models.PROTECT, null=True, blank=True, related_name="+")
    need = models.ForeignKey(Need, models.PROTECT, null=True, blank=True, related_name="+")
    clock_kind = TermField(ClockKind, blank=True, default="")
    due_at = models.DateTimeField(null=True, blank=True)
    ring_count = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField()
    talked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    decided_by = TermField(DecidedBy, blank=True, default="")
    reason = models.CharField(max_length=40, blank=True, default="")
    outcome = TermField(LegOutcome, blank=True, default="")
    evidence = TermField(Evidence, blank=True, default="")

    class Meta:
        app_label = "bridging"
        constraints = [
            UniqueConstraint(name="a_code_of_an_ask_is_never_reused", fields=["organisation_id", "code"]),
            CheckConstraint(
                name="an_ask_names_who_what_and_on_what_ground",
                condition=~Q(who="") & ~Q(reach="") & ~Q(wanted="") & ~Q(basis="") & ~Q(basis_named=""),
            ),
            CheckConstraint(
                name="a_live_ask_has_exactly_one_clock",
                condition=(ASK_IS_LIVE & RINGS & Q(ended_at=None))
                | (~ASK_IS_LIVE & Q(due_at=None, clock_kind="", ended_at__isnull=False)),
            ),
            CheckConstraint(
                name="an_ask_that_was_taken_on_is_about_a_resident",
                condition=~Q(state__in=["accepted", "in_progress", "completed", "failed"])
                | Q(resident__isnull=False),
            ),
            CheckConstraint(
                name="an_ask_says_when_we_talked",
                condition=~Q(state__in=["in_progress", "completed"]) | Q(talked_at__isnull=False),
            ),
            CheckConstraint(
                name="a_declined_ask_gives_a_reason_about_ourselves",
                condition=~Q(state="rejected")
                | Q(reason__in=["not_our_role", "no_capacity", "outside_hours_or_area"]),
            ),
            CheckConstraint(
                name="an_ask_that_ended_says_why_and_who_decided",
                condition=~Q(state__in=["rejected", "failed", "cancelled"])
                | (~Q(reason="") & ~Q(decided_by="")),
            ),
            CheckConstraint(
                name="a_completed_ask_has_the_residents_answer",
                condition=~Q(state="completed")
                | (Q(outcome__in=["person_yes", "person_no"]) & ~Q(evidence="")),
            ),
            CheckConstraint(
                name="a_yes_and_only_a_yes_gives_birth_to_a_need",
                condition=Q(outcome="person_yes", need__isnull=False)
                | (~Q(outcome="person_yes") & Q(need=None)),
            ),
        ]
        indexes = [
            Index(name="asks_due", fields=["organisation_id", "due_at"], condition=ASK_IS_LIVE),
            Index(name="asks_of_a_contact", fields=["organisation_id", "contact"]),
        ]

    @property
    def is_live(self) -> bool:
        return LegState(self.state) in LIVE


class AskStatement(OrganisationScoped):
    """Who said what about an ask, and when. Append-only: the ask's state is folded from these."""

    app_may = ("SELECT", "INSERT")
    may_be_emptied = ("actor_name", "text")

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ask = models.ForeignKey(Ask, models.PROTECT, related_name="statements")
    seq = models.PositiveIntegerField()
    claim = TermField(Claim)
    actor_role = TermField(ActorRole)
    actor_name = models.CharField(max_length=120)
    told_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    channel = TermField(Channel)
    happened_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True, default="")
    text = models.CharField(max_length=500, blank=True, default="")
    at = models.DateTimeField()

    class Meta:
        app_label = "bridging"
        constraints = [
            UniqueConstraint(name="ask_statements_in_order", fields=["organisation_id", "ask", "seq"])
        ]
