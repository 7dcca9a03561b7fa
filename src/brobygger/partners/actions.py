"""What changes about our partners."""

from datetime import datetime

from django.db import transaction

from brobygger.accounts.models import Membership
from brobygger.foundation import audit
from brobygger.foundation.days import local_day
from brobygger.partners.models import Contact, Organisation
from brobygger.partners.terms import ContactChannel


@transaction.atomic
def verify_contact(
    *,
    partner: Organisation,
    function: str,
    channel: ContactChannel,
    address: str,
    by: Membership,
    at: datetime,
    name: str = "",
    speaks: str = "",
) -> Contact:
    """Write down a way in that somebody has just checked with the partner. The same address is kept once.

    Without a `name`, or a language they read, the one that stands there stays.
    """
    told = {"function": function, "verified_on": local_day(at), "is_active": True}
    said = {column: value for column, value in {"name": name, "speaks": speaks}.items() if value}
    contact, _is_new = Contact.objects.update_or_create(
        partner=partner, channel=channel, address=address, defaults=told | said
    )
    audit.record("contact:verified", about=contact, by=by.actor, at=at)
    return contact
