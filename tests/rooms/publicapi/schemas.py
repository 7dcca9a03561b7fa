"""Whether an object passes plain HSDS 3.1, or HSDS with the Danish profile. Formats are asserted."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from brobygger.publicapi import profiles

# What HSDS's compiled schemas hang on an object, and its plain ones do not.
HUNG = {
    "organization": {"services": {"type": "array", "items": {"$ref": "service.json"}}},
    "service_at_location": {"service": {"$ref": "service.json"}},
}


@cache
def validator(name: str, *, with_profile: bool) -> Draft202012Validator:
    schemas: Mapping[str, Any] = {
        f"{one}.json": profiles.merged(one) if with_profile else profiles.plain(one) for one in profiles.NAMES
    }
    resources = [
        (path, Resource.from_contents(schema, default_specification=DRAFT202012))
        for path, schema in schemas.items()
    ]
    whole = {"allOf": [{"$ref": f"{name}.json"}, {"properties": HUNG.get(name, {})}]}
    return Draft202012Validator(
        whole,
        registry=Registry().with_resources(resources),
        format_checker=Draft202012Validator.FORMAT_CHECKER,
    )


def faults(name: str, one: Any) -> list[str]:
    """What neither plain HSDS nor the profile takes, with where it stands."""
    return [
        f"{'profile' if with_profile else 'HSDS'} {list(error.absolute_path)}: {error.message[:200]}"
        for with_profile in (False, True)
        for error in validator(name, with_profile=with_profile).iter_errors(one)
    ]
