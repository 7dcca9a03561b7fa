"""The feed described for programs: OpenAPI 3.1, whole in itself, with every error it can give."""

from typing import Any, TypeAlias

from django.http import HttpRequest

from brobygger.foundation.problems import MEDIA_TYPE
from brobygger.publicapi import profiles
from brobygger.publicapi.rules import COLLECTIONS, OF_ONE, PARAMETERS, Parameter

Part: TypeAlias = dict[str, Any]

FEED = "/api/hsds/v3"
HSDS = "3.1.1"
ONE_OF = {
    "services": "service",
    "organizations": "organization",
    "service_at_locations": "service_at_location",
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
}
# What HSDS's compiled schemas hang on an object, and its plain ones do not.
HUNG = {
    "organization": {"services": {"type": "array", "items": {"$ref": "#/components/schemas/service"}}},
    "service_at_location": {"service": {"$ref": "#/components/schemas/service"}},
}
PROBLEMS = {
    "304": "Nothing has changed since the ETag that was sent in If-None-Match.",
    "307": "It has been put together with another; `Location` says which.",
    "400": "A parameter or the address cannot be read; `detail` says what it may be.",
    "404": "There is nothing with this id, or no such address.",
    "405": "This verb is not used here; `Allow` says which are.",
    "406": "Neither JSON nor ndjson is accepted.",
    "413": "More was sent than is read.",
    "415": "The question in the body is neither JSON nor a form.",
    "429": "Asked too often; `Retry-After` says when to come again.",
    "500": "The fault is ours.",
}
USUAL = ("400", "404", "405", "413", "429", "500")


def base_of(request: HttpRequest) -> str:
    """Where the feed stands, as this reader reached it."""
    return request.build_absolute_uri(FEED)


def about(base: str) -> Part:
    return {"version": HSDS, "profile": f"{base}/profile.json", "openapi_url": f"{base}/openapi.json"}


def openapi(base: str) -> Part:
    return {
        "openapi": "3.1.0",
        "info": _info(),
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "servers": [{"url": base}],
        "paths": _paths(),
        "components": {
            "schemas": _schemas(),
            "parameters": {name: _parameter(one) for name, one in PARAMETERS.items()},
            "responses": {code: _problem(code) for code in PROBLEMS},
        },
    }


def _info() -> Part:
    return {
        "title": "Brobygger: the directory as HSDS",
        "version": "3.1.0",
        "summary": f"HSDS {HSDS} with the profile {profiles.NAME}.",
        "description": (
            "Everybody may read, without a key and from any site. Errors are problem details (RFC 9457)."
            " Send the ETag of your last answer in If-None-Match; ask with `modified_after` for what is new."
        ),
        "license": {
            "name": "Each source has its own terms; see the attributes of each object, and /aabne-data/"
        },
    }


def _paths() -> Part:
    paths: Part = {
        "/": {"get": _operation("getAPIMetaInformation", "What this is", _json(_ref("about")))},
        "/openapi.json": {"get": _operation("getOpenAPI", "This document", _json({"type": "object"}))},
        "/profile.json": {"get": _operation("getProfile", "The Danish profile", _json({"type": "object"}))},
        "/schema/{name}.json": {
            "parameters": [_in_path("name", {"enum": list(profiles.NAMES)})],
            "get": _operation(
                "getMergedSchema", "One merged schema", _json({"type": "object"}, "application/schema+json")
            ),
        },
    }
    for many, one in ONE_OF.items():
        paths[f"/{many}"] = {"get": _list(many, "get"), "post": _list(many, "post")}
        key = _in_path("id", {"maxLength": 200})
        whole = _operation(f"get_{one}_by_id", f"One {one} whole", _json(_ref(_whole(one))))
        named = [{"$ref": f"#/components/parameters/{name}"} for name in OF_ONE.get(many, ())]
        if many == "services":
            whole["responses"]["307"] = {"$ref": "#/components/responses/307"}
        whole["responses"]["406"] = {"$ref": "#/components/responses/406"}
        paths[f"/{many}/{{id}}"] = {
            "parameters": [key],
            "get": whole | ({"parameters": named} if named else {}),
        }
    return paths


