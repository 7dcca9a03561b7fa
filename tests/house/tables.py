"""Every table of the database is declared here by its kind; what is not declared is a violation.

The kind of our own tables comes from the model's base class. Everything else is named, with a reason.
"""

from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.apps import apps

from brobygger.accounts.models import Invitation, Membership
from brobygger.foundation import grants
from brobygger.foundation.scope import KeeperWritten, OrganisationScoped, TwoBanks

OPEN = {
    "accounts_user": "a person may work for two houses; an address to sign in with, nothing about work",
    "accounts_factor": "a second proof is a person's, and asked for before a house is chosen",
    "accounts_recoverycode": "digests of a person's codes for paper, asked for before a house is chosen",
    "accounts_session": "where a person is signed in; read before a scope can be opened",
    "accounts_attempts": "keyed digests and counts of tries to sign in, before anybody is known",
    "foundation_installation": "one row: what kind of installation this is; the application only reads it",
    "bridging_allowedmove": "the diagram of a bridge, as rows; the application only reads it",
    "django_migrations": "which migrations have run; the application only reads it",
    "django_session": "a guest: a random key and a membership's key, read before a scope can be opened",
    "django_content_type": "a guest: names of models",
    "auth_group": "a guest: empty, roles stand on the membership",
    "auth_group_permissions": "a guest: empty",
    "auth_permission": "a guest: names of rights nobody uses",
    "procrastinate_jobs": "a guest: jobs carry ids only and open a scope of their own",
    "procrastinate_events": "a guest: when a job was taken and done",
    "procrastinate_periodic_defers": "a guest: when a daily job was last asked for",
    "procrastinate_workers": "a guest: heartbeats",
}
# What the owner may read across houses, and why. The application never does.
OWNER_READS = {
    "bridging_answerlink": "the one function that turns a token into its leg",
    "bridging_residentlink": "the one function that turns a resident's token into its bridge",
    "offers_listinglink": "the one function that turns a standing token into whose offers it keeps",
    "bridging_leg": "the one function that counts who stands before a leg in the line of its offer",
    "bridging_asklink": "the one function that turns a standing token into who may ask",
}
SECURITY_DEFINERS = {
    "bridging_link",
    "bridging_resident_link",
    "bridging_ask_link",
    "bridging_queue_numbers",
    "offers_listing_link",
    "foundation_link",
    "foundation_chain",
}

Row = dict[str, Any]
Rows = dict[str, list[Row]]


class Kind(Enum):
    OWN = "read and written by one organisation"
    TWO_BANKS = "read from both banks, written from home"
    KEEPER = "read by all, written by its keeper"


@dataclass(frozen=True)
class Table:
    name: str
    kind: Kind
    owner: str
    leg: str
    may: tuple[str, ...]

    @property
    def policies(self) -> dict[str, str]:
        """Policy -> verb, as the catalogue must have them: no more and no fewer."""
        name = f"{self.name}_policy"
        if self.kind is Kind.OWN:
            own = {name: "*"}
            return own | {f"{self.name}_owner_reads": "r"} if self.name in OWNER_READS else own
        told = {f"{name}_read": "r", f"{name}_insert": "a", f"{name}_update": "w"}
        return told | {f"{name}_owner_reads": "r"} if self.name in OWNER_READS else told

    def may_update(self, column: str) -> bool:
        narrow = [verb for verb in self.may if verb.startswith("UPDATE (")]
        return "UPDATE" in self.may or any(column in verb[8:-1].split(", ") for verb in narrow)


def owned_tables() -> dict[str, Table]:
    rights = grants.rights()
    found = {}
    for model in apps.get_models(include_auto_created=True):
        name = model._meta.db_table
        if issubclass(model, TwoBanks):
            found[name] = Table(name, Kind.TWO_BANKS, "organisation_id", model.leg_column, rights[name])
        elif issubclass(model, OrganisationScoped):
            found[name] = Table(name, Kind.OWN, "organisation_id", "", rights[name])
        elif issubclass(model, KeeperWritten | Membership | Invitation):
            owner = "keeper_id" if issubclass(model, KeeperWritten) else "organisation_id"
            found[name] = Table(name, Kind.KEEPER, owner, "", rights[name])
    return found
