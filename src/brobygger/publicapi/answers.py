"""How an answer leaves: as JSON or a line an object, stamped, so that nobody need be sent it twice."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.http import parse_etags
from django.utils.translation import gettext as _

from brobygger.engine.words import Phrase
from brobygger.foundation.problems import OPEN, problem
from brobygger.publicapi.rules import Told

JSON, LINES = "application/json", "application/x-ndjson"
FORM = "application/x-www-form-urlencoded"
FRESH = {"Cache-Control": "public, no-cache", "Vary": "Accept, Accept-Encoding"}
A_DAY = "86400"


class NotReadable(Exception):
    """What was sent cannot be read. `answer` says how to send it."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__(answer.status_code)
        self.answer = answer


def told(request: HttpRequest) -> list[Told]:
    """The parameters with their values: of the address and, in a POST, of the body, which decides.

    Raises NotReadable.
    """
    asked: Told = dict(request.GET.lists())
    kind = (request.content_type or "").lower()
    if request.method == "POST" and kind in {FORM, "multipart/form-data"}:
        return [asked, dict(request.POST.lists())]
    if request.method != "POST" or not request.body:
        return [asked]
    if kind != JSON:
        detail = _("Send spørgsmålet som %(form)s eller %(json)s.") % {"form": FORM, "json": JSON}
        raise NotReadable(problem(415, detail, headers={"Accept-Post": f"{FORM}, {JSON}"}))
    return [asked, _from_json(request.body)]


def _from_json(body: bytes) -> Told:
    try:
        sent = json.loads(body)
    except (ValueError, RecursionError):
        sent = None
    if not isinstance(sent, dict):
        raise NotReadable(problem(400, _('Send ét JSON-objekt med navne og værdier, som {"page": 2}.')))
    return {name: [value] for name, value in sent.items()}


def not_understood(name: str, phrase: Phrase) -> HttpResponse:
    return problem(400, phrase.text(_), parameter=name)


def as_lines(request: HttpRequest, wanted: str) -> bool:
    """Whether every object is wanted on a line of its own. The parameter decides before the header.

    Raises NotReadable where the reader takes neither.
    """
    if wanted:
        return wanted == "ndjson"
    accepted = request.get_preferred_type([JSON, LINES]) if request.headers.get("Accept") else JSON
    if accepted is None:
        detail = _("Vi giver %(json)s og %(lines)s. Bed om en af dem i Accept.") % {
            "json": JSON,
            "lines": LINES,
        }
        raise NotReadable(problem(406, detail))
    return accepted == LINES


def page(request: HttpRequest, content: Mapping[str, Any], *, kind: str = JSON) -> HttpResponse:
    """One JSON document; or 304 if the reader has this very one."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    stamp = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
    return known(request, stamp) or HttpResponse(
        body, content_type=kind, headers=OPEN | FRESH | {"ETag": stamp}
    )


def lines(request: HttpRequest, objects: Iterable[Mapping[str, Any]], stamp: str) -> HttpResponseBase:
    """Every object on a line of its own, made while it is sent."""
    headers = OPEN | FRESH | {"ETag": stamp}
    return known(request, stamp) or StreamingHttpResponse(
        _lines(objects), content_type=LINES, headers=headers
    )


def _lines(objects: Iterable[Mapping[str, Any]]) -> Iterator[bytes]:
    for one in objects:
        yield json.dumps(one, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def known(request: HttpRequest, stamp: str) -> HttpResponse | None:
    """304, if the reader's stamp is the present one. Weak or strong alike: what is packed is the same."""
    theirs = [one.removeprefix("W/") for one in parse_etags(request.headers.get("If-None-Match", ""))]
    if stamp.removeprefix("W/") not in theirs and "*" not in theirs:
        return None
    return HttpResponse(status=304, headers=OPEN | FRESH | {"ETag": stamp})


def may_ask(verbs: list[str]) -> HttpResponse:
    """To a browser that asks before it asks: from anywhere, with these verbs and headers."""
    allowed = {
        "Access-Control-Allow-Methods": ", ".join(verbs),
        "Access-Control-Allow-Headers": "Accept, Accept-Language, Content-Type, If-None-Match",
        "Access-Control-Max-Age": A_DAY,
        "Allow": ", ".join(verbs),
    }
    return HttpResponse(status=204, headers=OPEN | allowed)
