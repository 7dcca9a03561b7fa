"""The rest of HSDS 3.1: rows beside an organisation, an offer or a place, as their source told them.

What fit and lists use (price, languages, areas, places, step-free, the address one visits) are fields of the
offer and the place, and those are the truth. A row here may say the same more fully. When the field is
changed, the database withdraws the rows that told the former value, so that nothing is said in two ways.
"""

from typing import Any

from django.db import models
from django.db.models import CheckConstraint, Q

from brobygger.offers.sourced import Sourced
from brobygger.partners.models import Organisation


def _words(**options: Any) -> Any:
    """Text of any length: the words of a source are not cut."""
    return models.TextField(blank=True, default="", **options)


def _of(model: Any, name: str, **options: Any) -> Any:
    return models.ForeignKey(model, models.PROTECT, related_name=name, **options)


class Program(Sourced):
    """HSDS program: what several offers of one organisation have in common."""

    organisation = _of(Organisation, "programs")
    name = models.CharField(max_length=255)
    alternate_name = _words()
    description = _words()


class ContactPoint(Sourced):
    """HSDS contact: whom one asks. A function ("træner, ungdom"), and its mailbox.

    HSDS lets this be a person. A directory is read by everyone and copied by machines, and a name that has
    been copied cannot be called back; so `name` stands here only where the source has published it itself,
    under the `licence` that is kept beside it, and goes out again on the same terms. Whatever else we know of
    a person at a partner is `partners.Contact`, which is the house's own and never given out (API-02).
    """

    organisation = _of(Organisation, "contact_points", null=True)
    offer = _of("offers.Offer", "contact_points", null=True)
    location = _of("offers.Location", "contact_points", null=True)
    at = _of("offers.OfferAtLocation", "contact_points", null=True)
    name = _words()
    title = _words()
    department = _words()
    email = models.CharField(max_length=254, blank=True, default="")
    licence = models.CharField(max_length=200, blank=True, default="")

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            CheckConstraint(
                name="a_name_has_been_published_by_its_source", condition=Q(name="") | ~Q(licence="")
            ),
        ]


class Address(Sourced):
    """HSDS address, as told: to visit, to write to, or to meet online. Of a protected place there is none."""

    organisation = _of(Organisation, "addresses", null=True)
    location = _of("offers.Location", "addresses", null=True)
    attention = _words()
    address_1 = _words()
    address_2 = _words()
    city = _words()
    region = _words()
    state_province = _words()
    postal_code = _words()
    country = _words()
    address_type = models.CharField(max_length=20, default="physical")

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            CheckConstraint(
                name="an_address_belongs_somewhere",
                condition=Q(organisation__isnull=False) | Q(location__isnull=False),
            ),
        ]


class CostOption(Sourced):
    """HSDS cost_option. `amount` in whole units of its currency."""

    offer = _of("offers.Offer", "cost_options")
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    option = _words()
    currency = models.CharField(max_length=10, blank=True, default="")
    amount = models.DecimalField(max_digits=14, decimal_places=4, null=True)
    amount_description = _words()


class RequiredDocument(Sourced):
    """HSDS required_document: what one brings."""

    offer = _of("offers.Offer", "required_documents")
    document = _words()
    uri = _words()


class Funding(Sourced):
    """HSDS funding. `funder` is its column `source`, a word that here means where the row comes from."""

    organisation = _of(Organisation, "funding", null=True)
    offer = _of("offers.Offer", "funding", null=True)
    funder = _words()


class SpokenLanguage(Sourced):
    """HSDS language: spoken about an offer, at a place or on a telephone."""

    offer = _of("offers.Offer", "spoken_languages", null=True)
    location = _of("offers.Location", "spoken_languages", null=True)
    phone = _of("offers.Phone", "spoken_languages", null=True)
    name = _words()
    code = models.CharField(max_length=40, blank=True, default="")
    note = _words()

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            CheckConstraint(
                name="a_language_is_spoken_somewhere",
                condition=Q(offer__isnull=False) | Q(location__isnull=False) | Q(phone__isnull=False),
            ),
        ]


class Accessibility(Sourced):
    """HSDS accessibility, in words; `Location.is_step_free` is what fit reads."""

    location = _of("offers.Location", "accessibility")
    description = _words()
    details = _words()
    url = _words()


