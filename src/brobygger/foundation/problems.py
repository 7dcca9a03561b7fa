"""Errors for programs: RFC 9457 problem details, under the addresses where a page would be read by nobody."""

import json
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse

UNDER = "/api/"
MEDIA_TYPE = "application/problem+json"
# Read from any site: what is given out here is public, and no cookie is looked at.
OPEN = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Retry-After",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def are_wanted(request: HttpRequest) -> bool:
    """Whether it is a program that asks."""
    return request.path.startswith(UNDER)


def problem(
    status: int, detail: str, *, headers: dict[str, str] | None = None, **more: object
) -> HttpResponse:
    """An answer that says what is wrong and what to do. `more` are further members, as HSDS keys or names."""
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}
    body = json.dumps(said | more, ensure_ascii=False)
    return HttpResponse(body, status=status, content_type=MEDIA_TYPE, headers=OPEN | (headers or {}))
