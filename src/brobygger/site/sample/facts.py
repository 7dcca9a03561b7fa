"""What is so: the house in Smedetoften, the organisations around it, and the three partnerships of 2020.

None of it is invented, so none of it is marked, no offer hangs on it and nobody's address is told.
Source: "Det er en samfundsøkonomisk gevinst, at vi har den almene sektor", BL, 23 September 2020. A fourth
partnership (people with disabilities) was agreed at the same time; BL, and so the article, was not in it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from brobygger.partners.models import Organisation, Partnership, PartnershipMember
from brobygger.partners.terms import OrganisationKind as Kind
from brobygger.site.sample.frame import HOUSE, key
from brobygger.site.sample.people import HOUSE_NAME

ARTICLE = "BL, 23. september 2020: »Det er en samfundsøkonomisk gevinst, at vi har den almene sektor«"
WHAT_FOR = "Finde løsninger, som kan skabe tryghed og trivsel og modvirke isolation og ensomhed."


@dataclass(frozen=True, slots=True)
class Fact:
    """An organisation by its name, and the years in which it had that name where they have ended."""

    key: str
    name: str
    kind: Kind
    description: str
    alternate_name: str = ""
    is_authority: bool = False
    since: date | None = None
    until: date | None = None


ORGANISATIONS = (
    Fact(
        "aab", "AAB", Kind.HOUSING_ORGANISATION, "Almen boligorganisation med medarbejdere i helhedsplanen."
    ),
    Fact(
        "fsb", "fsb", Kind.HOUSING_ORGANISATION, "Almen boligorganisation med medarbejdere i helhedsplanen."
    ),
    Fact("bl", "BL – Danmarks Almene Boliger", Kind.ASSOCIATION, "De almene boligorganisationers forening."),
    Fact("kl", "KL", Kind.ASSOCIATION, "Kommunernes forening.", "Kommunernes Landsforening"),
    Fact("scf", "Socialchefforeningen", Kind.ASSOCIATION, "Forening for kommunale chefer på socialområdet."),
    Fact(
        "kk", "Københavns Kommune", Kind.MUNICIPALITY, "Kommunen, som kvarteret ligger i.", is_authority=True
    ),
    Fact(
        "lbf",
        "Landsbyggefonden",
        Kind.OTHER,
        "Betaler boligsociale indsatser sammen med kommuner og boligorganisationer.",
    ),
    Fact(
        "sim",
        "Social- og Indenrigsministeriet",
        Kind.STATE,
        "To af partnerskaberne er forankret her.",
        is_authority=True,
        since=date(2019, 6, 27),
        until=date(2021, 1, 21),
    ),
    Fact(
        "sum",
        "Sundheds- og Ældreministeriet",
        Kind.STATE,
        "Partnerskabet om ældre er forankret her.",
        is_authority=True,
        since=date(2015, 6, 28),
        until=date(2021, 1, 21),
    ),
    Fact("redbarnet", "Red Barnet", Kind.CHARITY, "Børneorganisation."),
    Fact("roedekors", "Røde Kors", Kind.CHARITY, "Humanitær organisation."),
    Fact("boernsvilkaar", "Børns Vilkår", Kind.CHARITY, "Børneorganisation."),
    Fact("rfsu", "Rådet for Socialt Udsatte", Kind.OTHER, "Råd, der taler med og for socialt udsatte."),
    Fact("foa", "FOA", Kind.ASSOCIATION, "Fagforening."),
    Fact("aeldresagen", "Ældre Sagen", Kind.ASSOCIATION, "Forening for ældre."),
)


@dataclass(frozen=True, slots=True)
class Circle:
    """A partnership: anchored in a ministry, facilitated by others; its month of agreement is all we know."""

    name: str
    anchored_in: str
    facilitators: tuple[str, ...]
    since: date


PARTNERSHIPS = (
    Circle(
        "Partnerskabet for udsatte børn og unge",
        "sim",
        ("redbarnet", "roedekors", "boernsvilkaar"),
        date(2020, 4, 1),
    ),
    Circle("Partnerskabet for udsatte voksne", "sim", ("rfsu",), date(2020, 4, 1)),
    Circle("Partnerskab for svækkede ældre", "sum", ("foa", "aeldresagen"), date(2020, 5, 1)),
)


def the_house() -> Organisation:
    """The house of the article, which keeps itself. Needs its own scope."""
    return Organisation.objects.create(
        id=HOUSE,
        name=HOUSE_NAME,
        kind=Kind.HOUSE,
        description="Boligsocialt arbejde i Smedetoften og resten af det almene Bispebjerg.",
        postal_address="Smedetoften, 2400 København NV",
        source="artikel 2020-09-23",
        source_id="house",
    )


def build() -> None:
    """The organisations and the partnerships. Needs the house's scope."""
    known = {fact.key: _organisation(fact) for fact in ORGANISATIONS}
    Organisation.objects.bulk_create(known.values())
    for circle in PARTNERSHIPS:
        anchor = known[circle.anchored_in]
        partnership = Partnership.objects.create(
            id=key("partnership", circle.name),
            name=circle.name,
            purpose=WHAT_FOR,
            anchored_in=anchor,
            source=ARTICLE,
            since=circle.since,
        )
        facilitators = [known[one] for one in circle.facilitators]
        PartnershipMember.objects.bulk_create(_members(partnership, known["bl"], facilitators))


def _organisation(fact: Fact) -> Organisation:
    return Organisation(
        id=key("organisation", fact.key),
        name=fact.name,
        alternate_name=fact.alternate_name,
        kind=fact.kind,
        description=fact.description,
        is_authority=fact.is_authority,
        since=fact.since,
        until=fact.until,
        source="artikel 2020-09-23",
        source_id=fact.key,
    )


def _members(
    partnership: Partnership, bl: Organisation, facilitators: Iterable[Organisation]
) -> Iterable[PartnershipMember]:
    for member, is_facilitator in [(bl, False), *((one, True) for one in facilitators)]:
        yield PartnershipMember(
            id=key("partnership", partnership.name, member.name),
            partnership=partnership,
            member=member,
            is_facilitator=is_facilitator,
        )
