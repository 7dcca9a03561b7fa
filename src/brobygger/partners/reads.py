"""Every question about partners. The register is public; ways in and partnerships are the house's own.

A visitor without a login has no scope open, so the database itself shows no contact to anybody else.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from brobygger.accounts.models import Membership
from brobygger.foundation.alphabet import in_danish_order
from brobygger.partners import rules
from brobygger.partners.models import Contact, Organisation, Partnership, PartnershipMember
from brobygger.partners.terms import CARRIES_LINKS, ContactChannel, OrganisationKind


@dataclass(frozen=True, slots=True)
class WayIn:
    """A function at a partner, how it is reached, and when that was last checked."""

    function: str
    name: str
    channel: ContactChannel
    address: str
    opening_hours: str
    is_coordinator: bool
    verified_on: date | None

    @property
    def label(self) -> str:
        return _(self.channel.label)

    @property
    def carries_links(self) -> bool:
        return self.channel in CARRIES_LINKS

    @property
    def href(self) -> str:
        """What a press on the address does; nothing for a letter."""
        scheme = {ContactChannel.EMAIL: "mailto", ContactChannel.SMS: "sms", ContactChannel.PHONE: "tel"}
        number = self.address.replace(" ", "")
        return f"{scheme[self.channel]}:{number}" if self.channel in scheme else ""


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One line of the register. `way_in` is empty for visitors without a login."""

    partner_id: UUID
    name: str
    kind: OrganisationKind
    is_fictional: bool
    way_in: str
    is_verified: bool

    @property
    def kind_label(self) -> str:
        return _(self.kind.label)


@dataclass(frozen=True, slots=True)
class Named:
    """An organisation to point at."""

    partner_id: UUID
    name: str


@dataclass(frozen=True, slots=True)
class PartnershipCard:
    name: str
    purpose: str
    anchors: tuple[Named, ...]
    facilitators: tuple[Named, ...]
    members: tuple[Named, ...]
    since: date | None
    until: date | None
    source: str


@dataclass(frozen=True, slots=True)
class PartnerPage:
    organisation: Organisation
    ways_in: tuple[WayIn, ...]
    partnerships: tuple[PartnershipCard, ...]
    is_here: bool

    @property
    def kind_label(self) -> str:
        return _(OrganisationKind(self.organisation.kind).label)

    @property
    def web(self) -> str:
        """The website as a link, if it is one; what else may stand there is only shown."""
        website = self.organisation.website
        return website if website.startswith(("http://", "https://")) else ""


def register(
    viewer: Membership | None, *, words: str = "", kind: OrganisationKind | None = None, on: date
) -> list[PartnerRow]:
    """Who there is on a day, by kind and name. One query, two for members."""
    rows = Organisation.objects.all() if kind is None else Organisation.objects.filter(kind=kind)
    for word in words.split():
        rows = rows.filter(
            Q(name__icontains=word) | Q(alternate_name__icontains=word) | Q(description__icontains=word)
        )
    there = [row for row in rows if rules.stands(since=row.since, until=row.until, on=on)]
    ways = _ways_in(row.pk for row in there) if viewer else {}
    return sorted((_row(row, ways.get(row.pk, ())) for row in there), key=_by_kind_and_name)


def names(*, on: date) -> list[Named]:
    """Everybody in the register on a day, by name, to choose from. One query."""
    rows = Organisation.objects.only("name", "since", "until")
    there = [Named(row.pk, row.name) for row in rows if rules.stands(since=row.since, until=row.until, on=on)]
    return sorted(there, key=lambda row: (in_danish_order(row.name), row.partner_id))


def partner_page(viewer: Membership | None, partner_id: UUID, *, on: date) -> PartnerPage:
    """One organisation, or Http404. One query; four for members."""
    organisation = Organisation.objects.filter(pk=partner_id).first()
    if organisation is None:
        raise Http404
    ways = _ways_in([organisation.pk]) if viewer else {}
    return PartnerPage(
        organisation=organisation,
        ways_in=tuple(ways.get(organisation.pk, ())),
        partnerships=tuple(partnerships(viewer, of=organisation.pk)) if viewer else (),
        is_here=rules.stands(since=organisation.since, until=organisation.until, on=on),
    )


def partnerships(viewer: Membership, *, of: UUID | None = None) -> list[PartnershipCard]:
    """The house's partnerships by name, all or those of one organisation. Two queries."""
    del viewer  # the scope opened for the viewer shows the viewer's own house and nothing else
    rows = Partnership.objects.select_related("anchored_in")
    if of is not None:
        takes_part = PartnershipMember.objects.filter(member=of).values("partnership")
        rows = rows.filter(Q(anchored_in=of) | Q(pk__in=takes_part))
    listed = sorted(rows, key=lambda row: (in_danish_order(row.name), row.pk))
    members = defaultdict[UUID, list[PartnershipMember]](list)
    for tie in PartnershipMember.objects.filter(partnership__in=listed).select_related("member"):
        members[tie.partnership_id].append(tie)
    return [_partnership(row, members[row.pk]) for row in listed]


def _ways_in(partners: Iterable[UUID]) -> Mapping[UUID, tuple[WayIn, ...]]:
    """The active ways in to these partners; the one that was checked last comes first."""
    rows = Contact.objects.filter(partner__in=list(partners), is_active=True)
    ways = defaultdict[UUID, list[WayIn]](list)
    for row in sorted(rows, key=_best_first):
        ways[row.partner_id].append(
            WayIn(
                function=row.function,
                name=row.name,
                channel=ContactChannel(row.channel),
                address=row.address,
                opening_hours=row.opening_hours,
                is_coordinator=row.is_coordinator,
                verified_on=row.verified_on,
            )
        )
    return {partner: tuple(found) for partner, found in ways.items()}


def _best_first(row: Contact) -> tuple[bool, int, str]:
    verified = row.verified_on.toordinal() if row.verified_on else 0
    return row.channel not in CARRIES_LINKS, -verified, str(row.pk)


def _row(row: Organisation, ways: Iterable[WayIn]) -> PartnerRow:
    told = list(ways)
    return PartnerRow(
        partner_id=row.pk,
        name=row.name,
        kind=OrganisationKind(row.kind),
        is_fictional=row.is_fictional,
        way_in=f"{told[0].function}, {told[0].label}" if told else "",
        is_verified=any(way.verified_on for way in told),
    )


def _by_kind_and_name(row: PartnerRow) -> tuple[int, str, UUID]:
    return list(OrganisationKind).index(row.kind), in_danish_order(row.name), row.partner_id


def _partnership(row: Partnership, ties: Iterable[PartnershipMember]) -> PartnershipCard:
    listed = sorted(ties, key=lambda tie: (in_danish_order(tie.member.name), tie.pk))
    return PartnershipCard(
        name=row.name,
        purpose=row.purpose,
        anchors=(Named(row.anchored_in_id, row.anchored_in.name),),
        facilitators=tuple(Named(tie.member_id, tie.member.name) for tie in listed if tie.is_facilitator),
        members=tuple(Named(tie.member_id, tie.member.name) for tie in listed if not tie.is_facilitator),
        since=row.since,
        until=row.until,
        source=row.source,
    )