def _list(many: str, verb: str) -> Part:
    page = {"allOf": [_ref("page"), {"properties": {"contents": {"items": _ref(_whole(ONE_OF[many]))}}}]}
    content = _json(page) | {"application/x-ndjson": {"schema": {"type": "string"}}}
    made = _operation(f"{verb}_{many}", f"A page of {many}, or all of them a line each", content)
    made["parameters"] = [{"$ref": f"#/components/parameters/{name}"} for name in COLLECTIONS[many]]
    made["responses"]["406"] = {"$ref": "#/components/responses/406"}
    if verb == "post":
        fields = {
            "type": "object",
            "properties": {name: PARAMETERS[name].schema for name in COLLECTIONS[many]},
        }
        kinds = ("application/json", "application/x-www-form-urlencoded")
        made["requestBody"] = {"required": False, "content": {kind: {"schema": fields} for kind in kinds}}
        made["responses"]["415"] = {"$ref": "#/components/responses/415"}
    return made


def _operation(name: str, summary: str, content: Part) -> Part:
    stamp = {"ETag": {"schema": {"type": "string"}, "description": "Send it back in If-None-Match."}}
    answers: Part = {"200": {"description": summary, "headers": stamp, "content": content}}
    answers["304"] = {"description": PROBLEMS["304"]}
    answers |= {code: {"$ref": f"#/components/responses/{code}"} for code in USUAL}
    return {"operationId": name, "summary": summary, "responses": answers}


def _problem(code: str) -> Part:
    if code == "304":
        return {"description": PROBLEMS[code]}
    made: Part = {"description": PROBLEMS[code], "content": _json(_ref("problem"), MEDIA_TYPE)}
    if code == "307":
        made["headers"] = {"Location": {"schema": {"type": "string"}, "description": "Where it now stands."}}
    if code == "429":
        made["headers"] = {"Retry-After": {"schema": {"type": "string"}, "description": "Seconds."}}
    return made


def _parameter(one: Parameter) -> Part:
    return {
        "name": one.name,
        "in": "query",
        "required": False,
        "description": one.about,
        "schema": one.schema,
    }


def _in_path(name: str, schema: Part) -> Part:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"} | schema}


def _json(schema: Part, kind: str = "application/json") -> Part:
    return {kind: {"schema": schema}}


def _ref(name: str) -> Part:
    return {"$ref": f"#/components/schemas/{name}"}


def _whole(one: str) -> str:
    return f"{one}_whole" if one in HUNG else one


def _schemas() -> Part:
    made = {
        name: _inward(profiles.patched(profiles.plain(name), profiles.patch(name))) for name in profiles.NAMES
    }
    for name, more in HUNG.items():
        made[f"{name}_whole"] = {"allOf": [_ref(name), {"type": "object", "properties": more}]}
    return made | {"page": _page(), "problem": _said_problem(), "about": _about()}


def _inward(schema: Any) -> Any:
    """The same schema with its references inside the document, and without what only tables are told."""
    if isinstance(schema, list):
        return [_inward(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: _inward(value) for name, value in schema.items() if name not in TABULAR}
    if isinstance(target := kept.get("$ref"), str) and target.endswith(".json"):
        kept["$ref"] = f"#/components/schemas/{target.removesuffix('.json')}"
    return kept


TABULAR = {"datapackage_metadata", "constraints", "path", "tabular_required", "example"}


def _page() -> Part:
    numbers = ("total_items", "total_pages", "page_number", "size")
    fields: Part = {name: {"type": "integer", "minimum": 0} for name in numbers}
    fields |= {name: {"type": "boolean"} for name in ("first_page", "last_page", "empty")}
    fields["contents"] = {"type": "array", "items": {"type": "object"}}
    made: Part = profiles.patched({"type": "object", "properties": fields}, profiles.patch("page"))
    return made


def _said_problem() -> Part:
    fields = {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {
            "type": "string",
            "description": "What is wrong and what to do, in the reader's language.",
        },
        "parameter": {"type": "string"},
        "id": {"type": "string"},
    }
    return {"type": "object", "required": ["type", "title", "status", "detail"], "properties": fields}


def _about() -> Part:
    fields = {
        "version": {"type": "string"},
        "profile": {"type": "string", "format": "uri"},
        "openapi_url": {"type": "string", "format": "uri"},
    }
    return {"type": "object", "required": list(fields), "properties": fields}
