"""Invented organisations, and the house's ways in to them. Mail and telephones here reach nobody."""

from datetime import timedelta

from brobygger.offers.models import Phone
from brobygger.partners.models import Contact, Organisation
from brobygger.partners.terms import ContactChannel, OrganisationKind
from brobygger.site.sample.frame import Frame, key, rows

PHONE = "+45 00 24 {:02} 00"  # no Danish number begins with a nought


def build(frame: Frame) -> dict[str, Organisation]:
    """The organisations by their short names. Needs the house's scope."""
    told = rows("organisations")
    found = {row["key"]: _organisation(row) for row in told}
    Organisation.objects.bulk_create(found.values())
    Contact.objects.bulk_create(_contact(row, found, frame) for row in rows("contacts"))
    Phone.objects.bulk_create(_phone(row["key"], n, found) for n, row in enumerate(told, start=2))
    return found


def _organisation(row: dict[str, str]) -> Organisation:
    kind = OrganisationKind(row["kind"])
    return Organisation(
        id=key("organisation", row["key"]),
        name=row["name"],
        kind=kind,
        description=row["description"],
        is_authority=kind is OrganisationKind.MUNICIPALITY,
        is_fictional=True,
    )


def _contact(row: dict[str, str], organisations: dict[str, Organisation], frame: Frame) -> Contact:
    return Contact(
        id=key("contact", row["organisation"], row["function"]),
        partner=organisations[row["organisation"]],
        function=row["function"],
        name=row["name"],
        channel=ContactChannel(row["channel"]),
        address=row["address"],
        opening_hours=row["hours"],
        is_coordinator=row["coordinator"] == "yes",
        verified_on=frame.today - timedelta(days=int(row["verified"])) if row["verified"] else None,
    )


def _phone(short: str, n: int, organisations: dict[str, Organisation]) -> Phone:
    return Phone(
        id=key("phone", short), organisation=organisations[short], number=PHONE.format(n), kind="voice"
    )