class ServiceArea(Sourced):
    """HSDS service_area, in words or as an extent; `Offer.areas` is what fit reads."""

    offer = _of("offers.Offer", "service_areas", null=True)
    at = _of("offers.OfferAtLocation", "service_areas", null=True)
    name = _words()
    description = _words()
    extent = _words()
    extent_type = _words()
    uri = _words()

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            CheckConstraint(
                name="an_area_is_served_by_something", condition=Q(offer__isnull=False) | Q(at__isnull=False)
            ),
        ]


class Unit(Sourced):
    """HSDS unit: what is counted in a capacity, as "sengepladser"."""

    name = models.CharField(max_length=255)
    scheme = _words()
    identifier = _words()
    uri = _words()


class ServiceCapacity(Sourced):
    """HSDS service_capacity, one for each unit; the places that are given away are counted on the offer."""

    offer = _of("offers.Offer", "capacities")
    unit = _of(Unit, "capacities", null=True)
    available = models.IntegerField()
    maximum = models.IntegerField(null=True)
    description = _words()
    updated = models.DateTimeField(null=True)


class OrganisationIdentifier(Sourced):
    """HSDS organization_identifier: a CVR number and the like."""

    organisation = _of(Organisation, "identifiers")
    identifier_scheme = _words()
    identifier_type = models.CharField(max_length=255)
    identifier = models.CharField(max_length=255)


class WebAddress(Sourced):
    """HSDS url: another address on the web, beside the first."""

    organisation = _of(Organisation, "web_addresses", null=True)
    offer = _of("offers.Offer", "web_addresses", null=True)
    label = _words()
    url = models.CharField(max_length=2000)


class ToldSchedule(Sourced):
    """HSDS schedule, as told; fit reads `Schedule`, a row a weekday. `is_weekly`: it was read as such."""

    offer = _of("offers.Offer", "told_schedules", null=True)
    location = _of("offers.Location", "told_schedules", null=True)
    at = _of("offers.OfferAtLocation", "told_schedules", null=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)
    dtstart = models.DateField(null=True)
    until = models.DateField(null=True)
    timezone = models.FloatField(null=True)
    count = models.IntegerField(null=True)
    interval = models.IntegerField(null=True)
    wkst = models.CharField(max_length=2, blank=True, default="")
    freq = models.CharField(max_length=20, blank=True, default="")
    byday = _words()
    byweekno = _words()
    bymonthday = _words()
    byyearday = _words()
    opens_at = models.TimeField(null=True)
    closes_at = models.TimeField(null=True)
    description = _words()
    notes = _words()
    schedule_link = _words()
    attending_type = _words()
    is_weekly = models.BooleanField(default=False)

    class Meta(Sourced.Meta):
        constraints = [
            *Sourced.Meta.constraints,
            CheckConstraint(
                name="told_hours_belong_somewhere",
                condition=Q(offer__isnull=False) | Q(location__isnull=False) | Q(at__isnull=False),
            ),
        ]


class Taxonomy(Sourced):
    """HSDS taxonomy: somebody's list of terms. `edition` is its column `version`."""

    name = models.CharField(max_length=255)
    description = _words()
    uri = _words()
    edition = _words()


class TaxonomyTerm(Sourced):
    """HSDS taxonomy_term. `taxonomy_name` is what the source calls the list it stands in."""

    taxonomy = _of(Taxonomy, "terms", null=True)
    parent = _of("self", "children", null=True)
    code = _words()
    name = models.CharField(max_length=255)
    description = _words()
    taxonomy_name = _words()
    language = models.CharField(max_length=40, blank=True, default="")
    term_uri = _words()


class Attribute(Sourced):
    """HSDS attribute: a term hung on any row. `entity` is HSDS's name of its table, `row` the row's key."""

    entity = models.CharField(max_length=40)
    row = models.UUIDField()
    term = _of(TaxonomyTerm, "attributes", null=True)
    link_type = _words()
    value = _words()
    label = _words()

    class Meta(Sourced.Meta):
        indexes = [models.Index(name="attributes_of_a_row", fields=["row"])]


class Metadata(Sourced):
    """HSDS metadata: what a source tells of its own changes. What changes here is in `ListingChange`."""

    entity = models.CharField(max_length=40)
    row = models.UUIDField()
    last_action_date = _words()
    last_action_type = _words()
    field_name = _words()
    previous_value = _words()
    replacement_value = _words()
    updated_by = _words()

    class Meta(Sourced.Meta):
        indexes = [models.Index(name="metadata_of_a_row", fields=["row"])]
