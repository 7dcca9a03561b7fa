"""The tables of HSDS 3.x, 2.0 and 1.1 and of Ohana's CSV: names, columns, what they need. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` we know, of which those `ignored` have no place with us; `needed` a file must have.

    `also` maps other spellings to ours, `fixed` is what the name of the table says about every row.
    """

    name: str
    files: tuple[str, ...]
    columns: frozenset[str]
    needed: tuple[str, ...] = ()
    ignored: frozenset[str] = frozenset()
    also: Mapping[str, str] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    has_place: bool = True
    stands_for: str = ""

    @property
    def counted_as(self) -> str:
        return self.stands_for or self.name


def _table(
    name: str,
    files: str,
    columns: str,
    needed: str = "",
    *,
    ignored: str = "",
    also: str = "",
    fixed: Mapping[str, str] | None = None,
    has_place: bool = True,
    stands_for: str = "",
) -> Table:
    """A table, written short: `also` is "ours=theirs ours=theirs"."""
    return Table(
        name,
        tuple(files.split()),
        frozenset(f"{columns} {ignored}".split()),
        tuple(needed.split()),
        frozenset(ignored.split()),
        {theirs: ours for ours, theirs in (pair.split("=") for pair in also.split())},
        fixed or {},
        has_place,
        stands_for,
    )


_ADDRESS = (
    "id location_id organization_id attention address_1 address_2 city region state_province postal_code"
    " country address_type"
)
_TIES = "id service_id location_id service_at_location_id"

TABLES: tuple[Table, ...] = (
    _table(
        "organization",
        "organizations",
        "id name alternate_name description email website year_incorporated legal_status tax_status tax_id"
        " logo uri parent_organization_id",
        "id name",
        also="alternate_name=alternative_name website=url",
    ),
    _table(
        "program",
        "programs",
        "id organization_id name alternate_name description",
        also="alternate_name=alternative_name",
    ),
    _table(
        "service",
        "services",
        "id organization_id location_id name alternate_name description website email status"
        " interpretation_services application_process fees_description fees wait_time accreditations"
        " eligibility_description minimum_age maximum_age alert languages keywords service_areas audience"
        " required_documents program_id licenses assured_date assurer_email last_modified",
        "id name",
        ignored="accepted_payments",
        also="alternate_name=alternative_name website=url eligibility_description=eligibility",
    ),
    _table(
        "location",
        "locations",
        "id organization_id name alternate_name description short_desc transportation latitude longitude"
        " accessibility languages location_type url external_identifier external_identifier_type",
        "id",
        ignored="virtual",
        also="alternate_name=alternative_name url=website",
    ),
    _table(
        "service_at_location",
        "service_at_locations services_at_location services_at_locations",
        "id service_id location_id description",
        "service_id location_id",
    ),
    _table(
        "phone",
        "phones",
        "id location_id service_id organization_id contact_id service_at_location_id number extension type"
        " description language country_prefix department",
        "number",
        also="type=number_type",
    ),
    _table("address", "addresses", _ADDRESS, "address_1"),
    _table(
        "physical_address",
        "physical_addresses",
        _ADDRESS,
        "address_1",
        fixed={"address_type": "physical"},
        stands_for="address",
    ),
    _table(
        "postal_address",
        "postal_addresses mail_addresses mail_address",
        _ADDRESS,
        "address_1",
        fixed={"address_type": "postal"},
        stands_for="address",
    ),
    _table(
        "schedule",
        "schedules",
        f"{_TIES} valid_from valid_to dtstart until freq interval byday byweekno bymonthday byyearday"
        " description opens_at closes_at notes weekday hours_of_operation count timezone wkst schedule_link"
        " attending_type",
    ),
    _table(
        "regular_schedule",
        "regular_schedules",
        f"{_TIES} weekday opens_at closes_at hours_of_operation description",
        stands_for="schedule",
    ),
    _table(
        "holiday_schedule",
        "holiday_schedules",
        f"{_TIES} closed opens_at closes_at start_date end_date",
    ),
    _table(
        "language", "languages", "id service_id location_id phone_id name code note", also="name=language"
    ),
    _table(
        "accessibility",
        "accessibility accessibility_for_disabilities",
        "id location_id description details url",
        also="description=accessibility",
    ),
    _table("eligibility", "eligibilities", "id service_id location_id eligibility"),
    _table(
        "cost_option",
        "cost_options",
        "id service_id valid_from valid_to option currency amount amount_description",
        "service_id",
    ),
    _table(
        "service_area",
        "service_areas",
        "id service_id service_at_location_id name description extent extent_type uri",
        also="name=service_area",
    ),
    _table(
        "required_document",
        "required_documents",
        "id service_id document uri",
        "service_id",
    ),
    _table(
        "service_capacity",
        "service_capacities service_capacity",
        "id service_id available maximum updated unit_id description",
        "service_id available",
    ),
    _table("attribute", "attributes", "id link_id taxonomy_term_id link_entity link_type value label"),
    _table(
        "service_taxonomy",
        "service_taxonomies services_taxonomy",
        "id service_id taxonomy_id taxonomy_detail",
    ),
    _table(
        "taxonomy_term",
        "taxonomy_terms",
        "id code name description parent_id taxonomy taxonomy_id language term_uri",
    ),
    _table(
        "taxonomy",
        "taxonomies",
        "id taxonomy_id name description uri version parent_id vocabulary",
        ignored="parent_name",
    ),
    _table(
        "contact",
        "contacts",
        "id organization_id service_id service_at_location_id location_id name title department email",
    ),
    _table("funding", "fundings", "id organization_id service_id source"),
    _table("unit", "units", "id name scheme identifier uri"),
    _table("url", "urls", "id label url organization_id service_id"),
    _table(
        "organization_identifier",
        "organization_identifiers",
        "id organization_id identifier_scheme identifier_type identifier",
    ),
    _table(
        "metadata",
        "metadata",
        "id resource_id resource_type last_action_date last_action_type field_name previous_value"
        " replacement_value updated_by",
    ),
    *(
        _table(name, files, "id", has_place=False)
        for name, files in (
            ("meta_table_description", "meta_table_descriptions"),
            ("payment_accepted", "payments_accepted"),
            ("external_identifier", "external_identifiers"),
        )
    ),
)

_BY_NAME = {spelling: table for table in TABLES for spelling in (table.name, *table.files)}


def table_named(name: str) -> Table | None:
    """The table of a file, a resource or a key of JSON, singular or plural.

    >>> table_named("services_at_location").name, table_named("Organizations.csv").name
    ('service_at_location', 'organization')
    >>> table_named("oe")
    """
    bare = name.lower().removesuffix(".csv").strip()
    return _BY_NAME.get(bare)


def column_named(table: Table, heading: str) -> str | None:
    """Our name for a column, or None if we do not read it."""
    bare = heading.strip().lower()
    return bare if bare in table.columns else table.also.get(bare)
