from uuid import uuid4

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models

from brobygger.accounts.terms import MEETS_RESIDENTS, Role
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
