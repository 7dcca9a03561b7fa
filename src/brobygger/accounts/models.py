from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from brobygger.accounts.terms import MEETS_RESIDENTS, FactorKind, InvitationPurpose, Role
from brobygger.foundation.actor import Actor
from brobygger.foundation.fields import TermField
from brobygger.foundation.policies import KeeperPolicy


class User(AbstractBaseUser):
    """A person who can sign in. Nothing about work stands here: that is the membership's."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    objects = BaseUserManager["User"]()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="an_address_signs_in_one_person")]


class Membership(models.Model):
    """A person's place in one house. Exactly one is open at a time.

    Read by all, in order to open a scope; written by its own house only. `organisation_id` is a bare key,
    since Organisation stands two floors up; `house_name` is its name, copied for the page head.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation_id = models.UUIDField()
    house_name = models.CharField(max_length=200)
    user = models.ForeignKey(User, models.PROTECT, related_name="memberships")
    name = models.CharField(max_length=120)
    role = TermField(Role)
    duties = ArrayField(models.CharField(max_length=20), default=list)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="accounts_membership_key", fields=["organisation_id", "id"]),
            models.UniqueConstraint(name="one_membership_each_house", fields=["organisation_id", "user"]),
            KeeperPolicy(name="accounts_membership_policy", column="organisation_id"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def actor(self) -> Actor:
        return Actor(kind="member", id=self.pk, name=self.name)

    @property
    def role_label(self) -> str:
        return Role(self.role).label

    @property
    def meets_residents(self) -> bool:
        return Role(self.role) in MEETS_RESIDENTS


class Factor(models.Model):
    """One second proof of a person: the seed of an app's codes, sealed, or a passkey's public key.

    Read before a house is chosen, so it belongs to the person and to no house. `last_step` is the last half
    minute whose code was taken, so that a code counts once.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="factors")
    kind = TermField(FactorKind)
    name = models.CharField(max_length=80)
    sealed_seed = models.TextField(default="")
    credential_id = models.CharField(max_length=1400, default="")
    public_key = models.TextField(default="")
    last_step = models.BigIntegerField(default=0)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="a_passkey_is_one_persons",
                fields=["credential_id"],
                condition=~models.Q(credential_id=""),
            ),
            models.CheckConstraint(
                name="a_factor_is_a_seed_or_a_key",
                condition=models.Q(kind="code", credential_id="", public_key="")
                | (models.Q(kind="passkey", sealed_seed="") & ~models.Q(credential_id="")),
            ),
        ]


class RecoveryCode(models.Model):
    """A code on paper for the day the telephone is gone. Only its digest is kept; it counts once."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    user = models.ForeignKey(User, models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Session(models.Model):
    """One stay in one house, in one browser. Whoever has it ended is a stranger at the next page.

    `proven_at` is the last second proof: what is grave asks for a fresh one.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="sessions")
    browser = models.CharField(max_length=80)
    opened_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    proven_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Invitation(models.Model):
    """A link that is used once and not for long. Written by its house; the token itself is not kept.

    Read by all, as a membership is: whoever comes with the link is nobody yet. `made_by` is empty where the
    command on the machine made it.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    organisation_id = models.UUIDField()
    membership = models.ForeignKey(Membership, models.PROTECT, related_name="invitations")
    purpose = TermField(InvitationPurpose)
    token_digest = models.CharField(max_length=64, unique=True)
    made_by = models.ForeignKey(Membership, models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            KeeperPolicy(
                name="accounts_invitation_policy", column="organisation_id", ties=["membership", "made_by"]
            ),
        ]


class Attempts(models.Model):
    """How often one account or one network was tried lately. The key is a keyed digest: it names nobody."""

    app_may = ("SELECT", "INSERT", "UPDATE", "DELETE")

    key = models.CharField(primary_key=True, max_length=64)
    count = models.PositiveIntegerField()
    since = models.DateTimeField()
